// The draft: what every control holds, as it was typed, kept in this browser at each pause. It is
// one for each kind, and for each content that is being mended. The picture is kept in IndexedDB.
const {
  bouton: faireBouton, direHeure, direJour,
} = await import(document.querySelector('[data-commun]').dataset.commun);
const PAUSE = 400, PREFIXE = 'contribuer/', MOIS = 30 * 864e5;
// Where a content stands; a draft that comes from elsewhere may say anything.
const CHEMIN = /^(?:[\w-]+\/)+[\w-]+\.md$/;
const MARQUES = ['valeur', 'retenus', 'nom', 'ordre', 'reste'];

// What the storage of this browser says; null where it refuses, or where another page wrote.
function essayer(faire) {
  try {
    return faire();
  } catch {
    return null;
  }
}
// In the table of pictures, what `faire` asks of it.
async function images(mode, faire) {
  const repondre = (demande) => new Promise((pret, refus) => {
    demande.onsuccess = () => pret(demande.result);
    demande.onerror = () => refus(demande.error);
  });
  const ouverture = indexedDB.open('contribuer', 1);
  ouverture.onupgradeneeded = () => ouverture.result.createObjectStore('images');
  const base = await repondre(ouverture);
  return repondre(faire(base.transaction('images', mode).objectStore('images'))).finally(() => base.close());
}
const heure = (quand) => {
  const date = new Date(quand), aujourdhui = date.toDateString() === new Date().toDateString();
  const [jour, heures] = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short' })
    .format(date)
    .split(' ');
  return `${aujourdhui ? '' : ` le ${direJour(jour, { semaine: false, annee: false })}`} à ${direHeure(heures)}`;
};

export async function lancer(atelier) {
  const { form, genre, creer, dire, saisies } = atelier, lignes = await atelier.lancer('lignes');
  const bande = document.getElementById('Brouillon') ?? creer('div');
  const { search } = location,
    [, mode = '', slug = ''] = search.match(/[?&](reconduire|modifier|retour)=([\w/.-]+)/) ?? [];
  const racine = PREFIXE + genre + (mode && `/${mode}/${slug}`);

  const seCoche = ({ type }) => type === 'checkbox' || type === 'radio';
  const nomDe = (un) => (seCoche(un) && un.name ? `${un.name}=${un.value}` : un.id || un.name);
  const controles = () =>
    [...form.elements].filter((un) => !/^(file|button|submit|fieldset|output)$/.test(un.type) && nomDe(un));
  const marques = () => [
    ...form.querySelectorAll('[data-valeur], [data-retenus], [data-nom], [data-ordre], .rang[data-reste]'),
  ];
  const repere = (bloc) =>
    bloc.matches('.rang')
      ? `ligne ${bloc.closest('[data-lignes]').dataset.lignes} ${bloc.dataset.n}`
      : nomDe(bloc.querySelector('input, textarea, select') ?? {});
  const choisir = (objet) => Object.fromEntries(MARQUES.filter((nom) => objet[nom]).map((nom) => [nom, objet[nom]]));

  function photographier() {
    const coches = controles().filter((un) => un.checked).map(nomDe);
    const textes = Object.fromEntries(
      controles()
        .filter((un) => un.value && !seCoche(un))
        .map((un) => [nomDe(un), un.value]),
    );
    const rangs = Object.fromEntries([...form.querySelectorAll('[data-lignes]')].map((bloc) =>
      [bloc.dataset.lignes, saisies.lignesDe(bloc).map(({ dataset }) => Number(dataset.n))]));
    const notes = marques().map((bloc) => [repere(bloc), choisir(bloc.dataset)]);
    return {
      version: 1,
      genre,
      textes,
      coches,
      rangs,
      notes,
      reste: form.dataset.reste ?? '',
      origine: atelier.origine ?? null,
    };
  }
  function etablir({ textes, coches, rangs, notes, reste, origine }) {
    for (const bloc of form.querySelectorAll('[data-lignes]'))
      if (rangs[bloc.dataset.lignes]) lignes.reprendre(bloc, rangs[bloc.dataset.lignes]);
    const cochees = new Set(coches);
    for (const un of controles()) {
      if (seCoche(un)) un.checked = cochees.has(nomDe(un));
      else un.value = textes[nomDe(un)] ?? '';
    }
    for (const bloc of marques()) for (const nom of MARQUES) if (nom !== 'reste') delete bloc.dataset[nom];
    const connues = new Map(notes);
    for (const bloc of form.querySelectorAll('[data-saisie], .rang')) {
      const note = connues.get(repere(bloc));
      if (note) Object.assign(bloc.dataset, choisir(note));
    }
    form.dataset.reste = reste || '{}';
    atelier.origine = CHEMIN.test(origine?.chemin || 'content/x.md') ? origine : null;
    atelier.rafraichir();
  }
  const vierge = photographier();
  const contenu = (photo) =>
    JSON.stringify([
      photo.textes,
      photo.coches,
      photo.notes,
      photo.reste,
      Object.values(photo.rangs).map((un) => un.length),
    ]);
  const rien = contenu(vierge);
  let cle = racine, jeton = '', minuterie = 0, sale = false, dernier = rien;

  const bouton = (nom, faire) => faireBouton(nom, 'nu', faire);
  // Written at each pause: not announced, which would be at each pause too.
  const texte = creer('p', { 'data-dit': '' });
  const montrer = (phrase, ...boutons) => {
    const actif = bande.contains(document.activeElement) && document.activeElement.textContent;
    texte.textContent = phrase;
    bande.replaceChildren(texte, ...boutons);
    if (actif) boutons.find((un) => un.textContent === actif)?.focus();
  };
  const montrerGarde = (debut, quand, fin = '') => montrer(
    `${debut}${heure(quand)}.${fin} Sur un poste partagé, effacez-le.`,
    ...autres(), bouton('Effacer', effacer));

  // Drafts of other tabs, which this one has not taken.
  const lire = (une) => essayer(() => JSON.parse(localStorage.getItem(une)));
  const miennes = () => (essayer(() => Object.keys(localStorage)) ?? []).filter((une) => une.startsWith(PREFIXE));
  const retirer = async (une) => {
    essayer(() => localStorage.removeItem(une));
    await images('readwrite', (table) => table.delete(une)).catch(() => {});
  };
  // One that nobody took again for a month goes, of any form.
  for (const une of miennes()) if (Math.abs(Date.now() - lire(une)?.quand) > MOIS) await retirer(une);
  const toutes = () =>
    miennes()
      .filter((une) => une === racine || une.startsWith(`${racine}~`))
      .map((une) => [une, lire(une)])
      .filter(([, photo]) => photo?.version === 1 && Math.abs(photo.quand) < 8e15)
      .sort(([, un], [, autre]) => autre.quand - un.quand);
  const autres = () => toutes().filter(([une]) => une !== cle).slice(0, 3).map(([une, photo]) =>
    bouton(`Reprendre l’autre brouillon : ${photo.titre || 'sans titre'}${heure(photo.quand)}`, () => {
      enregistrer();
      prendre(une, photo);
      dire('Brouillon repris.');
      form.querySelector('input, textarea')?.focus();
    }));

  const impossible = () =>
    montrer(
      'Ce navigateur ne peut pas garder de brouillon : son espace est plein ou fermé aux pages. ' +
        'Gardez-le en fichier avant de quitter cette page.',
      bouton('Garder le brouillon en fichier', exporter),
    );

  function enregistrer() {
    clearTimeout(minuterie);
    if (!sale) return;
    const photo = photographier(), dit = contenu(photo);
    if (dit === dernier) return;
    const quand = Date.now();
    try {
      // Another tab wrote here since: its draft stays, this one has its own.
      const la = lire(cle);
      if (la && la.jeton !== jeton) {
        cle = `${racine}~${quand.toString(36)}`;
        if (atelier.image) garderImage(atelier.image);
      }
      jeton = quand.toString(36) + Math.random().toString(36).slice(2, 6);
      const titre = form.querySelector('[data-chemin=titre] input')?.value ?? '';
      localStorage.setItem(cle, JSON.stringify({ ...photo, quand, jeton, titre }));
      dernier = dit;
      sale = false;
      montrerGarde('Brouillon gardé dans ce navigateur', quand, ' Vous pouvez fermer et revenir.');
    } catch {
      impossible();
    }
  }
  function noter() {
    sale = true;
    clearTimeout(minuterie);
    minuterie = setTimeout(enregistrer, PAUSE);
  }
  function prendre(une, photo) {
    clearTimeout(minuterie);
    [cle, jeton, sale] = [une, photo.jeton, false];
    etablir(photo);
    dernier = contenu(photographier());
    montrerGarde('Votre brouillon est revenu, gardé dans ce navigateur', photo.quand);
    return reprendreImage();
  }
  function effacer() {
    const photo = photographier(), image = atelier.image;
    essayer(() => localStorage.removeItem('voie'));
    atelier.image = null;
    retirer(cle);
    etablir(vierge);
    [dernier, sale, jeton] = [rien, false, ''];
    clearTimeout(minuterie);
    const rendre = bouton('Rétablir', () => {
      etablir(photo);
      if (image) garderImage(image).then(() => atelier.lancer('depot')).then((module) => module?.montrer());
      noter();
      enregistrer();
      dire('Brouillon rétabli.');
      bande.querySelector('button')?.focus();
    });
    montrer('Brouillon effacé.', rendre);
    dire('Brouillon effacé.');
    rendre.focus();
    form.dispatchEvent(new CustomEvent('efface'));
  }

  // The picture, ready to be sent: {blob, nom, largeur, hauteur, dit}.
  async function garderImage(image) {
    atelier.image = image;
    await images('readwrite', (table) => (image ? table.put(image, cle) : table.delete(cle))).catch(() => {
      if (image)
        dire('L’image ne peut pas être gardée dans ce navigateur : choisissez-la de nouveau si vous fermez la page.');
    });
  }
  async function reprendreImage() {
    if (!form.querySelector('[data-saisie=image][data-nom]') || atelier.origine?.image) return;
    atelier.image = await images('readonly', (table) => table.get(cle)).catch(() => null);
    const depot = await atelier.lancer('depot');
    if (atelier.image) depot?.montrer();
    else depot?.perdue();
  }

  async function exporter() {
    const { image } = atelier, photo = { brouillon: 1, ...photographier() };
    if (image) {
      const { blob, ...faits } = image;
      photo.image = await new Promise((pret) => {
        const lecteur = new FileReader();
        lecteur.onload = () => pret({ ...faits, type: blob.type, octets: lecteur.result.split(',')[1] });
        lecteur.readAsDataURL(blob);
      });
    }
    const { telecharger } = await import(new URL('contribuer-gestes.js', import.meta.url));
    telecharger(new Blob([JSON.stringify(photo)], { type: 'application/json' }), `brouillon-${genre}.json`);
    dire('Brouillon enregistré en fichier : déposez-le sur cette page pour le reprendre.');
  }
  async function importer(texte) {
    const photo = JSON.parse(texte);
    if (photo?.brouillon !== 1 || photo.genre !== genre) return false;
    etablir({ ...vierge, ...photo });
    if (photo.image) {
      const { octets, type, ...faits } = photo.image;
      const blob = new Blob([Uint8Array.from(atob(octets), (signe) => signe.charCodeAt(0))], { type });
      await garderImage({ ...faits, blob });
      (await atelier.lancer('depot'))?.montrer();
    }
    noter();
    return true;
  }

  form.addEventListener('input', noter);
  form.addEventListener('change', noter);
  form.addEventListener('rempli', noter);
  addEventListener('pagehide', enregistrer);
  document.addEventListener('visibilitychange', () => document.hidden && enregistrer());
  document.querySelector('[data-garder]')?.addEventListener('click', exporter);

  const [premier] = toutes();
  let repris = Boolean(premier);
  try {
    if (repris) await prendre(...premier);
  } catch { // an older version wrote it, or another page of this host
    etablir(vierge);
    repris = false;
  }
  atelier.brouillon = { garderImage, noter, importer, repris, photographier, etablir };
  return atelier.brouillon;
}
