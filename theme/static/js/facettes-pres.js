// « Près de chez moi »: names of communes completed as they are typed, the nearest to where the
// reader is, what there is to see around. All of it is reckoned here: nothing leaves the browser.
const CHOIX = 8, AUTOUR = 6;
const { NB, $, cle, compter, creer, lire, loin, modele, remplir } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
const noms = await import(new URL('communes.js', import.meta.url));
export const { communes, de, distance } = noms;
export const trouver = (form, texte, connues) => noms.trouver(form.dataset.communes, texte, connues);
// The field of every page completes in the same way.
const { completer, proches } = await import(document.querySelector('[data-champ]').dataset.champ);

// Those that a name, or a postcode, may begin, in their order.
export const proposer = (toutes, texte) => (/^\s*\d/.test(texte)
  ? toutes.filter(([, , codes]) => codes.some((code) => code.startsWith(cle(texte)))).slice(0, CHOIX)
  : cle(texte) ? proches(toutes, texte) : []);

const dire = (texte) => { $('Statut').textContent = texte; };

export function lancer(form) {
  const champ = $('Commune');
  const { chercher, fermer } = completer({
    champ,
    liste: $('Communes'),
    async proposer(texte) {
      try {
        return proposer(await communes(form.dataset.communes), texte);
      } catch {
        dire('La liste des communes n’a pas pu être lue. Vérifiez la connexion.');
        return null;
      }
    },
    dessiner: ([nom, , [code = '']]) => [`${nom} `, creer('span', { class: 'meta' }, code)],
    prendre: ([nom]) => demander(nom),
    dire({ length }) {
      $('Proposees').textContent = length ? `${compter(length, 'commune')} ci-dessous` : 'Aucune commune de ce nom';
    },
  });
  function demander(nom) {
    champ.value = nom;
    fermer();
    form.requestSubmit();
  }

  communes(form.dataset.communes).catch(() => {}); // asked for again
  if (document.activeElement === champ && champ.value !== form.elements.pres.value) chercher();

  function situer() {
    if (!navigator.geolocation) {
      dire('Ce navigateur ne sait pas où vous êtes. Écrivez le nom de votre commune.');
      return;
    }
    dire('Recherche de votre position…');
    navigator.geolocation.getCurrentPosition(async ({ coords: { latitude, longitude } }) => {
      const ici = { lat: latitude, lon: longitude };
      const mesurees = (await communes(form.dataset.communes)).map(([nom, dep, , , ...la]) => ({
        nom, km: distance(ici, [nom, dep, ...la]),
      }));
      const { nom, km } = mesurees.reduce((proche, autre) => (autre.km < proche.km ? autre : proche));
      if (km > 50) {
        dire(`Vous êtes à ${Math.round(km)}${NB}km de la région. Écrivez le nom d’une commune.`);
        return;
      }
      demander(nom);
    }, ({ code }) => dire(code === 1
      ? 'Le navigateur n’a pas donné votre position. Écrivez le nom de votre commune.'
      : 'Votre position est introuvable. Écrivez le nom de votre commune.'), { maximumAge: 6e5, timeout: 1e4 });
  }
  return { situer };
}

// Places around, nearest first; nothing when nobody asked for a commune.
let lieux;
export async function autour(form, lieu) {
  $('Choix-commune').hidden = !lieu;
  const bloc = $('Autour');
  if (!bloc) return;
  bloc.hidden = true;
  if (!lieu || !form.dataset.lieux) return;
  lieux ??= Promise.all([lire(form.dataset.lieux), import(form.dataset.deplier)])
    .then(([donnees, { deplier }]) => ({ leurs: donnees.communes, lignes: deplier(donnees) }));
  const { leurs, lignes } = await lieux;
  const proches = lignes.filter((ligne) => ligne[6] >= 0)
    .map((ligne) => ({ ligne, km: distance(lieu, leurs[ligne[6]]) }))
    .filter(({ km }) => km <= lieu.rayon).sort((un, autre) => un.km - autre.km).slice(0, AUTOUR);
  if (!proches.length) return;
  bloc.querySelector('h2').textContent = `Lieux à découvrir près ${de(lieu.nom.replace(/ \(.*/, ''))}`;
  bloc.querySelector('ul').replaceChildren(...proches.map(({ ligne: [adresse, titre, theme, dessus, detail], km }) => {
    const article = remplir(modele('lieu'), { adresse, titre, theme, details: [dessus, detail], marques: [] });
    article.querySelector('.apart').textContent = loin(km);
    return creer('li', {}, article);
  }));
  bloc.hidden = false;
}
