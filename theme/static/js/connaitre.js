// « Faire connaître »: the button of an event that is not over. What it opens comes once it is pressed.
const infos = document.querySelector('.infos'), apres = document.querySelector('header [data-apres]');
const bouton = document.createElement('button'), signe = document.createElement('i');
signe.className = 'ico i-partager';
bouton.className = 'bouton second plein';
bouton.setAttribute('aria-haspopup', 'dialog');
bouton.append(signe, 'Faire connaître');
bouton.addEventListener('click', async () => {
  const panneau = await import(new URL('connaitre-panneau.js', import.meta.url)).catch(() => null);
  if (panneau) panneau.ouvrir();
  else bouton.textContent = 'Faire connaître : réessayez avec le réseau';
});
if (infos && !(apres?.dataset.apres < document.documentElement.dataset.auj)) {
  const liste = infos.querySelector('.boutons') ?? document.createElement('ul'), rang = document.createElement('li');
  rang.append(bouton);
  liste.append(rang);
  liste.className = 'boutons';
  if (!liste.isConnected) infos.querySelector('dl').after(liste);
}
