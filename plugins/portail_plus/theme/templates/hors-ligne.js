{# Reading without a network: nothing is kept before a reader asks for a page. Pages run this file, to
   keep them and to say which are; from then on the browser runs it too, as the worker of the site.
   An address has one copy: each answer of the network renews it; what is gone takes it away. #}
const RACINE = {{ ('/'|url)|json }}, PAGES = {{ vue.pages|map('url')|list|json }}, NB = '\u00a0';
const [ICI] = PAGES, nom = (quoi) => `portail ${RACINE} ${quoi}`, GARDEES = nom('gardees'), SITE = nom('site');
const PLACES = 160, HEURES = 6, PATIENCE = 4000, DELAI = 2 * 864e5;
let part = false; // the worker leaves: it puts nothing that is still under way
const PORTEE = new RegExp(`(?:href|src)="(${RACINE}(?:theme/|ruban\\.css|hors-ligne\\.js)[^"]*)"`, 'g');

const cles = async (cache) => (await caches.open(cache)).keys();
const gardee = (adresse) => caches.match(adresse, { cacheName: GARDEES });
const demande = async () => (await cles(GARDEES)).some(({ url }) => url.endsWith('/'));
const partie = ({ status }) => status === 404 || status === 410;
// A copy goes when its address answers 410, or 404 for two days: it says since when. A host has its moments,
// so that a 404 is believed only while the home page is there.
async function retirer(adresse, { status }, ici) {
  const copie = await ici.match(adresse), depuis = copie?.headers.get('perdue') ?? new Date().toUTCString();
  const accueil = copie && status === 404 && await fetch(RACINE, { cache: 'no-cache' });
  if (accueil && (!accueil.ok || accueil.redirected)) return;
  if (!accueil || Date.now() - Date.parse(depuis) > DELAI) return void await ici.delete(adresse);
  const perdue = new Response(copie.body, copie);
  perdue.headers.set('perdue', depuis);
  await ici.put(adresse, perdue);
}
// What the network answers takes the place of the copy; without one, it is put in `cache`.
async function noter(adresse, reponse, cache) {
  const la = await gardee(adresse) ? GARDEES : await caches.match(adresse) ? SITE : cache;
  if (part || !la || reponse.redirected || !(reponse.ok || partie(reponse))) return false;
  const ici = await caches.open(la), copie = new Response(await reponse.blob(), reponse);
  if (partie(reponse)) return retirer(adresse, reponse, ici);
  // What is of tomorrow would never be old.
  if (!(Date.parse(copie.headers.get('date')) <= Date.now())) copie.headers.set('date', new Date().toUTCString());
  await ici.put(adresse, copie);
  if (la === SITE) for (const cle of (await ici.keys()).slice(0, -PLACES)) await ici.delete(cle);
  return true;
}
// The same of what is asked for now, with the sheets, fonts and scripts that it names.
async function garder(adresse, cache) {
  const reponse = await fetch(adresse, { cache: 'no-cache' }), lue = await noter(adresse, reponse.clone(), cache);
  for (const [, une] of lue ? (await reponse.text()).matchAll(PORTEE) : [])
    if (!await caches.match(une)) await noter(une, await fetch(une), SITE);
  return lue;
}
async function partir() {
  part = 'registration' in self;
  for (const cache of await caches.keys()) if (cache.startsWith(nom(''))) await caches.delete(cache);
  await (self.registration ?? await navigator.serviceWorker.getRegistration(RACINE))?.unregister();
}
const quand = ({ headers }) => new Date(headers.get('date')) // « mardi 24 novembre 2026 à 18 h »
  .toLocaleString('fr', { dateStyle: 'full', timeStyle: 'short' }).replace(' 1 ', ' 1er ')
  .replace(/(\d):(\d+)/, `$1${NB}h${NB}$2`).replace(`${NB}00`, '');

function veiller() {
  // Pages that were kept and the agenda are asked for again when the agenda is some hours old.
  async function rafraichir() {
    const heures = (Date.now() - Date.parse((await caches.match(ICI))?.headers.get('date'))) / 36e5;
    if (heures >= 0 && heures < HEURES) return;
    const moi = self.location.href, avant = await caches.match(moi), lu = await fetch(moi, { cache: 'no-cache' });
    await noter(moi, lu, SITE);
    if (partie(lu) ? avant && !await caches.match(moi) : !await demande()) return void await partir();
    for (const { url } of await cles(GARDEES)) await garder(url);
    for (const { url } of await cles(SITE))
      if (url.endsWith('/') && !PAGES.includes(new URL(url).pathname)) await (await caches.open(SITE)).delete(url);
    // The page whose age is looked at comes last: what is cut short is begun again.
    for (const adresse of [...PAGES.slice(1), ICI]) await garder(adresse, SITE);
  }
  // The network, for as long as one waits; else the copy. A page that comes from there bears its day,
  // and is told when the network says something else later.
  async function repondre(evenement) {
    const { request, resultingClientId } = evenement, { url } = request, navigue = request.mode === 'navigate';
    const adresse = navigue ? new URL(url).pathname : url, copie = await caches.match(adresse);
    const marque = url.startsWith(`${self.registration.scope}theme/`); // of its bytes: it never changes
    if (marque ? copie : !navigue && !copie) return copie ?? fetch(request);
    const reseau = fetch(request, { cache: 'no-cache' }), recue = reseau.then((reponse) => reponse.clone());
    const texte = navigue && copie && adresse !== ICI ? await copie.clone().text() : '';
    const premiere = await Promise.race([reseau, new Promise((fin) => { setTimeout(fin, PATIENCE); })]).catch(() => {});
    evenement.waitUntil(recue.then(async (reponse) => {
      await noter(adresse, reponse.clone(), marque && await caches.has(SITE) && SITE);
      if (!premiere && texte && (partie(reponse) || reponse.ok && await reponse.text() !== texte))
        (await clients.get(resultingClientId))?.postMessage({ status: reponse.status });
      if (navigue) await rafraichir();
    }).catch(() => {}));
    if (premiere) return premiere;
    if (!copie) return reseau.catch(async () => (navigue ? await caches.match(ICI) : null) ?? Response.error());
    return !texte ? copie : new Response(texte.replace(/<main[^>]*>/, (un) => `${un}<div class="demo"><p class="in"
      role="status" id="Gardee">Gardée ${quand(copie)}${NB}; vérifiez avant de partir.</p></div>`), copie);
  }
  // Those of an earlier release, for which nobody had asked.
  const vider = () => Promise.all(['fichiers', 'lues', 'mois'].map((une) => caches.delete(nom(une))));
  addEventListener('install', (un) => un.waitUntil(vider().then(rafraichir).then(() => self.skipWaiting())));
  addEventListener('activate', (un) => un.waitUntil(self.clients.claim()));
  addEventListener('fetch', (evenement) => {
    const { method, url } = evenement.request;
    if (method === 'GET' && url.startsWith(self.registration.scope)) evenement.respondWith(repondre(evenement));
  });
}

const creer = (genre, traits) => Object.assign(document.createElement(genre), traits);
// Nobody is taken away from what she reads: she is told, and offered the page of the network.
function suivre(note) {
  const dire = (texte) => note.replaceChildren(`${texte}${NB}: `,
    creer('a', { href: location.pathname, textContent: 'voir ce que dit le site' }));
  addEventListener('online', () => dire('Le réseau est revenu'));
  navigator.serviceWorker.addEventListener('message', ({ data }) =>
    dire(!partie(data) ? 'Une version plus récente est arrivée' : 'Cette page est introuvable pour l’instant'));
}
async function tenir(adresse, oui, images = []) {
  if (oui) {
    if (await garder(adresse, GARDEES).catch(() => false))
      await navigator.serviceWorker.register(`${RACINE}hors-ligne.js`, { scope: RACINE });
    return;
  }
  for (const une of [adresse, ...images]) await (await caches.open(GARDEES)).delete(une);
  if (!await demande()) await partir();
}
async function offrir(pied) {
  const ici = location.pathname, bouton = creer('button', { className: 'bouton second', type: 'button' });
  bouton.style.cssText = '--encre: var(--sur-nuit); --fond: var(--nuit)'; // it stands on the night of the foot
  const images = () => Array.from(document.querySelectorAll(`main img[src^="${RACINE}"]`), (une) => une.currentSrc);
  async function dire() {
    const oui = Boolean(await gardee(ici));
    bouton.textContent = oui ? `Gardée${NB}: ne plus garder` : 'Garder sans réseau';
    bouton.setAttribute('aria-pressed', oui);
    if (!oui) return;
    for (const une of images()) if (!await gardee(une)) await noter(une, await fetch(une), GARDEES);
    // What its sheets and its scripts have asked for.
    for (const { name } of performance.getEntriesByType('resource'))
      if (name.includes(`${RACINE}theme/`) && !await caches.match(name)) await noter(name, await fetch(name), SITE);
  }
  bouton.addEventListener('click', async () => {
    await tenir(ici, !await gardee(ici), images());
    await dire().catch(() => {}); // without a network, as much as there is
  });
  pied?.append(bouton);
  await dire();
}
async function montrer(bloc) {
  const etat = document.getElementById('Hors-ligne-etat'), sections = bloc.querySelectorAll('[data-garde]');
  const ailleurs = location.pathname !== ICI; // it stands for a page that is not kept
  etat.textContent = navigator.onLine && !ailleurs ? '' : `Sans réseau${NB}: voici ce que cet appareil garde.`;
  for (const section of sections) {
    const cacheName = nom(section.dataset.garde), liste = section.querySelector('ul');
    for (const { url } of await caches.has(cacheName) ? (await cles(cacheName)).reverse() : []) {
      const { pathname } = new URL(url), copie = await caches.match(url, { cacheName }), un = creer('li');
      if (pathname === ICI || !pathname.endsWith('/')) continue;
      const { title } = new DOMParser().parseFromString((await copie.text()).slice(0, 4000), 'text/html');
      const perdue = copie.headers.has('perdue');
      un.append(creer('a', { href: pathname, textContent: title.split(' – ')[0] }), `, gardée ${quand(copie)}`);
      if (perdue) un.append(', introuvable pour l’instant');
      un.classList.toggle('meta', perdue);
      liste.append(un);
    }
    section.hidden = !liste.children.length;
  }
  document.getElementById('Hors-ligne-effacer').addEventListener('click', async () => {
    await partir();
    for (const section of sections) section.hidden = true;
    etat.textContent = 'Tout est effacé.';
  });
  bloc.hidden = false;
}
if (typeof document === 'undefined') veiller();
else if ('serviceWorker' in navigator && 'caches' in window) {
  const bloc = document.getElementById('Hors-ligne'), note = document.getElementById('Gardee');
  if (note) suivre(note);
  // What one stars is what one asks for (etoile.js).
  addEventListener('selection', ({ detail: [adresse, oui] }) => tenir(adresse, oui).catch(() => {}));
  if (bloc) montrer(bloc);
  else if (document.querySelector('article.fiche')) offrir(document.querySelector('.pied-bas')).catch(() => {});
}
