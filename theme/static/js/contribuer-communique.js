// The text of a mail or of a press release: its title, its dates and hours, its price, whom to call.
// Only what is said plainly is taken; the whole text goes to the body.
const NB = '\u00a0', SEANCES = 100, LONG = 240_000;
const MOIS = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ');
const JOURS = 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' ');
const NOM_JOUR = `(?:(${JOURS.join('|')})s?,?\\s+)?`, NUMERO = '(\\d{1,2})(?:er)?';
const NOM_MOIS = '(janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\\.?(?:\\s+(\\d{4}))?(?![a-z0-9])';
const PLAGE = `(?:du\\s+)${NOM_JOUR}${NUMERO}(?:\\s+${NOM_MOIS})?\\s+au\\s+${NOM_JOUR}${NUMERO}\\s+${NOM_MOIS}`;
const LISTE = `${NOM_JOUR}${NUMERO}((?: ?, ?(?:et )?| et (?:le )?| ?& ?)(?:(?:${JOURS.join('|')})s? )?\\d{1,2}(?:er)?(?!\\s*(?:h|:|€|euros|ans))){0,9}\\s+${NOM_MOIS}`;
const CHIFFRES = `${NOM_JOUR}(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})(?![\\d/])|(\\d{4})-(\\d\\d)-(\\d\\d)(?!\\d)`;
const HEURE = '(\\d{1,2})\\s*(?:heures?|h|:)\\s*(\\d{2})?(?!\\d)';
const HORAIRE = new RegExp(`(?:(de|entre|a|des|a partir de)\\s+)?(?:${HEURE}|(midi))(?:\\s*(a|-|et|jusqu.a|>)\\s*(?:${HEURE}|(minuit)))?`);
const AILLEURS = /(avant le|jusqu.au|date limite.{0,20}|publie le|paru le|mis a jour le|communique.{0,25}|depuis le|ne le|envoye.{0,10}|date :)\s*$/;

const rangMois = (nom) => MOIS.findIndex((un) => un.startsWith(nom.slice(0, nom.startsWith('jui') ? 4 : 3))) + 1;

// The year is that which is written, else the next one when the day comes.
function dater(boite, jour, mois, annee) {
  const cette = Number(boite.jour.slice(0, 4));
  if (annee) return boite.temps.ecrire(annee.length === 2 ? 2000 + Number(annee) : Number(annee), mois, Number(jour));
  const date = boite.temps.ecrire(cette, mois, Number(jour));
  return date && date < boite.jour ? boite.temps.ecrire(cette + 1, mois, Number(jour)) : date;
}
const deux = (nombre) => String(nombre).padStart(2, '0');
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

function plage(boite, lu) {
  const [, , j1, m1, a1, , j2, m2, a2] = lu;
  const fin = dater(boite, j2, rangMois(m2), a2), mois = m1 ? rangMois(m1) : rangMois(m2);
  const annee = a1 ?? (fin && (mois > rangMois(m2) ? String(fin.slice(0, 4) - 1) : fin.slice(0, 4)));
  const debut = fin && dater(boite, j1, mois, annee);
  return debut && fin > debut ? [{ debut, fin }] : [];
}
function liste(boite, lu) {
  const nombres = lu[0].match(/\d+(?=(?:er)?\D)/g), [mois, annee] = lu.slice(-2);
  const jours = (annee && nombres.at(-1) === annee ? nombres.slice(0, -1) : nombres).map((jour) => dater(boite, jour, rangMois(mois), annee));
  return jours.filter(Boolean).map((debut) => ({ debut, nom: jours.length === 1 ? lu[1] : '' }));
}
function chiffres(boite, lu) {
  const [, nom, jour, mois, annee, a, m, j] = lu, debut = a ? boite.temps.ecrire(Number(a), Number(m), Number(j)) : dater(boite, jour, Number(mois), annee);
  return debut ? [{ debut, nom }] : [];
}

// Dates in their order, each with the hours that follow it.
function dates(texte, boite, laisse) {
  const source = boite.plat(texte), trouvees = [], places = [];
  for (const [forme, lire] of [[PLAGE, plage], [LISTE, liste], [CHIFFRES, chiffres]]) {
    for (const lu of source.matchAll(new RegExp(forme, 'g'))) {
      const fin = lu.index + lu[0].length;
      if (places.some(([de, a]) => lu.index < a && fin > de)) continue;
      places.push([lu.index, fin]);
      if (!AILLEURS.test(source.slice(Math.max(0, lu.index - 40), lu.index))) trouvees.push({ de: lu.index, a: fin, jours: lire(boite, lu) });
    }
  }
  trouvees.sort((une, autre) => une.de - autre.de);
  return trouvees.flatMap(({ a, jours }, rang) => {
    const suite = source.slice(a, Math.min(trouvees[rang + 1]?.de ?? Infinity, a + 70)).split('\n\n')[0], lues = heures(suite);
    return jours.flatMap(({ debut, fin, nom }) => {
      const vrai = JOURS[new Date(`${debut}T00:00Z`).getUTCDay()];
      if (nom && nom !== vrai) laisse.push(`Le ${debut} est un ${vrai}, le texte dit «${NB}${nom}${NB}»${NB}: vérifiez la date.`);
      if (fin || !lues.length) return [fin ? { debut, fin, horaire: lues[0] } : { debut }];
      return lues.map(([de, jusqua]) => ({ debut: `${debut} ${de}`, ...(jusqua ? { fin: `${debut} ${jusqua}` } : {}) }));
    });
  });
}

function quandDe(texte, boite, laisse) {
  const vues = new Map();
  for (const { horaire, ...une } of dates(texte, boite, laisse)) {
    if (horaire) laisse.push(`Le texte donne une heure pour toute une période${NB}: ajoutez-la dans la partie «${NB}Quand${NB}».`);
    const jour = une.debut.slice(0, 10);
    // A day that was said again, without its hours.
    if (une.debut.length === 10 && !une.fin && [...vues.keys()].some((dit) => dit.startsWith(jour))) continue;
    if (une.debut.length > 10) vues.delete(jour);
    if (!vues.has(une.debut) || une.fin) vues.set(une.debut, une);
  }
  const toutes = [...vues.values()].sort((une, autre) => une.debut.localeCompare(autre.debut)).slice(0, SEANCES);
  const plages = toutes.filter(({ debut, fin }) => fin && debut.length === 10);
  if (plages.length && toutes.length > 1) {
    laisse.push(`Le texte donne une période et des dates${NB}: seule la période est reprise, vérifiez la partie «${NB}Quand${NB}».`);
    return plages[0];
  }
  return toutes.length > 1 ? { seances: toutes } : toutes[0] ?? {};
}

const ENTETE = /^\s*(de|from|à|a|to|cc|cci|date|envoyé|sent|objet|sujet|subject)\s*:\s*(.*)$/i;
const CREUSE = /^\s*(bonjour|madame|monsieur|cher|chère|communiqué|dossier de presse|pour diffusion|invitation\s*$|info\s*$|newsletter|---|\*\*\*)/i;

// `vu`: what is already known of it, when it is the text of a page.
export function lire(texte, boite, vu = {}) {
  texte = texte.slice(0, LONG);
  const lignes = texte.split('\n'), gardees = [], laisse = [];
  let titre = vu.titre ?? '', entetes = 0;
  for (const une of lignes) {
    const entete = gardees.every((autre) => !autre.trim()) && ENTETE.exec(une);
    if (entete) {
      entetes += 1;
      if (/^(objet|sujet|subject)$/i.test(entete[1])) titre ||= entete[2].replace(/^((re|fwd?|tr|ref)\s*:\s*)+/i, '').replace(/^(invitation|communiqué de presse|cp)\s*[:–-]\s*/i, '');
    } else gardees.push(une);
  }
  if (entetes) laisse.push(`Les en-têtes du courriel sont laissés de côté${NB}: ni noms ni adresses n’en sont repris.`);
  if (!titre) {
    const rang = gardees.findIndex((une) => une.trim() && !CREUSE.test(une));
    if (rang >= 0) titre = gardees.splice(rang, 1)[0];
  }
  while (gardees.length && (!gardees[0].trim() || CREUSE.test(gardees[0]))) gardees.shift();
  const corps = gardees.join('\n').trim(), tout = `${titre}\n\n${corps}`;
  const ou = /^\s*(?:lieu|où|ou|adresse|rendez-vous)\s*[:?]+\s*(\S.*)$/im.exec(corps)?.[1] ?? /^.{0,120}\b\d{5}\s+[A-ZÉÈ].*$/m.exec(corps)?.[0] ?? '';
  const trouves = boite.indices(tout), quand = quandDe(tout, boite, laisse);
  const fiche = {
    titre, resume: vu.resume ?? '', ...(vu.html ? { html: vu.html } : { texte: corps }), quand, adresse: ou.length < 250 ? ou.replace(/^[^:]{0,25}:\s/, '') : '',
    mots: [], organisateurs: [], ...trouves, url: vu.url ?? '', laisse,
  };
  return { trouvees: titre || corps ? [{ titre, faire: () => fiche }] : [], laisse: [] };
}
