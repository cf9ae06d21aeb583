// A map that one moves, in place of the one that the page draws: its points, its names and its links
// are read there. On our own outlines; pictures of another site come only if they are asked for.
const SVG = 'http://www.w3.org/2000/svg';
const PAS = 80, LOIN = 13, LOIN_IMAGES = 18;
let ouvertes = 0;

const { creer } = await import(document.querySelector('[data-commun]').dataset.commun);
const bouton = (texte, faire, attributs = {}) => {
  const un = creer('button', { type: 'button', ...attributs }, texte);
  un.addEventListener('click', faire);
  return un;
};

const lien = (texte, adresse) => (adresse ? creer('a', { href: adresse }, texte) : texte);

// The lines of a path of relative integers, `pas` for a unit.
const traces = (chemin, pas, lieu) => chemin.split('M').slice(1).map((trait) => {
  const nombres = trait.match(/-?\d+/g).map(Number), points = [];
  let x = 0, y = 0;
  for (let rang = 0; rang < nombres.length; rang += 2) {
    x += nombres[rang];
    y += nombres[rang + 1];
    points.push(lieu(x / pas, y / pas));
  }
  return points;
});

const endroit = (rond) => [rond.cx.baseVal.value, rond.cy.baseVal.value];

// What is drawn around a point of a frame, at the scale of the page.
function dessin([x, y], echelle, nom, parts) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `${x} ${y} 1 1`);
  svg.setAttribute('class', nom);
  svg.style.width = svg.style.height = `${echelle}px`;
  svg.append(...parts.map((part) => part.cloneNode(true)));
  return svg;
}

export function ouvrir(geo, ouvreur, leaflet, donnees) {
  const svg = geo.querySelector('svg'), titre = svg.getAttribute('aria-label');
  const cadre = (repere) => (x, y) => [repere[1] + y * repere[3], repere[0] + x * repere[2]];
  const region = cadre(donnees.grille);
  const lieu = geo.dataset.repere ? cadre(geo.dataset.repere.split(' ').map(Number)) : region;
  const calme = matchMedia('(prefers-reduced-motion: reduce)').matches;

  // What the page shows of its map: where, at which scale.
  const fenetre = geo.getBoundingClientRect(), feuille = svg.getBoundingClientRect();
  const retour = svg.getScreenCTM().inverse(), echelle = 1 / retour.a;
  const coin = (x, y) => {
    const point = new DOMPoint(x, y).matrixTransform(retour);
    return lieu(point.x, point.y);
  };
  const bornes = [
    coin(Math.max(fenetre.left, feuille.left), Math.max(fenetre.top, feuille.top)),
    coin(Math.min(fenetre.right, feuille.right), Math.min(fenetre.bottom, feuille.bottom)),
  ];

  const noms = [...svg.querySelectorAll('text')].filter((texte) => !texte.closest('.pt')
    && !texte.previousElementSibling?.matches('.echelle') && texte.getClientRects().length);

  const aide = creer('p', { class: 'vive-aide', id: `Carte-aide-${ouvertes += 1}` },
    'Un point marque la commune, ou l’adresse quand elle est connue. ',
    creer('span', { class: 'au-clavier' }, 'Flèches : déplacer. + et − : zoomer. Échap : revenir à la carte fixe.'),
    creer('span', { class: 'au-doigt' }, 'Deux doigts pour déplacer et zoomer.'));
  const boite = creer('div', {
    class: 'vive-carte', role: 'application', 'aria-label': titre, 'aria-describedby': aide.id,
  });
  const outils = creer('div', { class: 'vive-outils' });
  const credits = creer('p', { class: 'vive-credits' });
  const vive = creer('div', { class: 'vive' }, outils, boite, credits, aide);
  boite.style.height = `${Math.max(320, Math.min(feuille.height, innerHeight - 160))}px`;
  geo.classList.add('ouverte');
  svg.after(vive);

  const rendu = new leaflet.SVG({ padding: 0.5 });
  const carte = new leaflet.Map(boite, {
    zoomSnap: 0, maxZoom: LOIN, maxBoundsViscosity: 1, bounceAtZoomLimits: false, zoomAnimation: !calme,
    fadeAnimation: !calme, markerZoomAnimation: !calme, inertia: !calme,
  });
  if (calme) {
    const { panBy } = carte;
    carte.panBy = (ecart, options) => panBy.call(carte, ecart, { ...options, animate: false });
  }
  const trait = (sorte, lignes, nom) => new leaflet[sorte](lignes, {
    renderer: rendu, className: nom, interactive: false, smoothFactor: 0.5,
  }).addTo(carte);

  carte.fitBounds(bornes, { animate: false });
  carte.createPane('noms').ariaHidden = 'true';
  const terre = trait('Polygon', traces(donnees.traces.region, donnees.pas, region), 'terre');
  trait('Polyline', traces(donnees.traces.epci, donnees.pas, region), 'epci');
  trait('Polyline', traces(donnees.traces.departements, donnees.pas, region), 'departements');
  const tout = terre.getBounds();
  carte.setMinZoom(Math.min(carte.getZoom(), carte.getBoundsZoom(tout)));
  carte.setMaxBounds(tout.extend(bornes).pad(0.3));
  entourer(svg, geo, lieu, (lignes) => {
    vive.classList.add('autour');
    trait('Polygon', lignes, 'territoire').bringToBack();
    terre.bringToBack();
    trait('Polyline', lignes, 'contour');
  });
  nommer(noms, echelle, lieu, leaflet, carte);
  const lieux = poser(svg, echelle, lieu, leaflet, carte, titre);
  if (svg.querySelector('.route')) trait('Polyline', lieux, 'route');

  const mentions = [
    creer('span', {}, 'Contours : ', lien(...donnees.credit)),
    lien('Leaflet', 'https://leafletjs.com/'),
  ];
  const crediter = (mention) => credits.replaceChildren(
    ...[...(mention ? [mention] : []), ...mentions].flatMap((une, rang) => (rang ? [' · ', une] : [une])),
  );
  crediter();

  const deplacer = (x, y) => () => carte.panBy([x * PAS, y * PAS]);
  const groupe = (nom, ...dedans) => creer('div', { role: 'group', 'aria-label': nom }, ...dedans);
  const signe = (texte, nom, faire) => bouton(texte, faire, { 'aria-label': nom, title: nom });
  outils.append(
    groupe('Zoom', signe('+', 'Zoomer', () => carte.zoomIn()), signe('−', 'Dézoomer', () => carte.zoomOut())),
    groupe('Déplacement', signe('←', 'Vers l’ouest', deplacer(-1, 0)), signe('↑', 'Vers le nord', deplacer(0, -1)),
      signe('↓', 'Vers le sud', deplacer(0, 1)), signe('→', 'Vers l’est', deplacer(1, 0))),
  );
  const demande = donnees.fond && demander(donnees.fond, leaflet, carte, vive, crediter);
  if (demande) outils.append(demande.bouton);
  outils.append(bouton('Revenir à la carte fixe', fermer));

  function fermer() {
    carte.remove();
    vive.remove();
    geo.classList.remove('ouverte');
    ouvreur.focus();
  }

  // The wheel and one finger scroll the page, as everywhere; with Ctrl, or two fingers, the map.
  vive.addEventListener('wheel', (evenement) => {
    if (!evenement.ctrlKey) evenement.stopPropagation();
  }, { capture: true, passive: true });
  vive.addEventListener('pointerdown', ({ pointerType }) => {
    carte.dragging[pointerType === 'touch' ? 'disable' : 'enable']();
  }, true);
  vive.addEventListener('keydown', (evenement) => {
    if (evenement.key !== 'Escape') return;
    evenement.preventDefault();
    evenement.stopPropagation();
    if (demande?.renoncer()) return;
    if (boite.querySelector('.leaflet-popup')) carte.closePopup();
    else fermer();
  }, true);
  boite.focus({ preventScroll: true });
}

// The territory itself, as its ground draws it: a file that the browser already has.
async function entourer(svg, geo, lieu, tracer) {
  const fond = geo.dataset.repere && svg.querySelector('image')?.getAttribute('href');
  if (!fond) return;
  const texte = await (await fetch(fond)).text();
  const contour = texte.match(/id="c" d="([^"]+)"/), pas = texte.match(/scale\(([\d.]+)\)/);
  if (contour && pas && geo.matches('.ouverte')) tracer(traces(contour[1], 1 / pas[1], lieu));
}

// Names that the page shows, each at its place.
function nommer(noms, echelle, lieu, leaflet, carte) {
  for (const texte of noms) {
    const avant = texte.previousElementSibling, pied = avant?.matches('circle.base') ? avant : null;
    const ici = pied ? endroit(pied) : [texte.x.baseVal[0].value, texte.y.baseVal[0].value];
    const html = dessin(ici, echelle, '', pied ? [pied, texte] : [texte]);
    const icon = new leaflet.DivIcon({ html, className: 'vive-nom', iconSize: [0, 0] });
    new leaflet.Marker(lieu(...ici), { icon, pane: 'noms', interactive: false, keyboard: false }).addTo(carte);
  }
}

// Points, in the order of the page: as far from their true place as it draws them, to the eye.
function poser(svg, echelle, lieu, leaflet, carte, titre) {
  const lieux = [];
  for (const pt of svg.querySelectorAll('.pt')) {
    const rond = pt.querySelector('.rond'), ici = endroit(rond);
    const vrai = endroit(pt.querySelector('.base') ?? rond);
    const [dx, dy] = [0, 1].map((axe) => (ici[axe] - vrai[axe]) * echelle);
    const cible = pt.querySelector('.cible')?.r.baseVal.value ?? 0;
    const rayon = Math.min(22, Math.max(12, cible * echelle));
    const parts = [...pt.children].filter((part) => !part.matches('title, .cible'));
    const html = dessin(ici, echelle, pt.getAttribute('class'), parts);
    html.style.left = html.style.top = `${rayon}px`;
    const adresse = pt.getAttribute('href'), seul = svg.querySelectorAll('.pt').length === 1;
    const nom = pt.querySelector('title')?.textContent ?? (seul ? titre.replace(/^Carte\s?:\s/, '') : '');
    const icon = new leaflet.DivIcon({
      html, className: 'vive-pt', iconSize: [2 * rayon, 2 * rayon], iconAnchor: [rayon - dx, rayon - dy],
      popupAnchor: [dx, dy - rayon],
    });
    const point = new leaflet.Marker(lieu(...vrai), {
      icon, interactive: Boolean(nom), keyboard: Boolean(nom), riseOnHover: true,
    }).addTo(carte);
    lieux.push(point.getLatLng());
    if (nom) bulle(point, nom, adresse, pt.textContent);
  }
  return lieux;
}

function bulle(point, nom, adresse, texte) {
  const element = point.getElement();
  const numero = texte.replace(nom, '').trim();
  element.setAttribute('aria-label', numero && !nom.includes(numero) ? `${numero} : ${nom}` : nom);
  point.bindPopup(creer('p', {}, lien(nom, adresse)), { maxWidth: 240, minWidth: 120 });
  element.addEventListener('keydown', (evenement) => {
    if (evenement.key !== ' ') return;
    evenement.preventDefault();
    point.openPopup();
  });
  point.on('popupopen', ({ popup }) => {
    const dedans = popup.getElement();
    dedans.querySelector('.leaflet-popup-close-button').setAttribute('aria-label', 'Fermer');
    dedans.querySelector('a').focus({ preventScroll: true });
  });
  point.on('popupclose', ({ popup }) => {
    const { activeElement, body } = document;
    if (activeElement === body || popup.getElement()?.contains(activeElement)) element.focus({ preventScroll: true });
  });
}

// Pictures of another site: who would be asked for them, and what it would learn, is said first.
function demander({ adresse, mention, organisme, hote }, leaflet, carte, vive, crediter) {
  let images, question;
  const montrer = () => {
    images ??= new leaflet.TileLayer(adresse, { maxZoom: LOIN_IMAGES, referrerPolicy: 'no-referrer' });
    images.addTo(carte);
    carte.options.zoomSnap = 1;
    carte.setMaxZoom(LOIN_IMAGES);
    carte.setZoom(Math.round(carte.getZoom()));
    dire(true);
  };
  const cacher = () => {
    images.remove();
    carte.setMaxZoom(LOIN);
    dire(false);
  };
  const dire = (montree) => {
    vive.classList.toggle('imagee', montree);
    crediter(montree ? mention : '');
    un.textContent = montree ? 'Masquer le fond de carte' : 'Afficher le fond de carte';
  };
  const renoncer = () => {
    if (!question) return false;
    question.remove();
    question = null;
    un.focus();
    return true;
  };
  const un = bouton('Afficher le fond de carte', () => {
    if (vive.classList.contains('imagee')) cacher();
    else if (images) montrer();
    else if (!renoncer()) poserLaQuestion();
  });
  function poserLaQuestion() {
    question = creer(
      'div',
      { class: 'vive-question', role: 'group', tabindex: -1, 'aria-label': 'Charger le fond de carte ?' },
      creer(
        'p',
        {},
        `Les images du fond viennent de ${hote}, un serveur de ${organisme}. Il recevra ` +
          'l’adresse IP de votre appareil et saura quelle partie de la carte vous regardez. ' +
          'Rien ne lui est demandé avant votre accord, qui vaut pour cette page.',
      ),
      bouton('Charger', () => {
        renoncer();
        montrer();
      }),
      bouton('Non', renoncer),
    );
    vive.querySelector('.vive-outils').after(question);
    question.focus();
  }
  return { bouton: un, renoncer };
}
