// The rows of the agenda: when they are on, how a line, a bar and a day look. Their markup is in
// the <template>s of the page; their words are in the data, written by what writes the pages.
const ADRESSE = 0, TITRE = 1, THEME = 2, DESSUS = 3, DETAIL = 4, COMMUNE = 6, CRENEAUX = 7, DUREES = 8;
const QUINZAINE = 13, BARRES = 3;
const NB = '\u00a0';

const modele = (nom) => document.getElementById(`Modele-${nom}`).content.firstElementChild.cloneNode(true);

export function preparer(donnees, auj) {
  const { textes, moments, etiquettes } = donnees;
  const [JOURS, MOIS, JOURS_COURTS, MOIS_COURTS] = donnees.noms;
  const zero = Date.parse(donnees.jour);
  const rang = (iso) => Math.round((Date.parse(iso) - zero) / 864e5);
  const date = (jour) => new Date(zero + jour * 864e5);
  const iso = (jour) => date(jour).toISOString().slice(0, 10);
  const premier = rang(auj), annee = auj.slice(0, 4);
  const enLettres = (jour) => {
    const le = date(jour), numero = le.getUTCDate();
    return `${numero === 1 ? '1er' : numero} ${MOIS[le.getUTCMonth()]} ${le.getUTCFullYear()}`;
  };

  // What is still on at the reader's date: each time of each row.
  const fois = [], durees = [];
  const lignes = donnees.lignes.filter((ligne, ordre) => {
    ligne.temps = [];
    for (const [moment, etats, plus, debut, ...pas] of ligne[CRENEAUX]) {
      let jour = debut;
      for (const ecart of [0, ...pas]) {
        jour += ecart;
        if (jour + plus >= premier) fois.push({ ligne, ordre, debut: jour, fin: jour + plus, moment, etats });
      }
    }
    for (const [debut, fin, dates, moment, etats, marques, details] of ligne[DUREES]) {
      if (fin >= premier) durees.push({ ligne, ordre, debut, fin, dates, moment, etats, marques, details });
    }
    return false;
  });
  for (const une of [...fois, ...durees]) {
    if (!une.ligne.temps.length) lignes.push(une.ligne);
    une.ligne.temps.push(une);
  }
  const maintenue = ({ etats }) => !etiquettes[etats].some(([, code]) => code === 'annule' || code === 'reporte');
  durees.sort((une, autre) => maintenue(autre) - maintenue(une) || (une.debut > premier) - (autre.debut > premier)
    || une.fin - autre.fin || une.ordre - autre.ordre);
  const dans = (ligne, de, a) => ligne.temps.some(({ debut, fin }) => debut <= a && fin >= de);

  // The words of the address that are reckoned at the reader's date.
  const lundi = premier - ((date(premier).getUTCDay() + 6) % 7), dimanche = lundi + 6;
  const finDuMois = rang(new Date(Date.UTC(annee, auj.slice(5, 7), 0)).toISOString().slice(0, 10));
  const periodes = new Map([
    ['aujourdhui', [premier, premier]],
    ['week-end', [Math.max(premier, dimanche - 1), dimanche]],
    ['semaine', [premier, dimanche]],
    ['mois', [premier, finDuMois]],
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

  function marquer(article, liste) {
    const bloc = article.querySelector('.etiqs');
    if (!liste.length) {
      bloc.remove();
      return;
    }
    bloc.replaceChildren(...liste.map(([texte, code, forte]) => {
      const marque = document.createElement('span');
      marque.className = `etiq${forte ? ' forte' : ''} e-${code}`;
      marque.textContent = texte;
      return marque;
    }));
    if (liste.some(([, code]) => code === 'annule')) article.classList.add('est-annule');
  }

  function remplir(article, { ligne }, liste, detail) {
    const theme = textes[ligne[THEME]], lien = article.querySelector('.carte-titre a');
    if (theme) article.classList.add(`t-${theme}`);
    lien.href = ligne[ADRESSE];
    const parts = [ligne[TITRE]].flat();
    lien.replaceChildren(...parts.map((part, n) => {
      if (!(n % 2)) return part;
      const italique = document.createElement('em');
      italique.textContent = part;
      return italique;
    }));
    article.querySelector('.sur').textContent = textes[ligne[DESSUS]];
    const meta = article.querySelector('.meta');
    if (detail) meta.textContent = detail;
    else meta.remove();
    marquer(article, liste);
    return article;
  }

  const loin = (ligne, lieu) => {
    const km = lieu?.km[ligne[COMMUNE]];
    if (km === undefined) return [];
    return [km < 1 ? 'dans la commune' : `à ${Math.round(km)}${NB}km`];
  };
  const detaille = (ligne, lieu) => [textes[ligne[DETAIL]], ...loin(ligne, lieu)].filter(Boolean).join(' · ');

  function creneau(entree, lieu) {
    const article = remplir(modele('jour').querySelector('article'), entree, etiquettes[entree.etats], detaille(entree.ligne, lieu));
    const [horloge, heure, suite] = moments[entree.moment];
    const temps = article.querySelector('.h time'), apres = article.querySelector('.h small');
    temps.dateTime = horloge ? iso(entree.debut) + horloge : iso(entree.jour);
    temps.textContent = heure;
    if (suite) apres.textContent = suite;
    else apres.remove();
    return article;
  }

  function quantieme(le) {
    const er = document.createElement('sup');
    er.textContent = 'er';
    return le.getUTCDate() === 1 ? ['1', er] : [`${le.getUTCDate()}`];
  }

  function journee(jour) {
    const section = modele('jour'), temps = section.querySelector('time'), le = date(jour);
    const nom = JOURS[(le.getUTCDay() + 6) % 7], [semaine, mois] = temps.querySelectorAll('span');
    section.setAttribute('aria-labelledby', `Jour-${iso(jour)}`);
    section.firstElementChild.id = `Jour-${iso(jour)}`;
    temps.dateTime = temps.dataset.jour = iso(jour);
    semaine.textContent = nom[0].toUpperCase() + nom.slice(1);
    temps.querySelector('b').replaceChildren(...quantieme(le));
    mois.textContent = MOIS[le.getUTCMonth()] + (iso(jour).startsWith(annee) ? '' : ` ${le.getUTCFullYear()}`);
    if (jour === premier) {
      temps.classList.add('auj');
      temps.setAttribute('aria-current', 'date');
    }
    section.querySelector('ul').replaceChildren();
    return section;
  }

  // A line by distance says its day on a leaf, and nowhere else.
  function proche(entree, lieu) {
    const le = date(entree.jour), [, heure, suite] = moments[entree.moment];
    const article = remplir(modele('ligne'), entree, etiquettes[entree.etats],
      [`${heure} ${suite}`.trim(), detaille(entree.ligne, lieu)].filter(Boolean).join(' · '));
    const temps = article.querySelector('time'), [semaine, mois] = temps.querySelectorAll('span');
    temps.removeAttribute('aria-hidden');
    temps.dateTime = temps.dataset.jour = iso(entree.jour);
    semaine.textContent = JOURS_COURTS[(le.getUTCDay() + 6) % 7];
    temps.querySelector('b').replaceChildren(...quantieme(le));
    mois.textContent = MOIS_COURTS[le.getUTCMonth()];
    return article;
  }

  function barre(duree, lieu) {
    const article = remplir(modele('duree'), duree, etiquettes[duree.marques],
      [...duree.details.map((detail) => textes[detail]), ...loin(duree.ligne, lieu)].join(' · '));
    article.dataset.fin = iso(duree.fin);
    article.querySelector('.dates').textContent = textes[duree.dates];
    const [tout, fait, ici] = article.querySelectorAll('path');
    if (duree.debut > premier) {
      tout.removeAttribute('class');
      fait.remove();
      ici.remove();
    } else {
      const part = Math.floor((100 * (premier - duree.debut)) / (duree.fin - duree.debut + 1));
      fait.setAttribute('d', `M0 1h${part}v6H0z`);
      ici.setAttribute('d', `M${part} 0v8`);
    }
    const item = document.createElement('li');
    item.append(article);
    return item;
  }

  function encours(resultats, barres, titre, lieu) {
    if (!barres.length) return;
    const section = modele('durees'), grille = section.querySelector('ul');
    const entete = section.querySelector('h2');
    entete.textContent = titre;
    section.setAttribute('aria-labelledby', (entete.id = 'Durees'));
    grille.replaceChildren(...barres.slice(0, BARRES).map((une) => barre(une, lieu)));
    if (barres.length > BARRES) {
      const bouton = document.createElement('button');
      bouton.type = 'button';
      bouton.className = 'bouton second autres';
      bouton.textContent = `Afficher les ${barres.length - BARRES} autres`;
      bouton.addEventListener('click', () => {
        bouton.remove();
        grille.append(...barres.slice(BARRES).map((une) => barre(une, lieu)));
        grille.children[BARRES].querySelector('a').focus();
      });
      section.append(bouton);
    }
    resultats.append(section);
  }

  const parDistance = (lieu, demande) => lieu && demande.get('tri') !== 'date';
  const ordonner = (une, autre) => une.jour - autre.jour || autre.longue - une.longue
    || (une.cle < autre.cle ? -1 : Number(une.cle > autre.cle)) || une.ordre - autre.ordre;

  return {
    lignes,
    compte: (nombre) => (nombre ? `${nombre}${NB}événement${nombre > 1 ? 's' : ''}` : 'Aucun événement'),
    dire: (cle, jour) => `${cle === 'du' ? 'à partir du' : 'jusqu’au'} ${enLettres(rang(jour))}`,
    connait: (cle, valeur) => (cle === 'quand' && periodes.has(valeur))
      || ((cle === 'du' || cle === 'au') && /^\d{4}-\d\d-\d\d$/.test(valeur) && !Number.isNaN(rang(valeur))),
    dimensions(demande) {
      const bornes = bornee(demande), valeurs = [['', () => true]];
      for (const [nom, [de, a]] of periodes) valeurs.push([nom, (ligne) => dans(ligne, de, a)]);
      return [{ cle: 'quand', valeurs, passe: bornes && ((ligne) => dans(ligne, ...bornes)) }];
    },

    // What lasts is drawn at once; the times of the rest, in the order in which they are shown: what
    // begins to last on a same day keeps the order of bars.
    entrees(trouvees, demande, lieu, resultats) {
      const ici = new Set(trouvees), bornes = bornee(demande), [de, a] = bornes ?? [premier, Infinity];
      const proches = parDistance(lieu, demande);
      const pendant = (une) => ici.has(une.ligne) && une.debut <= a && une.fin >= de;
      const barres = durees.filter((une) => pendant(une) && (bornes || une.debut <= premier + QUINZAINE));
      const plusTard = durees.filter((une) => !bornes && ici.has(une.ligne) && une.debut > premier + QUINZAINE);
      const km = ({ ligne }) => lieu.km[ligne[COMMUNE]];
      if (proches) barres.sort((une, autre) => km(une) - km(autre));
      encours(resultats, barres, de > premier ? 'Pendant cette période' : 'En ce moment', lieu);
      const toutes = [
        ...plusTard.map((une, ordre) => ({ ...une, ordre, jour: une.debut, longue: 1, cle: '' })),
        ...fois.filter(pendant).map((une) => ({
          ...une,
          jour: Math.max(une.debut, de),
          longue: 0,
          cle: une.debut < de ? '' : moments[une.moment][0],
        })),
      ].sort(ordonner);
      if (!proches) return toutes;
      const vues = new Set();
      return toutes.filter(({ ligne }) => !vues.has(ligne) && vues.add(ligne))
        .sort((une, autre) => km(une) - km(autre)).map((une) => ({ ...une, proche: true }));
    },

    dessiner(resultats, tranche, depuis, lieu) {
      let section = depuis ? resultats.lastElementChild : null;
      for (const entree of tranche) {
        const item = document.createElement('li');
        item.className = 'entree';
        if (entree.proche) {
          if (!section) {
            section = document.createElement('ul');
            section.className = 'lignes';
            resultats.append(section);
          }
          item.append(proche(entree, lieu));
          section.append(item);
        } else {
          if (section?.querySelector('time').dataset.jour !== iso(entree.jour)) {
            section = journee(entree.jour);
            resultats.append(section);
          }
          item.append(creneau(entree, lieu));
          section.querySelector('ul').append(item);
        }
      }
    },
  };
}
