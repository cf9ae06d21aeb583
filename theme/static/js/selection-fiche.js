// What the page of a content says of it: the browser reads it as a reader does, so that no other file
// says the same. It follows a content that changed address, and tells one that is gone.
const { RACINE, changer, cleDe, lire } = await import(document.querySelector('[data-etoile]').dataset.etoile);
const { lireFiche } = await import(new URL('fiche-lue.js', import.meta.url));
const ENSEMBLE = 6;
// Facts of a content, texts all of them.
function lirePage(texte) {
  const page = new DOMParser().parseFromString(texte, 'text/html');
  const vers = page.querySelector('meta[http-equiv=refresh]')?.content.split('url=')[1];
  return vers ? { vers } : lireFiche(page);
}
// { cle, faits }, faits being null for what is gone; nothing where the network says nothing.
async function demander(cle, sauts = 3) {
  const reponse = await fetch(`${RACINE}${cle}/`, { cache: 'no-cache' }).catch(() => null);
  if (reponse?.status === 404 || reponse?.status === 410) return { cle, faits: null };
  if (!reponse?.ok) return null;
  const { vers, ...faits } = lirePage(await reponse.text()), ici = cleDe(vers ?? reponse.url);
  if (!ici) return { cle, faits: null };
  if (vers) return sauts ? demander(ici, sauts - 1) : null;
  return faits.titre ? { cle: ici, faits } : null;
}
// What each says, some at a time; `recevoir` is told each as it comes.
export async function relever(cles, recevoir) {
  const reste = [...cles];
  const suivre = async () => {
    for (let cle = reste.shift(); cle; cle = reste.shift()) recevoir(cle, await demander(cle));
  };
  await Promise.all(Array.from({ length: ENSEMBLE }, suivre));
}

// What may change, as it is compared: when, where, how much, a state.
export const dits = ({ quand = '', ou = '', prix = '', etat = '' }) => [quand, ou, prix, etat].join('\n');
// The same, written beside what is kept; `partis` are titles of what is gone, that leaves the list.
export async function retenir(cles) {
  const partis = [];
  const vus = new Map();
  await relever(cles, (cle, vu) => vu && vus.set(cle, vu));
  const heure = new Date().toISOString().slice(0, 13);
  if (vus.size) changer((liste) => {
    for (const [avant, { cle, faits }] of vus) {
      const un = liste[avant];
      if (!un) continue;
      if (cle !== avant || !faits) delete liste[avant];
      if (faits) liste[cle] = { ...un, alors: un.alors ?? dits(faits), ...faits, vu: heure };
      else partis.push(un.titre);
    }
  });
  return { partis, liste: lire() };
}
