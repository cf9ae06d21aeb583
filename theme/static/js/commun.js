// What scripts share: elements, words, days, lines of lists. Its address is the `data-commun` of
// portail.js, on every page.
export const NB = '\u00a0';
export const $ = (id) => document.getElementById(id);

export function creer(nom, attributs = {}, ...dedans) {
  const element = document.createElement(nom);
  for (const [nomme, valeur] of Object.entries(attributs)) element.setAttribute(nomme, valeur);
  element.append(...dedans);
  return element;
}
export function bouton(dedans, classe, faire) {
  const un = creer('button', { type: 'button', class: classe }, ...[dedans].flat());
  un.addEventListener('click', faire);
  return un;
}
export const lien = (dedans, href, classe = '') =>
  creer('a', { href, ...(classe && { class: classe }) }, ...[dedans].flat());
export const cache = (texte) => creer('span', { class: 'visually-hidden' }, texte);
// A copy of a <template> of the page.
export const modele = (nom) => $(`Modele-${nom}`)?.content.firstElementChild.cloneNode(true);

export async function lire(adresse) {
  const reponse = await fetch(adresse);
  if (!reponse.ok) throw new Error(`${reponse.status} ${adresse}`, { cause: reponse.status });
  // What our scripts alone read is published as the network would carry it.
  if (!/deflate$/.test(adresse)) return reponse.json();
  return new Response(reponse.body.pipeThrough(new DecompressionStream('deflate'))).json();
}
// What is put in an empty region is spoken, the same sentence twice too.
export function annoncer(statut, texte) {
  statut.textContent = '';
  setTimeout(() => { statut.textContent = texte; }, 50);
}

// A late sheet.
export const habiller = (href) => new Promise((pret) => {
  const feuille = creer('link', { rel: 'stylesheet', href });
  feuille.onload = feuille.onerror = () => pret(feuille);
  document.head.append(feuille);
});
export const capital = (texte) => texte.charAt(0).toUpperCase() + texte.slice(1);
export const chiffre = (nombre) => nombre.toLocaleString('fr').replace(/\s/g, NB);
export const compter = (nombre, un, plusieurs = `${un}s`) => `${chiffre(nombre)}${NB}${nombre > 1 ? plusieurs : un}`;

// Words as text/normalise.py compares them.
const LETTRES = { œ: 'oe', æ: 'ae', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', þ: 'th', ß: 'ss', ς: 'σ' };
for (const [signes, lettre] of [
  ['’‘ʼʹ′\x60‛', "'"],
  ['“”„«»', '"'],
  ['‐‑‒–—―−', '-'],
])
  for (const signe of signes) LETTRES[signe] = lettre;
export const SAINTS = new Map([['st', 'saint'], ['ste', 'sainte'], ['sts', 'saints'], ['stes', 'saintes']]);
const minuscules = (texte) => texte.normalize('NFKD')
  .replace(/[\u0345\u1c80-\u1c88]/g, (signe) => signe.toUpperCase()).toLowerCase();

// Without case, accents, ligatures or typographic variants; runs of blanks are one, those that
// compatibility forms open on go.
export function plier(texte) {
  const mots = texte.split(/(?:[^\S\ufeff]|[\x1c-\x1f\x85])+/).join('\n');
  return minuscules(minuscules(mots.replace(/´/g, "'").replace(/″/g, '"'))).normalize('NFKD').replace(/ /g, '')
    .replace(/[\u13f8-\u13fd\uab70-\uabbf]/g, (signe) => signe.toUpperCase())
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[^\0-_a-\x7f]/g, (signe) => LETTRES[signe] ?? signe)
    .split('\n').filter(Boolean).join(' ');
}
// One key for all spellings of a proper name.
export const cle = (nom) => (plier(nom).match(/[\p{L}\p{N}]+/gu) ?? []).map((mot) => SAINTS.get(mot) ?? mot).join(' ');
export function slug(texte) {
  const entier = (plier(texte).match(/[a-z0-9]+/g) ?? []).join('-');
  if (entier.length <= 80) return entier;
  const coupe = entier.slice(0, 81);
  return coupe.slice(0, Math.max(0, coupe.lastIndexOf('-'))) || entier.slice(0, 80);
}

// How many letters must be put, taken away, changed, or change places with the next one: at most
// `most`, or Infinity (Damerau–Levenshtein, each place once).
export function distance(un, autre, most) {
  if (Math.abs(un.length - autre.length) > most) return Infinity;
  let avant = [], ligne = Array.from({ length: autre.length + 1 }, (_, rang) => rang);
  for (let i = 1; i <= un.length; i += 1) {
    const suivante = [i];
    for (let j = 1; j <= autre.length; j += 1) {
      let cout = Math.min(ligne[j] + 1, suivante[j - 1] + 1, ligne[j - 1] + (un[i - 1] !== autre[j - 1]));
      if (i > 1 && j > 1 && un[i - 1] === autre[j - 2] && un[i - 2] === autre[j - 1])
        cout = Math.min(cout, avant[j - 2] + 1);
      suivante.push(cout);
    }
    if (Math.min(...suivante) > most && Math.min(...ligne) > most - 1) return Infinity;
    [avant, ligne] = [ligne, suivante];
  }
  return ligne[autre.length] <= most ? ligne[autre.length] : Infinity;
}

// Days are « 2021-10-09 », hours « 14:00 »; in words, as text/dates.py says them.
export const JOURS = 'lundi mardi mercredi jeudi vendredi samedi dimanche'.split(' ');
export const MOIS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const COURTS = 'janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.'.split(' ');
const UN_JOUR = 864e5;
export const apres = (jour, jours) => new Date(Date.parse(jour) + jours * UN_JOUR).toISOString().slice(0, 10);
export const ecart = (debut, fin) => Math.round((Date.parse(fin) - Date.parse(debut)) / UN_JOUR);
// 0 for Monday.
export const semaine = (jour) => (new Date(jour).getUTCDay() + 6) % 7;
export const nommer = (jour) => JOURS[semaine(jour)];
export function direJour(jour, { semaine: nom = true, mois: long = true, annee = true } = {}) {
  const [an, numero, rang] = jour.split('-').map(Number), dit = rang === 1 ? '1er' : rang;
  return `${nom ? `${nommer(jour)} ` : ''}${dit}${long ? NB + MOIS[numero - 1] : ''}${annee ? ` ${an}` : ''}`;
}
export const deux = (nombre) => String(nombre).padStart(2, '0');
export function direHeure(heure) {
  const [h, min] = heure.split(':').map(Number);
  return `${h}${NB}h${min ? NB + deux(min) : ''}`;
}
// From a day to another; `jours`: with the days of the week.
export function periode(du, au, { jours = false, annee = true } = {}) {
  const autre = du.slice(0, 4) !== au.slice(0, 4), fin = direJour(au, { semaine: jours, annee: annee || autre });
  if (du === au) return `le ${fin}`;
  return `du ${direJour(du, { semaine: jours, annee: autre, mois: du.slice(0, 7) !== au.slice(0, 7) })} au ${fin}`;
}
export function feuillet(jour) {
  const mois = Number(jour.slice(5, 7));
  return {
    semaine: `${nommer(jour).slice(0, 3)}.`,
    numero: direJour(jour, { semaine: false, mois: false, annee: false }),
    mois: COURTS[mois - 1],
  };
}

// A leaf: a word, a number, a month. `avant`: another word than the day of the week.
export function dater(feuille, jour, { avant, mois } = {}) {
  const dit = feuillet(jour), [mot, numero, dessous] = feuille.children;
  if (feuille.dateTime) feuille.dateTime = jour;
  if ('jour' in feuille.dataset) feuille.dataset.jour = jour;
  if (avant !== null) mot.textContent = avant ?? dit.semaine;
  numero.textContent = dit.numero;
  dessous.textContent = mois ?? dit.mois;
  if (jour !== document.documentElement.dataset.auj) return;
  feuille.classList.add('auj');
  feuille.setAttribute('aria-current', 'date');
}
// The mark of an example, what is left of its title. The first mark of a page brings the band that
// tells of it; where the band says that all is invented, nothing bears it.
export function insigne(titre) {
  const [debut, ...suite] = [titre].flat(), reste = debut.replace(/^Exemple\s·\s/, ''), parts = [reste, ...suite];
  const bande = document.querySelector('.demo');
  if (reste === debut || 'tout' in (bande?.dataset ?? {})) return [[], parts];
  const signe = () => creer('span', { class: 'ex', role: 'img', 'aria-label': 'exemple inventé' }, '◇');
  if (!bande)
    document.querySelector('.entete')?.after(creer('aside', { class: 'demo', 'aria-label': 'Démonstration' }, creer(
      'p', { class: 'in' }, creer('strong', {}, 'Démonstration.'), ' Ce qui porte ', signe(), ' est inventé.',
    )));
  return [[NB, signe()], parts];
}
const composer = (element, parts) =>
  element.replaceChildren(...parts.map((part, n) => (n % 2 ? creer('em', {}, part) : part)));
// A title, roman and italics by turns, then its mark.
export function titrer(element, titre) {
  const [marque, parts] = insigne(titre);
  composer(element, parts);
  element.append(...marque);
}
// Points between facts: for the eyes.
export const enfiler = (texte) =>
  texte.split(' · ').flatMap((un, n) => (n ? [NB, creer('span', { 'aria-hidden': 'true' }, '·'), ` ${un}`] : un));
export function ecrire(element, texte) {
  if (!texte) element?.remove();
  else element?.replaceChildren(...enfiler(texte));
}
// Labels: [text, code, 1 if it changes something].
export const etiquettes = (liste) =>
  liste.map(([texte, code, forte]) => creer('span', { class: `etiq${forte ? ' forte' : ''} e-${code}` }, texte));
export function marquer(article, liste) {
  const bloc = article.querySelector('.etiqs');
  bloc?.replaceChildren(...etiquettes(liste).flatMap((une) => [une, ' ']));
  for (const [, code] of liste) if (/^(annule|passe)$/.test(code)) article.classList.add(`est-${code}`);
  if (!liste.length) bloc?.remove();
}
// A line of a list, in a copy of its model.
export function remplir(article, { adresse, titre, theme, dessus, details, marques }) {
  const vers = article.querySelector('a');
  if (theme) article.classList.add(`t-${theme}`);
  vers.href = adresse;
  const [marque, parts] = insigne(titre);
  composer(vers, parts);
  ecrire(article.querySelector('.sur'), dessus);
  ecrire(article.querySelector('.meta'), details.filter(Boolean).join(' · '));
  (article.querySelector('.meta') ?? vers).append(...marque);
  marquer(article, marques);
  return article;
}
export const loin = (km = Infinity) =>
  (km === Infinity ? '' : km < 1 ? 'dans la commune' : `à ${Math.round(km)}${NB}km`);

// The filters that are on, [words, what takes it away], and how to undo them; `ailleurs`: where the
// focus goes once there is none.
export function montrerActifs(actifs, ailleurs) {
  $('Actifs').replaceChildren(...actifs.map(([texte, retirer], rang) => creer('li', {}, bouton(
    [cache(`Retirer${NB}: `), `${texte} `, creer('span', { 'aria-hidden': 'true' }, '×')],
    'puce actif',
    async () => {
      await retirer();
      const autres = $('Actifs').querySelectorAll('button');
      (autres[Math.min(rang, autres.length - 1)] ?? ailleurs())?.focus();
    },
  ))));
  $('Effacer').hidden = !actifs.length;
  $('Filtres').textContent = actifs.length ? compter(actifs.length, 'filtre') : 'aucun filtre';
}
