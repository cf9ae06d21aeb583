// Maps that one can move: a button in the corner of each. What answers it is read when it is first
// pressed.
const NOM = 'Zoomer et déplacer la carte';
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
      const { bouger } = await import(new URL('carte-bouger.js', import.meta.url));
      await bouger(geo, bouton, signe);
    } catch {
      bouton.title = '';
      bouton.textContent = 'La carte n’a pas pu être lue. Réessayer';
    }
    bouton.ariaBusy = null;
  });
  geo.append(bouton);
}
