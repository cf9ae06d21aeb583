// Dates and hours as people type them, and when something takes place as French and the site say it
// (text/dates.py, agenda/); the clock of the portal. A day is « 2021-10-09 », an hour « 14:00 ».
const commun = await import(document.querySelector('[data-commun]').dataset.commun);
export const { apres, capital, direHeure, direJour, ecart, periode, semaine } = commun;
const { JOURS, MOIS, NB, deux, nommer, plier } = commun;
const ANGLAIS = 'january february march april may june july august september october november december'.split(' ');
const LONG = 60, SEMAINE = 7, LIMITE = 800;

const DEBUT = '^(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]?\\s+)?(?:le\\s+)?';
const FORMES = [
  '(?<y>\\d{4})\\s*[-/. ]\\s*(?<m>\\d{1,2})\\s*[-/. ]\\s*(?<d>\\d{1,2})(?!\\d)',
  '(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})(?!\\d)',
  '(?<d>\\d{1,2})\\s*[-/.]\\s*(?<m>\\d{1,2})\\s*[-/.]\\s*(?<y>\\d{4}|\\d{2})(?!\\d)',
  '(?<d>\\d{1,2})(?:er|ere|e)?[\\s-]+(?<nom>[a-z]{3,9})\\.?[\\s-]+(?<y>\\d{4})(?!\\d)',
].map((forme) => new RegExp(DEBUT + forme));
const HEURE = /^(?<h>\d{1,2})\s*(?:heures?|h|:)\s*(?<min>\d{2})?(?:\s*(?:min|mn|m))?(?::?\d{2}(?:\.\d+)?)?$/;

export const dernier = (annee, mois) => new Date(Date.UTC(annee, mois, 0)).getUTCDate();

export function mois(nom) {
  if (nom === 'jui' || nom === 'jun') return nom === 'jun' ? 6 : 0;
  const rang = [...MOIS, ...ANGLAIS].findIndex((un) => plier(un).startsWith(nom));
  return rang < 0 ? 0 : (rang % 12) + 1;
}

function heures(texte) {
  const net = texte.replace(/^[ .,]+|[ .,]+$/g, '');
  if (net === 'midi') return [12, 0];
  if (net === 'minuit') return [0, 0];
  const trouve = HEURE.exec(net)?.groups;
  const [h, min] = [Number(trouve?.h), Number(trouve?.min ?? 0)];
  return !trouve || min > 59 || h > 24 || (h === 24 && min) ? null : [h, min];
}

const reconnaitre = (plie) => FORMES.map((forme) => forme.exec(plie)).find(Boolean);
const parts = ({ groups: { y, m, d, nom } }) => [
  Number(y) + (y.length === 2 ? 2000 : 0),
  nom ? mois(nom) : Number(m),
  Number(d),
];

// Year, month and day that a text writes, which may be those of no day; null if it writes none.
export function ecrit(texte) {
  const trouve = [...texte].length > LONG ? null : reconnaitre(plier(texte));
  if (!trouve) return null;
  const [annee, numero, jour] = parts(trouve);
  return annee && (numero || !trouve.groups.nom) ? [annee, numero, jour] : null;
}

// The day, with its hour if there is one, that a text seems to mean; null if unsure.
export function proposer(texte) {
  if ([...texte].length > LONG) return null;
  const plie = plier(texte), trouve = reconnaitre(plie);
  if (!trouve) return null;
  const [annee, numero, d] = parts(trouve);
  if (annee < 1 || numero < 1 || numero > 12 || d < 1 || d > dernier(annee, numero)) return null;
  const jour = `${String(annee).padStart(4, '0')}-${deux(numero)}-${deux(d)}`;
  const reste = plie.slice(trouve[0].length);
  if (!reste.replace(/[ .,;]/g, '')) return jour;
  const quand = heures(reste.replace(/^[\s,;t]*(?:a|@|vers|de|des)?\s*/, ''));
  if (!quand) return null;
  if (quand[0] < 24) return `${jour} ${deux(quand[0])}:${deux(quand[1])}`;
  return jour === '9999-12-31' ? null : `${apres(jour, 1)} 00:00`;
}

// The hour of the day that a text seems to mean.
export function proposerHeure(texte) {
  const quand = [...texte].length > LONG ? null : heures(plier(texte));
  return quand && quand[0] < 24 ? quand.map(deux).join(':') : null;
}

// A day or a period as a front matter has it, « 2027-11-01..2027-11-07 », that a text means, « du 1er au 7 novembre
// 2027 »: its first day has the month and the year of the last, unless it says its own. Null if unsure.
export function periodeDe(texte) {
  const [un, autre = un, ...reste] = plier(texte).replace(/^(?:du|le)\s/, '')
    .split(/\s*(?:\.\.|…|→|\s(?:au|a|[-–—])\s)\s*/);
  const fin = proposer(autre), [annee, rang] = fin?.split('-') ?? [];
  const debut = fin && [un, `${un} ${annee}`, `${un} ${annee - 1}`, `${un} ${MOIS[rang - 1]} ${annee}`]
    .map(proposer).find((jour) => jour && jour <= fin);
  if (!debut || reste.length || debut.length + fin.length > 20 || [un, autre].some(autreSemaine)) return null;
  return autre === un ? fin : `${debut}..${fin}`;
}
export function direPeriode(ecrite) {
  const [du, au = du, ...reste] = ecrite.split('..');
  return !reste.length && [du, au].every((jour) => proposer(jour) === jour) && du <= au ? periode(du, au) : ecrite;
}

// The day of the week of the date that a text writes, when it begins with another one.
export function autreSemaine(texte) {
  const [annee, numero, d] = ecrit(texte) ?? [], [nom] = plier(texte).match(/^[a-z]{3,8}/) ?? [];
  if (!nom || !numero || numero > 12 || d < 1 || d > dernier(annee, numero)) return '';
  if (!JOURS.some((un) => un.startsWith(nom))) return '';
  const vrai = nommer(`${String(annee).padStart(4, '0')}-${deux(numero)}-${deux(d)}`);
  return vrai.startsWith(nom) ? '' : vrai;
}

export const direMois = (annee, numero) => `${MOIS[numero - 1]} ${annee}`;
// A day without its name, then its hour: what sentences of faults quote.
export const direMoment = (jour, heure) => direJour(jour, { semaine: false }) + (heure ? `, ${direHeure(heure)}` : '');

// `{ du, de, brut, a }`: days and hours, « Samedi 9 octobre 2021, de 14 h à 16 h ». `jours`: with the
// days of the week of a few whole days.
export function phrase({ du, de, brut: au, a, nuit }, { annee = true, jours = false } = {}) {
  if (nuit) return `Dans la nuit ${periode(du, apres(du, 1), { annee, jours: true })}, ${heuresA({ de, a })}`;
  if (!de)
    return capital(
      du === au ? direJour(du, { annee }) : periode(du, au, { annee, jours: jours && ecart(du, au) < SEMAINE }),
    );
  const debut = direJour(du, { annee });
  if (!a || (au === du && a === de)) return capital(`${debut}, à ${direHeure(de)}`);
  if (au === du) return capital(`${debut}, de ${direHeure(de)} à ${direHeure(a)}`);
  if (ecart(du, au) === 1 && a < de) return capital(`${debut}, de ${direHeure(de)} à ${direHeure(a)} le lendemain`);
  return `Du ${debut} à ${direHeure(de)} au ${direJour(au, { annee })} à ${direHeure(a)}`;
}

// The same of the values of a file, without a capital; empty when they cannot be said together.
export function dire(debut, fin) {
  const lire = (texte) => (texte ?? '').replace('T', ' ').split(' ').map((un) => un.replace(/^\d:/, '0$&'));
  const [du, de] = lire(debut), [au, a] = lire(fin || debut);
  const jour = /^\d{4}-\d\d-\d\d$/;
  if (!jour.test(du) || !jour.test(au) || au < du || (de ? (!a && au > du) || (au === du && a < de) : a)) return '';
  const dit = phrase({ du, de, brut: au, a }, { jours: true });
  return dit[0].toLowerCase() + dit.slice(1);
}

// Whether the clock of the portal shows an hour on a day: it skips one when summer begins.
const horloge = new Intl.DateTimeFormat('sv', {
  timeZone: document.documentElement.dataset.fuseau ?? 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});
const montre = (ms) => horloge.format(ms).replace(' ', 'T');
export function existe(jour, heure) {
  const voulu = Date.parse(`${jour}T${heure}Z`), avance = (ms) => Date.parse(`${montre(ms)}Z`) - ms;
  return Number.isNaN(voulu)
    || [-864e5, 864e5].some((pres) => montre(voulu - avance(voulu + pres)) === `${jour}T${heure}`);
}
// The day of an instant, as other tools write it, by that clock.
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;
export const jourDe = (brut) =>
  (INSTANT.test(brut) && Date.parse(brut) ? montre(Date.parse(brut)).slice(0, 10) : undefined);

const liste = (valeur) => [valeur ?? []].flat();

// Occurrences: `au` is the last day it belongs to (a night is of its eve), `brut` the day it ends.
function fois({ debut, fin, etat, ancien_debut: ancien }, deCommun) {
  const [du, de = ''] = debut.split(/[ T]/), [brut = du, a = ''] = fin?.split(/[ T]/) ?? [];
  // What begins before 5 in the morning is of the evening before, unless it goes on past noon.
  const nuit = Boolean(de) && de < '05:00' && (!a || (brut === du && a <= '12:00')), eve = nuit ? apres(du, -1) : du;
  const au = nuit || (de && brut > du && a <= '06:00') ? apres(brut, -1) : brut;
  return { du: eve, jour: du, de, brut, a, au, nuit, etat: etat ?? deCommun, ancien };
}
// The days of a timetable; `exclus`: first and last days.
export function joursDe({ du, au, tous_les: noms = [] }, exclus, limite = Infinity) {
  const trouves = [];
  for (let jour = du; jour <= au && trouves.length < limite; jour = apres(jour, 1)) {
    if (
      (!noms.length || noms.includes(nommer(jour))) &&
      !exclus.some(([un, autre = un]) => jour >= un && jour <= autre)
    )
      trouves.push(jour);
  }
  return trouves;
}
const selonHoraires = ({ du, au, tous_les: noms, de, a, sauf }, etat) =>
  joursDe({ du, au, tous_les: liste(noms) }, liste(sauf).map((un) => un.split('..')), LIMITE).map((jour) =>
    fois(
      { debut: de ? `${jour} ${de}` : jour, fin: de && a ? `${a < de ? apres(jour, 1) : jour} ${a}` : undefined },
      etat,
    ),
  );
export function occurrences(entete) {
  const etat = entete.etat ?? 'programme', jour = /^\d{4}-\d\d-\d\d/;
  if (entete.seances?.length) {
    const lues = entete.seances.filter(({ debut }) => jour.test(debut)).map((une) => fois(une, etat));
    return lues.sort((une, autre) => (une.jour + une.de < autre.jour + autre.de ? -1 : 1));
  }
  const { horaires } = entete;
  if (horaires && jour.test(horaires.du) && jour.test(horaires.au)) return selonHoraires(horaires, etat);
  return jour.test(entete.debut ?? '') ? [fois(entete, etat)] : [];
}
export const tenue = ({ etat }) => etat !== 'annule' && etat !== 'reporte';
export const longue = ({ du, au }) => ecart(du, au) >= SEMAINE;
export const montree = (toutes, jour) => {
  const venir = toutes.filter(({ au, jour: vrai, nuit }) => (nuit ? vrai : au) >= jour);
  return venir.find(tenue) ?? venir[0] ?? toutes.at(-1);
};
// When what has moved was first announced for.
export function annonce({ etat, ancien }) {
  const [jour, a] = /^(reporte|reprogramme)$/.test(etat) && ancien ? ancien.split(/[ T]/) : [];
  return jour ? capital(direJour(jour, { semaine: false })) + (a ? ` à ${direHeure(a)}` : '') : '';
}
// What is on so often that it is one thing that lasts (agenda/programme.py).
export function durable(toutes) {
  const jours = [...new Set(toutes.filter((une) => tenue(une) && !longue(une)).map(({ du }) => du))].sort();
  if (toutes.length <= SEMAINE || jours.length <= SEMAINE) return null;
  const vides = jours.slice(1).reduce((somme, jour, n) => somme + Math.min(ecart(jours[n], jour), SEMAINE), 1);
  return 5 * jours.length > 2 * vides ? { du: jours[0], au: jours.at(-1) } : null;
}
export function autres(toutes, une) {
  const n = toutes.slice(toutes.indexOf(une) + 1).filter(tenue).length;
  return n ? ` et ${n} autre${n > 1 ? 's dates' : ' date'}` : '';
}
export const sansDate = (entete, { etat }) =>
  etat === 'reporte' && (!entete.ancien_debut || entete.ancien_debut === entete.debut);

// The Thursday of the first letter that can tell it.
export const jeudi = (jour) => apres(jour, (10 - semaine(jour)) % 7 || 7);

// What lasts, as a letter says it.
export function durer(du, au, jour) {
  const annee = jour.slice(0, 4) !== au.slice(0, 4);
  return du < jour ? `Jusqu’au ${direJour(au, { semaine: false, annee })}` : capital(periode(du, au, { annee }));
}
const heuresA = ({ de, a }) => (a && a !== de ? `de ${direHeure(de)} à ${direHeure(a)}` : `à ${direHeure(de)}`);
function heuresDe(ici, jour) {
  const [une, ...suite] = ici;
  if (ici.some(({ de }) => !de)) return '';
  if (deNuit(ici)) {
    const heures = heuresDe(ici.map((un) => ({ ...un, nuit: false })), jour);
    return `dans la nuit de ${nommer(jour)} à ${nommer(apres(jour, 1))}, ${heures}`;
  }
  if (suite.length) return `à ${new Intl.ListFormat('fr').format(new Set(ici.map(({ de }) => direHeure(de))))}`;
  if (une.du < jour && une.a) return `jusqu’à ${direHeure(une.a)}`;
  if (une.au > jour) return `à partir de ${direHeure(une.de)}`;
  return heuresA(une);
}
const deNuit = (ici) => ici.every(({ nuit }) => nuit);
// What is on a week-end: its leaf says which.
const ensemble = (jours) => {
  const noms = jours.map(nommer), dernier = noms.pop();
  if (noms.length > 1 && apres(jours[0], noms.length) === jours.at(-1)) return `de ${noms[0]} à ${dernier}`;
  return noms.length ? `${noms.join(', ')} et ${dernier}` : dernier ?? '';
};
export function fins(toutes, jours) {
  const dites = new Map(), tenues = toutes.filter(tenue);
  for (const jour of jours) {
    const ici = tenues.filter(({ du, au }) => du <= jour && au >= jour);
    const longue = ici.find(({ du, au }) => du !== au && (du < jours[0] || au > jours.at(-1)));
    if (longue) return durer(longue.du, longue.au, jours[0]);
    if (ici.length)
      dites.set(heuresDe(ici, jour), [...(dites.get(heuresDe(ici, jour)) ?? []), ...(deNuit(ici) ? [] : [jour])]);
  }
  return capital(
    [...dites].map(([quand, dits]) => [ensemble(dits), quand].filter(Boolean).join(', ')).join(`${NB}; `),
  );
}
