// Facts of a content, texts all of them, as its page says them to a reader. The page is a copy: what is
// not said elsewhere leaves it.
// What keeps one from coming, or not there, or not then.
const ETATS = ['annule', 'reporte', 'deplace-en-ligne', 'reprogramme', 'complet'].map((code) => `.e-${code}`).join();

export const mots = (element) => element?.textContent.replace(/[ \n]+/g, ' ').trim() ?? '';
export function lireFiche(page) {
  const fiche = page.querySelector('article.fiche'), titre = mots(fiche?.querySelector('h1'));
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
  const lignes = faits.get('Où') ?? [''], [ici] = lignes;
  const ville = lignes.map((dit) => /^\d{5} (.+)|(.+) \(\d.{1,2}\)$/.exec(dit)).find(Boolean);
  const commune = ville?.[1] ?? ville?.[2] ?? '';
  const etat = entete.querySelector(ETATS), feuille = date?.querySelector('.eph');
  const annonce = fiche.matches('.de-annonces');
  // Dates that are not as the others of theirs: « Annulé : samedi 9 octobre 2021, à 14 h ».
  const parEtat = new Map(), general = mots(etat);
  for (const un of fiche.querySelectorAll(`.seance:not(.passee) :is(${ETATS})`)) {
    const seance = un.closest('.seance'), heures = un.closest('.seances-jour > li')?.querySelector('time');
    const jour = mots(seance.querySelector('.quand')).replace('N’a pas lieu : ', '');
    const dit = mots(un), jours = parEtat.get(dit) ?? [];
    const dits = heures ? `, ${mots(heures).toLowerCase()}` : '';
    parEtat.set(dit, [...jours, jour.charAt(0).toLowerCase() + jour.slice(1) + dits]);
  }
  parEtat.delete(general);
  const passages = [...fiche.querySelectorAll('.programme [data-jour]')].map(({ dataset }) => dataset.jour);
  return {
    titre: exemple + titre,
    sur: mots(entete.querySelector('.sur')),
    theme: /\bt-([a-z-]+)/.exec(fiche.className)?.[1] ?? '',
    jours: annonce ? '' : date?.dataset.suite ?? premier ?? passages[0] ?? '',
    fin: entete.querySelector('[data-apres]')?.dataset.apres ?? (annonce ? premier : passages.at(-1)) ?? '',
    quand: (faits.get('Quand') ?? [])[0] ?? '',
    // « Palais des Beaux-Arts de Lille » says where it is.
    ou: ici.includes(commune) ? ici : `${ici}, ${commune}`,
    prix: faits.get('Tarif')?.[0] ?? '',
    suite: suivante,
    dates: [...parEtat].map(([dit, jours]) => {
      const reste = jours[3] ? ` et ${jours.length - 3} de plus` : '';
      return `${dit}\u00a0: ${jours.slice(0, 3).join('\u00a0; ')}${reste}`;
    }).join('\n'),
    etat: general || mots(entete.querySelector('.message:not([data-apres]) .message-titre')),
    code: /\be(?:tat)?-(annule|reporte|complet)/.exec(`${etat?.className} ${feuille?.className}`)?.[1] ?? '',
  };
}
