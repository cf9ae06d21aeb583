// From what people write to a commune, as CommuneNames.find of geo/names.py: same answer, same
// candidates; what is near an unknown name is looked for in the files that were read.
// `lire(name)` → Promise of the JSON of a file of /contribuer/communes/; `mots` is the module.
const NUMERO = /^(\d{2}|2[AB])\d{3}$/,
  ENTRE = /^([^()]+)\(([^()]+)\)\s*$/,
  ENTETES = new Set('saint sainte saints saintes la le les l'.split(' '));
const FAUTE = 4, MONTRES = 3;

const departement = (code) => code.slice(0, /^9[78]/.test(code) ? 3 : 2);

function ligne(texte, { cle }) {
  const [nom, code, postes, officiel, fusion] = texte.split(',');
  return {
    mot: cle(nom),
    nom: officiel ?? nom,
    code,
    departement: departement(code),
    rang: officiel === undefined ? 0 : 2 + Number(fusion),
    postes: postes
      .split(' ')
      .filter(Boolean)
      .map((un) => (un.length < 5 ? code.slice(0, 2) + un : un)),
  };
}

export function communes(lire, mots) {
  // Each file is read, and made ready, once.
  const lus = new Map(), lu = (nom, faire) => lus.get(nom) ?? lus.set(nom, lire(nom).then(faire)).get(nom);
  const fichier = (nom) => lu(nom, ({ lignes, alias }) => [...lignes, ...alias].map((un) => ligne(un, mots)));
  const index = () => lu('index', (un) => ({ ...un, ici: new Set(un.ici) }));

  // The rows among which a name may be.
  async function autour(nom, { noms }) {
    const parts = mots.cle(nom).split(' ');
    while (parts.length > 1 && ENTETES.has(parts[0])) parts.shift();
    const tige = parts.join('');
    return fichier(`noms-${noms.findLastIndex((debut) => debut <= tige)}`);
  }

  // Codes by exact spelling, by any, by a usual name, by the name of a merged commune.
  function etages(nom, lignes) {
    const cle = mots.cle(nom), pareilles = lignes.filter((un) => un.mot === cle);
    const officielles = pareilles.filter((un) => !un.rang);
    return [
      officielles.filter((un) => un.nom === nom),
      officielles,
      ...[2, 3].map((rang) => pareilles.filter((un) => un.rang === rang)),
    ];
  }
  const premier = (rangees) => rangees.find((rangee) => rangee.length) ?? [];
  const uniques = (lignes) => [...new Map(lignes.map((un) => [un.code, un])).values()];
  const ranger = (lignes) => uniques(lignes).sort((un, autre) => (un.code < autre.code ? -1 : 1));

  function parties(texte, { departements }) {
    const [, nom, dedans] = ENTRE.exec(texte) ?? [];
    if (!nom) return [texte, ''];
    const net = mots.couper(dedans);
    return [mots.couper(nom), departements[mots.cle(net)] ?? net.toUpperCase()];
  }

  const chez = (un, { ici }) => !ici.size || ici.has(un.departement);

  async function ecrites(texte, tout) {
    const lignes = await autour(texte, tout), ici = tout.ici.size ? lignes.filter((un) => chez(un, tout)) : lignes;
    const propres = uniques(premier(etages(texte, ici)));
    if (propres.length === 1) return propres;
    const pays = uniques(premier(etages(texte, lignes).slice(0, tout.ici.size ? 3 : 4)));
    if (propres.length || pays.length) {
      const codes = new Set(propres.map((un) => un.code));
      return [...ranger(propres), ...ranger(pays.filter((un) => !codes.has(un.code)))];
    }
    const [nom, voulu] = parties(texte, tout);
    if (!voulu) return [];
    const la = (un) => [un.code, un.departement, ...un.postes].includes(voulu);
    return ranger(premier(etages(nom, await autour(nom, tout)).map((rangee) => rangee.filter(la))));
  }

  async function nommer({ nom, code, departement: ou }, tout) {
    for (const texte of [nom, `${nom} (${ou})`]) {
      const trouves = await ecrites(texte, tout);
      if (trouves.length === 1 && trouves[0].code === code) return texte;
    }
    return `${nom} (${code})`;
  }
  const nommees = async (lignes, tout) => [
    ...new Set(await Promise.all(lignes.slice(0, MONTRES).map((un) => nommer(un, tout)))),
  ];
  const parRegion = (lignes, tout) => ranger(lignes).sort((un, autre) => chez(autre, tout) - chez(un, tout));

  async function proposees(texte, tout) {
    const [nom, voulu] = parties(texte, tout), lignes = await autour(nom, tout);
    const connues = parRegion(premier(etages(nom, lignes)), tout);
    if (connues.length && voulu) return nommees(connues, tout);
    const mot = mots.cle(nom.replace(/^[\s\d]+|[\s\d]+$/g, ''));
    const cles = Map.groupBy((await autour(mot, tout)).filter((un) => !un.rang), (un) => un.mot);
    const dedans = voulu ? (un) => un.departement === voulu : (un) => chez(un, tout);
    const rangs = mots
      .classer(mot, cles.keys(), (un) => un)
      .map(([rang, cle]) => [rang + (cles.get(cle).some(dedans) ? 0 : FAUTE), cle]);
    const proches = rangs.sort(([un], [autre]) => un - autre).slice(0, MONTRES).flatMap(([, cle]) => {
      const siens = cles.get(cle);
      return parRegion(siens.some(dedans) ? siens.filter(dedans) : siens, tout);
    });
    return nommees([...proches.slice(0, MONTRES - (connues.length > 0)), ...connues], tout);
  }

  async function numerotees(numero, tout) {
    const lignes = await fichier(`numeros-${numero[0]}`);
    const postees = lignes.filter((un) => un.code !== numero && un.postes.includes(numero)),
      ici = postees.filter((un) => chez(un, tout));
    const elle = lignes.find((un) => un.code === numero);
    if (elle) return [elle, ...ranger(chez(elle, tout) || ici.length ? ici : postees)];
    const trouvees = parRegion(ici.length ? ici : postees, tout);
    return trouvees.length > 1 ? trouvees : { proches: await nommees(trouvees, tout) };
  }

  // { code, nom }, { candidats: [[code, name, département]] } or { proches: [what to write] }.
  return async (ecrit) => {
    const texte = mots.couper(ecrit).replace(/\s+/g, ' ');
    if (!texte || mots.longueur(texte) > 100) return { proches: [] };
    const tout = await index(), nombre = texte.toUpperCase();
    const trouvees = NUMERO.test(nombre) ? await numerotees(nombre, tout) : await ecrites(texte, tout);
    if (trouvees.proches) return trouvees;
    if (!trouvees.length) return { proches: await proposees(texte, tout) };
    if (trouvees.length > 1) return { candidats: trouvees.map((un) => [un.code, un.nom, un.departement]) };
    return { code: trouvees[0].code, nom: trouvees[0].nom };
  };
}
