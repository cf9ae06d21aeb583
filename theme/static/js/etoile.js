// What one keeps on this device: its store, and the stars that fill it. Nothing leaves the device.
document.querySelector('[src*="/js/etoile.js"]').dataset.etoile = import.meta.url;
const { href, dataset } = document.querySelector('[href$="/ma-selection/"]');
const MOTS = {
  garder: 'Garder', garde: 'Gardé sur cet appareil.', retire: 'Retiré.', selection: 'Ma sélection', ...dataset,
};
export const RACINE = new URL('..', href).pathname;
const CLE = /^(?:evenements|temps-forts|ressources|annonces)\/[a-z0-9-]+$/;
// A content is named by its address: « evenements/nuit »; '' for any other.
export function cleDe(adresse) {
  const { pathname } = new URL(adresse, href), cle = pathname.slice(RACINE.length, -1);
  return pathname === `${RACINE}${cle}/` && CLE.test(cle) ? cle : '';
}

// All that is kept of a content is texts. What another version wrote, or a hand, is left out where it
// does not read. Where the browser refuses its storage, the list lasts as long as the page.
let memoire = {}, depot, dit = '';
try {
  depot = localStorage;
} catch { /* refused */ }
const sain = ([cle, un]) => CLE.test(cle) && typeof un?.titre === 'string'
  && Object.values(un).every((dit) => typeof dit === 'string');
export function lire() {
  let lu = memoire;
  try {
    if (depot) lu = JSON.parse(depot.selection ?? '{}');
  } catch {
    lu = {};
  }
  return Object.fromEntries(Object.entries(lu ?? {}).filter(sain));
}
// Reads again before it writes: another tab may have kept something. Gives what went wrong.
export function changer(faire) {
  const liste = lire();
  faire(liste);
  if (!depot) {
    memoire = liste;
    const refus = 'Ce navigateur refuse de garder : votre sélection part avec cette page. ';
    return dit === refus ? '' : (dit = refus);
  }
  try {
    if (Object.keys(liste).length) depot.selection = JSON.stringify(liste);
    else delete depot.selection;
    return '';
  } catch {
    return 'Ce navigateur n’a plus de place : rien n’a été gardé. ';
  }
}

// For who reads without a network (hors-ligne.js).
export const prevenir = (cle, garde) =>
  dispatchEvent(new CustomEvent('selection', { detail: [`${RACINE}${cle}/`, garde] }));
export const fiches = () => import(new URL('selection-fiche.js', import.meta.url));

const dessin = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
const trait = dessin.appendChild(document.createElementNS(dessin.namespaceURI, 'path'));
trait.setAttribute('d', 'M12 3l2.8 5.8 6.3.9-4.6 4.4 1.1 6.3-5.6-3-5.6 3 1.1-6.3L2.9 9.7l6.3-.9z');
dessin.setAttribute('viewBox', '0 0 24 24');
dessin.ariaHidden = 'true';
const faire = (nom, traits) => Object.assign(document.createElement(nom), traits);
const bande = faire('p', { className: 'etoile-dit', role: 'status' });
let fin, gardees = {};
function dire(texte) {
  const nombre = Object.keys(gardees).length;
  clearTimeout(fin);
  bande.replaceChildren();
  const vers = faire('a', { href, textContent: `${MOTS.selection} (${nombre})` });
  setTimeout(() => bande.replaceChildren(texte, vers), 50);
  fin = setTimeout(() => bande.replaceChildren(), 9000);
}
async function presser({ currentTarget: { dataset: { cle, titre } } }) {
  const avant = cle in lire(), faute = changer((liste) => {
    if (avant) delete liste[cle];
    else liste[cle] = { le: document.documentElement.dataset.auj, titre };
  });
  peindre();
  const apres = cle in gardees;
  dire(faute || `${apres ? MOTS.garde : MOTS.retire} `);
  if (apres === avant) return;
  prevenir(cle, apres);
  if (apres) await fiches().then(({ retenir }) => retenir([cle]), () => {}); // else its title alone is kept
}
// The star of a card, or of the page of a content: first in the line above its title, so that its words
// go round.
function poser(article) {
  const sur = article.querySelector('.sur'), page = article.matches('.fiche');
  const vers = article.querySelector(page ? 'h1' : '.carte-titre a');
  const cle = vers && cleDe(page ? location.href : vers.href);
  if (!sur || !cle || sur.querySelector('.etoile')) return;
  const titre = vers.textContent.trim();
  const une = faire('button', { type: 'button', className: 'etoile', ariaLabel: `${MOTS.garder}\u00a0: ${titre}` });
  une.append(dessin.cloneNode(true), ...page ? [faire('span')] : []);
  Object.assign(une.dataset, { cle, titre });
  une.addEventListener('click', presser);
  sur.prepend(une);
}

const feuille = faire('link', { rel: 'stylesheet', href: new URL('../css/etoile.css', import.meta.url) });
// How many, beside the trail of the page.
const compteur = faire('a', { href, className: 'etoile-compte' });
// What the page shows, again where a script has drawn more of it.
export function peindre() {
  if (!feuille.sheet) return;
  gardees = lire();
  const nombre = Object.keys(gardees).length;
  compteur.replaceChildren(dessin.cloneNode(true), `Ma sélection (${nombre})`);
  if (nombre && location.pathname !== compteur.pathname) document.querySelector('.fil')?.before(compteur);
  else compteur.remove();
  for (const article of document.querySelectorAll('main article')) poser(article);
  for (const une of document.querySelectorAll('.etoile')) une.ariaPressed = une.dataset.cle in gardees;
}
feuille.onload = () => {
  document.body.append(bande);
  for (const quand of ['lignes', 'storage', 'pageshow']) addEventListener(quand, peindre);
  peindre();
};
document.head.append(feuille);
