// « Près de chez vous », on the home page and on that of a yearly rendezvous: names of communes
// completed as they are typed; the one that is asked for goes behind the # of the agenda's address,
// which no server receives, of the doors beside it, and of this page, for who comes back.
const form = document.getElementById('Pres-formulaire');
const champ = form.elements.pres, ici = location.pathname + location.search;
const puces = document.querySelectorAll('.seuil .puce, .puce[data-ensuite]');
const avec = (pres) => (pres ? `#${new URLSearchParams({ pres })}` : '');
function porter() {
  const pres = champ.value.trim();
  for (const une of puces) {
    const { ensuite, seule } = une.dataset;
    if (pres) {
      une.dataset.seule ??= une.getAttribute('href');
      une.setAttribute('href', (ensuite ?? une.dataset.seule) + avec(pres));
    } else if (seule) une.setAttribute('href', seule);
  }
}
function retenir() {
  porter();
  history.replaceState(null, '', ici + avec(champ.value.trim()));
}
champ.value ||= new URLSearchParams(location.hash.slice(1)).get('pres') ?? '';
let charge;
champ.addEventListener('focus', () => {
  charge ??= import(form.dataset.pres).then(({ lancer }) => lancer(form)).catch(() => { charge = null; });
});
champ.addEventListener('input', porter);
champ.addEventListener('change', retenir);
addEventListener('pageshow', porter);
form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  retenir();
  const pres = champ.value.trim();
  if (pres) location.href = form.action + avec(pres);
  else champ.focus();
});
