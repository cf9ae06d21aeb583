// The lost page: where the address leads, as a server that reads the list of redirections would
// have said; else the address asked for, the search for its last words, and the nearest addresses
// of the site plan.
const MOTS = /[\p{L}\p{N}]{3,}/gu;
const proches = document.getElementById('Proches');

// How alike two words are, from 0 to 1: the distance of Levenshtein, beside their length.
function parente(un, autre) {
  let ligne = Array.from({ length: autre.length + 1 }, (_, rang) => rang);
  for (let i = 1; i <= un.length; i += 1) {
    const suivante = [i];
    for (let j = 1; j <= autre.length; j += 1) {
      const change = ligne[j - 1] + (un[i - 1] === autre[j - 1] ? 0 : 1);
      suivante.push(Math.min(change, ligne[j] + 1, suivante[j - 1] + 1));
    }
    ligne = suivante;
  }
  return 1 - ligne[autre.length] / Math.max(un.length, autre.length);
}

// What part of the words asked for an address has, each counted by its length.
function note(mots, chemin) {
  const siens = chemin.match(MOTS) ?? [];
  let trouve = 0;
  let total = 0;
  for (const mot of mots) {
    const meilleure = Math.max(0, ...siens.map((autre) => parente(mot, autre)));
    trouve += meilleure > 0.6 ? meilleure * mot.length : 0;
    total += mot.length;
  }
  return trouve / total - siens.length / 1000;
}

async function chercher(mots) {
  const reponse = await fetch(proches.dataset.plan);
  if (!reponse.ok) return;
  const plan = new DOMParser().parseFromString(await reponse.text(), 'text/html');
  const liens = [...plan.querySelectorAll('main section a')].map((lien) => ({
    href: lien.getAttribute('href'),
    texte: lien.textContent,
    rubrique: lien.closest('section').querySelector('h2').textContent.toLowerCase(),
    note: note(mots, dernier(lien.getAttribute('href'))),
  }));
  const choisis = liens.filter((lien) => lien.note > 0.7).sort((a, b) => b.note - a.note).slice(0, 3);
  if (!choisis.length) return;
  const titre = document.createElement('h2');
  titre.textContent = 'Peut-être';
  const liste = document.createElement('ul');
  liste.className = 'issues';
  for (const choisi of choisis) {
    const lien = document.createElement('a');
    lien.href = choisi.href;
    lien.textContent = choisi.texte;
    const rubrique = document.createElement('span');
    rubrique.className = 'meta';
    rubrique.textContent = ` ${choisi.rubrique}`;
    const ligne = document.createElement('li');
    ligne.append(lien, rubrique);
    liste.append(ligne);
  }
  proches.append(titre, liste);
}

async function suivre() {
  const reponse = await fetch(new URL('../_redirects', new URL(proches.dataset.plan, location)));
  let [, la] = location.pathname.match(/^(.+\/)page\/\d+\/$/) ?? []; // a list that has fewer pages now
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
  const mots = dernier(chemin).match(MOTS);
  if (mots) chercher(mots);
  if (champ) champ.value = dernier(chemin).replace(/[^\p{L}\p{N}]+/gu, ' ').trim().slice(0, 100);
}
if (champ) champ.form.hidden = false;
