// « Près de chez moi »: names of communes completed as they are typed, the nearest to where the
// reader is, what there is to see around. All of it is reckoned here: nothing leaves the browser.
const CHOIX = 8, AUTOUR = 6, RAYON_TERRE = 6371;
const { NB, $, cle, compter, creer, lire, loin, modele, remplir } = await import(document.querySelector('[data-commun]').dataset.commun);
// The field of every page completes in the same way.
const { completer } = await import(document.querySelector('[data-champ]').dataset.champ);

// A commune is [name, département, latitude, longitude]. Kilometres, along the great circle.
export function distance({ lat, lon }, [, , lat2, lon2]) {
  const rad = Math.PI / 180;
  const corde = Math.sin(((lat2 - lat) * rad) / 2) ** 2
    + Math.cos(lat * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon) * rad) / 2) ** 2;
  return 2 * RAYON_TERRE * Math.asin(Math.min(1, Math.sqrt(corde)));
}

let lues;
const communes = (form) => (lues ??= lire(form.dataset.communes).then(({ pas: [lats, lons], lignes }) => {
  const toutes = [], homonymes = new Map();
  let lat = 0, lon = 0;
  for (const [codes, noms, dep = codes.slice(0, 2)] of lignes) {
    for (const nom of noms.split('|')) {
      lat += lats[toutes.length];
      lon += lons[toutes.length];
      const sa = cle(nom);
      homonymes.set(sa, (homonymes.get(sa) ?? 0) + 1);
      toutes.push({ nom, dep, codes: codes.split(' '), cle: sa, lat: lat / 100, lon: lon / 100 });
    }
  }
  for (const une of toutes) if (homonymes.get(une.cle) > 1) une.nom += ` (${une.dep})`;
  return toutes;
}));

// The commune of a name, of a name with its département in brackets, of a postcode; else none.
export async function trouver(form, texte, connues = []) {
  const [, nom, dep] = texte.match(/^\s*(.*?)\s*(?:\((\w+)\))?\s*$/), sa = cle(nom);
  const une = (await communes(form)).find((commune) => (cle(commune.nom.replace(/ \(.*/, '')) === sa || commune.codes.includes(nom))
    && (!dep || commune.dep === dep));
  if (!une) return null;
  const precise = connues.find(([connue, la]) => la === une.dep && cle(connue) === une.cle);
  return precise ? { ...une, lat: precise[2], lon: precise[3] } : une;
}

function proposer(toutes, texte) {
  const sa = cle(texte);
  if (!sa) return [];
  if (/^\d/.test(sa)) return toutes.filter(({ codes }) => codes.some((code) => code.startsWith(sa))).slice(0, CHOIX);
  const debut = [], dedans = [];
  for (const une of toutes) {
    if (une.cle.startsWith(sa)) debut.push(une);
    else if (une.cle.includes(` ${sa}`)) dedans.push(une);
  }
  debut.sort((une, autre) => une.cle.length - autre.cle.length || (une.cle < autre.cle ? -1 : 1));
  return [...debut, ...dedans].slice(0, CHOIX);
}

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
        return proposer(await communes(form), texte);
      } catch {
        lues = null;
        dire('La liste des communes n’a pas pu être lue. Vérifiez la connexion.');
        return null;
      }
    },
    dessiner: ({ nom, codes }) => [`${nom} `, creer('span', { class: 'meta' }, codes[0] ?? '')],
    prendre: ({ nom }) => demander(nom),
    dire({ length }) {
      $('Proposees').textContent = length ? `${compter(length, 'commune')} ci-dessous` : 'Aucune commune de ce nom';
    },
  });
  function demander(nom) {
    champ.value = nom;
    fermer();
    form.requestSubmit();
  }

  communes(form).catch(() => { lues = null; });
  if (document.activeElement === champ && champ.value !== form.elements.pres.value) chercher();

  function situer() {
    if (!navigator.geolocation) {
      dire('Ce navigateur ne sait pas où vous êtes. Écrivez le nom de votre commune.');
      return;
    }
    dire('Recherche de votre position…');
    navigator.geolocation.getCurrentPosition(async ({ coords: { latitude, longitude } }) => {
      const ici = { lat: latitude, lon: longitude };
      const mesurees = (await communes(form)).map((une) => ({ une, km: distance(ici, ['', '', une.lat, une.lon]) }));
      const { une, km } = mesurees.reduce((proche, autre) => (autre.km < proche.km ? autre : proche));
      if (km > 50) {
        dire(`Vous êtes à ${Math.round(km)}${NB}km de la région. Écrivez le nom d’une commune.`);
        return;
      }
      demander(une.nom);
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
