// « Près de chez moi »: names of communes completed as they are typed, the nearest to where the
// reader is, what there is to see around. All of it is reckoned here: nothing leaves the browser.
const CHOIX = 8, AUTOUR = 6, RAYON_TERRE = 6371;
const { NB, $, cle, compter, creer, lire, loin, modele, remplir } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
// The field of every page completes in the same way.
const { completer, proches } = await import(document.querySelector('[data-champ]').dataset.champ);

// A commune is [name, département, latitude, longitude]. Kilometres, along the great circle.
export function distance({ lat, lon }, [, , lat2, lon2]) {
  const rad = Math.PI / 180;
  const corde = Math.sin(((lat2 - lat) * rad) / 2) ** 2
    + Math.cos(lat * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon) * rad) / 2) ** 2;
  return 2 * RAYON_TERRE * Math.asin(Math.min(1, Math.sqrt(corde)));
}

// The communes of the region: [name, département, postcodes, département, latitude, longitude, rank
// among towns], the largest towns first, then short names; homonyms say their département.
let lues;
export function communes(adresse) {
  lues ??= lire(adresse).then(({ pas: [lats, lons], lignes, villes = [] }) => {
    const noms = new Map(), places = new Map(villes.map((ville, place) => [ville, place]));
    let lat = 0, lon = 0, rang = 0;
    for (const [codes, dits, dep = codes.slice(0, 2)] of lignes) {
      for (const nom of dits.split('|')) {
        lat += lats[rang];
        lon += lons[rang];
        noms.set(cle(nom), [
          ...(noms.get(cle(nom)) ?? []),
          [nom, dep, codes.split(' '), dep, lat / 100, lon / 100, places.get(rang++) ?? Infinity],
        ]);
      }
    }
    return [...noms.values()]
      .flatMap((memes) => memes.map(([nom, ...suite]) => [nom + (memes[1] ? ` (${suite[0]})` : ''), ...suite]))
      .sort((un, autre) => un[6] - autre[6] || un[0].length - autre[0].length);
  });
  lues.catch(() => { lues = null; });
  return lues;
}
const simple = (nom) => cle(nom.replace(/ \(.*/, ''));

// The commune of a name, of a name with its département in brackets, of a postcode; else none.
export async function trouver(form, texte, connues = []) {
  const [, nom, voulu] = texte.match(/^\s*(.*?)\s*(?:\((\w+)\))?\s*$/), sa = cle(nom);
  const [entier, dep, , , lat, lon] = (await communes(form.dataset.communes)).find(([un, sien, codes]) =>
    (!voulu || sien === voulu) && (simple(un) === sa || codes.includes(nom))) ?? [];
  if (!entier) return null;
  const precise = connues.find(([connue, la]) => la === dep && cle(connue) === simple(entier));
  return { nom: entier, dep, lat: precise?.[2] ?? lat, lon: precise?.[3] ?? lon };
}

// Those that a name, or a postcode, may begin, in their order.
export const proposer = (toutes, texte) => (/^\s*\d/.test(texte)
  ? toutes.filter(([, , codes]) => codes.some((code) => code.startsWith(cle(texte)))).slice(0, CHOIX)
  : cle(texte) ? proches(toutes, texte) : []);

// « d’Amiens », « d’Hirson », « de Ham », « du Touquet », « des Essarts », « de La Madeleine ».
export const de = (nom) => nom.replace(/^(Les? |[AEÉÈIÎOUYŒ]|H(?!(?:am|em)\b|aute))?/, (debut) =>
  ({ '': 'de ', 'Le ': 'du ', 'Les ': 'des ' })[debut] ?? `d’${debut}`);

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
        nom,
        km: distance(ici, [nom, dep, ...la]),
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
