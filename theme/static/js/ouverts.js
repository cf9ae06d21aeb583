// Which places are surely open: on a day, between two minutes of it, near a commune. Their hours are
// those of /lieux/horaires.json (features/kinds/lieux/opening.py).
const { NB, lire, loin } = await import(document.querySelector('[data-commun]').dataset.commun);
const { Horaires, heure } = await import(new URL('ouvert.js', import.meta.url));

export const deplier = ({ vacances, lieux }) => lieux.map(
  ([adresse, nom, commune, point, plain, regles, fermetures, feries, sure]) => (
    { adresse, nom, commune, point, plain, sure, horaires: new Horaires(regles, fermetures, vacances, feries) }));

// Hours of a day, [from, to] two by two, of a place that is open at some time between two minutes.
export function plages({ horaires, sure }, jour, [de, a] = [0, Infinity]) {
  if (jour > sure) return [];
  const dites = horaires.heures(jour).filter(([du, au, note]) => !note && au > 0 && au - du < 1440);
  return dites.some(([du, au]) => du < a && de < au) ? dites : [];
}

// Those that are open at a moment: the first of its days, its hours, the minute that is asked about;
// by the places that `pas` gives them, by steps from the former one; `sus`, those that say their hours then.
const JOURS = 31; // at most
const demain = (jour) => new Date(Date.parse(jour) + 864e5).toISOString().slice(0, 10);
export function ouvrirAu({ du, au, heures }, donnees, pas) {
  const trouves = new Map(), sus = new Set();
  let place = 0;
  deplier(donnees).forEach((lieu, rang) => {
    place += pas[rang] % 2 ? -(pas[rang] + 1) / 2 : pas[rang] / 2;
    if (du <= lieu.sure) sus.add(place);
    for (let jour = du, reste = JOURS; jour <= au && reste; jour = demain(jour), reste -= 1) {
      const dites = plages(lieu, jour, heures);
      if (!dites.length) continue;
      trouves.set(place, { jour, dites, des: heures?.[0] ?? 0 });
      break;
    }
  });
  return { trouves, sus };
}

// The minute of the reader, where the portal is.
export function maintenant() {
  const { fuseau: timeZone = 'Europe/Paris' } = document.documentElement.dataset;
  const [h, m] = new Intl.DateTimeFormat('sv', { timeZone, timeStyle: 'short' }).format().split(':');
  return h * 60 + Number(m);
}

// « 10 h – 18 h »; given a minute, what one needs to know then: « jusqu’à 18 h », « ouvre à 14 h ».
export function dire(dites, minute) {
  if (minute === undefined) return dites.map(([du, au]) => `${heure(du)} –${NB}${heure(au)}`).join(', ');
  const suite = dites.find(([, au]) => minute < au);
  if (!suite) return `fermé depuis ${heure(dites.at(-1)[1])}`;
  return suite[0] <= minute ? `jusqu’à ${heure(suite[1])}` : `ouvre à ${heure(suite[0])}`;
}

// In the frame of a drawing, that of the page of another place, set as ``Facade.pose`` does.
async function dessiner(svg, adresse) {
  const page = await fetch(adresse).then((lue) => (lue.ok ? lue.text() : '')).catch(() => '');
  const dessin = new DOMParser().parseFromString(page, 'text/html').querySelector('.de-facade .facade > g');
  if (!dessin) {
    svg.remove();
    return;
  }
  svg.replaceChildren(dessin);
  const [, , large, haut] = svg.getAttribute('viewBox').split(' '), { x, y, width } = dessin.getBBox();
  const sol = Math.round(haut * 0.9), taille = Math.min((large - 12) / width, (sol - 5) / -y, 1.5);
  dessin.setAttribute('transform', `translate(${(large - width * taille) / 2 - x * taille} ${sol}) scale(${taille})`);
}

// In a list of places that are open today, those that are the nearest of all, as many.
export async function rapprocher(liste, source, jour, { commune, distance }) {
  const minute = maintenant(), deja = new Map([...liste.children].map((un) => [un.querySelector('a').pathname, un]));
  const tous = deplier(await lire(source)).filter(({ point }) => point).map((un) => {
    const dites = plages(un, jour);
    return { ...un, dites, ferme: !dites.some(([, au]) => minute < au), km: distance(commune, [, , ...un.point]) };
  }).filter(({ dites }) => dites.length);
  tous.sort((un, autre) => un.ferme - autre.ferme || un.km - autre.km);
  const [modele] = deja.values();
  const dessins = [];
  liste.replaceChildren(...tous.slice(0, deja.size).map(({ adresse, nom, commune: ou, plain, dites, km }) => {
    const li = deja.get(adresse) ?? modele.cloneNode(true), svg = li.querySelector('svg');
    const faits = [ou, dire(dites, minute), loin(km), plain && 'de plain-pied'];
    li.querySelector('a').href = adresse;
    li.querySelector('b').textContent = nom;
    li.querySelector('small').textContent = faits.filter(Boolean).join(' · ');
    if (!deja.has(adresse) && svg) dessins.push([svg, adresse]);
    svg?.classList.toggle('ouverte', dites.some(([du, au]) => du <= minute && minute < au));
    return li;
  }));
  await Promise.all(dessins.map((un) => dessiner(...un)));
}
