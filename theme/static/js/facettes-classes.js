// What a class may book: lines below their three headings, the nearest first once one says where.
const ADRESSE = 0, PARTIE = 9;
const { $, creer } = await import(document.querySelector('[data-commun]').dataset.commun);

export async function preparer(donnees, auj) {
  const { preparer: listes } = await import($('Modele-ligne').dataset.lignes);
  const liste = listes(donnees, auj), rangs = new Map(donnees.lignes.map((ligne, rang) => [ligne[ADRESSE], rang]));
  let nombres = [];
  // What is printed says where to find it again, as it was narrowed.
  addEventListener('beforeprint', () => {
    const adresse = $('Adresse');
    try {
      if (adresse) adresse.textContent = decodeURI(location.href);
    } catch { // signs that are no text
      adresse.textContent = location.href;
    }
  });

  return {
    ...liste,
    entrees(trouvees, demande, lieu) {
      const proche = lieu && demande.get('tri') !== 'date';
      nombres = donnees.parties.map((_, rang) => trouvees.filter((ligne) => ligne[PARTIE] === rang).length);
      return [...trouvees].sort((une, autre) => une[PARTIE] - autre[PARTIE]
        || (proche && lieu.plusPres(une, autre)) || rangs.get(une[ADRESSE]) - rangs.get(autre[ADRESSE]));
    },
    groupe: (ligne) => ligne[PARTIE],
    section(partie) {
      return creer(
        'section',
        {},
        creer('h2', { id: `Partie-${partie}` }, `${donnees.parties[partie]} (${nombres[partie]})`),
        creer('ul', { class: 'lignes' }),
      );
    },
  };
}
