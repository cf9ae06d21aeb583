// On every page: the reader's day, the display choice, the fold of the menu, the way to the search.
const racine = document.documentElement;
// Where other scripts find those that they share; each address is given its mark when it is published.
const adresses = document.querySelector('[src*="/js/portail.js"]').dataset;
adresses.commun = new URL('commun.js', import.meta.url);
adresses.champ = new URL('champ.js', import.meta.url);

// ruban.css knows the day of the build, and marks that of data-auj instead. A night belongs to its
// evening (agenda/occurrences.py): the day of a reader lasts five hours more.
const aujourdhui = racine.dataset.auj = racine.dataset.date
  ?? new Intl.DateTimeFormat('sv', { timeZone: racine.dataset.fuseau ?? 'Europe/Paris' }).format(new Date() - 18e6);

for (const jour of document.querySelectorAll(`[data-jour="${aujourdhui}"]`)) {
  jour.classList.add('auj');
  jour.ariaCurrent = 'date';
  jour.closest('[data-semaine]')?.style.setProperty('--auj', new Date(aujourdhui).getUTCDay() || 7);
}

// For what is over today.
const passe = ({ dataset: { fin, apres, suite } }) =>
  [fin, apres, suite?.split(' ')[0]].some((jour) => jour < aujourdhui);
if ([...document.querySelectorAll('[data-fin], [data-apres], [data-suite]')].some(passe)) {
  import(new URL('echeances.js', import.meta.url));
}

// What is remembered: for as long as the page, where the browser refuses its storage.
let memoire = {};
try {
  memoire = localStorage ?? memoire;
} catch { /* refused */ }
// '' is the system's.
const retenu = () => (/^(clair|sombre)$/.test(memoire.affichage) ? memoire.affichage : '');

function appliquer(nom) {
  if (nom) racine.dataset.theme = nom;
  else delete racine.dataset.theme;
  document.querySelectorAll('[name=theme-color]').forEach((couleur, rang) => {
    const [sienne, systeme] = rang ? ['sombre', 'dark'] : ['clair', 'light'];
    couleur.media = nom ? (nom === sienne ? 'all' : 'not all') : `(prefers-color-scheme: ${systeme})`;
  });
  for (const bouton of choix.querySelectorAll('input')) bouton.checked = bouton.value === nom;
}

// The choice of display, where there is a footer.
function faire(nom, traits, ...dedans) {
  const un = Object.assign(document.createElement(nom), traits);
  un.append(...dedans);
  return un;
}
const choix = faire('fieldset', { className: 'affichage' }, faire('legend', {}, 'Affichage'),
  ...Object.entries({ '': 'Système', clair: 'Clair', sombre: 'Sombre' }).map(([value, texte]) =>
    faire('label', {}, faire('input', { type: 'radio', name: 'affichage', value }), texte)));
choix.addEventListener('change', ({ target }) => {
  appliquer(target.value);
  try {
    if (target.value) memoire.affichage = target.value;
    else delete memoire.affichage;
  } catch { /* full: not remembered */ }
});
addEventListener('storage', () => appliquer(retenu()));
addEventListener('pageshow', () => appliquer(retenu()));
appliquer(retenu());
document.querySelector('.pied-bas')?.append(choix);

const menu = document.querySelector('.menu details');
// The search field, made on first use: by its links, or by « / » unless the reader would rather not.
function chercher(evenement, lien) {
  if (evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  evenement.preventDefault();
  import(adresses.champ).then(({ ouvrir }) => ouvrir(lien), () => { location = lien.href; });
}
const ECRIT = 'input:not([type=checkbox], [type=radio]), select, textarea';
addEventListener('keydown', (evenement) => {
  const { key, target } = evenement;
  if (key === 'Escape' && menu?.open) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
  const lien = document.querySelector('.chercher');
  if (key === '/' && lien && !target.closest(ECRIT) && !memoire.touche) chercher(evenement, lien);
});
addEventListener('click', (evenement) => {
  const { target, shiftKey } = evenement;
  if (menu?.open && !menu.contains(target)) menu.open = false;
  const lien = target.closest('.chercher');
  if (lien && !shiftKey) chercher(evenement, lien);
});

// A link to what is folded opens it; from another page, nothing is :target yet.
const deplier = () => {
  const cible = document.getElementById(location.hash.slice(1));
  if (cible?.localName === 'details') cible.open = true;
};
addEventListener('hashchange', deplier);
deplier();
