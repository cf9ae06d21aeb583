// The list of several contents that one source holds: a line for each, what is asked once for all.
const { NB, bouton, cache, compter, creer } = await import(document.querySelector('[data-commun]').dataset.commun);
const DITES = 3;

// What one lacks, as to a person.
export const manques = ({ fautes }) => fautes.filter(({ code, dit }, rang) => !dit || fautes.findIndex((une) => une.code === code && une.dit === dit) === rang)
  .map(({ ou, dit, message }) => (ou ? `${ou}${NB}: ` : '') + (dit ?? message));

// A field of the form, again, under other ids: its answer is for all.
export function reprendre(champ, saisies) {
  const copie = champ.cloneNode(true);
  for (const un of [copie, ...copie.querySelectorAll('*')]) {
    for (const nom of ['id', 'for', 'name', 'aria-describedby', 'aria-controls', 'aria-labelledby']) {
      const dit = un.getAttribute(nom);
      if (dit) un.setAttribute(nom, dit.split(' ').map((mot) => `Tous-${mot}`).join(' '));
    }
    un.removeAttribute('required');
  }
  copie.hidden = false;
  if (champ.dataset.hors !== 'courriel') saisies.ecrire(copie, undefined);
  for (const un of copie.querySelectorAll('.requis, .compte, .remedes, [data-trouve]')) un.remove();
  return copie;
}

// What is said of one changes with what is answered.
export function peindre(un) {
  const fautes = manques(un), plus = fautes.length - DITES, etat = un.ligne.querySelector('[data-etat]');
  un.ligne.querySelector('.meta').textContent = un.quand;
  etat.className = fautes.length ? 'aide renverse' : 'aide';
  etat.textContent = fautes.length
    ? `À compléter${NB}: ${fautes.slice(0, DITES).join(' ')}${plus > 0 ? ` Et ${compter(plus, 'autre point')}.` : ''}` : 'Prêt.';
}

function ligner(un, rang, { ouvrir, resumer }) {
  const boite = creer('input', { type: 'checkbox', id: `Un-${rang}`, 'aria-describedby': `Un-${rang}-quand Un-${rang}-etat` });
  boite.checked = un.coche;
  boite.addEventListener('change', () => {
    un.coche = boite.checked;
    resumer();
  });
  const dits = [...un.double ? [`«${NB}${un.double}${NB}» est déjà dans l’agenda${NB}: est-ce le même${NB}?`] : [], ...un.lu.laisse ?? []];
  const remarques = creer('details', { class: 'savoir' }, creer('summary', {}, compter(dits.length, 'remarque'), cache(`${NB}: ${un.nom}`)), ...dits.map((une) => creer('p', {}, une)));
  un.ligne = creer('li', { class: 'rang' },
    creer('div', { class: 'haut' }, creer('label', { class: 'choix' }, boite, creer('b', {}, un.nom)),
      bouton(['Ouvrir', cache(` dans le formulaire${NB}: ${un.nom}`)], 'nu', () => ouvrir(un))),
    creer('p', { class: 'meta', id: `Un-${rang}-quand` }),
    creer('p', { id: `Un-${rang}-etat`, 'data-etat': '' }), ...dits.length ? [remarques] : []);
  peindre(un);
  return un.ligne;
}

// `gestes` = { cocher, ouvrir, preparer, revenir, resumer, changer, completer }.
export function dessiner({ titre, laisse, uns, communs, vous }, gestes) {
  const pour = creer('fieldset', { class: 'bloc' }, creer('legend', {}, creer('h3', {}, 'Une réponse pour tous')),
    creer('p', { class: 'aide' }, 'Elle va à ceux qui ne disent rien, et à eux seuls.'), ...communs);
  const region = creer('section', { class: 'apres', id: 'Plusieurs' },
    creer('h2', { class: 'titre-sec', id: 'Plusieurs-titre', tabindex: '-1' }, titre),
    creer('p', {}, `Cochez ce que vous proposez${NB}: chacun fait un fichier, tous partent en une seule proposition. Rien n’est envoyé tant que vous ne le demandez pas.`),
    ...laisse.map((une) => creer('p', { class: 'aide' }, une)),
    creer('p', { class: 'actions' }, bouton('Revenir au formulaire', 'nu', gestes.revenir)),
    ...communs.length ? [pour] : [],
    creer('p', { class: 'actions' }, bouton('Tout cocher', 'nu', () => gestes.cocher(true)), bouton('Tout décocher', 'nu', () => gestes.cocher(false))),
    creer('p', { class: 'lu', role: 'status', 'data-bilan': '' }),
    creer('ol', { class: 'rangs' }, ...uns.map((un, rang) => ligner(un, rang, gestes))), ...vous,
    creer('p', { class: 'actions' }, creer('button', { class: 'bouton', type: 'button', 'data-preparer': '' }, 'Préparer les fichiers')),
    creer('div', { 'data-pret': '' }));
  region.querySelector('[data-preparer]').addEventListener('click', gestes.preparer);
  region.addEventListener('focusin', ({ target }) => {
    const champ = target.closest('[data-saisie^=reference]');
    if (champ) gestes.completer(champ);
  });
  for (const nom of ['input', 'change']) pour.addEventListener(nom, gestes.changer);
  return region;
}
