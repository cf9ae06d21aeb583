// The picture: chosen, dropped or pasted, made ready in the browser, shown on a canvas.
const { fautif, peindre } = await import(new URL('contribuer-gestes.js', import.meta.url));

export function lancer(atelier) {
  const { form, charger, dire, saisies } = atelier;
  const champDe = () => form.querySelector('[data-saisie=image]');

  const dans = (champ, quoi) => champ.querySelector(quoi);
  const INVITE = dans(champDe(), '[data-etat]')?.textContent ?? '';
  function phrase(champ, message, conseil = '') {
    const note = dans(champ, '.erreur');
    note.replaceChildren(...message ? fautif(message, conseil) : []);
    note.hidden = !message;
    champ.classList.toggle('fautif', Boolean(message));
    if (message) dire(`${message} ${conseil}`);
  }

  async function montrer() {
    const champ = champDe(), { image } = atelier, toile = dans(champ, 'canvas'), nom = image?.nom ?? champ.dataset.nom;
    dans(champ, '[data-oter]').hidden = !nom;
    dans(champ, '[data-etat]').textContent = image ? image.dit || image.nom : nom ? `Image publiée\u00a0: ${nom}.` : INVITE;
    toile.hidden = true;
    if (!image) return;
    try {
      await peindre(toile, image.blob, 480, `Image choisie\u00a0: ${image.nom}`);
      toile.hidden = atelier.image !== image;
    } catch { /* its name is said all the same */ }
  }
  const change = (champ) => champ.dispatchEvent(new Event('change', { bubbles: true }));

  async function prendre(champ, fichier) {
    if (!fichier) return;
    phrase(champ, '');
    dire('Préparation de l’image…');
    try {
      const module = await charger('image');
      if (!module) return;
      const faite = await module.preparer(fichier);
      if (faite.erreur) {
        phrase(champ, faite.erreur, faite.remede);
        return;
      }
      saisies.ecrire(champ, faite.nom);
      await atelier.brouillon.garderImage(faite);
      await montrer();
      change(champ);
      dire(faite.dit || 'Image prête.');
      const alt = form.querySelector('[data-chemin="image.alt"] input, [data-chemin="image.alt"] textarea');
      if (alt && !alt.value && !alt.closest('[hidden]')) alt.focus();
    } catch (raison) {
      console.error(raison);
      phrase(champ, 'l’image n’a pas pu être préparée.', 'Recommencez, ou continuez sans image.');
    }
  }
  function perdue() {
    const champ = champDe();
    saisies.ecrire(champ);
    change(champ);
    phrase(champ, 'l’image de votre brouillon n’a pas été retrouvée dans ce navigateur.', 'Choisissez-la de nouveau.');
  }
  dans(champDe(), '[data-oter]').addEventListener('click', () => {
    const champ = champDe();
    saisies.ecrire(champ);
    atelier.brouillon.garderImage(null);
    dans(champ, 'input[type=file]').value = '';
    montrer();
    change(champ);
    dire('Image retirée.');
    dans(champ, 'input').focus();
  });
  form.addEventListener('rempli', montrer);
  return { prendre, montrer, perdue };
}
