// « Ma sélection »: what this device keeps, or what a link carries, which is kept only if one asks.
const { NB, $, bouton, compter, creer, dater, lien, modele, remplir, titrer } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
const { RACINE, changer, fiches, lire, peindre, prevenir } = await import(
  document.querySelector('[data-etoile]').dataset.etoile
);
const { dits, relever, retenir } = await fiches();
const { PLUS, depasser, lier, ouvrirLien } = await import($('Selection').dataset.lien);
const { auj } = document.documentElement.dataset;
const HEURE = () => new Date().toISOString().slice(0, 13); // what was seen in this hour is not asked again

// When something is: its next day, or the last one of what runs; nothing for what has no day.
function situer([cle, un]) {
  const jours = (un.jours ?? '').split(' ').filter(Date.parse);
  const dernier = [un.fin, ...jours].filter(Date.parse).sort().at(-1);
  const suivant = jours.find((jour) => jour >= auj);
  return { cle, un, jour: suivant ?? dernier, jusque: !suivant && dernier >= auj, passe: dernier < auj };
}
const titreDe = (cle, { titre }) => titre || cle.split('/')[1].replaceAll('-', ' ');
function ligne({ cle, un, jour, jusque, passe }) {
  const article = modele('ligne'), feuille = article.querySelector('.eph');
  if (jour) dater(feuille, jour, jusque ? { avant: 'jusqu’au' } : {});
  else {
    feuille.remove();
    article.classList.remove('avec-eph');
  }
  const marques = un.etat ? [[un.etat, un.code ?? '', 1]] : [];
  if (un.perdu) marques.push(['Introuvable pour l’instant', 'passe', 0]);
  return remplir(article, {
    adresse: `${RACINE}${cle}/`,
    titre: titreDe(cle, un),
    theme: /^[\w-]+$/.exec(un.theme)?.[0],
    dessus: un.sur,
    details: [(un.jours?.startsWith(jour) && un.suite) || un.quand, un.ou, un.prix],
    marques: passe ? [...marques, ['Passé', 'passe', 0]] : marques,
  });
}
const lignes = (places) => creer('ul', { class: 'lignes' }, ...places.map((place) => creer('li', {}, ligne(place))));

// What was told when it was kept, and is no more; what keeps one from coming.
function nouvelles({ cle, un, passe }) {
  const [avant, maintenant] = [un.alors ?? dits(un), dits(un)].map((dit) => dit.split('\n'));
  const change = avant.slice(0, 3).flatMap((dit, rang) => (!dit || dit === maintenant[rang] ? [] : [
    ' ', creer('del', {}, dit), ' ', creer('strong', {}, maintenant[rang] || 'non précisé'),
  ]));
  const etat = [un.etat, un.dates].filter(Boolean).join('. ').replaceAll('\n', '. ');
  if (passe || !(etat || change.length)) return [];
  const dit = `${NB}: ${etat}`.trimEnd();
  const vers = lien('', `${RACINE}${cle}/`);
  titrer(vers, titreDe(cle, un));
  return [creer('li', {}, vers, dit, ...change)];
}

let recue = null; // what a link carries
function dessiner(liste) {
  const places = Object.entries(liste).map(situer).sort((un, autre) =>
    (un.jour ?? '').localeCompare(autre.jour ?? '')
    || titreDe(un.cle, un.un).localeCompare(titreDe(autre.cle, autre.un), 'fr'));
  const venir = places.filter(({ jour, passe }) => jour && !passe), sans = places.filter(({ jour }) => !jour);
  const passes = places.filter(({ passe }) => passe).reverse(), dites = places.flatMap(nouvelles);
  const partie = (titre, de) => de.length && creer('section', {},
    creer('div', { class: 'tete-sec' }, creer('h2', { class: 'titre-sec' }, titre)), lignes(de));
  $('Resultats').replaceChildren(...[
    dites.length && creer('section', { class: 'message alerte' },
      creer('h2', { class: 'message-titre' }, 'À savoir avant d’y aller'), creer('ul', {}, ...dites)),
    partie('Jour par jour', venir),
    partie('Sans date', sans),
    passes.length && creer('details', { class: 'plus' },
      creer('summary', {}, `Passé (${passes.length})`), lignes(passes)),
  ].filter(Boolean));
  peindre();
  $('Compte').textContent = places.length ? compter(places.length, 'contenu') : '';
  $('Gestes').hidden = !places.length;
  $('Ici').hidden = !places.length || Boolean(recue);
  $('Ajouter').parentElement.hidden = !recue;
  document.querySelector('h1').textContent = recue ? 'Sélection reçue' : 'Ma sélection';
  document.querySelector('.page-chapo').hidden = Boolean(recue);
  $('Envoyer').lastChild.textContent = recue ? 'Envoyer cette sélection' : 'Envoyer ma sélection';
  $('Envoyer').classList.toggle('second', Boolean(recue));
  $('Rien').hidden = places.length > 0 || Boolean(recue);
}
const dire = (...dites) => {
  $('Statut').replaceChildren();
  setTimeout(() => $('Statut').replaceChildren(...dites), 50);
};

// What this device keeps, then what its pages say of it now.
async function montrer() {
  recue = null;
  const liste = lire();
  dessiner(liste);
  const anciens = Object.entries(liste).map(situer)
    .filter(({ un, passe }) => !('alors' in un) || un.perdu || (!passe && un.vu !== HEURE()));
  if (!anciens.length) return;
  const { partis, liste: vue } = await retenir(anciens.map(({ cle }) => cle));
  if (recue) return;
  dessiner(vue);
  if (partis.length)
    dire(`Retiré du site, donc de votre sélection${NB}: «${NB}${partis.join(`${NB}», «${NB}`)}${NB}».`);
}
async function recevoir(dit) {
  const ici = {};
  recue = ici;
  const montree = () => recue === ici && dessiner(ici);
  const { faute, texte } = await ouvrirLien(dit, { liste: ici, relever, montrer: montree });
  if (recue !== ici) return;
  if (faute) await montrer();
  else dessiner(ici);
  dire(faute ?? texte);
}
function ajouter() {
  const avant = lire(), neufs = Object.entries(recue).filter(([cle]) => !(cle in avant));
  const faute = changer((liste) => {
    for (const [cle, faits] of neufs)
      liste[cle] = { le: auj, alors: dits(faits), ...faits, titre: titreDe(cle, faits), vu: HEURE() };
  });
  for (const [cle] of neufs) if (cle in lire()) prevenir(cle, true);
  const deja = Object.keys(recue).length - neufs.length;
  history.replaceState(null, '', location.pathname);
  montrer();
  const dejaDit = deja ? `, ${compter(deja, 'y était', 'y étaient')} déjà` : '';
  dire(faute || `${compter(neufs.length, 'contenu ajouté', 'contenus ajoutés')}${dejaDit}.`);
}

async function envoyer() {
  const cles = Object.keys(recue ?? lire());
  const url = `${location.origin}${location.pathname}#l=${lier(cles.slice(0, PLUS))}`;
  try {
    if (navigator.share) await navigator.share({ title: 'Ma sélection', url });
    else {
      await navigator.clipboard.writeText(url);
      dire(`Le lien est copié${NB}: collez-le dans un message.${depasser(cles.length)}`);
    }
  } catch ({ name }) {
    if (name !== 'AbortError') dire(`Lien à copier${NB}: `, creer('code', {}, url));
  }
}
// Events as their own calendars tell them, so that a subscriber has nothing twice.
async function exporter() {
  const cles = Object.entries(recue ?? lire()).map(situer)
    .filter(({ cle, passe }) => cle.startsWith('evenements/') && !passe).map(({ cle }) => cle);
  const textes = await Promise.all(cles.map(async (cle) => {
    const reponse = await fetch(`${RACINE}${cle}/evenement.ics`).catch(() => null);
    return reponse?.ok ? reponse.text() : '';
  }));
  const lus = textes.filter(Boolean);
  if (!lus.length) {
    dire('Rien de cette liste n’a de date à mettre dans un calendrier.');
    return;
  }
  const [debut] = lus[0].split('BEGIN:VEVENT');
  const evenements = lus.flatMap((texte) => texte.match(/BEGIN:VEVENT[^]*?END:VEVENT\r\n/g) ?? []);
  const href = URL.createObjectURL(new Blob([debut, ...evenements, 'END:VCALENDAR\r\n'], { type: 'text/calendar' }));
  creer('a', { href, download: 'ma-selection.ics' }).click();
  setTimeout(() => URL.revokeObjectURL(href), 6e4);
  dire(`${compter(lus.length, 'rendez-vous', 'rendez-vous')} dans le fichier${NB}: ouvrez-le avec votre calendrier.`);
}
function oublier() {
  const avant = lire();
  const mettre = (dit) => changer((liste) => {
    for (const cle of Object.keys(avant)) {
      if (dit) liste[cle] = avant[cle];
      else delete liste[cle];
      prevenir(cle, dit);
    }
  });
  mettre(false);
  montrer();
  dire('Tout est oublié. ', bouton('Annuler', 'bouton second', () => {
    mettre(true);
    montrer();
    dire('');
  }));
}

$('Ajouter').addEventListener('click', ajouter);
$('Envoyer').addEventListener('click', envoyer);
$('Imprimer').addEventListener('click', () => print());
$('Calendrier').addEventListener('click', exporter);
$('Oublier').addEventListener('click', oublier);
const ouvrir = () => {
  const [, dit] = /^#l=(.*)$/.exec(location.hash) ?? [];
  return dit === undefined ? montrer() : recevoir(dit);
};
addEventListener('hashchange', () => /^(#l=.*)?$/.test(location.hash) && ouvrir());
addEventListener('storage', ({ key }) => key === 'selection' && !recue && dessiner(lire()));
await ouvrir();
