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
    const [seule = ''] = phrases, liste = () => creer('ul', {}, ...phrases.map((une) => creer('li', {}, une)));
    const note = creer('div', { class: 'message rempli', tabindex: '-1' },
      phrases.length > 1 ? liste() : creer('p', {}, seule));
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
    if (!seul && (entete.debut || entete.seances || entete.horaires)) {
      for (const cle of ['debut', 'fin', 'seances', 'horaires']) delete base[cle];
    }
    if (!seul && (entete.lieu || entete.adresse)) for (const cle of ['lieu', 'adresse', 'salle']) delete base[cle];
    const { valeurs, horsFichier } = versForm({ ...base, ...entete }, genre);
    saisies.poserHors(form, horsFichier);
    saisies.remplir(form, valeurs, corps || (seul ? '' : ecrit), lignes.ajuster);
    // A choice shows some fields: those are filled once they are there.
    atelier.rafraichir();
  }

  async function coller(source) {
    const dit = coin ?? form, ouvrir = document.querySelector('#Coller [data-ouvrir][aria-expanded=false]');
    ouvrir?.click();
    const enTexte = typeof source === 'string' || (/\.json$/i.test(source.name) && source.size < POIDS);
    try {
      const texte = enTexte ? await new Response(source).text() : '';
      if (texte.includes('"brouillon":1')) {
        const repris = await atelier.brouillon.importer(texte);
        raconter(dit, [repris ? 'Votre brouillon est revenu.' : 'Ce brouillon est celui d’un autre formulaire.']);
      } else if (texte.startsWith('{"entete":')) {
        const { entete, corps } = JSON.parse(texte), pris = ['Le formulaire est rempli de votre message.'];
        await prendre(dit, { entete: Object(entete), corps: String(corps), pris, laisse: [] });
      } else await prendre(dit, await (await charger('coller')).lire(source, atelier));
    } catch (raison) {
      console.error(raison);
      raconter(dit, ['Ce qui est collé n’a pas pu être lu : remplissez le formulaire à la main.']);
    }
  }
  async function prendre(dit, lu) {
    const avant = atelier.brouillon.photographier();
    if (!lu.corps && !Object.keys(lu.entete).length) return raconter(dit, lu.laisse);
    await poser(lu.entete, lu.corps);
    return raconter(dit, [...lu.pris, ...lu.laisse], avant);
  }

  // A title that changes leaves the address of the page as it is, and says so.
  function veiller() {
    const { chemin, avant } = atelier.origine ?? {}, champ = form.querySelector('[data-chemin=titre]');
    if (!chemin || !champ) return;
    const nom = chemin.replace(/(?:\/index)?\.md$/, '').split('/').at(-1);
    const note = creer('p', { class: 'aide', role: 'status' });
    const suivre = () => {
      note.textContent = saisies.lire(champ) === avant?.entete?.titre ? ''
        : `L’adresse de la page ne change pas (…/${nom}/) : les liens déjà donnés y mènent encore.`;
    };
    champ.append(note);
    champ.addEventListener('change', suivre);
    suivre();
  }
  async function reprendre() {
    if (atelier.brouillon.repris) return void veiller(); // the draft of this very content comes first
    try {
      const lu = await (await charger('reprise'))
        .reprendre(location.search, form, (nom) => atelier.donnees('fichiers', nom));
      if (!lu) return;
      const { entete, corps, mode, chemin, horaires, dit, avant } = lu;
      const debut = entete.debut ?? entete.seances?.[0]?.debut ?? '';
      atelier.origine = { mode, chemin, debut, image: entete.image?.fichier ?? '', avant };
      await poser(entete, corps, true);
      if (form.querySelector('[data-grille]')) (await atelier.lancer('grille'))?.remplir(horaires);
      veiller();
      const ici = creer('div');
      document.getElementById('Brouillon').after(ici);
      raconter(ici, [dit || 'Le formulaire est rempli.'].flat());
    } catch (raison) {
      console.error(raison);
      dire('Le contenu à reprendre n’a pas été trouvé : il n’est pas publié, ou la connexion manque.');
    }
  }
  return { coller, reprendre };
}
