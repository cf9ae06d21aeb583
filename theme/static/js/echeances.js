// What has changed since the page was made, at the reader's date: portail.js loads it when something
// that was to come is over.
const aujourdhui = document.documentElement.dataset.auj;
const passe = (jour) => jour < aujourdhui;

const { capital, creer, dater, direJour, etiquettes } = await import(
  document.querySelector('[data-commun]').dataset.commun
);

// The date to come, for what has several.
for (const un of document.querySelectorAll('[data-suite]')) {
  const jours = un.dataset.suite.split(' ');
  const jour = jours.find((autre) => !passe(autre));
  if (!jour || jour === jours[0]) continue;
  const feuille = un.querySelector('.eph'), phrase = un.querySelector('time:not(.eph), .meta > span');
  if (feuille) dater(feuille, jour);
  if (phrase) phrase.textContent = capital(direJour(jour));
}

// What has ended leaves lists of what is to come, where the next takes its place; elsewhere it is
// said to be over. What only held until then is hidden, or leads further.
function barrer(un, dit) {
  un.classList.add(un.matches('article') ? 'est-passe' : 'passee');
  un.querySelector('.eph')?.classList.add('etat-passe');
  const liste = un.querySelector('.etiqs') ?? creer('p', { class: 'etiqs' });
  liste.append(...etiquettes([[dit, 'passe']]));
  if (!liste.isConnected) (un.querySelector('.ligne-corps, .seance > div') ?? un).prepend(liste);
}

for (const un of document.querySelectorAll('[data-fin]')) {
  const { fin, ensuite, dit = 'Passé' } = un.dataset;
  if (!passe(fin)) continue;
  const liste = un.closest('[data-avenir]');
  if (liste?.closest('.avec-facettes')) continue; // facettes.js hides it
  if (liste) {
    (un.closest('li') ?? un).remove();
    liste.querySelector('[hidden]')?.removeAttribute('hidden');
    liste.style.alignContent = 'start';
    if (!liste.children.length) liste.replaceWith('Ce qui était annoncé ici est passé.');
  } else if (un.matches('article, .seance')) barrer(un, dit);
  else if (ensuite) un.href = ensuite;
  else un.setAttribute('hidden', '');
}
for (const un of document.querySelectorAll('[data-apres]')) un.hidden = !passe(un.dataset.apres);
