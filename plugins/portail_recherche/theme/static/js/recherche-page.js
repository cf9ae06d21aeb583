// The page of the search: what is asked, its address, when it is answered. The engine and what draws
// its answers are in the same script. features/pages/recherche says the words of addresses.
const { NB, $, bouton, creer } = await import(document.querySelector('[data-commun]').dataset.commun);
const form = $('Chercher'), champ = $('Recherche'), reponse = $('Reponse'), resultats = $('Resultats');
const CLES = ['sorte', 'theme', 'departement', 'epci', 'public', 'quand'];
const PAUSE = 150, PATIENCE = 500, SILENCE = 700; // ms: between letters; before « Recherche… »; before speaking
const TITRE = document.title, MOT = document.querySelector('h1').textContent;

// What an address, or the boxes, narrow by.
const filtresDe = (dits) =>
  new Map(CLES.map((cle) => [cle, new Set(dits.getAll(cle).filter(Boolean))]).filter(([, codes]) => codes.size));
function lire(adresse) {
  const demande = new URLSearchParams(adresse);
  return {
    q: (demande.get('q') ?? '').trim(), filtres: filtresDe(demande),
    tri: demande.get('tri') === 'date' ? 'date' : 'pertinence', exact: demande.get('exact') === 'oui',
    page: Math.max(Number.parseInt(demande.get('page'), 10) || 1, 1),
  };
}
function adresse({ q, filtres, tri, exact, page }) {
  const demande = new URLSearchParams();
  if (q) demande.set('q', q);
  for (const [cle, codes] of filtres) for (const code of codes) demande.append(cle, code);
  if (tri === 'date') demande.set('tri', tri);
  if (exact) demande.set('exact', 'oui');
  if (page > 1) demande.set('page', page);
  return form.action + (`${demande}` && `?${demande}`);
}

// The commune that the first words name: the longest name of all. Those of one initial share a file.
async function situer(mots) {
  if (!form.dataset.communes) return null;
  const { de, distance, trouver } = await import(form.dataset.noms);
  for (let combien = mots.length; combien; combien -= 1) {
    const lieu = await trouver(`${form.dataset.communes}${mots[0][0]}.json`, mots.slice(0, combien).join(' '));
    if (lieu) return { combien, distance, lieu: { ...lieu, de: de(lieu.nom.replace(/ \(.*/, '')) } };
  }
  return null;
}

// The other modules of this script, once this one has run.
const charge = import(import.meta.url).then(
  ({ rendu, moteur: { ouvrir }, extraits: { extraire }, mots, ...autres }) => {
    const { auj } = document.documentElement.dataset;
    const moteur = ouvrir({ racine: form.action, auj, mots, situer, ...autres });
    moteur.amorcer();
    return rendu.preparer({ moteur, mots, extraire, adresse, aller });
  },
);

// Shown at once, told once the reader has stopped.
let parole;
function annoncer(texte) {
  clearTimeout(parole);
  parole = setTimeout(() => { $('Statut').textContent = texte; }, SILENCE);
}
function dire(texte, ...suite) {
  $('Bilan').replaceChildren(texte, ...suite);
  annoncer(texte);
}
function echec() {
  dire('La recherche n’a pas pu être chargée. Vérifiez la connexion. ',
    bouton('Réessayer', 'lien', () => montrer(actuel, { vers: 'tete' })));
}

let actuel = null, tours = 0, pret = false;
// `vers`: where the reader is led: to the heading of the results (`tete`), or to a height in pixels.
async function montrer(etat, { vers, enCours = false } = {}) {
  actuel = etat;
  const tour = ++tours, demande = etat.q || etat.filtres.size > 0;
  document.title = TITRE.replace(MOT, () => (etat.q ? `${MOT}${NB}: ${etat.q}` : MOT));
  $('Entrees').hidden = demande;
  reponse.hidden = !demande;
  if (!demande) {
    annoncer('');
    return;
  }
  history.scrollRestoration = 'manual';
  resultats.setAttribute('aria-busy', 'true');
  // The first answer waits for the index: on a slow line, seconds.
  const attente = setTimeout(() => tour === tours && dire('Recherche…'), pret ? PATIENCE : 0);
  try {
    const suite = { enCours, perime: () => tour !== tours, entier: vers > 0, echec };
    const texte = await (await charge).repondre(etat, suite);
    pret = true;
    if (tour !== tours) return;
    annoncer(texte);
    if (vers === 'tete') mener();
    else if (vers !== undefined) scrollTo(0, vers);
  } catch {
    if (tour === tours) echec();
  } finally {
    clearTimeout(attente);
    if (tour === tours) resultats.removeAttribute('aria-busy');
  }
}
function mener() {
  const tete = resultats.querySelector('h2');
  tete?.focus({ preventScroll: true });
  if (resultats.getBoundingClientRect().top < 0) resultats.scrollIntoView();
}

// Where the reader is on a page is kept with it: answers come after the browser has scrolled.
let defile;
function retenir() {
  clearTimeout(defile);
  history.replaceState({ y: scrollY }, '');
}

// What is being typed is one step back, whatever the number of its letters.
let brouillon = false;
function aller(etat, { vers, enCours = false } = {}) {
  clearTimeout(saisie);
  const nouvelle = adresse(etat);
  if (nouvelle !== adresse(actuel)) {
    retenir();
    history[brouillon && enCours ? 'replaceState' : 'pushState']({}, '', nouvelle);
  }
  brouillon = enCours;
  if (!enCours) champ.value = etat.q;
  return montrer(etat, { vers, enCours });
}

let saisie;
function taper() {
  const q = champ.value.trim();
  if (q !== actuel.q && q.length !== 1) aller({ ...actuel, q, page: 1, exact: false }, { enCours: true });
}
champ.addEventListener('input', ({ isComposing }) => {
  clearTimeout(saisie);
  if (!isComposing) saisie = setTimeout(taper, PAUSE);
});
champ.addEventListener('compositionend', () => { saisie = setTimeout(taper, PAUSE); });
champ.addEventListener('keydown', (evenement) => {
  if (evenement.key !== 'Escape' || evenement.isComposing || !champ.value) return;
  evenement.preventDefault();
  champ.value = '';
  taper();
});
form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  const q = champ.value.trim(), exact = actuel.exact && q === actuel.q;
  aller({ ...actuel, q, page: 1, exact }, { vers: 'tete' });
});

// Boxes, order.
reponse.addEventListener('change', () => {
  aller({ ...actuel, filtres: filtresDe(new FormData($('Filtrage'))), tri: $('Ordre').value || 'pertinence', page: 1 });
});
$('Filtrage').addEventListener('submit', (evenement) => evenement.preventDefault());
$('Voir').addEventListener('click', ({ target }) => {
  target.closest('details').open = false;
  mener();
});
$('Effacer').addEventListener('click', () => aller({ ...actuel, filtres: new Map(), page: 1 }, { vers: 'tete' }));

// Links of this very page: other pages of results, other words.
document.querySelector('main').addEventListener('click', (evenement) => {
  const lien = evenement.target.closest('a[href]');
  if (!lien || evenement.button || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
  if (lien.origin + lien.pathname !== form.action || !lien.search) return;
  evenement.preventDefault();
  aller(lire(lien.search), { vers: 'tete' });
});

addEventListener('popstate', ({ state }) => {
  const etat = lire(location.search);
  if (adresse(etat) === adresse(actuel)) return; // another place of the same page
  clearTimeout(saisie);
  brouillon = false;
  champ.value = etat.q;
  montrer(etat, { vers: state?.y ?? 0 });
});
addEventListener('scroll', () => {
  clearTimeout(defile);
  defile = setTimeout(retenir, PAUSE);
}, { passive: true });

// A reader may have typed before the script was there.
const debut = lire(location.search), deja = document.activeElement === champ && champ.value.trim();
if (!deja) champ.value = debut.q;
// Who comes with words is led to their answers; who comes back, to where they were.
montrer(debut, { vers: history.state?.y ?? (debut.q && !deja ? 'tete' : undefined) });
if (deja) taper();
