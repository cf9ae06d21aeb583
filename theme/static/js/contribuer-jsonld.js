// Pages and their data for machines: an `Event` of schema.org as museums, ticket offices and
// WordPress calendars write it (JSON-LD), else what the page says.
const { JOURS: NOMS, NB } = await import(document.querySelector('[data-commun]').dataset.commun);
const SEANCES = 100;
const FOND = 12; // how deep objects are looked into

const liste = (valeur) => (Array.isArray(valeur) ? valeur : valeur === undefined || valeur === null ? [] : [valeur]);
const objet = (valeur) => (valeur && typeof valeur === 'object' && !Array.isArray(valeur) ? valeur : {});
const mot = (valeur) => (['string', 'number'].includes(typeof valeur) ? String(valeur) : '');
const nomDe = (valeur) => mot(valeur) || mot(objet(valeur).name) || mot(objet(valeur)['@value']);
const bout = (valeur) => mot(valeur).replace(/^.*[/#:]/, '');
const types = (un) => liste(un['@type']).map(bout);
const estEvenement = (un) => types(un).some((nom) => /Event$/.test(nom) || nom === 'Festival');

// Every event of what is nested, those of a series inside it.
function evenements(valeur, profondeur = 0) {
  if (profondeur > FOND || !valeur || typeof valeur !== 'object') return [];
  if (Array.isArray(valeur)) return valeur.slice(0, 5000).flatMap((un) => evenements(un, profondeur + 1));
  if (estEvenement(valeur)) return [valeur];
  return Object.values(valeur).flatMap((un) => evenements(un, profondeur + 1));
}

function lieuDe(un, boite) {
  const fait = { adresse: {}, en_ligne: '' };
  for (const ou of liste(un.location)) {
    const { url, address } = objet(ou), lieu = types(objet(ou));
    if (lieu.includes('VirtualLocation')) fait.en_ligne ||= boite.lien(url);
    else if (typeof ou === 'string') fait.adresse = boite.lien(ou) ? fait.adresse : ou;
    else {
      const postale = objet(address), nom = boite.clair(nomDe(ou));
      const commune = boite.clair(mot(postale.addressLocality));
      if (typeof address === 'string') fait.adresse = nom && !address.includes(nom) ? `${nom}\n${address}` : address;
      else if (nom || commune) fait.adresse = { nom, rue: boite.clair(mot(postale.streetAddress)), code_postal: mot(postale.postalCode), commune };
    }
  }
  if (/OnlineEventAttendanceMode/.test(mot(un.eventAttendanceMode))) fait.en_ligne ||= boite.lien(un.url);
  return fait;
}

function programme(un, boite, laisse) {
  const plans = liste(un.eventSchedule).map(objet), plan = plans[0];
  if (!plan) return null;
  const du = boite.temps.deIso(plan.startDate), au = boite.temps.deIso(plan.endDate);
  const jours = liste(plan.byDay).map((jour) => NOMS[boite.table.schema_org.jours.indexOf(bout(jour))]).filter(Boolean);
  if (plans.length > 1 || !du || !au || !/^(P1W|P7D|weekly)$/i.test(mot(plan.repeatFrequency) || 'P1W')) {
    laisse.push(`Le calendrier répété de la page n’est pas repris${NB}: vérifiez les séances.`);
    return null;
  }
  const heure = (texte) => /^(\d{1,2}:\d{2})/.exec(mot(texte))?.[1].padStart(5, '0');
  const de = heure(plan.startTime), a = heure(plan.endTime);
  const sauf = new Set(liste(plan.exceptDate).map((jour) => boite.temps.deIso(jour)?.slice(0, 10)).filter(Boolean));
  return { horaires: {
    du: du.slice(0, 10), au: au.slice(0, 10), tous_les: NOMS.filter((jour) => jours.includes(jour)),
    de, a: a > de ? a : '', sauf: [...sauf].sort().slice(0, SEANCES),
  } };
}

function quandDe(un, boite, laisse) {
  const plan = programme(un, boite, laisse);
  if (plan) return plan;
  const une = (ev) => boite.temps.entre(boite.temps.deIso(mot(ev.startDate)), boite.temps.deIso(mot(ev.endDate)));
  const parties = liste(un.subEvent ?? un.subEvents).map(objet), titre = boite.plier(nomDe(un.name));
  // A part with a name of its own is another event.
  const memes = parties.filter((partie) => !nomDe(partie.name) || boite.plier(nomDe(partie.name)) === titre);
  if (parties.length > memes.length) laisse.push(`Les parties du programme qui ont leur propre titre ne sont pas reprises (${parties.length - memes.length}).`);
  const seances = memes.map((partie) => {
    const seance = une(partie), etat = boite.table.schema_org.etats[bout(partie.eventStatus)];
    return seance && etat === 'annule' ? { ...seance, etat } : seance;
  }).filter(Boolean).sort((a, b) => a.debut.localeCompare(b.debut));
  return seances.length > 1 ? boite.garder(seances, boite, laisse) : une(un) ?? seances[0] ?? {};
}

const euros = (prix) => (Number.isFinite(prix) ? String(prix.toFixed(2)).replace('.', ',').replace(/,00$/, '') : '');

function tarifDe(un, boite, laisse) {
  const offres = liste(un.offers).flatMap((offre) => [objet(offre), ...liste(objet(offre).offers).map(objet)]);
  const prix = offres.flatMap((offre) => [offre.price, offre.lowPrice, offre.highPrice]).map((un_) => mot(un_).replace(',', '.'))
    .filter((texte) => /^\d+(\.\d+)?$/.test(texte)).map(Number);
  const devises = offres.map((offre) => mot(offre.priceCurrency)).filter(Boolean);
  const fait = { etat: offres.length && offres.every((offre) => /SoldOut/.test(mot(offre.availability))) ? 'complet' : '' };
  fait.reserver = offres.map((offre) => boite.lien(offre.url)).find(Boolean) ?? '';
  if (devises.some((devise) => !/^(EUR|€)$/i.test(devise))) return fait;
  if (prix.some(Boolean)) {
    const [haut, bas] = [Math.max(...prix), Math.min(...prix)];
    fait.tarif = { prix: euros(haut), ...(bas && bas < haut ? { reduit: euros(bas) } : {}) };
    if (fait.tarif.reduit) laisse.push(`Le prix le plus bas est noté «${NB}réduit${NB}»${NB}: vérifiez le tarif.`);
    if (!bas && prix.length > 1) fait.tarif.conditions = 'Gratuit pour certains publics.';
  } else if (prix.length || /^true$/i.test(String(un.isAccessibleForFree ?? ''))) fait.tarif = { gratuit: 'true' };
  else if (offres.some((offre) => mot(offre.price))) Object.assign(fait, { tarif: boite.indices(offres.map((offre) => mot(offre.price)).join(' ; ')).tarif });
  return fait;
}

function faire(un, boite) {
  const laisse = [], { schema_org: schema } = boite.table, { tarif, etat, reserver } = tarifDe(un, boite, laisse), { adresse, en_ligne } = lieuDe(un, boite);
  // WordPress calendars write tags as « &lt;p&gt; », newlines as a backslash and a letter.
  let description = (mot(un.description) || mot(objet(un.description)['@value'])).replace(/(\\r)?\\n/g, '\n');
  if (/&lt;\/?[a-z]/i.test(description)) description = boite.analyser(description).body.textContent;
  const html = boite.BALISE.test(description) || /&#?\w+;/.test(description), audience = liste(un.audience).map(objet);
  const ages = /^(\d{1,3})?\s*-?\s*(\d{1,3})?\s*\+?$/.exec(mot(un.typicalAgeRange));
  return {
    titre: boite.clair(nomDe(un.name)),
    [html ? 'html' : 'texte']: description,
    quand: quandDe(un, boite, laisse),
    adresse,
    en_ligne,
    types: types(un).map((nom) => schema.formats[nom]).filter(Boolean),
    mots: liste(un.keywords).flatMap((mots) => nomDe(mots).split(',')).concat(audience.map((une) => mot(une.audienceType)).flatMap((mots) => mots.split(','))).map(boite.clair),
    organisateurs: liste(un.organizer).map(nomDe).map(boite.clair),
    tarif,
    reserver,
    age: { min: ages?.[1] || mot(audience[0]?.suggestedMinAge), max: ages?.[2] || mot(audience[0]?.suggestedMaxAge) },
    etat: schema.etats[bout(un.eventStatus)] ?? etat,
    jauge: mot(un.maximumAttendeeCapacity),
    url: boite.lien(mot(un.url)),
    image: liste(un.image).map((une) => boite.lien(mot(une) || mot(objet(une).url))).find(Boolean),
    laisse,
  };
}

// Events of parsed JSON-LD blocks; one that is told twice on a page is one.
export function lire(blocs, boite, page) {
  const vus = new Map();
  for (const un of evenements(blocs)) {
    const debut = boite.temps.deIso(mot(un.startDate)), titre = boite.clair(nomDe(un.name));
    const cle = `${boite.plier(titre)}|${debut}`;
    if (!vus.has(cle)) vus.set(cle, { titre, debut, fin: boite.temps.deIso(mot(un.endDate)), faire: () => faire(un, boite) });
  }
  const trouvees = [...vus.values()];
  return { trouvees, laisse: trouvees.length || page ? [] : [`Ces données (JSON) ne décrivent aucun événement que le formulaire reconnaisse${NB}: ni schema.org, ni OpenAgenda.`] };
}

// A whole page: its data for machines, else its own text.
export async function lirePage(page, boite) {
  const blocs = [];
  for (const script of page.querySelectorAll('script[type="application/ld+json" i]')) {
    try {
      blocs.push(JSON.parse(script.textContent.replace(/^\s*(<!--|\/\*.*?\*\/|\/\/<!\[CDATA\[)|(-->|\/\/\]\]>)\s*$/g, '')));
    } catch { /* the other blocks, or the page, may say it */ }
  }
  const dedans = page.querySelector('article, main, [role=main]') ?? page.body;
  const lu = lire(blocs, boite, dedans);
  if (lu.trouvees.length) return lu;
  const dit = (nom) => page.querySelector(`meta[property="${nom}"], meta[name="${nom}"]`)?.content ?? '';
  const { lire: lireTexte } = await boite.charger('communique'), html = new XMLSerializer().serializeToString(dedans);
  const titre = boite.ligne(page.querySelector('h1')?.textContent) || dit('og:title') || page.title;
  const { trouvees } = lireTexte(boite.texteDe(html), boite, { titre, html, resume: dit('og:description') || dit('description'), url: boite.lien(dit('og:url')) });
  return { trouvees, laisse: blocs.length ? [] : [`La page ne contient pas de données d’événement${NB}: le formulaire a lu son texte, vérifiez tout.`] };
}
