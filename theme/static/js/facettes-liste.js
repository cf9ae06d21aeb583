// The rows of the list of one kind: what a line looks like. Its markup is in the <template> of the
// page, its words in the data, written by what writes the pages.
const ADRESSE = 0, TITRE = 1, THEME = 2, DESSUS = 3, DETAIL = 4, COMMUNE = 6, ETATS = 7, FIN = 8;
const { capital, compter, creer, dater, enfiler, feuillet, loin, modele, remplir } = await import(
  document.querySelector('[data-commun]').dataset.commun
);

export function preparer(donnees, auj) {
  const { textes, etiquettes, noms: [nom, noms, aucun], clos } = donnees;
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
    lignes: donnees.lignes.filter((ligne) => clos || !passee(ligne)),
    compte: (nombre) => (nombre ? compter(nombre, nom, noms) : aucun),
    dimensions: () => [],
    entrees: (trouvees) => trouvees,
  };
}
