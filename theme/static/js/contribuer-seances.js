// What the dates of an event mean together, as agenda/slots.py and agenda/recurrence.py: hours that
// clocks skip, sessions too long or too many, the same twice, a timetable without any. What a rule
// of recurrence says is left to check.
const MOST = 800, ANS = 3;
const JOURS = 'lundi mardi mercredi jeudi vendredi samedi dimanche'.split(' ');

const faute = (code, chemin, valeurs = {}) => ({ code, chemin, valeurs, besoins: [] });

function plusTard(jour) {
  const annee = String(Number(jour.slice(0, 4)) + ANS);
  return jour.endsWith('-02-29') ? `${annee}-03-01` : annee + jour.slice(4);
}

// One session on the clock, or its fault.
function creneau(debut, fin, chemin, { ecart, direMoment, direHeure }) {
  const ici = [...chemin, 'fin'];
  const renverse = (depuis) => ({ faute: faute('E213', ici, { fin: direMoment(fin.jour, fin.heure), debut: depuis, cle: 'fin' }) });
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
    if (vues.has(ecrite)) fautes.push(faute('E238', chemin, { valeur: heure ? `${jour} ${heure}` : jour, cle: 'seances' }));
    vues.add(ecrite);
    dits.push({ ...un, debutA: [...chemin, 'debut'], finA: [...chemin, 'fin'] });
  });
  return [dits, fautes];
}

function deHoraires({ du, au, tous_les: noms = [], de = null, a = null, sauf = [] }, dates) {
  if (au > plusTard(du)) return [[], [faute('E232', ['horaires', 'au'], { limite: MOST })]];
  const voulus = noms.length ? noms.map((nom) => JOURS.indexOf(nom)) : JOURS.map((_, rang) => rang), dits = [];
  for (let jour = du; jour <= au; jour = dates.apres(jour, 1)) {
    if (!voulus.includes(dates.semaine(jour)) || sauf.some((hors) => hors.du <= jour && jour <= hors.au)) continue;
    dits.push({ jour, heure: de, finJour: a && jour, finHeure: a, debutA: ['horaires', 'de'], finA: ['horaires', 'a'] });
  }
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
  if (seances?.length) {
    chemin = ['seances'];
    [dits, fautes] = deSeances(seances, dates);
  } else if (horaires) {
    chemin = ['horaires'];
    [dits, fautes] = deHoraires(horaires, dates);
  } else if (debut) {
    const un = creneau(debut, fin, [], dates);
    if (un.faute) fautes = [un.faute];
    else if (!rrule) dits = [{ ...un, debutA: ['debut'], finA: ['fin'] }];
  }
  const sautees = dits.flatMap((un) => [[un.debutA, un.jour, un.heure], [un.finA, un.finJour, un.finHeure]]
    .filter(([, jour, heure]) => jour && heure && !dates.existe(jour, heure))
    .map(([ou, jour, heure]) => faute('E228', ou, { jour: dates.direMoment(jour), heure: dates.direHeure(heure) })));
  return [...fautes, ...trop(dits, chemin), ...sautees];
}
