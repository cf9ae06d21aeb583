// Whether a tool is free between two days: same rules as features/services/prets/loans.free_copies. The mail by which
// one asks for it is then completed with these days.
const JOUR = 864e5;
const AUTREMENT = encodeURIComponent('Du … au …');

const apres = (jour, nombre) => new Date(Date.parse(jour) + nombre * JOUR).toISOString().slice(0, 10);

const dire = (jour) => new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'UTC' })
  .format(new Date(jour)).replace(/^1 /, '1er ').replace(/^(\S+) /, '$1\u00a0');

// « 1 2021-09-13 2021-10-15 »: copy (0 for an unknown one), first day, last one.
export const lire = (texte) => texte.split(',').filter(Boolean).map((pret) => {
  const [exemplaire, du, au] = pret.split(' ');
  return { exemplaire: Number(exemplaire), du, au };
});

// Copies that nobody has on any of these days; a loan that fits no copy takes one of them.
export function libres(prets, exemplaires, du, au) {
  const pris = prets.filter((pret) => pret.du <= au && du <= pret.au).map((pret) => pret.exemplaire);
  const reste = Array.from({ length: exemplaires }, (_, rang) => rang + 1).filter((un) => !pris.includes(un));
  return reste.slice(pris.filter((un) => !un).length);
}

// The first day from which it is free for as long.
export function prochain(prets, exemplaires, du, au) {
  const jours = (Date.parse(au) - Date.parse(du)) / JOUR;
  return prets.map((pret) => apres(pret.au, 1)).filter((jour) => jour > du).sort()
    .find((jour) => libres(prets, exemplaires, jour, apres(jour, jours)).length);
}

// What is said of these days: sentences, and whether one may ask for them.
export function repondre({ prets, exemplaires, delai = 0 }, du, au, aujourdhui) {
  if (!du || !au) return ['Donnez les deux dates pour savoir si cet outil est libre.'];
  if (au < du) return ['La fin est avant le début.'];
  if (du < aujourdhui) return ['Le début est déjà passé.'];
  const tot = apres(aujourdhui, delai);
  if (du < tot) {
    const fin = apres(tot, (Date.parse(au) - Date.parse(du)) / JOUR);
    const premier = libres(prets, exemplaires, tot, fin).length ? tot : prochain(prets, exemplaires, tot, fin);
    return [`À demander ${delai} jours à l’avance\u00a0: libre au plus tôt le ${dire(premier)}.`];
  }
  const reste = libres(prets, exemplaires, du, au);
  if (!reste.length) {
    const [premier] = prets
      .filter((pret) => pret.du <= au && du <= pret.au)
      .sort((un, autre) => (un.du < autre.du ? -1 : 1));
    const dates = `du ${dire(premier.du)} au ${dire(premier.au)}`;
    const pris = exemplaires > 1 ? `Aucun des ${exemplaires} exemplaires n’est libre à ces dates` : `Pris ${dates}`;
    return [`${pris}\u00a0; libre à partir du ${dire(prochain(prets, exemplaires, du, au))}.`];
  }
  const lesquels = reste.length > 1 ? `exemplaires ${reste.join(', ')}` : `exemplaire ${reste[0]}`;
  return [`Libre à ces dates${exemplaires > 1 ? ` (${lesquels})` : ''}.`, true];
}

const formulaire = document.querySelector('.creneau');
const courriel = document.querySelector('.infos .boutons a[href^="mailto:"]'), ecrit = courriel?.href;
const demandees = new URLSearchParams(location.search);

// The mail by which one asks, with the days that one wants.
function completer(du, au) {
  const dates = `Du ${dire(du)} au ${dire(au)}`;
  if (courriel) courriel.href = ecrit.replace(AUTREMENT, encodeURIComponent(dates));
}

if (formulaire) {
  const { du, au } = formulaire.elements;
  const dit = formulaire.querySelector('[role=status]');
  const { exemplaires, delai, prets } = formulaire.dataset;
  const outil = { exemplaires: Number(exemplaires), delai: Number(delai ?? 0), prets: lire(prets) };
  const aujourdhui = document.documentElement.dataset.date
    ?? new Intl.DateTimeFormat('sv', { timeZone: document.documentElement.dataset.fuseau ?? 'Europe/Paris' }).format();

  const repeter = () => {
    const [phrase, possible] = repondre(outil, du.value, au.value, aujourdhui);
    dit.textContent = phrase;
    dit.classList.toggle('libre', Boolean(possible));
    dit.classList.toggle('pris', Boolean(du.value && au.value && !possible));
    if (possible) completer(du.value, au.value);
    else if (courriel) courriel.href = ecrit;
  };

  for (const champ of [du, au]) champ.value ||= demandees.get(champ.name) ?? '';
  formulaire.addEventListener('input', repeter);
  formulaire.addEventListener('submit', (evenement) => evenement.preventDefault());
  formulaire.hidden = false;
  repeter();
} else {
  const jours = ['du', 'au'].map((nom) => demandees.get(nom)).filter(Date.parse);
  if (jours.length === 2) completer(...jours);
}
