// The file of a proposal, as « portail check » reads it: front matter in YAML, then the text.
const LARGEUR = 100, PLUS_LONG = 80;

// What no file may hold (source/document.py): controls, overrides of direction, halves of a sign,
// more accents than a sign may carry.
// Line ends of Unicode, that YAML follows, become those of everyone.
const INTERDITS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]/g;
const PILES = /([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu;
const propre = (texte) => String(texte)
  .replace(/\p{Cs}/gu, '\ufffd')
  .replace(/\r\n?|\u2028|\u2029|\x85/g, '\n')
  .replace(INTERDITS, '')
  .replace(PILES, '$1');

// Words that other readers of YAML take for yes, no, nothing, or a number written otherwise
// than « 40 » or « 2.5 »: 01000 is a postcode, 14:00 an hour.
const AMBIGU = /^(?:y|n|yes|no|on|off|null|~|=|<<)$/i;
const NOMBRE = /^[-+]?[\d.][\d_,.:]*(?:e[-+]?\d+)?$|^0[xob]|^[-+]?\.(?:inf|nan)$/i;
const SIMPLE = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d+|\d{4}-\d\d-\d\d)$/;

// The same rules as cli/yaml_text.py; « dedans » is inside brackets or braces.
function citer(texte, dedans) {
  if (!texte || texte !== texte.trim() || /[\p{C}\p{Z}]/u.test(texte.replaceAll(' ', ''))) return true;
  if (AMBIGU.test(texte) || (NOMBRE.test(texte) && !SIMPLE.test(texte))) return true;
  const seul = dedans || texte.length === 1 || texte[1] === ' ';
  return /^[!&*|>@`%#,[\]{}"']/.test(texte) || (seul && /^[-?:]/.test(texte))
    || /: | #|:$/.test(texte) || (dedans && /[,[\]{}]/.test(texte));
}

function mot(valeur, dedans) {
  const texte = propre(valeur);
  return citer(texte, dedans) ? JSON.stringify(texte) : texte;
}

const estGroupe = (valeur) => typeof valeur === 'object' && !Array.isArray(valeur);

function enLigne(valeur) {
  if (Array.isArray(valeur)) return `[${valeur.map(enLigne).join(', ')}]`;
  if (!estGroupe(valeur)) return mot(valeur, true);
  return `{${Object.entries(valeur).map(([cle, une]) => `${mot(cle, true)}: ${enLigne(une)}`).join(', ')}}`;
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
function* champ(cle, valeur, retrait) {
  const tete = `${retrait}${mot(cle, true)}:`;
  if (typeof valeur !== 'object') {
    yield `${tete} ${mot(valeur, false)}`;
    return;
  }
  const ligne = `${tete} ${enLigne(valeur)}`;
  const rangs = Array.isArray(valeur) && typeof valeur[0] === 'object';
  if (tient(ligne) && !rangs) {
    yield ligne;
    return;
  }
  yield tete;
  if (Array.isArray(valeur)) for (const une of valeur) yield* rang(une, `${retrait}  `);
  else for (const [nom, une] of Object.entries(valeur)) yield* champ(nom, une, `${retrait}  `);
}

function* rang(valeur, retrait) {
  const ligne = `${retrait}- ${typeof valeur === 'object' ? enLigne(valeur) : mot(valeur, false)}`;
  if (!estGroupe(valeur) || tient(ligne)) {
    yield ligne;
    return;
  }
  let premier = true;
  for (const [nom, une] of Object.entries(valeur)) {
    for (const morceau of champ(nom, une, `${retrait}  `)) {
      yield premier ? `${retrait}- ${morceau.slice(retrait.length + 2)}` : morceau;
      premier = false;
    }
  }
}

// The whole file: « entete » in the order of the schema, scalars as text.
export function ecrire(entete, corps = '') {
  const lignes = ['---'];
  for (const [cle, valeur] of Object.entries(plein(entete) ?? {})) lignes.push(...champ(cle, valeur, ''));
  const texte = propre(corps ?? '').replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return [...lignes, '---', ...(texte ? ['', texte] : []), ''].join('\n');
}

// Letters that decomposing leaves whole (text/normalise.py).
const LETTRES = { œ: 'oe', æ: 'ae', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', þ: 'th' };
const ACCENTS = /[\u0300-\u036f\xad\u200b-\u200d\u2060\ufeff]/g;

// As Python's casefold does for what may become a Latin letter: ß is « ss », ſ is « s ».
const minuscules = (texte) => texte.normalize('NFKD').toLowerCase()
  .replace(/[ßſ]/g, (signe) => (signe === 'ß' ? 'ss' : 's'));

// The identifier of a title, cut between words (text/slugs.py); empty without a Latin letter.
export function slug(texte) {
  const plie = minuscules(minuscules(String(texte))).replace(ACCENTS, '')
    .replace(/[œæøđðłħıþ]/g, (lettre) => LETTRES[lettre]);
  const entier = (plie.match(/[a-z0-9]+/g) ?? []).join('-');
  if (entier.length <= PLUS_LONG) return entier;
  const coupe = entier.slice(0, PLUS_LONG + 1).lastIndexOf('-');
  return entier.slice(0, coupe > 0 ? coupe : PLUS_LONG);
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
