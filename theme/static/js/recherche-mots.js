/*! Stems: Snowball 3.1.1, © 2001 Martin Porter, 2004-2005 Richard Boulton, BSD-3-Clause. */
// Words and stems: the same answers as text/analysis.py, rule for rule; a test
// compares them over whole vocabularies. Of Snowball's French algorithm, what no word meets once it
// is folded, singular and masculine is left out. No lookbehind: browsers of 2022 have none.
const { SAINTS, plier: lisser } = await import(document.querySelector('[data-commun]').dataset.commun);
export const plier = lisser;

// Words and rules of francais.yml, as the index carries them.
const dites = new Map();
let vides, accentues, entiers, regles;
export function apprendre(francais) {
  [vides, accentues] = [francais.vides, francais.accentues].map((mots) => new Set(mots.split(' ')));
  entiers = new Map(francais.entiers.split(' ').map((ligne) => ligne.split(':')).flatMap(([base, formes]) =>
    [base, ...formes.split(',').filter(Boolean)].map((forme) => [forme, base])));
  const faire = (nom) => [nom, francais[nom].map(([motif, base]) => [new RegExp(motif), base])];
  regles = Object.fromEntries(['singulier', 'masculin', 'fin'].map(faire));
  dites.clear();
}
const ROMAINS = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];

// Snowball: vowels that are consonants, regions, then suffixes, the longest first.
const marquer = (mot) => mot.replace(
  /[aeiouy](?:[ui](?=[aeiouy])|y)|y(?=[aeiouy])|qu/g, (tout) => tout.slice(0, -1) + tout.at(-1).toUpperCase(),
);
const jusque = (mot, motif) => motif.exec(mot)?.[0].length ?? mot.length;
const REGION = /^[^aeiouy]*[aeiouy]+[^aeiouy]/;
const STANDARD = new RegExp('(?:iqUe|ance|able|isme|iste|ation|ateur|ence|usion|ution|ive|if|aux'
  + '|(?:iss)?ement|(?:am|em)?ment)$');
const EN_I = /(?:isse|issante?|i|irai?|ir|(?:ir|iss)(?:aIent|ent|iez|ez)|iront)$/;
const DE_VERBE = /(?:er(?:a|ai|aIent|iez|ez|ont)?|i?ez|ai?|ante?|aIent|asse|assent|assiez)$/;
const EN_A = /^a/;

// What is left of `mot`, and whether it is done with.
function standard(mot, r1, r2, rv) {
  const suffixe = STANDARD.exec(mot)?.[0];
  if (!suffixe) return [mot, false];
  const ou = mot.length - suffixe.length, base = mot.slice(0, ou);
  const oter = (texte, fin, sinon) => {
    if (!texte.endsWith(fin)) return texte;
    return texte.length - fin.length >= r2 ? texte.slice(0, -fin.length) : sinon(texte);
  };
  const ic = (texte) => oter(texte, 'ic', () => `${texte.slice(0, -1)}qU`);
  const tel = (texte) => texte;
  if (suffixe === 'ment') return [ou > rv && /[aeiouy]$/.test(base) ? base : mot, false];
  if (/^[ae]mment$/.test(suffixe)) return [ou >= rv ? `${base}${suffixe[0]}nt` : mot, false];
  if (suffixe === 'issement') return ou >= r1 && /[^aeiouy]$/.test(base) ? [base, true] : [mot, false];
  if (suffixe === 'aux') return ou >= r1 ? [`${base}al`, true] : [mot, false];
  if (suffixe === 'ement') {
    if (ou < rv) return [mot, false];
    const active = oter(base, 'iv', tel);
    if (active !== base) return [oter(active, 'at', tel), true];
    const eux = (texte) => (texte.length - 3 >= r1 ? `${texte.slice(0, -1)}x` : texte);
    return [oter(oter(oter(base, 'iqU', tel), 'abl', tel), 'eus', eux), true];
  }
  if (ou < r2) return [mot, false];
  if (suffixe === 'ation' || suffixe === 'ateur') return [ic(base), true];
  if (suffixe === 'if' || suffixe === 'ive') {
    const sans = oter(base, 'at', tel);
    return [sans === base ? base : ic(sans), true];
  }
  return [base + ({ usion: 'u', ution: 'u', ence: 'ent' }[suffixe] ?? ''), true];
}

function verbe(mot, rv) {
  const reste = mot.slice(rv), avant = reste.search(EN_I);
  if (avant > 0 && !/[aeiouy]/.test(reste[avant - 1])) return mot.slice(0, rv + avant);
  const ou = reste.search(DE_VERBE);
  if (ou < 0) return '';
  const e = EN_A.test(reste.slice(ou)) && reste[ou - 1] === 'e' ? 1 : 0;
  return mot.slice(0, rv + ou - e);
}

function residu(mot, r2, rv) {
  const reste = mot.slice(rv);
  if (/[iI]er$/.test(reste)) return `${mot.slice(0, -3)}i`;
  if (/[st]ion$/.test(reste)) return mot.length - 3 >= r2 ? mot.slice(0, -3) : mot;
  return reste.endsWith('e') ? mot.slice(0, -1) : mot;
}

function snowball(nu) {
  let mot = marquer(nu);
  const rv = jusque(mot, /^(?:[aeiouy]{2}.|col|par|tap|ni[aeiouy]|.[^aeiouy]*[aeiouy])/);
  const r1 = jusque(mot, REGION), r2 = r1 + jusque(mot.slice(r1), REGION);
  const [sans, fini] = standard(mot, r1, r2, rv);
  const change = fini ? sans : verbe(sans, rv);
  mot = change ? change.replace(/Y$/, 'i') : residu(sans, r2, rv);
  return mot.replace(/(e(?:ll|ill|nn|tt)|onn)$/, (fin) => fin.slice(0, -1)).toLowerCase();
}

const premiere = (mot, liste) => {
  const regle = liste.find(([motif]) => motif.test(mot));
  return regle ? mot.replace(...regle) : mot;
};

// The stem of a folded word.
function raciner(plie) {
  if (entiers.has(plie)) return entiers.get(plie);
  if (!/^[a-z]+$/.test(plie)) return plie.replace(/^([0-9]+)(?:e|eme|ere?|re|nde?)s?$/, '$1e');
  const siecle = /^(x{1,2})(ix|iv|v?i{0,3})e(?:me)?s?$/.exec(plie);
  if (siecle) return `${10 * siecle[1].length + ROMAINS.indexOf(siecle[2])}e`;
  if (plie.length < 4 || plie.length > 40 || !/[aeiouy]/.test(plie)) return plie;
  let mot = premiere(plie, regles.singulier);
  if (mot.length < 5) return mot.replace(/(.e|..i)e$/, '$1');
  mot = premiere(mot.replace(/ee$/, 'e'), regles.masculin);
  if (!/(?:[aiou]|it)$/.test(mot) || /...era$/.test(mot)) {
    const reste = snowball(mot);
    mot = reste === mot ? mot.replace(/([iu])f$/, '$1v') : reste;
  }
  return regles.fin.reduce((fin, [motif, base]) => fin.replace(motif, base), mot);
}

export function racine(mot) {
  const plie = plier(mot);
  return raciner(SAINTS.get(plie) ?? plie);
}

function dite(mot) {
  if (!dites.has(mot)) {
    const vide = vides.has(plier(mot)) && !accentues.has(mot.toLowerCase().normalize('NFC'));
    dites.set(mot, vide ? '' : racine(mot));
  }
  return dites.get(mot);
}

const LETTRE = '[\\p{L}\\p{Nl}\\p{No}]', SIGNE = '[\\p{L}\\p{N}]', SEUL = '(?![\\p{L}\\p{N}_])';
const APOSTROPHE = "['’‘ʼʹ′´`‛＇]";
const DEDANS = '\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670'
  + '\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060\ufeff';
const SUITE = `${SIGNE}[\\p{L}\\p{N}${DEDANS}]*`;
// Whatever its case: the flag « i » takes a phone three times as long, as it folds every class.
const casse = (source) =>
  source.replace(/[a-zèï]/gu, (lettre) => `[${lettre}${lettre.toUpperCase()}${lettre === 's' ? 'ſ' : ''}]`);
const FINS = casse(
  '(?:e|ne|se|te|le|ve|euse|rice|trice|ice|(?:i|ï)?(?:e|è)re|ive|enne|ienne|elle|ale|esse|sse|fe|que)',
);
const S = casse('s'), INCLUSIF = `(?:[·•‧⋅.]${FINS}${S}?(?:[·•‧⋅.]${S})?|[·•‧⋅.]${S}|\\(${FINS}${S}?\\)${S}?|\\(${S}\\)`
  + `|/${FINS}${S}?|[-‐‑]${casse('(?:e|ne|se|euse|trice)')}(?:[-‐‑]?${S})?)${SEUL}`;
const MOT = new RegExp(
  `(?<elide>${casse('(?:c|d|j|l|m|n|s|t|(?:jus|lors|puis|quoi)?qu)')}${APOSTROPHE}(?=[\\p{L}\\p{N}_]))`
  + `|(?<points>${LETTRE}(?:\\.${LETTRE})+${SEUL})`
  + `|(?<nombre>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+${SEUL})`
  + `|(?<joint>(?:${casse('(?:aujourd|presqu|prud|entr|quelqu)')}${APOSTROPHE}|${casse('e')}[-‐‑])${SUITE})`
  + `|(?<mot>${SUITE})(?:${INCLUSIF})?`,
  'gu',
);
const ENTRE = new RegExp(`[^\\p{L}\\p{N}_${DEDANS}]+`, 'gu');

// The words of a text that count: { racine, position, debut, fin }, in UTF-16 units.
export function jetons(texte) {
  const trouves = [];
  let position = -1, elide = '';
  for (const { 0: tout, index, groups } of texte.matchAll(MOT)) {
    if (groups.elide) {
      elide = tout;
      continue;
    }
    position += 1;
    const mot = groups.mot ?? tout.replace(ENTRE, '');
    // « l’Est », not « c’est ».
    const trouvee = dite(mot) || (/^est$/i.test(mot) && /^[ld].$/i.test(elide) ? 'est' : '');
    if (trouvee) trouves.push({ racine: trouvee, position, debut: index, fin: index + tout.length });
    elide = '';
  }
  return trouves;
}
