// The passage of a content that answers best, and what to mark in it and in its title.
const LONG = 180; // signs of a passage, about
const RETRAIT = 50; // signs shown before the first word found, when its sentence began earlier

// What `marques` names in a text: `[from, to, rank of the word in the query, or phrase]`, in order.
function reperer(texte, { racines, phrases }, mots) {
  const jetons = mots.jetons(texte), voulues = new Map(racines), trouves = [];
  jetons.forEach(({ racine, debut, fin }, rang) => {
    if (voulues.has(racine)) trouves.push([debut, fin, voulues.get(racine)]);
    for (const suite of phrases) {
      if (suite.every((une, pas) => jetons[rang + pas]?.racine === une)) {
        trouves.push([debut, jetons[rang + suite.length - 1].fin, suite.join(' ')]);
      }
    }
  });
  return trouves.sort(([un, a], [autre, b]) => un - autre || b - a);
}

// The same of a long text, sentence by sentence: those where no word begins as a stem does are not
// analysed, which is what takes time.
function parcourir(texte, marques, mots) {
  const debuts = new Set(
    [...marques.racines.map(([une]) => une), ...marques.phrases.flat()].map((une) => une.slice(0, 3)),
  );
  const trouves = [];
  for (const { 0: phrase, index } of texte.matchAll(/[^.!?…\n]+/gu)) {
    const plie = mots.plier(phrase);
    if (![...debuts].some((debut) => plie.includes(debut))) continue;
    for (const [un, autre, nom] of reperer(phrase, marques, mots)) trouves.push([un + index, autre + index, nom]);
  }
  return trouves;
}

// Blocks of a text are lines: what ends as a heading is parted from what follows.
const dire = (texte, debut, fin) => texte.slice(debut, fin).replace(/\n+/g, (saut, rang) =>
  (/[.!?…:;,][\s»”)]*$/u.test(texte.slice(0, debut + rang)) ? ' ' : ' · '));

// A text cut where marks begin and end; marks that touch one another, or that blanks part, are one.
function couper(texte, marques, debut = 0, fin = texte.length) {
  const unis = [], morceaux = [];
  for (const [un, autre] of marques) {
    if (un < debut || autre > fin) continue;
    const dernier = unis.at(-1);
    if (dernier && /^[\s\-’']*$/u.test(texte.slice(dernier[1], Math.max(un, dernier[1]))))
      dernier[1] = Math.max(dernier[1], autre);
    else unis.push([un, autre]);
  }
  let ou = debut;
  const ajouter = (jusque, marque) => {
    if (jusque > ou) morceaux.push([dire(texte, ou, jusque), marque]);
    ou = Math.max(ou, jusque);
  };
  for (const [un, autre] of unis) {
    ajouter(un, false);
    ajouter(autre, true);
  }
  ajouter(fin, false);
  return morceaux;
}

// Where a passage begins: at its sentence when that is near, else at a word a little before.
function entree(texte, premier) {
  const avant = texte.slice(Math.max(premier - LONG / 2, 0), premier);
  const phrase = [...avant.matchAll(/[.!?…]\s+|\n+/gu)].at(-1);
  if (phrase) return premier - avant.length + phrase.index + phrase[0].length;
  if (premier <= LONG / 2) return 0;
  const blanc = texte.lastIndexOf(' ', premier - RETRAIT);
  return blanc < premier - 2 * RETRAIT ? premier : blanc + 1;
}

// Where it ends: at the end of a sentence past two thirds, else at a word.
function sortie(texte, debut) {
  if (texte.length - debut <= LONG) return texte.length;
  const passage = texte.slice(debut, debut + LONG);
  const phrase = [...passage.matchAll(/[.!?…](?=\s)|\S(?=\n)/gu)].at(-1);
  if (phrase && phrase.index > LONG * 2 / 3) return debut + phrase.index + 1;
  const blanc = passage.search(/[\s,;:]+\S*$/u);
  return blanc > LONG / 2 ? debut + blanc : debut + LONG;
}

// The window of a text that names the most different things: the first of the best ones.
function choisir(texte, marques) {
  let mieux = null;
  marques.forEach(([premier], rang) => {
    const debut = entree(texte, premier), fin = sortie(texte, debut), dits = new Set();
    let points = 0;
    for (let suivant = rang; suivant < marques.length && marques[suivant][1] <= fin; suivant += 1) {
      const nom = marques[suivant][2];
      if (!dits.has(nom)) points += typeof nom === 'string' ? 4 : 1;
      dits.add(nom);
    }
    if (points > (mieux?.points ?? 0)) mieux = { points, debut, fin };
  });
  return mieux;
}

function passage(texte, marques, choix) {
  const { debut, fin } = choix ?? { debut: 0, fin: sortie(texte, 0) };
  const morceaux = couper(texte, marques, debut, fin);
  if (debut > 0) morceaux.unshift(['… ', false]);
  if (fin < texte.length && !/[.!?…]$/u.test(texte.slice(debut, fin))) morceaux.push([' …', false]);
  return morceaux;
}

// { titre: [[text, marked, italic], …], extrait: [[text, marked], …] }: the summary, when the body
// names no more of what is searched.
export function extraire({ titre, resume = '', texte = '' }, marques, mots) {
  const parts = [titre].flat(), entier = parts.join(''), dans = reperer(entier, marques, mots);
  let ou = 0;
  const titres = parts.flatMap((part, rang) => {
    const debut = ou;
    ou += part.length;
    const ici = dans
      .map(([un, autre]) => [Math.max(un, debut), Math.min(autre, ou)])
      .filter(([un, autre]) => un < autre);
    return couper(entier, ici, debut, ou).map(([mot, marque]) => [mot, marque, rang % 2 === 1]);
  });
  const duResume = reperer(resume, marques, mots), choix = choisir(resume, duResume);
  const dits = new Set(duResume.map(([, , nom]) => nom));
  const tout = dits.size && marques.racines.every(([, rang]) => dits.has(rang))
    && marques.phrases.every((suite) => dits.has(suite.join(' ')));
  const duTexte = tout || !texte ? [] : parcourir(texte, marques, mots), autre = choisir(texte, duTexte);
  if ((autre?.points ?? 0) > (choix?.points ?? 0) || !resume)
    return { titre: titres, extrait: passage(texte, duTexte, autre) };
  return { titre: titres, extrait: passage(resume, duResume, choix) };
}
