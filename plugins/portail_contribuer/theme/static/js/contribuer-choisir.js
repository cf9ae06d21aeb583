// Under the dates of an event, for each of the first: what is already on that day around its place,
// how many are for the same publics, what is at that very place; holidays and highlights. Files and
// their rules: portail_contribuer/choisir/dates.py.
const { NB, capital, compter, creer, direJour, lien, loin } = await import(
  document.querySelector('[data-commun]').dataset.commun);
const pres = await import(new URL('facettes-pres.js', import.meta.url));
const JOURS = 3, MONTRES = 5;

// Days that are written, in order: each session is of the day when it begins.
function joursDe({ seances = [], debut }) {
  const dits = [...seances, { debut }].map((une) => une.debut?.slice(0, 10));
  return [...new Set(dits.filter((jour) => /^\d{4}-\d\d-\d\d$/.test(jour ?? '')))].sort();
}

export function lancer(atelier) {
  const { form, donnees, saisies, jour: aujourdhui } = atelier;
  const region = document.getElementById('Choisir'), { region: communes } = JSON.parse(form.dataset.adresses);
  let tour = 0;

  async function ici({ lieu, adresse }) {
    const { lieux } = lieu ? await donnees('dates', 'lieux.json') : {};
    if (lieux?.[lieu]) return { lat: lieux[lieu][0], lon: lieux[lieu][1] };
    return communes && adresse?.commune ? pres.trouver({ dataset: { communes } }, adresse.commune) : null;
  }

  // What is on that day, nearest first; around the place when it is known.
  function autour(jour, { ou, lignes }, { point, lieu, publics = [], rayon }) {
    const rangees = lignes.filter(([la, , url]) => la === jour && !url.endsWith(`/${atelier.origine?.slug}/`))
      .map(([, titre, url, rang, pour, heures]) => {
        const [lat, lon, chez, commune] = ou[rang], eux = pour.split(' ');
        const km = point ? pres.distance(point, [, , lat, lon]) : undefined;
        const memes = publics.some((un) => eux.includes(un)), meme = Boolean(lieu) && chez === lieu;
        return { titre, url, commune, km, memes, meme, heures };
      });
    const proches = rangees.filter(({ km, meme }) => meme || km === undefined || km <= rayon);
    return proches.sort((un, autre) => autre.meme - un.meme || (un.km ?? 0) - (autre.km ?? 0));
  }

  const ligne = ({ titre, url, commune, km, memes, meme, heures }) => creer('li', {}, lien(titre, url),
    `, ${[heures, meme ? 'au même endroit' : [commune, loin(km)].filter(Boolean).join(', '),
      memes && 'pour les mêmes publics'].filter(Boolean).join(' · ')}`);

  function dire(jour, trouves, { point, rayon }, { vacances, temps_forts: forts }) {
    const la = point ? `, à moins de ${rayon}${NB}km` : '', memes = trouves.filter((un) => un.memes).length;
    const combien = trouves.length ? compter(trouves.length, 'rendez-vous', 'rendez-vous') : 'aucun autre rendez-vous';
    const dont = memes < trouves.length ? `dont ${memes} ` : '', pour = memes ? `, ${dont}pour les mêmes publics` : '';
    const dedans = (listes) => listes.filter((une) => une.at(-2) <= jour && jour <= une.at(-1));
    const jours = [...dedans(vacances).map(([nom]) => nom),
      ...dedans(forts).map(([nom, url]) => lien(nom, url))].flatMap((un) => [un, '. ']);
    const reste = trouves.length - MONTRES;
    return creer('div', {},
      creer('p', {}, creer('b', {}, capital(direJour(jour))), `${la}${NB}: ${combien}${pour}. `, ...jours),
      ...(trouves.length ? [creer('ul', {}, ...trouves.slice(0, MONTRES).map(ligne),
        ...(reste > 0 ? [creer('li', {}, `et ${compter(reste, 'autre')}`)] : []))] : []));
  }

  async function regarder() {
    const moi = (tour += 1), { valeur } = saisies.recueillir(form);
    const jours = joursDe(valeur).filter((jour) => jour >= aujourdhui);
    const index = jours.length ? await donnees('dates', 'index.json') : null;
    const point = index && await ici(valeur).catch(() => null);
    const autres = { lieu: valeur.lieu, publics: valeur.publics, rayon: index?.rayon, point };
    const dits = await Promise.all(jours.slice(0, JOURS).map(async (jour) => {
      const mois = jour.slice(0, 7), rien = { ou: [], lignes: [] };
      const lu = index.mois.includes(mois) ? await donnees('dates', `${mois}.json`) : rien;
      return dire(jour, autour(jour, lu, autres), autres, index);
    }));
    if (moi !== tour) return; // something else was written meanwhile
    const plus = jours.length - JOURS;
    if (plus > 0) dits.push(creer('p', {}, `Et ${compter(plus, 'autre date', 'autres dates')}.`));
    region.replaceChildren(...dits);
    region.hidden = !dits.length;
  }
  return { regarder };
}
