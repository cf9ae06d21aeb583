// The rows of the list of one kind: what a line looks like. Its markup is in the <template> of the
// page, its words in the data, written by what writes the pages.
const ADRESSE = 0, TITRE = 1, THEME = 2, DESSUS = 3, DETAIL = 4, VALEURS = 5, COMMUNE = 6, ETATS = 7, FIN = 8;
const { capital, compter, creer, dater, enfiler, feuillet, lire, loin, modele, remplir } = await import(
  document.querySelector('[data-commun]').dataset.commun
);

export function preparer(donnees, auj, form) {
  const { textes, etiquettes, noms: [nom, noms, aucun], clos, lignes, parts: [combien, parts] = [] } = donnees;
  // Of a long list, a row has its rank in place of an address until its part is read.
  if (parts) lignes.forEach((ligne, rang) => ligne.unshift(rang, '', 0, 0, 0));
  async function lirePart(numero) {
    const recues = await lire(form.dataset.donnees.replace(/\.json$/, `/${parts[numero]}.deflate`));
    const debut = Math.max(lignes.length - (numero + 1) * combien, 0), avant = textes.length;
    textes.push(...recues.textes);
    recues.lignes.forEach(([adresse, titre, ...dits], rang) =>
      lignes[debut + rang].splice(ADRESSE, VALEURS, adresse, titre, ...dits.map((dit) => dit + avant)));
  }
  const passee = (ligne) => ligne[FIN] < auj;

  function article(ligne, lieu) {
    const km = lieu?.km[ligne[COMMUNE]], un = modele('ligne'), feuille = un.querySelector('.eph');
    if (feuille) {
      const jour = ligne[FIN], an = jour.slice(0, 4), { mois } = feuillet(jour);
      dater(feuille, jour, { avant: null, mois: auj.startsWith(an) ? mois : `${mois} ${an}` });
    }
    const tenues = etiquettes[ligne[ETATS]].filter(([, , , jusque = auj]) => jusque >= auj);
    remplir(un, {
      adresse: ligne[ADRESSE], titre: ligne[TITRE], theme: textes[ligne[THEME]], dessus: textes[ligne[DESSUS]],
      details: [textes[ligne[DETAIL]]], marques: [...tenues, ...passee(ligne) ? [[clos, 'passe', 0]] : []],
    });
    if (km !== undefined) un.querySelector('.meta')?.prepend(creer('b', {}, capital(loin(km))), ...enfiler(' · '));
    return un;
  }
  return {
    article,
    // What is over at the reader's date leaves a list of what is to come; another one says it.
    lignes: lignes.filter((ligne) => clos || !passee(ligne)),
    compte: (nombre) => (nombre ? compter(nombre, nom, noms) : aucun),
    dimensions: () => [],
    entrees: (trouvees) => trouvees,
    lot: parts && 24,
    // What these lines show.
    lire: parts && ((voulues) => Promise.all([...new Set(voulues.map(([rang]) => rang).filter(Number.isInteger)
      .map((rang) => Math.floor((lignes.length - 1 - rang) / combien)))].map(lirePart))),
  };
}
