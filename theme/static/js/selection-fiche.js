// What the page of a content says of it: the browser reads it as a reader does, so that no other file
// says the same. It follows a content that changed address, and tells one that is gone.
const { RACINE, changer, cleDe, lire } = await import(document.querySelector('[data-etoile]').dataset.etoile);
const ENSEMBLE = 6;
// What keeps one from coming, or not there, or not then.
const ETATS = ['annule', 'reporte', 'deplace-en-ligne', 'reprogramme', 'complet'].map((code) => `.e-${code}`).join();

const mots = (element) => element?.textContent.replace(/[ \n]+/g, ' ').trim() ?? '';
// Facts of a content, texts all of them.
function lirePage(texte) {
  const page = new DOMParser().parseFromString(texte, 'text/html'), fiche = page.querySelector('article.fiche');
  const vers = page.querySelector('meta[http-equiv=refresh]')?.content.split('url=')[1];
  if (vers) return { vers };
  const titre = mots(fiche?.querySelector('h1'));
  if (!titre) return {};
  const exemple = /Cette page est inventée/.test(mots(page.querySelector('.demo'))) ? 'Exemple · ' : '';
  // Notes of facts are for the page, but the next date.
  const suivante = /date\s: (.+)/.exec(mots(fiche.querySelector('.fait[data-suite] small')))?.[1] ?? '';
  for (const note of fiche.querySelectorAll('small, .ex')) note.remove();
  const faits = new Map();
  for (const fait of fiche.querySelectorAll('.fait'))
    faits.set(mots(fait.querySelector('dt')), [...fait.querySelectorAll('dd')].map(mots));
  const entete = fiche.querySelector('header'), date = entete.querySelector('.titre-date');
  const premier = date?.querySelector('[data-jour]')?.dataset.jour
    ?? fiche.querySelector('.fait time')?.dateTime.slice(0, 10);
  const ou = faits.get('Où') ?? [], ville = ou.map((dit) => /^\d{5} (.+)|(.+) \(\d.{1,2}\)$/.exec(dit)).find(Boolean);
  const etat = entete.querySelector(ETATS), feuille = date?.querySelector('.eph');
  const annonce = fiche.matches('.de-annonces');
  const passages = [...fiche.querySelectorAll('.programme [data-jour]')].map(({ dataset }) => dataset.jour);
  return {
    titre: exemple + titre,
    sur: mots(entete.querySelector('.sur')),
    theme: /\bt-([a-z-]+)/.exec(fiche.className)?.[1] ?? '',
    jours: annonce ? '' : date?.dataset.suite ?? premier ?? passages[0] ?? '',
    fin: entete.querySelector('[data-apres]')?.dataset.apres ?? (annonce ? premier : passages.at(-1)) ?? '',
    quand: (faits.get('Quand') ?? [])[0] ?? '',
    ou: [...new Set([ou[0], ville?.[1] ?? ville?.[2]])].filter(Boolean).join(', '),
    prix: faits.get('Tarif')?.[0] ?? '',
    suite: suivante,
    etat: mots(etat) || mots(entete.querySelector('.message:not([data-apres]) .message-titre')),
    code: /\be(?:tat)?-(annule|reporte|complet)/.exec(`${etat?.className} ${feuille?.className}`)?.[1] ?? '',
  };
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
