// When a proposal takes place, in the words of the site: a twin of text/dates.py and agenda/ for what
// a form can write. Days are « 2021-10-09 », hours « 14:00 ».
const COURTS = ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juill.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'];
const NB = '\u00a0', SEMAINE = 7, LIMITE = 800;

const capital = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);
const liste = (valeur) => [valeur ?? []].flat();

// Days and hours: the module `dates`, given once by who reads both.
let dates;
export const avec = (module) => { dates = module; };
export const plus = (jour, n) => dates.apres(jour, n);
const ecart = (du, au) => dates.ecart(du, au);
const semaine = (jour) => dates.nommer(jour);
export const dater = (jour, dire) => dates.direJour(jour, dire);
const heure = (texte) => dates.direHeure(texte);
export const periode = (du, au, dire) => dates.periode(du, au, dire);
export function feuillet(jour) {
  const [, mois, numero] = jour.split('-').map(Number);
  return { semaine: `${semaine(jour).slice(0, 3)}.`, numero: String(numero), mois: COURTS[mois - 1] };
}
// `jours`: the days of the week of a few whole days.
export function phrase({ du, au, de, a, brut }, { annee = true, jours = false } = {}) {
  if (!de) return capital(du === au ? dater(du, { annee }) : periode(du, au, { annee, jours: jours && ecart(du, au) < SEMAINE }));
  const debut = dater(du, { annee });
  if (!a || (brut === du && a === de)) return capital(`${debut}, à ${heure(de)}`);
  if (brut === du) return capital(`${debut}, de ${heure(de)} à ${heure(a)}`);
  if (ecart(du, brut) === 1 && a < de) return capital(`${debut}, de ${heure(de)} à ${heure(a)} le lendemain`);
  return `Du ${debut} à ${heure(de)} au ${dater(brut, { annee })} à ${heure(a)}`;
}

// Occurrences: `au` is the last day it belongs to (a night is of its eve), `brut` the day it ends.
function fois({ debut, fin, etat, ancien_debut: ancien }, commun) {
  const [du, de = ''] = debut.split(/[ T]/), [brut = du, a = ''] = fin?.split(/[ T]/) ?? [];
  return { du, de, brut, a, au: de && brut > du && a <= '06:00' ? plus(brut, -1) : brut, etat: etat ?? commun, ancien };
}
function selonHoraires({ du, au, tous_les: jours, de, a, sauf }, etat) {
  const trouves = [], exclus = liste(sauf).map((un) => un.split('..')), dernier = ecart(du, au);
  for (let rang = 0; rang <= dernier && trouves.length < LIMITE; rang += 1) {
    const jour = plus(du, rang);
    if ((jours?.length && !liste(jours).includes(semaine(jour))) || exclus.some(([un, autre = un]) => jour >= un && jour <= autre)) continue;
    trouves.push(fois({ debut: de ? `${jour} ${de}` : jour, fin: de && a ? `${a < de ? plus(jour, 1) : jour} ${a}` : undefined }, etat));
  }
  return trouves;
}
export function occurrences(entete) {
  const etat = entete.etat ?? 'programme', jour = /^\d{4}-\d\d-\d\d/;
  if (entete.seances?.length) {
    const lues = entete.seances.filter(({ debut }) => jour.test(debut)).map((une) => fois(une, etat));
    return lues.sort((une, autre) => (une.du + une.de < autre.du + autre.de ? -1 : 1));
  }
  const { horaires } = entete;
  if (horaires && jour.test(horaires.du) && jour.test(horaires.au)) return selonHoraires(horaires, etat);
  return jour.test(entete.debut ?? '') ? [fois(entete, etat)] : [];
}
export const tenue = ({ etat }) => etat !== 'annule' && etat !== 'reporte';
export const longue = ({ du, au }) => ecart(du, au) >= SEMAINE;
export const montree = (toutes, jour) => {
  const venir = toutes.filter(({ au }) => au >= jour);
  return venir.find(tenue) ?? venir[0] ?? toutes.at(-1);
};
// When what has moved was first announced for.
export function annonce({ etat, ancien }) {
  const [jour, a] = /^(reporte|reprogramme)$/.test(etat) && ancien ? ancien.split(/[ T]/) : [];
  return jour ? capital(dater(jour, { semaine: false })) + (a ? ` à ${heure(a)}` : '') : '';
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
  return n ? ` et ${n} autre${n > 1 ? 's' : ''} date${n > 1 ? 's' : ''}` : '';
}
export const sansDate = (entete, { etat }) => etat === 'reporte' && (!entete.ancien_debut || entete.ancien_debut === entete.debut);

// The Thursday of the first letter that can tell it.
export const jeudi = (jour) => plus(jour, (10 - dates.semaine(jour)) % 7 || 7);

// What lasts, as a letter says it.
export function durer(du, au, jour) {
  const annee = jour.slice(0, 4) !== au.slice(0, 4);
  return du < jour ? `Jusqu’au ${dater(au, { semaine: false, annee })}` : capital(periode(du, au, { annee }));
}
function heures(ici, jour) {
  const [une, ...suite] = ici;
  if (ici.some(({ de }) => !de)) return '';
  if (suite.length) {
    const dites = [...new Set(ici.map(({ de }) => heure(de)))], derniere = dites.pop();
    return dites.length ? `à ${dites.join(', ')} et ${derniere}` : `à ${derniere}`;
  }
  if (une.du < jour && une.a) return `jusqu’à ${heure(une.a)}`;
  if (une.au > jour) return `à partir de ${heure(une.de)}`;
  return une.a && une.a !== une.de ? `de ${heure(une.de)} à ${heure(une.a)}` : `à ${heure(une.de)}`;
}
// What is on a week-end: its leaf says which.
export function fins(toutes, jours) {
  const dites = new Map(), tenues = toutes.filter(tenue);
  for (const jour of jours) {
    const ici = tenues.filter(({ du, au }) => du <= jour && au >= jour);
    const longue = ici.find(({ du, au }) => du !== au && (du < jours[0] || au > jours[1]));
    if (longue) return jours.includes(longue.au) ? `Jusqu’à ${semaine(longue.au)}` : durer(longue.du, longue.au, jours[0]);
    if (ici.length) dites.set(heures(ici, jour), [...dites.get(heures(ici, jour)) ?? [], semaine(jour)]);
  }
  return capital([...dites].map(([quand, noms]) => [noms.join(' et '), quand].filter(Boolean).join(', ')).join(`${NB}; `));
}
