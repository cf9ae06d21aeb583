// « Près de chez vous », on the home page and on that of a yearly rendezvous: names of communes
// completed as they are typed; the one that is asked for goes behind the # of the agenda's address,
// which no server receives.
const form = document.getElementById('Pres-formulaire');
const champ = form.elements.pres;
let charge;
champ.addEventListener('focus', () => {
  charge ??= import(form.dataset.pres).then(({ lancer }) => lancer(form)).catch(() => { charge = null; });
});
form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  const pres = champ.value.trim();
  if (pres) location.href = `${form.action}#${new URLSearchParams({ pres })}`;
  else champ.focus();
});
