// Calendars (.ics): events, their repetitions, their exceptions, on the clock of the portal.
const { JOURS: NOMS, NB, semaine } = await import(document.querySelector('[data-commun]').dataset.commun);
const SEANCES = 100, TOURS = 4000;
const NUMEROS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
// Rules that surely go forward: others may never find their next date.
const PERMIS = {
  DAILY: (r) => rien(r, 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS') && (!r.BYDAY || r.interval === 1),
  WEEKLY: (r) => rien(r, 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS'),
  MONTHLY: (r) => rien(r, 'BYMONTH') && (!r.BYDAY || !r.BYMONTHDAY),
  YEARLY: (r) => rien(r, 'BYSETPOS') && (!r.BYMONTHDAY || !r.BYDAY),
};
const rien = (regle, ...noms) => ['BYSECOND', 'BYMINUTE', 'BYHOUR', 'BYYEARDAY', 'BYWEEKNO', ...noms].every((nom) => !regle[nom]);
const PARTICULIERE = `La répétition est trop particulière pour être reprise${NB}: seule la première date l’est. Ajoutez les autres séances.`;

// Unfolded; what is not « NAME:value » goes on with the line before, as hand-made files do.
function lignes(texte) {
  const sorties = [];
  for (const une of texte.replace(/\n[ \t]/g, '').split('\n')) {
    if (/^[A-Za-z0-9-]+[;:]/.test(une)) sorties.push(une);
    else if (une.trim() && sorties.length) sorties[sorties.length - 1] += `\\n${une}`;
  }
  return sorties;
}

// Only whole blocks are kept, in one calendar: a file that was cut still gives its first events.
function calendrier(texte) {
  const blocs = { VTIMEZONE: [], VEVENT: [] };
  let pile = [], bloc = [];
  for (const une of lignes(texte)) {
    const [, sens, nom] = /^(BEGIN|END):\s*(\S+)\s*$/i.exec(une)?.map((part) => part.toUpperCase()) ?? [];
    if (sens === 'BEGIN' && blocs[nom]) [pile, bloc] = [[], []];
    if (sens === 'BEGIN' && (pile.length || blocs[nom])) pile.push(nom);
    if (pile.length && (sens || !/^(BEGIN|END):/i.test(une))) bloc.push(une); // « END:0 X » ends anything
    if (sens !== 'END' || !pile.length) continue;
    if (pile.pop() !== nom) pile = [];
    else if (!pile.length) blocs[nom].push(bloc.join('\r\n'));
  }
  return [...blocs.VTIMEZONE, ...blocs.VEVENT];
}

// What the library gives; null for what it cannot read.
function essayer(faire) {
  try {
    return faire();
  } catch {
    return null;
  }
}
// The whole calendar, else the blocks that can be read, each by itself.
function composants(ICAL, texte) {
  const lire = (parts) => essayer(() => ICAL.parse(`BEGIN:VCALENDAR\r\n${parts.join('\r\n')}\r\nEND:VCALENDAR`));
  const blocs = calendrier(texte), tout = lire(blocs), bons = tout ? blocs : blocs.filter((bloc) => lire([bloc]));
  return { racine: new ICAL.Component(tout ?? lire(bons)), abimes: blocs.length - bons.length };
}

const valeur = (un, nom) => essayer(() => un.getFirstPropertyValue(nom));
const texteDe = (un, nom) => String(valeur(un, nom) ?? '');

const annule = (un) => /cancelled/i.test(texteDe(un, 'status'));

// A time of ical.js on the clock of the portal. The zone is known by its name, else by its rules.
function moment(quand, tzid, boite) {
  if (!quand?.year) return null;
  if (quand.isDate) return boite.temps.ecrire(quand.year, quand.month, quand.day);
  const lu = [quand.year, quand.month, quand.day, quand.hour, quand.minute];
  if (quand.zone?.tzid === 'UTC') return boite.temps.ecrire(...lu) && boite.temps.ici(Date.UTC(lu[0], lu[1] - 1, ...lu.slice(2)));
  const nom = /[A-Za-z]+\/[A-Za-z_]+$/.exec(tzid ?? '')?.[0];
  if (nom && boite.temps.connue(nom)) return boite.temps.deZone(lu, nom);
  if (quand.zone && quand.zone.tzid !== 'floating' && boite.temps.ecrire(...lu)) return boite.temps.ici(quand.toUnixTime() * 1000);
  return boite.temps.ecrire(...lu);
}
const zone = (un, nom) => un.getFirstProperty(nom)?.getParameter('tzid');

// Beginning and end of an occurrence: it lasts as long as the first one, on the clock of the portal.
function bornes(un, boite, debut = valeur(un, 'dtstart')) {
  const tzid = zone(un, 'dtstart'), depart = valeur(un, 'dtstart');
  const [premier, du] = [moment(depart, tzid, boite), moment(debut, tzid, boite)];
  const arrivee = moment(valeur(un, 'dtend'), zone(un, 'dtend'), boite);
  const duree = valeur(un, 'duration')?.toSeconds?.() ?? (arrivee && premier ? boite.temps.ecart(premier, arrivee) : 0);
  const au = du && duree > 0 ? boite.temps.plus(du, duree) : null;
  // The end of whole days is the day after.
  return boite.temps.entre(du, depart?.isDate && au > du ? boite.temps.apres(au, -1) : au);
}

function regle(ICAL, un) {
  const toutes = un.getAllProperties('rrule');
  if (!toutes.length) return null;
  const lue = toutes[0].getFirstValue(), parts = Object.fromEntries(Object.entries(lue.parts).filter(([, liste]) => liste?.length));
  const r = { ...parts, freq: lue.freq, interval: lue.interval, count: lue.count, until: lue.until };
  const sure = toutes.length === 1 && r.interval >= 1 && r.interval < 100 && PERMIS[r.freq]?.(r);
  return { ...r, sure };
}

// The weekly timetable that a plain rule says: same days, same hours.
function hebdomadaire(un, r, seances, boite) {
  if (r.freq !== 'WEEKLY' || r.interval !== 1 || un.getAllProperties('rdate').length) return null;
  if ((r.BYDAY ?? []).some((jour) => !NUMEROS.includes(jour))) return null;
  const { debut, fin = '' } = bornes(un, boite) ?? {};
  if (!debut || (fin && fin.slice(0, 10) !== debut.slice(0, 10))) return null;
  const premier = debut.slice(0, 10), sansFin = !r.until && !r.count;
  const du = sansFin && premier < boite.jour ? boite.jour : premier;
  const limite = r.until ? moment(r.until, zone(un, 'dtstart'), boite) : r.count ? seances.at(-1)?.debut : boite.temps.apres(du, 364);
  const au = limite?.slice(0, 10);
  if (!au || au < du) return null;
  const sauf = un.getAllProperties('exdate').flatMap((une) => une.getValues().map((quand) => moment(quand, une.getParameter('tzid'), boite)?.slice(0, 10)))
    .filter((jour) => jour && jour >= du && jour <= au);
  const jours = r.BYDAY ?? [NUMEROS[semaine(premier)]];
  const tous_les = NOMS.filter((_, rang) => jours.includes(NUMEROS[rang]));
  return { horaires: { du, au, tous_les, de: debut.slice(11), a: fin.slice(11), sauf: [...new Set(sauf)].sort().slice(0, SEANCES) }, sansFin };
}

// The dates of a repetition: all if they are few, else those to come.
function seancesDe(ICAL, un, exceptions, boite, infinie, limite = SEANCES) {
  const evenement = new ICAL.Event(un, { exceptions, strictExceptions: true }), trouvees = [];
  const suite = evenement.iterator(), premiere = bornes(un, boite);
  // The library leaves the first date out when the others are a mere list.
  if (premiere && !un.getFirstProperty('rrule')) trouvees.push(premiere);
  for (let tour = 0; tour < TOURS; tour += 1) {
    const quand = suite.next();
    if (!quand || quand.year > 2100) break;
    const { item, startDate } = evenement.getOccurrenceDetails(quand);
    const propre = item.component === un ? null : item.component;
    const seance = propre ? bornes(propre, boite) : bornes(un, boite, startDate);
    if (!seance) continue;
    if (seance.debut === premiere?.debut && trouvees[0] === premiere) continue;
    if (propre && annule(propre)) seance.etat = 'annule';
    if (infinie && (seance.fin ?? seance.debut) < boite.jour) continue;
    if (trouvees.push(seance) === limite) break;
  }
  return trouvees;
}

function repeter(ICAL, un, exceptions, boite, laisse) {
  const r = regle(ICAL, un), autres = un.getAllProperties('rdate').length;
  if (!r && !autres) return bornes(un, boite) ?? {};
  if (r && !r.sure) {
    laisse.push(PARTICULIERE);
    return bornes(un, boite) ?? {};
  }
  const infinie = Boolean(r && !r.until && !r.count);
  const toutes = seancesDe(ICAL, un, exceptions, boite, infinie, infinie ? SEANCES : TOURS);
  const semaine = r && !exceptions.length ? hebdomadaire(un, r, toutes, boite) : null;
  if (semaine && (toutes.length > 6 || infinie)) {
    if (semaine.sansFin) laisse.push(`La répétition n’a pas de fin${NB}: elle est reprise jusqu’au ${semaine.horaires.au}. Corrigez ce jour si besoin.`);
    return { horaires: semaine.horaires };
  }
  if (infinie) laisse.push(`La répétition n’a pas de fin${NB}: vérifiez la dernière séance.`);
  return boite.garder(toutes.length ? toutes : [bornes(un, boite)].filter(Boolean), boite, laisse);
}

function personne(un) {
  const propriete = un.getFirstProperty('organizer'), nom = propriete?.getParameter('cn') ?? '';
  const adresse = String(propriete?.getFirstValue() ?? '').replace(/^mailto:/i, '');
  return { nom: /@/.test(nom) ? '' : nom, adresse: /@/.test(adresse) ? adresse : '' };
}

// Several VEVENT of one event: its exceptions, or one for each date as some sites export.
const regrouper = (tous, boite) => [...Map.groupBy(tous, (un) => {
  const titre = boite.plier(texteDe(un, 'summary'));
  return titre ? `${titre}|${boite.plier(texteDe(un, 'location'))}` : texteDe(un, 'uid');
}).values()];

function quandDe(ICAL, groupe, boite, laisse) {
  const exceptions = groupe.filter((un) => un.getFirstProperty('recurrence-id'));
  const uns = groupe.filter((un) => !exceptions.includes(un));
  if (!uns.length) return bornes(groupe[0], boite) ?? {};
  if (uns.length === 1) return repeter(ICAL, uns[0], exceptions.filter((un) => texteDe(un, 'uid') === texteDe(uns[0], 'uid')), boite, laisse);
  const seances = uns.flatMap((un) => {
    const { horaires, seances: plusieurs, ...une } = repeter(ICAL, un, [], boite, laisse);
    if (une.debut && annule(un) && !uns.every(annule)) une.etat = 'annule';
    return plusieurs ?? (horaires ? seancesDe(ICAL, un, [], boite, true) : une.debut ? [une] : []);
  }).sort((une, autre) => une.debut.localeCompare(autre.debut));
  return boite.garder(seances.filter((une, rang) => !rang || une.debut !== seances[rang - 1].debut), boite, laisse);
}

function faire(ICAL, groupe, boite) {
  const un = groupe.find((autre) => texteDe(autre, 'description') && !annule(autre)) ?? groupe[0], laisse = [], description = texteDe(un, 'x-alt-desc') || texteDe(un, 'description');
  const ou = texteDe(un, 'location'), enLigne = boite.lien(ou) || boite.lien(texteDe(un, 'x-google-conference'));
  const { nom, adresse } = personne(un), statut = texteDe(un, 'status').toUpperCase();
  if (adresse) laisse.push(`L’adresse de l’organisateur (${adresse}) n’est pas reprise${NB}: elle serait publiée.`);
  if (statut === 'TENTATIVE') laisse.push(`Le calendrier dit cette date «${NB}provisoire${NB}»${NB}: vérifiez-la.`);
  return {
    titre: texteDe(un, 'summary'),
    [boite.BALISE.test(description) ? 'html' : 'texte']: description,
    quand: quandDe(ICAL, groupe, boite, laisse),
    adresse: boite.lien(ou) ? {} : ou,
    en_ligne: enLigne,
    mots: un.getAllProperties('categories').flatMap((une) => une.getValues().map(String)),
    connus: nom ? [nom] : [],
    etat: groupe.every(annule) ? 'annule' : '',
    url: boite.lien(texteDe(un, 'url')),
    image: un.getAllProperties('attach').map((une) => String(une.getFirstValue())).find((une) => /\.(jpe?g|png|webp)($|\?)/i.test(une)),
    laisse,
  };
}

export async function lire(texte, boite) {
  const { default: ICAL } = await boite.charger('ical');
  const { racine, abimes } = composants(ICAL, texte);
  const groupes = regrouper(racine.getAllSubcomponents('vevent'), boite);
  const premier = (groupe) => moment(valeur(groupe[0], 'dtstart'), zone(groupe[0], 'dtstart'), boite);
  return {
    laisse: abimes ? [`${abimes} événement${abimes > 1 ? 's' : ''} de ce calendrier ${abimes > 1 ? 'sont abîmés et n’ont' : 'est abîmé et n’a'} pas été lu${abimes > 1 ? 's' : ''}.`] : [],
    trouvees: groupes.map((groupe) => {
      const debut = essayer(() => premier(groupe)); // it will be said when it is chosen
      return { titre: boite.ligne(texteDe(groupe[0], 'summary')), debut, fin: debut, faire: () => faire(ICAL, groupe, boite) };
    }),
  };
}
