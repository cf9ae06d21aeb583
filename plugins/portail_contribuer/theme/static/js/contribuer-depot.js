// The picture: chosen, dropped or pasted, made ready in the browser, shown on a canvas.
const { fautif, peindre } = await import(new URL('contribuer-gestes.js', import.meta.url));

export function lancer(atelier) {
  const { form, charger, dire, saisies } = atelier;
  const champ = form.querySelector('[data-saisie=image]'), dans = (quoi) => champ.querySelector(quoi);
  const INVITE = dans('[data-etat]').textContent;
  function phrase(message, conseil = '') {
    const note = dans('.erreur');
    note.replaceChildren(...message ? fautif(message, conseil) : []);
    note.hidden = !message;
    champ.classList.toggle('fautif', Boolean(message));
    if (message) dire(`${message} ${conseil}`);
  }

  async function montrer() {
    const { image } = atelier, toile = dans('canvas'), nom = image?.nom ?? champ.dataset.nom;
    dans('[data-oter]').hidden = !nom;
    dans('[data-etat]').textContent = image ? image.dit || image.nom : nom ? `Image publiée\u00a0: ${nom}.` : INVITE;
    toile.hidden = true;
    if (!image) return;
    const peinte = await peindre(toile, image.blob, 480, `Image choisie\u00a0: ${image.nom}`).then(
      () => true,
      () => false,
    );
    toile.hidden = !peinte || atelier.image !== image; // its name is said all the same
  }
  const change = () => champ.dispatchEvent(new Event('change', { bubbles: true }));

  async function prendre(fichier) {
    if (!fichier) return;
    phrase('');
    dire('Préparation de l’image…');
    try {
      const module = await charger('image');
      if (!module) return;
      const faite = await module.preparer(fichier);
      if (faite.erreur) {
        phrase(faite.erreur, faite.remede);
        return;
      }
      saisies.ecrire(champ, faite.nom);
      await atelier.brouillon.garderImage(faite);
      await montrer();
      change();
      dire(faite.dit || 'Image prête.');
      const alt = form.querySelector('[data-chemin="image.alt"] input, [data-chemin="image.alt"] textarea');
      if (alt && !alt.value && !alt.closest('[hidden]')) alt.focus();
    } catch (raison) {
      console.error(raison);
      phrase('l’image n’a pas pu être préparée.', 'Recommencez, ou continuez sans image.');
    }
  }
  function perdue() {
    saisies.ecrire(champ);
    change();
    phrase('l’image de votre brouillon n’a pas été retrouvée dans ce navigateur.', 'Choisissez-la de nouveau.');
  }
  dans('[data-oter]').addEventListener('click', () => {
    saisies.ecrire(champ);
    atelier.brouillon.garderImage(null);
    dans('input[type=file]').value = '';
    montrer();
    change();
    dire('Image retirée.');
    dans('input').focus();
  });
  form.addEventListener('rempli', montrer);
  return { prendre, montrer, perdue };
}
