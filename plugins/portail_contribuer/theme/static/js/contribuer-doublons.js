// Under the title, what the agenda may already hold: a near title, at about the same days, in the
// same commune or place.
const { NB, cle, direJour } = await import(document.querySelector('[data-commun]').dataset.commun);
const VIDES = new Set('a au aux d de des du en et l la le les pour sur un une'.split(' '));
const ASSEZ = 0.5, JOUR = 864e5;
const mots = (texte) => new Set(cle(texte).split(' ').filter((mot) => mot && !VIDES.has(mot))
  .map((mot) => mot.replace(/[sx]$/, '')));
// How much two titles share: 1 when the words of one are all in the other.
function parente(un, autre) {
  const [a, b] = [mots(un), mots(autre)], communs = [...a].filter((mot) => b.has(mot)).length;
  const court = Math.min(a.size, b.size);
  if (court < 2) return Number(a.size > 0 && cle(un) === cle(autre));
  return communs / (0.6 * court + 0.4 * Math.max(a.size, b.size));
}

// What an event says that tells it from others.
function questions(valeur) {
  const seances = [...(valeur.seances ?? []), ...(valeur.debut ? [valeur] : []),
    ...(valeur.horaires ? [{ debut: valeur.horaires.du, fin: valeur.horaires.au }] : [])];
  const datees = seances.filter(({ debut }) => /^\d{4}-/.test(debut ?? ''));
  return {
    titre: valeur.titre ?? '', lieu: valeur.lieu ?? '', commune: valeur.adresse?.commune ?? '',
    jours: datees.map(({ debut, fin }) => [debut, fin ?? debut].map((un) => Date.parse(un.slice(0, 10)))),
  };
}
// How much a landmark is that event; 0 when it is another.
function pareil([, titre, precision, premier, dernier, , lieu], { titre: sien, lieu: la, commune, jours }) {
  const [debut, fin] = [premier, dernier].map((un) => Date.parse(un));
  if (jours.length && !jours.some(([de, a]) => de <= fin + JOUR && a >= debut - JOUR)) return 0;
  const note = parente(sien, titre);
  if (!jours.length) return note === 1 ? note : 0;
  const proche = cle(precision ?? '').includes(cle(commune).replace(/ \d+$/, ''));
  const ici = !la && !commune ? note >= 0.8 : la ? la === lieu : proche;
  return note >= ASSEZ && ici ? note : 0;
}

export function lancer(atelier) {
  const { form, charger, donnees, bouton, creer, saisies } = atelier, region = document.getElementById('Doublon');
  const ecartes = new Set();

  const autre = (slug) => ecartes.has(slug) || slug === atelier.origine?.slug || location.search.includes(slug);

  async function chercher() {
    const sait = questions(saisies.recueillir(form).valeur);
    const [debut = 0] = sait.jours[0] ?? [], autour = [-1, 1].map((plus) =>
      (debut ? new Date(debut + plus * JOUR).toISOString().slice(0, 10) : '0'));
    const lignes = sait.titre
      ? await charger('completion').then(({ reperes }) => reperes(donnees, 'events', autour)).catch(() => [])
      : [];
    const notees = lignes.filter(([slug]) => !autre(slug)).map((ligne) => [pareil(ligne, sait), ligne]);
    const [premier] = notees.filter(([note]) => note > 0).sort(([a], [b]) => b - a);
    const [slug = '', titre, precision, jour] = premier?.[1] ?? [];
    if (slug === region.dataset.slug) return;
    region.hidden = !premier;
    region.dataset.slug = slug;
    region.replaceChildren();
    if (!premier) return;
    const non = bouton('Non, c’est un autre', 'bouton second', () => {
      ecartes.add(slug);
      form.querySelector('[data-chemin=resume] textarea')?.focus();
      chercher();
    });
    const href = `${location.pathname}?modifier=${encodeURIComponent(slug)}`;
    const oui = creer('a', { class: 'bouton second', href }, 'Oui, le mettre à jour');
    // The region is live: it says itself.
    region.append(creer('div', { class: 'message' },
      creer('h3', { class: 'message-titre' }, `Est-ce le même rendez-vous${NB}?`),
      creer('p', {}, creer('b', {}, titre),
        `, ${direJour(jour)}${precision ? `, ${precision}` : ''}, est déjà dans l’agenda.`),
      creer('p', { class: 'actions' }, oui, non)));
  }
  return { chercher };
}
