// What is on after the days of the first file of the agenda: files of the days that follow, joined to
// it when they are asked for (features/services/agenda/filter.py).
const ADRESSE = 0, TEXTES = [2, 3, 4], DETAIL = 4, VALEURS = 5, COMMUNE = 6, CRENEAUX = 7, DUREES = 8;
const FIN = '9999';
const { apres, ecart, lire } = await import(document.querySelector('[data-commun]').dataset.commun);
const noms = ({ facettes }) => facettes.flatMap(([cle, valeurs]) => valeurs.map(([code]) => `${cle}=${code}`));

// Ranks of a file follow those of the tables that it is joined to; a row that is there has more times.
function joindre(donnees, autres) {
  const rangs = new Map(noms(donnees).map((nom, rang) => [nom, rang])), siens = noms(autres);
  const jours = ecart(donnees.jour, autres.jour), { textes: { length: t }, moments: { length: m } } = donnees;
  const { etiquettes: { length: e }, communes: { length: c } } = donnees;
  for (const moment of autres.moments) if (moment.length > 3) moment[3] += t;
  for (const table of ['textes', 'moments', 'etiquettes', 'communes']) donnees[table].push(...autres[table]);
  const creneau = ([moment, etats, plus, debut, ...pas]) => [moment + m, etats + e, plus, debut + jours, ...pas];
  const duree = ([debut, fin, dates, moment, etats, marques, details]) =>
    [debut + jours, fin + jours, dates + t, moment + m, etats + e, marques + e, details.map((rang) => rang + t)];

  // What travels has a row for each place where it stays.
  const cle = (ligne, textes) => `${ligne[ADRESSE]} ${textes[ligne[DETAIL]]}`;
  const connues = new Map(donnees.lignes.map((ligne, ordre) => [cle(ligne, donnees.textes), ordre]));
  const ordres = autres.lignes.map((ligne) => {
    const ordre = connues.get(cle(ligne, autres.textes));
    const temps = [ligne[CRENEAUX].map(creneau), ligne[DUREES].map(duree)];
    if (ordre === undefined) {
      for (const place of TEXTES) ligne[place] += t;
      ligne[VALEURS] = ligne[VALEURS].map((rang) => rangs.get(siens[rang])).filter((rang) => rang >= 0);
      if (ligne[COMMUNE] >= 0) ligne[COMMUNE] += c;
      [ligne[CRENEAUX], ligne[DUREES]] = temps;
      return donnees.lignes.push(ligne) - 1;
    }
    donnees.lignes[ordre][CRENEAUX].push(...temps[0]);
    donnees.lignes[ordre][DUREES].push(...temps[1]);
    return ordre;
  });
  const situer = ([ordre, ...suite]) => [ordres[ordre], ...suite];
  for (const nom of ['partout', 'images']) donnees[nom] = [...donnees[nom] ?? [], ...(autres[nom] ?? []).map(situer)];
  donnees.autres.push(...autres.autres.map((ordre) => ordres[ordre]));
  for (const [cle, rangees] of Object.entries(autres.seances ?? {})) {
    const siennes = ((donnees.seances ??= {})[cle] ??= []);
    siennes.push(...rangees.map(([ordre, ...fois]) => [ordres[ordre], ...fois.map(creneau)]));
  }
}

export function lancer(donnees, adresse) {
  const debuts = donnees.suite, joints = new Set(), lus = new Map();
  const finit = (debut) => debuts[debuts.indexOf(debut) + 1] ?? FIN; // the day after its last
  const manquants = (de, a) => debuts.filter((debut) => !joints.has(debut) && debut <= a && finit(debut) > de);
  async function ajouter(debut) {
    joindre(donnees, await lire(adresse.replace(/\.json$/, `/${debut}.json`)));
    joints.add(debut);
  }
  return {
    // The last day that is read, from a day on, where more follows.
    jusque(de) {
      const [debut] = manquants(de, FIN);
      return debut && apres(debut, -1);
    },
    // Reads what is missing of some days: all, if two files hold it; else the next one, while there is
    // not `assez`. Whether it read.
    async lire(de, a, assez) {
      const tous = manquants(de, a || FIN), voulus = a && tous.length < 3 ? tous : tous.slice(0, assez ? 0 : 1);
      for (const debut of voulus) {
        if (!lus.has(debut)) lus.set(debut, ajouter(debut).finally(() => lus.delete(debut)));
      }
      await Promise.all(voulus.map((debut) => lus.get(debut)));
      return voulus.length > 0;
    },
  };
}
