// The dates and hours that a text says plainly (tests/data/dates_dites.yml); for what is not read whole, it asks.
const { JOURS, MOIS: LONGS, NB, apres: plusTard, deux, nommer, plier } = await import(
  document.querySelector('[data-commun]').dataset.commun);
const SEANCES = 100, MOIS = LONGS.map(plier), NOMS = JOURS.join('|');
const OU_QUAND = `dans la partie «${NB}Quand${NB}»`;
export const NOM_JOUR = `(?:(${NOMS})s?,?\\s+)?`, NUMERO = '(\\d{1,2})(?:er)?';
export const NOM_MOIS = '(janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?'
  + '|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\\.?(?:\\s+(\\d{4}))?(?![a-z0-9])';
const PLAGE = `(?:(?:du|a partir du|des le|depuis le)\\s+)${NOM_JOUR}${NUMERO}(?:\\s+${NOM_MOIS})?`
  + `\\s+(?:au|jusqu'au)\\s+${NOM_JOUR}${NUMERO}\\s+${NOM_MOIS}`;
const SUIVANT = `(?: ?, ?(?:et )?| et (?:le )?| ?& ?)(?:(?:${NOMS})s? )?\\d{1,2}(?:er)?`;
const LISTE = `${NOM_JOUR}${NUMERO}(${SUIVANT}(?!\\s*(?:h|:|€|euros|ans))){0,9}\\s+${NOM_MOIS}`;
const CHIFFRES = `${NOM_JOUR}(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}|\\d{2})(?![\\d/])|(\\d{4})-(\\d\\d)-(\\d\\d)(?!\\d)`;
const HEURE = '(\\d{1,2})\\s*(?:heures?|h|:)\\s*(\\d{2})?(?!\\d)';
const HORAIRE = new RegExp(`(?:(de|entre|a|des|a partir de)\\s+)?(?:${HEURE}|(midi))`
  + `(?:\\s*(a|-|et|jusqu.a|>)\\s*(?:${HEURE}|(minuit)))?`);
// « 12 déc. à 19:00 – 13 déc. à 01:00 », one session.
const INSTANT = `${NOM_JOUR}${NUMERO}\\s+${NOM_MOIS},?\\s+(?:a\\s+)?${HEURE}`;
const TRAITE = `${INSTANT}\\s*(?:-|>|→|au|jusqu'au)\\s*${INSTANT}`;
// « à 14.30 », which is no price.
const POINTEE = /(?<![a-z])(a|de|-) ?(\d{1,2})\.(\d\d)(?!\d|\s*(?:€|eur))/g;
const AILLEURS = new RegExp('(avant le|date limite.{0,20}|publie le|paru le|mis a jour le|communique.{0,25}'
  + '|ne le|envoye.{0,10}|(inscri|reserv|candidat|postul|deposer)[^.\\n]{0,40}jusqu.au)\\s*$');
// Days of the week around a period: « les mardis et jeudis du … », « du mardi au dimanche, du … ».
const UN_JOUR = `(?:les? )?(?:${NOMS})s?`;
const NOMMES = `((?:du |(?:tous |toutes )?les |le |chaque )?${UN_JOUR}(?:(?: ?, ?| et | au | ?- ?)${UN_JOUR})*)`;
const JOUR_ET_HEURE = new RegExp(`(?:${NOMS})s? (?:de )?\\d{1,2} ?[h:]`);
const AUTRE_JOUR = new RegExp(`(?:,| et) (?:(?:${NOMS}) )?\\d{1,2}(?:er)? a \\d{1,2} ?[h:]`);
const NOMMES_AVANT = new RegExp(`(?:^|[^a-z])${NOMMES}[ ,:]*$`), NOMMES_APRES = new RegExp(`^[ ,:(]*${NOMMES}`);

export const rangMois = (nom) => MOIS.findIndex((un) => un.startsWith(nom.slice(0, nom.startsWith('jui') ? 4 : 3))) + 1;

// A day that there is, « 2021-10-09 »; else null.
function ecrire(annee, mois, jour) {
  const vrai = new Date(Date.UTC(annee, mois - 1, jour)), bon = annee > 1899 && annee < 2101;
  return bon && vrai.getUTCMonth() === mois - 1 && vrai.getUTCDate() === Number(jour)
    ? vrai.toISOString().slice(0, 10) : null;
}
// The year is that which is written, else the next one when the day comes.
export function dater(boite, jour, mois, annee) {
  const cette = Number(boite.jour.slice(0, 4));
  if (annee) return ecrire(annee.length === 2 ? 2000 + Number(annee) : Number(annee), mois, jour);
  const date = ecrire(cette, mois, jour);
  return date && date < boite.jour ? ecrire(cette + 1, mois, jour) : date;
}

// Hours that follow a date: [from, to], or several beginnings.
function heures(suite) {
  const trouve = HORAIRE.exec(suite.replace(POINTEE, '$1 $2h$3'));
  if (!trouve || trouve.index > 45 || /(?:jusqu.|duree[ :]*)$/.test(trouve.input.slice(0, trouve.index))) return [];
  const [, avant, h, m, midi, lien, h2, m2, minuit] = trouve;
  const un = midi ? '12:00' : heure(h, m), autre = minuit ? '23:59' : heure(h2, m2);
  if (autre && lien === 'et' && avant !== 'entre') return [[un], [autre]];
  return un ? [[un, autre > un || (autre && un >= '17:00' && autre <= '07:00') ? autre : '']] : [];
}

// An hour as it is written, if the clock has it.
const heure = (h, min) => (h !== undefined && h < 24 && (min ?? 0) < 60 ? `${deux(h)}:${deux(min ?? 0)}` : '');

function plage(boite, [, , j1, m1, a1, , j2, m2, a2]) {
  const fin = dater(boite, j2, rangMois(m2), a2), mois = rangMois(m1 ?? m2);
  const debut = fin && dater(boite, j1, mois, a1 ?? String(fin.slice(0, 4) - (mois > rangMois(m2))));
  return debut && fin > debut ? [{ debut, fin }] : [];
}
function traite(boite, [, , j1, m1, a1, h1, min1, , j2, m2, a2, h2, min2]) {
  const { debut, fin } = plage(boite, [, , j1, m1, a1, , j2, m2, a2])[0] ?? {};
  const de = heure(h1, min1), a = heure(h2, min2);
  return de && a && fin ? [{ debut: `${debut} ${de}`, fin: `${fin} ${a}` }] : [];
}
function liste(boite, lu) {
  const nombres = lu[0].match(/\d+(?=(?:er)?\D)/g), [mois, annee] = lu.slice(-2);
  const dits = annee && nombres.at(-1) === annee ? nombres.slice(0, -1) : nombres;
  const jours = dits.map((jour) => dater(boite, jour, rangMois(mois), annee));
  return jours.filter(Boolean).map((debut) => ({ debut, nom: jours.length === 1 ? lu[1] : '' }));
}
function chiffres(boite, [, nom, jour, mois, annee, a, m, j]) {
  const debut = a ? ecrire(Number(a), Number(m), j) : dater(boite, jour, Number(mois), annee);
  return debut ? [{ debut, nom }] : [];
}

// The days of the week that words name, « du mardi au dimanche » being all those between.
function semaine(dits) {
  const noms = dits.match(new RegExp(NOMS, 'g')), [un, autre] = noms.map((nom) => JOURS.indexOf(nom));
  if (!/ au |-/.test(dits)) return noms;
  return noms.length === 2 ? Array.from({ length: ((autre - un + 7) % 7) + 1 }, (_, n) => JOURS[(un + n) % 7]) : null;
}

// What is around a date: the days of the week of a period, and why it is not taken, a word not being read.
function autour(avant, apres, longue, { table: { dates: mots } }) {
  const ici = longue && NOMMES_AVANT.exec(avant), dits = ici || (longue && NOMMES_APRES.exec(apres));
  const nommes = dits && semaine(dits[1]), tete = ici ? avant.slice(0, ici.index) : avant;
  const finit = (motif) => new RegExp(`(?:^|[^a-z])(?:${motif})[ ,:]*$`).test(tete);
  const phrase = apres.split(/[.\n]/)[0], suite = dits && !ici ? phrase.slice(dits[0].length) : phrase;
  const suit = (motif, bord = '^[ ,:(]*') => new RegExp(`${bord}(?:${motif})(?![a-z])`).test(phrase);
  const sauf = suit(mots.sauf, '[ ,:(]') || (!nommes && suit(mots.chaque, '[ ,:(]'));
  const seule = !longue && (finit('du') || suit('au|jusqu.au'));
  const autres = finit('au \\d{1,2}(?:er)?(?: et|,)|les week-ends?|en semaine|sur deux') || AUTRE_JOUR.test(phrase)
    || (longue && (JOUR_ET_HEURE.test(suite) || (!dits && JOUR_ET_HEURE.test(tete))));
  const [, raison = ''] = [
    [finit(`${mots.jusque}|au`) || (!longue && finit('\\d{1,2}(?:er)? ?-')), 'on ne sait pas depuis quand'],
    [finit(mots.depuis) || seule, 'on ne sait pas jusqu’à quand'],
    [/^t\d\d:\d\d\S*(z|[+-]\d\d:?\d\d)/.test(apres), 'l’heure est celle d’un autre fuseau'],
    [finit('\\d{1,2} ?h ?(?:\\d\\d)?,? le'), 'son heure est dite avant'],
    [sauf || autres || (dits && !nommes) || finit(`(?:${mots.chaque})(?: .{0,40})?`), 'tous ses jours ne sont pas lus'],
  ].find(([douteux]) => douteux) ?? [];
  return { nommes: nommes || null, raison };
}

// Dates in their order; when one is not sure, what is around it is not either.
function reperer(source, boite, laisse) {
  const trouvees = [], places = [];
  for (const [forme, lire] of [[TRAITE, traite], [PLAGE, plage], [LISTE, liste], [CHIFFRES, chiffres]]) {
    for (const lu of source.matchAll(new RegExp(forme, 'g'))) {
      const fin = lu.index + lu[0].length, [avant] = source.slice(Math.max(0, lu.index - 60), lu.index).match(/.*$/);
      if (places.some(([de, a]) => lu.index < a && fin > de)) continue;
      places.push([lu.index, fin]);
      // The date of a release, or of a mail, is past.
      const jours = lire(boite, lu), ecrite = /date :\s*$/.test(avant) && jours[0]?.debut < boite.jour;
      if (ecrite || AILLEURS.test(avant)) continue;
      const apres = source.slice(fin, fin + 70).split('\n\n')[0];
      const { nommes, raison } = autour(avant, apres, lire === plage || lire === traite, boite);
      const dit = `${avant.slice(-30)}${lu[0]}${apres.slice(0, 20)}`.replace(/\s+/g, ' ').trim();
      if (raison) laisse.push(`Le texte dit «${NB}${dit}${NB}»${NB}: ${raison}. Écrivez ses dates ${OU_QUAND}.`);
      trouvees.push({ de: lu.index, a: fin, jours, nommes, raison });
    }
  }
  return trouvees.some(({ raison }) => raison) ? [] : trouvees.sort((une, autre) => une.de - autre.de);
}

// The sessions of a date, each with the hours that follow it.
function seances({ debut, fin, nom }, nommes, lues, laisse) {
  if (debut.length > 10) return [{ debut, fin }];
  const vrai = nommer(debut);
  if (nom && nom !== vrai)
    laisse.push(`Le ${debut} est un ${vrai}, le texte dit «${NB}${nom}${NB}»${NB}: vérifiez la date.`);
  const plusieurs = nommes && lues.length > 1, [[de, a] = []] = lues;
  if (plusieurs) laisse.push(`Le texte donne plusieurs heures${NB}: ajoutez les autres ${OU_QUAND}.`);
  if (fin && de && !nommes)
    laisse.push(`Le texte donne une heure pour toute une période${NB}: ajoutez-la ${OU_QUAND}.`);
  if (nommes) return [{ debut, fin, horaires: { du: debut, au: fin, tous_les: nommes, de, a } }];
  const finie = (dit, au) => (au ? { fin: `${au < dit ? plusTard(debut, 1) : debut} ${au}` } : {});
  if (fin || !de) return [fin ? { debut, fin } : { debut }];
  return lues.map(([dit, au]) => ({ debut: `${debut} ${dit}`, ...finie(dit, au) }));
}

export function quandDe(texte, boite, laisse) {
  const source = boite.plat(texte), trouvees = reperer(source, boite, laisse), vues = new Map();
  const dites = trouvees.flatMap(({ a, jours, nommes }, rang) => {
    const suite = source.slice(a, Math.min(trouvees[rang + 1]?.de ?? Infinity, a + 70)).split('\n\n')[0];
    return jours.flatMap((un) => seances(un, nommes, heures(suite), laisse));
  });
  for (const une of dites) {
    const jour = une.debut.slice(0, 10);
    // A day that was said again, without its hours.
    if (une.debut.length === 10 && !une.fin && [...vues.keys()].some((dit) => dit.startsWith(jour))) continue;
    if (une.debut.length > 10) vues.delete(jour);
    if (!vues.has(une.debut) || une.fin) vues.set(une.debut, une);
  }
  // A date that is past is that of the text, where another is to come.
  const passee = ({ debut, fin = debut }) => fin < boite.jour, lues = [...vues.values()];
  const toutes = lues.filter((une) => !passee(une) || lues.every(passee))
    .sort((une, autre) => une.debut.localeCompare(autre.debut)).slice(0, SEANCES);
  const plages = toutes.filter(({ debut, fin }) => fin && debut.length === 10), [une] = plages.length ? plages : toutes;
  if (plages.length && toutes.length > 1) {
    const reste = `seule la période est reprise, ajoutez le reste ${OU_QUAND}`;
    laisse.push(`Le texte donne une période et des dates${NB}: ${reste}.`);
  }
  if (une?.horaires) return { horaires: une.horaires };
  return toutes.length > 1 && !plages.length ? { seances: toutes } : une ?? {};
}
