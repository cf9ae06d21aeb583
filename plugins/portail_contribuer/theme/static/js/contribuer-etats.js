// The state that a title says of its event, before it or after it: the twin of model/states.py.
const { cle } = await import(document.querySelector('[data-commun]').dataset.commun);
const SURS = ['annule', 'reporte', 'deplace-en-ligne', 'reprogramme', 'complet'], LONG = 500, MOTS = 4;
const INCERTAINS = ['deplace-en-ligne', 'complet'], CRIE = 2, TETES = [
  /^\s*[([]([^()[\]]+)[)\]]\s*(?:[:|·•]|[-–—]+(?=\s))?\s*(?=\S)/,
  /^(.+?)(?:\s*[:|·•]|\s+[-–—]+(?!>)|[-–—]+(?=\s))\s*(?=\S)/,
  /^[\s!/\\]*([^!/\\>→]+?)\s*[!/\\>→]+\s*(?=\S)/,
];
const FINS = [
  /^(.*[^\s:|·•–—-])[\s:|·•–—-]*[([]([^()[\]]+)[)\]][\s.!]*$/,
  /^(.*[^\s:|·•–—-])(?:\s*[:|·•]|\s+[-–—]+|[-–—]+(?=\s))\s*(\S.*)$/,
];
// A new day needs no sign before it.
const REMIS = /^(.*\S)\s+(\S+ (?:au|to|until) [^:]*\d[^:]*)$/;
// « La marche (annulée) au phare ».
const DEDANS = /^(.*\S)\s+[([]([^()[\]]+)[)\]]\s+(\S.*)$/;
const PREMIERS = /[.!:;(\n]|\s[-–—|]\s/, DE_LUI = new RegExp('^(?:(?:l|le|la|les|cet|cette|ce|ces) )?'
  + '(?:animation|atelier|conference|date|evenement|manifestation|rencontre|seance|session|sortie|soiree|spectacle'
  + '|visite)s? (?:(?:est|sont|a ete|ont ete) (?:(?:desormais|deja|malheureusement) )?)?(.+)$');
const capitales = (texte) => texte === texte.toUpperCase() && texte !== texte.toLowerCase();

// What may be a state at an end of a title, the title without it, whether they are surely apart.
function bouts(titre) {
  const lus = TETES.map((motif, rang) => [motif.exec(titre), rang !== CRIE])
    .filter(([lu]) => lu).map(([lu, sur]) => [lu[1], titre.slice(lu[0].length), sur]);
  lus.push(...FINS.map((motif) => motif.exec(titre)).filter(Boolean).map(([, reste, mots]) => [mots, reste, true]));
  const dedans = DEDANS.exec(titre);
  if (dedans) lus.push([dedans[2], `${dedans[1]} ${dedans[3]}`, false]);
  const remis = REMIS.exec(titre);
  if (remis) lus.push([remis[2], remis[1], false]);
  const mots = titre.split(/\s+/).filter(Boolean);
  for (let nombre = Math.min(MOTS, mots.length - 1); nombre > 0; nombre -= 1) {
    const coupes = [[mots.slice(0, nombre), mots.slice(nombre)], [mots.slice(-nombre), mots.slice(0, -nombre)]];
    for (const [un, reste] of coupes.map((coupe) => coupe.map((part) => part.join(' ')))) {
      const nu = un.replace(/[ !?.,;]+$/, '');
      const lu = capitales(nu) && !capitales(reste) && ![un, reste].some((part) => /^[!?.,;]/.test(part));
      if (lu) lus.push([nu, reste.replace(/[,; ]+$/, ''), nu === un]);
    }
  }
  return lus;
}

function code(mots, noms) {
  if (/[«»“”"]/.test(mots) || mots.split('*').length % 2 === 0) return '';
  const dit = cle(mots), lu = noms.get(/^(\S+) (?:au|to|until) .*\d/.exec(dit)?.[1] ?? dit);
  return SURS.includes(lu) ? lu : '';
}

// Of a title that says its state and of the first words of a text, « ANNULÉ ! La marche… », « Séance
// complète. », the safest.
export function etatDit(etat, texte, noms) {
  const [mots] = texte.trim().slice(0, LONG).split(PREMIERS), dit = mots.replace(/[ !?.,;]+$/, '');
  const debut = code(dit, noms) || code(DE_LUI.exec(cle(dit))?.[1] ?? '', noms);
  return SURS.find((un) => un === etat || (un === debut && un !== 'deplace-en-ligne'));
}

// { titre, etat, dits }, or null; `noms` has the codes of states by their keys. What is not `place`
// somewhere is online, and has not moved there.
export function etatDuTitre(titre, noms, place = true) {
  const dits = new Map();
  let reste = titre;
  while (dits.size < MOTS && [...titre].length <= LONG) {
    const [mots, suite] = bouts(reste).find(([un, , sur]) =>
      code(un, noms) && (sur || !INCERTAINS.includes(code(un, noms)))) ?? [''], lu = mots && code(mots, noms);
    if (!lu || code(suite, noms) || (lu === 'deplace-en-ligne' && !place)) break;
    dits.set(mots, lu);
    reste = suite;
  }
  const etat = SURS.find((un) => [...dits.values()].includes(un));
  return etat ? { titre: reste, etat, dits: [...dits.keys()] } : null;
}
