// Sheets whose columns are known, and what their cells say: the twin of workbooks/columns.py, by the
// table that the build makes of it (/contribuer/<genre>/colonnes.json) and the schema of the kind.
const { NB, cle } = await import(document.querySelector('[data-commun]').dataset.commun);
const CHERCHEES = 30, VALEURS = 60, LONGUES = 6;
const sansParentheses = (texte) => texte.replace(/\([^()]*\)/g, ' ');
const dire = ([message, remede], valeurs) => [message, remede].map((phrase) => phrase.replace(/\{(\w+)\}/g, (trou, nom) => valeurs[nom] ?? trou)).join(' ');
const lettres = (rang) => (rang < 26 ? '' : lettres(Math.floor(rang / 26) - 1)) + String.fromCharCode(65 + (rang % 26));

const colonne = (titre, { noms, laisses }) => {
  const entier = cle(titre);
  return laisses.includes(entier) ? undefined : noms[entier] ?? noms[cle(sansParentheses(titre))];
};
// The head is the row that names most columns, two at least, and what the form always has.
function entete({ lignes }, table) {
  const nommees = lignes.slice(0, CHERCHEES).map((ligne) => [ligne, ligne.cellules.map(({ texte }) => texte && colonne(texte, table))]);
  const compte = ([, noms]) => noms.filter(Boolean).length;
  const meilleure = nommees.reduce((une, autre) => (compte(autre) > compte(une) ? autre : une), [null, []]);
  // A second column of a field gives way to another.
  meilleure[1].forEach((nom, rang, toutes) => {
    if (nom && table.seconds.includes(cle(meilleure[0].cellules[rang].texte)) && toutes.some((autre, place) => autre === nom && place !== rang)) toutes[rang] = undefined;
  });
  const noms = new Set(meilleure[1].filter(Boolean));
  return noms.size > 1 && table.exige.every((une) => une.some((nom) => noms.has(nom))) ? meilleure : null;
}

// What the schema says of the field of a column; nothing for one that no field is.
const champDe = (nom, schema) => nom.split('.').reduce((dans, pas) => dans?.properties?.[pas], schema);

const bords = (texte) => texte.split(/[;\n]/).map((un) => un.trim());
// The values of a list: between semicolons or lines, else between commas; one that is known and holds
// a comma stays whole.
function morceaux(texte, connu) {
  const trouves = [];
  for (const part of bords(texte)) {
    const mots = part.split(',').slice(0, VALEURS);
    for (let debut = 0; debut < mots.length;) {
      let fin = Math.min(mots.length, debut + LONGUES);
      while (fin > debut + 1 && !connu(mots.slice(debut, fin).join(',').trim())) fin -= 1;
      trouves.push(mots.slice(debut, fin).join(',').trim());
      debut = fin;
    }
  }
  return trouves.filter(Boolean);
}

// What cells say of their fields. `o` = { lecture, proches, dates, nomme(texte, dossiers) }.
class Valeurs {
  constructor(schema, o) { Object.assign(this, { schema, o }); }

  terme(texte, feuille) {
    return feuille.enum?.includes(texte) ? texte : this.o.lecture.noms(feuille, { mots: this.o.proches }).get(this.o.proches.plier(texte));
  }

  seule({ texte, montre, type }, feuille) {
    if (feuille['x-vocabulaire']) return this.terme(texte, feuille) ?? texte;
    if (feuille['x-code'] === 'E210') {
      const iso = /\d{4}/.test(texte) && this.o.dates.proposer(texte);
      return iso ? iso.replace(/ 00:00$/, '') : texte;
    }
    if (/^(integer|number)$/.test(feuille.type)) {
      const nu = texte.replace(/[ \u00a0\u202f]/g, '');
      return /^-?\d+([.,]\d+)?$/.test(nu) ? nu.replace(',', '.') : texte;
    }
    if (feuille.type === 'boolean') return texte;
    const dit = type && /^\d{4}-\d\d-\d\d/.test(texte) ? texte : (montre || texte).replace(/\s*\n\s*/g, ' ');
    if (feuille['x-references']) return this.o.nomme(dit, feuille['x-references']);
    const [, post, nom, autre, code] = (feuille['x-completion'] === 'communes' && /^(?:(\d{5})\s+(\D.*)|(\D.*?)\s+(\d{5}))$/.exec(dit)) || [];
    return nom || autre ? `${nom ?? autre} (${post ?? code})` : dit;
  }

  // The value of a cell, as a file writes it, or { faute } for what has two meanings.
  de(cellule, nom, libelle) {
    if (nom === 'corps') return cellule.texte.replace(/\r\n?/g, '\n');
    const champ = champDe(nom, this.schema) ?? {}, liste = champ.type === 'array', feuille = liste ? champ.items : champ;
    if (/^(integer|number)$/.test(feuille.type) && (feuille.maximum ?? 1000) >= 1000 && !cellule.type && /^\d{1,3}([.,]\d{3})+$/.test(cellule.texte)) {
      const dernier = cellule.texte.includes('.') ? '.' : ',', coupe = cellule.texte.lastIndexOf(dernier), sans = (un) => un.replace(/[.,]/g, '');
      const parts = `${sans(cellule.texte.slice(0, coupe))},${cellule.texte.slice(coupe + 1)}`.replace(/0+$/, '').replace(/,$/, '');
      return { faute: ['E209', { valeur: cellule.texte, cle: libelle, attendu: `${sans(cellule.texte)}, ou ${parts}` }] };
    }
    if (!liste) return this.seule(cellule, feuille);
    const texte = cellule.montre || cellule.texte, mots = Boolean(feuille['x-vocabulaire']);
    const connu = (un) => (mots ? Boolean(this.terme(un, feuille)) : this.o.nomme(un, feuille['x-references'] ?? []) !== un);
    const barres = texte.split(/(?<!\\)\|/); // between values of our own tables
    const trouves = barres.length > 1 ? barres.map((un) => un.replaceAll('\\|', '|').trim()) : !mots && /[;\n]/.test(texte) ? bords(texte) : morceaux(texte, connu);
    return [...new Set(trouves.filter(Boolean).map((un) => this.seule({ texte: un, montre: un }, feuille)))];
  }
}

// The titles of what references name: the slug of the one content that bears a title, else the text.
async function nommer(schema, donnees) {
  const dossiers = new Set(JSON.stringify(schema).match(/"x-references":\[[^\]]*\]/g)?.flatMap((un) => JSON.parse(un.slice(15))) ?? []);
  const connus = new Map(await Promise.all([...dossiers].map(async (dossier) => {
    const { lignes } = await donnees('reperes', `${dossier}.json`).catch(() => ({ lignes: [] })), titres = new Map();
    for (const [slug, titre] of lignes) {
      // « La Coupole, Centre d’histoire » is « La Coupole » too.
      for (const nom of new Set([cle(titre), cle(titre.split(/, | [–-] | \(/)[0])])) titres.set(nom, [...titres.get(nom) ?? [], slug]);
    }
    return [dossier, { titres, slugs: new Set(lignes.map(([slug]) => slug)) }];
  })));
  return (texte, voulus) => {
    const siens = [voulus].flat().map((un) => connus.get(un)).filter(Boolean);
    if (siens.some(({ slugs }) => slugs.has(texte))) return texte;
    const trouves = siens.flatMap(({ titres }) => titres.get(cle(texte)) ?? []);
    return trouves.length === 1 ? trouves[0] : texte;
  };
}

// A note, a total, heads that come again: one cell alone, and none that its form always has.
function aCote({ cellules }, tete, noms, { exige }) {
  const dites = cellules.map(({ texte }, rang) => [rang, texte]).filter(([, texte]) => texte);
  if (dites.length > 1 && dites.every(([rang, texte]) => tete.cellules[rang]?.texte === texte)) return true;
  const voulues = exige.slice(1).flat(), [[premier, texte] = [], ...suite] = dites, voulue = (rang) => voulues.includes(noms[rang]);
  if (!voulues.length || !dites.length) return false;
  if (/^(total|totaux)( |$)/.test(cle(texte))) return !suite.some(([rang]) => voulue(rang));
  return dites.length === 1 && !(voulue(premier) && /\d/.test(texte));
}

// The rows of the sheet that has the columns of the form: { numero, valeurs, fautes }, each value by its
// column, each fault where it is; null when no sheet has them.
function lire(feuilles, table, valeurs) {
  const [feuille, lue] = feuilles.map((une) => [une, entete(une, table)]).find(([, tete]) => tete) ?? [];
  if (!lue) return null;
  const [tete, noms] = lue, laisse = [], premieres = noms.map((nom, rang) => (nom && noms.indexOf(nom) === rang ? nom : ''));
  const inconnues = tete.cellules.filter(({ texte }, rang) => texte && !noms[rang] && ![...table.laisses, ...table.seconds].includes(cle(texte))).map(({ texte }) => `«${NB}${texte}${NB}»`);
  if (inconnues.length) laisse.push(`${inconnues.length > 1 ? 'Ces colonnes ne sont pas reconnues, et sont laissées' : 'Cette colonne n’est pas reconnue, et est laissée'} de côté${NB}: ${inconnues.slice(0, 8).join(', ')}.`);
  const rangs = [];
  for (const ligne of feuille.lignes) {
    const { numero, cellules } = ligne;
    if (numero <= tete.numero || aCote(ligne, tete, noms, table)) continue;
    if (premieres.every((nom, rang) => !nom || (cellules[rang]?.texte ?? '') === table.exemple[nom])) continue;
    const rang = { numero, valeurs: {}, fautes: [] }, fauter = (nom, [code, dits]) => rang.fautes.push({
      code, colonne: nom, ou: `Ligne ${numero}, colonne «${NB}${table.colonnes[nom]}${NB}» (${lettres(premieres.indexOf(nom))})`, dit: dire(table.phrases[code] ?? valeurs.schema['x-codes'][code], dits),
    });
    rang.fauter = fauter;
    premieres.forEach((nom, place) => {
      const cellule = nom && cellules[place];
      if (!cellule) return;
      if (cellule.faute) fauter(nom, ['E137', { raison: cellule.faute }]);
      const dite = cellule.texte ? valeurs.de(cellule, nom, table.colonnes[nom]) : '';
      if (dite.faute) fauter(nom, dite.faute);
      else if (dite.length) rang.valeurs[nom] = dite;
    });
    if (Object.keys(rang.valeurs).length || rang.fautes.length) rangs.push(rang);
  }
  return { rangs, laisse };
}

// The rows of a spreadsheet; null when none of its sheets has the columns of the form.
export async function rangees(brut, boite) {
  const noms = ['tableur', 'rangs', 'quand', 'lecture', 'proches', 'dates'], [tableur, rangs, quand, lecture, proches, dates] = await Promise.all(noms.map(boite.charger));
  try {
    const feuilles = typeof brut === 'string' ? tableur.separe(brut) : await tableur.lire(brut, boite);
    const [schema, table, { lignes: reperes }] = await Promise.all([boite.donnees('schema'), boite.donnees('colonnes'), boite.donnees('reperes', 'lieux.json').catch(() => ({ lignes: [] }))]);
    const valeurs = new Valeurs(schema, { lecture, proches, dates, nomme: await nommer(schema, boite.donnees) });
    const lu = lire(feuilles, table, valeurs);
    if (lu) return rangs.composer(lu, boite.genre, { ...boite, schema, valeurs, quand, reperes, table, dire });
    const voulues = table.exige.map((une) => table.colonnes[une[0]]), [un, autre] = voulues.length > 1 ? voulues : Object.values(table.colonnes);
    return typeof brut === 'string' ? null : { laisse: [`Les colonnes de ce tableur ne sont pas reconnues${NB}: une ligne doit les nommer, par exemple «${NB}${un}${NB}» et «${NB}${autre}${NB}».`] };
  } catch (raison) {
    if (raison instanceof tableur.Refus) return { laisse: [raison.message] };
    throw raison;
  }
}
