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
  const lignes = [...document.querySelectorAll('.dites > li')];
  for (const { dataset } of lignes) {
    const la = dataset.lieu?.split(' ').map(Number);
    if (lieu && !(la && distance(lieu, [, , ...la]) <= RAYON)) dataset.loin = '';
    else delete dataset.loin;
  }
  const reste = lignes.filter(({ dataset, hidden }) => !hidden && !('loin' in dataset)).length;
  $('Statut').textContent = lieu ? `${lieu.nom}, ${RAYON}\u00a0km\u00a0: ${reste}` : texte && inconnue;
});
form.hidden = false;
