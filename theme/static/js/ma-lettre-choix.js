// What the letter of a choice tells: the rules of the letter itself (portail.newsletter), over the
// candidates of the week. Columns are told in docs/technique/ma-lettre.md.
const LIGNE = ['contenu', 'jour', 'texte', 'details', 'etiquette', 'fin', 'poids', 'place'];
const CONTENU = ['url', 'titre', 'genre', 'nature', 'couleur', 'valeurs', 'portee', 'paru', 'parent', 'lus'];
const AUCUN = -1;
// Bits of « poids » and of « portee ».
const AVANT = 1, PAS_POUR_TOUS = 2, COMPLET = 4, DURE = 8, SOUVENT = 16, RAPPEL = 32;
const TOUT_TERRITOIRE = 1, TOUT_PUBLIC = 2, SON_EPCI = 4;

const nommer = (colonnes) => (row) => Object.fromEntries(colonnes.map((nom, rang) => [nom, row[rang]]));

// Stable, by lists of numbers.
const trier = (liste, cle) => liste.map((une) => [cle(une), une]).sort(([une], [autre]) => {
  const rang = une.findIndex((valeur, place) => Number(valeur) !== Number(autre[place]));
  return rang < 0 ? 0 : une[rang] - autre[rang];
}).map(([, une]) => une);

// Rows with the names of their columns; what is over on the reader's day is left out.
export function preparer(donnees, aujourdhui) {
  const contenus = donnees.contenus.map(nommer(CONTENU));
  const lignes = (rows) => rows.map(nommer(LIGNE)).map((ligne, rang) => ({ ...ligne, rang, c: contenus[ligne.contenu] }))
    .filter(({ fin }) => !fin || fin >= aujourdhui);
  return { ...donnees, contenus, listes: Object.fromEntries(Object.entries(donnees.listes).map(([nom, rows]) => [nom, lignes(rows)])) };
}

// How much a choice, a list of values for each field, is concerned by a content: not at all (0),
// as any other choice (1), as its own (2).
function juger(donnees, choix) {
  const rang = ([cle, code]) => donnees.valeurs.findIndex(([une, autre]) => une === cle && autre === code);
  const groupes = choix.map((paires) => [paires[0][0], paires.map(rang)]);
  return ({ valeurs, portee }) => Math.min(2, ...groupes.map(([cle, rangs]) => {
    if (rangs.some((un) => valeurs.includes(un))) return 2;
    if (cle === 'theme') return 0;
    if (cle === 'public') return Number((portee & TOUT_PUBLIC) > 0);
    const [, , departement] = cle === 'epci' ? donnees.valeurs[rangs[0]] ?? [] : [];
    return Number((portee & TOUT_TERRITOIRE) > 0
      || ((portee & SON_EPCI) > 0 && departement !== undefined && valeurs[0] === departement));
  }));
}

class Choix {
  constructor(donnees, choix) {
    Object.assign(this, donnees, { pris: new Set(), niveau: juger(donnees, choix) });
    // An edition that has letters of its own knows what its readers had; else that of the region.
    const [[[cle, code]] = [[]], ...reste] = choix;
    const seul = !reste.length && choix[0]?.length === 1;
    this.lettre = Math.max(0, seul ? this.lettres.findIndex((une) => une[0] === cle && une[1] === code) : 0);
    this.derniere = this.lettres[this.lettre]?.[2] ?? null;
  }
  lu(c) { return c.lus.includes(this.lettre); }
  libres(nom) { return this.listes[nom].filter(({ c }) => !this.pris.has(c) && this.niveau(c)); }
  prendre(lignes) {
    for (const { c } of lignes) this.pris.add(c);
    return lignes;
  }
  ordonner(lignes) { return trier(lignes, ({ contenu }) => [(this.ordre.indexOf(contenu) + 1) || Infinity]); }
  // Without what another one of them, or of the letter, holds.
  tetes(lignes) {
    const tenus = new Set([...lignes.map(({ c }) => c), ...this.pris].map(({ url }) => url));
    return lignes.filter(({ c }) => c.parent < 0 || !tenus.has(this.contenus[c.parent].url));
  }
  nouveaux(nom) {
    const gardes = trier(this.tetes(this.libres(nom).filter(({ c }) => !this.lu(c))),
      ({ c }) => [-this.niveau(c), c.parent !== AUCUN]);
    const frais = ({ c }) => this.derniere === null || c.paru >= this.derniere;
    return [gardes.filter(frais), gardes.filter((une) => !frais(une))];
  }
  // The late ones keep a place, for the oldest; few of one kind, those told included, while there
  // are others as near.
  choisir([frais, tardifs], places, dits = []) {
    if (places <= 0) return [];
    const [garde] = trier(tardifs, ({ c, contenu }) => [
      -this.niveau(c), c.parent !== AUCUN, c.genre === this.evenement, c.paru, contenu,
    ]);
    const reste = [...frais, ...tardifs.filter((une) => une !== garde)];
    const place = places - (garde ? 1 : 0), comptes = {}, trouves = [];
    for (const une of [...dits, ...(garde ? [garde] : [])]) comptes[une.c.genre] = (comptes[une.c.genre] ?? 0) + 1;
    for (const niveau of [2, 1]) {
      const autres = [];
      for (const une of reste.filter(({ c }) => this.niveau(c) === niveau)) {
        const { genre } = une.c, compte = comptes[genre] ?? 0;
        if (trouves.length < place && compte < this.regles.genre) {
          comptes[genre] = compte + 1;
          trouves.push(une);
        } else autres.push(une);
      }
      trouves.push(...autres.slice(0, place - trouves.length));
    }
    return this.prendre([...trouves, ...(garde ? [garde] : [])]);
  }
  une() {
    const { une, avant } = this.regles;
    const lignes = this.prendre(this.libres('epingles').slice(0, une));
    lignes.push(...this.prendre(trier(this.libres('avant').filter(({ c }) => !this.lu(c)), ({ c }) => [-this.niveau(c)])
      .slice(0, Math.max(0, Math.min(avant, une - 2 - lignes.length)))));
    lignes.push(...this.choisir(this.nouveaux('une'), une - lignes.length, lignes));
    return this.ordonner(lignes);
  }
  annonces() {
    const lignes = trier(this.libres('annonces'), ({ c, place }) => [place.includes(this.lettre), -this.niveau(c)]);
    return this.ordonner(trier(this.prendre(lignes.slice(0, this.regles.annonces)), ({ rang }) => [rang]));
  }
  trouvailles(nom) { return this.ordonner(this.choisir(this.nouveaux(nom), this.regles[nom])); }
  rangs({ c, poids, rang }) {
    return [poids & AVANT, -this.niveau(c), poids & PAS_POUR_TOUS, poids & COMPLET, this.lu(c), poids & DURE, poids & SOUVENT, rang];
  }
  weekEnd() {
    const lieux = this.lieux.map((_, place) => this.libres('week-end').filter((une) => une.place === place));
    const totaux = lieux.map((lignes) => lignes.filter(({ poids }) => !(poids & DURE)).length);
    const classes = lieux.map((lignes) => trier(
      this.tetes(lignes).filter(({ c, poids }) => !(poids & RAPPEL && this.lu(c))), (une) => this.rangs(une),
    ));
    const tours = trier([...lieux.keys()], (lieu) => [-totaux[lieu], !this.lieux[lieu][0], lieu]);
    const choisis = lieux.map(() => []);
    let reste = this.regles['week-end'];
    for (let tour = 0; tour < this.regles.lieu; tour += 1) {
      for (const lieu of tours) {
        if (!reste || !classes[lieu][tour]) continue;
        choisis[lieu].push(classes[lieu][tour]);
        reste -= 1;
      }
    }
    return choisis.map((lignes) => this.ordonner(
      trier(this.prendre(lignes), ({ poids, rang }) => [poids & DURE, rang]),
    ));
  }
  aNoter() {
    const nombre = this.regles['a-noter'], suite = this.tetes(this.libres('a-noter'));
    const reservees = this.prendre(trier(this.libres('reservations'), ({ c }) => [this.lu(c)]).slice(0, nombre));
    const autres = trier(suite.filter(({ c }) => !this.pris.has(c)), (une) => this.rangs(une))
      .slice(0, nombre - reservees.length);
    return this.ordonner([
      ...trier(reservees, ({ rang }) => [rang]), ...trier(this.prendre(autres), ({ rang }) => [rang]),
    ]);
  }
  // Past so many lines, one a place.
  tailler(lieux, nombre) {
    const compte = () => lieux.reduce((somme, lignes) => somme + lignes.length, 0);
    for (const lignes of [...lieux].reverse()) {
      while (compte() > nombre && lignes.length > 1) this.pris.delete(lignes.pop().c);
    }
    return lieux;
  }
  relire(compte) {
    const { relire, calme, court } = this.regles;
    const places = compte < calme ? Math.min(relire, court - compte) : 0;
    const themes = new Set([...this.pris].flatMap(({ valeurs }) => valeurs.filter((un) => this.valeurs[un][0] === 'theme')));
    const lignes = trier(this.libres('relire').filter(({ place }) => !place.includes(this.lettre)), ({ c, poids, rang }) => [
      -this.niveau(c), this.lu(c), poids, !c.valeurs.some((un) => themes.has(un)), rang,
    ]);
    return this.ordonner(this.prendre(lignes.slice(0, Math.max(0, places))));
  }
  sections() {
    const [, , , , seuls] = this.rubriques.find(([cle]) => cle === 'nouveautes');
    const une = this.une(), annonces = this.annonces();
    const lieux = this.trouvailles('lieux'), outils = this.trouvailles('outils');
    let weekEnd = this.weekEnd();
    const aNoter = this.aNoter();
    const autres = une.length + annonces.length + lieux.length + outils.length + aNoter.length;
    weekEnd = this.tailler(weekEnd, this.regles.lignes - autres);
    const relire = this.relire(autres + weekEnd.flat().length);
    return {
      une: [['', une]],
      'week-end': weekEnd.map((lignes, lieu) => [this.lieux[lieu][1], lignes]),
      'a-noter': [['', aNoter]],
      annonces: [['', annonces]],
      nouveautes: [lieux, outils].map((lignes, rang) => [seuls[rang][0], lignes]),
      relire: [['', relire]],
    };
  }
}

// The sections of the letter of a choice: [title of a group, lines] each.
export const composer = (donnees, choix) => new Choix(donnees, choix).sections();
