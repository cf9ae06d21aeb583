// « Faire connaître »: the picture of the page of an event above a band of words, in the shapes that
// networks show. Upright, the band is higher, so that a wide picture loses no more than a third; one that
// does not come leaves its place to words. `mots`: [state, title, when, where].
const { NB, annoncer, bouton, creer } = await import(document.querySelector('[data-commun]').dataset.commun);
const LARGE = 1080, MARGE = 64;
const FORMES = [['Carrée', 1080], ['Portrait', 1350], ['Story', 1920]];
const visuel = document.querySelector('.hero img'), image = new Image();
const proportion = visuel?.getAttribute('height') / visuel?.getAttribute('width');
const venue = visuel && new Promise((pret) => {
  image.onload = () => pret(true);
  image.onerror = () => pret(false);
  Object.assign(image, { sizes: '1200px', srcset: visuel.srcset, src: visuel.src });
});
const legende = document.querySelector('.hero figcaption')?.textContent.replace(' · Voir l’animation', '');
const credit = /©.*/.exec(legende)?.[0] ?? '';

// Words in lines, from a height down; gives where they end. Where `dessine` is not said, nothing is drawn.
function mettre(trait, mots, haut, grand, dessine) {
  const { color, borderTopColor: vif, fontFamily } = getComputedStyle(trait.canvas), place = LARGE - 2 * MARGE;
  const styles = [[46, vif], [grand, color], [46, vif], [38, color]];
  for (const [rang, texte] of mots.entries()) {
    const [taille, teinte] = styles[rang], lignes = [];
    Object.assign(trait, { font: `${taille > 40 ? 800 : 400} ${taille}px ${fontFamily}`, fillStyle: teinte });
    for (const mot of texte ? texte.split(/ |(?=\n)/) : []) {
      const avec = `${lignes.at(-1)} ${mot}`;
      if (lignes.length && mot[0] !== '\n' && trait.measureText(avec).width < place) lignes.splice(-1, 1, avec);
      else lignes.push(mot.trim());
    }
    for (const ligne of lignes) {
      haut += taille * 1.15;
      if (dessine) trait.fillText(ligne, MARGE, haut, place);
    }
    if (texte) haut += 24;
  }
  return haut;
}
async function dessiner(toile, mots, haut) {
  const vient = await venue, trait = toile.getContext('2d');
  Object.assign(toile, { width: LARGE, height: haut });
  const { backgroundColor, color, fontFamily } = getComputedStyle(toile);
  let grand = 104;
  while (grand > 44 && mettre(trait, mots, 0, grand) > haut * 0.42) grand -= 4;
  const reste = haut - mettre(trait, mots, 2 * MARGE, grand);
  const bas = vient ? Math.min(reste, 1.5 * LARGE * proportion) : 0;
  const large = Math.max(LARGE, bas / proportion), long = large * proportion;
  // The band hides what is left of the picture below.
  if (vient) trait.drawImage(image, (LARGE - large) / 2, (bas - long) / 2, large, long);
  trait.fillStyle = backgroundColor;
  trait.fillRect(0, bas, LARGE, haut);
  mettre(trait, mots, bas + (reste - bas) / 2 + MARGE / 2, grand, true);
  Object.assign(trait, { font: `400 24px ${fontFamily}`, fillStyle: color });
  trait.fillText(credit, MARGE, haut - 28, LARGE - 2 * MARGE);
}

// Puts the picture where its button was; gives what makes a file of it.
export async function preparer(demande, mots, { choix, copie, statut }) {
  const toile = creer('canvas', { role: 'img', 'aria-label': 'Aperçu de l’image' });
  const nom = () => `${location.pathname.split('/').at(-2)}-${toile.height}.jpg`;
  const fichier = () => new Promise((pret) => {
    toile.toBlob((octets) => pret(new File([octets], nom(), { type: octets.type })), 'image/jpeg', 0.9);
  });
  const alt = creer('textarea', { rows: 5 }), tracer = ([, haut]) => dessiner(toile, mots, haut);
  const phrases = mots.join('\n').split('\n').filter(Boolean).map((un) => (/[.!?…]$/.test(un) ? un : `${un}.`));
  alt.value = `${visuel?.alt ?? ''} Texte${NB}: ${phrases.join(' ')}`.trim();
  const formes = choix('Une image', FORMES, tracer);
  demande.parentElement.before(creer('div', { class: 'connaitre-image' }, formes, toile,
    bouton('Télécharger l’image', 'bouton', async () => {
      const href = URL.createObjectURL(await fichier());
      creer('a', { href, download: nom() }).click();
      setTimeout(() => URL.revokeObjectURL(href), 6e4);
    }), creer('label', {}, 'Sa description, pour qui ne la voit pas', alt), copie(alt)));
  demande.remove();
  formes.querySelector('input').focus();
  await tracer(FORMES[0]);
  const petite = image.naturalWidth < 700 && !/\.svg/.test(image.src);
  if (visuel && !await venue) annoncer(statut, 'L’image de la page n’est pas venue : il ne reste que les mots.');
  else if (/\bND\b/.test(credit))
    annoncer(statut, 'La licence de l’image demande de ne rien y changer : demandez d’abord à son auteur.');
  else if (petite) annoncer(statut, 'L’image de la page est petite : agrandie, elle sera un peu floue.');
  return fichier;
}
