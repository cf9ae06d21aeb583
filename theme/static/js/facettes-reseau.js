// The agenda, and around a commune what neighbours announce: their rows are there as soon as a
// commune is asked for, and only then. The agenda itself knows nothing of them.
const VALEURS = 5, COMMUNE = 6, CRENEAUX = 7, DUREES = 8, PORTAIL = 9;
const { NB, creer, compter, lire } = await import(document.querySelector('[data-commun]').dataset.commun);

// Ranks of a document become those of the agenda, where its texts, labels and values are added.
function traduire(donnees, autres) {
  const suite = (nom) => {
    const avant = donnees[nom].length;
    donnees[nom].push(...autres[nom]);
    return (rang) => rang + avant;
  };
  const [texte, moment, etats, commune] = ['textes', 'moments', 'etiquettes', 'communes'].map(suite);
  const paires = ({ facettes }) => facettes.flatMap(([cle, valeurs]) => valeurs.map(([code]) => `${cle}=${code}`));
  const notres = new Map(paires(donnees).map((paire, rang) => [paire, rang])), leurs = paires(autres);
  return autres.lignes.map((ligne) => {
    const [adresse, titre, theme, dessus, detail] = ligne;
    return [
      adresse, titre, texte(theme), texte(dessus), texte(detail),
      ligne[VALEURS].map((rang) => notres.get(leurs[rang])).filter((rang) => rang !== undefined),
      commune(ligne[COMMUNE]),
      ligne[CRENEAUX].map(([quand, marques, ...jours]) => [moment(quand), etats(marques), ...jours]),
      ligne[DUREES].map(([du, au, dates, quand, marques, fortes, details]) =>
        [du, au, texte(dates), moment(quand), etats(marques), etats(fortes), details.map(texte)]),
      autres.portails[ligne[PORTAIL]],
    ];
  });
}

export async function preparer(donnees, auj, form) {
  const [{ preparer: agenda }, autres] = await Promise.all([
    import(form.dataset.agenda),
    lire(form.dataset.reseau).catch(() => null), // without it, the agenda stands
  ]);
  if (autres?.version === donnees.version) donnees.lignes.push(...traduire(donnees, autres));
  const liste = agenda(donnees, auj), dehors = (ligne) => ligne[PORTAIL] !== undefined;
  const externe = (lien) => { lien.rel = 'external'; };
  return {
    ...liste,
    dimensions: (demande) => [
      ...liste.dimensions(demande),
      ...demande.has('pres') ? [] : [{ cle: 'reseau', passe: (ligne) => !dehors(ligne) }],
    ],
    entrees(trouvees, demande, lieu, resultats) {
      const loin = trouvees.filter(dehors);
      if (loin.length) {
        const portails = [...new Map(loin.map((ligne) => ligne[PORTAIL]))];
        const dits = portails.map(([nom, jour]) => `${nom} (${jour})`).join(', ');
        resultats.append(
          creer(
            'p',
            { class: 'meta aussi' },
            `Dont ${compter(loin.length, 'événement')} chez nos voisins, d’après${NB}: ${dits}.`,
          ),
        );
      }
      const entrees = liste.entrees(trouvees, demande, lieu, resultats),
        adresses = new Set(loin.map(([adresse]) => adresse));
      for (const lien of resultats.querySelectorAll('.duree a'))
        if (adresses.has(lien.getAttribute('href'))) externe(lien);
      return entrees;
    },
    article(entree, lieu) {
      const article = liste.article(entree, lieu);
      if (dehors(entree.ligne)) externe(article.querySelector('a'));
      return article;
    },
  };
}
