// A list in the fragment of a link: « 1 », four signs that tell a link which was cut, then the names,
// packed by what usually follows what (an arithmetic coder of bits, its counts primed with words that
// names often have). Whole numbers only, so that all browsers reckon the same.
const SIGNES = '\n-abcdefghijklmnopqrstuvwxyz0123456789';
const CHIFFRES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const AMORCE = 'atelier-de-la-conference-exposition-visite-du-musee-des-sciences-pour-les-enfants-sur-une-nuit-et-'
  + 'journee-en-famille-dans-le-jardin-fete-de-la-science-au-printemps-decouverte-avec-comment-l-eau-la-mer-qui-'
  + 'marche-quand-un-histoire-observation-du-ciel-etoiles-lumiere-chimie-mathematiques-rencontre-nature-oiseaux-'
  + 'a-la-recherche';
const ORDRES = [0, 1, 2, 3, 4, 5], VERSION = '1', DENSITE = 40;

// How likely the next bit is 1, of 4,096, after the signs that came before: for each way they ended,
// how often a 0 and a 1 came at each place of the sign.
class Modele {
  constructor() {
    Object.assign(this, { vus: new Map(), avant: '', noeud: 1 });
    this.suivre();
    for (const signe of AMORCE) for (const bit of bits(signe)) this.apprendre(bit);
  }
  suivre() {
    this.comptes = ORDRES.map((ordre) => {
      const fin = this.avant.slice(this.avant.length - ordre), cle = `${ordre}${fin}`;
      if (!this.vus.has(cle)) this.vus.set(cle, [new Uint16Array(64), new Uint16Array(64)]);
      return this.vus.get(cle);
    });
  }
  chance() {
    let un = 1, tous = 2;
    this.comptes.forEach((vus, ordre) => {
      un += 2 ** ordre * vus[1][this.noeud];
      tous += 2 ** ordre * (vus[0][this.noeud] + vus[1][this.noeud]);
    });
    return Math.min(4095, Math.max(1, Math.floor((4096 * un) / tous)));
  }
  // What is seen counts; what it belies counts half as much from now on.
  apprendre(bit) {
    for (const vus of this.comptes) {
      const autre = vus[1 - bit][this.noeud];
      vus[bit][this.noeud] += 2;
      if (autre > 2) vus[1 - bit][this.noeud] = (autre + 1) >> 1;
    }
    this.noeud = this.noeud * 2 + bit;
    if (this.noeud < 64) return;
    this.avant = (this.avant + (SIGNES[this.noeud - 64] ?? '')).slice(-5);
    this.noeud = 1;
    this.suivre();
  }
}
function bits(signe) {
  const rang = SIGNES.indexOf(signe);
  return [32, 16, 8, 4, 2, 1].map((poids) => Number((rang & poids) > 0));
}
// The span of numbers, of five signs of a link, that are still possible: each bit cuts it in two, and
// what its bounds have in common is known.
class Plage {
  constructor() {
    Object.assign(this, { modele: new Modele(), bas: 0, haut: 2 ** 30 - 1 });
  }
  milieu() {
    return this.bas + Math.floor((this.haut - this.bas) / 4096) * this.modele.chance();
  }
  couper(bit, coupe, connu) {
    if (bit) this.haut = coupe;
    else this.bas = coupe + 1;
    this.modele.apprendre(bit);
    for (; this.bas >> 24 === this.haut >> 24; this.haut = ((this.haut & 0xffffff) << 6) | 63) {
      connu(this.haut >> 24);
      this.bas = (this.bas & 0xffffff) << 6;
    }
  }
}
function coder(texte) {
  const plage = new Plage();
  let dit = '';
  const ecrire = (rang) => { dit += CHIFFRES[rang]; };
  for (const signe of texte) for (const bit of bits(signe)) plage.couper(bit, plage.milieu(), ecrire);
  for (const place of [24, 18, 12, 6, 0]) ecrire((plage.bas >> place) & 63);
  return dit;
}
function decoder(dit) {
  const plage = new Plage(), rangs = [...dit].map((signe) => CHIFFRES.indexOf(signe));
  let lu = 0, texte = '';
  const avancer = () => { lu = ((lu & 0xffffff) << 6) | (rangs.shift() ?? 0); };
  for (let place = 0; place < 5; place += 1) avancer();
  while (!texte.endsWith('\n\n')) {
    let noeud = 1;
    while (noeud < 64) {
      const coupe = plage.milieu(), bit = Number(lu <= coupe);
      plage.couper(bit, coupe, avancer);
      noeud = noeud * 2 + bit;
    }
    const signe = SIGNES[noeud - 64];
    if (!signe || texte.length > DENSITE * dit.length) return '';
    texte += signe;
  }
  return texte;
}
// FNV-1a, 24 bits of it.
function marque(texte) {
  let somme = 0x811c9dc5;
  for (const signe of texte) somme = Math.imul(somme ^ signe.charCodeAt(0), 0x01000193);
  return [18, 12, 6, 0].map((part) => CHIFFRES[(somme >>> part) & 63]).join('');
}

// Names are « evenements/nuit »; `sortes` are the words before the stroke.
export function lier(cles, sortes) {
  const lignes = cles.map((cle) => cle.split('/')).map(([sorte, nom]) => `${sortes.indexOf(sorte)}${nom}\n`);
  const texte = `${lignes.sort().join('')}\n`;
  return VERSION + marque(texte) + coder(texte);
}
// The names of a link. Throws what is to be said of one that does not read.
export function delier(dit, sortes) {
  if (dit[0] !== VERSION)
    throw new Error('Ce lien vient d’une autre version du site, ou n’en vient pas : demandez-en un nouveau.');
  const texte = decoder(dit.slice(5));
  if (!texte || marque(texte) !== dit.slice(1, 5))
    throw new Error('Ce lien est coupé ou abîmé : demandez qu’on vous l’envoie de nouveau, en entier.');
  return texte.trim().split('\n').filter((ligne) => sortes[ligne[0]] && ligne.length > 1)
    .map((ligne) => `${sortes[ligne[0]]}/${ligne.slice(1)}`);
}
