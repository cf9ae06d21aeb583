// Rules across the fields of a group, from the `x-regles` of its schema: the twin of model/rules.py. Each judge gives
// faults { code, chemin, valeurs, besoins }: `besoins` are the fields whose absence is the mistake.
const plein = (valeur) => Boolean(Array.isArray(valeur) ? valeur.length : valeur);

// Day, hour or moment as one text that sorts; a whole day is only before another day.
function renverse(debut, fin) {
  if (debut.jour) {
    if (debut.jour !== fin.jour || !debut.heure || !fin.heure) return fin.jour < debut.jour;
    return fin.heure < debut.heure;
  }
  // Hours of a night, which ends on the next day, are in order: text/dates.py.
  return debut.includes(':') ? fin <= debut && !(debut >= '17:00' && fin <= '07:00') : fin < debut;
}

function citer(valeur, { direMoment }) {
  if (valeur.jour) return direMoment(valeur.jour, valeur.heure);
  return valeur.includes(':') ? valeur : direMoment(valeur);
}

const JUGES = {
  'un-de': ({ champs, valeurs }, lu) =>
    champs.some((un) => plein(lu[un])) ? [] : [{ chemin: [], valeurs, besoins: champs }],
  'un-seul': ({ champs, avec: [un, autre] }, lu) => {
    const dits = champs.filter((nom) => plein(lu[nom]) && !(nom === autre && plein(lu[un])));
    return dits.slice(1).map((nom) => ({ chemin: [nom], valeurs: { cle: dits[0], autre: nom } }));
  },
  exclut: ({ champ, autre, remede }, lu) =>
    plein(lu[champ]) && plein(lu[autre]) ? [{ chemin: [champ], valeurs: { cle: champ, autre, remede } }] : [],
  demande: ({ champ, autre, ou = [] }, lu) => (plein(lu[champ]) && ![autre, ...ou].some((un) => plein(lu[un]))
    ? [{ chemin: [champ], valeurs: { cle: champ, autre }, besoins: [autre, ...ou] }] : []),
  ordre: ({ debut, fin }, lu, o) =>
    lu[debut] && lu[fin] && renverse(lu[debut], lu[fin])
      ? [{ chemin: [fin], valeurs: { fin: citer(lu[fin], o.dates), debut: citer(lu[debut], o.dates), cle: fin } }]
      : [],
  duree: ({ debut, fin, jours }, lu, { dates }) =>
    lu[debut] && lu[fin] && dates.ecart(lu[debut], lu[fin]) > jours ? [{ chemin: [fin] }] : [],
  si: ({ champ, valeur, champs }, lu) =>
    lu[champ] === valeur && !champs.some((un) => plein(lu[un])) ? [{ chemin: [champ], besoins: champs }] : [],
  report: (_, { etat, debut, ancien_debut: ancien }) => {
    if (etat !== 'reporte' || !debut || !ancien) return [];
    return renverse(debut, ancien) || renverse(ancien, debut) ? [{ chemin: ['etat'] }] : [];
  },
  'si-avec': ({ champ, valeur, autre, cle, attendu }, lu) =>
    lu[champ] === valeur && lu[autre]?.[cle] !== attendu ? [{ chemin: [champ], besoins: [autre] }] : [],
  contredit: ({ champ, autres }, lu) =>
    plein(lu[champ]) && autres.some((un) => plein(lu[un])) ? [{ chemin: [champ] }] : [],
  bornes: ({ attendu }, { min, max }, { phrase }) =>
    max < min ? [{ chemin: ['max'], valeurs: { valeur: max, cle: 'max', attendu: phrase(attendu, { min }) } }] : [],
  somme: ({ champs, total }, lu) =>
    [champs.reduce((avant, un) => avant + (lu[un] ?? 0), 0)]
      .filter((somme) => somme > lu[total])
      .map((somme) => ({ chemin: [total], valeurs: { somme, valeur: lu[total] } })),
  parmi: ({ champ, dedans, autre }, lu) =>
    (lu[champ] ?? []).flatMap(({ [dedans]: valeur }, rang) =>
      !valeur || (lu[autre] ?? []).some(({ type }) => type === valeur)
        ? [] : [{ chemin: [champ, rang, dedans], valeurs: { valeur }, besoins: [autre] }]),
  etranger: ({ groupe, champ }, lu) =>
    lu[groupe]?.pays && !lu[champ]
      ? [{ chemin: [groupe, 'pays'], valeurs: { ville: lu[groupe].commune }, besoins: [champ] }] : [],
  meme: ({ champ, groupe, remede }, lu) =>
    plein(lu[champ]) && lu[groupe] && lu[groupe][champ] !== lu[champ]
      ? [{ chemin: [groupe, champ], valeurs: { cle: `${groupe}.${champ}`, autre: champ, remede } }]
      : [],
};

// Faults of a group whose fields are read; `o` is { dates, phrase }.
export const juger = (regles = [], lu, o) =>
  regles.flatMap((regle) =>
    (JUGES[regle.regle]?.(regle, lu, o) ?? [])
      .map((faute) => ({ besoins: [], valeurs: {}, code: regle.code, ...faute })));

// What the dates of an event mean together, as agenda/recurrence.py: hours that clocks skip,
// sessions too long or too many, the same twice, a timetable without any. What a rule
// of recurrence says is left to check.
const MOST = 800, ANS = 3;
const faute = (code, chemin, valeurs = {}) => ({ code, chemin, valeurs, besoins: [] });

function plusTard(jour) {
  const annee = String(Number(jour.slice(0, 4)) + ANS);
  return jour.endsWith('-02-29') ? `${annee}-03-01` : annee + jour.slice(4);
}

// One session on the clock, or its fault.
function creneau(debut, fin, chemin, { ecart, direMoment, direHeure }) {
  const ici = [...chemin, 'fin'];
  const renverse = (depuis) => ({
    faute: faute('E213', ici, { fin: direMoment(fin.jour, fin.heure), debut: depuis, cle: 'fin' }),
  });
  const seul = { jour: debut.jour, heure: debut.heure, finJour: null, finHeure: null };
  if (!fin) return seul;
  if (fin.jour < debut.jour) return renverse(direMoment(debut.jour, debut.heure));
  if (!debut.heure) {
    if (fin.heure) return { faute: faute('E243', ici, { cle: 'heure de fin', autre: 'heure de début' }) };
    return { ...seul, finJour: fin.jour };
  }
  if (!fin.heure) return fin.jour > debut.jour ? { faute: faute('E229', ici) } : seul;
  const jours = ecart(debut.jour, fin.jour);
  if (!jours && fin.heure < debut.heure) return renverse(direHeure(debut.heure));
  if (jours > 1 || (jours && fin.heure > debut.heure)) return { faute: faute('E229', ici) };
  return { ...seul, finJour: fin.jour, finHeure: fin.heure };
}

function deSeances(seances, dates) {
  const dits = [], fautes = [], vues = new Set();
  seances.forEach((seance, rang) => {
    const chemin = ['seances', rang], un = creneau(seance.debut, seance.fin, chemin, dates);
    if (un.faute) { fautes.push(un.faute); return; }
    const ecrite = JSON.stringify(seance), { jour, heure } = seance.debut;
    if (vues.has(ecrite))
      fautes.push(faute('E238', chemin, { valeur: heure ? `${jour} ${heure}` : jour, cle: 'seances' }));
    vues.add(ecrite);
    dits.push({ ...un, debutA: [...chemin, 'debut'], finA: [...chemin, 'fin'] });
  });
  return [dits, fautes];
}

function deHoraires({ de = null, a = null, sauf = [], ...plage }, dates) {
  if (plage.au > plusTard(plage.du)) return [[], [faute('E232', ['horaires', 'au'], { limite: MOST })]];
  const jours = dates.joursDe(plage, sauf.map(({ du, au }) => [du, au]));
  const ou = { debutA: ['horaires', 'de'], finA: ['horaires', 'a'] };
  const dits = jours.map((jour) => ({ jour, heure: de,
    finJour: a && (a <= de ? dates.apres(jour, 1) : jour), finHeure: a, ...ou }));
  return [dits, dits.length ? [] : [faute('E239', ['horaires'])]];
}

function trop(dits, chemin) {
  if (!dits.length) return [];
  const premier = dits.reduce((jour, un) => (un.jour < jour ? un.jour : jour), '9');
  const dernier = dits.reduce((jour, un) => ((un.finJour ?? un.jour) > jour ? un.finJour ?? un.jour : jour), '');
  return dits.length > MOST || dernier > plusTard(premier) ? [faute('E232', chemin, { limite: MOST })] : [];
}

// Faults of the dates of an event whose fields have none.
export function derouler({ debut, fin, seances, horaires, rrule }, dates) {
  let dits = [], fautes = [], chemin = ['fin'];
  if (seances?.length) [chemin, [dits, fautes]] = [['seances'], deSeances(seances, dates)];
  else if (horaires) [chemin, [dits, fautes]] = [['horaires'], deHoraires(horaires, dates)];
  else if (debut) {
    const un = creneau(debut, fin, [], dates);
    if (un.faute) fautes = [un.faute];
    else if (!rrule) dits = [{ ...un, debutA: ['debut'], finA: ['fin'] }];
  }
  const sautees = dits.flatMap((un) => [[un.debutA, un.jour, un.heure], [un.finA, un.finJour, un.finHeure]]
    .filter(([, jour, heure]) => jour && heure && !dates.existe(jour, heure))
    .map(([ou, jour, heure]) => faute('E228', ou, { jour: dates.direMoment(jour), heure: dates.direHeure(heure) })));
  return [...fautes, ...trop(dits, chemin), ...sautees];
}
