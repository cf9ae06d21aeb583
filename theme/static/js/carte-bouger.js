// What moves a map, read once at the addresses that one file gives.
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

export async function bouger(geo, bouton, signe) {
  if (bouton.ariaBusy === 'true') return;
  bouton.ariaBusy = 'true';
  try {
    const { ouvrir, leaflet, donnees } = await (lues ??= charger());
    bouton.replaceChildren(signe);
    ouvrir(geo, bouton, leaflet, donnees);
  } catch (faute) {
    lues = null;
    throw faute;
  } finally {
    bouton.ariaBusy = null;
  }
}
