// The data of the directory, said again as those of any list: what follows from a title, from values
// or from a commune is not written twice (docs/technique/facettes.md).
const { slug } = await import(document.querySelector('[data-commun]').dataset.commun);

// Address, title, theme, line above, line below, values, commune; then what is to come (how many,
// until when), labels.
export function deplier({ prefixe, facettes, sortes, communes, avenir, etats, lignes }) {
  const themes = new Map(), types = new Map();
  let rang = 0;
  for (const [cle, valeurs] of facettes) {
    valeurs.forEach(([code, texte], ordre) => {
      if (cle === 'theme') themes.set(rang, [code, texte]);
      if (cle === 'type') types.set(rang, sortes[ordre]);
      rang += 1;
    });
  }
  const futurs = new Map(avenir.map(([ordre, ...dit]) => [ordre, dit]));
  const marques = new Map(etats);
  return lignes.map(([titre, nom, commune, ...rangs], ordre) => {
    const lieu = communes[commune], [theme, nomme] = themes.get(rangs.find((un) => themes.has(un))) ?? ['', ''];
    const sorte = types.get(rangs.find((un) => types.has(un))) ?? '';
    return [
      `${prefixe}${nom || slug([titre].flat().join(''))}/`, titre, theme, [nomme, sorte].filter(Boolean).join(' · '),
      lieu ? `${lieu[0]} (${lieu[1]})` : '', lieu ? [...rangs, ...lieu[4]] : rangs, commune, futurs.get(ordre), marques.get(ordre) ?? [],
    ];
  });
}
