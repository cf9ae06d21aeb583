// What answers of the search look like: the sum, boxes and their counts, results, pages; what to
// try when nothing answers. Texts of contents and of readers only ever become texts.
const AUTOUR = 2, ESSAIS = 3; // pages on each side; filters, words tried without
const LOT = 15, PREMIERES = 3; // results of a page; those whose cards are read at once
const QUAND = ['quand', 'Quand', [['avenir', 'À venir'], ['passe', 'Passé']]];
const FERMEES = ['public'];
const { NB, $, cache, chiffre, compter, creer, direJour, enfiler, etiquettes: marquer, insigne, lien, loin, modele,
  montrerActifs } = await import(document.querySelector('[data-commun]').dataset.commun);

// A pause: on a slow phone, an answer that is drawn at one go holds keys and fingers.
const souffler = () => globalThis.scheduler?.yield?.() ?? new Promise((fini) => { setTimeout(fini); });
const item = (...contenu) => creer('li', {}, ...contenu);
const compte = (nombre, nom = 'résultat') => (nombre ? compter(nombre, nom) : `Aucun${NB}${nom}`);
const cite = (texte) => `«${NB}${texte.length > 80 ? `${texte.slice(0, 79).trim()}…` : texte}${NB}»`;
const liste = (textes) => textes.map(cite).join(', ');
// `q` with other words, whatever their case.
const remplace = (q, paires) => paires.reduce((texte, [un, autre]) => {
  const ou = texte.toLowerCase().indexOf(un.toLowerCase());
  return ou < 0 ? texte : texte.slice(0, ou) + autre + texte.slice(ou + un.length);
}, q);

const morceaux = (textes) => textes.map(([texte, marque, penche]) => {
  const dedans = marque ? creer('mark', {}, texte) : texte;
  return penche ? creer('em', {}, dedans) : dedans;
});

// « jusqu’à 18 h », today; « dimanche 2 octobre, 10 h – 18 h ».
function ouvertLe({ jour, dites, des }, { dire, maintenant }) {
  const ici = jour === document.documentElement.dataset.auj;
  return ici ? dire(dites, Math.max(maintenant(), des)) : `${direJour(jour, { annee: false })}, ${dire(dites)}`;
}

export function preparer({ moteur, mots, extraire, adresse, aller }) {
  // The boxes: the territories in one group, intercommunalities folded.
  let noms = null; // key=code → label
  function boite(cle, code, texte) {
    const label = creer(
      'label', {}, creer('input', { type: 'checkbox', name: cle, value: code }), creer('span', {}, texte),
      creer('span', { class: 'q' }),
    );
    if (cle === 'theme') {
      label.className = `t-${code}`;
      label.firstChild.after(creer('i', { class: 'puce-t' }));
    }
    return item(label);
  }
  function groupe(cle, titre, corps) {
    const id = `Facette-${cle}`,
      bloc = creer(
        'details', { class: 'facette' }, creer('summary', {}, creer('h3', { id }, titre)),
        creer('div', { role: 'group', 'aria-labelledby': id }, ...corps),
      );
    bloc.open = !FERMEES.includes(cle);
    return bloc;
  }
  function facettes() {
    if (noms) return;
    const toutes = [...moteur.facettes, QUAND], corps = new Map();
    noms = new Map(toutes.flatMap(([cle, , valeurs]) => valeurs.map(([code, nom]) => [`${cle}=${code}`, nom])));
    for (const [cle, titre, valeurs] of toutes) {
      const ul = creer('ul', {}, ...valeurs.map(([code, nom]) => boite(cle, code, nom)));
      const avant = corps.get('departement');
      if (cle === 'epci' && avant) avant[1].push(creer('details', {}, creer('summary', {}, 'Intercommunalités'), ul));
      else corps.set(cle, [cle === 'departement' ? 'Territoire' : titre, [ul]]);
    }
    $('Facettes').replaceChildren(...[...corps].map(([cle, [titre, dedans]]) => groupe(cle, titre, dedans)));
  }
  // Values that nothing has are not offered, unless the reader is on them.
  function compter({ filtres }, nombres) {
    for (const champ of $('Filtrage').querySelectorAll('[type=checkbox]')) {
      const nombre = nombres.get(`${champ.name}=${champ.value}`) ?? 0, li = champ.closest('li');
      champ.checked = Boolean(filtres.get(champ.name)?.has(champ.value));
      li.querySelector('.q').textContent = chiffre(nombre);
      li.hidden = !nombre && !champ.checked && champ !== document.activeElement;
    }
    for (const bloc of $('Facettes').querySelectorAll('details')) bloc.hidden = !bloc.querySelector('li:not([hidden])');
  }

  // On a phone, boxes are folded: they are drawn once they are looked at.
  const pli = $('Filtrage').querySelector('details'), large = matchMedia('(min-width: 62.01em)');
  let derniere = null;
  const voir = async () => {
    if (!derniere || !(pli.open || large.matches)) return;
    const ici = derniere, { nombres } = await moteur.chercher({ ...ici, compter: true }).catch(() => ({}));
    if (ici !== derniere || !nombres) return;
    facettes();
    compter(ici, nombres);
  };
  pli.addEventListener('toggle', voir);
  large.addEventListener('change', voir);

  const garder = ({ filtres }, bon) =>
    new Map(
      [...filtres]
        .map(([cle, codes]) => [cle, new Set([...codes].filter((code) => bon(cle, code)))])
        .filter(([, codes]) => codes.size),
    );
  const sansUn = (etat, cle, code) => ({
    ...etat, page: 1, filtres: garder(etat, (une, un) => une !== cle || un !== code),
  });
  const choisis = ({ filtres }) => [...filtres].flatMap(([cle, codes]) => [...codes].map((code) => [cle, code]));
  function actifs(etat) {
    montrerActifs(
      choisis(etat).map(([cle, code]) => [noms.get(`${cle}=${code}`), () => aller(sansUn(etat, cle, code))]),
      () => $('Resultats').querySelector('h2'),
    );
    $('Ordre').value = etat.tri === 'date' ? 'date' : '';
  }

  // The sum; what was corrected, or left out. Returns what is to be told.
  function bilan(etat, reponse) {
    const { corrige = [], sans = [], partiels = 0, vides, compris = [], services = [] } = reponse;
    const { tus, inconnus, jamais, visite } = reponse;
    const trouves = reponse.total, total = trouves + services.length;
    const aussi = [], q = remplace(etat.q, corrige), somme = compte(total, etat.q ? 'résultat' : 'contenu');
    const pour = `${q && ` pour ${cite(q)}`}${!total && etat.filtres.size ? ' avec ces filtres' : ''}.`;
    if (compris.length) aussi.push(`Compris${NB}: ${compris.join(', ')}.`);
    if (tus) aussi.push(`Âge non précisé (${tus})${NB}: après les autres.`);
    const suite = inconnus < trouves ? 'après les autres' : 'à vérifier avant de partir';
    if (inconnus) aussi.push(`Horaires inconnus (${inconnus})${NB}: ${suite}.`);
    if (jamais) aussi.push(`${visite ? 'Aucune fiche ne dit ouvert' : 'Rien'} ${jamais}${NB}: voici le reste.`);
    if (corrige.length) aussi.push(`Rien pour ${liste(corrige.map(([un]) => un))}${NB}: nous avons corrigé.`);
    if (trouves && sans.length)
      aussi.push(
        `Rien pour ${liste(sans)}${NB}: nous ${sans.length > 1 ? 'les avons laissés' : 'l’avons laissé'} de côté.`,
      );
    else if (trouves && partiels === trouves)
      aussi.push(compris.length || jamais ? `Rien n’a tout ce sujet${NB}: voici ce qui en parle.`
        : `Rien ne contient tous ces mots${NB}: voici ce qui en contient le plus.`);
    if (vides) aussi.push('Ajoutez un mot qui dise de quoi il s’agit.');
    const meta = creer('span', { class: 'meta' }, aussi.join(' '));
    if (corrige.length || compris.length)
      meta.append(' ', lien(`Chercher ${cite(etat.q)} quand même`, adresse({ ...etat, page: 1, exact: true })));
    $('Bilan').replaceChildren(creer('b', {}, somme), pour, ...(aussi.length ? [' ', meta] : []));
    return [somme + pour, ...aussi].join(' ');
  }
  function proches(etat, { proches: autres = [] }) {
    $('Proches').hidden = !autres.length;
    $('Proches').lastElementChild.replaceChildren(...autres.map((texte) =>
      item(lien(texte, adresse({ ...etat, q: texte, page: 1, exact: false }), 'puce'))));
  }

  // One content, in a copy of its model.
  function remplir(bloc, fiche, marques) {
    const [exemple, parts] = insigne(fiche.titre);
    const { titre, extrait } = extraire({ ...fiche, titre: parts }, marques, mots), meta = bloc.querySelector('.meta');
    if (fiche.theme) bloc.classList.add(`t-${fiche.theme}`);
    const a = bloc.querySelector('h3 a'), texte = bloc.querySelector('.extrait');
    a.href = fiche.url;
    a.replaceChildren(...morceaux(titre));
    texte.append(...morceaux(extrait));
    const { auj } = document.documentElement.dataset, { fin: [fin, finie] = [] } = fiche;
    const venir = (fiche.agenda ?? []).filter((jour) => jour >= auj).length;
    const etiquettes = [...fiche.etiquettes ?? [], ...fin < auj ? [[finie, 'passe']] : []];
    const dits = [fiche.meta, fiche.ouvert, loin(fiche.km), venir && `${compte(venir, 'événement')} à venir`];
    meta.append(...enfiler(dits.filter(Boolean).join(' · ')), ...exemple, ...marquer(etiquettes));
    for (const un of [texte, meta]) if (!un.textContent) un.remove();
    return bloc;
  }
  function resultat(fiche, marques) {
    const bloc = remplir(modele('resultat'), fiche, marques);
    bloc
      .querySelector('.sorte')
      .append(fiche.sorte ?? '', ' ', ...(fiche.petit ? [creer('small', {}, fiche.petit)] : []));
    return bloc;
  }
  function premier(fiche, marques) {
    const bloc = remplir(modele('premier'), fiche, marques), actions = bloc.querySelector('.actions');
    bloc.querySelector('.sur').append(fiche.sur ?? fiche.sorte ?? '');
    actions.append(...(fiche.actions ?? []).map(([texte, ou]) => lien(texte, ou, 'bouton second')));
    if (!actions.textContent) actions.remove();
    if (fiche.image)
      bloc.append(creer('div', { class: 'vis' },
        creer('img', { alt: '', width: 640, height: 400, loading: 'lazy', src: fiche.image })));
    return bloc;
  }
  const tete = (texte, classe = 'visually-hidden') => creer('h2', { class: classe, tabindex: -1 }, texte);
  async function dessiner(etat, fiches, marques, pages) {
    const meilleur = etat.page === 1 && etat.q && etat.tri !== 'date' && fiches.length > 0;
    const lignes = creer('ol', {}), noeuds = [];
    for (const une of fiches.slice(Number(meilleur))) {
      lignes.append(resultat(une, marques));
      await souffler();
    }
    if (meilleur) noeuds.push(tete('Meilleur résultat'), premier(fiches[0], marques));
    if (lignes.children.length) {
      const page = etat.page > 1 && tete(`Page ${etat.page} sur ${pages}`, 'page-rech');
      noeuds.push(page || tete(meilleur ? 'Autres résultats' : 'Résultats'), lignes);
    }
    return [...noeuds, ...pagination(etat, pages)];
  }
  function pagination(etat, pages) {
    if (pages < 2) return [];
    const vers = (page, texte) => item(lien(texte, adresse({ ...etat, page })));
    const suite = (page, texte) => vers(page, [texte, cache(`${NB}: page ${page}`)]);
    const points = () => creer('li', { class: 'points', 'aria-hidden': 'true' }, '…');
    const liens = etat.page > 1 ? [suite(etat.page - 1, 'Précédente')] : [];
    let avant = 0;
    for (let page = 1; page <= pages; page += 1) {
      if (page > 1 && page < pages && Math.abs(page - etat.page) > AUTOUR) continue;
      if (page - avant > 1) liens.push(points());
      avant = page;
      const un = vers(page, [cache('Page '), `${page}`]);
      if (page === etat.page) un.firstChild.setAttribute('aria-current', 'page');
      liens.push(un);
    }
    if (etat.page < pages) liens.push(suite(etat.page + 1, 'Suivante'));
    return [creer('nav', { class: 'pagination', 'aria-label': 'Pages de résultats' }, creer('ul', {}, ...liens))];
  }

  // Nothing: how many there are without each filter, with each word alone.
  async function essayer(etat, bloc, perime) {
    const filtres = choisis(etat), essais = filtres.slice(0, ESSAIS).map(([cle, code]) =>
      [`Sans ${cite(noms.get(`${cle}=${code}`))}`, sansUn(etat, cle, code)]);
    if (filtres.length > 1) essais.push(['Sans aucun filtre', { ...etat, filtres: new Map() }]);
    const seuls = etat.q.split(/[\s"«»“”]+/).filter((mot) => mot.length > 2).slice(0, ESSAIS);
    if (seuls.length > 1)
      for (const mot of seuls) essais.push([`${cite(mot)} seulement`, { ...etat, q: mot, exact: false }]);
    for (const [texte, autre] of essais) {
      const { total } = await moteur.chercher(autre);
      if (perime()) return;
      if (total)
        bloc.querySelector('ul').append(item(lien(`${texte}${NB}: ${compte(total)}`, adresse({ ...autre, page: 1 }))));
    }
  }
  // The other cards, once the first are drawn: all are there for who looks for a word, prints, listens.
  async function suivre(lignes, reste, { lire, marques, perime, echec }) {
    if (!reste.length || !lignes) return;
    await new Promise(globalThis.requestIdleCallback ?? setTimeout);
    if (perime()) return;
    const fiches = await lire(reste).catch(echec);
    if (!perime() && fiches) lignes.append(...fiches.map((fiche) => resultat(fiche, marques)));
  }
  // Draws what answers `demande`, a whole page if `entier`; returns what is to be told. `perime()`:
  // something else was asked; `echec()`: cards did not arrive.
  async function repondre(demande, { enCours, perime, entier, echec }) {
    const reponse = await moteur.chercher({ ...demande, enCours, compter: pli.open || large.matches });
    await souffler();
    if (perime()) return '';
    if (reponse.nombres) facettes();
    const { total, numeros, nombres, marques, services = [], km, heures } = reponse;
    const pages = Math.ceil(total / LOT);
    const filtres = garder(demande, (cle, code) => noms.has(`${cle}=${code}`));
    const etat = { ...demande, filtres, page: Math.max(Math.min(demande.page, pages), 1) };
    const debut = (etat.page - 1) * LOT, ici = numeros.slice(debut, debut + LOT);
    const lire = async (rangs) => {
      const dites = Array.from(rangs, (un) => heures?.get(un)), ouverts = dites.some(Boolean)
        && await import(new URL('ouverts.js', import.meta.url));
      return (await moteur.fiches(rangs)).map((fiche, rang) =>
        ({ ...fiche, km: km?.get(rangs[rang]), ouvert: dites[rang] && ouvertLe(dites[rang], ouverts) }));
    };
    const premieres = entier ? LOT : PREMIERES, lues = await lire(ici.slice(0, premieres));
    const fiches = etat.page === 1 ? [...services, ...lues] : lues;
    const bloc = fiches.length ? null : modele('vide');
    const noeuds = bloc ? [bloc] : await dessiner(etat, fiches, marques, pages);
    if (perime()) return '';
    if (nombres) compter(etat, nombres);
    derniere = { ...etat, enCours };
    actifs(etat);
    proches(etat, reponse);
    $('Voir').textContent = total ? `Voir ${total > 1 ? 'les ' : 'le '}${compte(total)}` : 'Voir ce qui s’en approche';
    const texte = bilan(etat, reponse);
    $('Trouve').hidden = false;
    $('Resultats').replaceChildren(...noeuds);
    suivre($('Resultats').querySelector('ol'), ici.slice(premieres), { lire, marques, perime, echec });
    if (bloc) essayer(etat, bloc, perime).catch(() => {}); // what does not arrive is not proposed
    await souffler(); // what follows asks where things are
    return texte;
  }
  return { repondre };
}
