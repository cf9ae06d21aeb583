// Where, and by whom: the directory and the communes of the portal, by their names.
const { NB } = await import(document.querySelector('[data-commun]').dataset.commun);
const INCERTAINS = 50;
const sansArticle = (texte) => texte.replace(/^(le|la|les|l) /, '');

// The commune as « Nom (dép) »; the region's own list says the département of a postcode.
async function situer(adresse, { donnees, plier, ligne, nue }) {
  const { lignes = [] } = await donnees('region').catch(() => ({})), nom = plier(adresse.commune).replace(/ cedex.*$/, '').replace(/ \d{2}$/, '');
  // Each name is folded once: a file may give thousands of words that might be a commune.
  const communes = lignes.map(([codes, noms, dep]) => [codes, noms.split('|').map((un) => [un, plier(un)]), dep]);
  const connue = (voulu, postal) => {
    const trouvees = new Set(communes.flatMap(([codes, noms, dep]) => noms.filter(([, cle]) => cle === voulu && (!postal || codes.includes(postal))).slice(0, 1)
      .map(([nom]) => `${nom} (${dep ?? codes.slice(0, 2)})`)));
    return trouvees.size === 1 ? [...trouvees][0] : null;
  };
  const incertaine = (adresse.incertain ?? []).slice(0, INCERTAINS).map((un) => connue(plier(un))).find(Boolean);
  const sure = (nom && connue(nom, adresse.code_postal)) || incertaine;
  const postal = /^\d{5}$/.test(adresse.code_postal ?? '') ? adresse.code_postal : '';
  const dep = /^(20|97|98)/.test(postal) ? '' : postal.slice(0, 2);
  if (sure) return { ...adresse, code_postal: postal, commune: sure };
  // A calendar says « Rouen », no more: the name of the place is that of its commune.
  const seule = adresse.nom && !adresse.rue && !nom && !adresse.code_postal && !adresse.incertain?.length && connue(plier(adresse.nom));
  if (seule) return { ...adresse, nom: '', code_postal: '', commune: seule };
  const ecrite = nue(ligne(adresse.commune));
  const nomme = [adresse.nom, ...adresse.incertain ?? []].filter(Boolean).join(', ');
  return { ...adresse, nom: nomme, code_postal: postal, commune: ecrite && dep ? `${ecrite} (${dep})` : ecrite };
}

const tete = (nom) => nom.split(/, | [–-] | \(/)[0];
// The lieu of the directory that has this name there; « La Coupole » is « La Coupole, Centre
// d’histoire » when the communes are the same.
async function lieuConnu({ nom, commune }, { donnees, plier }) {
  const simple = (texte) => sansArticle(plier(texte)), ici = plier(commune.replace(/\(.*/, ''));
  const voulu = simple(nom), debut = simple(tete(nom));
  if (!voulu) return null;
  const { lignes = [] } = await donnees('reperes', 'lieux.json').catch(() => ({}));
  const la = lignes.filter(([, , precision]) => !ici || plier(precision.split(', ').at(-1).replace(/\(.*/, '')) === ici);
  const memes = la.filter(([, titre]) => simple(titre) === voulu);
  const proches = ici && !memes.length ? la.filter(([, titre]) => simple(tete(titre)) === debut) : memes;
  return proches.length === 1 ? proches[0] : null;
}

export async function placer(fiche, schema, entete, boite, dit) {
  if (fiche.en_ligne) entete.en_ligne = fiche.en_ligne;
  const brute = typeof fiche.adresse === 'string' ? boite.adresseDe(boite.net(fiche.adresse)) : fiche.adresse ?? {};
  if (!brute.nom && !brute.rue && !brute.commune) return;
  const adresse = await situer({ ...brute, nom: boite.clair(brute.nom), rue: boite.clair(brute.rue), commune: boite.clair(brute.commune) }, boite);
  const connu = schema.properties.lieu ? await lieuConnu(adresse, boite) : null;
  if (connu) {
    entete.lieu = connu[0];
    dit.pris.push(`lieu (${connu[1]}, dans l’annuaire)`);
  } else if (schema.properties.adresse) {
    const { nom, rue, code_postal, commune } = adresse;
    entete.adresse = { nom, rue, code_postal, commune };
    dit.pris.push(commune ? `adresse à ${commune}` : 'nom du lieu');
    if (!commune) dit.laisse.push(`La commune n’est pas reconnue${NB}: écrivez-la.`);
  } else if (adresse.commune) entete.commune = adresse.commune;
}

// `connus`: names that may be of a person, taken only when the directory has them.
export async function nommer({ organisateurs = [], connus = [] }, boite, dit) {
  const noms = [...organisateurs, ...connus];
  const { lignes = [] } = noms.length ? await boite.donnees('reperes', 'lieux.json').catch(() => ({})) : {};
  const lieux = lignes.map((un) => [boite.plier(un[1]), un]);
  return [...new Set(noms.map((nom) => {
    const propre = boite.clair(nom), cle = boite.plier(propre), memes = lieux.filter(([titre]) => titre === cle).map(([, un]) => un);
    if (memes.length === 1 && cle) return memes[0][0];
    if (organisateurs.includes(nom)) return propre;
    dit.laisse.push(`L’organisateur «${NB}${boite.couper(propre, 60)}${NB}» n’est pas repris${NB}: écrivez le nom de la structure.`);
    return '';
  }).filter((nom) => nom && !nom.includes('@')))];
}
