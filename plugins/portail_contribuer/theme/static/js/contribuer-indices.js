// What a text says plainly: its price, its booking, its ages, its address.
const LONG = 60_000;

// Without accents, capitals nor runs of spaces, which expressions would go through many times.
export const plat = (texte) => [...texte.slice(0, LONG).replace(/[\u2019\u02bc]/g, "'").replace(/[\u2010-\u2015]/g, '-')
  .replace(/[^\S\n]+/g, ' ')].map((un) => (un.length > 1 ? ' ' : un.normalize('NFD')[0])).join('').toLowerCase();

// Expressions of /contribuer/correspondances.json, each made once; their capitals do not count.
const motifs = new Map();
export function motif(source, drapeaux = 'i') {
  const cle = `${drapeaux} ${source}`;
  if (!motifs.has(cle)) motifs.set(cle, new RegExp(source, drapeaux));
  return motifs.get(cle);
}

// The sentences that speak of prices, each once.
const PHRASES = /(?<=[.!?…]) +(?=[A-ZÀ-ÖØ-Þ«])/;
function conditionsDe(texte, dits) {
  const chiffrees = (ligne) => ligne.split(PHRASES).filter((une) => motif(dits.tarif).test(une)).join(' ').trim();
  const lignes = new Set(texte.split('\n').map(chiffrees).filter(Boolean));
  const dite = [...lignes].join(' ; ').replace(/\s+/g, ' ').trim();
  return dite && dite.length <= 255 ? { conditions: dite } : {};
}

// Where two prices may be meant, conditions alone: a person tells which.
function tarifDe(texte, dits) {
  const source = plat(texte), tous = [], fait = {}, dit = (nom, ou) => motif(dits[nom]).test(ou);
  for (const lu of source.matchAll(motif(dits.prix, 'gi'))) {
    const entier = (lu[1] ?? lu[2] ?? '').replaceAll(' ', '').replace('.', ',');
    const valeur = lu[3] ? `${lu[3]},${lu[4]}` : entier, fin = lu.index + lu[0].length;
    const avant = source.slice(Math.max(0, lu.index - 30), lu.index).split(motif(dits.avant_prix)).at(-1);
    const apres = source.slice(fin, fin + 30).split(motif(dits.apres_prix))[0];
    const reduit = dit('reduit_avant', avant) || dit('reduit_apres', apres);
    const autre = dit('autre_avant', avant) || dit('autre_apres', source.slice(fin, fin + 30));
    tous.push({ valeur, nombre: Number(valeur.replace(',', '.')), reduit, autre });
  }
  const prix = tous.filter(({ autre }) => !autre), payants = prix.filter(({ nombre }) => nombre > 0);
  let pleins = payants.filter(({ reduit }) => !reduit);
  if (!pleins.length) pleins = [...payants].sort((un, autre) => autre.nombre - un.nombre).slice(0, 1);
  const libre = dit('gratuit', source) && !dit('pas_gratuit', source), pourTous = libre && !dit('gratuit_si', source);
  const douteux = new Set(pleins.map(({ nombre }) => nombre)).size > 1 || (pourTous && payants.length > 0);
  if (pleins.length && !douteux) {
    fait.prix = pleins[0].valeur;
    const bas = payants.find(({ nombre, reduit }) => reduit && nombre < pleins[0].nombre);
    if (bas) fait.reduit = bas.valeur;
  } else if (!payants.length && (pourTous || (prix.length && !libre))) fait.gratuit = 'true';
  const dite = douteux || payants.length > 2 || (libre && !pourTous);
  if (dite || (Object.keys(fait).length && tous.length > prix.length)) Object.assign(fait, conditionsDe(texte, dits));
  return Object.keys(fait).length ? fait : undefined;
}

function inscriptionDe(texte, dits) {
  const source = plat(texte), sujet = motif(dits.sujet), fait = {}, regimes = new Set();
  for (const [clause] of source.matchAll(motif(dits.clause, 'gi'))) {
    const regime = Object.entries(dits.regimes).find(([, dit]) => motif(dit).test(clause))?.[0];
    if (sujet.test(clause) && motif(dits.nie).test(clause) && regime !== 'aucune') return fait;
    if (regime) regimes.add(regime);
  }
  if (regimes.size > 1) return fait;
  [fait.regime] = regimes;
  const ici = texte.slice(0, LONG).split('\n').filter((une) => sujet.test(plat(une))).join('\n');
  for (const nom of ['courriel', 'telephone', 'url']) fait[nom] = motif(dits[nom]).exec(ici)?.[0];
  fait.telephone = fait.telephone?.replace(/[.-]/g, ' ');
  return Object.fromEntries(Object.entries(fait).filter(([, valeur]) => valeur));
}

function ageDe(texte, dits) {
  const source = plat(texte);
  const deux_ = motif(dits.ages).exec(source), un = motif(dits.des_ans).exec(source);
  if (deux_ && Number(deux_[1]) < Number(deux_[2])) return { min: deux_[1], max: deux_[2] };
  return un ? { min: un[1] ?? un[2] ?? un[3] } : undefined;
}

// What a text says plainly of the price, of booking and of ages.
export const indices = (texte, { indices: dits }) =>
  ({ tarif: tarifDe(texte, dits), inscription: inscriptionDe(texte, dits), age: ageDe(texte, dits) });

// A line that ends by a postcode and a town.
export const POSTAL = /^.{0,120}\b\d{5}\s+[A-ZÉÈ].*$/;
// Whether a piece is a street: after its number, a kind of street or a name, never what is counted.
function estRue(part, { table: { adresses } }) {
  const nue = part.replace(/^\d+ ?(?:(?:bis|ter|quater|[a-d])(?!\p{L}))? */iu, ''), voie = motif(adresses.voie);
  return voie.test(plat(part)) && (!nue || /^\p{Lu}/u.test(nue) || voie.test(plat(nue)));
}
// What another reader understands, or counts, is no piece of an address.
const estFait = (part, boite) => /^(?!\d{5} )\d+\D/.test(part) && !estRue(part, boite)
  || Object.values(indices(part, boite.table)).some((fait) => fait && Object.keys(fait).length);
export const estAdresse = (une, boite) => POSTAL.test(une)
  || une.split(motif(boite.table.adresses.coupes)).some((part) => estRue(part, boite));

// The pieces of where it is, but for days and other facts; « 3 rue du Sud à Laon » is two.
export const lieuDe = (dite, estJour, boite) => dite.split(motif(boite.table.adresses.coupes))
  .filter((part) => part && !estJour(part, boite) && !estFait(part, boite))
  .map((part) => (estRue(part, boite) ? part.replace(/ à (?=\p{Lu}[\p{L}’' -]+$)/u, ', ') : part)).join(', ');

// « La Coupole, salle 2, rue Clabaux, 62570 Wizernes » in its parts, nothing lost: the twin of
// portail_importer/importer/where.py.
export function adresseDe(texte, { adresses: formes }) {
  const dit = (nom, une) => motif(formes[nom]).test(une), fait = {}, reste = [], laisse = [];
  for (const une of texte.split(motif(formes.coupes)).map((piece) => piece.trim()).filter(Boolean)) {
    const [, avant = '', code, ville = ''] = 'commune' in fait ? [] : motif(formes.postal).exec(une) ?? [];
    if (dit('pays', plat(une))) continue;
    if (dit('a_part', plat(une))) {
      laisse.push(une);
      continue;
    }
    if (!code || !(ville || reste.length)) reste.push(une);
    else {
      const commune = nue(ville, formes), suite = ville.slice(commune.length).trim();
      Object.assign(fait, { code_postal: code, commune });
      if (/cedex/i.test(ville)) {
        delete fait.code_postal;
        laisse.push([code, suite].filter(Boolean).join(' '));
      } else if (suite && !/^[\s()\d]*$/.test(suite)) laisse.push(suite.replace(/^[ ()]+|[ ()]+$/g, ''));
      if (avant.trim()) reste.push(avant.trim());
    }
  }
  const piece = (une) => dit('salle', plat(une));
  const rang = reste.findIndex((une) => dit('voie', plat(une)) && !piece(une));
  if (rang >= 0) fait.rue = reste.splice(rang, dit('numero', reste[rang]) && reste[rang + 1] ? 2 : 1).join(' ');
  if (/^\d{5} \D/.test(fait.rue)) { // a second town: no street
    laisse.push(fait.rue);
    delete fait.rue;
  }
  const salles = reste.filter(piece), autres = reste.filter((une) => !piece(une));
  // A room alone is the place: « Salle des fêtes ».
  if (reste[0] && piece(reste[0]) && autres.length < (fait.commune ? 1 : 2)) autres.unshift(salles.shift());
  if (!autres.length && salles.length) autres.push(salles.shift());
  // A name alone may be that of the commune.
  if (fait.commune) fait.nom = autres.join(', ') || undefined;
  else if (autres.length === 1 && !piece(autres[0])) fait.incertain = autres;
  else [fait.nom, ...fait.incertain] = autres;
  if (!fait.incertain?.length) delete fait.incertain;
  if (salles.length) fait.salle = salles.join(', ');
  if (laisse.length) fait.laisse = laisse;
  return fait;
}
// The name of a commune without brackets nor « Cedex ».
export const nue = (commune, formes) =>
  commune.replace(motif(formes.parentheses), '').replace(motif(formes.cedex), '').trim();
