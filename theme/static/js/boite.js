// « Trouver un acteur ressource »: from a commune and a subject to the list that is sorted around
// them. The commune stands behind the # of the address, which no server receives.
const form = document.getElementById('Aide'), champ = document.getElementById('Commune');
const RAYON = 50;

let lance;
const lancer = () =>
  (lance ??= import(form.dataset.pres)
    .then((pres) => pres.lancer(form))
    .catch(() => {
      lance = null;
    }));
champ.addEventListener('focus', lancer);
if (document.activeElement === champ) lancer();
document.getElementById('Position').addEventListener('click', async () => (await lancer())?.situer());

form.addEventListener('submit', (evenement) => {
  evenement.preventDefault();
  const vers = evenement.submitter?.value;
  form.elements.pres.value = champ.value.trim();
  if (!vers) { // a commune was taken from the list: what is asked of it comes next
    (form.elements.theme ?? form.querySelector('button')).focus();
    return;
  }
  const adresse = new URL(form.dataset[vers], location.href);
  if (form.elements.theme?.value) adresse.searchParams.set('theme', form.elements.theme.value);
  adresse.hash = new URLSearchParams({ pres: form.elements.pres.value, rayon: RAYON });
  location.assign(adresse);
});
