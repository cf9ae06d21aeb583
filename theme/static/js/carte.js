// Maps that one can move: a button in the corner of each. What answers it is read when it is first
// pressed.
for (const geo of document.querySelectorAll('.geo:not(.geo-fixe)')) {
  if (!geo.dataset.repere && !geo.querySelector('image')) continue;
  const bouton = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'bouton second geo-bouger',
    title: 'Zoomer et déplacer la carte',
  });
  const signe = Object.assign(document.createElement('i'), { className: 'ico i-agrandir' });
  bouton.append(signe);
  bouton.addEventListener('click', () => import(new URL('carte-bouger.js', import.meta.url))
    .then(({ bouger }) => bouger(geo, bouton, signe))
    .catch(() => {
      bouton.title = '';
      bouton.textContent = 'La carte n’a pas pu être lue. Réessayer';
    }));
  geo.append(bouton);
}
