// What is pasted from Word, LibreOffice, Google Docs or a page, as Markdown: headings, lists, bold,
// italics, links and tables stay. Everything is read in a document apart, where nothing is fetched
// and nothing runs.
const OTES = 'script,style,meta,link,title,template,iframe,object,embed,noscript,svg,math,xml,'
  + 'input,select,datalist,button,textarea,dialog,video,audio,canvas,img,picture,v\\:shape,v\\:shapetype';
const IMAGES = 'img,svg,picture:not(:has(img)),v\\:imagedata';
// A caption goes with its picture.
const LEGENDES = 'figure:has(img):not(:has(table,iframe,video,blockquote,pre)) figcaption';
const UTILES = 'h1,h2,h3,h4,h5,h6,li,b,strong,i,em,a[href],table,del,s,strike,blockquote,pre,code,hr';
const CONTROLES = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const VIDE = /^[\s\u00a0]*$/;

// Signs that nobody sees, which a paste brings; no-break spaces are good French.
export const nettoyer = (texte) => texte.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(CONTROLES, '')
  .replace(/\u0092/g, '’').normalize('NFC');

// An address without what only tells where its reader comes from (`suivi`); '' when a text may not
// hold it, or when it knows its reader (`personnels`).
function epurer(ecrite, { suivi, personnels }) {
  if (!URL.canParse(ecrite.trim())) return '';
  const url = new URL(ecrite.trim());
  if (/^(www\.)?google\./.test(url.hostname) && url.pathname === '/url') {
    const vers = url.searchParams.get('q') ?? url.searchParams.get('url');
    if (vers) return epurer(vers, { suivi, personnels });
  }
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return url.href;
  if (!/^https?:$/.test(url.protocol) || url.username || personnels.test(url.href.replaceAll('%40', '@'))) return '';
  const noms = [...url.searchParams.keys()].filter((nom) => suivi.test(nom));
  for (const nom of noms) url.searchParams.delete(nom);
  return noms.length
    ? url.href
    : ecrite
        .trim()
        .replace(/[()\s]/g, encodeURIComponent)
        .replace(/\(/g, '%28')
        .replace(/\)/g, '%29');
}

const creer = (document, nom, ...contenu) => {
  const element = document.createElement(nom);
  element.append(...contenu);
  return element;
};
const style = (element) => (element.getAttribute('style') ?? '').toLowerCase();

// Words of another tag, or none, around the same contents.
function remplacer(element, nom) {
  if (nom) element.replaceWith(creer(element.ownerDocument, nom, ...element.childNodes));
  else element.replaceWith(...element.childNodes);
}

// Lists that Word writes as paragraphs: their marker is text to leave out, their level a style.
function listes(document) {
  let ouvertes = [];
  for (const ligne of [...document.querySelectorAll('[style*="mso-list"]')]) {
    const [, rang] = /mso-list:\s*\S+\s+level(\d)/.exec(style(ligne)) ?? [];
    if (!rang || !ligne.isConnected) continue;
    const signe = ligne.querySelector('[style*="mso-list:Ignore" i],[style*="mso-list: Ignore" i]');
    const nom = /^[\s\u00a0]*[\da-z]{1,4}[.)]/i.test(signe?.textContent ?? '') ? 'ol' : 'ul';
    const suite = ligne.previousElementSibling === ouvertes[0]?.liste;
    signe?.remove();
    if (/^h[1-6]$/i.test(ligne.localName)) continue;
    if (!suite) ouvertes = [];
    while (ouvertes.length && ouvertes.at(-1).rang > rang) ouvertes.pop();
    let ici = ouvertes.at(-1);
    if (!ici || ici.rang < rang) {
      const liste = document.createElement(nom);
      if (ici) ici.liste.lastElementChild.append(liste);
      else ligne.before(liste);
      ouvertes.push((ici = { rang, liste }));
    }
    ici.liste.append(creer(document, 'li', ...ligne.childNodes));
    ligne.remove();
  }
}

// Headings begin at the second level, without a gap.
function titres(document) {
  for (const titre of document.querySelectorAll('p.MsoTitle')) remplacer(titre, 'h1');
  const tous = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
  const rangs = [...new Set(tous.map(({ localName }) => localName))].sort();
  for (const titre of tous) {
    for (const gras of titre.querySelectorAll('b,strong,br')) remplacer(gras);
    if (VIDE.test(titre.textContent)) titre.remove();
    else remplacer(titre, `h${Math.min(6, rangs.indexOf(titre.localName) + 2)}`);
  }
}

// Bold and italics that a style says, or denies (Google Docs wraps all in a bold that is not).
function emphases(document) {
  for (const element of [...document.querySelectorAll('b,strong,i,em,span,font,u,ins')]) {
    const dit = style(element), [, poids] = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(dit) ?? [];
    const grave = poids ? /^(bold|[6-9]00)/.test(poids) : /^(b|strong)$/.test(element.localName);
    const penche = /(?:^|[;\s])font-style:/.test(dit)
      ? /(?:^|[;\s])font-style:\s*(italic|oblique)/.test(dit)
      : /^(i|em)$/.test(element.localName);
    const titre = element.closest('h1,h2,h3,h4,h5,h6,th');
    const noms = [grave && !titre && 'strong', penche && 'em', /line-through/.test(dit) && 'del'].filter(Boolean);
    if (element.querySelector('p,div,li,table,h1,h2,h3')) noms.length = 0;
    let dedans = [...element.childNodes];
    for (const nom of noms) dedans = [creer(document, nom, ...dedans)];
    element.replaceWith(...dedans);
  }
}

function liens(document, motifs) {
  for (const lien of document.querySelectorAll('a')) {
    const vers = epurer(lien.getAttribute('href') ?? '', motifs);
    if (!vers || VIDE.test(lien.textContent)) remplacer(lien);
    else lien.setAttribute('href', vers);
  }
}

// A table that only places things is unfolded; the others lose what a row cannot hold.
function tableaux(document) {
  for (const table of [...document.querySelectorAll('table')].reverse()) {
    const rangs = [...table.rows];
    if (rangs.length < 2 || rangs.every(({ cells }) => cells.length < 2) || table.querySelector('table')) {
      table.replaceWith(
        ...rangs.flatMap(({ cells }) => [...cells].map((une) => creer(document, 'div', ...une.childNodes))),
      );
      continue;
    }
    for (const bloc of table.querySelectorAll('p,div,li,ul,ol,h1,h2,h3,h4,h5,h6,br')) {
      bloc.after(' ');
      remplacer(bloc);
    }
  }
}

// What its author hid, by the same lists as sources/unseen.py; what is but heard, unless it is the most.
function cacher({ body }, caches) {
  const tailles = new Set(), long = body.textContent.length;
  const [styles, transparent, parait, rien, montrees] =
    ['styles', 'transparent', 'parait', 'sans_taille', 'montrees'].map((nom) => new RegExp(caches[nom], 'i'));
  const cache = (dit, noms) => styles.test(dit) || (transparent.test(dit) && !parait.test(dit))
    || (caches.classes.some((un) => noms.includes(un)) && !noms.some((un) => montrees.test(un)));
  for (const element of [...body.querySelectorAll('*')].reverse()) {
    const dit = style(element).slice(0, 2000).replace(/\/\*.*?\*\/|\s+/g, ''), noms = [...element.classList];
    const entendu = caches.entendues.some((un) => noms.includes(un)) && element.textContent.length * 2 < long;
    const dessin = /^(i|span)$/.test(element.localName) && element.ariaHidden === 'true';
    const vide = rien.test(dit), tenu = tailles.has(element);
    if (element.hidden || entendu || dessin || cache(dit, noms) || (vide && !tenu)) element.remove();
    else if (tenu || element.localName === 'img' || (dit.includes('font-size:') && !vide))
      tailles.add(element.parentElement);
  }
}

// What reviewers wrote: a remark begins with a link back to where it stands; words that a text with
// insertions has struck.
function relire({ body }, { remarques, relecteurs }) {
  for (const lien of body.querySelectorAll('a[href*="#"]')) {
    const lu = new RegExp(remarques).exec(lien.getAttribute('href').replace(/^[^#]*/, ''));
    let haut = lien;
    while (lu?.[1] && !haut.previousElementSibling && !/^(body|main|article)$/.test(haut.parentElement.localName))
      haut = haut.parentElement;
    if (lu) haut.remove();
  }
  const classes = relecteurs.map((nom) => `.${nom}`);
  for (const un of body.querySelectorAll([...classes, ...body.querySelector('ins') ? ['del'] : []])) un.remove();
}

function depouiller(document) {
  for (const element of [...document.querySelectorAll('*')]) if (element.localName.includes(':')) remplacer(element);
  listes(document);
  for (const ligne of [...document.querySelectorAll('p,div,li')]) {
    if (VIDE.test(ligne.textContent) && !ligne.querySelector('hr')) ligne.remove();
  }
  // Google Docs: a list below an item stands beside it.
  for (const liste of document.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    if (liste.previousElementSibling?.localName === 'li') liste.previousElementSibling.append(liste);
  }
  // Google Docs, LibreOffice: an item is a paragraph.
  for (const ligne of document.querySelectorAll('li > p:first-child')) remplacer(ligne);
}

const compter = (document) => [...document.querySelectorAll(IMAGES)]
  .filter((une) => !(Number(une.getAttribute('width') ?? 9) < 4)).length;

// The clean tree of a paste, and how many pictures it left aside; `suivi` matches the names of what
// follows readers in an address, `personnels` those that know them, `caches` says how a page hides.
export function lire(html, { suivi, personnels, caches }) {
  const document = new DOMParser().parseFromString(html, 'text/html');
  cacher(document, caches);
  relire(document, caches);
  const images = compter(document);
  for (const une of document.querySelectorAll(LEGENDES)) une.remove();
  for (const un of document.querySelectorAll(OTES)) un.remove();
  depouiller(document);
  emphases(document);
  titres(document);
  liens(document, { suivi: new RegExp(suivi, 'i'), personnels: new RegExp(personnels, 'i') });
  tableaux(document);
  return { corps: document.body, images, utile: Boolean(document.body.querySelector(UTILES)) };
}

const cellule = (une) => une.replace(/\s*\n\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|').trim();

function convertisseur(Turndown) {
  const service = new Turndown({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    hr: '---',
  });
  const rangs = new WeakMap(); // counting from the first again and again would take long
  const regle = (filter, replacement) => service.addRule(`${filter}`, { filter, replacement });
  // A sign that opens before punctuation does not open.
  for (const [signe, ...balises] of [['**', 'strong', 'b'], ['*', 'em', 'i']]) {
    regle(balises, (texte) => {
      const [, avant, mots] = /^([\s,.;:!?»)…]*)([\s\S]*)$/.exec(texte);
      return mots.trim() ? avant + signe + mots + signe : texte;
    });
  }
  regle(['del', 's', 'strike'], (texte) => (texte.trim() ? `~~${texte}~~` : texte));
  regle(['td', 'th'], (texte) => ` ${cellule(texte)} |`);
  regle('tr', (texte, rang) => {
    const table = rang.closest('table'), premier = table.rows[0] === rang;
    const largeur = Math.max(...[...table.rows].map(({ cells }) => cells.length));
    const plein = `|${texte.replace(/\n/g, '')}${'  |'.repeat(largeur - rang.cells.length)}\n`;
    return premier ? `${plein}|${' --- |'.repeat(largeur)}\n` : plein;
  });
  regle(['thead', 'tbody', 'tfoot'], (texte) => texte);
  regle('table', (texte) => `\n\n${texte.trim()}\n\n`);
  regle('li', (texte, item) => {
    const liste = item.parentNode, rang = (rangs.get(item.previousElementSibling) ?? -1) + 1;
    rangs.set(item, rang);
    const signe = liste.localName === 'ol' ? `${(Number(liste.getAttribute('start')) || 1) + rang}. ` : '- ';
    const lignes = texte.trim().replace(/\n{2,}/g, '\n').replace(/\n/g, `\n${' '.repeat(signe.length)}`);
    return `${signe}${lignes}${item.nextSibling ? '\n' : ''}`;
  });
  return service;
}

let service;

// `Turndown` is what the library exports.
export function markdown(Turndown, corps) {
  service ??= convertisseur(Turndown);
  return nettoyer(service.turndown(corps))
    .replace(/(\S?)([ \t]+)$/gm, (fin, avant, blanc) => avant + (avant && blanc === '  ' ? blanc : ''))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
