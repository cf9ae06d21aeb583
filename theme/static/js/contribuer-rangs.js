// Rows of a spreadsheet whose cells share fields, and rows that share an event: the twin of
// imports/sheets.py. What texts say of prices, booking, ages and addresses, `indices` reads.
const { NB, cle, compter, plier } = await import(document.querySelector('[data-commun]').dataset.commun);
const RESUME = 300, NOTE = 140;
const COCHES = { x: 'oui', '✓': 'oui', vrai: 'oui', faux: 'non' };
const SEANCE = new Set(['debut', 'fin', 'seances', 'etat']);
const enLigne = (texte) => (texte.includes('://') ? texte : `https://${texte}`);

// One row: values by column become values by field.
class Rang {
  constructor(rang, boite) { Object.assign(this, { ...rang, v: { ...rang.valeurs }, boite }); }

  prendre(nom) {
    const dit = this.v[nom] ?? '';
    delete this.v[nom];
    return [dit].flat().join(' ; ');
  }

  poser(valeurs) {
    for (const [nom, une] of Object.entries(valeurs)) if (une && une.length !== 0 && this.v[nom] === undefined) this.v[nom] = une;
  }

  feuille(nom) {
    const champ = this.boite.schema.properties[nom];
    return champ?.type === 'array' ? champ.items : champ;
  }

  terme(texte, nom) { return this.boite.valeurs.terme(texte, this.feuille(nom)); }

  // The term that a text begins with: « Atelier scientifique ».
  debute(texte, nom) {
    const mots = (texte.match(/[^\s,:;.!?«»()-]+/g) ?? []).slice(0, 4);
    for (let combien = mots.length; combien; combien -= 1) {
      const code = this.terme(mots.slice(0, combien).join(' '), nom);
      if (code) return code;
    }
    return '';
  }

  termes(nom) {
    const dit = this.v[nom], un = (texte) => (this.terme(texte, nom) ? texte : this.debute(texte, nom) || texte);
    if (typeof dit === 'string') this.v[nom] = un(dit);
    else if (dit) {
      this.v[nom] = [...new Set(dit.flatMap((texte) => this.ensemble(texte, nom)).map(un))];
    }
  }

  // « Visite / atelier »: every term that a text joins, else the text.
  ensemble(texte, nom) {
    const codes = texte.split(/\/|\bet\b|\+/).map((part) => part.trim()).filter(Boolean).map((part) => this.terme(part, nom));
    return codes.length && codes.every(Boolean) ? codes : [texte];
  }

  quand() {
    const { quand, jour, temps, reperes } = this.boite, cellules = Object.fromEntries(quand.COLONNES.map((nom) => [nom, this.prendre(nom)]).filter(([, dit]) => dit));
    const salle = reperes.some(([slug]) => slug === this.v.lieu) ? this.prendre('salle') : '';
    try {
      const dit = quand.composer(cellules, jour, temps), rangs = dit.seances ?? (dit.debut ? [dit] : []);
      this.poser(salle && rangs.length ? quand.entiere(rangs.map((un) => ({ ...un, note: salle.slice(0, NOTE) }))) : dit);
    } catch (raison) {
      if (!(raison instanceof quand.Obscur)) throw raison;
      this.fauter(raison.colonne, [raison.code, raison.valeurs]);
    }
  }

  adresse(rueDite) {
    const dite = this.prendre('adresse_dite');
    if (dite) {
      const { incertain, ...parts } = this.boite.adresseDe(dite);
      if (rueDite && !parts.rue && parts.nom) [parts.rue, parts.nom] = [parts.nom];
      this.poser(Object.fromEntries(Object.entries(parts).map(([nom, une]) => [`adresse.${nom}`, une])));
    }
    if (/^\d{4}$/.test(this.v['adresse.code_postal'] ?? '')) this.v['adresse.code_postal'] = `0${this.v['adresse.code_postal']}`;
    this.commune();
  }

  // A commune that its postcode parts from others.
  commune() {
    const nom = this.v['adresse.commune'], poste = this.v['adresse.code_postal'];
    if (!nom && poste) this.v['adresse.commune'] = poste;
    else if (nom && /^\d{5}$/.test(poste ?? '') && !/\(/.test(nom)) this.v['adresse.commune'] = `${nom} (${poste})`;
  }

  // A lieu of the directory, in the commune that the row says if it says one; else an address.
  lieu() {
    const lieu = this.prendre('lieu');
    this.adresse(Boolean(lieu));
    const commune = (this.v['adresse.commune'] ?? '').replace(/ \(.*/, ''), meme = ([, , precision]) => !commune || cle(precision.split(', ').at(-1).replace(/\(.*/, '')) === cle(commune);
    const connu = this.boite.reperes.find(([slug]) => slug === lieu);
    if (connu && meme(connu)) {
      for (const nom of Object.keys(this.v)) if (nom.startsWith('adresse.')) delete this.v[nom];
      this.v.lieu = lieu;
      return;
    }
    const nom = connu?.[1] ?? lieu;
    if (lieu && !commune) {
      this.fauter('lieu', ['E148', { valeur: lieu, remede: 'Remplissez une colonne « Ville », ou ouvrez-le pour choisir le lieu.' }]);
      return;
    }
    this.poser({ 'adresse.nom': [nom, this.prendre('salle')].filter(Boolean).join(', ').slice(0, NOTE) });
  }

  tarif() {
    const dit = this.prendre('prix'), libre = plier(String(this.v['tarif.gratuit'] ?? ''));
    if (/^(non|false|faux)$/.test(libre)) delete this.v['tarif.gratuit']; // a price says it
    else if (/^(oui|true|vrai)$/.test(libre)) this.v['tarif.gratuit'] = 'true';
    if (!dit) return;
    if (/^\d{1,4}([.,]\d{1,2})?$/.test(dit)) {
      this.poser(Number(dit.replace(',', '.')) ? { 'tarif.prix': dit.replace(',', '.') } : { 'tarif.gratuit': 'true' });
      return;
    }
    const { tarif = {} } = /^(oui|true|vrai)$/.test(libre) ? {} : this.boite.indices(dit), { prix, reduit } = tarif;
    const reste = plier(dit).replace(/[\d.,\s€/;:()-]|euros?|eur|tarifs?|plein|normal|reduit|gratuit|entree|libre/g, '');
    // « 3 - 8 € » says more than the one price that is read in it.
    const pris = [prix, reduit].filter(Boolean).length, plus = pris && dit.match(/\d{1,4}(?:[.,]\d{1,2})?/g).length > pris;
    this.poser({
      'tarif.gratuit': tarif.gratuit, 'tarif.prix': prix?.replace(',', '.'), 'tarif.reduit': reduit?.replace(',', '.'),
      'tarif.conditions': tarif.conditions ?? (reste || plus ? this.boite.couper(dit, 255) : ''),
    });
  }

  inscription() {
    const dit = [this.prendre('reservation'), this.prendre('reserver')].filter(Boolean).join(' ');
    const dite = dit ? { ...this.boite.indices(`réservation ${dit}`).inscription } : {}, [premier] = dit.split(/[\s,.;:]+/);
    const web = /(?:https?:\/\/|www\.)\S+/i.exec(dit)?.[0].replace(/[.,;:)]+$/, '');
    if (web) dite.url = enLigne(web);
    const regimes = this.boite.schema.properties.inscription?.properties.regime;
    const regime = dit && regimes && (this.boite.valeurs.terme(dit, regimes) ?? (dite.regime ? '' : this.boite.valeurs.terme(premier, regimes)));
    if (regime) dite.regime = regime;
    else if (plier(premier) === 'sans') dite.regime = 'aucune';
    this.poser(Object.fromEntries(Object.entries(dite).map(([nom, un]) => [`inscription.${nom}`, un])));
    if (this.v['inscription.regime']) return;
    if (['url', 'courriel', 'telephone'].some((nom) => this.v[`inscription.${nom}`])) {
      this.v['inscription.regime'] = 'conseillee';
      this.remarques.push(`L’inscription est notée «${NB}conseillée${NB}»${NB}: dites si elle est obligatoire.`);
    } else if (dit) this.v['inscription.regime'] = dit;
  }

  // « familles, dès 7 ans ».
  publics() {
    const trouves = [];
    for (const un of [this.v.publics ?? []].flat().flatMap((texte) => this.ensemble(texte, 'publics'))) {
      const { age } = this.terme(un, 'publics') ? {} : this.boite.indices(un);
      this.poser({ 'age.min': age?.min, 'age.max': age?.max });
      const reste = age ? plier(un).replace(/[\s,(]*(?:a partir de|des|de|entre|plus de)?\s*\d.*\bans\b.*/, '') : un, code = this.terme(reste, 'publics');
      if (code || !(age && ['', 'enfant', 'enfants', 'public', 'age'].includes(reste.trim()))) trouves.push(code ?? un);
    }
    delete this.v.publics;
    this.poser({ publics: [...new Set(trouves)] });
    for (const nom of ['age.min', 'age.max']) {
      const dit = this.v[nom];
      if (dit && !/^\d+$/.test(dit)) this.v[nom] = this.boite.indices(`dès ${dit}${/ans/.test(dit) ? '' : ' ans'}`).age?.min ?? dit;
    }
  }

  siege() {
    if (this.v.commune) this.v['adresse.commune'] = this.prendre('commune');
    this.adresse(true);
    delete this.v['adresse.nom'];
    if (!this.v['adresse.rue']) { // a postcode says no more than its commune
      delete this.v['adresse.code_postal'];
      this.poser({ commune: this.prendre('adresse.commune') });
    }
    const position = this.prendre('position'), exacte = plier(this.prendre('position_exacte'));
    const [lat, lon] = position.split(position.split(',').length === 2 ? ',' : ';');
    if (lon && exacte !== 'non') this.poser({ 'coordonnees.lat': lat.trim(), 'coordonnees.lon': lon.trim() });
    for (const nom of ['coordonnees.lat', 'coordonnees.lon']) if (this.v[nom]) this.v[nom] = this.v[nom].replace(',', '.');
    if (this.v.site) this.v.site = enLigne(this.v.site);
  }

  // A description that is too long for a summary is the text; a text alone begins with it.
  resumer() {
    const { resume = '', corps = '' } = this.v;
    if (resume.length > RESUME && !corps) this.v.corps = resume;
    if (resume.length <= RESUME && resume) return;
    const simple = (resume || corps.split('\n\n')[0]).replace(/[*_`#>]|\[([^\]]*)\]\([^)]*\)/g, '$1').trim();
    delete this.v.resume;
    if (simple) this.v.resume = this.boite.couper(simple.replace(/\s+/g, ' '), RESUME);
  }

  composer(genre) {
    this.remarques = [];
    for (const [nom, dit] of Object.entries(this.v)) if (nom.startsWith('accessibilite.') && typeof dit === 'string') this.v[nom] = COCHES[plier(dit)] ?? dit;
    if (genre === 'evenement') {
      this.quand();
      this.lieu();
      this.tarif();
      this.inscription();
      this.publics();
      this.termes('format');
      if (!this.v.format) this.poser({ format: [this.debute(this.v.titre ?? '', 'format')].filter(Boolean) });
      const lien = this.prendre('lien');
      if (lien) this.poser({ references: [{ titre: URL.parse?.(enLigne(lien))?.hostname.replace(/^www\./, '') ?? lien, url: enLigne(lien) }] });
    } else if (genre === 'lieu') {
      this.siege();
      this.termes('type');
    }
    if (genre !== 'ressource') this.resumer();
    return this;
  }
}

// Rows of one title and one place are one event; a row that says a date alone is one more of that above.
function grouper(rangs) {
  let dernier;
  return [...Map.groupBy(rangs, (un) => {
    if (dernier === undefined || !Object.keys(un.v).length || !Object.keys(un.v).every((nom) => SEANCE.has(nom))) {
      dernier = un.v.titre && !un.v.horaires ? ['titre', 'lieu', 'adresse.nom', 'adresse.commune', 'en_ligne', 'identifiant'].map((nom) => cle(un.v[nom] ?? '')).join('|') : un.numero;
    }
    return dernier;
  }).values()];
}
function ensemble(groupe, { quand, table, dire }) {
  const [premier, ...suite] = groupe;
  if (!suite.length) return premier;
  for (const un of suite) {
    const autres = Object.entries(un.v).filter(([nom, dit]) => !SEANCE.has(nom) && JSON.stringify(premier.v[nom] ??= dit) !== JSON.stringify(dit)).map(([nom]) => table.colonnes[nom] ?? nom);
    premier.fautes.push(...un.fautes);
    if (autres.length) premier.fautes.push({ code: 'E149', ou: `Ligne ${un.numero}`, dit: dire(table.phrases.E149, { autre: premier.numero, colonnes: autres.join(', ') }) });
  }
  const seances = groupe.flatMap(({ v }) => (v.seances ?? (v.debut ? [{ debut: v.debut, ...v.fin && { fin: v.fin } }] : [])).map((une) => ({ ...une, ...v.etat && { etat: v.etat } })));
  for (const nom of SEANCE) delete premier.v[nom];
  Object.assign(premier.v, quand.entiere(seances));
  premier.remarques.push(`${compter(groupe.length, 'ligne')} de ce titre font un seul événement.`);
  return premier;
}

// A front matter, of values by field.
function imbriquer(valeurs, espace) {
  const entete = {};
  for (const [nom, une] of Object.entries(valeurs)) {
    if (nom === 'corps') continue;
    const pas = nom === 'identifiant' ? ['ids_externes', espace] : nom.split('.');
    pas.reduce((dans, un, rang) => (dans[un] = rang === pas.length - 1 ? une : dans[un] ?? {}), entete);
  }
  return entete;
}

// Rows → what may be proposed: { titre, debut, fin, faite() } for each.
export function composer({ rangs, laisse }, genre, boite) {
  const faits = rangs.map((un) => new Rang(un, boite).composer(genre));
  const groupes = (genre === 'evenement' ? grouper(faits) : faits.map((un) => [un])).map((un) => ensemble(un, boite));
  return {
    laisse,
    trouvees: groupes.map(({ v, fautes, remarques, numero }) => {
      const entete = imbriquer(v, boite.table.espace), dates = (v.seances ?? [v]).map((une) => une.fin ?? une.debut).filter(Boolean).sort();
      return {
        titre: v.titre ?? `Ligne ${numero}`, debut: v.horaires?.du ?? (v.seances?.[0] ?? v).debut, fin: v.horaires?.au ?? dates.at(-1),
        faite: () => ({ entete: structuredClone(entete), corps: v.corps ?? '', pris: [`Repris de la ligne ${numero}.`], laisse: remarques, fautes: fautes.map((une) => ({ ...une, tait: boite.quand.COLONNES.includes(une.colonne) ? 'debut' : une.colonne?.split('.')[0] })) }),
      };
    }),
  };
}
