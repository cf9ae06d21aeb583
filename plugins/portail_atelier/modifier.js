// « Corriger cette page » of who has signed in to the editor leads to its form there.
const { fichier, atelier } = document.querySelector('[data-fichier]').dataset;
const lien = document.querySelector('a.corriger');
let entre;
try {
  entre = localStorage.getItem('sveltia-cms.user');
} catch { /* refused */ }
if (lien && entre) {
  const [nom, dossier, genre] = fichier.replace(/\.md$/, '').split('/').reverse();
  const dedans = nom === 'index';
  lien.href = `${atelier}#/collections/${dedans ? `${genre}-dossiers/entries/${dossier}/index` : `${dossier}/entries/${nom}`}`;
  lien.lastChild.data = 'Modifier cette page';
}
