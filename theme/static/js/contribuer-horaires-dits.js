// Opening hours said in French: the twin of text/opening_hours_french.py (`opening_lines`). The field
// says back what will be read, as it is written.
const { JOURS, MOIS, NB, capital, direHeure } = await import(document.querySelector('[data-commun]').dataset.commun);
const { retarder } = await import(new URL('contribuer-gestes.js', import.meta.url));
const JOURNEE = 24 * 60;
const FERIES = { PH: 'jours fériés', SH: 'vacances scolaires' };
const RANGS = {
  1: 'premier', 2: 'deuxième', 3: 'troisième', 4: 'quatrième', 5: 'cinquième', '-1': 'dernier', '-2': 'avant-dernier',
  '-3': 'troisième avant la fin', '-4': 'quatrième avant la fin', '-5': 'cinquième avant la fin',
};
const plusieurs = (dits) => new Intl.ListFormat('fr').format(dits);
const total = (heures) => heures.length === 1 && heures[0][0] === 0 && heures[0][1] === JOURNEE;

function date(numero, entier) {
  const jour = numero % 100, mois = MOIS[Math.floor(numero / 100) - 1];
  return entier ? mois : `${jour === 1 ? '1er' : jour}${NB}${mois}`;
}
function periode({ du, au, mois }) {
  const debut = date(du, mois), fin = date(au, mois), memeMois = Math.floor(du / 100) === Math.floor(au / 100);
  if (debut === fin) return debut;
  if (mois && Math.floor(au / 100) - Math.floor(du / 100) === 1) return `${debut} et ${fin}`;
  if (mois) return `${'ao'.includes(debut[0]) ? 'd’' : 'de '}${debut} à ${fin}`;
  return `du ${memeMois && du < au ? debut.split(NB)[0] : debut} au ${fin}`;
}
function jour({ du, au, jours, rangs }) {
  if (rangs.length) return `${plusieurs(rangs.map((un) => RANGS[un]))} ${JOURS[du]} du mois`;
  if (du === au) return JOURS[du];
  return jours.length === 2 ? `${JOURS[du]} et ${JOURS[au]}` : `du ${JOURS[du]} au ${JOURS[au]}`;
}
function semaine({ jours, feries, croise }) {
  const tous = new Set(jours.filter(({ rangs }) => !rangs.length).flatMap((un) => un.jours)).size === 7;
  const dits = tous ? ['tous les jours', ...jours.filter(({ rangs }) => rangs.length).map(jour)] : jours.map(jour);
  const libres = feries.map((un) => FERIES[un]);
  return croise ? `${plusieurs(dits)} pendant les ${plusieurs(libres)}` : plusieurs([...dits, ...libres]);
}
const heure = (minutes) => (minutes === JOURNEE ? `24${NB}h` : direHeure(`${Math.floor((minutes % JOURNEE) / 60)}:${minutes % 60}`));
function heures({ heures: lues, ferme, dates, jours, feries, note, ajoute }) {
  if (ferme) return 'fermé';
  if (total(lues)) return dates.length || jours.length || feries.length || note || ajoute ? `24${NB}h sur 24` : 'ouvert en permanence';
  return plusieurs(lues.map(([du, au]) => (au === null ? `à partir de ${heure(du)}` : `de ${heure(du)} à ${heure(au)}`)));
}

// A sentence for each rule of contribuer-horaires.js (`lire`).
export const dire = (regles) => regles.map((regle) => {
  const quand = [plusieurs(regle.dates.map(periode)), semaine(regle)].filter(Boolean).join(', ');
  const quoi = (regle.ajoute ? 'aussi ' : '') + [heures(regle), regle.note && `(${regle.note})`].filter(Boolean).join(' ');
  return capital(quand ? `${quand} : ${quoi}` : quoi);
});

// The field says back what will be read, or where it is not understood.
export async function lancer({ form, charger, creer, donnees }) {
  const champ = form.querySelector('[data-chemin=horaires_ouverture]');
  const [mots, horaires, schema] = await Promise.all([charger('horaires-mots'), charger('horaires'), donnees('schema')]);
  const { 'x-mots': lexique, 'x-raisons': raisons } = schema.properties.horaires_ouverture;
  const note = creer('p', { class: 'lu', role: 'status' });
  champ.append(note);
  function relire() {
    const texte = champ.querySelector('input, textarea').value.replace(/[ \t\n]+/g, ' ').trim();
    note.hidden = !texte;
    if (!texte) return;
    const { osm, refus } = mots.lire(texte, lexique);
    const dit = refus ? `«${NB}${refus.trouve}${NB}» ne se lit pas : ${raisons[refus.raison].join('. ')}` : dire(horaires.lire(osm)).join(`${NB}; `);
    note.replaceChildren(...(refus ? [dit] : ['Sera lu : ', creer('b', {}, dit)]));
  }
  champ.addEventListener('input', retarder(relire, 300));
  relire();
  return { relire };
}
