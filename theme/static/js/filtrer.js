// A field that keeps, of the lists that it names, the lines that hold what is typed; it says what
// one of them is, and where to look when there is none.
const plier = (texte) => texte.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
  .replace(/[^a-z0-9]+/g, ' ').replace(/\bst(e?) /g, 'saint$1 ').trim();

for (const champ of document.querySelectorAll('[data-filtre]')) {
  const zone = document.getElementById(champ.dataset.filtre);
  const { un, rien } = champ.dataset;
  const reponse = champ.closest('p').nextElementSibling;
  const lignes = [...zone.querySelectorAll('li')].map((li) => [li, plier(li.querySelector('summary, a').textContent)]);
  let attente;

  const filtrer = () => {
    const mots = plier(champ.value).split(' ');
    let nombre = 0;
    for (const [li, nom] of lignes) {
      li.hidden = !mots.every((mot) => nom.includes(mot));
      nombre += !li.hidden;
    }
    if (!nombre) for (const [li] of lignes) li.hidden = false; // never a dead end
    for (const section of zone.querySelectorAll('section')) section.hidden = !section.querySelector('li:not([hidden])');
    clearTimeout(attente); // once the reader has stopped typing
    attente = setTimeout(() => {
      const trouve = `${nombre} ${un}${nombre > 1 ? 's' : ''}`;
      reponse.textContent = mots[0] ? (nombre ? trouve : rien) : '';
    }, 500);
  };

  champ.addEventListener('input', filtrer);
  champ.closest('p').hidden = false;
  if (champ.value) filtrer(); // a page that comes back
}
