// Around every page: today in the ribbon, the display choice of the footer, the thumb menu.
const racine = document.documentElement;

// Today at the reader's date: the sheet ruban.css only knows the day of the build.
const aujourdhui = racine.dataset.date
  ?? new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris' }).format();

racine.dataset.auj = aujourdhui; // puts the mark of the build out
for (const jour of document.querySelectorAll(`[data-jour="${aujourdhui}"]`)) {
  jour.classList.add('auj');
  jour.setAttribute('aria-current', 'date');
  // The rank of the day, for the tick of today across what lasts: 1 on Monday.
  jour.closest('[data-semaine]')?.style.setProperty('--auj', new Date(aujourdhui).getUTCDay() || 7);
}

const choix = document.getElementById('Affichage');

// The choice, '' for the system's. A browser may refuse its storage: the choice then lasts a page.
function retenu() {
  try {
    const nom = localStorage.affichage;
    return nom === 'clair' || nom === 'sombre' ? nom : '';
  } catch {
    return racine.dataset.theme ?? '';
  }
}

function appliquer(nom) {
  if (nom) racine.dataset.theme = nom;
  else delete racine.dataset.theme;
  document.querySelectorAll('[name=theme-color]').forEach((couleur, rang) => {
    const [sienne, systeme] = rang ? ['sombre', 'dark'] : ['clair', 'light'];
    couleur.media = nom ? (nom === sienne ? 'all' : 'not all') : `(prefers-color-scheme: ${systeme})`;
  });
  for (const bouton of choix.querySelectorAll('input')) bouton.checked = bouton.value === nom;
}

if (choix) {
  choix.addEventListener('change', ({ target }) => {
    try {
      if (target.value) localStorage.affichage = target.value;
      else localStorage.removeItem('affichage');
    } catch { /* not remembered */ }
    appliquer(target.value);
  });
  // Another tab, or a page that comes back as it was left.
  addEventListener('storage', () => appliquer(retenu()));
  addEventListener('pageshow', () => appliquer(retenu()));
  appliquer(retenu());
  choix.hidden = false;
}

const menu = document.querySelector('.barre details');
addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !menu?.open) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
addEventListener('click', ({ target }) => {
  if (menu?.open && !menu.contains(target)) menu.open = false;
});
