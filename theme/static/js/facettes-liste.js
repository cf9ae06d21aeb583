// The rows of the list of one kind: what a line looks like. Its markup is in the <template> of the
// page, its words in the data, written by what writes the pages.
const ADRESSE = 0, TITRE = 1, THEME = 2, DESSUS = 3, DETAIL = 4, ETATS = 7, FIN = 8;
const NB = '\u00a0';

export function preparer(donnees, auj) {
  const { textes, etiquettes, noms: [nom, noms, aucun], clos, mois } = donnees;
  const passee = (ligne) => ligne[FIN] < auj;
  const modele = document.getElementById('Modele-ligne').content.firstElementChild;

  function marquer(article, liste) {
    const bloc = article.querySelector('.etiqs');
    bloc.replaceChildren(...liste.map(([texte, code, forte]) => {
      const marque = document.createElement('span');
      marque.className = `etiq${forte ? ' forte' : ''} e-${code}`;
      marque.textContent = texte;
      if (code === 'passe') article.classList.add('est-passe');
      return marque;
    }));
    if (!liste.length) bloc.remove();
  }

  function dire(element, texte) {
    if (texte) element.textContent = texte;
    else element.remove();
  }

  // The leaf of what has a last day.
  function dater(feuille, fin) {
    feuille.dateTime = feuille.dataset.jour = fin;
    const er = document.createElement('sup'), numero = `${Number(fin.slice(8))}`;
    er.textContent = 'er';
    feuille.querySelector('b').replaceChildren(numero, ...(numero === '1' ? [er] : []));
    feuille.lastElementChild.textContent = mois[fin.slice(5, 7) - 1];
    if (fin !== auj) return;
    feuille.classList.add('auj');
    feuille.setAttribute('aria-current', 'date');
  }

  function article(ligne) {
    const un = modele.cloneNode(true), lien = un.querySelector('.carte-titre a'), theme = textes[ligne[THEME]];
    if (theme) un.classList.add(`t-${theme}`);
    lien.href = ligne[ADRESSE];
    lien.replaceChildren(...[ligne[TITRE]].flat().map((part, n) => {
      if (!(n % 2)) return part;
      const italique = document.createElement('em');
      italique.textContent = part;
      return italique;
    }));
    dire(un.querySelector('.sur'), textes[ligne[DESSUS]]);
    dire(un.querySelector('.meta'), textes[ligne[DETAIL]]);
    if (mois) dater(un.querySelector('.eph'), ligne[FIN]);
    const tenues = etiquettes[ligne[ETATS]].filter(([, , , jusque = auj]) => jusque >= auj);
    marquer(un, [...tenues, ...passee(ligne) ? [[clos, 'passe', 0]] : []]);
    return un;
  }

  return {
    article,
    marquer,
    // What is over at the reader's date leaves a list of what is to come; another one says it.
    lignes: donnees.lignes.filter((ligne) => clos || !passee(ligne)),
    compte: (nombre) => (nombre ? `${nombre.toLocaleString('fr')}${NB}${nombre > 1 ? noms : nom}` : aucun),
    dire: (cle, valeur) => valeur,
    connait: () => false,
    dimensions: () => [],
    entrees: (trouvees) => trouvees,
    dessiner(resultats, tranche) {
      let liste = resultats.querySelector('.lignes');
      if (!liste && tranche.length) {
        liste = document.createElement('ul');
        liste.className = 'lignes';
        resultats.append(liste);
      }
      for (const ligne of tranche) {
        const item = document.createElement('li');
        item.className = 'entree';
        item.append(article(ligne));
        liste.append(item);
      }
    },
  };
}
