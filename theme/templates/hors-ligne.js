{# Reading without a network. This one file is run by pages, where it offers to keep them and says
   what is kept, and by the browser as the worker of the site, which answers when no network does. #}
const RACINE = {{ ('/'|url)|json }}, PAGES = {{ vue.pages|map('url')|list|json }};
const [ICI] = PAGES, nom = (quoi) => `portail ${RACINE} ${quoi}`;
const FICHIERS = nom('fichiers'), GARDEES = nom('gardees'), LUES = nom('lues'), MOIS = nom('mois');
const PLACES = new Map([[LUES, 40], [FICHIERS, 160]]), HEURES = 6, PATIENCE = 4000;
const PORTEE = new RegExp(`(?:href|src)="(${RACINE}(?:theme/|ruban\\.css|hors-ligne\\.js)[^"]*)"`, 'g');

// The last that are put are the last that go.
async function ranger(cache, adresse, reponse) {
  const ici = await caches.open(cache);
  await ici.delete(adresse);
  await ici.put(adresse, reponse);
  const cles = await ici.keys(), trop = cles.length - (PLACES.get(cache) ?? Infinity);
  for (const cle of cles.slice(0, Math.max(0, trop))) await ici.delete(cle);
}
const bonne = (reponse) => reponse.ok && !reponse.redirected && reponse.type === 'basic';

// A page, with the sheets, fonts and scripts that it names and that are not there yet.
async function garder(adresse, cache) {
  const reponse = await fetch(adresse, { cache: 'no-cache' });
  if (!bonne(reponse)) return false;
  const texte = await reponse.clone().text();
  await ranger(cache, adresse, reponse);
  for (const [, fichier] of texte.matchAll(PORTEE)) {
    const net = fichier.replaceAll('&amp;', '&');
    if (await caches.match(net)) continue;
    const lu = await fetch(net);
    if (bonne(lu)) await ranger(FICHIERS, net, lu);
  }
  return true;
}

function veiller() {
  // The agenda of the month is taken again when it is some hours old.
  async function rafraichir() {
    const mois = await caches.open(MOIS), la = await mois.match(ICI);
    const heures = (Date.now() - Date.parse(la?.headers.get('date') ?? 0)) / 36e5;
    if (heures < HEURES) return;
    for (const { url } of await mois.keys()) if (!PAGES.includes(new URL(url).pathname)) await mois.delete(url);
    // The page whose age is looked at comes last: what is cut short is begun again.
    for (const adresse of [...PAGES.slice(1), ICI]) await garder(adresse, MOIS);
    const moi = await fetch(self.location.href, { cache: 'no-cache' });
    if (moi.status === 404) await self.registration.unregister(); // the portal offers it no more
  }
  async function connue(adresse) {
    for (const cache of [GARDEES, LUES, MOIS]) {
      const trouvee = await (await caches.open(cache)).match(adresse);
      if (trouvee) return trouvee;
    }
    return undefined;
  }
  // The network first; what is kept when there is none, or when it is too slow.
  async function page(evenement, adresse) {
    const reseau = fetch(evenement.request).then((reponse) => {
      const garde = bonne(reponse) && !PAGES.includes(adresse) && /html/.test(reponse.headers.get('content-type'));
      if (garde) evenement.waitUntil(ranger(LUES, adresse, reponse.clone()));
      evenement.waitUntil(rafraichir().catch(() => {}));
      return reponse;
    });
    const lent = new Promise((fin) => { setTimeout(async () => fin(await connue(adresse)), PATIENCE); });
    try {
      return await Promise.race([reseau, lent]) ?? await reseau;
    } catch {
      return await connue(adresse) ?? await caches.match(ICI) ?? Response.error();
    }
  }
  // What bears the mark of its bytes never changes.
  async function fichier({ request }) {
    const garde = await caches.match(request);
    if (garde) return garde;
    const reponse = await fetch(request);
    if (bonne(reponse)) await ranger(FICHIERS, request.url, reponse.clone());
    return reponse;
  }
  // What bears none may.
  async function libre({ request }) {
    try {
      const reponse = await fetch(request);
      if (bonne(reponse)) await ranger(FICHIERS, request.url, reponse.clone());
      return reponse;
    } catch {
      return await caches.match(request) ?? Response.error();
    }
  }
  addEventListener('install', (evenement) => evenement.waitUntil(rafraichir().then(() => self.skipWaiting())));
  addEventListener('activate', (evenement) => evenement.waitUntil(self.clients.claim()));
  addEventListener('fetch', (evenement) => {
    const { method, mode, url, destination } = evenement.request, { origin, pathname } = new URL(url);
    if (method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(RACINE)) return;
    if (mode === 'navigate') evenement.respondWith(page(evenement, pathname));
    else if (pathname.startsWith(`${RACINE}theme/`) || destination === 'image')
      evenement.respondWith(fichier(evenement));
    else if (/\/(ruban\.css|hors-ligne\.js)$/.test(pathname)) evenement.respondWith(libre(evenement));
  });
}

// In a page.
function faire(genre, traits, ...dedans) {
  const element = Object.assign(document.createElement(genre), traits);
  element.append(...dedans);
  return element;
}
async function offrir(pied) {
  const ici = location.pathname, gardees = await caches.open(GARDEES);
  const bouton = faire('button', { className: 'bouton second', type: 'button' });
  bouton.style.cssText = '--encre: var(--sur-nuit); --fond: var(--nuit)'; // it stands on the night of the foot
  const dire = (oui) => {
    bouton.textContent = oui ? 'Gardée : ne plus garder' : 'Garder sans réseau';
    bouton.setAttribute('aria-pressed', oui);
  };
  dire(Boolean(await gardees.match(ici)));
  bouton.addEventListener('click', async () => {
    if (await gardees.delete(ici)) dire(false);
    else {
      dire(await garder(ici, GARDEES).catch(() => false));
      for (const { currentSrc } of document.querySelectorAll('main img'))
        if (currentSrc.startsWith(location.origin)) await gardees.add(currentSrc).catch(() => {});
    }
  });
  pied?.append(bouton);
}
async function montrer(bloc) {
  const etat = document.getElementById('Hors-ligne-etat');
  etat.textContent = navigator.onLine ? '' : 'Sans réseau : voici ce que cet appareil garde.';
  for (const section of bloc.querySelectorAll('[data-garde]')) {
    const cache = await caches.open(nom(section.dataset.garde)), liste = section.querySelector('ul');
    for (const cle of (await cache.keys()).reverse()) {
      const { pathname } = new URL(cle.url), reponse = await cache.match(cle);
      if (pathname === ICI || !/html/.test(reponse.headers.get('content-type'))) continue;
      const { title } = new DOMParser().parseFromString((await reponse.text()).slice(0, 4000), 'text/html');
      liste.append(faire('li', {}, faire('a', { href: pathname }, title.split(' – ')[0] || pathname)));
    }
    section.hidden = !liste.children.length;
  }
  document.getElementById('Hors-ligne-effacer').addEventListener('click', async () => {
    for (const cache of [GARDEES, LUES, MOIS, FICHIERS]) await caches.delete(cache);
    for (const section of bloc.querySelectorAll('[data-garde]')) section.hidden = true;
    etat.textContent = 'Tout est effacé.';
  });
  bloc.hidden = false;
}
if (typeof document === 'undefined') veiller();
else if ('serviceWorker' in navigator && 'caches' in window) {
  navigator.serviceWorker.register(document.currentScript.src, { scope: RACINE }).catch(() => {});
  const bloc = document.getElementById('Hors-ligne');
  if (bloc) montrer(bloc);
  else if (document.querySelector('article.fiche')) offrir(document.querySelector('.pied-bas'));
}
