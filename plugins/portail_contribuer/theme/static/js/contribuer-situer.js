// Where: names of the directory and communes of the portal. Twin of portail_importer/importer/sources/places.py.
const { NB } = await import(document.querySelector('[data-commun]').dataset.commun);
const INCERTAINS = 50;
const sansArticle = (texte) => texte.replace(/^(le|la|les|l) /, '');

// The commune as « Nom (dép) »; the region's own list says the département of a postcode.
async function situer(adresse, { donnees, plier, nue, table }) {
  const { lignes = [] } = await donnees('region').catch(() => ({}));
  const nom = plier(adresse.commune ?? '').replace(/ cedex.*$/, '').replace(/ \d{2}$/, '');
  // Each name is folded once: an address may have fifty words that might be a commune.
  const communes = lignes.flatMap(([codes, noms, dep]) => noms.split('|')
    .map((un) => ({ codes, cle: plier(un), dite: `${un} (${dep ?? codes.slice(0, 2)})` })));
  const connue = (voulu, postal) => {
    const trouvees = communes.filter(({ codes, cle }) => cle === voulu && (!postal || codes.includes(postal)));
    const dites = new Set(trouvees.map(({ dite }) => dite));
    return dites.size === 1 ? [...dites][0] : null;
  };
  const { incertain = [], code_postal: dit = '', laisse: _, ...parts } = adresse, autres = [...incertain];
  const postal = /^\d{5}$/.test(dit) ? dit : '', dep = /^(20|97|98)/.test(postal) ? '' : postal.slice(0, 2);
  let sure = nom && connue(nom, dit);
  if (!sure) {
    const dites = incertain.slice(0, INCERTAINS).map((un) => connue(plier(un))), rang = dites.findIndex(Boolean);
    if (rang >= 0) [sure] = [dites[rang], autres.splice(rang, 1)];
  }
  const nomme = [adresse.nom, ...autres].filter(Boolean).join(', ');
  const dite = { ...parts, nom: nomme, code_postal: postal };
  if (sure && !nomme) [dite.nom, dite.salle] = [dite.salle ?? '', '']; // « Rouen, salle 2 »
  if (sure) return { ...dite, commune: sure };
  const ecrite = nue(adresse.commune ?? '', table.adresses);
  return { ...dite, commune: ecrite && dep ? `${ecrite} (${dep})` : ecrite };
}

const tete = (nom) => nom.split(/, | [–-] | \(/)[0];
// The lieu of the directory that has this name there; « La Coupole » is « La Coupole, Centre
// d’histoire » when the communes are the same.
async function lieuConnu({ nom = '', commune }, { donnees, plier }) {
  const simple = (texte) => sansArticle(plier(texte)), ici = plier(commune.replace(/\(.*/, ''));
  const voulu = simple(nom), debut = simple(tete(nom));
  if (!voulu) return null;
  const { lignes = [] } = await donnees('reperes', 'lieux.json').catch(() => ({}));
  const communeDe = (precision) => plier(precision.split(', ').at(-1).replace(/\(.*/, ''));
  const la = lignes.filter(([, , precision]) => !ici || communeDe(precision) === ici);
  const memes = la.filter(([, titre]) => simple(titre) === voulu);
  const proches = ici && !memes.length ? la.filter(([, titre]) => simple(tete(titre)) === debut) : memes;
  return proches.length === 1 ? proches[0] : null;
}

// What a name says after that of a lieu, when its title does not say it.
function suite(nom, titre, plier) {
  const reste = nom.slice(tete(nom).length).replace(/^[ ,–()-]+|[ ,–()-]+$/g, ''), connus = plier(titre).split(' ');
  return plier(reste).split(' ').every((mot) => !mot || connus.includes(mot)) ? '' : reste;
}

export async function placer(fiche, champs, entete, boite, dit) {
  const dite = boite.adresseDe(fiche.adresse, boite.table);
  for (const un of dite.laisse ?? []) dit.laisse.push(`L’adresse dit aussi «${NB}${un}${NB}»${NB}: à vérifier.`);
  const ecrite = dite.nom || dite.rue || dite.commune || dite.incertain?.length;
  const { plier } = boite, essais = ecrite ? [dite] : (fiche.communes ?? []).map((un) => ({ incertain: [un] }));
  let adresse = null;
  for (const un of essais) adresse ??= await situer(un, boite).then((la) => (ecrite || la.commune ? la : null));
  if (!adresse) return;
  const connu = champs.lieu ? await lieuConnu(adresse, boite) : null;
  if (connu) {
    entete.lieu = connu[0];
    entete.salle = [adresse.salle, suite(adresse.nom, connu[1], plier)].filter(Boolean).join(', ') || undefined;
    dit.pris.push(`lieu (${connu[1]}, dans l’annuaire)`);
  } else if (champs.adresse) {
    const { nom, rue, code_postal, commune } = adresse;
    entete.adresse = { nom, rue, code_postal, commune };
    entete.salle = adresse.salle;
    dit.pris.push(commune ? `adresse à ${commune}` : 'nom du lieu');
    if (!commune) dit.laisse.push(`La commune n’est pas reconnue${NB}: écrivez-la.`);
  } else if (adresse.commune) entete.commune = adresse.commune;
}
