// The engine of filters: it knows rows, their values and their communes, not what they tell. What a
// row looks like, and when it takes place, is the business of the module at `data-rendu`.
// features/services/facettes says the format of the data and the words of addresses.
const ADRESSE = 0, TITRE = 1, VALEURS = 5, COMMUNE = 6;
const LOT = 60, VUES = 12; // lines drawn at once; those that a screen shows
const PERDUE = 'La suite n’a pas pu être lue. Vérifiez la connexion. ';
const RAYON = 20, RAYON_MAX = 200;
const {
  NB, $, creer, direJour, lien: lier, lire: lireJson, loin, modele, montrerActifs, titrer,
} = await import(document.querySelector('[data-commun]').dataset.commun);

// The days of a period that one asks for.
const DITS = new Map([['du', 'à partir du'], ['au', 'jusqu’au']]);
const estJour = (texte) => /^\d{4}-\d\d-\d\d$/.test(texte) && !Number.isNaN(Date.parse(texte));
// Without a limit, addresses say 0.
const ecrit = (rayon) => (rayon < Infinity ? rayon : 0);

export async function lancer(form, { lire, adresse, surListe }) {
  const [donnees, rendu] = await Promise.all([lireJson(form.dataset.donnees), import(form.dataset.rendu)]);
  const auj = document.documentElement.dataset.auj;
  const venir = donnees.suite?.length
    ? (await import(new URL('facettes-suite.js', import.meta.url))).lancer(donnees, form.dataset.donnees) : null;
  const preparer = () => rendu.preparer(donnees, auj, form, venir);
  let liste = await preparer();
  const lot = liste.lot ?? LOT;
  const resultats = $('Resultats'), origine = [...resultats.childNodes];
  const entete = $('Compte'), dit = entete?.textContent;
  const titre = document.querySelector('.page-tete h1'), nom = titre.textContent, onglet = document.title;
  const perime = !('restent' in resultats.dataset) && [...resultats.querySelectorAll('[data-jour], [data-fin]')]
    .some(({ dataset }) => (dataset.jour ?? dataset.fin) < auj);
  const champs = [...form.elements].filter(({ name, type }) => name && /checkbox|radio/.test(type));

  // Each value has a rank, and the key of its facet.
  const paires = donnees.facettes.flatMap(([cle, valeurs]) => valeurs.map(([code]) => [cle, `${cle}=${code}`]));
  const cles = paires.map(([cle]) => cle), rangs = new Map(paires.map(([, nom], rang) => [nom, rang]));

  // Where « près de » is, how far each commune; the module that completes names knows places.
  let pres = null, lieu = null;
  async function situer(demande) {
    const nom = demande.get('pres');
    if (!nom || !form.dataset.communes) return [null, ''];
    pres ??= await import(form.dataset.pres);
    const commune = await pres.trouver(form, nom, donnees.communes);
    if (!commune) return [null, `Aucune commune de la région ne s’appelle «${NB}${nom}${NB}». `];
    const choix = form.elements.rayon,
      dit = Number.parseInt(demande.get('rayon') ?? choix.querySelector('[selected]').value, 10);
    const partout = dit === 0 && choix.querySelector('[value="0"]');
    const rayon = partout ? Infinity : Math.min(Math.max(dit || RAYON, 1), RAYON_MAX);
    const km = donnees.communes.map((une) => pres.distance(commune, une));
    // Rows that are nowhere come last.
    const a = (ligne) => km[ligne[COMMUNE]] ?? 1e6;
    return [{ ...commune, rayon, km, plusPres: (une, autre) => a(une) - a(autre) }, ''];
  }

  // What is asked, without what nobody knows.
  function comprendre(demande) {
    const compris = new URLSearchParams();
    for (const [cle, valeur] of demande) {
      const connu =
        rangs.has(`${cle}=${valeur}`) ||
        (DITS.has(cle) && form.elements[cle] && estJour(valeur)) ||
        liste.connait?.(cle, valeur);
      if (connu && !compris.getAll(cle).includes(valeur)) compris.append(cle, valeur);
    }
    if (lieu) {
      compris.set('pres', lieu.nom);
      compris.set('rayon', ecrit(lieu.rayon));
    }
    const tri = liste.tri ?? 'date';
    if (demande.get('tri') === tri) compris.set('tri', tri);
    return compris;
  }

  // What says nothing of it is not refused: « Âge non précisé ».
  const muet = (cle) => rangs.get(`${cle}=non-dit`);
  // What a row must pass, by key: the values chosen of each facet, when it takes place, how far.
  function conditions(demande) {
    const choisis = new Map();
    for (const [cle, valeur] of demande) {
      const rang = rangs.get(`${cle}=${valeur}`);
      if (rang !== undefined) choisis.set(cle, [...choisis.get(cle) ?? [], rang]);
    }
    const toutes = [...choisis].map(([cle, voulus]) =>
      ({ cle, passe: (ligne) => ligne[VALEURS].some((rang) => voulus.includes(rang) || rang === muet(cle)) }));
    if (lieu && ecrit(lieu.rayon))
      toutes.push({
        cle: 'pres', passe: (ligne) => lieu.km[ligne[COMMUNE]] <= lieu.rayon || liste.partout?.(ligne, lieu),
      });
    return [...toutes, ...liste.dimensions(demande)];
  }

  // What answers, and for each value how many would if it were chosen, its own facet left aside: a
  // row that one condition alone refuses counts for its facet. `sans`: how many each condition alone
  // refuses; `proche`: the nearest that is too far.
  function calculer(demande) {
    const toutes = conditions(demande), passent = toutes.filter(({ passe }) => passe);
    const choix = toutes.filter(({ valeurs }) => valeurs);
    const trouvees = [], sans = new Map(), nombres = new Map();
    const compter = (nom) => nombres.set(nom, (nombres.get(nom) ?? 0) + 1);
    const parRang = new Uint32Array(cles.length);
    let proche = null;
    for (const ligne of liste.lignes) {
      const refus = passent.filter(({ passe }) => !passe(ligne));
      if (refus.length > 1) continue;
      const qui = refus[0]?.cle;
      if (qui) sans.set(qui, (sans.get(qui) ?? 0) + 1);
      else trouvees.push(ligne);
      const km = lieu?.km[ligne[COMMUNE]];
      if (qui === 'pres' && km < (proche?.km ?? Infinity)) proche = { ligne, km };
      const compte = (cle) => (qui ?? cle) === cle && !liste.tait?.(ligne, cle, lieu);
      for (const rang of ligne[VALEURS]) if (compte(cles[rang])) parRang[rang] += 1;
      for (const { cle, valeurs } of choix)
        for (const [valeur, passe] of valeurs) if (compte(cle) && passe(ligne)) compter(`${cle}=${valeur}`);
    }
    for (const [nom, rang] of rangs) nombres.set(nom, parRang[rang]);
    return { trouvees, nombres, sans, proche };
  }

  // Each filter: its words, what is asked without it.
  function filtres(demande) {
    const paires = [...demande].filter(([cle]) => cle !== 'rayon' && cle !== 'tri');
    return paires.map(([cle, valeur]) => {
      const reste = new URLSearchParams([...demande].filter(([une, autre]) =>
        !(une === cle && autre === valeur) && !(cle === 'pres' && /^(rayon|tri)$/.test(une))));
      if (cle === 'pres')
        return {
          cle, reste,
          texte: `${ecrit(lieu.rayon) ? `à ${lieu.rayon}${NB}km` : 'au plus près'} ${pres.de(lieu.nom)}`,
        };
      if (DITS.has(cle))
        return { cle: 'quand', reste, texte: `${DITS.get(cle)} ${direJour(valeur, { semaine: false })}` };
      const champ = champs.find(({ name, value }) => name === cle && value === valeur);
      return { cle, reste, texte: champ?.parentNode.querySelector('span').textContent ?? valeur };
    });
  }

  // Nobody knows that there is nothing until all is read.
  function montrerNombres(demande, nombres) {
    for (const { name, value, checked, parentNode } of champs) {
      const nombre = nombres.get(`${name}=${value}`) ?? 0, q = parentNode.querySelector('.q');
      (q ?? parentNode.appendChild(creer('span', { class: 'q' }))).textContent = nombre || lue ? nombre || '' : 0;
      parentNode.classList.toggle('rien', !nombre && !checked && !lue);
    }
    for (const bouton of document.querySelectorAll('button[data-requete]')) {
      const [[cle, valeur]] = new URLSearchParams(bouton.dataset.requete);
      bouton.setAttribute('aria-pressed', demande.getAll(cle).includes(valeur));
    }
  }

  // The controls say what the address says.
  function synchroniser(demande) {
    for (const champ of champs) {
      champ.checked = champ.value ? demande.getAll(champ.name).includes(champ.value)
        : !['quand', 'du', 'au'].some((cle) => demande.has(cle));
    }
    const { elements } = form;
    for (const nom of ['du', 'au', 'tri', 'mot']) {
      const champ = elements[nom], dit = demande.get(nom) ?? '';
      if (champ && champ.value.trim() !== dit) champ.value = dit;
    }
    if (!elements.pres) return;
    elements.pres.value = lieu?.nom ?? '';
    if ($('Tri')) $('Tri').hidden = !lieu;
    if (!lieu) return;
    $('Commune').value = lieu.nom;
    const rayon = `${ecrit(lieu.rayon)}`;
    if (![...elements.rayon.options].some(({ value }) => value === rayon)) {
      elements.rayon.append(new Option(`${rayon}${NB}km`, rayon));
    }
    elements.rayon.value = rayon;
  }

  // Nothing: what was asked, the nearest that is too far, how many there are without each filter.
  function rien(actifs, { sans, proche }) {
    const bloc = modele('vide');
    const phrases = actifs.map(({ texte }) => texte).join(', '), meta = bloc.querySelector('.meta');
    bloc.firstElementChild.textContent = `${liste.compte(0)}${phrases && `${NB}: ${phrases}`}.`;
    if (proche) {
      const lien = meta.querySelector('a');
      lien.href = proche.ligne[ADRESSE];
      titrer(lien, proche.ligne[TITRE]);
      lien.nextSibling.textContent = `, ${loin(proche.km)}.`;
    } else meta.remove();
    // « ce week-end », when it is all that is asked besides where.
    const [seul, autre] = actifs.filter(({ cle }) => cle !== 'pres');
    const autour = !seul
      ? ''
      : autre || seul.cle !== 'quand'
        ? ' avec ces filtres'
        : ` ${seul.texte.charAt(0).toLowerCase()}${seul.texte.slice(1)}`;
    const issues = actifs.filter(({ cle }) => sans.has(cle))
      .sort((un, autre) => sans.get(autre.cle) - sans.get(un.cle)).slice(0, 3)
      .map(({ cle, texte, reste }) => [(cle === 'pres' && liste.ailleurs?.(sans.get(cle), autour))
        || `Sans «${NB}${texte}${NB}»${NB}: ${liste.compte(sans.get(cle))}`, reste]);
    if (actifs.length) issues.push(['Tout effacer', '']);
    bloc.querySelector('ul').replaceChildren(...issues.map(([texte, reste]) => {
      const lien = lier(texte, adresse(new URLSearchParams(reste)));
      lien.addEventListener('click', async (evenement) => {
        if (evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
        evenement.preventDefault();
        await changer(new URLSearchParams(reste));
        resultats.focus();
      });
      return creer('li', {}, lien);
    }));
    return bloc;
  }

  // Entries of the same group stand in one section, or in one list without a heading.
  let montrees = 0, entrees = [], groupe, ul, pied = null, lue = ''; // the last day read, where more follows
  function suite(jusque) {
    for (const entree of entrees.slice(montrees, jusque)) {
      const sien = liste.groupe?.(entree) ?? '', article = liste.article(entree, lieu);
      if (!ul || sien !== groupe) {
        const section = (sien !== '' && liste.section?.(sien)) || creer('ul', { class: 'lignes' });
        resultats.insertBefore(section, pied);
        [groupe, ul] = [sien, section.matches('ul') ? section : section.querySelector('ul')];
      }
      const item = article.matches('li') ? article : creer('li', {}, article);
      item.classList.add('entree');
      ul.append(item);
    }
    montrees = Math.min(jusque, entrees.length);
    liste.apres?.(montrees);
    dispatchEvent(new Event('lignes')); // etoile.js
    const reste = entrees.length - montrees;
    $('Suite').hidden = !reste && !lue;
    $('Suite').textContent = reste || !lue ? `Afficher la suite (${reste})`
      : `Chercher après le ${direJour(lue, { semaine: false })}`;
  }

  // Reads what some lines show, where it is apart; whether it is there.
  async function lues(lignes) {
    try {
      await liste.lire?.(lignes);
      return true;
    } catch {
      $('Statut').textContent = PERDUE;
      return false;
    }
  }
  // The whole list, drawn again. Below the screen, it is drawn once the answer is seen.
  async function dessiner(actifs, calcul, demande, combien, vite, tour) {
    if (liste.lire) {
      const premieres = liste.entrees(calcul.trouvees, demande, lieu).slice(0, combien), { proche } = calcul;
      if (!await lues(proche ? [...premieres, proche.ligne] : premieres) || tour !== tours) return false;
    }
    resultats.replaceChildren();
    [montrees, ul] = [0, null];
    entrees = liste.entrees(calcul.trouvees, demande, lieu, resultats);
    pied = liste.lignesDabord?.(demande) ? resultats.querySelector(':scope > .bloc') : null;
    if (!calcul.trouvees.length) resultats.append(rien(actifs, calcul));
    suite(vite ? Math.min(VUES, combien) : combien);
    if (vite) requestAnimationFrame(() => setTimeout(() => tour === tours && suite(combien)));
    return true;
  }

  // The title says what is asked, where the list knows how; the count is then said below, once.
  function nommer(demande) {
    if (!liste.titre) return;
    titre.textContent = demande || nom;
    document.title = demande ? onglet.replace(nom, demande) : onglet;
    if (entete) entete.hidden = Boolean(demande);
  }

  let actuelle = null, tours = 0, trouves = 0;
  async function appliquer(demande, { combien = lot, muet = false, vite = false, assez = 0 } = {}) {
    const tour = ++tours, voulus = Math.max(assez, combien > lot ? combien : VUES);
    let compris, calcul, inconnue, plus = false;
    do {
      if (plus) liste = await preparer();
      const [trouve, dit] = await situer(demande);
      if (tour !== tours) return null; // something else was asked since
      [lieu, inconnue] = [trouve, dit];
      compris = comprendre(demande);
      calcul = calculer(compris);
      plus = await venir?.lire(...liste.bornes(compris), calcul.trouvees.length >= voulus)
        .catch(() => { inconnue += PERDUE; });
    } while (plus);
    if (tour !== tours) return null;
    lue = liste.jusque?.(compris) ?? '';
    trouves = calcul.trouvees.length;
    synchroniser(compris);
    const actifs = filtres(compris);
    montrerActifs(actifs.map(({ texte, reste }) => [texte, () => changer(reste)]), () => resultats);
    montrerNombres(compris, calcul.nombres);
    actuelle = `${compris}`;
    const intact = !actuelle && !perime,
      compte = liste.compte(calcul.trouvees.length, compris, calcul.trouvees, lieu, pres);
    if (intact) {
      resultats.replaceChildren(...origine);
      liste.origine?.();
      $('Suite').hidden = true;
    } else if (!await dessiner(actifs, calcul, compris, combien, vite, tour)) return null;
    if (entete) entete.textContent = intact ? dit : compte;
    nommer(intact ? '' : liste.titre?.(compris, actifs, nom));
    $('Voir').textContent = calcul.trouvees.length ? `Voir ${compte}` : 'Voir ce qui s’en approche';
    $('Statut').textContent = inconnue + (intact && muet ? '' : liste.resume?.(calcul.trouvees, compris) ?? compte);
    pres?.autour(form, lieu);
    return compris;
  }

  // Words that are being typed make one step of the history.
  async function changer(demande, remplace = false) {
    if (!surListe) {
      location.assign(adresse(demande));
      return;
    }
    const avant = actuelle, compris = await appliquer(demande, { vite: true });
    if (compris && `${compris}` !== avant) history[remplace ? 'replaceState' : 'pushState']({}, '', adresse(compris));
  }

  $('Suite').addEventListener('click', async () => {
    const avant = resultats.querySelectorAll('.entree').length;
    if (montrees < entrees.length) {
      if (await lues(entrees.slice(montrees, montrees + lot))) suite(montrees + lot);
    } else await appliquer(lire(), { combien: montrees + lot, assez: trouves + VUES });
    history.replaceState({ montrees }, '');
    resultats.querySelectorAll('.entree a')[avant]?.focus();
  });
  $('Effacer').addEventListener('click', async () => {
    await changer(new URLSearchParams());
    resultats.focus();
  });
  if (surListe) {
    addEventListener('popstate', ({ state }) => {
      const demande = lire();
      if (`${demande}` !== actuelle) appliquer(demande, { combien: state?.montrees ?? lot });
    });
  }
  await appliquer(lire(), { combien: history.state?.montrees ?? lot, muet: true });
  return { changer };
}
