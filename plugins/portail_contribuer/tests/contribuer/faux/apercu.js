export const lignes = async (r, entete) => { r.textContent = entete.titre; };
export const page = (entete) => { window.vue = entete; };
export const dits = async () => [];
