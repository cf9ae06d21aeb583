// Names completed from what the site already knows: places, structures, communes, contents.
// The combobox is the one of the search field, which every page has.
const { NB, apres, bouton, cache, cle, compter } = await import(document.querySelector('[data-commun]').dataset.commun);
const { completer, proches } = await import(document.querySelector('[data-champ]').dataset.champ);
const pres = await import(new URL('facettes-pres.js', import.meta.url));

// The landmarks of a folder; of one that is cut by days (files.py), those of some.
export async function reperes(donnees, dossier, [du, au] = ['', '9']) {
  const { lignes, suite = [] } = await donnees('reperes', `${dossier}.json`);
  const jours = suite.filter((jour, rang) => jour <= au && (suite[rang + 1] ?? '9') > du);
  const lues = await Promise.all(jours.map((jour) => donnees('reperes', `${dossier}/${jour}.json`)));
  return [lignes, ...lues.map((une) => une.lignes)].flat();
}

export function lancer({ form, creer, dire, donnees, jour, uneFois, saisies }) {
  const branches = new WeakSet(), { region } = JSON.parse(form.dataset.adresses);
  const dossiers = (champ) => (champ.dataset.references ?? '').split(/[ ,]+/).filter(Boolean);
  const changer = (champ) => champ.querySelector('input').dispatchEvent(new Event('change', { bubbles: true }));

  // [title, folder, slug, precision], for all folders that a field names.
  async function lireConnus(champ, jours) {
    // A folder that has no landmarks takes nothing from the others.
    const absent = ({ cause }) => (cause === 404 ? [] : Promise.reject(cause));
    const lus = await Promise.all(dossiers(champ).map(async (dossier) =>
      (await reperes(donnees, dossier, jours).catch(absent)).map(([slug, titre, precision]) =>
        [titre, dossier, 'avecDossier' in champ.dataset ? `${dossier}/${slug}` : slug, precision])));
    return lus.flat();
  }
  // Read once: the key of each name is kept on it.
  const lues = new Map();
  const connus = (champ, jours) => uneFois(
    lues, [champ.dataset.references, 'avecDossier' in champ.dataset, jours].join(), () => lireConnus(champ, jours));
  // What is found among what is near in time, a year ago, at last among all.
  const PROCHES = [[0, 31], [-380, -330]].map((ecarts) => ecarts.map((jours) => apres(jour, jours)));
  async function parmi(champ, garder) {
    for (const jours of [...PROCHES, undefined]) {
      const gardes = garder(await connus(champ, jours));
      if (gardes.length || !jours) return gardes;
    }
  }
  const nomme = (champ, nom) => parmi(champ, (tous) => tous.filter(([, , slug]) => slug === nom));
  // The slug of who is named so, if only one is.
  async function trouver(champ, texte) {
    const sa = cle(texte);
    const memes = await parmi(champ, (tous) => tous.filter(([titre, , slug]) => slug === texte || cle(titre) === sa));
    return memes.length === 1 ? memes[0] : memes.find(([, , slug]) => slug === texte);
  }

  function trouve(champ, [, dossier, , precision] = []) {
    const note = champ.querySelector('[data-trouve]');
    if (!note) return;
    note.hidden = !dossier;
    const ou = dossier === 'lieux' ? '✓ Dans l’annuaire' : '✓ Sur le portail';
    const suite = champ.dataset.chemin === 'lieu' ? ' L’adresse, la carte et l’accès sont repris de sa fiche.' : '';
    if (dossier)
      note.replaceChildren(
        creer('b', {}, `${ou}${NB}:`),
        ` ${precision || champ.querySelector('input').value}.${suite}`,
      );
  }
  function choisir(champ, une) {
    const controle = champ.querySelector('input');
    if (champ.dataset.saisie === 'references') {
      retenir(champ, une[2], une[0]);
      return;
    }
    controle.value = une[0];
    champ.dataset.valeur = une[2];
    trouve(champ, une);
    changer(champ);
  }

  // Those that were chosen, each with its way out.
  const retenus = (champ) => JSON.parse(champ.dataset.retenus ?? '[]');
  function retenir(champ, nom, titre) {
    const controle = champ.querySelector('input');
    delete champ.dataset.valeur;
    controle.value = '';
    champ.dataset.retenus = JSON.stringify([...retenus(champ).filter(([un]) => un !== nom), [nom, titre]]);
    dessiner(champ);
    dire(`${titre} : ajouté.`);
    changer(champ);
  }
  function dessiner(champ) {
    const liste = champ.querySelector('[data-choisis]');
    liste.replaceChildren(...retenus(champ).map(([nom, titre]) => {
      const retirer = bouton(['Retirer', cache(` ${titre}`)], 'nu', () => {
        champ.dataset.retenus = JSON.stringify(retenus(champ).filter(([un]) => un !== nom));
        dessiner(champ);
        dire(`${titre} : retiré.`);
        champ.querySelector('input').focus();
        changer(champ);
      });
      return creer('li', {}, titre, ' ', retirer);
    }));
    liste.hidden = !liste.children.length;
  }

  // The place is in no directory: its name goes with its address.
  function ailleurs(champ, texte) {
    const nom = form.querySelector('[data-chemin="adresse.nom"]'),
      commune = form.querySelector('[data-chemin="adresse.commune"]');
    saisies.ecrire(champ, '');
    trouve(champ);
    const coche = form.querySelector('[data-hors=ailleurs]');
    if (coche) saisies.ecrire(coche, 'true');
    if (nom && texte.trim()) saisies.ecrire(nom, texte.trim());
    const pli = nom?.closest('details');
    if (pli && texte.trim()) pli.open = true;
    changer(champ);
    (commune ?? nom)?.querySelector('input').focus();
    dire('Écrivez la commune ; le nom du lieu est gardé avec l’adresse.');
  }

  // A place that no list knows: why its address is asked.
  function manque(champ) {
    const note = champ.querySelector('[data-trouve]');
    if (!note) return;
    note.textContent = 'Ce lieu n’est pas dans l’annuaire : gardez son nom, et donnez la commune ci-dessous.';
    note.hidden = false;
    form.dispatchEvent(new Event('juge'));
  }
  // A name written in full is as good as chosen.
  async function finir(champ) {
    const controle = champ.querySelector('input'), texte = controle.value.trim();
    if (champ.dataset.saisie === 'commune' || !texte || champ.dataset.valeur) return;
    const une = await trouver(champ, texte).catch(() => null),
      meme = controle.value.trim() === texte && !champ.dataset.valeur;
    // Its address stays in sight: what moves once a field is left loses a press.
    if (une && meme) {
      champ.dataset.ecrit = '';
      choisir(champ, une);
    }
    else if (une === undefined && meme && champ.dataset.chemin === 'lieu') manque(champ);
  }
  const finirTout = () => Promise.all([...form.querySelectorAll('[data-saisie^=reference]')].map(finir));

  function brancher(champ) {
    if (branches.has(champ)) return;
    branches.add(champ);
    const controle = champ.querySelector('input'), commune = champ.dataset.saisie === 'commune';
    if (!controle || (!commune && !dossiers(champ).length)) return;
    const liste = champ.querySelector('[role=listbox]');
    const { chercher, fermer } = completer({
      champ: controle,
      liste,
      dire: ({ length }) => dire(length ? `${compter(length, 'proposition')} ci-dessous` : 'Aucune proposition'),
      async proposer(texte) {
        if (!cle(texte)) return [];
        try {
          if (commune) return region ? pres.proposer(await pres.communes(region), texte) : [];
          const trouvees = await parmi(champ, (tous) => proches(tous, texte));
          return champ.dataset.chemin === 'lieu' ? [...trouvees, null] : trouvees;
        } catch {
          dire('Les propositions n’ont pas pu être lues : écrivez le nom en entier.');
          return [];
        }
      },
      dessiner: (une) =>
        une
          ? [creer('span', {}, une[0]), creer('small', {}, commune ? `${une[2][0]} · ${une[1]}` : (une[3] ?? ''))]
          : ['Aucun de ces lieux : écrire l’adresse'],
      prendre(une) {
        const texte = controle.value;
        fermer();
        if (!une) ailleurs(champ, texte);
        else if (commune) {
          [controle.value] = une;
          changer(champ);
        } else {
          delete champ.dataset.ecrit;
          choisir(champ, une);
        }
      },
    });
    controle.addEventListener('input', () => {
      if (!champ.dataset.valeur) return;
      delete champ.dataset.valeur;
      delete champ.dataset.ecrit;
      trouve(champ);
    });
    // Not at once: what moves under a finger that presses loses its press.
    controle.addEventListener('blur', () => setTimeout(finir, 300, champ));
    controle.addEventListener('keydown', async (evenement) => {
      if (
        evenement.key !== 'Enter' ||
        champ.dataset.saisie !== 'references' ||
        controle.hasAttribute('aria-activedescendant')
      )
        return;
      const texte = controle.value.trim();
      if (!texte) return;
      const une = await trouver(champ, texte).catch(() => null);
      if (controle.value.trim() === texte) retenir(champ, une?.[2] ?? texte, une?.[0] ?? texte);
    });
    if (champ.dataset.saisie === 'references') dessiner(champ);
    if (document.activeElement !== controle) finir(champ);
    else if (controle.value && !champ.dataset.valeur) chercher();
  }

  // Titles instead of slugs, after the form was filled from a file.
  async function nommer() {
    for (const champ of form.querySelectorAll('[data-valeur], [data-retenus]')) {
      try {
        const { valeur } = champ.dataset, [une] = valeur ? await nomme(champ, valeur) : [];
        if (une) {
          [champ.querySelector('input').value] = une;
          trouve(champ, une);
        }
        if (champ.dataset.saisie !== 'references') continue;
        const lus = retenus(champ).map(async ([nom, titre]) => [nom, (await nomme(champ, nom))[0]?.[0] ?? titre]);
        champ.dataset.retenus = JSON.stringify(await Promise.all(lus));
        dessiner(champ);
      } catch { /* slugs stay, which are right */ }
    }
    for (const note of form.querySelectorAll('[data-trouve]')) if (!note.closest('[data-valeur]')) note.hidden = true;
  }
  return { brancher, nommer, finirTout };
}
