// Markdown as the site will show it (portail/body): a library reads it into tokens, and nodes are
// made of them one by one. No string ever becomes HTML.
const ENCADRES = {
  __proto__: null,
  note: 'a-retenir', important: 'a-retenir', 'a-retenir': 'a-retenir', tip: 'definition',
  definition: 'definition', warning: 'attention', caution: 'attention', attention: 'attention',
};
const TITRES = { 'a-retenir': 'À retenir', definition: 'Définition', attention: 'Attention' };
const COLONNES = { center: 'centre', right: 'droite', left: 'gauche' };
const BALISES = new Set(('p h2 h3 h4 h5 h6 ul ol li blockquote table caption thead tbody tr th td hr br pre code '
  + 'em strong del a abbr dl dt dd span sup sub aside section div').split(' '));
const LIMITE = 200_000;

const { creer: faire } = await import(document.querySelector('[data-commun]').dataset.commun);
const creer = (nom, ...suite) => faire(BALISES.has(nom) ? nom : 'span', ...suite);

// Boxes that the library does not know, « !!! note », are written as quotes.
export function preparer(source) {
  const lignes = [];
  let cloture = '', boite = false;
  for (const ligne of source.replace(/\r\n?/g, '\n').split('\n')) {
    const [, signe] = /^ {0,3}(`{3,}|~{3,})/.exec(ligne) ?? [];
    if (signe && (!cloture || ligne.trim().startsWith(cloture))) cloture = cloture ? '' : signe;
    const ouverte = !cloture && /^ {0,3}!!! ?([\w-]+)[ \t]*(?:"([^"]*)")?[ \t]*$/.exec(ligne);
    const retrait = /^(?: {4}|\t)(.*)/.exec(ligne);
    if (ouverte && ouverte[1].toLowerCase() in ENCADRES) {
      lignes.push('', `> [!${ouverte[1]}] ${ouverte[2] ?? ''}`);
      boite = true;
    } else if (boite && (retrait || !ligne.trim())) {
      lignes.push(retrait ? `> ${retrait[1]}` : '>');
    } else {
      if (boite) lignes.push('');
      boite = false;
      lignes.push(ligne);
    }
  }
  return lignes.join('\n');
}

// Subscripts, exponents and formulas (text/notation.py). A formula is drawn when the site is made: here
// it is shown as it is written.
function noter(md, motifs) {
  const lire = (nom, { src, pos }) => Object.assign(new RegExp(motifs[nom][0], 'uy'), { lastIndex: pos }).exec(src);
  md.inline.ruler.before('strikethrough', 'indices', (etat, muet) => {
    const { src, pos, posMax } = etat, nom = { '~': 'sub', '^': 'sup' }[src[pos]];
    const trouve = nom && lire(nom, etat), fin = pos + (trouve ? trouve[0].length : 1);
    if (!trouve && (nom !== 'sub' || src.slice(Math.max(pos - 1, 0), pos + 2).includes('~~'))) return false;
    if (!muet && !trouve) etat.push('text', '', 0).content = '~';
    else if (!muet) {
      etat.push(`${nom}_open`, nom, 1);
      Object.assign(etat, { pos: pos + 1, posMax: fin - 1 });
      etat.md.inline.tokenize(etat);
      etat.posMax = posMax;
      etat.push(`${nom}_close`, nom, -1);
    }
    etat.pos = fin;
    return true;
  });
  md.inline.ruler.before('escape', 'formule', (etat, muet) => {
    const trouve = etat.src[etat.pos] === '$' && lire('formule', etat);
    if (!trouve || etat.pos + trouve[0].length > etat.posMax) return false;
    if (!muet) etat.push('formule', '', 0).content = trouve[1] ?? trouve[2];
    etat.pos += trouve[0].length;
    return true;
  });
  md.block.ruler.before('reference', 'formule', (etat, debut, derniere, muet) => {
    // Asked of each line of a paragraph or of a list: most are none.
    if (!etat.src.startsWith('$$', etat.bMarks[debut] + etat.tShift[debut])) return false;
    const dedans = (rang) => rang < derniere && !etat.isEmpty(rang) && etat.sCount[rang] >= etat.blkIndent;
    let fin = debut, texte = '';
    do {
      fin += 1;
      texte = etat.getLines(debut, fin, etat.blkIndent, false).trimEnd();
    } while (dedans(fin) && !/^ {0,3}\$\$[^]+\$\$$/.test(texte));
    const [, contenu] = /^ {0,3}\$\$\s*((?:[^$\\]|\\[^])+?)\s*\$\$$/.exec(texte) ?? [];
    if (!contenu || muet) return Boolean(contenu);
    Object.assign(etat.push('formule_bloc', '', 0), { content: contenu, map: [debut, fin] });
    etat.line = fin;
    return true;
  }, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

// The library as we use it.
export function lecteur({ default: fabrique, notes, definitions, abreviations }, motifs) {
  const md = fabrique({ html: false, linkify: true, typographer: false, maxNesting: 20 });
  md.enable(['table', 'strikethrough']);
  md.validateLink = () => true;
  md.normalizeLink = md.normalizeLinkText = (texte) => texte;
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
  md.linkify.add('www.', {
    validate: (texte, pos) =>
      /^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#][^\s<>"«»]*[^\s<>"«».,:;!?)*_'’…])?/i.exec(texte.slice(pos))?.[0].length ?? 0,
    normalize: (lien) => {
      lien.url = `http://${lien.url}`;
    },
  });
  for (const ajout of [notes, definitions, abreviations]) md.use(ajout);
  noter(md, motifs);
  return md;
}

// Ordinals in Roman figures (text/typography.py).
const ORDINAL = /\b([IVX]{2,}|[IVX](?=er?[ \u00a0](?:si|mill|Rép)))(er?)\b/;

// Nodes of tokens; `decalage`: how many levels lower the headings stand; `juger`: what an address may
// be (`lien` of contribuer-adresses.js).
class Rendu {
  constructor(decalage, juger) { Object.assign(this, { decalage, juger, tables: 0 }); }

  blocs(jetons, racine) {
    const pile = [racine];
    for (const jeton of jetons) {
      const ici = pile.at(-1);
      if (jeton.nesting < 0) {
        if (pile.length > 1) this.nommer(pile.pop());
      } else if (jeton.type === 'inline') {
        const texte = this.encadre(jeton, ici, pile) ?? ici; // what is left of the line is in it
        this.ligne(jeton.children, texte);
      } else if (jeton.type === 'fence' || jeton.type === 'code_block') {
        ici.append(creer('pre', { tabindex: '0' }, creer('code', {}, jeton.content)));
      } else if (jeton.type === 'formule_bloc') {
        ici.append(creer('div', { class: 'formule' }, creer('code', {}, jeton.content)));
      } else if (jeton.nesting || jeton.type === 'hr') {
        const element = this.bloc(jeton);
        if (!jeton.hidden) ici.append(element.parentNode ?? element);
        if (jeton.nesting) pile.push(jeton.hidden ? ici : element);
      }
    }
  }

  // What a table holds: the names of its first columns.
  nommer(element) {
    if (element.localName !== 'thead') return;
    const colonnes = [...element.querySelectorAll('th')].map((une) => une.textContent.trim().replace(/\s+/g, ' '));
    const dites = colonnes.filter((une) => une).slice(0, 3).join(', ');
    const cadre = element.closest('.tableau');
    if (dites) cadre.ariaLabel += `\u00a0: ${dites}`;
  }

  bloc({ tag, type, attrs }) {
    const lus = Object.fromEntries(attrs ?? []);
    if (type === 'heading_open') return creer(`h${Math.min(6, Math.max(2, Number(tag[1])) + this.decalage)}`);
    if (tag === 'table') {
      const table = creer('table');
      this.tables += 1;
      creer('div', { class: 'tableau', role: 'region', tabindex: '0', 'aria-label': `Tableau ${this.tables}` }, table);
      return table;
    }
    if (type === 'footnote_block_open') return this.notes();
    const element = creer(type === 'footnote_open' ? 'li' : tag);
    if (tag === 'th') element.scope = 'col';
    const [, sens] = /text-align:(\w+)/.exec(lus.style ?? '') ?? [];
    if (sens) element.className = COLONNES[sens];
    if (lus.start) element.start = Number(lus.start);
    return element;
  }

  // A quote that begins with « [!NOTE] » is a box; its first line is its title.
  encadre(jeton, paragraphe, pile) {
    const citation = pile.at(-2);
    const [, mot] = /^\[!([a-z-]+)\]/i.exec(jeton.content) ?? [];
    const sorte = ENCADRES[mot?.toLowerCase()];
    if (!sorte || citation?.localName !== 'blockquote' || citation.firstChild !== paragraphe) return null;
    const boite = creer('aside', { class: `encadre ${sorte}`, role: 'note' }),
      titre = creer('p', { class: 'encadre-titre' }, TITRES[sorte]);
    const saut = jeton.children.findIndex(({ type }) => type.endsWith('break'));
    const dedans = saut < 0 ? jeton.children : jeton.children.slice(0, saut);
    const reste = saut < 0 ? [] : jeton.children.splice(saut + 1);
    dedans[0].content = dedans[0].content.slice(mot.length + 3).trimStart();
    if (dedans.some(({ content }) => content)) {
      titre.append(' : ');
      this.ligne(dedans, titre);
    }
    jeton.children = reste;
    citation.replaceWith(boite);
    boite.append(titre);
    pile[pile.length - 2] = boite;
    if (reste.length) boite.append(paragraphe);
    return paragraphe;
  }

  ligne(jetons, parent) {
    const pile = [parent];
    for (const jeton of jetons) {
      const ici = pile.at(-1), { type, content } = jeton;
      if (jeton.nesting < 0) {
        if (pile.length > 1) pile.pop();
      } else if (jeton.nesting) {
        pile.push(
          ici.appendChild(
            type === 'link_open'
              ? this.lien(jeton)
              : creer(jeton.tag === 's' ? 'del' : jeton.tag, Object.fromEntries(jeton.attrs ?? [])),
          ),
        );
      } else if (type === 'code_inline' || type === 'formule') ici.append(creer('code', {}, content));
      else if (type === 'hardbreak') ici.append(creer('br'), '\n');
      else if (type === 'softbreak') ici.append('\n');
      else if (type === 'image')
        ici.append(creer('span', { class: 'image-absente' }, content ? `Image : ${content}` : 'Image'));
      else if (type === 'footnote_ref')
        ici.append(creer('sup', { class: 'appel' }, creer('a', {}, String(jeton.meta.id + 1))));
      else if (/^su[bp] [\d+−–-]+$/.test(`${ici.localName} ${content}`)) ici.append(content.replace(/[-–]/g, '−'));
      else ici.append(...content.split(ORDINAL).map((un, rang) => (rang % 3 === 2 ? creer('sup', {}, un) : un ?? '')));
    }
    this.tache(parent);
  }

  lien(jeton) {
    const { nature, valeur } = this.juger(jeton.attrGet('href') ?? '');
    if (nature === 'refusee') return creer('span', { class: 'lien-refuse' });
    return creer('a', nature === 'externe' ? { href: valeur, target: '_blank', rel: 'noopener noreferrer' } : {});
  }

  // An item that begins with « [ ] » or « [x] » is a task.
  tache(parent) {
    const item = parent.localName === 'p' ? parent.parentNode : parent, premier = parent.firstChild;
    const trouve = item?.localName === 'li' && premier?.nodeType === 3 && /^\[([ x])\]\s+(?=\S)/i.exec(premier.data);
    if (!trouve) return;
    premier.data = ` ${premier.data.slice(trouve[0].length)}`;
    const [dit, signe] = trouve[1] === ' ' ? ['À faire', '☐'] : ['Fait', '☑'];
    parent.prepend(creer('span', { class: 'tache-case', role: 'img', 'aria-label': dit }, signe));
    item.className = 'tache';
  }

  notes() {
    const elements = creer('ol');
    creer('section', { class: 'notes' }, creer(`h${2 + this.decalage}`, {}, 'Notes'), elements);
    return elements;
  }
}

// A table under a paragraph « Graphique : … » has its caption and its bars (portail/body/charts.py).
function graphiques(racine) {
  for (const cadre of [...racine.children]) {
    const demande = cadre.previousElementSibling, debut = demande?.firstChild, table = cadre.firstChild;
    if (cadre.className !== 'tableau' || demande?.localName !== 'p' || debut?.nodeType !== 3) continue;
    const titre = /^\s*graphique\s*:\s*(?=\S)([^]*)/i.exec(debut.data)?.[1];
    if (!titre) continue;
    debut.data = titre[0].toUpperCase() + titre.slice(1);
    table.prepend(creer('caption', {}, ...demande.childNodes));
    demande.remove();
    const cellules = [...table.querySelectorAll('td:nth-child(2):last-child')];
    const nombres = cellules.map(({ textContent }) =>
      Number.parseFloat(/\d+(?:\s\d{3})*(?:,\d+)?/.exec(textContent)?.[0].replace(/\s/g, '').replace(',', '.')));
    const plus = Math.max(...nombres);
    if (!(plus > 0)) continue;
    for (const [rang, une] of cellules.entries()) {
      const part = Math.floor((100 * nombres[rang]) / plus + .5);
      une.className = `barre d${Math.floor(part / 10)} u${part % 10}`;
    }
  }
}

let connu;

// A function from Markdown to a fragment; `lib` is what the library exports, `juges` makes what judges
// addresses, `motifs` are patterns of notation.
export function moteur(lib, juges, motifs) {
  connu ??= lecteur(lib, motifs);
  const { lien } = juges(connu.utils.unescapeAll);
  return (markdown, decalage = 0) => {
    const racine = document.createDocumentFragment();
    if (markdown.length <= LIMITE) {
      new Rendu(decalage, lien).blocs(connu.parse(preparer(markdown), {}), racine);
      graphiques(racine);
    }
    return racine;
  };
}
