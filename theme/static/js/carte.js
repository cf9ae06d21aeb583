// Maps that one can move: a button in the corner of each. What answers it is read when it is first
// pressed, at the addresses that one file gives.
const NOM = 'Zoomer et déplacer la carte';
let lues;
const charger = async () => {
  const { habiller, lire } = await import(document.querySelector('[data-commun]').dataset.commun);
  const donnees = await lire(new URL('../../carte/fond.json', import.meta.url)), { modules: adresses, css } = donnees;
  const [vive, leaflet, { sheet }] = await Promise.all([
    import(adresses.vive),
    import(adresses.leaflet),
    habiller(css),
  ]);
  if (!sheet) throw new Error(css);
  return { ouvrir: vive.ouvrir, leaflet, donnees };
};

for (const geo of document.querySelectorAll('.geo:not(.geo-fixe)')) {
  if (!geo.dataset.repere && !geo.querySelector('image')) continue;
  const bouton = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'bouton second geo-bouger',
    title: NOM,
  });
  const signe = Object.assign(document.createElement('i'), { className: 'ico i-agrandir' });
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
