// A text judged as `portail check` judges it: the tokens of the library that draws it, the tables of
// portail_contribuer/contribuer/body_rules.py. A fault is { code, chemin: ['corps'], message, remede, extrait, mieux }:
// `extrait` is where it stands in the text, `mieux` what to write there instead.
const octets = (texte) => new TextEncoder().encode(texte).length;
const titreDe = (jetons) =>
  jetons
    .map(({ type, content, children }) =>
      type === 'image' || type === 'footnote_ref'
        ? ''
        : children
          ? titreDe(children)
          : /break$/.test(type)
            ? '\n'
            : content,
    )
    .join('');

// What the size and the signs of a text alone forbid.
function demesure(texte, table) {
  const poids = octets(texte);
  if (poids > table.poids) return { code: 'E301', valeurs: { poids: Math.ceil(poids / 1000) } };
  if (texte.split('\n').some((ligne) => octets(ligne) > table.ligne)) return { code: 'E302' };
  if (new RegExp(`^(?:${table.motifs.fusion[0]})$`, 'mu').test(texte)) return { code: 'E143' };
  for (const signe of table.signes)
    if (texte.includes(signe.repeat(table.repetition + 1))) return { code: 'E303', valeurs: { signe } };
  const [imbriques, ouverts] = table.crochets, profondeurs = [];
  for (const [signe] of texte.matchAll(/\\[[\]]|[[\]]|\n[ \t]*\n/g)) {
    if (signe === '[' && profondeurs.push(0) > ouverts) return { code: 'E304' };
    if (signe === ']' && profondeurs.length) {
      const profondeur = profondeurs.pop() + 1;
      if (profondeur > imbriques) return { code: 'E304' };
      if (profondeurs.length) profondeurs[profondeurs.length - 1] = Math.max(profondeurs.at(-1), profondeur);
    } else if (signe.at(-1) === '\n') profondeurs.length = 0;
  }
  return null;
}

// The library, taught what we refuse: tags, lists of attributes, calls of notes that are not there.
function enseigner(md, table) {
  const ici = (nom) => new RegExp(table.motifs[nom][0], 'uy');
  const [balise, nomme, lache, attribut, commentaire, attributs] = [
    'balise', 'nom', 'lache', 'attribut', 'commentaire', 'attributs',
  ].map(ici);
  const lire = (motif, texte, place) => {
    motif.lastIndex = place;
    return motif.exec(texte);
  };
  const poser = (etat, muet, type, contenu) => {
    if (!muet) etat.push(type, '', 0).content = contenu;
    etat.pos += contenu.length;
    return true;
  };
  function finDe(texte, place) {
    const bonne = lire(balise, texte, place);
    if (bonne) return balise.lastIndex;
    const trouve = lire(nomme, texte, place), fin = nomme.lastIndex;
    if (!trouve || !Object.hasOwn(table.balises, trouve[2].toLowerCase())) return 0;
    if (lire(lache, texte, fin)) return lache.lastIndex;
    return lire(attribut, texte, fin) ? fin : 0;
  }
  md.inline.ruler.at('html_inline', (etat, muet) => {
    const { src, pos } = etat;
    if (src[pos] !== '<') return false;
    const [ouvre] = lire(commentaire, src, pos) ?? [];
    if (ouvre) {
      const ferme = { '<!--': '-->', '<?': '?>', '<![CDATA[': ']]>' }[ouvre] ?? '>';
      const fin = src.indexOf(ferme, pos + ouvre.length);
      return poser(etat, muet, 'commentaire', src.slice(pos, fin < 0 ? pos + ouvre.length : fin + ferme.length));
    }
    const fin = finDe(src, pos);
    return fin > 0 && poser(etat, muet, 'balise', src.slice(pos, fin));
  });
  md.inline.ruler.before('link', 'note_absente', (etat, muet) => {
    const [appel, nom] = etat.src[etat.pos] === '[' ? /^\[\^([^\]\s]+)\]/.exec(etat.src.slice(etat.pos)) ?? [] : [];
    if (!appel || etat.env.footnotes?.refs?.[`:${nom}`] !== undefined) return false;
    return poser(etat, muet, 'note_absente', appel);
  });
  // « (mon fichier.pdf) »: no address for Markdown, but whoever wrote it meant one.
  md.inline.ruler.after('link', 'espacee', (etat, muet) => {
    if (etat.src[etat.pos] !== '[') return false;
    const fin = md.helpers.parseLinkLabel(etat, etat.pos, true);
    const trouve = fin > 0 && /^\(([^()\n<>"]+ [^()\n<>"]*\.[A-Za-z0-9]{2,4})\)/.exec(etat.src.slice(fin + 1));
    if (!trouve) return false;
    if (!muet) etat.push('espacee', '', 0).meta = trouve[1];
    return poser(etat, muet, 'texte', etat.src.slice(etat.pos, fin + 1 + trouve[0].length));
  });
  md.inline.ruler.before('emphasis', 'attributs', (etat, muet) => {
    const [liste] = etat.src[etat.pos] === '{' ? lire(attributs, etat.src, etat.pos) ?? [] : [];
    return Boolean(liste) && poser(etat, muet, 'attributs', liste);
  });
  md.inline.ruler.disable('footnote_inline');
  md.set({ maxNesting: 400 });
  return md;
}

// Which tags to tell: a closing one is told with its opening one, a cell with its table.
function* aDire(balises, table) {
  const ouvertes = new Map();
  for (const balise of balises) {
    const [, ferme, ecrit = ''] = /^<(\/?)([A-Za-z][\p{L}\p{N}_:-]*)/u.exec(balise) ?? [], nom = ecrit.toLowerCase();
    const combien = ouvertes.get(nom) ?? 0;
    if (ferme && combien) ouvertes.set(nom, combien - 1);
    else if (ferme) yield [balise, table.phrases.ferme];
    else {
      const dedans = [...ouvertes].some(([hors, reste]) =>
        reste && Object.hasOwn(table.dedans, hors) && table.dedans[hors].includes(nom));
      ouvertes.set(nom, combien + 1);
      if (!dedans) yield [balise, Object.hasOwn(table.balises, nom) ? table.balises[nom] : table.phrases.inconnue];
    }
  }
}

class Lecture {
  constructor(table, { lien, image }, mots) {
    Object.assign(this, {
      table, lien, image, mots, fautes: [], balises: [], ancres: [], internes: [],
      prises: new Set(table.ancres), niveau: 1,
    });
  }

  dire(code, valeurs = {}, extrait = '', mieux = '') { this.fautes.push({ code, valeurs, extrait, mieux }); }

  titre(niveau, { children, content }) {
    const texte = titreDe(children).trim(), { mots } = this;
    if (!texte) this.dire('E319');
    if (niveau === 1) this.dire('E313', {}, content);
    else if (niveau > this.niveau + 1) this.dire('E314', { avant: this.niveau, apres: niveau }, content);
    this.niveau = Math.max(niveau, 2);
    if (!texte) return;
    let voulue = mots.slug(texte) || 'section';
    if (/^(?:note|appel|encadre)-\d+(?:-\d+)?$/.test(voulue)) voulue = `section-${voulue}`;
    let ancre = voulue;
    for (let rang = 2; this.prises.has(ancre); rang += 1) ancre = `${voulue}-${rang}`;
    this.prises.add(ancre);
    this.ancres.push(ancre);
  }

  vise(adresse, extrait) {
    const { nature, valeur, code, attendu } = adresse;
    if (nature === 'refusee' || (nature === 'ancre' && !valeur))
      this.dire(code || 'E323', { valeur: nature === 'ancre' ? '#' : valeur, attendu }, extrait, attendu);
    else if (nature !== 'externe') this.internes.push({ ...adresse, extrait });
  }

  vague(texte) {
    const { vague, vagues, motifs } = this.table;
    return (
      [...texte].length <= vague &&
      vagues.includes(this.mots.plier(texte).replace(new RegExp(motifs.bords[0], 'gu'), ''))
    );
  }

  ligne(jetons) {
    let ouvert = -1;
    jetons.forEach((jeton, rang) => {
      const { type, content, children } = jeton;
      if (type === 'link_open') ouvert = rang;
      else if (type === 'link_close' && ouvert >= 0) {
        this.unLien(jetons[ouvert], jetons.slice(ouvert + 1, rang));
        ouvert = -1;
      } else if (type === 'balise') this.balises.push(content);
      else if (type === 'commentaire') this.dire('E312', {}, content);
      else if (type === 'attributs') this.dire('A327', { valeur: content }, content);
      else if (type === 'note_absente') this.dire('E321', { valeur: content.slice(2, -1) }, content);
      else if (type === 'espacee') this.dire('E323', { valeur: jeton.meta }, jeton.meta);
      else if (type === 'image') {
        const source = jeton.attrGet('src') ?? '', lue = this.image(source);
        if (!content.trim()) this.dire('E318', {}, source);
        if (lue.code) this.dire(lue.code, lue, source);
        else this.internes.push({ ...lue, nature: 'image', extrait: source });
        this.ligne(
          (children ?? []).filter((un) => un.type === 'balise' || un.type === 'attributs' || un.type === 'commentaire'),
        );
      }
    });
  }

  unLien(jeton, dedans) {
    if (jeton.markup === 'linkify') return; // what is no address stays a text
    const texte = titreDe(dedans).trim(), vers = jeton.attrGet('href') ?? '';
    if (!texte && !dedans.some(({ type, content }) => type === 'image' && content.trim())) this.dire('E320', {}, vers);
    else if (this.vague(texte)) this.dire('A322', { valeur: texte }, texte);
    this.vise(this.lien(vers), vers);
  }

  // Every block; what is nested too deep forbids all the rest.
  blocs(jetons, env) {
    let profondeur = 0, titre = 0;
    for (const jeton of jetons) {
      if (/^(blockquote|list_item|dd|footnote)_(open|close)$/.test(jeton.type)) profondeur += jeton.nesting;
      if (profondeur > this.table.profondeur) return false;
      if (jeton.type === 'heading_open') titre = Number(jeton.tag[1]);
      if (jeton.type !== 'inline') continue;
      this.ligne(jeton.children);
      if (titre) this.titre(titre, jeton);
      titre = 0;
    }
    for (const [balise, remede] of aDire(this.balises, this.table))
      this.dire('E311', { balise, remede: remede.replace('{balise}', () => balise) }, balise);
    for (const [nom, appelee] of Object.entries(env.footnotes?.refs ?? {}))
      if (appelee < 0) this.dire('A328', { valeur: nom.slice(1) }, `[^${nom.slice(1)}]`);
    return true;
  }

  // Links to this same page, whose headings are all known now.
  fragments(page, env) {
    for (const { nature, valeur, extrait } of this.internes) {
      const ancre = nature === 'ancre' && (this.mots.slug(valeur) || 'section');
      if (!ancre || this.ancres.includes(ancre) || (ancre === 'notes' && env.footnotes)) continue;
      const [proche] = this.mots.proches(ancre, [...this.ancres].sort(), 1);
      const { phrases } = this.table, remede = proche ? phrases.proche.replace('{propose}', proche) : phrases.copier;
      this.dire('E402', { cible: page, ancre: valeur, remede }, extrait);
    }
  }
}

let connu;

// Faults of a text, and what it names of the portal: { fautes, internes: [{ nature, valeur }] }.
// `outils` = { rendu, markdown, adresses, proches, controle }: modules; `page` is its name.
export function juger(texte, table, { rendu, markdown, adresses, proches, controle }, page = '') {
  const remplir = ({ code, valeurs = {}, extrait = '', mieux = '' }) => {
    const [message, remede] = controle.phrases(table.codes[code], valeurs);
    const [dit, conseil] = controle.phrases(table.personne[code] ?? table.codes[code], valeurs);
    return { code, chemin: ['corps'], message, remede, dit, conseil, ecrire: '', besoins: [], extrait, mieux };
  };
  const net = texte.replace(/\r\n?/g, '\n'), trop = demesure(net, table);
  if (trop) return { fautes: [remplir(trop)], internes: [] };
  connu ??= enseigner(rendu.lecteur(markdown, table.motifs), table);
  const { unescapeAll } = connu.utils,
    env = {},
    lecture = new Lecture(table, adresses.adresses(table, unescapeAll), proches);
  if (!lecture.blocs(connu.parse(rendu.preparer(net), env), env))
    return { fautes: [remplir({ code: 'E304' })], internes: [] };
  lecture.fragments(page, env);
  return {
    fautes: lecture.fautes.map(remplir),
    internes: lecture.internes.filter(({ nature }) => nature !== 'ancre'), remplir,
  };
}

// The links to the portal, as far as its landmarks tell; what they do not is left to the review.
export async function suivre({ fautes, internes, remplir }, { phrases, dossiers }, reference) {
  const restes = [];
  for (const { nature, valeur, extrait } of internes) {
    const [dossier, slug, ...suite] = valeur.replace(/^\.*\/+|[?#].*|\/(?:index\.html)?$/g, '').split('/'),
      genre = dossiers[dossier];
    const nom = slug?.replace(/\.md$/, ''),
      sur = nature === 'interne' && genre && nom && !suite.length && !/[#.]/.test(valeur.replace(/\.md$/, ''));
    const trouve = sur ? await reference([genre], `${genre}/${nom}`) : null;
    if (!trouve)
      restes.push(phrases[nature === 'image' ? 'image_du_texte' : 'lien_du_texte'].replace('{valeur}', () => valeur));
    else if (!trouve.connu) {
      const mieux = trouve.proche && `${genre}/${trouve.proche}`;
      const remede = mieux ? phrases.plus_proche.replace('{propose}', mieux) : phrases.sans_md;
      fautes.push(remplir({ code: 'E401', valeurs: { valeur, remede }, extrait, mieux }));
    }
  }
  return { fautes, restes };
}
