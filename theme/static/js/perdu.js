// The lost page: where the address leads, as a server that reads the list of redirections would
// have said; else the address asked for, the search for its last words, and the nearest addresses
// of the site plan.
const MOTS = /[\p{L}\p{N}]{3,}/gu;
const proches = document.getElementById('Proches');

// What part of the words asked for an address has, each counted by its length; two words are as alike
// as few letters of the longest change.
function note(mots, chemin, distance) {
  const siens = chemin.match(MOTS) ?? [];
  let trouve = 0, total = 0;
  for (const mot of mots) {
    const meilleure = Math.max(
      0, ...siens.map((autre) => 1 - distance(mot, autre, Infinity) / Math.max(mot.length, autre.length)),
    );
    trouve += meilleure > 0.6 ? meilleure * mot.length : 0;
    total += mot.length;
  }
  return trouve / total - siens.length / 1000;
}

async function chercher(mots) {
  const reponse = await fetch(proches.dataset.plan);
  if (!reponse.ok) return;
  const { creer, distance, lien } = await import(document.querySelector('[data-commun]').dataset.commun);
  const plan = new DOMParser().parseFromString(await reponse.text(), 'text/html');
  const liens = [...plan.querySelectorAll('main section a')].map((un) => [
    note(mots, dernier(un.getAttribute('href')), distance), un,
  ]);
  const choisis = liens.filter(([vaut]) => vaut > 0.7).sort(([a], [b]) => b - a).slice(0, 3);
  if (!choisis.length) return;
  proches.append(creer('h2', {}, 'Peut-être'), creer('ul', { class: 'issues' }, ...choisis.map(([, un]) => {
    const rubrique = un.closest('section').querySelector('h2').textContent.toLowerCase();
    return creer(
      'li', {}, lien(un.textContent, un.getAttribute('href')),
      creer('span', { class: 'meta' }, ` ${rubrique}`),
    );
  })));
}

async function suivre() {
  const reponse = await fetch(new URL('../_redirects', new URL(proches.dataset.plan, location)));
  // A list has fewer pages now; `//` is another site.
  let [, la] = location.pathname.match(/^((?:\/[^/]+)+\/)page\/\d+\/$/) ?? [];
  for (const regle of reponse.ok ? (await reponse.text()).split('\n') : []) {
    const [de, vers] = regle.split(' ');
    const [lu, ...parts] = location.pathname.match(`^${de.replace(/\./g, '\\.').replace(/:\w+/g, '([^/]+)')}$`) ?? [];
    if (lu) la = vers.replace(/:\w+/g, () => parts.shift());
  }
  if (la) location.replace(la);
}

const dernier = (chemin) => chemin.replace(/\/(index\.html?)?$|\.html?$/, '').split('/').pop().toLowerCase();

const champ = document.getElementById('Recherche');
let chemin = location.pathname;
try {
  chemin = decodeURIComponent(chemin);
} catch { /* shown as it was written */ }
if (!chemin.endsWith('/404.html')) {
  suivre();
  const adresse = document.createElement('code');
  adresse.textContent = chemin;
  document.getElementById('Adresse').replaceChildren(adresse);
  const dit = dernier(chemin).slice(0, 100), mots = dit.match(MOTS); // each word is compared with each address
  if (mots) chercher(mots);
  if (champ) champ.value = dit.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
if (champ) champ.form.hidden = false;
