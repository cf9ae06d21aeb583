// The data of the directory, said again as those of any list: what follows from a title, from values
// or from a commune is not written twice (features/services/facettes/lieux.py).
const { slug } = await import(document.querySelector('[data-commun]').dataset.commun);

// Address, title, theme, line above, line below, values, commune; then what is to come (how many,
// until when), labels, family of those where one goes.
export function deplier({ prefixe, facettes, sortes, familles, communes, avenir, etats, lignes }) {
  const valeurs = facettes.flatMap(([cle, siennes]) =>
    siennes.map(([code, texte], ordre) => ({ cle, code, texte, sorte: sortes[ordre], famille: familles[ordre] })),
  );
  const premiere = (rangs, voulue) => rangs.map((rang) => valeurs[rang]).find(({ cle }) => cle === voulue);
  const futurs = new Map(avenir.map(([ordre, ...dit]) => [ordre, dit]));
  const marques = new Map(etats);
  return lignes.map(([titre, nom, commune, ...rangs], ordre) => {
    const lieu = communes[commune], theme = premiere(rangs, 'theme'), type = premiere(rangs, 'type');
    return [
      `${prefixe}${nom || slug([titre].flat().join(''))}/`, titre, theme?.code ?? '',
      [theme?.texte, type?.sorte].filter(Boolean).join(' · '), lieu ? `${lieu[0]} (${lieu[1]})` : '',
      lieu ? [...rangs, ...lieu[4]] : rangs, commune, futurs.get(ordre), marques.get(ordre) ?? [],
      type?.famille ?? '',
    ];
  });
}
