// Reads the files of the search, each once, when it is first needed; features/pages/recherche
// says their format. Contents are known here by their place: their rank in order of number.
const VERSION = 9, SEGMENT = 256, BLOC = 8;
const FICHIERS = 4; // of terms, at most, that one beginning of a word may need
const LISTES = 400; // kept at most as they are read

const perdu = (quoi, cause = 'reseau') => new Error(quoi, { cause });

// A text of digits.
export function nombres(texte) {
  const lus = new Uint32Array(texte.length);
  let combien = 0, valeur = 0, unite = 1;
  for (let rang = 0; rang < texte.length; rang += 1) {
    const code = texte.charCodeAt(rang), signe = code - 35 - (code > 92);
    if (signe < 45) {
      lus[combien] = valeur + signe * unite;
      combien += 1;
      valeur = 0;
      unite = 1;
    } else {
      valeur += (signe - 45) * unite;
      unite *= 45;
    }
  }
  return lus.subarray(0, combien);
}

// The contents of a term: places in order, weights, and where their positions are in `positions`.
function decoder(texte, places) {
  const lus = nombres(texte), most = Math.ceil(lus.length / 3);
  const rangs = new Uint32Array(most), poids = new Uint8Array(most);
  const debuts = new Uint32Array(most), fins = new Uint32Array(most);
  let combien = 0, segment = -1;
  for (let lu = 0; lu < lus.length;) {
    segment += lus[lu];
    const place = places.get(segment);
    if (place === undefined) throw perdu('segment');
    let rang = place - 1;
    const dernier = combien + lus[lu + 1];
    for (lu += 2; combien < dernier && lu < lus.length; combien += 1) {
      rang += lus[lu];
      rangs[combien] = rang;
      poids[combien] = lus[lu + 1];
      const fin = lu + 3 + lus[lu + 2];
      lu += 3;
      debuts[combien] = lu;
      for (let position = 0; lu < fin; lu += 1) {
        position += lus[lu];
        lus[lu] = position;
      }
      fins[combien] = lu;
    }
  }
  return { rangs: rangs.subarray(0, combien), poids, debuts, fins, positions: lus };
}

// How many of `termes`, which are in order, come before `terme`, or are it if `compris`.
function avant(termes, terme, compris) {
  let bas = 0, haut = termes.length;
  while (bas < haut) {
    const milieu = (bas + haut) >> 1;
    if (termes[milieu] < terme || (compris && termes[milieu] === terme)) bas = milieu + 1;
    else haut = milieu;
  }
  return bas;
}

// Words and how many contents have each: a word says how many of its first letters are those of the
// one before.
function deplier([texte, combien]) {
  const lus = nombres(combien);
  let mot = '';
  return [...texte.matchAll(/(\d+)(\D+)/g)].map(([, communes, suite], rang) => {
    mot = mot.slice(0, communes) + suite;
    return [mot, lus[rang]];
  });
}

// One state of the site: an index and the files that it names. Another state has others.
function etat(index, lire) {
  const places = new Map(), fichiers = new Map(), listes = new Map(), blocs = new Map();
  const marques = new Map(index.segments.map(([numero, , marque]) => [numero, marque])), numeros = [];
  for (const [numero, combien] of index.segments) {
    places.set(numero, numeros.length);
    for (let rang = 0; rang < combien; rang += 1) numeros.push(numero * SEGMENT + rang);
  }

  const une = (table, cle, faire) => {
    if (!table.has(cle)) {
      const promesse = faire();
      table.set(cle, promesse);
      promesse.catch(() => table.delete(cle));
    }
    return table.get(cle);
  };
  const fichier = (rang) => une(fichiers, rang, () => lire(`termes/${index.fichiers[rang]}.deflate`));
  const liste = (terme, texte) => {
    if (listes.size > LISTES) listes.clear();
    if (!listes.has(terme)) listes.set(terme, decoder(texte, places));
    return listes.get(terme);
  };

  // The contents of one term, or nothing.
  async function terme(cherche) {
    const rang = avant(index.bornes, cherche, true) - 1;
    if (rang < 0 || !cherche) return null;
    const { termes, listes: textes } = await fichier(rang), ou = avant(termes, cherche);
    return termes[ou] === cherche ? liste(cherche, textes[ou]) : null;
  }

  // The `most` terms that say the most and begin so, each with its contents.
  async function prefixe(debut, most) {
    const borne = `${debut}\uffff`, trouves = [];
    const premier = Math.max(avant(index.bornes, debut, true) - 1, 0);
    const dernier = Math.min(avant(index.bornes, borne), premier + FICHIERS);
    const lus = await Promise.all(index.fichiers.slice(premier, dernier).map((_, rang) => fichier(premier + rang)));
    for (const { termes, listes: textes } of lus) {
      for (let rang = avant(termes, debut); rang < avant(termes, borne); rang += 1)
        trouves.push([termes[rang], textes[rang]]);
    }
    // A list is as long as the term is frequent.
    trouves.sort((un, autre) => autre[1].length - un[1].length);
    return trouves.slice(0, most).map(([nom, texte]) => [nom, liste(nom, texte)]);
  }

  async function bloc(rang, marque) {
    const agree = (lu) => {
      if (lu.marque !== marque) throw perdu('fiches', 'perime');
      return lu.fiches;
    };
    const nom = `fiches/${rang}.deflate`;
    return lire(nom).then(agree).catch(() => lire(nom, 'reload').then(agree));
  }

  // The cards of contents, by number.
  const fiches = (voulus) => Promise.all([...voulus].map(async (numero) => {
    const rang = Math.floor(numero / BLOC), marque = marques.get(Math.floor(numero / SEGMENT));
    const fiche = (await une(blocs, rang, () => bloc(rang, marque)))[numero % BLOC];
    if (!fiche) throw perdu('fiche', 'perime');
    return fiche;
  }));

  // A small site may have none.
  const vocabulaire = () => une(fichiers, 'mots', async () => (
    { mots: index.vocabulaire ? deplier((await lire(`termes/${index.vocabulaire}.deflate`)).mots) : [] }));
  // What contents are narrowed by.
  const valeurs = () => une(fichiers, 'valeurs', () => lire(`termes/${index.valeurs}.deflate`));
  // Where contents are: communes, and the rank from 1 of that of each place.
  const lieux = () => une(fichiers, 'lieux', async () => {
    const { communes, colonne } = await lire(`termes/${index.lieux}.deflate`);
    return { communes, rangs: nombres(colonne) };
  });
  // Places that are open at a moment, by place here: { jour, dites, des }; those that say their hours then.
  async function ouverts(moment) {
    const [pas, marque] = index.horaires ?? [''], lues = nombres(pas), nom = '../lieux/horaires.json';
    if (!lues.length) return { trouves: new Map(), sus: new Set() };
    const [{ ouvrirAu }, lu] = await Promise.all(
      [import(new URL('ouverts.js', import.meta.url)), une(fichiers, nom, () => lire(nom))]);
    return ouvrirAu(moment, lu.marque === marque ? lu : await lire(nom, 'reload'), lues);
  }
  return { index, total: numeros.length, numeros, terme, prefixe, fiches, vocabulaire, valeurs, lieux, ouverts };
}

// `actuel()`: the state of the site; `nouveau(ancien)`: another one, read without the cache of the
// browser.
export function lecture(racine) {
  async function lire(nom, cache = 'default') {
    try {
      const reponse = await fetch(racine + nom, { cache });
      if (!reponse.ok) throw new Error(reponse.status);
      if (!nom.endsWith('.deflate')) return await reponse.json();
      return await new Response(reponse.body.pipeThrough(new DecompressionStream('deflate'))).json();
    } catch (erreur) {
      throw perdu(`${nom} : ${erreur.message}`);
    }
  }
  async function charger(cache) {
    const index = await lire('termes/index.json', cache);
    if (index.version !== VERSION) throw perdu('version');
    return etat(index, lire);
  }
  let promesse = null;
  const tenir = (nouvelle) => {
    promesse = nouvelle;
    nouvelle.catch(() => { if (promesse === nouvelle) promesse = null; });
    return nouvelle;
  };
  const actuel = () => promesse ?? tenir(charger().catch(() => charger('reload')));
  async function nouveau(ancien) {
    // Somebody else may have begun again.
    const tenu = await promesse;
    return tenu && tenu !== ancien ? tenu : tenir(charger('reload'));
  }
  return { actuel, nouveau };
}
