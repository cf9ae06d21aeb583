// What is missing, what is no number, an unknown place: enough to see where errors go.
export const references = (slugs) => async (dossiers, texte) =>
  (await slugs(dossiers[0])).includes(texte);

export async function controler(schema, entete, outils) {
  const dites = [];
  const dire = (code, chemin, message, besoins = [], ecrire = '') =>
    dites.push({ code, chemin, message, remede: 'Faites ainsi.', ecrire, besoins });
  if (!entete.titre) dire('E201', [], 'Le champ « titre » manque.', ['titre']);
  if (!entete.debut && !entete.seances) dire('E215', [], 'Il manque une date.', ['seances']);
  if (entete.fin && entete.fin < entete.debut) dire('E213', ['fin'], 'La fin est avant.');
  (entete.seances ?? []).forEach(({ debut, fin }, n) => {
    if (fin && fin < debut) dire('E213', ['seances', n, 'fin'], 'La fin est avant.');
  });
  if (entete.tarif?.prix && !/^\d+(,\d+)?$/.test(entete.tarif.prix)) {
    dire('E209', ['tarif', 'prix'], 'Pas un nombre.');
  }
  if (entete.lieu && !await outils.reference(['lieux'], entete.lieu)) {
    dire('E411', ['lieu'], 'Lieu inconnu.');
  }
  if (entete.adresse?.commune?.includes('(Somme)')) {
    dire('E431', ['adresse', 'commune'], 'Plusieurs communes.', [], 'commune: Amiens');
  }
  return dites;
}
