// Exports of OpenAgenda: its API and its exports (v2), the older ones, their flat form of open data
// (`title_fr`, `location_name`), and the columns of its CSV.
const ETATS = { 2: 'reprogramme', 3: 'deplace-en-ligne', 4: 'reporte', 5: 'complet', 6: 'annule' };
const HANDICAPS = { ii: 'mental', hi: 'auditif', vi: 'visuel', pi: 'psychique', mi: 'moteur' };
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g;

const nu = (nom) => nom.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '');
const objet = (valeur) => (valeur && typeof valeur === 'object' ? valeur : {});

// What an event says under one of several names, in French if there is a choice.
function lecteur(evenement) {
  const clefs = new Map();
  for (const [nom, valeur] of Object.entries(objet(evenement))) clefs.set(nu(nom), valeur);
  const trouver = (...noms) => {
    for (const nom of noms) {
      for (const suite of ['', 'fr']) {
        const valeur = clefs.get(nom + suite);
        if (valeur !== undefined && valeur !== null && valeur !== '') return valeur;
      }
    }
    return undefined;
  };
  const texte = (...noms) => {
    const valeur = trouver(...noms), choisi = Array.isArray(valeur) ? valeur : objet(valeur).fr ?? (typeof valeur === 'object' ? Object.values(objet(valeur))[0] : valeur);
    return ['string', 'number'].includes(typeof choisi) ? String(choisi) : Array.isArray(choisi) ? choisi.filter((un) => typeof un === 'string').join(', ') : '';
  };
  return { trouver, texte };
}

// The events of an export, however it wraps them.
function contenus(valeur) {
  if (Array.isArray(valeur)) return valeur;
  const { events, data, results, records, event } = objet(valeur);
  const liste = [events, data, results, records].find(Array.isArray);
  if (liste) return liste.map((un) => objet(objet(un).fields ?? objet(un).record?.fields ?? un));
  return [event ?? valeur];
}

export function reconnu(valeur) {
  return contenus(valeur).slice(0, 50).some((un) => {
    const { trouver, texte } = lecteur(un);
    return !objet(un)['@type'] && texte('title', 'titre') && (trouver('timings', 'horaires', 'firsttimingbegin', 'firstdatebegin', 'uid', 'begin') !== undefined);
  });
}

function seancesDe({ trouver }, boite) {
  const brut = trouver('timings', 'horairesiso', 'horaires'), paires = [];
  if (Array.isArray(brut)) {
    for (const un of brut.slice(0, 5000)) paires.push([objet(un).begin ?? objet(un).start ?? objet(un).debut, objet(un).end ?? objet(un).fin]);
  } else if (typeof brut === 'string') {
    const instants = brut.match(INSTANT) ?? [];
    for (let rang = 0; rang < instants.length && rang < 10_000; rang += 2) paires.push([instants[rang], instants[rang + 1]]);
  }
  if (!paires.length) paires.push([trouver('firstdatebegin', 'firsttimingbegin', 'begin', 'debut'), trouver('firstdateend', 'lasttimingend', 'end', 'fin')]);
  return paires.map(([debut, fin]) => boite.temps.entre(boite.temps.deIso(String(debut ?? '')), boite.temps.deIso(String(fin ?? ''))))
    .filter(Boolean).sort((une, autre) => une.debut.localeCompare(autre.debut));
}

function adresseDe({ trouver, texte }) {
  const plat = { nom: texte('locationname', 'nomdulieu', 'lieu'), rue: texte('locationaddress', 'address', 'adresse'), code_postal: texte('locationpostalcode', 'postalcode', 'codepostal'), commune: texte('locationcity', 'city', 'ville', 'commune') };
  const lieu = objet(trouver('location')), dans = lecteur(lieu);
  const fait = lieu.name || lieu.city || lieu.address
    ? { nom: dans.texte('name'), rue: dans.texte('address'), code_postal: dans.texte('postalcode'), commune: dans.texte('city') } : plat;
  // The address repeats what the other fields say: « 12 rue X, 62570 Wizernes ».
  const rue = fait.rue.split(/[,\n]/).map((part) => part.trim()).filter((part) => part && part !== fait.nom && !/^france$/i.test(part)
    && !(fait.code_postal && part.includes(fait.code_postal)) && part.toLowerCase() !== fait.commune.toLowerCase());
  return { ...fait, rue: rue.join(', ') };
}

function inscriptionDe({ trouver }, boite) {
  const brut = trouver('registration', 'inscription', 'outilsdinscription'), liste = Array.isArray(brut) ? brut : typeof brut === 'string' ? brut.split(/[,;|\s](?=\S*[@:])|[,;|]/) : [];
  const fait = {};
  for (const un of liste.slice(0, 20)) {
    const valeur = String(objet(un).value ?? un ?? '').replace(/^["[{\s]+|["\]}\s]+$/g, '');
    if (boite.lien(valeur)) fait.url ??= boite.lien(valeur);
    else if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(valeur)) fait.courriel ??= valeur;
    else if (/^\+?[\d .()-]{10,20}$/.test(valeur)) fait.telephone ??= valeur.trim();
  }
  return fait;
}

function accesDe({ trouver }) {
  const brut = trouver('accessibility', 'accessibilite');
  const dit = (code) => (Array.isArray(brut) ? brut.includes(code) : typeof brut === 'string' ? new RegExp(`\\b${code}\\b`).test(brut) : objet(brut)[code] === true);
  // What is not said is unknown, never « non ».
  return Object.fromEntries(Object.entries(HANDICAPS).filter(([code]) => dit(code)).map(([, nom]) => [nom, 'oui']));
}

function faire(evenement, boite) {
  const lu = lecteur(evenement), { trouver, texte } = lu, laisse = [];
  const seances = seancesDe(lu, boite), numero = (nom) => Number(objet(trouver(nom)).id ?? trouver(nom));
  const etat = ETATS[numero('status')], conditions = texte('conditions', 'tarif', 'conditionsdeparticipation');
  const longue = texte('longdescription', 'descriptionlongue', 'freetext'), image = objet(trouver('image'));
  const age = objet(trouver('age')), uid = texte('uid', 'identifiant');
  const source = objet(trouver('originagenda')), slug = texte('slug');
  return {
    titre: texte('title', 'titre'),
    resume: texte('description', 'descriptioncourte'),
    [boite.BALISE.test(longue) ? 'html' : 'markdown']: longue,
    quand: boite.garder(seances, boite, laisse),
    adresse: adresseDe(lu),
    en_ligne: [2, 3].includes(numero('attendancemode')) || trouver('onlineaccesslink') ? boite.lien(texte('onlineaccesslink')) : '',
    mots: texte('keywords', 'motscles', 'tags').split(','),
    organisateurs: [texte('organizer', 'organisateur', 'contributororganization')].filter(Boolean),
    tarif: boite.indices(conditions).tarif,
    conditions,
    age: { min: String(age.min ?? texte('agemin')), max: String(age.max ?? texte('agemax')) },
    inscription: inscriptionDe(lu, boite),
    accessibilite: accesDe(lu),
    etat,
    ids: /^\d{1,12}$/.test(uid) ? { openagenda: uid } : {},
    url: boite.lien(texte('canonicalurl', 'lienexterne')) || (source.slug && slug ? boite.lien(`https://openagenda.com/${encodeURIComponent(source.slug)}/events/${encodeURIComponent(slug)}`) : ''),
    image: boite.lien(typeof trouver('image') === 'string' ? trouver('image') : image.base && image.filename ? `${image.base}${image.filename}` : ''),
    laisse,
  };
}

export function lire(valeur, boite) {
  const trouvees = contenus(valeur).filter((un) => lecteur(un).texte('title', 'titre')).map((un) => {
    const lu = lecteur(un), seances = seancesDe(lu, boite);
    return { titre: boite.clair(lu.texte('title', 'titre')), debut: seances[0]?.debut, fin: seances.at(-1)?.fin ?? seances.at(-1)?.debut, faire: () => faire(un, boite) };
  });
  return { trouvees, laisse: [] };
}

function rangees(texte) {
  const tete = texte.split('\n', 1)[0], [signe] = [';', '\t', ','].sort((un, autre) => tete.split(autre).length - tete.split(un).length);
  const toutes = [[]];
  let cellule = '', dedans = false;
  const fermer = () => {
    toutes.at(-1).push(cellule);
    cellule = '';
  };
  for (let rang = 0; rang < texte.length; rang += 1) {
    const un = texte[rang];
    if (dedans && un === '"' && texte[rang + 1] === '"') {
      cellule += un;
      rang += 1;
    } else if (un === '"') dedans = !dedans;
    else if (!dedans && un === signe) fermer();
    else if (!dedans && un === '\n') {
      fermer();
      toutes.push([]);
    } else cellule += un;
  }
  fermer();
  return toutes.filter((une) => une.some((valeur) => valeur.trim()));
}

export function lireCsv(texte, boite) {
  const [tete, ...suite] = rangees(texte);
  return lire(suite.map((une) => Object.fromEntries(tete.map((nom, rang) => [nom.replace(/^\ufeff/, ''), une[rang] ?? '']))), boite);
}
