// Clocks of anywhere read on that of the portal. A moment is « 2021-10-09 14:00 », or a day.
const { apres, deux } = await import(document.querySelector('[data-commun]').dataset.commun);
const ICI = document.documentElement.dataset.fuseau ?? 'Europe/Paris';
const horloges = new Map();
// The moment that a clock shows at an instant.
function montre(ms, zone) {
  if (!horloges.has(zone)) horloges.set(zone, new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }));
  return horloges.get(zone).format(ms);
}
const instant = ([annee, mois, jour, heure, minute]) => Date.UTC(annee, mois - 1, jour, heure, minute);
const utc = (moment) => `${moment.slice(0, 10)}T${moment.slice(11) || '00:00'}Z`;

export const temps = {
  // Numbers of a clock to a moment; null when there is no such day or hour.
  ecrire(annee, mois, jour, heure, minute = 0) {
    const vrai = new Date(Date.UTC(annee, mois - 1, jour));
    if (!(annee > 1899 && annee < 2101) || vrai.getUTCMonth() !== mois - 1 || vrai.getUTCDate() !== Number(jour)) return null;
    const date = `${annee}-${deux(mois)}-${deux(jour)}`;
    if (heure === undefined || heure === null) return date;
    return heure >= 0 && heure < 24 && minute >= 0 && minute < 60 ? `${date} ${deux(heure)}:${deux(minute)}` : null;
  },
  // An instant to the clock of the portal.
  ici(ms) {
    return Math.abs(ms) < 8e15 ? temps.ecrire(...montre(ms, ICI).match(/\d+/g).map(Number)) : null;
  },
  connue(zone) {
    try {
      return Boolean(zone && montre(0, zone));
    } catch {
      return false;
    }
  },
  // What clocks of a zone show, on that of the portal.
  deZone(lu, zone) {
    if (zone === ICI) return temps.ecrire(...lu);
    const voulu = instant(lu), ecart = (ms) => Date.parse(utc(montre(ms, zone))) - ms;
    if (!temps.ecrire(...lu)) return null;
    const proche = voulu - ecart(voulu);
    return temps.ici(voulu - ecart(proche));
  },
  deIso(texte) {
    const lu = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$/i.exec(texte ?? '');
    if (!lu) return null;
    const [, annee, mois, jour, heure, minute, zone] = lu, nombres = [annee, mois, jour, heure, minute].filter((un) => un !== undefined).map(Number);
    if (!zone) return temps.ecrire(...nombres);
    const decale = /z/i.test(zone) ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
    return temps.ecrire(...nombres) && temps.ici(instant(nombres) - decale * 60_000);
  },
  // Seconds from one to another as clocks show them; a moment so many seconds later.
  ecart: (un, autre) => (Date.parse(utc(autre)) - Date.parse(utc(un))) / 1000,
  plus(un, secondes) {
    const tard = new Date(Date.parse(utc(un)) + secondes * 1000);
    return Number.isFinite(tard.getTime()) ? tard.toISOString().slice(0, un.length).replace('T', ' ') : null;
  },
  apres: (jour, jours) => apres(jour.slice(0, 10), jours),
  // A beginning and an end as a file writes them: whole days have no hour, an end says something.
  entre(debut, fin) {
    if (!debut) return null;
    if (!fin || fin <= debut) return { debut };
    if (debut.endsWith(' 00:00') && /( 00:00| 23:59)$/.test(fin)) {
      const dernier = fin.endsWith(' 00:00') ? temps.apres(fin, -1) : fin.slice(0, 10);
      return temps.entre(debut.slice(0, 10), dernier);
    }
    if (debut.length === 10) return fin.slice(0, 10) > debut ? { debut, fin: fin.slice(0, 10) } : { debut };
    return fin.length === 10 ? { debut } : { debut, fin };
  },
};
