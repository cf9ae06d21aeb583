// The facets of a list: links become boxes to tick, in place; what they do is loaded on first use.
const form = document.getElementById('Filtrage');
const barre = form.closest('.en-barre');
const surListe = location.pathname === new URL(form.action).pathname;

// What is asked stands in the query of the address; where the reader is, and words that may name a
// commune, behind its #, which no server ever receives. Links that the site gives for a commune may
// have it in their query.
const LIEU = ['pres', 'rayon', 'tri', 'mot'];
function lire() {
  const demande = new URLSearchParams(surListe ? location.search : form.dataset.etat);
  if (!surListe) return demande;
  for (const [cle, valeur] of new URLSearchParams(location.hash.slice(1))) {
    if (LIEU.includes(cle)) demande.set(cle, valeur);
  }
  return demande;
}
function adresse(demande) {
  const parts = [new URLSearchParams(), new URLSearchParams()];
  for (const [cle, valeur] of demande) parts[Number(LIEU.includes(cle))].append(cle, valeur);
  const [reste, lieu] = parts.map(String);
  return form.action + (reste && `?${reste}`) + (lieu && `#${lieu}`);
}

const faire = (nom, traits) => Object.assign(document.createElement(nom), traits);
const debut = lire();
const aujourdhui = document.documentElement.dataset.auj;

for (const facette of form.querySelectorAll('[data-facette]')) {
  const nom = facette.dataset.facette;
  for (const valeur of facette.querySelectorAll('a, [data-v]')) {
    const value = valeur.dataset.v ?? valeur.pathname.split('/').at(-2);
    const defaultChecked = value
      ? debut.getAll(nom).includes(value)
      : !['quand', 'du', 'au'].some((cle) => debut.get(cle));
    const champ = faire('input', {
      type: 'unique' in facette.dataset ? 'radio' : 'checkbox', name: nom, value, defaultChecked,
    });
    const boite = faire('label', { className: valeur.className });
    boite.append(champ, ...valeur.childNodes);
    valeur.replaceWith(boite);
    if (surListe && champ.checked && champ.value && !barre) boite.closest('details').open = true;
  }
}

const champDe = (nom, valeur) =>
  [...form.elements].find((champ) => champ.name === nom && champ.value === valeur);

// Ready-made choices become buttons that stay pressed.
for (const lien of document.querySelectorAll('[data-requete]')) {
  const [[nom, valeur]] = new URLSearchParams(lien.dataset.requete);
  const champ = champDe(nom, valeur);
  if (!champ) continue;
  const bouton = faire('button', { type: 'button', className: lien.className });
  bouton.dataset.requete = lien.dataset.requete;
  bouton.setAttribute('aria-pressed', champ.checked);
  bouton.append(...lien.childNodes);
  bouton.addEventListener('click', () => {
    if (champ.type === 'radio' && champ.checked) champDe(nom, '').checked = true;
    else champ.checked = !champ.checked;
    champ.dispatchEvent(new Event('change', { bubbles: true }));
  });
  lien.replaceWith(bouton);
}

// What the controls ask for, as a query; nothing when they ask for nothing.
function requete() {
  const demande = new URLSearchParams();
  for (const [nom, valeur] of new FormData(form)) if (valeur) demande.append(nom, valeur);
  if (!demande.has('pres')) for (const nom of ['rayon', 'tri']) demande.delete(nom);
  return demande;
}

const statut = document.getElementById('Statut');
let charge;
function moteur() {
  if (charge) return charge;
  const attente = setTimeout(() => { statut.textContent = 'Chargement…'; }, 500);
  charge = import(form.dataset.moteur).then((module) => module.lancer(form, { lire, adresse, surListe }))
    .catch(() => {
      charge = null;
      statut.textContent = 'Les filtres n’ont pas pu être chargés. Vérifiez la connexion, puis recommencez.';
    })
    .finally(() => clearTimeout(attente));
  return charge;
}

async function agir(demande = requete(), remplace = false) {
  if (surListe) (await moteur())?.changer(demande, remplace);
  else location.assign(adresse(demande));
}

document.addEventListener('change', ({ target }) => {
  if (target.form !== form || !target.name) return;
  if (target.name === 'quand') for (const nom of ['du', 'au']) form.elements[nom].value = '';
  else if (target.name === 'du' || target.name === 'au') {
    for (const champ of form.elements.quand ?? []) champ.checked = false;
  }
  agir();
});

// Words narrow as they are typed.
const mot = form.elements.mot;
if (mot) {
  let attente, commence = false;
  mot.value = debut.get('mot') ?? '';
  mot.addEventListener('input', () => {
    if (!surListe) return;
    clearTimeout(attente);
    attente = setTimeout(() => {
      agir(requete(), commence);
      commence = Boolean(mot.value);
    }, 200);
  });
}

// Facets above a list close as a menu does.
if (barre) {
  const fermer = (cible) => {
    for (const une of barre.querySelectorAll('.facette[open]')) if (!une.contains(cible)) une.open = false;
  };
  const large = matchMedia('(min-width: 62.01em)');
  document.addEventListener('click', ({ target }) => large.matches && fermer(target));
  barre.addEventListener('keydown', ({ key, target }) => {
    const ouverte = target.closest('.facette[open]');
    if (key !== 'Escape' || !ouverte || !large.matches) return;
    ouverte.open = false;
    ouverte.querySelector('summary').focus();
  });
}

// « Près de chez moi »: the communes are read when the field is first entered. What is written in
// it is asked for once it is chosen: the hidden field holds it.
const commune = document.getElementById('Commune');
form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  if (commune) {
    form.elements.pres.value = commune.value.trim();
    retenir();
  }
  agir();
});

// Remembered if it is wished, and only here.
const souvenir = document.getElementById('Souvenir');
function retenir() {
  try {
    if (souvenir?.checked && commune.value) localStorage.commune = commune.value;
    else localStorage.removeItem('commune');
  } catch { /* refused: not remembered */ }
}
if (commune) {
  const { pres, rayon } = form.elements;
  pres.value = debut.get('pres') ?? '';
  // A reader may already be writing in it.
  if (document.activeElement !== commune) commune.value = pres.value;
  const defaut = rayon.querySelector('[selected]').value;
  rayon.value = debut.get('rayon') ?? defaut;
  if (!rayon.value) rayon.value = defaut;
  try {
    if (document.activeElement !== commune) commune.value ||= localStorage.commune ?? '';
    souvenir.checked = 'commune' in localStorage;
  } catch { /* refused: nothing is remembered */ }
  souvenir.addEventListener('change', retenir);
  let pret;
  const completer = () => (pret ??= import(form.dataset.pres).then((module) => module.lancer(form)));
  commune.addEventListener('focus', completer, { once: true });
  if (document.activeElement === commune) completer();
  document.getElementById('Position').addEventListener('click', async () => (await completer()).situer());
}
for (const nom of ['du', 'au']) if (form.elements[nom]) form.elements[nom].value = debut.get(nom) ?? '';

// On a phone the filters come from below, over the list: nothing behind them answers until they close.
const pli = form.querySelector('.facettes-pli'), ouvrir = pli.firstElementChild;
const tiroir = faire('dialog', { className: 'tiroir' }), telephone = matchMedia('(max-width: 36em)');
const tete = faire('p', { className: 'tiroir-tete' });
const fermeture = faire('button', { type: 'button', className: 'bouton second', textContent: 'Fermer' });
tete.append(faire('b', { textContent: 'Filtrer' }), fermeture);
tiroir.setAttribute('aria-labelledby', 'Filtrer');
tiroir.append(tete);
pli.after(tiroir);
function ranger() {
  const [de, vers] = telephone.matches ? [pli, tiroir] : [tiroir, pli];
  if (tiroir.open) tiroir.close();
  pli.open = false;
  vers.append(...[...de.children].slice(1));
  if (telephone.matches) ouvrir.setAttribute('aria-haspopup', 'dialog');
  else ouvrir.removeAttribute('aria-haspopup');
}
telephone.addEventListener('change', ranger);
if (telephone.matches) ranger();
ouvrir.addEventListener('click', (evenement) => {
  if (!telephone.matches) return;
  evenement.preventDefault();
  tiroir.querySelector('.facette:has([data-facette="gratuit"])')?.setAttribute('open', '');
  tiroir.showModal();
});
for (const un of [tiroir, fermeture]) un.addEventListener('click', ({ target }) => target === un && tiroir.close());

// On small screens filters fold away once they are chosen.
document.getElementById('Voir').addEventListener('click', () => {
  if (tiroir.open) tiroir.close();
  pli.open = false;
  document.getElementById('Resultats').focus();
});

// A choice led to another page; the reader is back on this one, as it was made.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted && !surListe) form.reset();
});

// What was coming when the page was made and is over today is hidden, unless the list keeps it. The
// engine draws the list for a query in the address, or where nothing is left.
const venir = document.querySelector('#Resultats:not([data-restent])'), reste = 'li:not([hidden], [hidden] *)';
const passes = [...venir?.querySelectorAll('.jour [data-jour], :is(article, li)[data-fin]') ?? []]
  .filter(({ dataset }) => (dataset.jour ?? dataset.fin) < aujourdhui);
for (const un of passes) {
  un.closest('.jour, li').hidden = true;
  const bloc = un.closest('.bloc');
  if (bloc) bloc.hidden = !bloc.querySelector(reste);
}
if ((passes.length && !venir.querySelector(reste)) || (surListe && `${debut}`)) moteur();
