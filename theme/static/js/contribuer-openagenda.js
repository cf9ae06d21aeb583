// Exports of OpenAgenda: its API and its exports (v2), the older ones, their flat form of open data
// (`title_fr`, `location_name`), and the columns of its CSV.
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g;

const nu = (nom) => nom.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '');
const objet = (valeur) => (valeur && typeof valeur === 'object' ? valeur : {});

// What an event says under one of several names, in French if there is a choice.
function lecteur(evenement) {
  const clefs = new Map(Object.entries(objet(evenement)).map(([nom, valeur]) => [nu(nom), valeur]));
  const trouver = (...noms) => noms.flatMap((nom) => [nom, `${nom}fr`]).map((nom) => clefs.get(nom) ?? '').find((valeur) => valeur !== '');
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

export function reconnu(valeur, { table: { openagenda: { noms } } }) {
  return contenus(valeur).slice(0, 50).some((un) => {
    const { trouver, texte } = lecteur(un);
    return !objet(un)['@type'] && texte(...noms.titre) && trouver(...noms.reconnu) !== undefined;
  });
}

function seancesDe({ trouver }, boite) {
  const { noms } = boite.table.openagenda, brut = trouver(...noms.seances), paires = [];
  if (Array.isArray(brut)) {
    for (const un of brut.slice(0, 5000)) paires.push([lecteur(un).trouver(...noms.seance_debut), lecteur(un).trouver(...noms.seance_fin)]);
  } else if (typeof brut === 'string') {
    const instants = brut.match(INSTANT) ?? [];
    for (let rang = 0; rang < instants.length && rang < 10_000; rang += 2) paires.push([instants[rang], instants[rang + 1]]);
  }
  if (!paires.length) paires.push([trouver(...noms.debut), trouver(...noms.fin)]);
  return paires.map(([debut, fin]) => boite.temps.entre(boite.temps.deIso(String(debut ?? '')), boite.temps.deIso(String(fin ?? ''))))
    .filter(Boolean).sort((une, autre) => une.debut.localeCompare(autre.debut));
}

function adresseDe({ trouver, texte }, { noms }) {
  const plat = { nom: texte(...noms.lieu_nom), rue: texte(...noms.lieu_rue), code_postal: texte(...noms.lieu_code_postal), commune: texte(...noms.lieu_commune) };
  const lieu = objet(trouver(...noms.lieu)), dans = lecteur(lieu);
  const fait = lieu.name || lieu.city || lieu.address
    ? { nom: dans.texte(...noms.nom), rue: dans.texte(...noms.rue), code_postal: dans.texte(...noms.code_postal), commune: dans.texte(...noms.commune) } : plat;
  // The address repeats what the other fields say: « 12 rue X, 62570 Wizernes ».
  const rue = fait.rue.split(/[,\n]/).map((part) => part.trim()).filter((part) => part && part !== fait.nom && !/^france$/i.test(part)
    && !(fait.code_postal && part.includes(fait.code_postal)) && part.toLowerCase() !== fait.commune.toLowerCase());
  return { ...fait, rue: rue.join(', ') };
}

function inscriptionDe({ trouver }, boite) {
  const brut = trouver(...boite.table.openagenda.noms.inscription), liste = Array.isArray(brut) ? brut : typeof brut === 'string' ? brut.split(/[,;|\s](?=\S*[@:])|[,;|]/) : [];
  const fait = {};
  for (const un of liste.slice(0, 20)) {
    const valeur = String(objet(un).value ?? un ?? '').replace(/^["[{\s]+|["\]}\s]+$/g, '');
    if (boite.lien(valeur)) fait.url ??= boite.lien(valeur);
    else if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(valeur)) fait.courriel ??= valeur;
    else if (/^\+?[\d .()-]{10,20}$/.test(valeur)) fait.telephone ??= valeur.trim();
  }
  return fait;
}

function accesDe({ trouver }, { noms, handicaps }) {
  const brut = trouver(...noms.accessibilite);
  const dit = (code) => (Array.isArray(brut) ? brut.includes(code) : typeof brut === 'string' ? new RegExp(`\\b${code}\\b`).test(brut) : objet(brut)[code] === true);
  // What is not said is unknown, never « non ».
  return Object.fromEntries(Object.entries(handicaps).filter(([code]) => dit(code)).map(([, nom]) => [nom, 'oui']));
}

function faire(evenement, boite) {
  const lu = lecteur(evenement), { trouver, texte } = lu, laisse = [], { openagenda } = boite.table, { noms } = openagenda;
  const seances = seancesDe(lu, boite), numero = (...cles) => Number(objet(trouver(...cles)).id ?? trouver(...cles));
  const etat = openagenda.etats[numero(...noms.etat)], conditions = texte(...noms.conditions);
  const longue = texte(...noms.texte), image = objet(trouver(...noms.image));
  const age = objet(trouver(...noms.age)), uid = texte(...noms.identifiant);
  const source = objet(trouver(...noms.agenda)), slug = texte(...noms.slug);
  return {
    titre: texte(...noms.titre),
    resume: texte(...noms.resume),
    [boite.BALISE.test(longue) ? 'html' : 'markdown']: longue,
    quand: boite.garder(seances, boite, laisse),
    adresse: adresseDe(lu, openagenda),
    en_ligne: openagenda.a_distance.includes(numero(...noms.presence)) || trouver(...noms.en_ligne) ? boite.lien(texte(...noms.en_ligne)) : '',
    mots: texte(...noms.mots).split(','),
    organisateurs: [texte(...noms.organisateur)].filter(Boolean),
    tarif: boite.indices(conditions).tarif,
    conditions,
    age: { min: String(age.min ?? texte(...noms.age_min)), max: String(age.max ?? texte(...noms.age_max)) },
    inscription: inscriptionDe(lu, boite),
    accessibilite: accesDe(lu, openagenda),
    etat,
    ids: /^\d{1,12}$/.test(uid) ? { openagenda: uid } : {},
    url: boite.lien(texte(...noms.url)) || (source.slug && slug ? boite.lien(`https://openagenda.com/${encodeURIComponent(source.slug)}/events/${encodeURIComponent(slug)}`) : ''),
    image: boite.lien(typeof trouver(...noms.image) === 'string' ? trouver(...noms.image) : image.base && image.filename ? `${image.base}${image.filename}` : ''),
    laisse,
  };
}

export function lire(valeur, boite) {
  const { titre } = boite.table.openagenda.noms, trouvees = contenus(valeur).filter((un) => lecteur(un).texte(...titre)).map((un) => {
    const lu = lecteur(un), seances = seancesDe(lu, boite);
    return { titre: boite.clair(lu.texte(...titre)), debut: seances[0]?.debut, fin: seances.at(-1)?.fin ?? seances.at(-1)?.debut, faire: () => faire(un, boite) };
  });
  return { trouvees, laisse: [] };
}

// Of a text that stops in the middle of a quoted cell, the rows before it.
export async function lireCsv(texte, boite) {
  const { Refus, enregistrements, separateur } = await boite.charger('tableur'), rangs = [];
  try {
    for (const un of enregistrements(texte, separateur(texte))) if (un.some((valeur) => valeur.trim())) rangs.push(un);
  } catch (raison) {
    if (!(raison instanceof Refus)) throw raison;
  }
  const [tete = [], ...suite] = rangs;
  return lire(suite.map((une) => Object.fromEntries(tete.map((nom, rang) => [nom.replace(/^\ufeff/, ''), une[rang] ?? '']))), boite);
}
