// What answers of the search look like: the sum, boxes and their counts, results, pages; what to
// try when nothing answers. Texts of contents and of readers only ever become texts.
const AUTOUR = 2, ESSAIS = 3; // pages on each side; filters, words tried without
// Results a page: fewer for a whole sentence, whose words already take many files.
const lotDe = (q) => (q.split(/\s+/).length > 6 ? 4 : 6);
const NB = '\u00a0', QUAND = ['quand', 'Quand', [['avenir', 'À venir'], ['passe', 'Passé']]];
const FERMEES = ['public'];

const $ = (id) => document.getElementById(id);
const cree = (nom, contenu = [], classe = '') => {
  const element = document.createElement(nom);
  element.append(...[contenu].flat());
  if (classe) element.className = classe;
  return element;
};
const lien = (texte, href, classe) => Object.assign(cree('a', texte, classe), { href });
const item = (...contenu) => cree('li', contenu);
const cache = (texte) => cree('span', texte, 'visually-hidden');
const modele = (nom) => $(`Modele-${nom}`).content.firstElementChild.cloneNode(true);

const chiffre = (nombre) => (nombre < 10_000 ? `${nombre}` : nombre.toLocaleString('fr-FR').replace(/\s/g, NB));
const compte = (nombre, nom = 'résultat') => `${nombre ? chiffre(nombre) : 'Aucun'}${NB}${nom}${nombre > 1 ? 's' : ''}`;
const cite = (texte) => `«${NB}${texte.length > 80 ? `${texte.slice(0, 79).trim()}…` : texte}${NB}»`;
const liste = (textes) => textes.map(cite).join(', ');
// `q` with other words, whatever their case.
const remplace = (q, paires) => paires.reduce((texte, [un, autre]) => {
  const ou = texte.toLowerCase().indexOf(un.toLowerCase());
  return ou < 0 ? texte : texte.slice(0, ou) + autre + texte.slice(ou + un.length);
}, q);

const morceaux = (textes) => textes.map(([texte, marque, penche]) => {
  const dedans = marque ? cree('mark', texte) : texte;
  return penche ? cree('em', dedans) : dedans;
});

export function preparer({ moteur, mots, extraire, adresse, aller }) {
  // The boxes: the territories in one group, intercommunalities folded.
  let noms = null; // key=code → label
  function boite(cle, code, texte) {
    const champ = Object.assign(cree('input'), { type: 'checkbox', name: cle, value: code });
    const label = cree('label', [champ, cree('span', texte), cree('span', '', 'q')]);
    if (cle === 'theme') {
      label.className = `t-${code}`;
      champ.after(cree('i', '', 'puce-t'));
    }
    return item(label);
  }
  function groupe(cle, titre, corps) {
    const h3 = Object.assign(cree('h3', titre), { id: `Facette-${cle}` }), dedans = cree('div', corps);
    dedans.setAttribute('role', 'group');
    dedans.setAttribute('aria-labelledby', h3.id);
    const bloc = cree('details', [cree('summary', h3), dedans], 'facette');
    bloc.open = !FERMEES.includes(cle);
    return bloc;
  }
  function facettes() {
    if (noms) return;
    const toutes = [...moteur.facettes, QUAND], corps = new Map();
    noms = new Map(toutes.flatMap(([cle, , valeurs]) => valeurs.map(([code, nom]) => [`${cle}=${code}`, nom])));
    for (const [cle, titre, valeurs] of toutes) {
      const ul = cree('ul', valeurs.map(([code, nom]) => boite(cle, code, nom)));
      const avant = corps.get('departement');
      if (cle === 'epci' && avant) avant[1].push(cree('details', [cree('summary', 'Intercommunalités'), ul]));
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

  const sansUn = (etat, cle, code) => {
    const filtres = new Map([...etat.filtres].map(([une, codes]) =>
      [une, new Set([...codes].filter((un) => une !== cle || un !== code))]));
    return { ...etat, page: 1, filtres: new Map([...filtres].filter(([, codes]) => codes.size)) };
  };
  const choisis = ({ filtres }) => [...filtres].flatMap(([cle, codes]) => [...codes].map((code) => [cle, code]));
  function actifs(etat) {
    const tous = choisis(etat);
    $('Actifs').replaceChildren(...tous.map(([cle, code], rang) => {
      const croix = cree('span', '×'), nom = noms.get(`${cle}=${code}`);
      const bouton = Object.assign(cree('button', [cache(`Retirer${NB}: `), `${nom} `, croix], 'puce actif'), { type: 'button' });
      croix.setAttribute('aria-hidden', 'true');
      bouton.addEventListener('click', async () => {
        await aller(sansUn(etat, cle, code));
        const autres = $('Actifs').querySelectorAll('button');
        (autres[Math.min(rang, autres.length - 1)] ?? $('Resultats').querySelector('h2'))?.focus();
      });
      return item(bouton);
    }));
    $('Effacer').hidden = !tous.length;
    $('Filtres').textContent = tous.length ? compte(tous.length, 'filtre').toLowerCase() : 'aucun filtre';
    $('Ordre').value = etat.tri === 'date' ? 'date' : '';
  }

  // The sum; what was corrected, or left out. Returns what is to be told.
  function bilan(etat, { total, corrige = [], sans = [], partiels = 0, vides }) {
    const aussi = [], q = remplace(etat.q, corrige), somme = compte(total, etat.q ? 'résultat' : 'contenu');
    const pour = `${q && ` pour ${cite(q)}`}${!total && etat.filtres.size ? ' avec ces filtres' : ''}.`;
    if (corrige.length) aussi.push(`Rien pour ${liste(corrige.map(([un]) => un))}${NB}: nous avons corrigé.`);
    if (total && sans.length) aussi.push(`Rien pour ${liste(sans)}${NB}: nous ${sans.length > 1 ? 'les avons laissés' : 'l’avons laissé'} de côté.`);
    else if (total && partiels === total) aussi.push(`Rien ne contient tous ces mots${NB}: voici ce qui en contient le plus.`);
    if (vides) aussi.push('Ajoutez un mot qui dise de quoi il s’agit.');
    const meta = cree('span', aussi.join(' '), 'meta');
    if (corrige.length) meta.append(' ', lien(`Chercher ${cite(etat.q)} quand même`, adresse({ ...etat, page: 1, exact: true })));
    $('Bilan').replaceChildren(cree('b', somme), pour, ...(aussi.length ? [' ', meta] : []));
    return [somme + pour, ...aussi].join(' ');
  }
  function proches(etat, { proches: autres = [] }) {
    $('Proches').hidden = !autres.length;
    $('Proches').lastElementChild.replaceChildren(...autres.map((texte) =>
      item(lien(texte, adresse({ ...etat, q: texte, page: 1, exact: false }), 'puce'))));
  }

  // One content, in a copy of its model.
  function remplir(bloc, fiche, marques) {
    const { titre, extrait } = extraire(fiche, marques, mots), meta = bloc.querySelector('.meta');
    if (fiche.theme) bloc.classList.add(`t-${fiche.theme}`);
    const a = bloc.querySelector('h3 a'), texte = bloc.querySelector('.extrait');
    a.href = fiche.url;
    a.replaceChildren(...morceaux(titre));
    texte.append(...morceaux(extrait));
    const { auj } = document.documentElement.dataset, { fin: [fin, finie] = [] } = fiche;
    const venir = (fiche.agenda ?? []).filter((jour) => jour >= auj).length;
    const etiquettes = [...fiche.etiquettes ?? [], ...fin < auj ? [[finie, 'passe']] : []];
    const dits = [fiche.meta, venir && `${compte(venir, 'événement')} à venir`];
    meta.append(dits.filter(Boolean).join(' · '), ...etiquettes.map(([nom, code, forte]) =>
      cree('span', nom, `etiq${forte ? ' forte' : ''} e-${code}`)));
    for (const un of [texte, meta]) if (!un.textContent) un.remove();
    return bloc;
  }
  function resultat(fiche, marques) {
    const bloc = remplir(modele('resultat'), fiche, marques);
    bloc.querySelector('.sorte').append(fiche.sorte ?? '', ' ', ...(fiche.petit ? [cree('small', fiche.petit)] : []));
    return bloc;
  }
  function premier(fiche, marques) {
    const bloc = remplir(modele('premier'), fiche, marques), actions = bloc.querySelector('.actions');
    bloc.querySelector('.sur').append(fiche.sur ?? fiche.sorte ?? '');
    actions.append(...(fiche.actions ?? []).map(([texte, ou]) => lien(texte, ou, 'bouton second')));
    if (!actions.textContent) actions.remove();
    if (fiche.image) {
      const dessin = Object.assign(cree('img'), { alt: '', width: 640, height: 400, loading: 'lazy', src: fiche.image });
      bloc.append(cree('div', dessin, 'vis'));
    }
    return bloc;
  }
  const tete = (texte, classe = 'visually-hidden') => Object.assign(cree('h2', texte, classe), { tabIndex: -1 });
  function dessiner(etat, fiches, marques, pages) {
    const meilleur = etat.page === 1 && etat.q && etat.tri !== 'date' && fiches.length > 0;
    const lignes = cree('ol', fiches.slice(Number(meilleur)).map((une) => resultat(une, marques)));
    const noeuds = [];
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
    const points = () => Object.assign(cree('li', '…', 'points'), { ariaHidden: 'true' });
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
    const nav = cree('nav', cree('ul', liens), 'pagination');
    nav.setAttribute('aria-label', 'Pages de résultats');
    return [nav];
  }

  // Nothing: how many there are without each filter, with each word alone.
  async function essayer(etat, bloc, perime) {
    const filtres = choisis(etat), essais = filtres.slice(0, ESSAIS).map(([cle, code]) =>
      [`Sans ${cite(noms.get(`${cle}=${code}`))}`, sansUn(etat, cle, code)]);
    if (filtres.length > 1) essais.push(['Sans aucun filtre', { ...etat, filtres: new Map() }]);
    const seuls = etat.q.split(/[\s"«»“”]+/).filter((mot) => mot.length > 2).slice(0, ESSAIS);
    if (seuls.length > 1) for (const mot of seuls) essais.push([`${cite(mot)} seulement`, { ...etat, q: mot, exact: false }]);
    for (const [texte, autre] of essais) {
      const { total } = await moteur.chercher(autre);
      if (perime()) return;
      if (total) bloc.querySelector('ul').append(item(lien(`${texte}${NB}: ${compte(total)}`, adresse({ ...autre, page: 1 }))));
    }
  }
  // Draws what answers `demande`; returns what is to be told. `perime()`: something else was asked.
  async function repondre(demande, { enCours, perime }) {
    const reponse = await moteur.chercher({ ...demande, enCours });
    if (perime()) return '';
    facettes();
    const { total, numeros, nombres, marques } = reponse, lot = lotDe(demande.q);
    const pages = Math.ceil(total / lot);
    const filtres = new Map([...demande.filtres].map(([cle, codes]) =>
      [cle, new Set([...codes].filter((code) => noms.has(`${cle}=${code}`)))]).filter(([, codes]) => codes.size));
    const etat = { ...demande, filtres, page: Math.max(Math.min(demande.page, pages), 1) };
    const debut = (etat.page - 1) * lot, fiches = await moteur.fiches(numeros.slice(debut, debut + lot));
    if (perime()) return '';
    compter(etat, nombres);
    actifs(etat);
    proches(etat, reponse);
    $('Voir').textContent = total ? `Voir ${total > 1 ? 'les ' : 'le '}${compte(total)}` : 'Voir ce qui s’en approche';
    const texte = bilan(etat, reponse);
    $('Trouve').hidden = false;
    if (total) $('Resultats').replaceChildren(...dessiner(etat, fiches, marques, pages));
    else {
      const bloc = modele('vide');
      $('Resultats').replaceChildren(bloc);
      essayer(etat, bloc, perime).catch(() => {}); // what does not arrive is not proposed
    }
    return texte;
  }
  return { repondre };
}
