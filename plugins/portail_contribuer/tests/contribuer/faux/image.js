export const preparer = async (fichier) => (fichier.size > 1000
  ? { erreur: `« ${fichier.name} » est trop lourde.`, remede: 'Une autre.' }
  : { blob: fichier, nom: 'photo.png', largeur: 1, hauteur: 1, dit: 'Image prête, 1 Ko.' });
