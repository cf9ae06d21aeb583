// What a class may book: lines below their three headings, the nearest first once one says where.
const PARTIE = 9;
// A mail may be cut before its « @ ».
const couper = (dit) => dit.split(/(?=@)/).flatMap((un, rang) => (rang ? [creer('wbr'), un] : [un]));
const VOIE = /(\+?\d[\d\s]{8,}\d|[^\s,]+@[^\s,]+)/;
const { $, creer } = await import(document.querySelector('[data-commun]').dataset.commun);

export async function preparer(donnees, auj, form) {
  const { preparer: listes } = await import($('Modele-ligne').dataset.lignes);
  const liste = listes(donnees, auj, form), rangs = new Map(donnees.lignes.map((ligne, rang) => [ligne, rang]));
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
    // Each fact apart, as the page has them; what a telephone and a mail open.
    article(ligne, lieu) {
      const un = liste.article(ligne, lieu), meta = un.querySelector('.meta'), signe = meta?.querySelector('.ex');
      signe?.remove();
      meta?.replaceChildren(...meta.textContent.trim().split(/\s+·\s+/).map((fait) => creer('li', {},
        ...fait.split(VOIE).map((dit, rang) => (rang % 2 ? creer('a', { href: dit.includes('@') ? `mailto:${dit}`
          : `tel:${dit.replace(/\s/g, '')}` }, ...couper(dit)) : dit)))));
      if (signe) meta.lastChild.append(' ', signe);
      return un;
    },
    entrees(trouvees, demande, lieu) {
      const proche = lieu && demande.get('tri') !== 'date';
      nombres = donnees.parties.map((_, rang) => trouvees.filter((ligne) => ligne[PARTIE] === rang).length);
      return [...trouvees].sort((une, autre) => une[PARTIE] - autre[PARTIE]
        || (proche && lieu.plusPres(une, autre)) || rangs.get(une) - rangs.get(autre));
    },
    groupe: (ligne) => ligne[PARTIE],
    section(partie) {
      return creer(
        'section', {},
        creer('h2', { id: `Partie-${partie}` }, `${donnees.parties[partie]} (${nombres[partie]})`),
        creer('ul', { class: 'lignes' }),
      );
    },
  };
}
