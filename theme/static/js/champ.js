// The search field of every page, opened in place, and what it completes: places, communes,
// themes, dossiers. Nothing of what is typed leaves the browser before the search is asked for.
// The combobox serves the communes of lists and the fields of the form too.
const CHOIX = 8;
const VIDES = new Set('a au aux d de des du en et l la le les sur'.split(' '));
const { NB, cle, compter, creer, habiller, lire } = await import(
  document.querySelector('[data-commun]').dataset.commun
);

// A field and its list (ARIA 1.2, combobox with manual selection). `proposer(texte)` gives what
// may be meant, null to leave the list closed; `dessiner(une, texte)` what an option holds.
export function completer({ champ, liste, proposer, dessiner, prendre, dire }) {
  let choix = [], actif = -1, demandee = 0;

  function marquer(rang) {
    actif = rang;
    [...liste.children].forEach((option, n) => option.setAttribute('aria-selected', n === rang));
    champ.removeAttribute('aria-activedescendant');
    if (rang < 0) return;
    champ.setAttribute('aria-activedescendant', liste.children[rang].id);
    liste.children[rang].scrollIntoView({ block: 'nearest' });
  }
  function montrer(trouvees) {
    choix = trouvees;
    liste.replaceChildren(...choix.map((une, rang) =>
      creer('li', { id: `${liste.id}-${rang}`, role: 'option' }, ...dessiner(une, champ.value))));
    marquer(-1);
    liste.hidden = !choix.length;
    champ.setAttribute('aria-expanded', choix.length > 0);
  }
  function fermer() {
    demandee += 1; // what is still being read comes too late
    montrer([]);
  }
  async function chercher() {
    const tour = ++demandee, trouvees = await proposer(champ.value);
    if (!trouvees || tour !== demandee || document.activeElement !== champ) return;
    montrer(trouvees);
    dire(choix);
  }

  champ.addEventListener('input', chercher);
  champ.addEventListener('keydown', (evenement) => {
    const { key, isComposing } = evenement, ouverte = choix.length > 0;
    if (isComposing) return;
    if (key === 'Escape' && ouverte) fermer();
    else if ((key === 'ArrowDown' || key === 'ArrowUp') && ouverte) {
      const pas = key === 'ArrowDown' ? 1 : -1, tour = choix.length + 1;
      marquer(((actif + 1 + pas + tour) % tour) - 1);
    } else if (key === 'ArrowDown') chercher();
    else if (key === 'Enter' && actif >= 0) prendre(choix[actif]);
    else {
      if (key === 'Enter') fermer();
      return;
    }
    evenement.preventDefault();
  });
  champ.addEventListener('blur', fermer);
  liste.addEventListener('mousedown', (evenement) => evenement.preventDefault());
  liste.addEventListener('click', ({ target }) => {
    const option = target.closest('li');
    if (option) prendre(choix[[...liste.children].indexOf(option)]);
  });
  return { chercher, fermer };
}

// A suggestion is [label, rank of its sort, address, precision]. Each word asked for must begin one
// of the label or, failing that, of the precision. Best: the label, what completes it, then its
// beginning, then one of its words.
export function proches(suggestions, texte) {
  const sa = cle(texte).replace(/^[dl] (?=.)/, ''), mots = sa.split(' '), forts = mots.filter((mot) => !VIDES.has(mot));
  const debute = (nom, mot) => ` ${nom}`.includes(` ${mot}`);
  const toutes = (nom) => forts.length > 0 && forts.every((mot) => debute(nom, mot));
  const noter = (une) => {
    const nom = une.cle ??= cle(une[0]);
    if (nom.startsWith(sa)) return nom === sa ? -1 : nom.includes(' ', sa.length) ? 1 : 0;
    if (debute(nom, sa)) return 2;
    if (toutes(nom)) return 3;
    return toutes(une.tout ??= `${nom} ${cle(une[3] ?? '')}`) ? 4 : 5;
  };
  return suggestions.map((une) => [noter(une), une]).filter(([note]) => note < 5)
    .sort(([a], [b]) => a - b).slice(0, CHOIX).map(([, une]) => une);
}

// The label, each of its words marked as far as what was typed goes.
function marque(nom, texte) {
  const mots = cle(texte).split(' '), morceaux = [];
  let fin = 0;
  for (const { 0: mot, index } of nom.matchAll(/[\p{L}\p{N}]+/gu)) {
    const sa = cle(mot);
    const tape = mots.findLast((un) => sa.startsWith(un) && (un.length > 1 || mots.length < 2));
    if (!tape) continue;
    let long = 1;
    while (long < mot.length && cle(mot.slice(0, long)).length < tape.length) long += 1;
    morceaux.push(nom.slice(fin, index), creer('mark', {}, mot.slice(0, long)));
    fin = index + long;
  }
  return [...morceaux, nom.slice(fin)];
}

// The sheet and what is in it.
function fabriquer(adresse) {
  const champ = creer('input', {
    id: 'Cherche', type: 'search', name: 'q', class: 'saisie', role: 'combobox', autocomplete: 'off',
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'Trouvailles', enterkeyhint: 'search',
  });
  const liste = creer('ul', { id: 'Trouvailles', role: 'listbox', 'aria-label': 'Suggestions', hidden: '' });
  const statut = creer('p', { class: 'visually-hidden', role: 'status' });
  const touche = creer('input', { type: 'checkbox' });
  const sortie = creer('button', { type: 'button', class: 'bouton second' }, 'Fermer');
  const form = creer(
    'form',
    { class: 'cherche', role: 'search', action: adresse, hidden: '' },
    creer(
      'div',
      { class: 'in' },
      creer('label', { for: 'Cherche' }, 'Rechercher dans tout le portail'),
      creer('div', { class: 'cherche-ligne' }, champ, creer('button', { class: 'bouton' }, 'Rechercher'), sortie),
      statut,
      liste,
      creer('label', { class: 'cherche-touche' }, touche, `Ouvrir ce champ avec la touche «${NB}/${NB}»`),
    ),
  );
  return { form, champ, liste, statut, touche, sortie };
}

function suggerer({ form, champ, liste, statut }) {
  let lues;
  const suggestions = () => (lues ??= lire(`${form.action}suggestions.json`).catch(() => { lues = null; }));
  suggestions();
  completer({
    champ, liste,
    async proposer(texte) {
      if (!cle(texte)) return [];
      const { suggestions: connues = [], sortes } = (await suggestions()) ?? {};
      return [null, ...proches(connues, texte).map((une) => ({ une, sorte: sortes[une[1]] }))];
    },
    dessiner: (choix, texte) => (choix
      ? [creer('span', {}, ...marque(choix.une[0], texte)),
        creer('span', { class: 'meta' }, [choix.sorte, choix.une[3]].filter(Boolean).join(' · '))]
      : [`Chercher «${NB}${texte.trim()}${NB}» dans tout le portail`]),
    prendre(choix) {
      if (choix) location = choix.une[2];
      else form.requestSubmit();
    },
    dire({ length }) {
      statut.textContent = length > 1 ? `${compter(length - 1, 'suggestion')} ci-dessous`
        : length ? 'Aucune suggestion' : '';
    },
  });
}

// Made once a page. The style comes first: nothing is shown without it.
async function preparer() {
  const lien = document.querySelector('.entete .chercher'), parties = fabriquer(lien.href);
  const { form, champ, touche, sortie } = parties;
  lien.after(form);
  suggerer(parties);
  let retour;
  const fermer = () => { form.hidden = true; };
  const revenir = () => {
    fermer();
    retour.focus();
  };
  form.addEventListener('keydown', (evenement) => {
    if (evenement.key !== 'Escape') return;
    evenement.preventDefault();
    revenir();
  });
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !form.contains(relatedTarget)) fermer();
  });
  sortie.addEventListener('click', revenir);
  addEventListener('pointerdown', ({ target }) => {
    if (!form.contains(target)) fermer();
  });
  addEventListener('pagehide', fermer);
  touche.addEventListener('change', () => {
    try {
      if (touche.checked) localStorage.removeItem('touche');
      else localStorage.touche = 'non';
    } catch { /* not remembered */ }
  });
  try {
    touche.checked = !localStorage.touche;
  } catch {
    touche.parentNode.hidden = true;
  }
  await habiller(new URL('../css/champ.css', import.meta.url));
  return (origine) => {
    if (form.hidden) retour = origine;
    form.hidden = false;
    champ.focus();
    champ.select();
  };
}

let prete;
export async function ouvrir(lien) {
  const sien = document.getElementById('Recherche'), actif = document.activeElement;
  if (sien) {
    sien.focus();
    sien.select();
    return;
  }
  (await (prete ??= preparer()))(actif === document.body ? lien : actif);
}
