// Maps that one can move: a button in the corner of each. What answers it is read when it is first
// pressed, at the addresses that one file gives.
const NOM = 'Zoomer et déplacer la carte', SVG = 'http://www.w3.org/2000/svg';
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

// Two arrows that part: the map becomes larger.
function dessiner() {
  const svg = document.createElementNS(SVG, 'svg'), trait = document.createElementNS(SVG, 'path');
  svg.setAttribute('class', 'ico');
  svg.setAttribute('viewBox', '0 0 24 24');
  trait.setAttribute('d', 'M4 10V4h6M20 14v6h-6M4 4l7 7M20 20l-7-7');
  svg.append(trait);
  svg.ariaHidden = 'true';
  return svg;
}

for (const geo of document.querySelectorAll('.geo:not(.geo-fixe)')) {
  if (!geo.dataset.repere && !geo.querySelector('image')) continue;
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'bouton second geo-bouger';
  bouton.title = NOM;
  const signe = dessiner();
  bouton.append(signe);
  bouton.addEventListener('click', async () => {
    if (bouton.ariaBusy === 'true') return;
    bouton.ariaBusy = 'true';
    try {
      const { ouvrir, leaflet, donnees } = await (lues ??= charger());
      bouton.replaceChildren(signe);
      ouvrir(geo, bouton, leaflet, donnees);
    } catch {
      lues = null;
      bouton.title = '';
      bouton.textContent = 'La carte n’a pas pu être lue. Réessayer';
    }
    bouton.ariaBusy = null;
  });
  geo.append(bouton);
}
