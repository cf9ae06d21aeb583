// The text of a mail or of a press release: its title, its dates and hours, its price, whom to call.
// Only what is said plainly is taken; the whole text goes to the body.
const commun = await import(document.querySelector('[data-commun]').dataset.commun);
const { JOURS, MOIS: LONGS, NB, deux, nommer, plier } = commun;
const SEANCES = 100, LONG = 240_000;
const MOIS = LONGS.map(plier);
const NOM_JOUR = `(?:(${JOURS.join('|')})s?,?\\s+)?`, NUMERO = '(\\d{1,2})(?:er)?';
const NOM_MOIS = '(janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?'
  + '|nov(?:embre)?|dec(?:embre)?)\\.?(?:\\s+(\\d{4}))?(?![a-z0-9])';
const PLAGE = `(?:(?:du|a partir du|des le|depuis le)\\s+)${NOM_JOUR}${NUMERO}(?:\\s+${NOM_MOIS})?`
  + `\\s+(?:au|jusqu'au)\\s+${NOM_JOUR}${NUMERO}\\s+${NOM_MOIS}`;
const SUIVANT = `(?: ?, ?(?:et )?| et (?:le )?| ?& ?)(?:(?:${JOURS.join('|')})s? )?\\d{1,2}(?:er)?`;
const LISTE = `${NOM_JOUR}${NUMERO}(${SUIVANT}(?!\\s*(?:h|:|€|euros|ans))){0,9}\\s+${NOM_MOIS}`;
const CHIFFRES = `${NOM_JOUR}(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})(?![\\d/])|(\\d{4})-(\\d\\d)-(\\d\\d)(?!\\d)`;
const HEURE = '(\\d{1,2})\\s*(?:heures?|h|:)\\s*(\\d{2})?(?!\\d)';
const HORAIRE = new RegExp(`(?:(de|entre|a|des|a partir de)\\s+)?(?:${HEURE}|(midi))`
  + `(?:\\s*(a|-|et|jusqu.a|>)\\s*(?:${HEURE}|(minuit)))?`);
const AILLEURS = new RegExp('(avant le|date limite.{0,20}|publie le|paru le|mis a jour le|communique.{0,25}'
  + '|ne le|envoye.{0,10}|date :|(inscri|reserv|candidat|postul|deposer)[^.\\n]{0,40}jusqu.au)\\s*$');
// Days of the week around a period: « les mardis et jeudis du … », « du mardi au dimanche, du … ».
const UN_JOUR = `(?:les? )?(?:${JOURS.join('|')})s?`;
const NOMMES = `(?:du |(?:tous |toutes )?les |le |chaque )?${UN_JOUR}(?:(?: ?, ?| et | au )${UN_JOUR})*`;
const NOMMES_AVANT = new RegExp(`(?:^|[^a-z])(${NOMMES})[ ,:]*$`), NOMMES_APRES = new RegExp(`^[ ,:(]*(${NOMMES})`);

// « à 14.30 », which is no price.
const POINTEE = /(?<![a-z])(a|de|-) ?(\d{1,2})\.(\d\d)(?!\d|\s*(?:€|eur))/g;
const OU_QUAND = `dans la partie «${NB}Quand${NB}»`;

const rangMois = (nom) => MOIS.findIndex((un) => un.startsWith(nom.slice(0, nom.startsWith('jui') ? 4 : 3))) + 1;

// A day that there is, « 2021-10-09 »; else null.
function ecrire(annee, mois, jour) {
  const vrai = new Date(Date.UTC(annee, mois - 1, jour)), bon = annee > 1899 && annee < 2101;
  const la = vrai.getUTCMonth() === mois - 1 && vrai.getUTCDate() === Number(jour);
  return bon && la ? vrai.toISOString().slice(0, 10) : null;
}
// The year is that which is written, else the next one when the day comes.
function dater(boite, jour, mois, annee) {
  const cette = Number(boite.jour.slice(0, 4));
  if (annee) return ecrire(annee.length === 2 ? 2000 + Number(annee) : Number(annee), mois, Number(jour));
  const date = ecrire(cette, mois, Number(jour));
  return date && date < boite.jour ? ecrire(cette + 1, mois, Number(jour)) : date;
}
const heureDe = (h, min) => (h !== undefined && h < 24 && (min ?? 0) < 60 ? `${deux(h)}:${deux(min ?? 0)}` : '');

// Hours that follow a date: [from, to], or several beginnings.
function heures(suite) {
  const trouve = HORAIRE.exec(suite);
  if (!trouve || trouve.index > 45) return [];
  const [, avant, h, m, midi, lien, h2, m2, minuit] = trouve;
  const un = midi ? '12:00' : heureDe(h, m), autre = minuit ? '23:59' : heureDe(h2, m2);
  if (!un) return [];
  if (autre && lien === 'et' && avant !== 'entre') return [[un], [autre]];
  return [[un, autre && autre > un ? autre : '']];
}

// The days of the week that words name, « du mardi au dimanche » being all those between.
function semaine(dits) {
  const noms = dits.match(new RegExp(JOURS.join('|'), 'g')), [un, autre] = noms.map((nom) => JOURS.indexOf(nom));
  if (!/ au /.test(dits)) return noms;
  return noms.length === 2 ? Array.from({ length: ((autre - un + 7) % 7) + 1 }, (_, n) => JOURS[(un + n) % 7]) : null;
}

// Why a date is not taken: a word around it that its reading did not use; empty when all are.
function doute(avant, apres, { plage: longue, nommes }, { table: { dates: mots } }) {
  const finit = (motif) => new RegExp(`(?:^|[^a-z])(?:${motif})[ :]*$`).test(avant);
  const suit = (motif) => new RegExp(`^[ ,:(]*(?:${motif})(?![a-z])`).test(apres);
  if (finit(mots.jusque) || finit('au')) return 'on ne sait pas depuis quand';
  if (finit(mots.depuis) || (!longue && (finit('du') || suit('au|jusqu.au')))) return 'on ne sait pas jusqu’à quand';
  if (/^t\d\d:\d\d\S*(z|[+-]\d\d:?\d\d)/.test(apres)) return 'l’heure est celle d’un autre fuseau';
  const ailleurs = new RegExp(`[ ,:(](?:${mots.sauf}|${mots.chaque})(?![a-z])`).test(apres.split(/[.\n]/)[0]);
  const retire = new RegExp(`(?:${mots.sauf})(?![a-z])`).test(apres);
  if (ailleurs && (retire || !nommes)) return 'tous ses jours ne sont pas lus';
  if (finit(mots.chaque) || (!longue && finit(`(?:${mots.chaque}) .{0,40}`))) return 'tous ses jours ne sont pas lus';
  return '';
}

function plage(boite, lu) {
  const [, , j1, m1, a1, , j2, m2, a2] = lu;
  const fin = dater(boite, j2, rangMois(m2), a2), mois = m1 ? rangMois(m1) : rangMois(m2);
  const annee = a1 ?? (fin && (mois > rangMois(m2) ? String(fin.slice(0, 4) - 1) : fin.slice(0, 4)));
  const debut = fin && dater(boite, j1, mois, annee);
  return debut && fin > debut ? [{ debut, fin }] : [];
}
function liste(boite, lu) {
  const nombres = lu[0].match(/\d+(?=(?:er)?\D)/g), [mois, annee] = lu.slice(-2);
  const dits = annee && nombres.at(-1) === annee ? nombres.slice(0, -1) : nombres;
  const jours = dits.map((jour) => dater(boite, jour, rangMois(mois), annee));
  return jours.filter(Boolean).map((debut) => ({ debut, nom: jours.length === 1 ? lu[1] : '' }));
}
function chiffres(boite, lu) {
  const [, nom, jour, mois, annee, a, m, j] = lu;
  const debut = a ? ecrire(Number(a), Number(m), Number(j)) : dater(boite, jour, Number(mois), annee);
  return debut ? [{ debut, nom }] : [];
}

// Dates in their order, each with what stands around it; what is not read whole is told.
function reperer(source, boite, laisse) {
  const trouvees = [], places = [];
  for (const [forme, lire] of [[PLAGE, plage], [LISTE, liste], [CHIFFRES, chiffres]]) {
    for (const lu of source.matchAll(new RegExp(forme, 'g'))) {
      const fin = lu.index + lu[0].length;
      if (places.some(([de, a]) => lu.index < a && fin > de)) continue;
      places.push([lu.index, fin]);
      const avant = source.slice(Math.max(0, lu.index - 60), lu.index).split('\n').at(-1);
      const apres = source.slice(fin, fin + 70).split('\n\n')[0], longue = lire === plage;
      if (AILLEURS.test(avant)) continue;
      const dits = longue && (NOMMES_AVANT.exec(avant) ?? NOMMES_APRES.exec(apres)), nommes = dits && semaine(dits[1]);
      const net = dits && NOMMES_AVANT.test(avant) ? avant.slice(0, dits.index) : avant;
      const raison = dits && !nommes ? 'tous ses jours ne sont pas lus'
        : doute(net, apres, { plage: longue, nommes }, boite);
      if (raison) {
        const dit = [avant.slice(-30), lu[0], apres.slice(0, 20)].join('').replace(/\s+/g, ' ').trim();
        laisse.push(`Le texte dit «${NB}${dit}${NB}»${NB}: ${raison}. Écrivez ses dates ${OU_QUAND}.`);
      }
      trouvees.push({ de: lu.index, a: fin, jours: lire(boite, lu), nommes, doute: Boolean(raison) });
    }
  }
  return trouvees.sort((une, autre) => une.de - autre.de);
}

function dates(texte, boite, laisse) {
  const source = boite.plat(texte), trouvees = reperer(source, boite, laisse);
  // One date that is not sure: what is around it is not either.
  if (trouvees.some(({ doute: non }) => non)) return [];
  return trouvees.flatMap(({ a, jours, nommes }, rang) => {
    const suite = source.slice(a, Math.min(trouvees[rang + 1]?.de ?? Infinity, a + 70)).split('\n\n')[0];
    const lues = heures(suite.replace(POINTEE, '$1 $2h$3'));
    return jours.flatMap(({ debut, fin, nom }) => {
      const vrai = nommer(debut);
      if (nom && nom !== vrai) {
        laisse.push(`Le ${debut} est un ${vrai}, le texte dit «${NB}${nom}${NB}»${NB}: vérifiez la date.`);
      }
      if (nommes) {
        if (lues.length > 1) laisse.push(`Le texte donne plusieurs heures${NB}: ajoutez les autres ${OU_QUAND}.`);
        const [de, jusqua] = lues[0] ?? [];
        const heure = { ...de ? { de } : {}, ...jusqua ? { a: jusqua } : {} };
        return [{ debut, fin, horaires: { du: debut, au: fin, tous_les: nommes, ...heure } }];
      }
      if (fin || !lues.length) return [fin ? { debut, fin, horaire: lues[0] } : { debut }];
      const fait = ([de, jusqua]) => ({ debut: `${debut} ${de}`, ...jusqua ? { fin: `${debut} ${jusqua}` } : {} });
      return lues.map(fait);
    });
  });
}

function quandDe(texte, boite, laisse) {
  const vues = new Map();
  for (const { horaire, ...une } of dates(texte, boite, laisse)) {
    if (horaire) laisse.push(`Le texte donne une heure pour toute une période${NB}: ajoutez-la ${OU_QUAND}.`);
    const jour = une.debut.slice(0, 10);
    // A day that was said again, without its hours.
    if (une.debut.length === 10 && !une.fin && [...vues.keys()].some((dit) => dit.startsWith(jour))) continue;
    if (une.debut.length > 10) vues.delete(jour);
    if (!vues.has(une.debut) || une.fin) vues.set(une.debut, une);
  }
  const toutes = [...vues.values()].sort((une, autre) => une.debut.localeCompare(autre.debut)).slice(0, SEANCES);
  const plages = toutes.filter(({ debut, fin }) => fin && debut.length === 10);
  if (plages.length && toutes.length > 1) {
    const reste = `seule la période est reprise, ajoutez le reste ${OU_QUAND}`;
    laisse.push(`Le texte donne une période et des dates${NB}: ${reste}.`);
  }
  const [une] = plages.length ? plages : toutes;
  if (une?.horaires) return { horaires: une.horaires };
  return toutes.length > 1 && !plages.length ? { seances: toutes } : une ?? {};
}

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

// What it says of an event, { titre, texte, quand, adresse, laisse }; null when it says nothing.
export function lire(ecrit, boite) {
  const laisse = [], { lignes, titre: objet } = trier(ecrit.slice(0, LONG), boite, laisse);
  const rang = objet ? -1 : rangTitre(lignes, boite), [dit = ''] = lignes.splice(rang, rang < 0 ? 0 : 1);
  const titre = objet || dit.trim();
  while (lignes.length && (!lignes[0].trim() || CREUSE.test(lignes[0]))) lignes.shift();
  const texte = lignes.join('\n').trim();
  if (!titre && !texte) return null;
  const ou = OU.exec(texte)?.[1] ?? POSTAL.exec(texte)?.[0] ?? '';
  const adresse = ou.length < 250 ? ou.replace(/^[^:]{0,25}:\s/, '') : '';
  return { titre, texte, quand: quandDe(`${titre}\n\n${texte}`, boite, laisse), adresse, laisse };
}
