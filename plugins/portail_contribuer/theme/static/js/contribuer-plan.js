// The state of each part in the plan, as one fills it: what it needs (data-attend of the part: groups
// of fields, of which one answer is enough) and what it says already; errors once there are some.
const { retarder } = await import(new URL('contribuer-gestes.js', import.meta.url));

export function lancer(atelier) {
  const { form, creer, saisies } = atelier;
  // What is chosen before anyone answers is no answer; « partout » is one.
  // A place that no list knows answers by its commune.
  const inconnu = (champ) => champ.dataset.chemin === 'lieu' && !champ.dataset.valeur
    && champ.querySelector('[data-trouve]:not([hidden])');
  const repond = (champ) => !champ.closest('[hidden]') && !inconnu(champ)
    && (champ.dataset.hors === 'mode' ? /^partout/.test(saisies.lire(champ)) : saisies.lire(champ) !== undefined);
  const dit = (nom) => [...form.querySelectorAll('[data-saisie]')].some((champ) => {
    const [premier] = (
      champ.dataset.hors ??
      champ.closest('[data-lignes]')?.dataset.lignes ??
      champ.dataset.chemin
    ).split('.');
    return premier === nom && repond(champ);
  });
  const entame = (bloc) => [...bloc.querySelectorAll('[data-saisie]')].some((champ) =>
    champ.dataset.hors !== 'pretee' && repond(champ));

  function etatDe(bloc) {
    if ((atelier.fautifs ?? []).some((champ) => bloc.contains(champ))) return ['ko', '!', 'à corriger'];
    const attendus = (bloc.dataset.attend ?? '').split(' ').filter(Boolean);
    if (attendus.some((groupe) => !groupe.split('|').some(dit))) return ['', '', 'à remplir'];
    if ([...bloc.querySelectorAll('.renverse')].some((note) => note.checkVisibility() && note.textContent))
      return ['ko', '!', 'à vérifier'];
    return attendus.length || entame(bloc) ? ['ok', '✓', 'complet'] : ['', '', 'facultatif'];
  }
  function peindre() {
    for (const lien of document.querySelectorAll('#Plan a[href^="#"]')) {
      const bloc = document.getElementById(lien.hash.slice(1)), etat = lien.querySelector('.e');
      if (!bloc || !etat) continue;
      const [classe, signe, mots] = etatDe(bloc);
      etat.className = `e ${classe}`.trim();
      etat.replaceChildren(creer('b', { 'aria-hidden': 'true' }, signe), ' ', creer('span', {}, mots));
    }
  }
  for (const nom of ['input', 'change', 'rempli', 'efface', 'juge']) form.addEventListener(nom, retarder(peindre, 150));
  peindre();
  return (atelier.plan = { peindre });
}
