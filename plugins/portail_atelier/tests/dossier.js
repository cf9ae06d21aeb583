// A folder handed to the page: that of the browser itself (origin private file system), with contents.
const ecrites = window.ecrites = [];
const dossier = async (chemins, create) => {
  let ici = await navigator.storage.getDirectory();
  for (const nom of chemins) ici = await ici.getDirectoryHandle(nom, { create });
  return ici;
};
window.poser = async (fichiers) => {
  for (const [chemin, texte] of Object.entries(fichiers)) {
    const noms = chemin.split('/'), ici = await dossier(noms.slice(0, -1), true);
    const flux = await (await ici.getFileHandle(noms.at(-1), { create: true })).createWritable();
    await flux.write(texte);
    await flux.close();
  }
  ecrites.length = 0;
};
window.lireFichier = async (chemin) => {
  const noms = chemin.split('/'), ici = await dossier(noms.slice(0, -1), false);
  return (await (await ici.getFileHandle(noms.at(-1))).getFile()).text();
};
window.fichiers = async () => {
  const tous = [];
  const suivre = async (ici, chemin) => {
    for await (const [nom, un] of ici.entries())
      if (un.kind === 'directory') await suivre(un, `${chemin}${nom}/`); else tous.push(chemin + nom);
  };
  await suivre(await dossier([]), '');
  return tous;
};
window.showDirectoryPicker = () => dossier([]);
const accorde = async () => 'granted';
Object.assign(FileSystemDirectoryHandle.prototype, { requestPermission: accorde, queryPermission: accorde });
const ouvrir = FileSystemFileHandle.prototype.createWritable;
FileSystemFileHandle.prototype.createWritable = async function createWritable(...options) {
  const flux = await ouvrir.apply(this, options), fermer = flux.close.bind(flux), { name } = this;
  flux.close = async () => { await fermer(); ecrites.push(name); };
  return flux;
};
