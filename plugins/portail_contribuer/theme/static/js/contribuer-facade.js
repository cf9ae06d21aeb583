// The line of a façade, by taps: walls of so many bays and floors under a roof, beside them what one
// sees from afar. A line that was written by hand stays: « Corriger » gives it back as it was.
export function dire({ matiere, travees, niveaux, toit, corps }) {
  const murs = matiere && travees && niveaux ? [matiere, `${travees}x${niveaux}`, toit].filter(Boolean).join(' ') : '';
  return [murs, corps].filter(Boolean).join(' + ');
}

export function lancer({ form }) {
  const champ = form.querySelector('[data-saisie=facade]'), ligne = champ.querySelector('textarea');
  const parts = [...champ.querySelectorAll('[data-part]')], statut = champ.querySelector('[role=status]');
  let sienne = '';
  function suivre() {
    const dites = Object.fromEntries(parts.map((part) => [part.dataset.part, part.value]));
    const { matiere, travees, niveaux, toit } = dites, murs = [matiere, travees, niveaux];
    statut.textContent = [...murs, toit].some(Boolean) && !murs.every(Boolean)
      ? 'Des murs se dessinent avec leur matière, leurs fenêtres de large et leurs niveaux.' : '';
    if (![sienne, ''].includes(ligne.value.trim())) {
      statut.textContent = 'La fiche a déjà une ligne : effacez-la pour la dire ainsi.';
      return;
    }
    const dite = dire(dites);
    if (dite === sienne) return;
    ligne.value = sienne = dite;
    for (const nom of ['input', 'change']) ligne.dispatchEvent(new Event(nom, { bubbles: true }));
  }
  champ.addEventListener('change', ({ target }) => target === ligne || suivre());
  // What was said while this came.
  if (parts.some(({ value }) => value)) suivre();
}
