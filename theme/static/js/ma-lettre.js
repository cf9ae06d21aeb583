// A letter of one's own: the address holds what is chosen; composing is loaded on first use.
const form = document.getElementById('Composer');
const $ = (id) => document.getElementById(id);
const statut = $('Statut'), souvenir = $('Souvenir');
const NOMS = ['territoire', 'themes', 'public'];
const CHOISIS = ':is(option, input):checked[data-v]';

// Codes may be repeated, or between commas.
function lire(adresse) {
  const demande = new URLSearchParams(adresse);
  return Object.fromEntries(NOMS.map((nom) => [nom, demande.getAll(nom).flatMap((un) => un.split(',')).filter(Boolean)]));
}
const coches = () => [...form.elements].filter(({ type, name }) => type === 'checkbox' && name);
function montrer(choix) {
  for (const nom of ['territoire', 'public']) {
    const liste = form.elements[nom];
    if (!liste) continue;
    const [code] = choix[nom];
    liste.value = [...liste.options].some(({ value }) => value === code) ? code : '';
  }
  for (const une of coches()) une.checked = choix.themes.includes(une.value);
}
// What the controls ask for: a code that nobody knows is not in it.
function demande() {
  const parts = new URLSearchParams();
  for (const [nom, valeur] of new FormData(form)) if (valeur) parts.append(nom, valeur);
  return `${parts}`;
}

function retenir() {
  try {
    if (souvenir.checked && demande()) localStorage.lettre = demande();
    else localStorage.removeItem('lettre');
  } catch { /* refused: not remembered */ }
}

let charge;
function moteur() {
  if (charge) return charge;
  const attente = setTimeout(() => { statut.textContent = 'Chargement…'; }, 500);
  charge = import(form.dataset.moteur).then((module) => module.lancer(form))
    .catch(() => {
      charge = null;
      statut.textContent = 'La lettre n’a pas pu être lue. Vérifiez la connexion, puis recommencez.';
    })
    .finally(() => clearTimeout(attente));
  return charge;
}

// What concerns the choice in the lists below; everything as long as there is none.
function suivre() {
  const voulues = [...form.querySelectorAll(CHOISIS)].map(({ dataset }) => dataset.v);
  for (const groupe of document.querySelectorAll('[data-groupe]')) {
    const lignes = [...groupe.querySelectorAll('[data-v]')];
    const choisies = lignes.filter(({ dataset }) => voulues.includes(dataset.v));
    const tout = !demande();
    for (const une of lignes) une.hidden = !tout && !choisies.includes(une);
    groupe.hidden = !tout && !choisies.length;
    groupe.open = !tout;
  }
}

async function composer() {
  suivre();
  $('Outils').hidden = !demande();
  (await moteur())?.composer();
}

function changer() {
  const adresse = form.action + (demande() && `?${demande()}`);
  if (adresse !== location.href) history.pushState(null, '', adresse);
  retenir();
  return composer();
}

form.addEventListener('change', ({ target }) => (target === souvenir ? retenir() : changer()));
form.addEventListener('submit', async (evenement) => {
  evenement.preventDefault();
  await changer();
  replier();
  $('Resultat').focus();
});
// On a narrow screen, what is chosen gives way to the letter.
const etroit = matchMedia('(max-width: 62em)');
const replier = () => {
  if (etroit.matches) $('Choix').open = false;
  $('Choix').classList.add('pret'); // until then a narrow screen shows them closed: nothing moves
};

addEventListener('popstate', () => {
  montrer(lire(location.search));
  composer();
});

$('Imprimer').addEventListener('click', () => print());
$('Copier').addEventListener('click', async () => {
  statut.textContent = '';
  let dit = 'L’adresse de votre lettre est copiée.';
  try {
    await navigator.clipboard.writeText(location.href);
  } catch { // refused, or no https
    dit = `Adresse à copier\u00a0: ${location.href}`;
  }
  setTimeout(() => { statut.textContent = dit; }, 50); // what is put in an empty region is spoken
});

let debut = location.search;
try {
  souvenir.checked = 'lettre' in localStorage;
  debut ||= localStorage.lettre ?? '';
} catch { /* refused: nothing is remembered */ }
montrer(lire(debut));
if (demande() && !location.search) history.replaceState(null, '', `${form.action}?${demande()}`);
replier();
composer();
