// Rows that are added and taken away. The focus never falls: it goes to what was added, to what
// gives back what was taken away, then to the nearest row.
const CONTROLE = 'input:not([type=hidden]), select, textarea';

export function lancer({ form, bouton, creer, dire, saisies }) {
  const rangees = saisies.lignesDe, modele = (bloc) => bloc.querySelector('template');
  const pied = (bloc) => bloc.querySelector('[data-ajouter]').closest('[data-lignes] > *');
  // Those that were there from the start are never taken away.
  const minima = new Map(), minimum = (bloc) => minima.get(bloc) ?? 0;
  const nomDe = (ligne) => ligne.querySelector('h3, h4, legend')?.textContent.trim().replace(/\s+/g, ' ') || 'Ligne';

  function renumeroter(bloc) {
    const lignes = rangees(bloc);
    lignes.forEach((ligne, rang) => {
      ligne.dataset.rang = rang;
      ligne.dataset.n ??= rang;
      for (const nombre of ligne.querySelectorAll('[data-numero]')) nombre.textContent = rang + 1;
      for (const bouton of ligne.querySelectorAll('[data-retirer]')) bouton.hidden = lignes.length <= minimum(bloc);
    });
  }

  // Before a row that is still there, else after the last one.
  function placer(bloc, element, avant) {
    if (avant?.isConnected) avant.before(element);
    else if (rangees(bloc).length) rangees(bloc).at(-1).after(element);
    else pied(bloc).before(element);
  }
  // A row whose ids hold `n`: they never change, so that the draft finds its controls again.
  function ajouter(
    bloc,
    n = Math.max(-1, ...rangees(bloc).map((ligne) => Number(ligne.dataset.n ?? ligne.dataset.rang))) + 1,
  ) {
    const ligne = modele(bloc).content.firstElementChild.cloneNode(true);
    for (const element of [ligne, ...ligne.querySelectorAll('*')]) {
      for (const { name, value } of [...element.attributes]) {
        if (value.includes('__n__')) element.setAttribute(name, value.replaceAll('__n__', n));
      }
    }
    ligne.dataset.n = n;
    placer(bloc, ligne);
    renumeroter(bloc);
    return ligne;
  }
  function ajuster(bloc, nombre) {
    const voulu = Math.max(nombre, minimum(bloc));
    for (const ligne of rangees(bloc).slice(voulu)) ligne.remove();
    while (rangees(bloc).length < voulu) ajouter(bloc);
    bloc.querySelector('.retiree')?.remove();
    renumeroter(bloc);
  }
  // The rows of a draft, by the numbers that their ids hold.
  function reprendre(bloc, numeros) {
    for (const ligne of rangees(bloc)) ligne.remove();
    for (const n of numeros) ajouter(bloc, n);
  }
  const change = (bloc) => bloc.dispatchEvent(new Event('change', { bubbles: true }));

  function retirer(ligne) {
    const bloc = ligne.closest('[data-lignes]'),
      toutes = rangees(bloc),
      rang = toutes.indexOf(ligne),
      nom = nomDe(ligne);
    const apres = toutes[rang + 1], plein = Object.keys(saisies.recueillir(ligne).valeur).length > 0;
    bloc.querySelector('.retiree')?.remove();
    ligne.remove();
    renumeroter(bloc);
    change(bloc);
    dire(`${nom} : retirée.`);
    const ou = (apres ?? toutes[rang - 1])?.querySelector(CONTROLE) ?? bloc.querySelector('[data-ajouter]');
    if (!plein) {
      ou?.focus();
      return;
    }
    const rendre = bouton('Rétablir', 'bouton second', () => {
      note.remove();
      placer(bloc, ligne, apres);
      renumeroter(bloc);
      change(bloc);
      dire(`${nomDe(ligne)} : rétablie.`);
      ligne.querySelector(CONTROLE)?.focus();
    });
    const note = creer('p', { class: 'retiree' }, `${nom} : retirée. `, rendre);
    placer(bloc, note, apres);
    rendre.focus();
  }

  form.addEventListener('click', ({ target }) => {
    const plus = target.closest('[data-ajouter]'), moins = target.closest('[data-retirer]');
    if (moins) retirer(moins.closest('.rang'));
    if (!plus) return;
    const bloc = plus.closest('[data-lignes]'), avant = rangees(bloc).at(-1), ligne = ajouter(bloc);
    // Sessions of a same event often keep their hours; what is copied is read back at once.
    for (const part of ['de', 'a']) {
      const [sa, leur] = [ligne, avant].map((une) => une?.querySelector(`[data-part="${part}"]`));
      if (sa && leur) sa.value = leur.value;
    }
    dire(`${nomDe(ligne)} : ajoutée.`);
    ligne.querySelector(CONTROLE)?.focus();
    setTimeout(change, 0, bloc); // the focus does not wait for what follows
  });

  for (const bloc of form.querySelectorAll('[data-lignes]')) {
    minima.set(bloc, rangees(bloc).length);
    renumeroter(bloc);
  }
  return { ajouter, ajuster, reprendre };
}
