// The file of a proposal, as « portail check » reads it: front matter in YAML, then the text.
const { slug } = await import(document.querySelector('[data-commun]').dataset.commun);
const LARGEUR = 100, PLUS_LONG = 80;

// What no file may hold (source/document.py): controls, overrides of direction, halves of a sign,
// more accents than a sign may carry, signs that show nothing and are of no use anywhere.
// Line ends of Unicode, that YAML follows, become those of everyone.
const INTERDITS = new RegExp(
  [
    /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u17b4\u17b5\u202a-\u202e]/u,
    /[\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ue000-\uf8ff\u{f0000}-\u{10ffff}]/u,
    /\u200b(?![\u0e00-\u1aaf])/u,
  ].map(({ source }) => source).join('|'),
  'gu',
);
const PILES = /([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu;
const propre = (texte) => String(texte)
  .replace(/\p{Cs}/gu, '\ufffd')
  .replace(/\r\n?|\u2028|\u2029|\x85/g, '\n')
  .replace(INTERDITS, '')
  .replace(PILES, '$1');

// Plain only if no reader of YAML can take it for something else: words that are no yes, no or
// nothing, numbers and days as they are usually written. 01000 is a postcode, 14:00 an hour.
const AMBIGU = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const SIMPLE = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d+|\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|true|false)$/;
const MOTS = /^[\p{L}«(][\p{L}\p{M}\p{N} .,;!?%’'«»()\/@&*+=_…–-]*$/u;
const LIENS = /^https?:\/\/[\w.~:\/?#@!$&'()*+;=%-]*[\w\/=]$/;

// `dedans`: inside brackets or braces.
function mot(valeur, dedans = true) {
  const texte = propre(valeur), mots = MOTS.test(texte) && !AMBIGU.test(texte) && texte === texte.trim();
  return SIMPLE.test(texte) || LIENS.test(texte) || (mots && !(dedans && texte.includes(',')))
    ? texte
    : JSON.stringify(texte);
}

const estGroupe = (valeur) => typeof valeur === 'object' && !Array.isArray(valeur);

function enLigne(valeur) {
  if (Array.isArray(valeur)) return `[${valeur.map(enLigne).join(', ')}]`;
  if (!estGroupe(valeur)) return mot(valeur);
  return `{${Object.entries(valeur).map(([cle, une]) => `${mot(cle)}: ${enLigne(une)}`).join(', ')}}`;
}

// A value without what is empty in it; undefined when nothing is left.
function plein(valeur) {
  if (valeur === null || valeur === undefined) return undefined;
  if (Array.isArray(valeur)) {
    const reste = valeur.map(plein).filter((une) => une !== undefined);
    return reste.length ? reste : undefined;
  }
  if (typeof valeur !== 'object') return propre(valeur).trim() ? valeur : undefined;
  const reste = Object.entries(valeur).map(([cle, une]) => [cle, plein(une)])
    .filter(([, une]) => une !== undefined);
  return reste.length ? Object.fromEntries(reste) : undefined;
}

const tient = (ligne) => [...ligne].length <= LARGEUR;

// Lines of a field: one when it fits; a row of a list has its own.
function champ([cle, valeur], retrait) {
  const tete = `${retrait}${mot(cle)}:`;
  if (typeof valeur !== 'object') return [`${tete} ${mot(valeur, false)}`];
  const ligne = `${tete} ${enLigne(valeur)}`, liste = Array.isArray(valeur);
  if (tient(ligne) && !(liste && typeof valeur[0] === 'object')) return [ligne];
  const dedans = `${retrait}  `;
  return [tete, ...(liste ? valeur.flatMap((un) => rang(un, dedans)) : champs(valeur, dedans))];
}
const champs = (groupe, retrait = '') => Object.entries(groupe).flatMap((un) => champ(un, retrait));

function rang(valeur, retrait) {
  const ligne = `${retrait}- ${typeof valeur === 'object' ? enLigne(valeur) : mot(valeur, false)}`;
  if (!estGroupe(valeur) || tient(ligne)) return [ligne];
  const [premier, ...suite] = champs(valeur, `${retrait}  `);
  return [`${retrait}- ${premier.slice(retrait.length + 2)}`, ...suite];
}

// The whole file: « entete » in the order of the schema, scalars as text.
export function ecrire(entete, corps = '') {
  const texte = propre(corps ?? '').replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return ['---', ...champs(plein(entete) ?? {}), '---', ...(texte ? ['', texte] : []), ''].join('\n');
}

// Names that Windows keeps for devices (files.py).
const RESERVE = /^(?:con|prn|aux|nul|conin|conout|clock|com\d|lpt\d)$/;

// A free name for a new content: « pris » holds the slugs of its folder.
export function nommer(titre, pris = []) {
  const connus = new Set(pris), nom = slug(titre) || 'mon-contenu';
  // A day at the beginning of the name of a file is not part of its slug.
  const libre = (un) => !RESERVE.test(un) && !connus.has(un.replace(/^\d{4}-\d\d-\d\d-(?=.)/, ''));
  if (libre(nom)) return nom;
  const base = nom.slice(0, PLUS_LONG - 5).replace(/-+$/, '');
  for (let rang = 2; ; rang += 1) if (libre(`${base}-${rang}`)) return `${base}-${rang}`;
}
