// Rules across the fields of a group, from the `x-regles` of its schema: the twin of
// model/rules.py. Each judge gives faults { code, chemin, valeurs, besoins }: `besoins` are the
// fields whose absence is the mistake.
const plein = (valeur) => Boolean(Array.isArray(valeur) ? valeur.length : valeur);

// Day, hour or moment as one text that sorts; a whole day is only before another day.
function renverse(debut, fin) {
  if (debut.jour) {
    if (debut.jour !== fin.jour || !debut.heure || !fin.heure) return fin.jour < debut.jour;
    return fin.heure < debut.heure;
  }
  return debut.includes(':') ? fin <= debut : fin < debut;
}

function citer(valeur, { direMoment }) {
  if (valeur.jour) return direMoment(valeur.jour, valeur.heure);
  return valeur.includes(':') ? valeur : direMoment(valeur);
}

const JUGES = {
  'un-de': ({ champs, valeurs }, lu) => (champs.some((un) => plein(lu[un])) ? [] : [{ chemin: [], valeurs, besoins: champs }]),
  'un-seul': ({ champs, avec: [un, autre] }, lu) => {
    const dits = champs.filter((nom) => plein(lu[nom]) && !(nom === autre && plein(lu[un])));
    return dits.slice(1).map((nom) => ({ chemin: [nom], valeurs: { cle: dits[0], autre: nom } }));
  },
  exclut: ({ champ, autre, remede }, lu) => (plein(lu[champ]) && plein(lu[autre])
    ? [{ chemin: [champ], valeurs: { cle: champ, autre, remede } }] : []),
  demande: ({ champ, autre }, lu) => (plein(lu[champ]) && !plein(lu[autre])
    ? [{ chemin: [champ], valeurs: { cle: champ, autre }, besoins: [autre] }] : []),
  ordre: ({ debut, fin }, lu, o) => (lu[debut] && lu[fin] && renverse(lu[debut], lu[fin])
    ? [{ chemin: [fin], valeurs: { fin: citer(lu[fin], o.dates), debut: citer(lu[debut], o.dates), cle: fin } }] : []),
  duree: ({ debut, fin, jours }, lu, { dates }) => (lu[debut] && lu[fin] && dates.ecart(lu[debut], lu[fin]) > jours
    ? [{ chemin: [fin] }] : []),
  si: ({ champ, valeur, autre }, lu) => (lu[champ] === valeur && !plein(lu[autre]) ? [{ chemin: [champ], besoins: [autre] }] : []),
  'si-un-de': ({ champ, valeur, champs }, lu) => (lu[champ] === valeur && !champs.some((un) => plein(lu[un])) ? [{ chemin: [champ], besoins: champs }] : []),
  contredit: ({ champ, autres }, lu) => (plein(lu[champ]) && autres.some((un) => plein(lu[un])) ? [{ chemin: [champ] }] : []),
  ages: (regle, { min, max }, { phrase }) => (max < min
    ? [{ chemin: ['max'], valeurs: { valeur: max, cle: 'max', attendu: phrase('age', { min }) } }] : []),
  meme: ({ champ, groupe, remede }, lu) => (plein(lu[champ]) && lu[groupe] && lu[groupe][champ] !== lu[champ]
    ? [{ chemin: [groupe, champ], valeurs: { cle: `${groupe}.${champ}`, autre: champ, remede } }] : []),
};

// Faults of a group whose fields are read; `o` is { dates, phrase }.
export function juger(regles, lu, o) {
  return (regles ?? []).flatMap((regle) => (JUGES[regle.regle]?.(regle, lu, o) ?? []).map((faute) => ({ besoins: [], valeurs: {}, code: regle.code, ...faute })));
}
