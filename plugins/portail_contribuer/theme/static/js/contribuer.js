// The contribution form. What it needs is loaded when it is first of use, from the addresses that
// the page gives: the controls, rows and draft at once, the rest when it is asked for.
const form = document.getElementById('Formulaire');
const adresses = JSON.parse(form.dataset.modules), fichiers = JSON.parse(form.dataset.adresses);
const charges = new Map(), lus = new Map();

const { annoncer, bouton, creer, lire } = await import(document.querySelector('[data-commun]').dataset.commun);

// What is read once. What could not be read is asked for again next time; what is not there will not
// come.
function uneFois(table, nom, lecture) {
  if (!table.has(nom)) {
    table.set(nom, lecture().catch((raison) => {
      if (raison.cause !== 404) table.delete(nom);
      throw raison;
    }));
  }
  return table.get(nom);
}
// A module, null when the page names none.
const charger = async (nom) => (adresses[nom] ? uneFois(charges, nom, () => import(adresses[nom])) : null);
// A JSON file: one of `data-adresses`, or one of the folder that it gives.
const donnees = (nom, suite = '') => uneFois(lus, nom + suite, () => lire(fichiers[nom] + suite));

const statut = creer('p', { class: 'visually-hidden', role: 'status' });
form.append(statut);
// Said politely; the same sentence twice is two announcements.
const dire = (phrase) => annoncer(statut, phrase);
const coupee = () => dire('Une partie de la page n’a pas pu être lue. Vérifiez la connexion, puis recommencez.');

const jour = document.documentElement.dataset.auj;
const atelier = {
  form, genre: form.dataset.genre, dossier: form.dataset.dossier, charger, donnees, uneFois, bouton, creer, dire, jour,
};

// Another module by its name, each launched once; what fails is said.
const lances = new Map();
atelier.lancer = async (nom) => {
  try {
    const module = await charger(nom);
    if (!module) return null;
    if (!lances.has(nom)) lances.set(nom, module.lancer(atelier));
    return await lances.get(nom);
  } catch (raison) {
    console.error(raison);
    coupee();
    return null;
  }
};

function compter({ target }) {
  const compte = target.closest?.('.champ')?.querySelector('.compte b');
  if (!compte) return;
  const signes = [...target.value.trim()].length;
  compte.textContent = signes;
  compte.parentElement.classList.toggle('trop', signes > Number(target.closest('.champ').dataset.limite ?? Infinity));
}
atelier.recompter = () => {
  for (const compte of form.querySelectorAll('.compte'))
    compter({ target: compte.closest('.champ').querySelector('input, textarea') });
};

// What is on around the days that are chosen.
const choisir = () => document.getElementById('Choisir')
  && atelier.lancer('choisir').then((module) => module?.regarder().catch(coupee));
form.addEventListener('rempli', choisir);

const saisies = await charger('saisies');
atelier.saisies = saisies;
// After the form was filled by something else than the reader's hand.
atelier.rafraichir = () => {
  const { mode = '' } = atelier.origine ?? {}, titre = document.querySelector('h1');
  form.dataset.origine = mode;
  const verbe = { modifier: 'Modifier', retour: 'Retour sur' }[mode] ?? 'Proposer';
  if (titre && !titre.textContent.startsWith(verbe)) {
    for (const un of [titre, document.querySelector('title')])
      un.textContent = un.textContent.replace(/^(?:Proposer|Modifier|Retour sur)/, verbe);
  }
  saisies.conditionner(form);
  saisies.deplier(form);
  atelier.recompter();
  form.dispatchEvent(new CustomEvent('rempli'));
  atelier.lancer('plan');
  if (form.querySelector('[data-valeur], [data-retenus]'))
    atelier.lancer('completion').then((module) => module?.nommer());
  if (form.querySelector('[data-saisie=seance]')) atelier.lancer('evenement').then((module) => module?.relire());
};

// A field that others wait for changes the page while it is written, not when it is left: what
// moves under a finger that presses loses its press.
const temoins = new Set(
  [...form.querySelectorAll('[data-si]')].flatMap(({ dataset }) =>
    dataset.si.split(';').map((une) => une.split('=')[0].trim()),
  ),
);
form.addEventListener('input', (evenement) => {
  compter(evenement);
  const { chemin, hors } = evenement.target.closest('[data-saisie]')?.dataset ?? {};
  if (temoins.has(chemin ?? hors)) saisies.conditionner(form);
});
form.addEventListener('change', () => saisies.conditionner(form));
form.addEventListener('input', () => atelier.lancer('plan'), { once: true });
form.addEventListener('focusin', ({ target }) => {
  const champ = target.closest('[data-saisie]'), sorte = champ?.dataset.saisie;
  if (['reference', 'references', 'commune'].includes(sorte))
    atelier.lancer('completion').then((module) => module?.brancher(champ));
  if (['seance', 'jour', 'moment'].includes(sorte)) atelier.lancer('evenement');
});
form.addEventListener('change', ({ target }) => {
  const note = target.matches('textarea, input') && target.closest('.champ');
  if (note) atelier.lancer('prive').then((module) => module?.regarder(note));
  const champ = target.closest('[data-chemin]');
  if (!champ) return;
  if (champ.dataset.saisie === 'facade') atelier.lancer('facade');
  if (champ.dataset.saisie === 'image' && target.files)
    atelier.lancer('depot').then((module) => module?.prendre(target.files[0]));
  if (form.dataset.genre === 'evenement' && document.getElementById('Doublon')
    && /^(titre|lieu|adresse\.commune|)$/.test(champ.dataset.chemin)) {
    atelier.lancer('doublons').then((module) => module?.chercher());
  }
  if (/^(publics|lieu|adresse\.commune|)$/.test(champ.dataset.chemin)) choisir();
});
for (const nom of ['dragover', 'drop']) {
  form.addEventListener(nom, (evenement) => {
    if (![...evenement.dataTransfer.types].includes('Files')) return;
    evenement.preventDefault(); // else the browser would leave the page for the file
    if (nom !== 'drop') return;
    const champ = evenement.target.closest('[data-saisie=image]'), fichier = evenement.dataTransfer.files[0];
    if (champ) atelier.lancer('depot').then((module) => module?.prendre(fichier));
    else remplir(fichier);
  });
}
// A native field takes no date as people write it: what reads it may come after the paste.
form.addEventListener('paste', (evenement) => {
  const { target, clipboardData } = evenement;
  if (!adresses.dates || !/^(date|time)$/.test(target.type)) return;
  evenement.preventDefault();
  const texte = clipboardData.getData('text').trim();
  atelier.lancer('evenement').then((module) => module?.coller(target, texte));
});
form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  atelier.lancer('relire').then((module) => module?.verifier());
});
// Enter in a field is not yet the wish to end.
form.addEventListener('keydown', (evenement) => {
  if (evenement.key === 'Enter' && evenement.target.matches('input:not([type=checkbox], [type=radio])'))
    evenement.preventDefault();
});
// A part that one is led to is open.
const viser = () => document.querySelector('.bloc:target > .partie')?.setAttribute('open', '');
document.getElementById('Plan')?.addEventListener('click', ({ target }) => {
  if (target.closest('a')?.hash === location.hash) viser();
});
addEventListener('hashchange', viser);
viser();
const coller = document.getElementById('Coller');
const remplir = (source) => source && atelier.lancer('remplir').then((module) => module?.coller(source));
coller?.addEventListener('click', ({ target }) => {
  const ouvrir = target.closest('[data-ouvrir]'), zone = coller.querySelector('textarea');
  if (ouvrir) {
    const ouvert = ouvrir.getAttribute('aria-expanded') === 'true';
    ouvrir.setAttribute('aria-expanded', !ouvert);
    document.getElementById(ouvrir.getAttribute('aria-controls')).hidden = ouvert;
    if (!ouvert) zone.focus();
  }
  if (target.closest('[data-remplir]')) {
    if (zone.value.trim()) remplir(zone.value);
    else zone.focus();
  }
});
coller?.addEventListener('change', ({ target }) => remplir(target.files?.[0]));

await atelier.lancer('lignes');
if (form.querySelector('[data-grille]')) await atelier.lancer('grille');
// The address may say what one comes to ask: ?categorie=demande.
const quoi = CSS.escape(new URLSearchParams(location.search).get('categorie') ?? '');
for (const choix of form.querySelectorAll(`[data-chemin=categorie] option[value="${quoi}"]`)) choix.selected = true;
saisies.conditionner(form);
atelier.recompter();
await atelier.lancer('brouillon');
if (/[?&](reconduire|modifier|retour)=/.test(location.search))
  await (await atelier.lancer('remplir'))?.reprendre();
if (atelier.origine?.mode === 'modifier') await atelier.lancer('question');
// An answer to a mail leads here with its words: no server sees what follows « # ».
const recu = new URLSearchParams(location.hash.slice(1)).get('coller');
if (recu) {
  history.replaceState(null, '', location.pathname + location.search);
  await (await atelier.lancer('remplir'))?.coller(recu);
}
form.classList.add('prete');
// What it will look like, beside the form where there is room, at a pause.
const carte = document.getElementById('Carte-ligne');
let pause;
form.addEventListener('change', () => {
  clearTimeout(pause);
  if (carte?.offsetParent)
    pause = setTimeout(() => atelier.lancer('relire').then((module) => module?.carte(carte)).catch(() => {}), 1200);
});
// The toolbar of the text comes when the text does.
const texte = document.getElementById('Texte');
if (texte) {
  new IntersectionObserver(([{ isIntersecting }], veille) => {
    if (!isIntersecting) return;
    veille.disconnect();
    charger('texte').then((module) => module?.editer(texte), coupee);
  }, { rootMargin: '600px' }).observe(texte);
}
