export const ecrire = (entete, corps) => JSON.stringify([entete, corps]);
export const nommer = (titre) => titre.toLowerCase().replace(/\W+/g, '-');
