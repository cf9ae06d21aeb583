// The rows of the agenda: when they are on, how a line, a bar and a day look. Their markup is in
// the <template>s of the page; their words are in the data, written by what writes the pages.
const ADRESSE = 0, TITRE = 1, THEME = 2, DESSUS = 3, DETAIL = 4, VALEURS = 5, COMMUNE = 6, CRENEAUX = 7, DUREES = 8;
const QUINZAINE = 13, BARRES = 3;
const {
  NB, apres, bouton, capital, compter, creer, dater, direJour, ecart, ecrire, enfiler, loin, modele, MOIS, nommer,
  periode, remplir, semaine,
} = await import(document.querySelector('[data-commun]').dataset.commun);

const TERRITOIRES = ['departement', 'epci'];

export function preparer(donnees, lu, form, suite) {
  // The data begin on the day of their build.
  const auj = lu < donnees.jour ? donnees.jour : lu;
  const { textes, moments, etiquettes } = donnees;
  const rang = (iso) => ecart(donnees.jour, iso), iso = (jour) => apres(donnees.jour, jour);
  const premier = rang(auj), annee = auj.slice(0, 4);

  // What is still on at the reader's date: each time of each row, once: two files tell what runs from
  // the days of one into those of the other.
  const fois = [], durees = [], connus = new Set();
  const nouveau = (...cle) => connus.size < connus.add(cle.join()).size;
  function deplier(ordre, creneaux, sorte = '') {
    const dites = [], ligne = donnees.lignes[ordre];
    for (const [moment, etats, plus, debut, ...pas] of creneaux) {
      const [horloge, heure, dit, detail] = moments[moment];
      let jour = debut;
      for (const ecart of [0, ...pas]) {
        jour += ecart;
        if (jour + plus < premier || !nouveau(sorte, ordre, jour, plus, horloge, heure, dit, textes[detail])) continue;
        dites.push({ ligne, ordre, debut: jour, fin: jour + plus, moment, etats });
      }
    }
    return dites;
  }
  // In the order of their addresses, as pages have them; files that are joined have each their own.
  if (suite) [...donnees.lignes].sort(([un], [autre]) => (un < autre ? -1 : Number(un > autre)))
    .forEach((ligne, place) => { ligne.place = place; });
  const lignes = donnees.lignes.filter((ligne, ordre) => {
    ligne.temps = [];
    fois.push(...deplier(ordre, ligne[CRENEAUX]));
    for (const [debut, fin, dates, moment, etats, marques, details] of ligne[DUREES]) {
      if (fin < premier || !nouveau(ordre, debut, fin)) continue;
      durees.push({ ligne, ordre, debut, fin, dates, moment, etats, marques, details });
    }
    return false;
  });
  for (const une of [...fois, ...durees]) {
    if (!une.ligne.temps.length) lignes.push(une.ligne);
    une.ligne.temps.push(une);
  }
  const ordonnees = (une, autre) => (suite ? une.ligne.place - autre.ligne.place : 0) || une.ordre - autre.ordre;
  const maintenue = ({ etats }) => !etiquettes[etats].some(([, code]) => code === 'annule' || code === 'reporte');
  durees.sort((une, autre) => maintenue(autre) - maintenue(une) || (une.debut > premier) - (autre.debut > premier)
    || une.fin - autre.fin || ordonnees(une, autre));
  // Of a switch that not all sessions bear, the times of those that do: no other is shown.
  const propres = new Map(Object.entries(donnees.seances ?? {}).map(([cle, rangees]) => [cle, new Map()]));
  for (const [cle, siennes] of propres) {
    for (const [ordre, ...creneaux] of donnees.seances[cle]) {
      const ligne = donnees.lignes[ordre];
      siennes.set(ligne, [...siennes.get(ligne) ?? [], ...deplier(ordre, creneaux, cle)]);
    }
  }
  const choisies = (demande) => [...propres].find(([cle]) => demande.has(cle))?.[1];
  const dans = (ligne, de, a, siennes) =>
    (siennes?.get(ligne) ?? ligne.temps).some(({ debut, fin }) => debut <= a && fin >= de);

  for (const [ordre, ...image] of donnees.images ?? []) donnees.lignes[ordre].image = image;

  // What one takes part in from anywhere is near every commune of the départements that it covers:
  // of all of them when it names none.
  for (const [ordre, couverts] of donnees.partout ?? []) donnees.lignes[ordre].couverts = couverts;
  for (const ordre of donnees.autres ?? []) donnees.lignes[ordre].autre = true;

  // What says no age stays whatever is asked, and comes each day after what says that one.
  const toutes = donnees.facettes.flatMap(([cle, valeurs]) => valeurs.map(([code]) => `${cle}=${code}`));
  const ageTu = toutes.indexOf('age=non-dit');
  const tu = (ligne, demande) => ageTu >= 0 && demande?.has('age') && ligne[VALEURS].includes(ageTu);

  // Rows that are reserved to some wait for their filter: the rank of its value.
  const reserves = donnees.facettes.flatMap(([cle, valeurs]) => valeurs.map(() => cle)).indexOf('reserve');

  // The words of the address that are reckoned at the reader's date.
  const dimanche = premier + 6 - semaine(auj);
  const finDuMois = rang(new Date(Date.UTC(annee, auj.slice(5, 7), 0)).toISOString().slice(0, 10));
  const periodes = new Map([
    ['aujourdhui', [premier, premier]], ['week-end', [Math.max(premier, dimanche - 1), dimanche]],
    ['semaine', [premier, dimanche]], ['mois', [premier, finDuMois]],
  ]);
  const conge = donnees.vacances?.find(([, , au]) => au >= auj);
  if (conge) periodes.set('vacances', [Math.max(premier, rang(conge[1])), rang(conge[2])]);
  const bornee = (demande) => {
    if (periodes.has(demande.get('quand'))) return periodes.get(demande.get('quand'));
    const [du, au] = ['du', 'au'].map((cle) => demande.get(cle));
    if (!du && !au) return null;
    const bornes = [du ? rang(du) : premier, au ? rang(au) : Infinity].sort((un, autre) => un - autre);
    return [Math.max(premier, bornes[0]), bornes[1]];
  };
  // The days that are asked, until the last one that is read where more follows.
  const fenetre = (demande) => {
    const [de, a] = bornee(demande) ?? [premier, Infinity], lu = suite?.jusque(iso(de));
    return [de, lu ? Math.min(a, rang(lu)) : a, lu && rang(lu) < a ? lu : ''];
  };

  const habiller = (article, { ligne }, etats, details) =>
    remplir(article, {
      adresse: ligne[ADRESSE], titre: ligne[TITRE], theme: textes[ligne[THEME]],
      dessus: textes[ligne[DESSUS]], details, marques: etiquettes[etats],
    });
  const dits = (actifs, cle) => actifs.filter((un) => un.cle === cle).map(({ texte }) => texte).join(' ');
  const distance = (ligne, lieu) => loin(lieu?.km[ligne[COMMUNE]]);

  // Small, on wide screens only, as pages have it; the title says what it is.
  const vignette = ([src, width, height, cadrage = '']) =>
    creer('div', { class: `vis ${cadrage}`.trim() },
      creer('img', { src, alt: '', width, height, loading: 'lazy', decoding: 'async' }));

  const vus = new Set(); // a day below shows no picture again
  // The hour stands before the place; one that is not known is said after it.
  function creneau(entree, lieu) {
    const { ligne } = entree, [horloge, heure, suite, detail = ligne[DETAIL]] = moments[entree.moment];
    const article = modele('jour').querySelector('article'), temps = article.querySelector('time');
    const dits = [textes[detail], !heure && suite, distance(ligne, lieu)].filter(Boolean);
    habiller(article, entree, entree.etats, [heure, ...dits]);
    if (heure) {
      // A night stands under its eve: its clock shows the day after (« ~ »).
      const nuit = horloge[0] === '~';
      temps.dateTime = horloge ? iso(entree.debut + nuit) + horloge.slice(nuit) : iso(entree.jour);
      temps.textContent = `${heure} ${suite}`.trim();
    }
    const parts = heure ? [temps, ...dits.length ? enfiler(' · ') : []] : [];
    const suites = [...article.querySelectorAll('.meta .ex')].flatMap((signe) => [NB, signe]);
    article.querySelector('.meta')?.replaceChildren(...parts, ...enfiler(dits.join(' · ')), ...suites);
    if (ligne.image && !vus.has(ligne[ADRESSE])) article.append(vignette(ligne.image));
    vus.add(ligne[ADRESSE]);
    return article;
  }

  function journee(jour) {
    const section = modele('jour'), feuille = section.querySelector('.eph'), mois = MOIS[jour.slice(5, 7) - 1];
    section.firstElementChild.id = `Jour-${jour}`;
    dater(feuille, jour, {
      avant: capital(nommer(jour)), mois: jour.startsWith(annee) ? mois : `${mois} ${jour.slice(0, 4)}`,
    });
    section.querySelector('ul').replaceChildren();
    return section;
  }

  function barre(duree, lieu) {
    const details = duree.details.map((detail) => textes[detail]);
    const article = habiller(modele('duree'), duree, duree.marques, [...details, distance(duree.ligne, lieu)]);
    article.dataset.fin = iso(duree.fin);
    article.querySelector('.dates span').textContent = textes[duree.dates];
    if (duree.debut > premier) article.querySelector('svg').remove();
    else {
      const part = Math.floor((100 * (premier - duree.debut)) / (duree.fin - duree.debut + 1));
      article.querySelector('.fait').setAttribute('d', `M0 0h${part}v4H0z`);
    }
    return creer('li', {}, article);
  }

  function encours(resultats, barres, titre, lieu) {
    if (!barres.length) return;
    const section = modele('durees'), grille = section.querySelector('ul');
    const entete = section.querySelector('h2');
    entete.textContent = titre;
    entete.id = 'Durees';
    grille.replaceChildren(...barres.slice(0, BARRES).map((une) => barre(une, lieu)));
    if (barres.length > BARRES) {
      const plus = bouton(`Afficher les ${barres.length - BARRES} autres`, 'bouton second autres', () => {
        plus.remove();
        grille.append(...barres.slice(BARRES).map((une) => barre(une, lieu)));
        grille.children[BARRES].querySelector('a').focus();
        dispatchEvent(new Event('lignes'));
      });
      section.append(plus);
    }
    resultats.append(section);
  }

  // What is everywhere comes, each day, after what is near.
  const ordonner = (lieu, demande) => (une, autre) => une.jour - autre.jour
    || tu(une.ligne, demande) - tu(autre.ligne, demande)
    || (lieu ? Boolean(une.ligne.couverts) - Boolean(autre.ligne.couverts) : 0) || autre.longue - une.longue
    || (une.cle < autre.cle ? -1 : Number(une.cle > autre.cle)) || (une.longue ? 0 : ordonnees(une, autre));

  return {
    lignes,
    // What is everywhere is near nothing: it is told apart, and counts for no territory, nor for any
    // other value around a commune.
    tait: ({ couverts }, cle, lieu) => couverts && cle !== 'partout' && (lieu || TERRITOIRES.includes(cle)),
    compte(tous, demande, trouvees, lieu, pres) {
      const situe = lieu || TERRITOIRES.some((cle) => demande?.has(cle));
      const ici = trouvees?.filter(({ couverts }) => !situe || !couverts);
      const loin = ici ? tous - ici.length : 0, autres = ici?.filter(({ autre }) => autre).length ?? tous;
      const tus = ici?.filter((ligne) => tu(ligne, demande)).length;
      const nombre = tous - loin - autres, lu = demande && fenetre(demande)[2];
      const suite = lu ? ` d’ici au ${direJour(lu, { semaine: false, annee: !lu.startsWith(annee) })}`
        : demande && !bornee(demande) ? ' à venir' : '';
      const dits = [
        nombre && compter(nombre, 'événement'),
        autres && (nombre ? compter(autres, 'autre rendez-vous', 'autres rendez-vous') : `${autres}${NB}rendez-vous`),
      ].filter(Boolean).join(' et ');
      return (dits ? dits + suite : 'Aucun rendez-vous') + (lieu?.rayon < Infinity ? ` près ${pres.de(lieu.nom)}` : '')
        + (tus ? `, âge non précisé (${tus})` : '') + (loin ? `, ${loin}${NB}de chez vous` : '');
    },
    partout: ({ couverts }, { dep }) => Boolean(couverts) && (!couverts.length || couverts.includes(dep)),
    ailleurs: (nombre, autres) => `${nombre}${NB}rendez-vous${autres} dans la région`,
    // The days that are asked, for what reads those that follow; the last of them that is read.
    bornes(demande) {
      const [de, a = Infinity] = bornee(demande) ?? [premier];
      return [iso(de), a < Infinity ? iso(a) : ''];
    },
    jusque: (demande) => fenetre(demande)[2],
    connait: (cle, valeur) => cle === 'quand' && periodes.has(valeur),
    dimensions(demande) {
      const siennes = choisies(demande), valeurs = [['', () => true]], [de, a] = fenetre(demande);
      const bornes = (bornee(demande) || a < Infinity) && [de, a];
      for (const [nom, jours] of periodes) valeurs.push([nom, (ligne) => dans(ligne, ...jours, siennes)]);
      const tus =
        reserves < 0 || demande.has('reserve')
          ? []
          : [{ cle: 'reserve', passe: (ligne) => !ligne[VALEURS].includes(reserves) }];
      return [{ cle: 'quand', valeurs, passe: bornes && ((ligne) => dans(ligne, ...bornes, siennes)) }, ...tus];
    },

    // What one came for, in the place of the title: when or of which rendezvous, where.
    titre(demande, actifs, nom) {
      const [du, au] = ['du', 'au'].map((cle) => demande.get(cle));
      const quand = du && au ? periode(...[du, au].sort()) : dits(actifs, 'quand');
      const ou = dits(actifs, 'pres'), quoi = [dits(actifs, 'temps-fort'), capital(quand)].filter(Boolean).join(', ');
      return quoi || ou ? [quoi || nom, ou].filter(Boolean).join(', ') : '';
    },

    // What lasts is drawn at once; the times of the rest, in the order in which they are shown: what
    // begins to last on a same day keeps the order of bars. Filtered, what is dated comes first.
    entrees(trouvees, demande, lieu, resultats) {
      vus.clear();
      const ici = new Set(trouvees), siennes = choisies(demande), bornes = bornee(demande), [de, a] = fenetre(demande);
      const commune = ({ ligne }) => !siennes?.has(ligne);
      const pendant = (une) => ici.has(une.ligne) && une.debut <= a && une.fin >= de;
      const longues = durees.filter((une) => commune(une) && ici.has(une.ligne));
      const barres = longues.filter((une) => pendant(une) && (bornes || une.debut <= premier + QUINZAINE));
      const plusTard = longues.filter((une) => !bornes && une.debut > premier + QUINZAINE && une.debut <= a);
      if (lieu) barres.sort((une, autre) => lieu.plusPres(une.ligne, autre.ligne));
      const dit = barres.some((une) => une.debut > premier) ? 'Ce qui dure' : 'En ce moment';
      encours(resultats, barres, de > premier ? 'Pendant cette période' : dit, lieu);
      return [
        ...plusTard.map((une) => ({ ...une, jour: une.debut, longue: 1, cle: '' })),
        ...[...fois.filter(commune), ...siennes ? [...siennes.values()].flat() : []]
          .filter(pendant)
          .map((une) => ({
            ...une, jour: Math.max(une.debut, de), longue: 0,
            cle: une.debut < de ? '' : moments[une.moment][0],
          })),
      ].sort(ordonner(lieu, demande));
    },

    lignesDabord: (demande) => [...demande.keys()].some((cle) => cle !== 'tri'),
    groupe: ({ jour }) => iso(jour),
    section: journee,
    article: creneau,
  };
}
