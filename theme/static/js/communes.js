// Communes by their names: where each is, how far from another, how one says « d’Amiens ».
const RAYON_TERRE = 6371;
const { cle, lire } = await import(document.querySelector('[data-commun]').dataset.commun);

// A commune is [name, département, latitude, longitude]. Kilometres, along the great circle.
export function distance({ lat, lon }, [, , lat2, lon2]) {
  const rad = Math.PI / 180;
  const corde = Math.sin(((lat2 - lat) * rad) / 2) ** 2
    + Math.cos(lat * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon) * rad) / 2) ** 2;
  return 2 * RAYON_TERRE * Math.asin(Math.min(1, Math.sqrt(corde)));
}

// The communes of the region: [name, département, postcodes, département, latitude, longitude, rank
// among towns], the largest towns first, then short names; homonyms say their département.
const lues = new Map(); // by address
export function communes(adresse) {
  if (lues.has(adresse)) return lues.get(adresse);
  const promesse = lire(adresse).then(({ pas: [lats, lons], lignes, villes = [] }) => {
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
  lues.set(adresse, promesse);
  promesse.catch(() => lues.delete(adresse));
  return promesse;
}
const simple = (nom) => cle(nom.replace(/ \(.*/, ''));

// « Boulogne-sur-Mer » is also Boulogne.
const SUITE = / (?:sur|sous|en|les|lez|l[ae]s?|aux?|d[eu]?) .*$/;
// The commune of a name, of a name with its département in brackets, of a postcode; else none.
export async function trouver(adresse, texte, connues = []) {
  const [, nom, voulu] = texte.match(/^\s*(.*?)\s*(?:\((\w+)\))?\s*$/), sa = cle(nom);
  const siennes = (await communes(adresse)).filter(([, sien]) => !voulu || sien === voulu);
  const [entier, dep, , , lat, lon] = siennes.find(([un, , codes]) => simple(un) === sa || codes.includes(nom))
    ?? siennes.find(([un]) => simple(un).replace(SUITE, '') === sa) ?? [];
  if (!entier) return null;
  const precise = connues.find(([connue, la]) => la === dep && cle(connue) === simple(entier));
  return { nom: entier, dep, lat: precise?.[2] ?? lat, lon: precise?.[3] ?? lon };
}

// « d’Amiens », « d’Hirson », « de Ham », « du Touquet », « des Essarts », « de La Madeleine ».
export const de = (nom) => nom.replace(/^(Les? |[AEÉÈIÎOUYŒ]|H(?!(?:am|em)\b|aute))?/, (debut) =>
  ({ '': 'de ', 'Le ': 'du ', 'Les ': 'des ' })[debut] ?? `d’${debut}`);
