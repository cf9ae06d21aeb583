// Fills the form from elsewhere: what is pasted or dropped in « Coller », a content of the portal
// that is taken again or mended, a draft that was kept as a file. What was typed is never lost: what
// is filled can be taken back.
const POIDS = 5_000_000;

export async function lancer(atelier) {
  const { form, genre, charger, bouton, creer, dire, saisies } = atelier;
  const lignes = await atelier.lancer('lignes'), coin = document.querySelector('#Coller [data-bilan]');

  // What it says, then a way back.
  function raconter(ou, phrases, avant) {
    ou.querySelector('.rempli')?.remove();
    const note = creer('div', { class: 'message rempli', tabindex: '-1' },
      ...(phrases.length > 1 ? [creer('ul', {}, ...phrases.map((une) => creer('li', {}, une)))] : [creer('p', {}, phrases[0] ?? '')]));
    const retour = bouton('Revenir à ce qui était écrit', 'bouton second', () => {
      atelier.brouillon.etablir(avant);
      note.remove();
      dire('Ce qui était écrit est revenu.');
      form.querySelector('input, textarea')?.focus();
    });
    if (avant) note.append(creer('p', { class: 'actions' }, retour));
    ou.append(note);
    note.focus();
  }

  // `entete` over what the form already says: nothing else is emptied.
  async function poser(entete, corps, seul) {
    const { versForm } = await charger('evenement');
    const { valeur, corps: ecrit } = saisies.recueillir(form);
    const base = seul ? {} : { ...valeur };
    if (!seul && (entete.debut || entete.seances || entete.horaires)) for (const cle of ['debut', 'fin', 'seances', 'horaires']) delete base[cle];
    if (!seul && (entete.lieu || entete.adresse)) for (const cle of ['lieu', 'adresse']) delete base[cle];
    const { valeurs, horsFichier } = versForm({ ...base, ...entete }, genre);
    saisies.poserHors(form, horsFichier);
    saisies.remplir(form, valeurs, corps || (seul ? '' : ecrit), lignes.ajuster);
    // A choice shows some fields: those are filled once they are there.
    atelier.rafraichir();
  }

  async function coller(source) {
    const dit = coin ?? form, ouvrir = document.querySelector('#Coller [data-ouvrir][aria-expanded=false]');
    ouvrir?.click();
    try {
      if (source.size > POIDS) throw new RangeError('trop lourd');
      const texte = typeof source === 'string' ? source : /\.json$/i.test(source.name) ? await source.text() : null;
      if (texte?.includes('"brouillon":1') && await atelier.brouillon.importer(texte)) {
        raconter(dit, ['Votre brouillon est revenu.']);
        return;
      }
      await prendre(dit, await (await charger('coller')).lire(source, atelier));
    } catch (raison) {
      console.error(raison);
      raconter(dit, [raison instanceof RangeError ? 'Ce fichier est trop lourd pour être lu ici (5 Mo au plus).' : 'Ce qui est collé n’a pas pu être lu : remplissez le formulaire à la main.']);
    }
  }
  const seul = (entete, corps) => poser(entete, corps, true);
  const rappeler = async () => (await atelier.lancer('plusieurs'))?.rappeler(seul);
  // Several are a list where some are checked; elsewhere, one is chosen by a press.
  async function prendre(dit, lu) {
    const avant = atelier.brouillon.photographier();
    const liste = lu?.choix?.length && ['evenement', 'lieu', 'ressource'].includes(genre) && await atelier.lancer('plusieurs');
    if (liste) {
      dit.querySelector('.rempli')?.remove();
      await liste.proposer(lu, seul);
      return;
    }
    if (lu?.choix?.length) {
      raconter(dit, lu.laisse ?? []);
      const note = dit.querySelector('.rempli');
      note.append(...lu.choix.map((un) => bouton(un.dit, 'geste', async () => prendre(dit, await un.lire()))));
      return;
    }
    if (!lu || (!Object.keys(lu.entete ?? {}).length && !lu.corps)) {
      raconter(dit, lu?.laisse?.length ? lu.laisse : ['Rien de reconnu dans ce qui est collé.']);
      return;
    }
    await poser(lu.entete, lu.corps);
    raconter(dit, [...lu.pris ?? [], ...lu.laisse ?? []], avant);
  }

  // A title that changes leaves the address of the page as it is, and says so.
  function veiller(titre, chemin) {
    const champ = form.querySelector('[data-chemin=titre]'), nom = chemin.replace(/(?:\/index)?\.md$/, '').split('/').at(-1);
    const note = creer('p', { class: 'aide', role: 'status' });
    champ?.append(note);
    champ?.addEventListener('change', () => {
      note.textContent = saisies.lire(champ) === titre ? ''
        : `L’adresse de la page ne change pas (…/${nom}/) : les liens déjà donnés y mènent encore.`;
    });
  }
  async function reprendre() {
    if (atelier.brouillon.repris) return; // the draft of this very content comes first
    try {
      const lu = await (await charger('reprise')).reprendre(location.search, form);
      if (!lu) return;
      const { entete, corps, mode, chemin, dit } = lu;
      const debut = entete.debut ?? entete.seances?.[0]?.debut ?? '';
      atelier.origine = { mode, chemin, debut, image: entete.image?.fichier ?? '' };
      await poser(entete, corps, true);
      if (chemin) veiller(entete.titre, chemin);
      const ici = creer('div');
      document.getElementById('Brouillon').after(ici);
      raconter(ici, [dit || 'Le formulaire est rempli.'].flat());
    } catch (raison) {
      console.error(raison);
      dire('Le contenu à reprendre n’a pas pu être lu. Vérifiez la connexion, puis rechargez la page.');
    }
  }
  return { coller, reprendre, rappeler };
}
