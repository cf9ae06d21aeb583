// Opening hours as they are written: what is wrong where, as text/opening_hours_text.py reads them.
export const JOURS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
export const MOIS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DERNIERS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const J = JOURS.join('|'), M = MOIS.join('|'), JOURNEE = 24 * 60;
const motif = (texte) => new RegExp(texte, 'ysu');
const DATE = motif(`(${M})(?: (\\d\\d?)(?![\\d:]))?(?:-(?:(${M})(?: (\\d\\d?)(?![\\d:]))?|(\\d\\d?)(?![\\d:])))?(?![a-z])`);
const SEMAINE = motif(`()(${J})(?:-(${J}))?(?![a-z])`), JOUR = motif(`(?:(PH|SH)|(${J})(?:-(${J}))?)(?![a-z])`);
const RANGS = motif('\\[(-?[1-5](?:,-?[1-5])*)\\]'), HEURES = motif('(\\d\\d?):(\\d\\d)(?:-(\\d\\d?):(\\d\\d)|\\+)(?!\\d)');
const TOUJOURS = motif('24/7'), FERME = motif('(off|closed)(?![a-z])'), NOTE = motif('"([^"]*[^" ][^"]*)"');
const BLANCS = motif(' *'), SUITE = motif(' *:? *'), VIRGULE = motif(' *, *'), MOT = motif('[^ ;,"]+|.');
const RAISONS = [
  ['annee', '\\d{4}(?!\\d)'], ['heure', '[\\d:]'], ['soleil', 'sun|dawn|dusk'], ['semaine', 'week'], ['sinon', '\\|'],
  ['guillemet', '"'], ['rang', '\\['], ['date', M],
  ['mois', '[- ]*(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|octo|nov|d[ée]c)'],
  ['jour', '[- ]*(?:lu|ma|me|je|ve|sa|di|mo|tu|we|th|fr|su)'],
].map(([nom, texte]) => [nom, new RegExp(texte, nom === 'mois' || nom === 'jour' ? 'yiu' : 'yu')]);

export class Illisible extends Error {}

// Days of the week from one to another, both included.
export const entre = (du, au) => Array.from({ length: ((au - du + 7) % 7) + 1 }, (_, rang) => (du + rang) % 7);

// A rule is { dates, feries, croise, jours, rangs, ajoute, dits }: dates as a text, days as a set, and
// what a sentence says of it, as text/opening_hours.py names it.
class Lecteur {
  constructor(texte) { Object.assign(this, { texte, place: 0 }); }

  voir(un, place = this.place) {
    un.lastIndex = place;
    return un.exec(this.texte);
  }

  prendre(un) {
    const trouve = this.voir(un);
    if (trouve) this.place = un.lastIndex;
    return trouve;
  }

  refuser(raison = '', debut = this.place, fin = 0) {
    const mot = fin ? this.texte.slice(debut, fin) : this.voir(MOT, debut)?.[0] ?? 'la fin';
    const cause = raison || (RAISONS.find(([, un]) => this.voir(un, debut))?.[0] ?? 'autre');
    throw Object.assign(new Illisible(), { signe: [...this.texte.slice(0, debut)].length, trouve: mot, raison: cause });
  }

  regles() {
    const trouvees = [];
    for (let ajoute = false; ;) {
      this.prendre(BLANCS);
      const debut = this.place;
      trouvees.push(this.regle(ajoute));
      this.ordonner(trouvees, debut);
      this.prendre(BLANCS);
      const signe = this.texte[this.place] ?? '';
      if (!';,'.includes(signe)) this.refuser();
      this.place += 1;
      if (signe !== ',' && !this.texte.slice(this.place).replaceAll(' ', '')) return trouvees;
      ajoute = signe === ',';
    }
  }

  regle(ajoute) {
    const debut = this.place, dates = this.plusieurs(DATE, (un) => this.date(un));
    this.prendre(SUITE);
    const jours = this.jours();
    this.prendre(SUITE);
    const ou = this.place, ferme = !this.prendre(TOUJOURS) && this.prendre(FERME);
    const heures = ou < this.place ? [] : this.heures(), toujours = ou < this.place && !ferme && !heures.length;
    if (ferme && ajoute) this.refuser('ajout', ou);
    this.prendre(BLANCS);
    const note = this.prendre(NOTE);
    if (!heures.length && !ferme && !toujours && !note) {
      if (debut < ou && ['', ';', ','].includes(this.texte[this.place] ?? '')) this.refuser('manque', debut);
      this.refuser();
    }
    const dits = { dates, jours: jours.semaine, feries: [...jours.feries], croise: jours.croise, ferme: Boolean(ferme), ajoute,
      heures: toujours ? [[0, JOURNEE]] : heures, note: note ? note[1].trim() : '' };
    return { ...jours, dates: JSON.stringify(dates.map(({ du, au }) => [du, au])).replace('[]', ''), ajoute, dits };
  }

  jours() {
    const lus = this.plusieurs(JOUR, (un) => this.jour(un)), feries = lus.filter((un) => typeof un === 'string');
    let semaine = lus.filter((un) => typeof un !== 'string'), croise = false;
    if (feries.length && !semaine.length) {
      this.prendre(SUITE);
      semaine = this.plusieurs(SEMAINE, (un) => this.jour(un));
      croise = semaine.length > 0;
    }
    const jours = new Set(semaine.flatMap((un) => un.jours));
    if (!jours.size && !feries.length) for (const un of JOURS.keys()) jours.add(un);
    return { feries: new Set(feries), croise, jours, semaine, rangs: semaine.some((un) => un.rangs.length) };
  }

  heures() {
    let apres = 0;
    return this.plusieurs(HEURES, (un) => {
      const [debut, lue] = [minutes(un[1], un[2]), un[3] === undefined ? null : minutes(un[3], un[4])];
      if (debut < 0 || debut === JOURNEE || debut === lue || (lue !== null && lue < 0)) this.refuser('heure', un.index);
      if (debut < apres) this.refuser('chevauche', un.index);
      apres = lue === null ? 2 * JOURNEE : lue + (lue < debut ? JOURNEE : 0);
      return [debut, lue === null ? null : apres];
    });
  }

  date(un) {
    const [, premier, jour, autre, dernier, seul] = un;
    const [du, au] = [MOIS.indexOf(premier), MOIS.indexOf(autre ?? premier)];
    if (!jour && (dernier || seul)) this.refuser('date', un.index);
    if (!jour) return { du: du * 100 + 101, au: au * 100 + 100 + DERNIERS[au], mois: true };
    const fin = Number(dernier ?? seul ?? (autre ? 0 : jour));
    const bon = jour >= 1 && jour <= DERNIERS[du] && fin >= 1 && fin <= DERNIERS[au];
    if (!bon || (seul && fin < jour)) this.refuser('date', un.index);
    return { du: du * 100 + 100 + Number(jour), au: au * 100 + 100 + fin, mois: false };
  }

  jour(un) {
    if (un[1]) return un[1];
    const du = JOURS.indexOf(un[2]), au = un[3] ? JOURS.indexOf(un[3]) : du;
    const rangs = un[3] ? null : this.prendre(RANGS);
    return { du, au, jours: entre(du, au), rangs: rangs ? rangs[1].split(',').map(Number) : [] };
  }

  ordonner(regles, debut) {
    const avant = regles.slice(0, -1), une = regles.at(-1);
    const semaine = ({ dates, feries, rangs }) => !dates && !feries.size && !rangs;
    const dans = (petit, grand) => [...petit].every((un) => grand.has(un));
    const annulee = (autre) => !autre.rangs && !une.rangs && autre.dates === une.dates && autre.croise === une.croise
      && dans(autre.feries, une.feries) && dans(autre.jours, une.jours);
    if (semaine(une) && !avant.every(semaine)) this.refuser('ordre', debut, this.place);
    if (!une.ajoute && avant.some(annulee)) this.refuser('annule', debut, this.place);
  }

  plusieurs(un, lire) {
    const trouves = [];
    for (let lu = this.prendre(un); lu; lu = this.prendre(un)) {
      trouves.push(lire(lu));
      const avant = this.place;
      this.prendre(VIRGULE);
      if (this.place === avant || !this.voir(un)) {
        this.place = avant;
        break;
      }
    }
    return trouves;
  }
}

function minutes(heures, reste) {
  const lues = Number(heures) * 60 + Number(reste);
  return Number(reste) < 60 && lues <= JOURNEE ? lues : -1;
}

// The rules of a text that is readable, for whoever says them.
export const lire = (texte) => new Lecteur(texte).regles().map(({ dits }) => dits);

// What cannot be read in a text, { signe, trouve, raison }, or null.
export function illisible(texte) {
  try {
    new Lecteur(texte).regles();
    return null;
  } catch (erreur) {
    if (erreur instanceof Illisible) return erreur;
    throw erreur;
  }
}
