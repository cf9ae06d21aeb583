// Share, copy, print.
const lien = document.querySelector('link[rel="canonical"]');
const adresse = lien ? lien.href : location.href.split('#')[0];

// What is put in an empty region is spoken.
function dire(bouton, texte) {
  const statut = bouton.closest('section').querySelector('.statut');
  statut.textContent = '';
  setTimeout(() => { statut.textContent = texte; }, 50);
}

async function copier(bouton, texte, fait, source) {
  try {
    await navigator.clipboard.writeText(texte);
    dire(bouton, fait);
  } catch { // refused, or no https
    if (source?.select) source.select();
    else if (source) getSelection().selectAllChildren(source);
    dire(bouton, source ? 'Le texte est sélectionné : copiez-le.' : `Adresse à copier : ${texte}`);
  }
}

async function partager(bouton) {
  if (navigator.share) {
    try {
      await navigator.share({ title: document.querySelector('h1').textContent, url: adresse });
      return;
    } catch (erreur) {
      if (erreur.name === 'AbortError') return;
    }
  }
  copier(bouton, adresse, 'Le lien est copié.');
}

for (const bouton of document.querySelectorAll('[data-partager]')) {
  if (!navigator.share) bouton.querySelector('span').textContent = 'Copier le lien';
  bouton.addEventListener('click', () => partager(bouton));
}
for (const bouton of document.querySelectorAll('[data-copier]')) {
  bouton.addEventListener('click', () => {
    const source = document.getElementById(bouton.dataset.copier);
    copier(bouton, source.value ?? source.textContent, 'Le texte est copié.', source);
  });
}
for (const bouton of document.querySelectorAll('[data-imprimer]')) bouton.addEventListener('click', () => print());
