// What a correction changes: in the words of those who read, and as the lines that
// `portail deposer` applies (portail_importer/deposer/amending.py).
const { capital } = await import(document.querySelector('[data-commun]').dataset.commun);
const { crc32 } = await import(new URL('contribuer-reprise.js', import.meta.url));
const { ecrire } = await import(new URL('contribuer-fichier.js', import.meta.url));
const { libelle, sans } = await import(new URL('contribuer-mots.js', import.meta.url));
const temps = await import(new URL('contribuer-dates.js', import.meta.url));
const QUAND = ['debut', 'fin', 'seances', 'horaires'], LONG = 160;

// Equal whatever the order of keys.
const forme = (valeur) => JSON.stringify(valeur ?? null, (_, une) =>
  (une && typeof une === 'object' && !Array.isArray(une) ? Object.fromEntries(Object.entries(une).sort()) : une));
const pareils = (un, autre) => forme(un) === forme(autre);

// « Samedi 9 octobre, de 20 h → de 19 h »: what both begin with is said once, to its last comma.
function fleche(ancien, neuf) {
  if (!ancien || !neuf) return ancien ? `${ancien} (retiré)` : `${neuf} (ajouté)`;
  let debut = 0;
  while (debut < neuf.length && ancien[debut] === neuf[debut]) debut += 1;
  const commence = /^.*(?:, | : )/s.exec(neuf.slice(0, debut))?.[0].length ?? 0;
  return `${ancien} → ${neuf.slice(commence)}`;
}
// Lines that have gone and come, two by two.
function lignesDe(anciennes, neuves) {
  const parties = anciennes.filter((une) => !neuves.includes(une)),
    venues = neuves.filter((une) => !anciennes.includes(une));
  return Array.from({ length: Math.max(parties.length, venues.length) }, (_, rang) =>
    fleche(parties[rang], venues[rang]));
}
// Of two texts, the words that differ, and some around.
function extraits(ancien = '', neuf = '') {
  const mots = [ancien, neuf].map((un) => un.trim().split(/\s+/).filter(Boolean)), [a, b] = mots;
  let debut = 0, fin = 0;
  while (debut < Math.min(a.length, b.length) && a[debut] === b[debut]) debut += 1;
  while (fin < Math.min(a.length, b.length) - debut && a.at(-1 - fin) === b.at(-1 - fin)) fin += 1;
  return mots.map((dits) => {
    const texte = dits.slice(Math.max(0, debut - 2), dits.length - fin).join(' ');
    return texte.length > LONG ? `${texte.slice(0, LONG)}…` : texte;
  });
}

// The words of the label of a field, as the form asks it.
function nomDe(form, chemin) {
  const dit = form.querySelector(`[data-chemin="${chemin}"] :is(label, legend)`)
    ?? form.querySelector(`[data-lignes="${chemin}"] > .lib`);
  const copie = dit?.cloneNode(true);
  for (const un of copie?.querySelectorAll('.requis, .visually-hidden') ?? []) un.remove();
  return copie?.textContent.trim() || chemin.split('.').at(-1).replaceAll('_', ' ');
}

function dire(chemin, avant, apres, { form, faits }) {
  const nom = nomDe(form, chemin);
  const mots = (valeur, ou = chemin) => {
    if (valeur === undefined) return '';
    if (Array.isArray(valeur)) return valeur.map((un) => mots(un, ou)).join(', ');
    if (typeof valeur === 'object') return Object.entries(valeur)
      .map(([cle, un]) => mots(un, `${ou}.${cle}`)).join(', ');
    if (/^(?:true|false)$/.test(valeur)) return valeur === 'true' ? 'oui' : 'non';
    return sans(faits.titres?.[valeur] ?? libelle(faits, ou, valeur));
  };
  const groupe = [avant, apres].every((un) => un === undefined || (typeof un === 'object' && !Array.isArray(un)));
  if (groupe) {
    return [...new Set([avant, apres].flatMap((un) => Object.keys(un ?? {})))]
      .filter((cle) => !pareils(avant?.[cle], apres?.[cle]))
      .flatMap((cle) => dire(`${chemin}.${cle}`, avant?.[cle], apres?.[cle], { form, faits }));
  }
  if ([avant, apres].some((un) => typeof un?.[0] === 'object'))
    return lignesDe((avant ?? []).map((un) => mots(un)), (apres ?? []).map((un) => mots(un)))
      .map((une) => `${nom} : ${une}`);
  const [ancien, neuf] = [mots(avant), mots(apres)];
  return [`${nom} : ${fleche(...ancien.length + neuf.length > LONG ? extraits(ancien, neuf) : [ancien, neuf])}`];
}

// The lines of each key that changes. `grilles` are the former hours of a place and those of the
// form, where a grid holds both; `changements` says these.
function raconter(cles, { entete: avant, corps }, neuf, { grilles, changements, ...outils }) {
  const dits = [], faits = (entete) => temps.occurrences(entete).map((une) => temps.phrase(une));
  const quand = lignesDe(faits(avant), faits(neuf.entete));
  for (const cle of cles) {
    if (cle === 'corps') dits.push(`Texte : ${fleche(...extraits(corps, neuf.corps))}`);
    else if (quand.length && QUAND.includes(cle)) dits.push(...quand.splice(0));
    else if (QUAND.includes(cle) && !pareils(faits(avant), faits(neuf.entete))) continue; // said by the one before
    else if (cle === 'horaires_ouverture') {
      const phrases = ({ horaires_ouverture: dit = '' }) => dit.split(' ; ').filter(Boolean);
      dits.push(...grilles ? changements(...grilles) : lignesDe(phrases(avant), phrases(neuf.entete)));
    } else dits.push(...dire(cle, avant[cle], neuf.entete[cle], outils));
  }
  return dits.map(capital);
}

// `avant` is the content as it was read (`reference`, `entete`, `corps`), `neuf` what the form says:
// null when nothing changes; else `lignes`, and `bloc`, which a mail holds.
export function comparer(avant, neuf, outils) {
  const tout = ({ entete, corps }) => ({ ...entete, corps: corps?.trim() || undefined });
  const ancien = tout(avant), apres = tout(neuf);
  const cles = [...new Set([...Object.keys(apres), ...Object.keys(ancien)])]
    .filter((cle) => cle !== 'modifie' && !pareils(ancien[cle], apres[cle]));
  if (!cles.length) return null;
  const valeurs = Object.fromEntries(cles.map((cle) => [cle, ancien[cle] ?? null]));
  const marque = crc32(JSON.stringify([avant.reference, valeurs]));
  const champs = cles.map((cle) => (apres[cle] === undefined ? `${cle}:\n`
    : ecrire({ [cle]: apres[cle] }).split('\n').slice(1, -2).map((une) => `${une}\n`).join('')));
  return {
    lignes: raconter(cles, avant, neuf, outils),
    bloc: `Correction ${marque.toString(16).padStart(8, '0')} : ${avant.reference}\n---\n${champs.join('')}---`,
  };
}
