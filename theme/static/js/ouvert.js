// « Ouvert maintenant », by the reader's clock and the hours of the portal: reads the rules that
// features/services/horaires/rules.py writes (`OpeningHours.compact`), as it reads them itself.
const JOURNEE = 1440, LOIN = 400;
const date = (jour) => new Date(`${jour}T00:00Z`);
const plus = (jour, jours) => new Date(date(jour).getTime() + jours * 864e5).toISOString().slice(0, 10);
const semaine = (jour) => (date(jour).getUTCDay() + 6) % 7;

// Easter (Meeus, Jones, Butcher).
function paques(an) {
  const siecle = Math.floor(an / 100), reste = an % 100, or = an % 19;
  const lune = (19 * or + siecle - Math.floor(siecle / 4) - Math.floor((8 * siecle + 13) / 25) + 15) % 30;
  const jour = (32 + 2 * (siecle % 4) + 2 * Math.floor(reste / 4) - lune - (reste % 4)) % 7;
  const tard = Math.floor((or + 11 * lune + 22 * jour) / 451), rang = lune + jour - 7 * tard + 114;
  return `${an}-0${Math.floor(rang / 31)}-${String((rang % 31) + 1).padStart(2, '0')}`;
}

const paires = (liste) => liste.flatMap((un, rang) => (rang % 2 ? [] : [[un, liste[rang + 1]]]));
const dans = (jour, periodes) => paires(periodes).some(([du, au]) => du <= jour && jour <= au);

// What a sheet says: `regles`, then first and last days of closures and of school holidays, then public
// holidays: month and day, or days after Easter.
export class Horaires {
  constructor(regles, fermetures = [], vacances = [], feries = '') {
    Object.assign(this, { regles, fermetures, vacances, feries: feries.split(' ') });
  }

  ferie(jour) {
    return this.feries.includes(jour.slice(5)) || this.feries.some((dit) =>
      /^[+-]/.test(dit) && plus(paques(Number(jour.slice(0, 4))), Number(dit)) === jour);
  }

  concerne([, dates, jours, rangs, feries], jour) {
    const nombre = Number(jour.slice(5).replace('-', ''));
    const saison = ([du, au]) => (du <= au ? du <= nombre && nombre <= au : nombre >= du || nombre <= au);
    if (dates.length && !paires(dates).some(saison)) return false;
    if (!jours.length && !rangs.length && !feries) return true;
    const quantieme = Number(jour.slice(8)),
      fin = 32 - new Date(Date.UTC(jour.slice(0, 4), jour.slice(5, 7) - 1, 32)).getUTCDate();
    const places = [Math.floor((quantieme - 1) / 7) + 1, -(Math.floor((fin - quantieme) / 7) + 1)];
    const nomme =
      jours.includes(semaine(jour)) ||
      paires(rangs).some(([un, rang]) => un === semaine(jour) && places.includes(rang));
    const libre = (feries.includes('PH') && this.ferie(jour)) || (feries.includes('SH') && dans(jour, this.vacances));
    return feries.startsWith('&') ? nomme && libre : nomme || libre;
  }

  // The rules that tell the hours that begin on a day.
  du(jour) {
    if (dans(jour, this.fermetures)) return [];
    let dites = [];
    for (const regle of this.regles) {
      if (this.concerne(regle, jour)) dites = regle[0] === 1 ? [...dites, regle] : [regle];
    }
    return dites;
  }

  // [from, to, note], minutes from the midnight of that day; to is -1 when nobody says.
  heures(jour) {
    return this.du(jour)
      .flatMap((regle) => paires(regle[5]).map((deux) => [...deux, regle[6]]))
      .sort(([un], [autre]) => un - autre);
  }

  // The span that is on at a minute of a day, its end counted from the midnight of that day.
  cours(jour, minute) {
    const hier = this.heures(plus(jour, -1)).map(([du, au, note]) => [
      du - JOURNEE,
      au < 0 ? au : au - JOURNEE,
      note,
      au < 0,
    ]);
    const connues = [...hier.filter(([, au, , sans]) => !sans && au > 0), ...this.heures(jour)];
    const trouvees = connues.filter(([du, au]) => du <= minute && minute < (au < 0 ? JOURNEE : au));
    return trouvees.sort(([, un], [, autre]) => autre - un)[0];
  }

  // { ouvert, fin, note } or { ouvert, ensuite: [day, minute] or nothing, note of the day }.
  etat(jour, minute) {
    let cours = this.cours(jour, minute);
    if (cours) {
      const note = cours[2];
      let [, fin] = cours;
      for (let tour = 0; cours && fin >= 0 && tour < 9; tour += 1) {
        const jours = Math.floor(fin / JOURNEE);
        cours = this.cours(plus(jour, jours), fin - jours * JOURNEE);
        if (cours) fin = cours[1] < 0 ? -1 : cours[1] + jours * JOURNEE;
      }
      return { ouvert: true, fin, note };
    }
    const note = this.du(jour).find((regle) => !regle[5].length && regle[0] !== 2)?.[6] ?? '';
    for (let apres = 0; apres < LOIN; apres += 1) {
      const autre = plus(jour, apres), suivante = this.heures(autre).find(([du]) => apres || du > minute);
      if (suivante) return { ouvert: false, ensuite: [autre, suivante[0]], note, ferie: this.ferie(jour) };
    }
    return { ouvert: false, note, ferie: this.ferie(jour) };
  }

  // Whether a day is as the tables of the week say.
  ordinaire(jour) {
    return (
      !dans(jour, this.fermetures) &&
      this.du(jour).every(
        ([, dates, jours, rangs, feries]) => !rangs.length && !feries && (!dates.length || jours.length),
      )
    );
  }
}

export const heure = (minutes) => {
  const [heures, reste] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return `${heures}\u00a0h${reste ? `\u00a0${String(reste).padStart(2, '0')}` : ''}`;
};

function quand([autre, minute], jour) {
  const jours = (date(autre) - date(jour)) / 864e5;
  const nom = (options) => date(autre).toLocaleDateString('fr', { timeZone: 'UTC', weekday: 'long', ...options });
  const an = autre.slice(0, 4) === jour.slice(0, 4) ? {} : { year: 'numeric' };
  const dit =
    [' ', ' demain '][jours] ?? (jours < 7 ? ` ${nom()} ` : ` le ${nom({ day: 'numeric', month: 'long', ...an })} `);
  return `${dit.replace(/ 1 /, ' 1er ')}à ${minute ? heure(minute) : 'minuit'}`;
}

export function dire({ ouvert, fin, ensuite, note, ferie }, jour, minute) {
  const ajout = note ? ` (${note})` : '';
  if (!ouvert && note) return `Aujourd’hui${ferie ? ', jour férié' : ''}\u00a0: ${note}`;
  if (!ouvert) return `Fermé en ce moment${ensuite ? `, ouvre${quand(ensuite, jour)}` : ''}`;
  if (fin < 0) return `Ouvert maintenant, sans heure de fin annoncée${ajout}`;
  if (fin - minute >= JOURNEE) return `Ouvert maintenant${ajout}`;
  return `Ouvert maintenant, jusqu’à ${fin % JOURNEE ? heure(fin) : 'minuit'}${ajout}`;
}

function montrer(region) {
  const lire = (nom) => JSON.parse(region.dataset[nom] ?? '[]');
  const horaires = new Horaires(lire('horaires'), lire('fermetures'), lire('vacances'), region.dataset.feries);
  const [ici, maintenant] = new Intl.DateTimeFormat('sv', {
    timeZone: document.documentElement.dataset.fuseau ?? 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format()
    .split(' ');
  const jour = document.documentElement.dataset.date ?? ici;
  const minute = maintenant.slice(0, 2) * 60 + Number(maintenant.slice(3));
  const etat = horaires.etat(jour, minute), phrase = region.querySelector('.ouvert');
  phrase.textContent = dire(etat, jour, minute);
  phrase.classList.toggle('oui', etat.ouvert);
  phrase.hidden = false;
  document.querySelector('.de-facade .facade')?.classList.toggle('ouverte', etat.ouvert);
  if (!horaires.ordinaire(jour)) return;
  const tables = [...region.querySelectorAll('table')];
  const enSaison = ({ dataset: { dates } }) =>
    dates && horaires.concerne([0, dates.split(' ').map(Number), [], [], ''], jour);
  const rang = (tables.find(enSaison) ?? tables.find(({ dataset }) => !dataset.dates))?.rows[semaine(jour)];
  if (!rang) return;
  rang.className = 'auj';
  rang.setAttribute('aria-current', 'date');
}

const region = document.querySelector('[data-horaires]');
if (region) montrer(region);
