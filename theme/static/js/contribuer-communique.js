// The text of a mail or of a press release: its title, its dates and hours, its price, whom to call.
// Only what is said plainly is taken; the whole text goes to the body.
const { JOURS, NB } = await import(document.querySelector('[data-commun]').dataset.commun);
const { NOM_JOUR, NOM_MOIS, NUMERO, dater, quandDe, rangMois } = await import(
  new URL('contribuer-quand.js', import.meta.url));
const LONG = 240_000, DEBUT = 3000;

const ENTETE = /^\s*(de|from|à|a|to|cc|cci|date|envoyé|sent|objet|sujet|subject)\s*:\s*(.*)$/i;
const CREUSE = new RegExp('^\\s*(bonjour|madame|monsieur|cher|chère|communiqué|dossier de presse|pour diffusion'
  + '|invitation\\s*$|info\\s*$|newsletter|---|\\*\\*\\*)', 'i');

// « Béthune, le 20 septembre 2021 »: where a release was written, and when, which is not to come.
const VILLE = "^[a-z' -]{2,60}(?:\\([^()]{1,40}\\))?,? (?:le )?";
const ECRIT = new RegExp(`${VILLE}${NOM_JOUR}${NUMERO}\\s+${NOM_MOIS}\\s*[.:–-]?$`);
const JOUR_SEUL = new RegExp(`^(?:(?:le|les|du|de|a partir du) )?${NOM_JOUR}(?:${NUMERO}\\s+|\\d{1,2}[/.]\\d)`);
const RUBRIQUE = /^\s*[^:]{2,25}\s:\s|^\s*(lieu|tarifs?|dates?|horaires?|contacts?|adresse|quand|où)\b\s*:/i;
const PRESSE = new RegExp('^[\\s*_#-]*(contacts?|relations?|service|attachée?s?)\\s+'
  + '(de\\s+|avec\\s+la\\s+|de\\s+la\\s+)?(presse|médias?)\\b', 'i');
const LIGNES = 8;
const RENVOIS = /^((re|fwd?|tr|ref)\s*:\s*)+/i, ANNONCE = /^(invitation|communiqué de presse|cp)\s*[:–-]\s*/i;
const OU = /^\s*(?:lieu|où|ou|adresse|rendez-vous)\s*[:?]+\s*(\S.*)$/im, POSTAL = /^.{0,120}\b\d{5}\s+[A-ZÉÈ].*$/m;

// « un atelier « Fabrique ton robot » »: what is in guillemets after a format is the title.
const CITE = new RegExp('((?:ateliers?|balades?|caf[ée]s?|causeries?|concerts?|conf[ée]rences?|d[ée]bats?|expositions?'
  + '|jeux?|projections?|rencontres?|soir[ée]es?|sorties?|spectacles?|stages?|visites?)(?: [^«»\\n.]{0,40})?)'
  + ',?\\s«\\s*([^«»\\n]{4,100}?)\\s*»', 'i');
// Names that may be those of a commune: « à Lens », « 12 rue des Lilas, Lens ».
const VERS = /(?:(?<!\p{L})[Àà] |\d [^\n,]{3,60}, )(\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*)/gu;

function estEcrit(une, boite) {
  const dit = boite.plat(une).trim(), peut = une.length < 120 && !CREUSE.test(une);
  const lu = peut && !JOURS.some((nom) => dit.startsWith(nom)) && ECRIT.exec(dit);
  const [jour, mois, annee] = lu ? lu.slice(-3) : [];
  return Boolean(annee) && /^\P{Ll}/u.test(une.trim()) && dater(boite, jour, rangMois(mois), annee) <= boite.jour;
}

// The rank of the line that is a title: short, no sentence, neither a day nor a label; else the
// first line that says something.
function rangTitre(lignes, boite) {
  const dites = lignes.map((une, rang) => [une.trim(), rang]).filter(([une]) => une && !CREUSE.test(une));
  const bonne = ([une]) => une.length <= 150 && !(une.length > 80 && /[.,;:]$/.test(une))
    && !JOUR_SEUL.test(boite.plat(une)) && !RUBRIQUE.test(une);
  return (dites.slice(0, LIGNES).find(bonne) ?? dites[0])?.[1] ?? -1;
}

// Paragraphs for journalists, out of the text; a heading alone goes with what it heads.
function sansPresse(lignes) {
  const gardees = [];
  let presse = false, seul = false, laisse = false;
  for (const une of lignes) {
    if (PRESSE.test(une)) [presse, seul, laisse] = [true, /presse\W*$|médias?\W*$/i.test(une), true];
    else if (presse && !une.trim()) [presse, seul] = [seul, false];
    else if (presse) seul = false;
    if (!presse) gardees.push(une);
  }
  return [gardees, laisse];
}

// What is not of the text: headers of a mail, words for journalists, where and when it was written.
function trier(texte, boite, laisse) {
  const [lignes, presse] = sansPresse(texte.split('\n'));
  let gardees = [], titre = '', entetes = 0;
  for (const une of lignes) {
    const entete = gardees.every((autre) => !autre.trim()) && ENTETE.exec(une);
    if (!entete) gardees.push(une);
    else {
      entetes += 1;
      if (/^(objet|sujet|subject)$/i.test(entete[1])) titre ||= entete[2].replace(RENVOIS, '').replace(ANNONCE, '');
    }
  }
  if (entetes) laisse.push(`Les en-têtes du courriel sont laissés de côté${NB}: ni noms ni adresses n’en sont repris.`);
  if (presse) laisse.push(`Le contact pour la presse est laissé de côté${NB}: il s’adresse aux journalistes.`);
  const tete = gardees.filter((une) => une.trim()).slice(0, LIGNES);
  const ecrites = new Set(tete.filter((une) => estEcrit(une, boite)));
  if (ecrites.size && tete.length > 1) {
    gardees = gardees.filter((une) => !ecrites.has(une));
    laisse.push(`L’en-tête du communiqué est laissé de côté${NB}: «${NB}${[...ecrites][0].trim()}${NB}».`);
  }
  return { titre, lignes: gardees };
}

// What it says of an event, { titre, texte, genre, communes, quand, adresse, laisse }; null when it says nothing.
export function lire(ecrit, boite) {
  const laisse = [], { lignes, titre: objet } = trier(ecrit.slice(0, LONG), boite, laisse);
  const [, genre = '', cite = ''] = CITE.exec(lignes.filter((une) => une.trim()).slice(0, LIGNES).join('\n')) ?? [];
  const rang = objet || cite ? -1 : rangTitre(lignes, boite), [dit = ''] = lignes.splice(rang, rang < 0 ? 0 : 1);
  const titre = objet || cite || dit.trim();
  while (lignes.length && (!lignes[0].trim() || CREUSE.test(lignes[0]))) lignes.shift();
  const texte = lignes.join('\n').trim();
  if (!titre && !texte) return null;
  const ou = OU.exec(texte)?.[1] ?? POSTAL.exec(texte)?.[0] ?? '';
  const adresse = ou.length < 250 ? ou.replace(/^[^:]{0,25}:\s/, '') : '';
  const communes = adresse ? [] : [...texte.slice(0, DEBUT).matchAll(VERS)].map(([, nom]) => nom);
  return { titre, texte, genre, communes, quand: quandDe(`${titre}\n\n${texte}`, boite, laisse), adresse, laisse };
}
