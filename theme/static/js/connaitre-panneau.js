// « Faire connaître »: texts for each network and a picture in the shapes that they show, from what the
// page of an event says. Nothing is sent from here.
const { NB, annoncer, bouton, capital, compter, creer, habiller, lien } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
const { lireFiche, mots } = await import(new URL('fiche-lue.js', import.meta.url));
const lu = lireFiche(document.cloneNode(true)), fiche = document.querySelector('.fiche');
const lire = (ou, dans = fiche) => mots(dans.querySelector(ou));
const dits = [...fiche.querySelectorAll('.fait')];
const fait = (nom) => mots(dits.find((un) => lire('dt', un) === nom)?.querySelector('dd'));
const petit = (texte) => texte.charAt(0).toLowerCase() + texte.slice(1);
const joindre = (par, ...parts) => parts.filter(Boolean).join(par);
// The year that runs goes without saying, where no other one is said.
const annee = document.documentElement.dataset.auj.slice(0, 4);
const autre = (texte) => texte.match(/\b20\d\d\b/g)?.some((une) => une !== annee);
const sansAnnee = (texte) => (autre(texte) ? texte : texte.replace(RegExp(`\\s${annee}\\b`, 'g'), ''));

const titre = joindre(' – ', lu.etat, lu.titre);
const corps = lire('.message-titre + p:not(:has(del, strong), :has(+ .suites), [hidden] p)') || lire('.chapo');
const adresse = document.querySelector('[rel=canonical]')?.href ?? new URL('.', location).href;
const annulee = fiche.querySelector('.fait del'), reserve = fait('Réservé à');
function dates() {
  const moment = lire('.fait time'), avant = mots(fiche.querySelector('.message del')?.lastChild);
  if (annulee) return joindre('\n', `Était prévu${NB}: ${petit(moment)}`, capital(lire('.message strong')));
  if (avant && /^Rep/.test(lu.etat)) return `${moment} (et non ${petit(avant)})`;
  if (lire('.fait small time')) return `${lu.quand}\nProchaine date${NB}: ${petit(moment)}`;
  const nombre = (ou) => fiche.querySelectorAll(ou).length;
  const venir = nombre('.seances:not(.pliees) > :not(.passee)') + (parseInt(lire('.reste > summary'), 10) || 0);
  const reste = venir - nombre('.seance:not(.passee):has(del)') - 1;
  return joindre(' et ', moment || lu.quand, reste > 0 && compter(reste, 'autre date', 'autres dates'));
}
function prix() {
  const inscription = fait('Inscription') || lire('.bouton:not(.second) + small');
  return joindre(', ', lu.prix && (/^Gratuit/.test(lu.prix) ? lu.prix : `tarif${NB}: ${petit(lu.prix)}`),
    lu.etat !== 'Complet' && petit(inscription.split(',')[0]));
}
const quand = dates().split('\n').map(sansAnnee).join('\n');
const ou = capital(joindre(' et ', lu.ou, fait('En ligne') && 'en ligne'));
const pour = reserve && `Réservé à${NB}: ${petit(reserve)}`;
const faits = joindre('\n', pour, quand, sansAnnee(lu.dates), ou, !annulee && capital(prix()));

// A sign is what a reader counts as one. X counts two for what is far from Latin letters, as emojis
// (https://docs.x.com/fundamentals/counting-characters); there and on Mastodon a link is 23.
const RESEAUX = [
  ['Mastodon', 500, 1], ['Bluesky', 300], ['X', 280, 2], ['Facebook, LinkedIn, courriel'], ['SMS, message'],
];
const couper = Intl.Segmenter && new Intl.Segmenter('fr');
const signes = (texte) => (couper ? Array.from(couper.segment(texte), (un) => un.segment) : [...texte]);
export const longueur = (texte, [, , mode]) => signes(mode ? texte.replace(/https?:\S+/g, '-'.repeat(23)) : texte)
  .reduce((total, un) => total + (mode === 2 && /[^\0-\u10ff\u2010-\u201f]/.test(un) ? 2 : 1), 0);
// Sentences of the summary leave first, then words of the title, then of facts; never the link.
function composer(reseau) {
  const court = reseau === RESEAUX.at(-1), phrases = court ? [] : corps.split(/(?<=[.!?…]) (?=\p{Lu})/u);
  const parts = [titre, faits];
  const ecrire = () => joindre(court ? '\n' : '\n\n', parts[0], phrases.join(' '), parts[1], adresse);
  const trop = () => longueur(ecrire(), reseau) - (reseau[1] ?? Infinity);
  while (phrases.length && trop() > 0) phrases.pop();
  for (const [n, moins] of [40, 0].entries()) {
    const tous = signes(parts[n]), gardes = tous.slice(0, Math.max(moins, tous.length - trop() - 2));
    if (trop() > 0 && gardes.length < tous.length) parts[n] = `${gardes.join('').replace(/\s+\S{0,24}$/, '')}…`;
  }
  return ecrire();
}

const statut = creer('p', { class: 'statut', role: 'status' });
async function copier(champ) {
  try {
    await navigator.clipboard.writeText(champ.value);
    annoncer(statut, 'Le texte est copié.');
  } catch { // refused, or no https
    champ.select();
    annoncer(statut, 'Le texte est sélectionné : copiez-le.');
  }
}
const choix = (legende, rangs, choisir) => creer('fieldset', { class: 'puces' }, creer('legend', {}, legende),
  ...rangs.map((un, n) => {
    const champ = creer('input', { type: 'radio', name: legende, ...(!n && { checked: '' }) });
    champ.addEventListener('change', () => choisir(un));
    return creer('label', { class: 'puce' }, champ, un[0]);
  }));
const copie = (champ) => bouton('Copier', 'bouton', () => copier(champ));

// One field, in which each network keeps what was written for it.
const champ = creer('textarea', { rows: 11, 'aria-label': 'Texte', 'aria-describedby': 'Connaitre-compte' });
const compte = creer('p', { id: 'Connaitre-compte', class: 'meta' }), ecrits = new Map();
let reseau;
function mesurer() {
  const nombre = longueur(champ.value, reseau), trop = nombre - reseau[1];
  ecrits.set(reseau, champ.value);
  champ.ariaInvalid = trop > 0;
  compte.textContent = joindre('', compter(nombre, 'signe'), reseau[1] && ` sur ${reseau[1]}`,
    trop > 0 && `${NB}: ${trop} de trop`);
}
function montrer(un) {
  reseau = un;
  champ.value = ecrits.get(un) ?? composer(un);
  mesurer();
}
champ.addEventListener('input', mesurer);
montrer(RESEAUX[0]);

// The picture comes once it is asked.
let fichier;
async function illustrer({ currentTarget }) {
  const { preparer } = await import(new URL('connaitre-image.js', import.meta.url));
  fichier = await preparer(currentTarget, [lu.etat, lu.titre, quand, ou], { choix, copie, statut });
}
async function partager() {
  const text = champ.value, files = fichier && [await fichier()];
  await navigator.share(files && navigator.canShare?.({ files }) ? { text, files } : { text }).catch(() => {});
}

const gestes = creer('p', { class: 'connaitre-gestes' }, copie(champ),
  ...(navigator.share ? [bouton('Partager…', 'bouton second', partager)] : []));
const papier = creer('p', { class: 'connaitre-gestes' }, bouton('Préparer une image', 'bouton second', illustrer));
const panneau = creer(
  'dialog',
  { class: 'connaitre', 'aria-labelledby': 'Connaitre-titre' },
  creer('div', { class: 'connaitre-tete' }, creer('h2', { id: 'Connaitre-titre' }, 'Faire connaître'),
    bouton('Fermer', 'bouton second', () => panneau.close())),
  creer('p', { class: 'meta' }, 'Rien ne part d’ici : relisez, copiez, collez.'),
  choix('Un texte pour', RESEAUX, montrer), champ, compte, gestes, papier, statut,
);
// Posters of the week and of the month, in a portal that has them.
const affiches = new URL('affiches/', document.querySelector('.fil a').href);
fetch(affiches, { method: 'HEAD' }).then(({ ok }) => {
  if (ok) papier.append(lien('Les affiches', affiches, 'bouton second'));
}, () => {});
await habiller(new URL('../css/connaitre.css', import.meta.url));
document.body.append(panneau);
export const ouvrir = () => panneau.showModal();
