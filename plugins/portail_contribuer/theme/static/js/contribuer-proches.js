// The folding, keys, slugs and nearest names of text/normalise.py and text/suggest.py; a test compares them.
const commun = await import(document.querySelector('[data-commun]').dataset.commun);
const { distance } = commun;
export const { cle, plier, slug } = commun;
const BLANCS = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const BORDS = new RegExp(`^${BLANCS}+|${BLANCS}+$`, 'g');
const LIENS = new Set('l la le les d de du des un une a au aux et en'.split(' '));
// Ranks, in quarters of a mistake.
const FAUTE = 4, ARTICLES = 2, DEBUT = 6, PARTIE = 7, TOUT = 8;

// Without the blanks around, those of Python.
export const couper = (texte) => texte.replace(BORDS, '');

export const longueur = (texte) => [...texte].length;

export const estSlug = (texte) => texte.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(texte);

// Letters that one text has more often than another: as many edits at least.
function manque(un, autre) {
  const compte = new Map();
  for (const lettre of autre) compte.set(lettre, (compte.get(lettre) ?? 0) + 1);
  let total = 0;
  for (const lettre of un) {
    const reste = compte.get(lettre) ?? 0;
    if (reste) compte.set(lettre, reste - 1); else total += 1;
  }
  return total;
}

function rang(mot, mots, borne, autre) {
  if (mot === autre) return 0;
  const surplus = autre.length - mot.length, rangs = [];
  if (Math.abs(surplus) <= borne && manque(mot, autre) <= borne - Math.max(surplus, 0)) {
    rangs.push(distance(mot, autre, borne) * FAUTE);
  }
  if (mot.length >= 3) {
    if (autre.startsWith(mot)) rangs.push(DEBUT);
    if (autre.length * 2 >= mot.length) {
      const autres = new Set(autre.split(' '));
      const hors = (uns, dans) => [...uns].filter((un) => !dans.has(un));
      const liens = (restes) => restes.every((un) => LIENS.has(un));
      if (!hors(mots, autres).length) rangs.push(liens(hors(autres, mots)) ? ARTICLES : PARTIE);
      else if (!hors(autres, mots).length) rangs.push(liens(hors(mots, autres)) ? ARTICLES : TOUT);
    }
  }
  return Math.min(...rangs);
}

// What a word may stand for, likeliest first: `[rank, candidate]`. `cleDe` gives the form under
// which a candidate is compared.
export function classer(texte, candidats, cleDe = cle) {
  const mot = cle(texte), trouves = [];
  if (!mot || mot.length > 100) return trouves;
  const mots = new Set(mot.split(' ')), borne = mot.length < 5 ? 1 : Math.min(2 + Math.floor(mot.length / 8), 6);
  for (const un of new Set(candidats)) {
    const place = rang(mot, mots, borne, cleDe(un));
    if (place < Infinity) trouves.push([place, un]);
  }
  const ecart = (un) => Math.abs(longueur(un) - longueur(texte));
  return trouves.sort(([un, a], [autre, b]) => un - autre || ecart(a) - ecart(b) || (a < b ? -1 : 1));
}

export const proches = (texte, candidats, limite = 3) => classer(texte, candidats).slice(0, limite).map(([, un]) => un);

// The codes of a list by all their names, made once.
const LISTES = new WeakMap();
function noms(schema) {
  if (!LISTES.has(schema)) {
    const paires = schema.enum.flatMap((code, rang) =>
      [code, code.replaceAll('-', ' '), schema['x-libelles'][rang], ...(schema['x-alias']?.[code] ?? [])].map((nom) => [
        plier(nom),
        code,
      ]),
    );
    LISTES.set(schema, new Map(paires.toReversed())); // of several codes, the first
  }
  return LISTES.get(schema);
}

// The code that a text says, else what to write: `remede`, `conseil` in the words of a person,
// `ecrire` the line when it is sure. `place`: how many values its list may hold.
export function terme(brut, schema, champ, phrase, place = 1) {
  const connus = noms(schema), codes = schema.enum, libelles = schema['x-libelles'];
  const trouver = (un) => (codes.includes(un) ? un : connus.get(plier(un)));
  const proche = (un) => connus.get(proches(plier(un), connus.keys(), 1)[0]);
  const libelle = (un) => libelles[codes.indexOf(un)];
  if (trouver(brut)) return trouver(brut);
  const parts = brut.split(/[,;]/).map(couper).filter(Boolean), trouves = parts.map(trouver);
  const dits = [...new Set(trouves.every(Boolean) ? trouves : parts.map((un) => proche(un) ?? un))];
  const sur = trouves.every(Boolean), surs = dits.filter((un) => codes.includes(un));
  if (surs.length && dits.length > place) {
    const garder = (uns) => (place > 1
      ? phrase('au_plus', { limite: place, choix: uns.join(', ') })
      : phrase('une_seule', { choix: uns.join(' ou ') }));
    return { remede: garder(surs), conseil: garder(surs.map(libelle)), ecrire: '' };
  }
  const un = trouves.find(Boolean) ?? proche(brut), ligne = `${champ}: [${dits.join(', ')}]`;
  const choisir = (uns) => phrase('choisir', { choix: uns.slice(0, 60).join(', ') + (uns.length > 60 ? ', …' : '') });
  const conseil = un ? phrase('proche', { propose: libelle(un) }) : choisir(libelles);
  if (surs.length && dits.length > 1) {
    return sur ? { remede: phrase('crochets', { ligne }), conseil, ecrire: ligne }
      : { remede: phrase('proches', { propose: ligne }), conseil, ecrire: '' };
  }
  return un ? { remede: phrase('proche', { propose: un }), conseil, ecrire: `${champ}: ${un}` }
    : { remede: choisir(codes), conseil, ecrire: '' };
}
