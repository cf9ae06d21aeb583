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
      une.href = (ensuite ?? une.dataset.seule) + avec(pres);
    } else if (seule) une.href = seule;
  }
}
// Places that are open today: the nearest of all.
async function ranger() {
  const { ouverts, ouvertures } = form.dataset;
  const pres = ouverts && champ.value.trim() && await import(form.dataset.pres);
  const commune = pres && await pres.trouver(form, champ.value);
  if (!commune) return;
  const { rapprocher } = await import(form.dataset.ouverts);
  await rapprocher(document.querySelector('.ouverts'), ouvertures, document.documentElement.dataset.auj,
    { commune, distance: pres.distance });
}
function retenir() {
  porter();
  ranger().catch(() => {});
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
ranger().catch(() => {});
form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  retenir();
  const pres = champ.value.trim();
  if (pres) location.href = form.action + avec(pres);
  else champ.focus();
});
