// How a proposal will appear: in the agenda or a list, in the letter, as a page. What is cloned is
// drawn by the macros of the site (contribuer_apercu.html); words are put in it as text.
const form = document.getElementById('Formulaire');
const adresses = JSON.parse(form.dataset.modules), { dossier } = form.dataset;
const LISTES = { events: 'l’agenda', articles: 'la liste des articles', annonces: 'les annonces', ressources: 'les ressources', lieux: 'l’annuaire', dossiers: 'les dossiers' };
const TROP_TARD = { events: 'ce rendez-vous aura déjà eu lieu', annonces: 'cette annonce sera terminée' };

const modele = (nom) => document.getElementById(`Modele-${nom}`)?.content.firstElementChild.cloneNode(true);
const creer = (nom, attributs, ...contenu) => {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) element.setAttribute(cle, valeur);
  element.append(...contenu);
  return element;
};

let schema;
// The words, and the facts as they read them: names of what is referred to, the commune.
async function lire(entete, faits) {
  schema ??= faits.schema ?? fetch(JSON.parse(form.dataset.adresses).schema).then((reponse) => reponse.json());
  const [mots, temps, dates, lu] = await Promise.all([...['mots', 'moments', 'dates'].map((nom) => import(adresses[nom])), schema]);
  temps.avec(dates);
  mots.avec(temps);
  const { lieu } = faits, ecrite = lieu ? lieu.precision : entete.adresse?.commune ?? entete.commune ?? '';
  const [, commune = lieu ? '' : ecrite, numero] = /^(?:.*, )?([^,]+) \((\w+)\)$/.exec(ecrite) ?? [];
  const noms = { ...faits.titres, ...lieu && { [lieu.slug]: lieu.titre } };
  return { mots, temps, faits: { ...faits, dossier, schema: lu, noms, commune, departement: numero } };
}

// The signs of French typography that change where a line is cut (text/typography.py does them all).
const typo = (texte) => texte.replace(/(?<=\p{L})'(?=\p{L})/gu, '’').replaceAll('...', '…')
  .replace(/ (?=[:;!?»](?!\/))/g, '\u00a0').replace(/« /g, '«\u00a0');

// « *…* » is italics, in titles and summaries.
function titrer(element, texte) {
  const parts = typo(texte).split(/(?<![\w*\\])\*(?![\s*])([^*]+?)(?<!\s)\*(?![\w*])/);
  element.replaceChildren(...parts.map((part, n) => (n % 2 ? creer('em', {}, part) : part.replaceAll('\\*', '*'))));
}

const rang = (numero) => (numero === '1' ? [numero, creer('sup', {}, 'er')] : [numero]);
function dater(feuille, temps, { jour, fin = '', avant = '', etat = '' }) {
  const { semaine, numero, mois } = temps.feuillet(jour), [mot, dit, suite] = feuille.querySelectorAll(':scope > span');
  feuille.dateTime = jour;
  delete feuille.dataset.jour;
  if (etat) feuille.classList.add(`etat-${etat}`);
  mot.textContent = avant || semaine;
  feuille.querySelector('b').replaceChildren(...rang(numero));
  dit.textContent = mois;
  if (!fin) suite?.remove();
  else {
    const dernier = temps.feuillet(fin);
    suite.replaceChildren('→ ', ...rang(dernier.numero), ` ${dernier.mois}`);
    if (fin.slice(0, 7) === jour.slice(0, 7)) dit.remove();
  }
}

// What a line and the head of a page share: leaf, labels, title.
function entamer(element, carte, temps) {
  const feuille = element.querySelector('.eph'), etiquettes = element.querySelector('.etiqs');
  const dites = carte.etiquettes.filter(([, code]) => code !== 'gratuit');
  if (carte.theme) element.classList.add(`t-${carte.theme}`);
  if (carte.feuille?.aDater) feuille.replaceWith(modele('reporte'));
  else if (carte.feuille?.jour) dater(feuille, temps, carte.feuille);
  else {
    feuille.remove();
    element.classList.remove('avec-eph');
  }
  for (const [, code] of dites) if (code === 'annule' || code === 'passe') element.classList.add(`est-${code}`);
  etiquettes.replaceChildren(...dites.flatMap(([texte, code, forte]) => [creer('span', { class: `etiq${forte ? ' forte' : ''} e-${code}` }, texte), ' ']));
  if (!dites.length) etiquettes.remove();
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
  meta.replaceChildren(...details.flatMap((un, n) => [n ? ' · ' : '', creer('span', {}, un)]));
}

function ligneListe({ mots, temps, faits }, entete) {
  const carte = mots.carte(entete, faits), ligne = modele('ligne-agenda');
  entamer(ligne, carte, temps);
  titrer(ligne.querySelector('.carte-titre'), carte.titre || 'Sans titre');
  ligne.querySelector('.sur').textContent = carte.precision || carte.surtitre;
  detailler(ligne.querySelector('.meta'), carte.details, carte.ancien);
  return ligne;
}

function ligneLettre({ mots, temps, faits }, entete) {
  const jour = temps.jeudi(entete.publie_le > faits.jour ? entete.publie_le : faits.jour), dit = mots.breve(entete, faits, jour);
  const quand = temps.dater(jour, { annee: jour.slice(0, 4) !== faits.jour.slice(0, 4) });
  if (dit.tard) {
    const phrase = `La prochaine lettre part le ${quand} : ${TROP_TARD[dossier]}.`;
    return creer('figure', {}, creer('figcaption', {}, 'Dans la lettre'), creer('p', { class: 'meta' }, phrase));
  }
  const liste = modele('ligne-lettre'), ligne = liste.firstElementChild;
  ligne.className = `breve${dit.jour ? ' avec-eph' : ''}${dit.theme ? ` t-${dit.theme}` : ''}`;
  if (dit.jour) dater(ligne.querySelector('.eph'), temps, { jour: dit.jour < jour ? jour : dit.jour });
  else ligne.querySelector('.eph').remove();
  titrer(ligne.querySelector('h4'), dit.titre || 'Sans titre');
  const meta = ligne.querySelector('.meta');
  if (dit.details) meta.textContent = dit.details;
  else meta.remove();
  const etiquette = ligne.querySelector('.etiqs');
  if (dit.etat) etiquette.firstElementChild.textContent = dit.etat;
  else etiquette.remove();
  return creer('figure', {}, creer('figcaption', {}, `Dans la lettre du ${quand}`),
    creer('p', { class: 'meta' }, dit.section), liste);
}

// The small card beside the form.
export async function ligne(region, entete, faits) {
  const lu = await lire(entete, faits);
  region.replaceChildren(ligneListe(lu, entete));
}

// The lines that follow the check.
export async function lignes(region, entete, faits) {
  const lu = await lire(entete, faits);
  region.replaceChildren(creer('figure', {}, creer('figcaption', {}, `Dans ${LISTES[dossier]}`), ligneListe(lu, entete)),
    ...document.getElementById('Modele-ligne-lettre') ? [ligneLettre(lu, entete)] : []);
}

// The picture as the page shows it: drawn, since no address leads to it yet.
async function illustrer(corps, { blob }, { alt = '', credit = '', legende = '' } = {}) {
  const image = await createImageBitmap(blob), large = Math.min(image.width, 1280);
  const toile = creer('canvas', { width: large, height: Math.round((image.height * large) / image.width), role: 'img', 'aria-label': alt });
  toile.getContext('2d').drawImage(image, 0, 0, toile.width, toile.height);
  const dite = [legende, credit && `© ${credit}`].filter(Boolean).join(' · ');
  corps.prepend(creer('figure', { class: 'hero' }, creer('div', { class: 'vis' }, toile), ...dite ? [creer('figcaption', {}, dite)] : []));
}

async function dessiner({ mots, temps, faits }, entete, texte) {
  const fiche = modele('page'), carte = mots.carte(entete, faits), infos = fiche.querySelector('.infos');
  entamer(fiche, carte, temps);
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
let feuille;
function habiller() {
  if (feuille) {
    feuille.disabled = false;
    return Promise.resolve();
  }
  feuille = creer('link', { rel: 'stylesheet', href: document.getElementById('Modele-page').dataset.feuille });
  return new Promise((pret) => {
    feuille.onload = feuille.onerror = pret;
    document.head.append(feuille);
  });
}

export async function page(entete, texte, faits) {
  const lu = await lire(entete, faits);
  const [fiche] = await Promise.all([dessiner(lu, entete, texte), habiller()]);
  const fermer = creer('button', { type: 'button', class: 'bouton', autofocus: '' }, 'Fermer');
  const imprimer = creer('button', { type: 'button', class: 'bouton second' }, 'Imprimer');
  const dialogue = creer('dialog', { class: 'apercu-page', 'aria-labelledby': 'Apercu-page-titre' },
    creer('div', { class: 'apercu-tete' }, creer('p', { id: 'Apercu-page-titre' }, 'Comme elle paraîtra'), imprimer, fermer), fiche);
  fermer.addEventListener('click', () => dialogue.close());
  imprimer.addEventListener('click', () => window.print());
  dialogue.addEventListener('close', () => {
    feuille.disabled = true;
    dialogue.remove();
  });
  document.body.append(dialogue);
  dialogue.showModal();
}
