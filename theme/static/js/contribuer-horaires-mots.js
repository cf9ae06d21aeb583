// Opening hours in French, turned into those of OpenStreetMap: the twin of
// text/opening_hours_spoken.py, by its words (`x-mots` of the field: [name, value, pattern]).
const { Illisible, JOURS, MOIS, entre, illisible } = await import(new URL('contribuer-horaires.js', import.meta.url));
const OSM = /(?:^|[^A-Za-z])(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|closed|24\/7)(?![a-zà-ÿ])/;
const SUITE = ['heure', 'partir', 'toujours', 'ferme', 'note', 'deux_points', 'aussi', 'du'];
const MOTS = new WeakMap();

// Sign for sign, without case, accents or typographic variants.
const plier = (texte) => [...texte].map((signe) => {
  if ('’‘ʼ`´'.includes(signe)) return "'";
  if ('‐‑‒–—−'.includes(signe)) return '-';
  if ('\u00a0\u202f\u2009\t'.includes(signe)) return ' ';
  const base = [...signe.normalize('NFD')][0].toLowerCase();
  return base.length === signe.length ? base : signe;
}).join('');
const motA = (texte, place) => /^(?:[^ ;,]+|.)/s.exec(texte.slice(place))?.[0] ?? 'la fin';
const compter = (texte, place) => [...texte.slice(0, place)].length;

function decouper(texte, lexique) {
  if (!MOTS.has(lexique)) MOTS.set(lexique, lexique.map(([nom, valeur, motif]) => [nom, valeur, new RegExp(motif, 'yu')]));
  const plie = plier(texte), mots = [];
  for (let place = 0; place < plie.length;) {
    if (plie[place] === ' ') {
      place += 1;
      continue;
    }
    let trouve, nom, valeur, motif;
    for ([nom, valeur, motif] of MOTS.get(lexique)) {
      motif.lastIndex = place;
      if ((trouve = motif.exec(plie))) break;
    }
    if (!trouve) throw Object.assign(new Illisible(), { place, trouve: motA(texte, place), raison: 'mots_inconnu' });
    const fin = motif.lastIndex;
    if (nom === 'heure' && !valeur) valeur = `${trouve[1]}:${trouve[2] ?? '00'}`;
    else if (nom === 'nombre') [, valeur] = trouve;
    else if (nom === 'note') {
      const debut = place + trouve[0].indexOf(trouve[1]);
      valeur = texte.slice(debut, debut + trouve[1].length).replaceAll('"', '').trim();
    }
    mots.push({ nom, valeur, debut: place, fin });
    place = fin;
  }
  return mots;
}

const numeros = (jours) => new Set(jours.flatMap((un) => {
  const [du, au = du] = un.split('-').map((nom) => JOURS.indexOf(nom));
  return entre(du, au);
}));
const quand = () => ({ dates: [], jours: [], feries: [], parmi: false });
const plein = ({ dates, jours, feries }) => dates.length + jours.length + feries.length > 0;
// « Sa », « Su »: names that follow one another are one span.
function suites(noms, connus) {
  const lues = [];
  for (const un of noms) {
    const rang = connus.indexOf(un);
    if (rang > 0 && lues.at(-1)?.at(-1) === connus[rang - 1]) lues.at(-1).push(un);
    else lues.push([un]);
  }
  return lues.map((une) => (une.length > 1 ? `${une[0]}-${une.at(-1)}` : une[0]));
}
function ecrire({ dates, jours, feries, parmi }) {
  const semaine = suites(jours, JOURS), dits = parmi && jours.length ? `${feries.join()} ${semaine.join()}` : [...semaine, ...feries].join();
  return [suites(dates, MOIS).join(), dits].filter(Boolean).join(' ');
}
// Whether one is about other days than those before, instead of saying more of the same ones.
function autres(avant, un, comment, ferme) {
  const nommes = avant.jours.length + avant.feries.length > 0;
  if (un.dates.length) return nommes && comment !== '';
  return avant.dates.length > 0 && !nommes && (comment === 'et' || (ferme && comment === 'virgule'));
}

class Lecteur {
  constructor(texte, lexique) {
    const fin = { nom: '', valeur: '', debut: texte.length, fin: texte.length };
    Object.assign(this, { texte, place: 0, mots: [...decouper(texte, lexique), fin, fin, fin] });
  }

  get mot() { return this.mots[this.place]; }

  nom(apres) { return this.mots[this.place + apres]?.nom; }

  prendre(...noms) {
    const { mot } = this;
    if (!noms.includes(mot.nom)) return null;
    this.place += 1;
    return mot;
  }

  refuser(raison, { debut, fin } = this.mot) {
    throw Object.assign(new Illisible(), { place: debut, trouve: this.texte.slice(debut, fin) || 'la fin', raison: `mots_${raison}` });
  }

  regles() {
    const lues = [];
    for (;;) {
      while (this.prendre('fin', 'virgule', 'et'));
      if (!this.mot.nom) return lues.length ? lues : this.refuser('manque');
      lues.push(...this.regle());
    }
  }

  regle() {
    const premier = this.mot;
    if (this.prendre('ferme')) {
      const dits = this.quand(true);
      return this.faire(premier, dits, this.noter('off'));
    }
    this.prendre('ouvert');
    let dits = this.quand(), hors = this.prendre('sauf') ? this.quand() : [];
    if (SUITE.includes(this.nom(1))) this.prendre('virgule');
    this.prendre('deux_points');
    const ajoute = Boolean(this.prendre('aussi')), quoi = this.quoi(premier);
    if (!dits.some(plein)) dits = this.quand();
    if (this.prendre('sauf')) hors = this.quand();
    const fermes = hors.flatMap(({ jours }) => jours);
    if (fermes.length) dits[0].jours = this.sans(dits[0].jours, fermes, premier);
    const exceptions = hors.map(({ dates, feries }) => ({ ...quand(), dates, feries })).filter(plein);
    return [...this.faire(premier, dits, quoi, ajoute), ...this.faire(premier, exceptions, 'off')];
  }

  faire({ debut }, dits, quoi, ajoute = false) {
    return dits.map((un) => ({
      debut, ajoute, texte: [ecrire(un), quoi].filter(Boolean).join(' '),
      semaine: !un.dates.length && !un.feries.length && !un.jours.some((jour) => jour.includes('[')),
    }));
  }

  sans(jours, fermes, premier) {
    if ([...jours, ...fermes].some((un) => un.includes('['))) this.refuser('annule', premier);
    const moins = numeros(fermes), restent = [...numeros(jours.length ? jours : ['Mo-Su'])].filter((un) => !moins.has(un)).sort();
    if (!restent.length) this.refuser('annule', premier);
    return restent.map((un) => JOURS[un]);
  }

  quoi(premier) {
    const ferme = this.prendre('ferme') && 'off', toujours = !ferme && this.prendre('toujours') && '24/7';
    const dit = this.noter(ferme || toujours || this.heures().join());
    if (!dit) this.refuser('manque', this.mot.nom ? this.mot : premier);
    return dit;
  }

  noter(dit) {
    const note = this.prendre('note');
    return note ? `${dit} "${note.valeur}"`.trim() : dit;
  }

  heures() {
    const lues = [];
    for (;;) {
      let avant = this.place;
      if (this.prendre('partir')) lues.push(`${this.heure()}+`);
      else {
        this.prendre('du');
        if (this.mot.nom !== 'heure' && !this.nue()) {
          this.place = avant;
          return lues;
        }
        const debut = this.heure();
        if (!this.prendre('a', 'et')) this.refuser('heure');
        lues.push(`${debut}-${this.heure()}`);
      }
      avant = this.place;
      const joint = this.prendre('virgule', 'et'), [un, deux] = [this.nom(0), this.nom(1)];
      if (!joint || !(un === 'heure' || un === 'partir' || (un === 'du' && deux === 'heure'))) {
        this.place = avant;
        return lues;
      }
    }
  }

  heure() {
    const lue = this.prendre('heure', 'nombre') ?? this.refuser('heure');
    const [heures, minutes = '00'] = lue.valeur.split(':');
    if (Number(heures) * 60 + Number(minutes) > 1440 || Number(minutes) > 59) this.refuser('heure', lue);
    return `${heures.padStart(2, '0')}:${minutes}`;
  }

  quand(ferme = false) {
    const lus = [quand()];
    for (;;) {
      const avant = this.place, dernier = lus.at(-1), joint = plein(dernier) ? this.prendre('virgule', 'et', 'deux_points') : null;
      const un = quand(), comment = joint?.nom ?? '', points = comment === 'deux_points';
      this.element(un);
      if (!plein(un) || (ferme && joint && (points || SUITE.includes(this.mot.nom))) || (points && (un.dates.length || dernier.jours.length))) {
        this.place = avant;
        return lus;
      }
      if (autres(dernier, un, comment, ferme)) lus.push(un);
      else {
        dernier.parmi ||= un.parmi || (points && !dernier.dates.length);
        for (const sorte of ['dates', 'jours', 'feries']) dernier[sorte].push(...un[sorte]);
      }
    }
  }

  element(un) {
    if (this.prendre('pendant')) un.parmi = true;
    if (this.nom(1) !== 'heure') this.prendre('du');
    this.prendre('le');
    const { mot } = this;
    if (this.prendre('tous')) un.jours.push(mot.valeur);
    else if (this.prendre('ferie')) un.feries.push(mot.valeur);
    else if (mot.nom === 'jour') un.jours.push(this.jours());
    else if (mot.nom === 'rang' || (mot.nom === 'nombre' && this.range())) un.jours.push(this.rang());
    else if (mot.nom === 'nombre' && !this.nue()) un.dates.push(this.dates());
    else if (mot.nom === 'mois') un.dates.push(this.mois());
  }

  jours() {
    const du = JOURS[this.prendre('jour').valeur];
    if (!this.prendre('a')) return du;
    this.prendre('le');
    const au = this.prendre('jour') ?? this.refuser('jour');
    return `${du}-${JOURS[au.valeur]}`;
  }

  range() {
    const suite = this.mots.slice(this.place + 1).find(({ nom }) => !['rang', 'nombre', 'et', 'virgule', 'le'].includes(nom));
    return suite?.nom === 'jour';
  }

  nue() { return this.nom(0) === 'nombre' && this.nom(1) === 'a' && this.nom(2) === 'heure'; }

  rang() {
    const rangs = [];
    do {
      this.prendre('le');
      const un = this.prendre('rang', 'nombre');
      if (!un || Math.abs(un.valeur) < 1 || Math.abs(un.valeur) > 5) this.refuser('jour', un ?? this.mot);
      rangs.push(un.valeur);
    } while (this.prendre('virgule', 'et'));
    const jour = this.prendre('jour');
    if (!jour || !this.prendre('mois_fin')) this.refuser('jour');
    return `${JOURS[jour.valeur]}[${rangs.join()}]`;
  }

  dates() {
    const premier = this.prendre('nombre'), mois = this.prendre('mois');
    const dire = (un, jour) => `${MOIS[un.valeur]} ${Number(jour.valeur)}`;
    if (!this.prendre('a')) return mois ? dire(mois, premier) : this.refuser('date', premier);
    this.prendre('le');
    const dernier = this.prendre('nombre'), autre = this.prendre('mois');
    if (!dernier || !autre) this.refuser('date');
    return `${dire(mois ?? autre, premier)}-${dire(autre, dernier)}`;
  }

  mois() {
    const du = this.prendre('mois'), avant = this.place, au = this.prendre('a') && this.prendre('mois');
    if (au) return `${MOIS[du.valeur]}-${MOIS[au.valeur]}`;
    this.place = avant;
    return MOIS[du.valeur];
  }
}

// The hours that a French text says, rule by rule judged as it is written.
function traduire(texte, lexique) {
  const regles = new Lecteur(texte, lexique).regles();
  let connu = '';
  for (const { debut, ajoute, texte: regle } of [...regles.filter(({ semaine }) => semaine), ...regles.filter(({ semaine }) => !semaine)]) {
    const dit = connu ? `${connu}${ajoute ? ', ' : '; '}${regle}` : regle, refus = illisible(dit);
    if (refus) {
      const raison = ['date', 'heure'].includes(refus.raison) ? refus.raison : 'annule';
      throw Object.assign(new Illisible(), { place: debut, trouve: motA(texte, debut), raison: `mots_${raison}` });
    }
    connu = dit;
  }
  return connu;
}

// What the field of opening hours makes of a text: { osm } or { refus: { signe, trouve, raison } }.
export function lire(texte, lexique) {
  const refus = illisible(texte);
  if (!refus) return { osm: texte };
  if (OSM.test(texte) || !/\p{L}/u.test(texte)) return { refus };
  try {
    return { osm: traduire(texte, lexique) };
  } catch (erreur) {
    if (!(erreur instanceof Illisible)) throw erreur;
    return { refus: { signe: compter(texte, erreur.place), trouve: erreur.trouve, raison: erreur.raison } };
  }
}
