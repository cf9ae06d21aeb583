// Dates and hours as people type them (text/typed_dates.py) and as French says them
// (text/dates.py); clocks of Paris. A day is « 2021-10-09 », an hour « 14:00 ».
const MOIS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const ANGLAIS = 'january february march april may june july august september october november december'.split(' ');
const JOURS = 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' ');
const NB = '\u00a0', LONG = 60, UN_JOUR = 86400000;

const sans = (texte) => texte.normalize('NFKD').replace(/[\u0300-\u036f\u200b-\u200d\u2060\ufeff]/g, '');
const plier = (texte) => sans(texte).toLowerCase().replace(/[‐‑‒–—―−]/g, '-').replace(/\s+/g, ' ').trim();
const DEBUT = '^(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]?\\s+)?(?:le\\s+)?';
const FORMES = [
  '(?<y>\\d{4})\\s*[-/. ]\\s*(?<m>\\d{1,2})\\s*[-/. ]\\s*(?<d>\\d{1,2})(?!\\d)',
  '(?<y>\\d{4})(?<m>\\d{2})(?<d>\\d{2})(?!\\d)',
  '(?<d>\\d{1,2})\\s*[-/.]\\s*(?<m>\\d{1,2})\\s*[-/.]\\s*(?<y>\\d{4}|\\d{2})(?!\\d)',
  '(?<d>\\d{1,2})(?:er|ere|e)?[\\s-]+(?<nom>[a-z]{3,9})\\.?[\\s-]+(?<y>\\d{4})(?!\\d)',
].map((forme) => new RegExp(DEBUT + forme));
const HEURE = /^(?<h>\d{1,2})\s*(?:heures?|h|:)\s*(?<min>\d{2})?(?:\s*(?:min|mn|m))?(?::?\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?$/;

const deux = (nombre) => String(nombre).padStart(2, '0');
const instant = (jour) => Date.UTC(...jour.split('-').map((part, rang) => part - (rang === 1)));
const iso = (temps) => new Date(temps).toISOString().slice(0, 10);

// Days from one to another; a day so many days later.
export const ecart = (debut, fin) => (instant(fin) - instant(debut)) / UN_JOUR;
export const apres = (jour, jours) => iso(instant(jour) + jours * UN_JOUR);
// 0 for Monday.
export const semaine = (jour) => (new Date(instant(jour)).getUTCDay() + 6) % 7;
export const dernier = (annee, mois) => new Date(Date.UTC(annee, mois, 0)).getUTCDate();

function mois(nom) {
  if (nom === 'jui' || nom === 'jun') return nom === 'jun' ? 6 : 0;
  for (const noms of [MOIS, ANGLAIS]) {
    const rang = noms.findIndex((un) => plier(un).startsWith(nom));
    if (rang >= 0) return rang + 1;
  }
  return 0;
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
function parts({ groups: { y, m, d, nom } }) {
  return [Number(y) + (y.length === 2 ? 2000 : 0), nom ? mois(nom) : Number(m), Number(d)];
}

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

// The name of its day; the day in words, without some of its parts.
export const nommer = (jour) => JOURS[new Date(instant(jour)).getUTCDay()];
export function direJour(jour, { semaine: nom = true, mois: long = true, annee = true } = {}) {
  const [an, numero, rang] = jour.split('-').map(Number), dit = rang === 1 ? '1er' : rang;
  return `${nom ? `${nommer(jour)} ` : ''}${dit}${long ? NB + MOIS[numero - 1] : ''}${annee ? ` ${an}` : ''}`;
}

export const direMois = (annee, numero) => `${MOIS[numero - 1]} ${annee}`;

export function direHeure(heure) {
  const [h, min] = heure.split(':').map(Number);
  return `${h}${NB}h${min ? NB + deux(min) : ''}`;
}

// A day without its name, then its hour: what sentences of faults quote.
export const direMoment = (jour, heure) => direJour(jour, { semaine: false }) + (heure ? `, ${direHeure(heure)}` : '');

// From a day to another; `jours`: with the days of the week.
export function periode(du, au, { jours = false, annee = true } = {}) {
  const autre = du.slice(0, 4) !== au.slice(0, 4), fin = direJour(au, { semaine: jours, annee: annee || autre });
  if (du === au) return `le ${fin}`;
  return `du ${direJour(du, { semaine: jours, annee: autre, mois: du.slice(0, 7) !== au.slice(0, 7) })} au ${fin}`;
}

// When something takes place, in words: « samedi 9 octobre 2021, de 14 h à 16 h ». The values are
// those of a file; empty when they cannot be said together.
export function dire(debut, fin) {
  const lire = (texte) => (texte ?? '').replace('T', ' ').split(' ');
  const [jour, heure] = lire(debut), [jourFin, heureFin] = lire(fin || debut);
  if (!/^\d{4}-\d\d-\d\d$/.test(jour) || !/^\d{4}-\d\d-\d\d$/.test(jourFin) || jourFin < jour) return '';
  if (!heure) {
    if (heureFin) return '';
    return jour === jourFin ? direJour(jour) : periode(jour, jourFin, { jours: ecart(jour, jourFin) < 7 });
  }
  const depuis = `${direJour(jour)}, `, [un, autre] = [heure, heureFin ?? heure].map((h) => h.padStart(5, '0'));
  if (jour === jourFin && autre < un) return '';
  if (jour === jourFin) return un === autre ? `${depuis}à ${direHeure(un)}` : `${depuis}de ${direHeure(un)} à ${direHeure(autre)}`;
  if (!heureFin) return '';
  if (ecart(jour, jourFin) === 1 && autre < un) return `${depuis}de ${direHeure(un)} à ${direHeure(autre)} le lendemain`;
  return `du ${direJour(jour)} à ${direHeure(un)} au ${direJour(jourFin)} à ${direHeure(autre)}`;
}

// Whether clocks of Paris show an hour on a day: they skip one on the last Sunday of March.
export function existe(jour, heure) {
  const [annee, numero, rang] = jour.split('-').map(Number);
  return !(numero === 3 && rang > 24 && semaine(jour) === 6 && heure >= '02:00' && heure < '03:00');
}
