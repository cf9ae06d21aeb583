// Maps that one can move: a button below each. What answers it is read when it is first pressed, at
// the addresses that one file gives.
let lues;
const lire = async () => {
  const reponse = await fetch(new URL('../../carte/fond.json', import.meta.url));
  if (!reponse.ok) throw new Error(reponse.status);
  return reponse.json();
};

const feuille = (adresse) => new Promise((lue, perdue) => {
  const lien = document.createElement('link');
  lien.rel = 'stylesheet';
  lien.href = adresse;
  lien.addEventListener('load', lue);
  lien.addEventListener('error', perdue);
  document.head.append(lien);
});

const charger = async () => {
  const donnees = await lire();
  const { modules: adresses, css } = donnees;
  const [vive, leaflet] = await Promise.all([
    import(adresses.vive),
    import(adresses.leaflet),
    feuille(css),
  ]);
  return { ouvrir: vive.ouvrir, leaflet, donnees };
};

for (const geo of document.querySelectorAll('.geo:not(.geo-fixe)')) {
  if (!geo.dataset.repere && !geo.querySelector('image')) continue;
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'bouton second geo-bouger';
  bouton.textContent = 'Zoomer et déplacer la carte';
  bouton.addEventListener('click', async () => {
    if (bouton.ariaBusy === 'true') return;
    bouton.ariaBusy = 'true';
    try {
      const { ouvrir, leaflet, donnees } = await (lues ??= charger());
      bouton.textContent = 'Zoomer et déplacer la carte';
      ouvrir(geo, bouton, leaflet, donnees);
    } catch {
      lues = null;
      bouton.textContent = 'La carte n’a pas pu être lue. Réessayer';
    }
    bouton.ariaBusy = null;
  });
  geo.append(bouton);
}
