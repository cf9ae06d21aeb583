// The editor that others keep, with our words, our fonts and our format; nothing of it is asked elsewhere.
const ici = (nom) => new URL(nom, import.meta.url).href;
const dire = (texte) => { document.querySelector('[role=status]').textContent = texte; };

const demander = window.fetch;
window.fetch = (adresse, options) => {
  const { hostname, pathname } = new URL(adresse.url ?? adresse, location.href);
  if (hostname === 'unpkg.com' && pathname.endsWith('/locales/fr.json')) return demander(ici('fr.json'), options);
  if (hostname === 'unpkg.com' || hostname.endsWith('hostedstatus.com')) return Promise.reject(new TypeError(hostname));
  return demander(adresse, options);
};
// With the weights of the editor's own rules: else its faces, which are blocked, are chosen first.
for (const [famille, fichier, weight] of [
  ['Material Symbols Outlined', 'material-symbols-outlined-latin-wght-normal', '400'],
  ['Source Sans 3', 'source-sans-3-latin-wght-normal', '200 900'],
]) {
  const police = new FontFace(famille, `url(${ici(`${fichier}.woff2`)})`, { weight });
  document.fonts.add(police);
  police.load();
}

async function ouvrir() {
  const [{ formatDe }, reponse] = await Promise.all([import('./format.js'), demander('champs.json')]);
  const { genres, noms } = await reponse.json();
  const prefs = JSON.parse(localStorage.getItem('sveltia-cms.prefs') ?? '{}');
  localStorage.setItem('sveltia-cms.prefs', JSON.stringify({ locale: 'fr', ...prefs }));
  window.CMS_MANUAL_INIT = true;
  await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: ici('sveltia-cms.js'), onload: resolve, onerror: reject });
    document.head.append(script);
  });
  for (const [nom, champs] of Object.entries(genres)) window.CMS.registerCustomFormat(nom, 'md', formatDe(champs, noms));
  await window.CMS.init();
  document.getElementById('Atelier').remove();
}

// In the frame of another site, one could be led to press what one does not see.
if (window.top !== window) dire('L’atelier ne s’ouvre pas dans le cadre d’un autre site.');
else ouvrir().catch(() => dire('L’éditeur n’a pas pu se charger. Rechargez la page ; s’il ne vient pas, dites-le à qui tient le portail.'));
