// What a query says, and in which order contents answer it: the formula and its constants are here,
// and nowhere else.
const REGLAGES = {
  poids: 44, // the greatest weight of a term
  prefixe: 0.5, // what a word is worth when one has only begun to type it
  couverture: 3, // power of the share of the words that a content has
  titre: 0.8, // all the words in the title
  debut: 0.3, // and the title begins with them
  nom: 0.5, // and it is the name of something that lasts
  est: 0.5, // all the words say what a place or an announcement is
  proche: 0.5, // words that follow one another as they were typed
  loin: 8, // words further apart than that are not close
  aVenir: 0.25, // what is still to come
  passe: 0.6, // what is over, divided by 1 + years / ancien
  ancien: 4,
  dehors: 0.4, // what is in another region
  reseau: 0.5, // what is for those who make the network
  frais: 0.15, // what was published today; half of it after demi days
  demi: 365,
  assez: 3, // fewer contents than that with all the words: those that have most of them, too
  libre: 0.3, // what a word that one may do without is worth
  partie: 0.4, // how much of the words, by rarity, these must have
  moitie: 0.5, // and where a sentence says something else besides
};
const NOMS = /^(lieux|dossiers|communautes|territoires|temps-forts|projets)$/;
const MOTS = 12, SIGNES = 2000;
const TITRE = 64; // first position of the field that follows the title
const TEXTE = 512; // first position of bodies: what is only there is no subject

// Rank of the field of a position.
const champ = (position) => (position >= TITRE) + (position >= 192) + (position >= 320) + (position >= 512);

// Of each kind of content: does it last and have a name? is it looked for by what it is?
export const nommer = (sortes) => ({
  nommees: sortes.map((sorte) => NOMS.test(sorte)),
  cherchees: sortes.map((sorte) => /^(lieux|annonces)$/.test(sorte)),
});

// Words, phrases between quotes, words that one does without. Of a quote that is not closed, the
// words alone count.
export function analyser(q, { jetons }) {
  const voulus = new Map(), phrases = [], exclus = [], parts = q.slice(0, SIGNES).split(/["«»“”„‟]/u);
  let decalage = 0, debut = 0;
  const prendre = (texte, ou) => {
    const lus = jetons(texte).map(({ racine, position, debut: un, fin }) => (
      { racine, position: position + decalage, mot: texte.slice(un, fin), fin: ou + fin }));
    for (const jeton of lus) {
      if (voulus.size < MOTS && !voulus.has(jeton.racine)) voulus.set(jeton.racine, jeton);
    }
    decalage = (lus.at(-1)?.position ?? decalage) + 2;
    return lus.filter(({ racine }) => voulus.has(racine));
  };
  parts.forEach((part, rang) => {
    const cite = rang % 2 === 1 && rang < parts.length - 1;
    // The sign less before a word: blanks in its place, that what follows stays where it is.
    const reste = cite ? part : part.replace(/(^|\s)-([\p{L}\p{N}]\S*)/gu, (tout, blanc, mot) => {
      exclus.push(jetons(mot));
      return ' '.repeat(tout.length);
    });
    const lus = prendre(reste, debut);
    if (cite && lus.length > 1) phrases.push(lus);
    debut += part.length + 1;
  });
  return { mots: [...voulus.values()], phrases, exclus: exclus.filter((une) => une.length) };
}

// Rarity of what `combien` contents of `total` have.
const rarete = (combien, total) => Math.log(1 + (total - combien + 0.5) / (combien + 0.5));

// Of one word: what it brings to each content, where its positions are, how rare it is among what may
// answer (`permis`). The first list is that of the word itself, others of words that begin so.
function reperer({ listes, exact }, total, permis) {
  const apports = new Float32Array(total), sources = new Uint8Array(total), entrees = new Uint32Array(total);
  listes.forEach(({ rangs, poids }, source) => {
    const part = (exact && !source ? 1 : REGLAGES.prefixe) / REGLAGES.poids;
    for (let rang = 0; rang < rangs.length; rang += 1) {
      const un = rangs[rang], apport = poids[rang] * part;
      if (apport > apports[un]) {
        apports[un] = apport;
        sources[un] = source;
        entrees[un] = rang;
      }
    }
  });
  const combien = permis.reduce((somme, un) => somme + (apports[un] > 0), 0);
  return { apports, sources, entrees, listes, rarete: rarete(combien, permis.length) };
}

const RIEN = [];
function positions({ apports, sources, entrees, listes }, un) {
  if (!apports[un]) return RIEN;
  const { debuts, fins, positions: toutes } = listes[sources[un]], rang = entrees[un];
  return toutes.subarray(debuts[rang], fins[rang]);
}

// The shortest way from a word to the next one, against that of the query: 0 when they follow one
// another as typed. Both lists are in order.
function ecart(avant, apres, voulu) {
  let mieux = Infinity;
  const voir = (autre, position) => {
    if (champ(autre) !== champ(position)) return;
    mieux = Math.min(mieux, autre <= position ? Math.abs(position - autre - voulu) : autre - position + voulu);
  };
  for (let rang = 0, depuis = 0; rang < apres.length && mieux; rang += 1) {
    while (depuis < avant.length - 1 && avant[depuis + 1] <= apres[rang]) depuis += 1;
    voir(avant[depuis], apres[rang]);
    if (depuis + 1 < avant.length) voir(avant[depuis + 1], apres[rang]);
  }
  return mieux;
}

// Do the words of a phrase follow one another somewhere?
function suivie(phrase, un) {
  const [premier, ...autres] = phrase.map(({ mot }) => positions(mot.ou, un));
  return premier.some((debut) => autres.every((une, rang) => {
    const position = debut + phrase[rang + 1].position - phrase[0].position;
    return champ(position) === champ(debut) && une.includes(position);
  }));
}

// What the places of words add: 1 for nothing.
function placement(mots, rareteTotale, un, nomme, cherche) {
  let titre = 0, noms = 0, debut = false, proche = 0, avant = RIEN;
  for (let rang = 0; rang < mots.length; rang += 1) {
    const { ou, position } = mots[rang], la = positions(ou, un);
    if (la.length && la[0] < TITRE) {
      titre += ou.rarete;
      debut ||= la[0] < 2;
    }
    if (la.some((position) => champ(position) === 2)) noms += ou.rarete;
    const loin = la.length && avant.length ? ecart(avant, la, position - mots[rang - 1].position) : Infinity;
    if (loin <= REGLAGES.loin) proche += 1 / (1 + loin);
    avant = la;
  }
  const part = titre / rareteTotale, entier = part > 0.999;
  return (
    1 +
    REGLAGES.titre * part ** 2 +
    (entier && debut && REGLAGES.debut) +
    (entier && nomme && REGLAGES.nom) +
    (cherche && noms / rareteTotale > 0.999 && REGLAGES.est) +
    (REGLAGES.proche * proche) / Math.max(mots.length - 1, 1)
  );
}

// What its day adds to a content: what is to come before what is over, recent before old.
function actualite({ jours, fins, auj }, un, nomme) {
  const jour = jours[un];
  if (!fins[un]) return jour && !nomme ? 1 + REGLAGES.frais * 2 ** (Math.min(jour - auj, 0) / REGLAGES.demi) : 1;
  const depuis = auj - (jour + fins[un] - 1);
  if (depuis <= 0) return 1 + REGLAGES.aVenir;
  return REGLAGES.passe / (1 + depuis / 365 / REGLAGES.ancien);
}

// Places by rising key, those of equal key in order. Sorted as numbers, which is fast: a key, whole,
// and a place make one.
export function ranger(rangs, cle) {
  const TOUR = 2 ** 20, cles = new Float64Array(rangs.length);
  for (let rang = 0; rang < rangs.length; rang += 1) cles[rang] = cle(rangs[rang]) * TOUR + rangs[rang];
  cles.sort();
  const ranges = new Uint32Array(rangs.length);
  for (let rang = 0; rang < cles.length; rang += 1) ranges[rang] = cles[rang] - Math.floor(cles[rang] / TOUR) * TOUR;
  return ranges;
}

// By day: what is to come, the soonest first; the rest from the newest to the oldest, what has no
// day last.
export function parDate({ total, jours, fins, quand, auj }) {
  const cle = (un) => {
    if (quand[un] === 1) return Math.max(jours[un], auj);
    if (quand[un] === 2) return 1e6 + 1e5 - (jours[un] + fins[un] - 1);
    return jours[un] ? 1e6 + 1e5 - jours[un] : 2e6;
  };
  return ranger(Uint32Array.from({ length: total }, (_, un) => un), cle);
}

// Is it an event to come?
export const vient = ({ sortes, evenement, quand }, un) => sortes[un] === evenement && quand[un] === 1;
// Days of its times, first and last.
const tempsDe = ({ jours, fins, fois }, un) => fois.get(un)?.temps ?? [[jours[un], jours[un] + fins[un] - 1]];
// The first day, between two, on which it takes place or is open; nothing when there is none.
export function aLieu(base, un, [de, a], ouverts) {
  const { fins, fois, sortes, evenement, ecartDe } = base;
  if (ouverts.has(un)) return ecartDe(ouverts.get(un).jour);
  if (!fois.has(un) && (sortes[un] !== evenement || !fins[un])) return undefined;
  const trouve = tempsDe(base, un).find(([du, au]) => du <= a && au >= de);
  return trouve && Math.max(trouve[0], de);
}

// Days between its nearest time and given ones; no number when it has none to come.
export function attente(base, un, [de, a]) {
  if (!vient(base, un)) return Infinity;
  return Math.min(...tempsDe(base, un).map(([du, au]) => Math.max(du - a, de - au, 0)));
}

// What is not so, then what is, each in order.
export const apres = (ceux, cela) => [false, true].flatMap((une) => [...ceux].filter((un) => cela(un) === une));
// What takes place on given days: dated before lasting; with no words, in order of day.
export function parMoment(base, rangs, { du, au }, seul, ouverts) {
  const bornes = [base.ecartDe(du), base.ecartDe(au)];
  const dure = (un) => ouverts.has(un) || (base.fois.get(un)?.dure ?? false);
  const quand = (un) => (dure(un) ? 0 : aLieu(base, un, bornes, ouverts));
  const ordre = (un, autre) => quand(un) - quand(autre) || base.jours[autre] - base.jours[un];
  return apres(seul ? [...rangs].sort(ordre) : rangs, dure);
}

// The contents that answer: those that have all, and all phrases; when they are few, those that have
// most of it, or all in their text alone when it is a sentence, too (`partiels`: how many).
// `mots`: { position, listes, exact, libre } (`libre`: one may do without it); phrases, and what one
// does without, are of { mot, position }; `parmi(place)`: may it answer? `facteur(place)`: how much
// more it is worth for what else the sentence says (`dits`); of
// what is open then, one of the words is enough.
export function classer(base, { mots, phrases, exclus, parmi, facteur, dits }) {
  const { total, sortes, nommees, cherchees } = base, scores = new Float32Array(total);
  const permis = Array.from({ length: total }, (_, un) => un).filter(parmi);
  for (const mot of [...mots, ...exclus.flat().map((une) => une.mot)]) mot.ou = reperer(mot, total, permis);
  for (const { ou } of mots.filter(({ libre }) => libre)) ou.rarete *= REGLAGES.libre;
  const oblige = mots.filter(({ libre }) => !libre).length;
  const rareteTotale = mots.reduce((somme, { ou }) => somme + ou.rarete, 0), phrase = dits.lus.length > 0;
  const sujetTotal = mots.reduce((somme, { ou, libre }) => somme + !libre * ou.rarete, 0);
  const plancher = phrase ? !(dits.visite && dits.moment) * REGLAGES.moitie : REGLAGES.partie;
  const complets = [], incomplets = [];
  for (const un of permis) {
    let part = 0, score = 0, combien = 0, sujet = 0;
    for (const { ou, libre } of mots) {
      if (!ou.apports[un]) continue;
      combien += !libre;
      part += ou.rarete;
      if (!libre && positions(ou, un)[0] < TEXTE) sujet += ou.rarete;
      score += ou.rarete * ou.apports[un];
    }
    if (!combien || (combien < oblige && part < plancher * rareteTotale)) continue;
    if (exclus.some((une) => suivie(une, un))) continue;
    const dit = !phrase || sujet >= REGLAGES.moitie * sujetTotal;
    const entier = dit && combien === oblige && phrases.every((une) => suivie(une, un));
    (entier ? complets : incomplets).push(un);
    scores[un] = score * (part / rareteTotale) ** REGLAGES.couverture;
  }
  const assez = phrase || phrases.length ? 1 : REGLAGES.assez;
  const partiels = complets.length < assez ? incomplets : [];
  const rangs = [...complets, ...partiels];
  for (const un of rangs) {
    const nomme = nommees[sortes[un]] ?? false;
    scores[un] *= placement(mots, rareteTotale, un, nomme, cherchees[sortes[un]]);
    scores[un] *= actualite(base, un, nomme) * facteur(un);
    if (base.ailleurs(un)) scores[un] *= REGLAGES.dehors;
    if (sortes[un] === base.reseau) scores[un] *= REGLAGES.reseau;
  }
  const classes = [complets, partiels].flatMap((ceux) => [...ranger(ceux, (un) => -Math.round(scores[un] * 1e6))]);
  return { rangs: classes, partiels: partiels.length };
}
