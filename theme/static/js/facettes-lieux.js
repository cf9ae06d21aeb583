// The data of the directory, said again as pages show it: what follows from a title, from values or
// from a commune is not written twice (docs/technique/facettes.md).
const TITRE = 0, SLUG = 1, COMMUNE = 2, RANGS = 3;

// The slug of a title, as facet_lieux.py makes it.
const slug = (titre) => titre.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '')
  .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

// Rows of any list: address, title, theme, line above, line below, values, commune; then what is
// to come (how many, until when), labels.
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
  return lignes.map((ligne, ordre) => {
    const parts = [ligne[TITRE]].flat(), commune = ligne[COMMUNE], lieu = communes[commune];
    const rangs = ligne.slice(RANGS);
    const [theme, nomme] = themes.get(rangs.find((un) => themes.has(un))) ?? ['', ''];
    const sorte = types.get(rangs.find((un) => types.has(un))) ?? '';
    return [
      `${prefixe}${ligne[SLUG] || slug(parts.join(''))}/`, ligne[TITRE], theme,
      [nomme, sorte].filter(Boolean).join(' · '), lieu ? `${lieu[0]} (${lieu[1]})` : '',
      lieu ? [...rangs, ...lieu[4]] : rangs, commune, futurs.get(ordre), marques.get(ordre) ?? [],
    ];
  });
}
