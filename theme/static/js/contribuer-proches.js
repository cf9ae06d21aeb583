// Words for the form: the folding, keys, slugs and nearest names of text/normalise.py,
// text/slugs.py and text/suggest.py; a test compares them.
const LETTRES = { œ: 'oe', æ: 'ae', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', þ: 'th', ß: 'ss', ς: 'σ' };
for (const signe of '’‘ʼʹ′´`‛') LETTRES[signe] = "'";
for (const signe of '“”„«»″') LETTRES[signe] = '"';
for (const signe of '‐‑‒–—―−') LETTRES[signe] = '-';
const BLANCS = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const BORDS = new RegExp(`^${BLANCS}+|${BLANCS}+$`, 'g');
const SAINTS = new Map([['st', 'saint'], ['ste', 'sainte'], ['sts', 'saints'], ['stes', 'saintes']]);
const LIENS = new Set('l la le les d de du des un une a au aux et en'.split(' '));
// Ranks, in quarters of a mistake.
const FAUTE = 4, ARTICLES = 2, DEBUT = 6, PARTIE = 7, TOUT = 8;

const minuscules = (texte) => texte.normalize('NFKD').replace(/\u0345/g, 'ι').toLowerCase();

// Without the blanks around, those of Python.
export const couper = (texte) => texte.replace(BORDS, '');

export const longueur = (texte) => [...texte].length;

// Without case, accents, ligatures or typographic variants; runs of blanks are one.
export function plier(texte) {
  return minuscules(minuscules(texte)).normalize('NFKD')
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[^\0-_a-\x7f]/g, (signe) => LETTRES[signe] ?? signe)
    .replace(/[\s\x1c-\x1f\x85]+/g, ' ').trim();
}

// One key for all spellings of a proper name.
export function cle(nom) {
  return (plier(nom).match(/[\p{L}\p{N}]+/gu) ?? []).map((mot) => SAINTS.get(mot) ?? mot).join(' ');
}

export const estSlug = (texte) => texte.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(texte);

export function slug(texte) {
  const entier = (plier(texte).match(/[a-z0-9]+/g) ?? []).join('-');
  if (entier.length <= 80) return entier;
  const coupe = entier.slice(0, 81);
  return coupe.slice(0, Math.max(0, coupe.lastIndexOf('-'))) || entier.slice(0, 80);
}

// Letters put, taken away, changed, or swapped with the next one; Infinity above `borne`.
function distance(un, autre, borne) {
  if (Math.abs(un.length - autre.length) > borne) return Infinity;
  let avant = [], ligne = Array.from({ length: autre.length + 1 }, (_, rang) => rang);
  for (let i = 1; i <= un.length; i += 1) {
    const suivante = [i];
    for (let j = 1; j <= autre.length; j += 1) {
      let cout = Math.min(ligne[j] + 1, suivante[j - 1] + 1, ligne[j - 1] + (un[i - 1] !== autre[j - 1]));
      if (i > 1 && j > 1 && un[i - 1] === autre[j - 2] && un[i - 2] === autre[j - 1]) cout = Math.min(cout, avant[j - 2] + 1);
      suivante.push(cout);
    }
    if (Math.min(...suivante) > borne && Math.min(...ligne) > borne - 1) return Infinity;
    [avant, ligne] = [ligne, suivante];
  }
  return ligne[autre.length] <= borne ? ligne[autre.length] : Infinity;
}

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
