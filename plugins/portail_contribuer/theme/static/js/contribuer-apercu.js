// How a proposal will appear: in the agenda or a list, in the letter, as a page. What is cloned is
// drawn by the macros of the site (contribuer_apercu.html); words are put in it as text.
const form = document.getElementById('Formulaire');
const adresses = JSON.parse(form.dataset.modules), { dossier } = form.dataset;
const LISTES = {
  events: 'l’agenda',
  articles: 'la liste des articles',
  annonces: 'les annonces',
  ressources: 'les ressources',
  lieux: 'l’annuaire',
  dossiers: 'les dossiers',
};
const TROP_TARD = { events: 'ce rendez-vous aura déjà eu lieu', annonces: 'cette annonce sera terminée' };

const {
  bouton, creer, dater: feuilleter, ecrire, enfiler, feuillet, habiller, lire: lireJson, marquer, modele,
  titrer: poserTitre,
} = await import(document.querySelector('[data-commun]').dataset.commun);

const mots = await import(new URL('contribuer-mots.js', import.meta.url));
const temps = await import(new URL('contribuer-dates.js', import.meta.url));
const { peindre } = await import(new URL('contribuer-gestes.js', import.meta.url));

let schema, motifs;
// The facts as words read them: names of what is referred to, the commune.
async function lire(entete, faits) {
  const fichiers = JSON.parse(form.dataset.adresses);
  schema ??= faits.schema ?? lireJson(fichiers.schema);
  motifs ??= (await lireJson(fichiers.corps)).motifs;
  const { lieu } = faits, ecrite = lieu ? lieu.precision : entete.adresse?.commune ?? entete.commune ?? '';
  const [, commune = lieu ? '' : ecrite, numero] = /^(?:.*, )?([^,]+) \((\w+)\)$/.exec(ecrite) ?? [];
  const noms = { ...faits.titres, ...lieu && { [lieu.slug]: lieu.titre } };
  return { ...faits, dossier, schema: await schema, noms, commune, departement: numero };
}

// The signs of French typography that change where a line is cut (text/typography.py does them all).
const typo = (texte) => texte.replace(/(?<=\p{L})'(?=\p{L})/gu, '’').replaceAll('...', '…')
  .replace(/ (?=[:;!?»](?!\/))/g, '\u00a0').replace(/« /g, '«\u00a0')
  .replace(/(?<=\p{L})-t-(?=(?:ils?|elles?|on)(?![\p{L}-]))/gu, '\u2011t\u2011');

// « *…* » is italics, in titles and summaries.
function titrer(element, texte) {
  const parts = typo(texte).split(/(?<![\w*\\])\*(?![\s*])([^*]+?)(?<!\s)\*(?![\w*])/);
  poserTitre(element, parts.map((part, n) => (n % 2 ? part : part.replaceAll('\\*', '*'))));
  noter(element);
}

// « H~2~O », « m^2^ »: subscripts and exponents (text/notation.py).
const libre = (texte) => texte.replace(/\\([~^])/g, '$1');
function noter(element) {
  const marques = new RegExp(`${motifs.sub[0]}|${motifs.sup[0]}`, 'gu');
  for (const un of [element, ...element.children].flatMap(({ childNodes }) => [...childNodes])) {
    if (un.nodeType !== 3) continue;
    let fait = 0;
    for (const trouve of un.data.matchAll(marques)) {
      const dit = libre(trouve.slice(1).find((part) => part !== undefined));
      const montre = /^[\d+\-−–.,()=]+$/.test(dit) ? dit.replace(/[-–]/g, '−') : dit;
      un.before(libre(un.data.slice(fait, trouve.index)), creer(trouve[0][0] === '~' ? 'sub' : 'sup', {}, montre));
      fait = trouve.index + trouve[0].length;
    }
    un.data = libre(un.data.slice(fait));
  }
}

function dater(feuille, { jour, fin = '', avant, etat = '', an }) {
  const [, , dit, suite] = feuille.children;
  delete feuille.dataset.jour;
  feuilleter(feuille, jour, { avant, mois: an ? `${feuillet(jour).mois} ${an}` : undefined });
  if (etat) feuille.classList.add(`etat-${etat}`);
  if (!fin) suite?.remove();
  else {
    const { numero, mois } = feuillet(fin);
    suite.textContent = `→ ${numero} ${mois}`;
    if (fin.slice(0, 7) === jour.slice(0, 7)) dit.remove();
  }
}

// What a line and the head of a page share: leaf, labels, title.
function entamer(element, carte) {
  const feuille = element.querySelector('.eph');
  if (carte.theme) element.classList.add(`t-${carte.theme}`);
  if (carte.feuille?.aDater) feuille.replaceWith(modele('reporte'));
  else if (carte.feuille?.jour) dater(feuille, carte.feuille);
  else {
    feuille.remove();
    element.classList.remove('avec-eph');
  }
  marquer(element, carte.etiquettes);
}

function detailler(meta, details, ancien = '') {
  if (ancien) {
    const [avant, suite] = modele('ancien').children;
    avant.querySelector('del').lastChild.data = ancien;
    avant.querySelector('strong').textContent = details[0];
    meta.replaceWith(avant, '\n', suite);
    detailler(suite, details.slice(1));
    return;
  }
  if (!details.length) meta.remove();
  meta.replaceChildren(...enfiler(details.join(' · ')));
}

function ligneListe(faits, entete) {
  const carte = mots.carte(entete, faits), ligne = modele('ligne-agenda');
  entamer(ligne, carte);
  titrer(ligne.querySelector('.carte-titre'), carte.titre || 'Sans titre');
  ligne.querySelector('.sur').textContent = carte.precision || carte.surtitre;
  detailler(ligne.querySelector('.meta'), carte.details, carte.ancien);
  return ligne;
}

function ligneLettre(faits, entete) {
  const jour = temps.jeudi(entete.publie_le > faits.jour ? entete.publie_le : faits.jour),
    dit = mots.breve(entete, faits, jour);
  const quand = temps.direJour(jour, { annee: jour.slice(0, 4) !== faits.jour.slice(0, 4) });
  if (dit.tard) {
    const phrase = `La prochaine lettre part le ${quand} : ${TROP_TARD[dossier]}.`;
    return creer('figure', {}, creer('figcaption', {}, 'Dans la lettre'), creer('p', { class: 'meta' }, phrase));
  }
  const liste = modele('ligne-lettre'), ligne = liste.firstElementChild;
  titrer(ligne.querySelector('h4'), dit.titre || 'Sans titre');
  const meta = ligne.querySelector('.meta'), fort = meta.querySelector('strong');
  ecrire(meta, dit.details);
  fort.textContent = dit.quand;
  if (dit.quand) meta.prepend(fort, dit.details ? ' · ' : '');
  return creer('figure', {}, creer('figcaption', {}, `Dans la lettre du ${quand}`),
    creer('p', { class: 'meta' }, dit.section), liste);
}

// The small card beside the form.
export const ligne = async (region, entete, faits) =>
  region.replaceChildren(ligneListe(await lire(entete, faits), entete));

// The lines that follow the check; what has appeared is no news for a letter.
export async function lignes(region, entete, faits, parue) {
  const lu = await lire(entete, faits);
  region.replaceChildren(
    creer('figure', {}, creer('figcaption', {}, `Dans ${LISTES[dossier]}`), ligneListe(lu, entete)),
    ...(document.getElementById('Modele-ligne-lettre') && !parue ? [ligneLettre(lu, entete)] : []),
  );
}

// What its practical box says, in lines.
export const dits = async (entete, faits) =>
  mots.pratique(entete, await lire(entete, faits)).map(([nom, valeurs]) => `${nom} : ${valeurs.join(', ')}`);

async function illustrer(corps, { blob }, { alt = '', credit = '', legende = '' } = {}) {
  const toile = creer('canvas');
  await peindre(toile, blob, 1280, alt);
  const dite = [legende, credit && `© ${credit}`].filter(Boolean).join(' · ');
  corps.prepend(
    creer(
      'figure',
      { class: 'hero' },
      creer('div', { class: 'vis' }, toile),
      ...(dite ? [creer('figcaption', {}, dite)] : []),
    ),
  );
}

async function dessiner(faits, entete, texte) {
  const fiche = modele('page'), carte = mots.carte(entete, faits), infos = fiche.querySelector('.infos');
  entamer(fiche, carte);
  fiche.classList.add(`de-${dossier}`);
  fiche.querySelector('.sur').textContent = carte.surtitre;
  titrer(fiche.querySelector('h1'), carte.titre || 'Sans titre');
  if (carte.resume) titrer(fiche.querySelector('.chapo'), carte.resume);
  else fiche.querySelector('.chapo').remove();
  const liste = infos.querySelector('dl'), fait = liste.querySelector('.fait'), rangs = mots.pratique(entete, faits);
  liste.replaceChildren(...rangs.map(([nom, valeurs]) => {
    const rang = fait.cloneNode(true);
    rang.querySelector('dt').textContent = nom;
    rang.querySelector('dd').replaceWith(...valeurs.map((une) => creer('dd', {}, une)));
    return rang;
  }));
  if (!rangs.length) {
    infos.remove();
    fiche.querySelector('.fiche-grille').className = 'fiche-seule';
  }
  const prose = fiche.querySelector('.prose'), { rendre } = await import(adresses.texte);
  if (texte.trim()) prose.replaceChildren(await rendre(texte));
  else prose.remove();
  if (faits.image) await illustrer(fiche.querySelector('.fiche-corps'), faits.image, entete.image).catch(() => {});
  return fiche;
}

// The sheet of pages, which the form does not need before.
let charge;
export async function page(entete, texte, faits) {
  const lu = await lire(entete, faits);
  charge ??= habiller(document.getElementById('Modele-page').dataset.feuille);
  // A font that comes late would wait for the next page.
  const [fiche, feuille] = await Promise.all([
    dessiner(lu, entete, texte), charge, ...['', 'italic '].map((style) => document.fonts.load(`${style}1em Literata`)),
  ]);
  feuille.disabled = false;
  const fermer = bouton('Fermer', 'bouton', () => dialogue.close());
  fermer.autofocus = true;
  const imprimer = bouton('Imprimer', 'bouton second', () => window.print());
  const dialogue = creer(
    'dialog',
    { class: 'apercu-page', 'aria-labelledby': 'Apercu-page-titre' },
    creer(
      'div',
      { class: 'apercu-tete' },
      creer('p', { id: 'Apercu-page-titre' }, 'Comme elle paraîtra'),
      imprimer,
      fermer,
    ),
    fiche,
  );
  dialogue.addEventListener('close', () => {
    feuille.disabled = true;
    dialogue.remove();
  });
  document.body.append(dialogue);
  dialogue.showModal();
}
