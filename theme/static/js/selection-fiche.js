// What the page of a content says of it: the browser reads it as a reader does, so that no other file
// says the same. It follows a content that changed address, and tells one that is missing or gone.
const { RACINE, changer, cleDe, lire } = await import(document.querySelector('[data-etoile]').dataset.etoile);
const { lireFiche } = await import(new URL('fiche-lue.js', import.meta.url));
const ENSEMBLE = 6, DELAI = 2 * 864e5;
// Facts of a content, texts all of them.
function lirePage(texte) {
  const page = new DOMParser().parseFromString(texte, 'text/html');
  const vers = page.querySelector('meta[http-equiv=refresh]')?.content.split('url=')[1];
  return vers ? { vers } : lireFiche(page);
}
const ouvrir = (adresse) => fetch(adresse, { cache: 'no-cache' }).catch(() => null);
// { cle, faits }, faits being null for what is missing, and `parti` there for what the site says is gone;
// nothing where the network says nothing. A 404 is believed only while the home page is there (`debout`).
async function demander(cle, debout, sauts = 3) {
  const manque = async () => (await debout() ? { cle, faits: null } : null);
  const reponse = await ouvrir(`${RACINE}${cle}/`);
  if (reponse?.status === 410) return { cle, faits: null, parti: true };
  if (reponse?.status === 404) return manque();
  if (!reponse?.ok) return null;
  const { vers, ...faits } = lirePage(await reponse.text().catch(() => '')), ici = cleDe(vers ?? reponse.url);
  if (!ici) return vers ? { cle, faits: null, parti: true } : manque();
  if (vers) return sauts ? demander(ici, debout, sauts - 1) : null;
  return faits.titre ? { cle: ici, faits } : null;
}
// What each says, some at a time; `recevoir` is told each as it comes.
export async function relever(cles, recevoir) {
  const reste = [...cles];
  let accueil;
  const debout = () => (accueil ??= ouvrir(RACINE).then((une) => une?.ok && !une.redirected));
  const suivre = async () => {
    for (let cle = reste.shift(); cle; cle = reste.shift()) recevoir(cle, await demander(cle, debout));
  };
  await Promise.all(Array.from({ length: ENSEMBLE }, suivre));
}

// What may change, as it is compared: when, where, how much, a state.
export const dits = ({ quand = '', ou = '', prix = '', etat = '' }) => [quand, ou, prix, etat].join('\n');
// The same, written beside what is kept. What is missing stays, `perdu` since the first time, and leaves
// the list two days later; `partis` are titles of what left.
export async function retenir(cles) {
  const partis = [];
  const vus = new Map();
  await relever(cles, (cle, vu) => vu && vus.set(cle, vu));
  const instant = new Date().toISOString();
  if (vus.size) changer((liste) => {
    for (const [avant, { cle, faits, parti }] of vus) {
      if (!(avant in liste)) continue;
      const { perdu = instant, ...un } = liste[avant], reste = Date.parse(instant) - Date.parse(perdu) < DELAI;
      if (faits || parti || !reste) delete liste[avant];
      else liste[avant].perdu = perdu;
      if (faits) liste[cle] = { ...un, alors: un.alors ?? dits(faits), ...faits, vu: instant.slice(0, 13) };
      else if (!liste[avant]) partis.push(un.titre);
    }
  });
  return { partis, liste: lire() };
}
