// A list in the fragment of a link: « 2 », six signs that tell a link which was cut, then six for each
// content: a digest of its address (« evenements/nuit »), which is the same whatever else the site has.
const { $, NB, compter } = await import(document.querySelector('[data-commun]').dataset.commun);
const VERSION = '2';
export const PLUS = 200; // contents of a link, at most: each is asked of the site
const SIGNES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// FNV-1a, the first 36 of its 64 bits.
function marque(texte) {
  let somme = 0xcbf29ce484222325n;
  for (const signe of texte)
    somme = BigInt.asUintN(64, (somme ^ BigInt(signe.codePointAt(0))) * 0x100000001b3n);
  return [58n, 52n, 46n, 40n, 34n, 28n].map((place) => SIGNES[Number((somme >> place) & 63n)]).join('');
}

const signer = (marques) => VERSION + marque(marques) + marques;
export const lier = (cles) => signer(cles.map(marque).join(''));
// What is to be said of the contents that a link leaves out.
export const depasser = (nombre) => (nombre > PLUS ? ` Un lien porte ${PLUS} contenus au plus${NB}: ${
  compter(nombre - PLUS, 'autre n’y est pas', 'autres n’y sont pas')}.` : '');
// What a link carries: contents of the site, how many are unknown there, what is to be said of two that
// share six signs, how many it names. `adresses` is where the site lists its own. Throws what is to be
// said of a link that does not read.
export async function delier(dit, adresses) {
  if (dit[0] !== VERSION)
    throw new Error('Ce lien vient d’une autre version du site, ou n’en vient pas : demandez-en un nouveau.');
  const marques = dit.slice(7).match(/.{6}/g) ?? [];
  if (signer(marques.join('')) !== dit)
    throw new Error('Ce lien est coupé ou abîmé : demandez qu’on vous l’envoie de nouveau, en entier.');
  const reponse = await fetch(adresses, { cache: 'no-cache' }).catch(() => null);
  if (!reponse?.ok)
    throw new Error('Ce que porte ce lien n’a pas pu être lu. Vérifiez la connexion, puis rechargez la page.');
  const connus = new Map(marques.map((une) => [une, []]));
  for (const cle of await reponse.json()) connus.get(marque(cle))?.push(cle);
  const lus = marques.slice(0, PLUS).map((une) => connus.get(une));
  return {
    cles: lus.flat(),
    inconnus: lus.filter(({ length }) => !length).length,
    doute: lus.some(({ length }) => length > 1) ? ' Le lien en confond deux : l’un est de trop.' : '',
    nombre: marques.length,
  };
}
// What a link carries, written in `liste`, which `montrer` shows before `relever` asks what pages say of
// it: { texte }, what is to be said of it, or { faute }.
export async function ouvrirLien(dit, { liste, relever, montrer }) {
  let lu;
  try {
    lu = await delier(dit, $('Selection').dataset.adresses);
  } catch ({ message }) {
    return { faute: message };
  }
  for (const cle of lu.cles) liste[cle] = { titre: '' };
  const cles = Object.keys(liste);
  let restent = cles.length, manquent = lu.inconnus;
  if (montrer() === false) return {};
  await relever(cles, (cle, vu) => {
    if (!vu) return;
    delete liste[cle];
    if (vu.faits) liste[vu.cle] = vu.faits;
    else [restent, manquent] = [restent - 1, manquent + 1];
  });
  const sans = compter(manquent, 'autre est introuvable', 'autres sont introuvables');
  const ailleurs = manquent ? ` ${sans} pour l’instant.` : '';
  return { texte: `On vous envoie ${compter(restent, 'contenu')}.${ailleurs}${lu.doute}${depasser(lu.nombre)}` };
}
