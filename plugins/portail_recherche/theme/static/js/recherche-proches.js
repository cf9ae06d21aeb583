// Words that a misspelt one may have meant: a few letters away, or of the same sound.
const CORRIGES = 4; // words that one query may have wrong
const ECART = 0.7; // how much less likely another word may be
const LETTRES = 2; // that a correction changes
const MOTS = 3; // words of the vocabulary that one typed in a single piece may be
const { distance } = await import(document.querySelector('[data-commun]').dataset.commun);
const RIEN = /^(?:[dljmnstc]|de|du|des|la|le|les|et|en|sur|a|au|aux)$/;

// What is left of a folded word when it is said: « beauvais » and « bovais » alike.
const SONS = [
  [/e?aux?/g, 'o'], [/ph/g, 'f'], [/(?:ai|ei|oe|ae)/g, 'e'], [/[ea]n(?![aeiouyn])|[ea]m(?=[bp])/g, 'an'],
  [/c(?=[eiy])/g, 's'], [/qu?|ck|ch(?=[rl])|c(?!h)/g, 'k'], [/g(?=[ei])/g, 'j'], [/y/g, 'i'], [/z/g, 's'],
  [/th/g, 't'], [/(^|[^cs])h/g, '$1'], [/(.)\1+/g, '$1'], [/(..)(?:e?s|[etxd])$/, '$1'],
];
const sonner = (plie) => SONS.reduce((mot, [signes, son]) => mot.replace(signes, son), plie);

// The vocabulary as it is searched, made once.
export function preparer(mots, plier) {
  const lignes = mots.map(([mot, nombre]) => {
    const plie = plier(mot);
    return { mot, nombre, plie, son: sonner(plie) };
  });
  const parPlie = new Map();
  for (const ligne of lignes) {
    // « Villeneuve-d’Ascq » is also « villeneuvedascq ».
    const colle = ligne.plie.replace(/[^\p{L}\p{N}]/gu, '');
    if (!(parPlie.get(colle)?.nombre >= ligne.nombre)) parPlie.set(colle, ligne);
  }
  return { lignes, parPlie };
}

// Words near one, the likeliest first: few letters away, then frequent, then in order.
export function proches({ lignes }, plie) {
  const lettres = plie.length;
  if (lettres < 4 || lettres > 40) return [];
  const most = lettres < 6 ? 1 : LETTRES, son = sonner(plie), trouves = [];
  for (const ligne of lignes) {
    if (ligne.plie === plie || ligne.plie.length < 3) continue;
    const ecrit = distance(plie, ligne.plie, most), debut = plie[0] === ligne.plie[0] || son[0] === ligne.son[0];
    // « quantique » is said nearly as « quentin »: of a sound that is only near, two letters differ at
    // most.
    const dit = son === ligne.son ? 0.8
      : debut && son.length > 4 && distance(plie, ligne.plie, LETTRES) <= LETTRES && distance(son, ligne.son, 1) + 1;
    // « quantité », but « dunkerke » is said as « Dunkerque ».
    if (ecrit > 1 && son !== ligne.son && ligne.plie.startsWith(plie.slice(0, Math.max(5, lettres - 3)))) continue;
    let cout = dit === false ? ecrit : Math.min(ecrit, dit);
    // Few misspell a first letter, none another besides: « quantique » is no « antique ».
    if (!debut) cout += lettres < 6 ? Infinity : 1.7;
    if (cout <= most + 0.7) trouves.push([cout - 0.25 * Math.log10(ligne.nombre + 1), ligne]);
  }
  trouves.sort(([un, a], [autre, b]) => un - autre || b.nombre - a.nombre || (a.mot < b.mot ? -1 : 1));
  return trouves.filter(([cout]) => cout < trouves[0][0] + ECART).map(([, { mot }]) => mot);
}

// The most frequent words that begin so.
export function completer({ lignes }, plie) {
  if (plie.length < 2) return [];
  return lignes.filter((ligne) => ligne.plie.startsWith(plie)).sort((un, autre) => autre.nombre - un.nombre)
    .slice(0, 8).map(({ mot }) => mot);
}

// The words that were typed in one piece, « fetedelascience »; little words count for nothing.
function separer({ parPlie }, plie) {
  if (plie.length > 40) return '';
  const chemins = [{ mots: [], combien: 0 }];
  for (let fin = 1; fin <= plie.length; fin += 1) {
    for (let debut = 0; debut < fin; debut += 1) {
      const chemin = chemins[debut], part = plie.slice(debut, fin), connu = parPlie.get(part);
      const petit = RIEN.test(part);
      if (!chemin || !(petit || (connu && part.length > 2)) || chemin.combien + !petit > MOTS) continue;
      const combien = chemin.combien + !petit, mieux = chemins[fin];
      const mots = [...chemin.mots, petit ? part : connu.mot];
      if (!mieux || combien < mieux.combien || (combien === mieux.combien && mots.length < mieux.mots.length)) {
        chemins[fin] = { mots, combien };
      }
    }
  }
  const trouve = chemins[plie.length];
  return trouve?.combien && trouve.mots.length > 1 ? trouve.mots.join(' ').replace(/\b([dljmnstc]) /g, '$1’') : '';
}

// What to search instead of each unknown word: `[typed, corrected]`, by rank of the word in `mots`;
// and other words near it.
export function corriger(vocabulaire, mots, inconnus, plier) {
  const corriges = new Map(), autres = [];
  mots.forEach(({ mot, position }, rang) => {
    if (corriges.has(rang)) return;
    const plie = plier(mot), suivant = mots[rang + 1];
    // A word typed in two pieces.
    const ensemble = (inconnus.has(rang) || inconnus.has(rang + 1)) && suivant?.position === position + 1
      && vocabulaire.parPlie.get(plie + plier(suivant.mot));
    if (ensemble) corriges.set(rang, ensemble.mot).set(rang + 1, '');
    if (ensemble || !inconnus.has(rang) || corriges.size > CORRIGES) return;
    const [premier, ...reste] = proches(vocabulaire, plie),
      coupe = premier ? '' : (vocabulaire.parPlie.get(plie)?.mot ?? separer(vocabulaire, plie));
    if (premier || coupe) corriges.set(rang, premier ?? coupe);
    autres.push(...reste);
  });
  return { corriges, autres };
}
