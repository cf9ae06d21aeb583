// Spreadsheets in the browser: .xlsx, .ods, separated values and cells that were copied. The twin of
// workbooks/ (grid, package, xlsx, reading): rows of cells, and sentences for what cannot be read. A
// cell is { texte, montre, type, faute }: its value (days in ISO 8601), how it is shown, whether the
// spreadsheet knows it for a number or a day, why a formula gives nothing.
const { NB, deux } = await import(document.querySelector('[data-commun]').dataset.commun);
const PARTIE = 30_000_000, LIGNES = 2_000, COLONNES = 300, SIGNES = 40_000, FEUILLES = 30;
const SANS_VALEUR = 'la formule n’a pas de valeur enregistrée';
const JOURS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const RIEN = { texte: '', montre: '', type: false, faute: '' };

export class Refus extends Error {}
const refuser = (phrase) => { throw new Refus(phrase); };
const net = (texte) => (texte.length > SIGNES ? refuser(`Une cellule compte plus de ${SIGNES} signes${NB}: «${NB}${texte.slice(0, 40)}…${NB}».`) : texte.trim());
const simple = (texte, montre = texte) => ({ ...RIEN, texte, montre });
const vide = ({ texte, faute }) => !texte && !faute;

// The rows that hold something, without the empty cells at their ends.
function serrer(lignes) {
  const gardees = [];
  for (const [numero, cellules] of lignes) {
    cellules.length = Math.min(cellules.length, COLONNES);
    while (cellules.length && vide(cellules.at(-1))) cellules.pop();
    if (!cellules.length) continue;
    if (gardees.length === LIGNES) refuser(`Ce tableur compte plus de ${LIGNES} lignes${NB}: coupez-le en plusieurs, ou envoyez-le tel quel à la rédaction.`);
    gardees.push({ numero, cellules });
  }
  return gardees;
}

// No exponent, the fifteen digits that a spreadsheet keeps.
function nombre(texte, unite = '') {
  const lu = Number(texte), plein = (un) => {
    const court = String(Number(un.toPrecision(15)));
    return court.includes('e') ? un.toFixed(20).replace(/\.?0+$/, '') : court;
  };
  if (!texte || Number.isNaN(lu) || Math.abs(lu) > 1e15) return simple(texte);
  const montre = plein(unite === '%' ? lu * 100 : lu).replace('.', ',');
  return { ...RIEN, texte: plein(lu), montre: unite ? `${montre}${NB}${unite}` : montre, type: true };
}

// Parts of an archive: only those that are read, none beyond its bound, whatever the archive says.
async function ouvrir(octets, { charger }) {
  const { unzipSync } = await charger('zip'), noms = /^(content\.xml|META-INF\/manifest\.xml|xl\/(workbook|styles|sharedStrings|_rels\/workbook\.xml|worksheets\/[^/]+)\.(xml|rels))$/;
  try {
    return unzipSync(octets, { filter: ({ name, originalSize }) => noms.test(name) && (originalSize <= PARTIE || refuser('Ce tableur est trop lourd une fois décompressé.')) });
  } catch (raison) {
    throw raison instanceof Refus ? raison : new Refus(`Ce fichier est abîmé, ou n’est pas un tableur${NB}: enregistrez-le de nouveau en .ods ou .xlsx, sans mot de passe.`);
  }
}
// A document type is where entities that grow are declared: no spreadsheet writes one.
function analyser(octets) {
  const texte = new TextDecoder().decode(octets ?? new Uint8Array());
  if (/<!DOCTYPE/i.test(texte)) refuser('Ce fichier déclare un type de document : aucun tableur n’en écrit.');
  const page = new DOMParser().parseFromString(texte || '<a/>', 'text/xml');
  if (page.querySelector('parsererror')) refuser(`Ce fichier est abîmé${NB}: enregistrez-le de nouveau en .ods ou .xlsx.`);
  return page;
}
const tous = (element, nom) => [...element.getElementsByTagNameNS('*', nom)];
const trait = (element, nom) => [...element.attributes].find((un) => un.localName === nom)?.value ?? '';
const fois = (element, nom) => (/^\d{1,8}$/.test(trait(element, nom)) ? Math.max(Number(trait(element, nom)), 1) : 1);

// OpenDocument (OASIS OpenDocument 1.3, part 3).
function texteOds(element) {
  let texte = '';
  for (const un of element.childNodes) {
    if (un.nodeType === 3 || un.nodeType === 4) texte += un.data;
    else if (un.localName === 's') texte += ' '.repeat(Math.min(fois(un, 'c'), 20));
    else if (un.localName === 'tab') texte += '\t';
    else if (un.localName === 'line-break') texte += '\n';
    else if (un.localName && !/^(annotation|ruby-text)$/.test(un.localName)) texte += texteOds(un);
    if (texte.length > 2 * SIGNES) break;
  }
  return texte;
}
function celluleOds(element) {
  const formule = trait(element, 'formula');
  const montre = net([...element.children].filter(({ localName }) => /^[ph]$/.test(localName)).map(texteOds).join('\n'));
  const types = [...element.attributes].filter(({ localName }) => localName === 'value-type').map(({ value }) => value), type = types.includes('error') ? 'error' : types[0] ?? '';
  if (formule && (type === 'error' || /^(#|Err:)/.test(montre))) return { ...RIEN, faute: `la formule donne «${NB}${montre.slice(0, 20)}${NB}»` };
  if (formule && !type) return { ...RIEN, faute: SANS_VALEUR };
  if (/^(float|currency|percentage)$/.test(type)) {
    const lu = nombre(trait(element, 'value'));
    return { ...lu, montre: montre || lu.montre };
  }
  if (type === 'date') {
    const [jour, heure = ''] = trait(element, 'date-value').split('T');
    return { ...RIEN, texte: /[1-9]/.test(heure) ? `${jour} ${heure.slice(0, 5)}` : jour, montre, type: true };
  }
  if (type === 'boolean') return { ...simple(trait(element, 'boolean-value') === 'true' ? 'oui' : 'non'), type: true };
  return simple(montre || net(trait(element, 'string-value')), montre);
}
function lireOds(parties) {
  if (parties['META-INF/manifest.xml'] && /encryption-data/.test(new TextDecoder().decode(parties['META-INF/manifest.xml']))) refuser('Ce tableur est protégé par un mot de passe : enregistrez-le sans.');
  return tous(analyser(parties['content.xml']), 'table').slice(0, FEUILLES).map((feuille) => {
    const lignes = [];
    let numero = 1;
    for (const une of tous(feuille, 'table-row')) {
      const cellules = [];
      for (const element of une.children) {
        if (!/^(covered-)?table-cell$/.test(element.localName)) continue;
        const lue = celluleOds(element), combien = Math.min(fois(element, 'number-columns-repeated'), COLONNES);
        cellules.push(...Array(combien).fill(vide(lue) ? RIEN : lue));
        if (cellules.length > COLONNES) break;
      }
      // A row said to be there a million times is an empty one.
      const repetee = fois(une, 'number-rows-repeated'), pleine = !cellules.every(vide);
      for (let rang = 0; pleine && rang < Math.min(repetee, COLONNES); rang += 1) lignes.push([numero + rang, [...cellules]]);
      if (lignes.length > 2 * LIGNES) break;
      numero += repetee;
    }
    return { nom: trait(feuille, 'name'), lignes: serrer(lignes) };
  });
}

// Office Open XML (ECMA-376, part 1, 18).
const passages = (element) => [...element.children].map((un) => (un.localName === 't'
  ? un.textContent.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16))) : un.localName === 'r' ? passages(un) : '')).join('');
function stylesDe(page) {
  const formes = new Map(tous(page, 'numFmt').map((un) => [trait(un, 'numFmtId'), trait(un, 'formatCode')]));
  return tous(page, 'cellXfs').flatMap((un) => [...un.children]).map((un) => {
    const numero = un.getAttribute('numFmtId') ?? '0', code = formes.get(numero) ?? '';
    const nu = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').toLowerCase();
    if (JOURS.has(Number(numero)) || /[dy]/.test(nu)) return { jour: true };
    return { unite: /^(9|10)$/.test(numero) || nu.includes('%') ? '%' : code.includes('€') ? '€' : '', heure: /h/.test(nu) || /^(1[89]|2[01]|4[567])$/.test(numero) };
  });
}
function celluleXlsx(element, { textes, styles, depuis }) {
  const dans = Object.fromEntries([...element.children].map((un) => [un.localName, un])), valeur = net(dans.v?.textContent ?? '');
  const type = element.getAttribute('t') ?? 'n';
  if (type === 'e') return { ...RIEN, faute: `elle contient l’erreur «${NB}${valeur.slice(0, 20)}${NB}»` };
  if (dans.f && !valeur && type !== 'str') return { ...RIEN, faute: SANS_VALEUR };
  if (type === 's') return simple(net(textes[Number(valeur)] ?? ''));
  if (type === 'inlineStr') return simple(net(dans.is ? passages(dans.is) : ''));
  if (type === 'b') return { ...simple(valeur === '1' ? 'oui' : 'non'), type: true };
  if (type !== 'n' || !valeur) return simple(valeur);
  const style = styles[Number(element.getAttribute('s') ?? -1)] ?? {};
  if (style.heure && /^0(\.\d+)?$/.test(valeur)) {
    const minutes = Math.round(Number(valeur) * 1440);
    return { ...simple(`${deux(Math.floor(minutes / 60))}:${deux(minutes % 60)}`), type: true };
  }
  if (!style.jour) return nombre(valeur, style.unite);
  const instant = new Date(depuis + Math.round(Number(valeur) * 86_400) * 1000);
  if (Number.isNaN(instant.getTime())) return simple(valeur);
  const [jour, heure] = instant.toISOString().split('T'), texte = heure.startsWith('00:00') ? jour : `${jour} ${heure.slice(0, 5)}`;
  return { ...simple(texte), type: true };
}
function lireXlsx(parties) {
  if (!parties['xl/workbook.xml']) refuser('Ce fichier n’est pas un tableur : enregistrez-le en .ods ou .xlsx.');
  const classeur = analyser(parties['xl/workbook.xml']), liens = new Map(tous(analyser(parties['xl/_rels/workbook.xml.rels']), 'Relationship').map((un) => {
    const cible = un.getAttribute('Target') ?? '';
    return [un.getAttribute('Id'), cible.startsWith('/') ? cible.slice(1) : new URL(cible, 'http://a/xl/').pathname.slice(1)];
  }));
  const tard = /^(1|true)$/.test(tous(classeur, 'workbookPr')[0]?.getAttribute('date1904') ?? '');
  const livre = {
    textes: tous(analyser(parties['xl/sharedStrings.xml']), 'si').map(passages), styles: stylesDe(analyser(parties['xl/styles.xml'])),
    depuis: tard ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30),
  };
  return tous(classeur, 'sheet').slice(0, FEUILLES).map((un) => [un.getAttribute('name'), parties[liens.get(trait(un, 'id'))]]).filter(([, octets]) => octets).map(([nom, octets]) => {
    let numero = 0;
    return { nom, lignes: serrer(tous(analyser(octets), 'row').map((ligne) => {
      const cellules = [];
      numero = /^\d{1,8}$/.test(ligne.getAttribute('r') ?? '') ? Number(ligne.getAttribute('r')) : numero + 1;
      for (const element of ligne.children) {
        if (element.localName !== 'c') continue;
        const [, lettres = ''] = /^([A-Z]{1,3})\d{1,7}$/.exec(element.getAttribute('r') ?? '') ?? [];
        const rang = [...lettres].reduce((somme, lettre) => somme * 26 + lettre.charCodeAt(0) - 64, 0) - 1;
        while (cellules.length < Math.min(rang, COLONNES)) cellules.push(RIEN);
        if (cellules.length > COLONNES) break;
        cellules.push(celluleXlsx(element, livre));
      }
      return [numero, cellules];
    })) };
  });
}

// Separated values (RFC 4180): the separator is the sign that cuts the first line most.
export function* enregistrements(texte, separateur) {
  let champs = [], champ = '', dans = false, debut = 0;
  for (let rang = 0; rang <= texte.length; rang += 1) {
    const signe = texte[rang];
    if (dans) {
      if (signe === undefined) refuser(`Un guillemet n’est pas refermé${NB}: enregistrez ce tableur en .ods ou .xlsx.`);
      const double = signe === '"' && texte[rang + 1] === '"';
      if (signe !== '"' || double) champ += signe;
      else dans = false;
      rang += Number(double);
    } else if (signe === '"' && !champ && rang === debut) dans = true;
    else if (signe === separateur || signe === '\n' || signe === undefined) {
      champs.push(champ);
      [champ, debut] = ['', rang + 1];
      if (signe === separateur) continue;
      yield champs;
      champs = [];
    } else champ += signe;
  }
}
const celluleCsv = (brut) => {
  const texte = net(brut);
  if (texte.startsWith('=')) return { ...RIEN, faute: SANS_VALEUR };
  return simple(/^'[=+\-@']/.test(texte) ? texte.slice(1) : texte);
};
export function separateur(texte) {
  const tete = texte.slice(0, 20_000), coupe = (par) => {
    try {
      for (const un of enregistrements(tete, par)) if (un.some(Boolean)) return un.length;
    } catch { /* the head stops in a quoted cell */ }
    return 0;
  };
  return [';', ',', '\t'].reduce((un, autre) => (coupe(autre) > coupe(un) ? autre : un));
}
export function separe(texte) {
  const [, dit] = /^\s*sep=(.?)\n/.exec(texte) ?? [], par = dit ?? separateur(texte);
  let numero = 0;
  const lignes = function* () {
    for (const champs of enregistrements(dit === undefined ? texte : texte.replace(/^\s*sep=.?/, ''), par)) yield [numero += 1, champs.map(celluleCsv)];
  };
  return [{ nom: '', lignes: serrer(lignes()) }];
}

// Bytes of a workbook → its sheets.
export async function lire(octets, boite) {
  const parties = await ouvrir(octets, boite);
  return (parties['content.xml'] ? lireOds(parties) : lireXlsx(parties)).filter(({ lignes }) => lignes.length);
}
