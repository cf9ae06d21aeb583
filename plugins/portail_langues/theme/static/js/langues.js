// Lists in another language, narrowed around a commune that is typed: nothing of it leaves the browser.
const { $ } = await import(document.querySelector('[data-commun]').dataset.commun);
const { communes, distance, trouver } = await import(new URL('communes.js', import.meta.url));
const RAYON = 30, form = $('Pres-formulaire'), champ = $('Commune'), { communes: adresse, inconnue } = form.dataset;
const { completer, proches } = await import(form.dataset.champ);
const { fermer } = completer({
  champ, liste: $('Communes'),
  proposer: async (texte) => proches(await communes(adresse), texte),
  dessiner: ([nom]) => [nom],
  prendre([nom]) {
    champ.value = nom;
    fermer();
    form.requestSubmit();
  },
  dire() {},
});
form.addEventListener('submit', async (evenement) => {
  evenement.preventDefault();
  const texte = champ.value.trim(), lieu = texte && await trouver(adresse, texte);
  const lignes = [...document.querySelectorAll('.dites > li')], km = new Map();
  for (const ligne of lignes) {
    const la = lieu && ligne.dataset.lieu?.split(' ').map(Number);
    km.set(ligne, la ? distance(lieu, [, , ...la]) : Infinity);
    ligne.toggleAttribute('data-loin', !!lieu && km.get(ligne) > RAYON);
  }
  // Places, the nearest first; events keep the order of their days.
  for (const liste of lieu ? document.querySelectorAll('ul.dites') : [])
    liste.append(...[...liste.children].sort((un, autre) => km.get(un) - km.get(autre) || 0));
  if (lieu) for (const pli of document.querySelectorAll('details.bloc')) pli.open = true;
  const reste = lignes.filter(({ dataset, hidden }) => !hidden && !('loin' in dataset)).length;
  $('Statut').textContent = lieu ? `${lieu.nom}, ${RAYON}\u00a0km\u00a0: ${reste}` : texte && inconnue;
});
form.hidden = false;
