// The tools of the catalogue: how each stands on the reader's day; once one asks for days, which are
// free, the nearest first. features/services/prets says the rules.
const ADRESSE = 0, TITRE = 1, EXEMPLAIRES = 9, PRETS = 10, DELAI = 11, MOIS = 12;
const { NB, $, apres, cache, compter, creer, ecart, etiquettes, lien, modele, periode } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
const GROUPES = ['Libres à ces dates', 'À demander pour ces dates', 'Pas libres à ces dates'];
const CODES = ['libre', '', 'en-pret'];

// Days asked for, both included; a bound that is not said is the other one.
export function bornes(demande) {
  const dits = ['du', 'au'].map((cle) => demande.get(cle)).filter(Boolean).sort();
  return dits.length ? [dits[0], dits.at(-1)] : null;
}

// As many days, the nearest to those, on which one and the same copy is free; never before the first
// day that one may have it. A nearest one begins after a loan, ends before one, or begins then.
export function creneau(libres, prets, exemplaires, [du, au], tot) {
  const longueur = ecart(du, au), attente = (jour) => Math.abs(ecart(jour, du));
  const debut = [tot, ...prets.flatMap((un) => [apres(un.au, 1), apres(un.du, -longueur - 1)])]
    .filter((jour) => jour >= tot && libres(prets, exemplaires, jour, apres(jour, longueur)).length)
    .sort((un, autre) => attente(un) - attente(autre) || (un < autre ? -1 : 1))[0];
  return [debut, apres(debut, longueur)];
}

export async function preparer(donnees, auj, form) {
  const adresses = $('Emprunter').dataset;
  const { preparer: listes } = await import(adresses.lignes);
  const { libres, lire } = await import(adresses.demande);
  const liste = listes(donnees, auj);

  // How a tool stands for these days: its group, what is said of it, the days that one may ask for.
  function etat(ligne, jours) {
    const exemplaires = ligne[EXEMPLAIRES], delai = ligne[DELAI], tot = apres(auj, delai);
    const tard = delai && jours[0] < tot;
    if (!exemplaires && !tard) return { groupe: 1, dit: '', jours };
    const prets = ligne.prets ??= lire(ligne[PRETS]), reste = tard ? [] : libres(prets, exemplaires, ...jours);
    if (!reste.length) {
      const autres = creneau(libres, prets, exemplaires || 1, jours, tot);
      if (!exemplaires) return { groupe: 1, dit: `Au plus tôt ${periode(...autres)}`, jours: autres };
      return { groupe: 2, dit: `Au plus près, libre ${periode(...autres)}`, jours: autres };
    }
    const sur = prets.every((un) => un.exemplaire) && exemplaires > 1;
    const lesquels = sur ? ` (exemplaire${reste.length > 1 ? 's' : ''} ${reste.join(', ')})` : '';
    return { groupe: 0, dit: `Libre à ces dates${lesquels}`, jours };
  }

  const titre = (ligne) => [ligne[TITRE]].flat().join('');
  let demandes = null, vues = [];

  // The way to ask for these days, to whoever may: the page of the tool answers, and writes the mail.
  const demander = (ligne, jours) => lien(
    ['Demander ce créneau', cache(`${NB}: ${titre(ligne)}, ${periode(...jours)}`)],
    `${ligne[ADRESSE]}?du=${jours[0]}&au=${jours[1]}`, 'demander',
  );

  // Its six months, as pages draw them, in place of how it stands today.
  function dessiner(un, corps, pris) {
    const dit = un.querySelector('.e-libre, .e-en-pret');
    if (pris === undefined || !dit) return un;
    const mois = modele('mois'), phrase = mois.querySelector('p');
    mois.querySelector('.pris').setAttribute('d', pris || 'M0 0');
    phrase.textContent = dit.textContent;
    const etats = dit.parentElement;
    if (etats.children.length > 1) dit.remove();
    else etats.remove();
    corps.append(mois);
    return un;
  }

  function article({ ligne, groupe, dit, jours }, lieu) {
    const un = liste.article(ligne, lieu), corps = un.querySelector('.ligne-corps');
    if (!jours) return dessiner(un, corps, ligne[MOIS]);
    if (dit) {
      let etats = un.querySelector('.etiqs');
      if (!etats) corps.prepend(etats = creer('p', { class: 'etiqs' }));
      const autres = [...etats.children].filter((une) => !une.matches('.e-libre, .e-en-pret'));
      etats.replaceChildren(...autres, ...etiquettes([[dit, CODES[groupe]]]));
    }
    if (jours[0] >= auj) corps.append(demander(ligne, jours));
    return un;
  }

  // Nothing is free: what is nearest in time, and what another theme would give.
  function rien(resultats) {
    const bloc = creer('div', { class: 'vide' }), autres = creer('p');
    const prets = vues.filter(({ groupe }) => groupe === 2);
    const attente = ({ jours }) => Math.abs(ecart(jours[0], demandes[0]));
    const proche = prets.sort((une, autre) => attente(une) - attente(autre))[0];
    if (proche) autres.append(`Au plus près${NB}: ${titre(proche.ligne)}, libre ${periode(...proche.jours)}. `);
    const ailleurs = liste.lignes.filter((ligne) => !etat(ligne, demandes).groupe).length;
    if (ailleurs) {
      autres.append(lien(
        `Sans autre filtre${NB}: ${compter(ailleurs, 'outil libre', 'outils libres')} à ces dates`,
        `${form.action}?du=${demandes[0]}&au=${demandes[1]}${location.hash}`,
      ));
    }
    bloc.append(
      creer('p', { class: 'vide-phrase' }, `Rien n’est libre ${periode(...demandes)} parmi ce que vous demandez.`),
      autres,
    );
    resultats.append(bloc);
  }

  return {
    ...liste,
    resume(trouvees, demande) {
      const jours = bornes(demande);
      if (!jours || !trouvees.length) return null;
      const nombres = [0, 0, 0];
      for (const ligne of trouvees) nombres[etat(ligne, jours).groupe] += 1;
      const [libre, inconnu, sorti] = nombres;
      // What nobody tells is to be asked: it is neither free nor out.
      const debut =
        libre || !inconnu
          ? `${libre ? compter(libre, 'outil libre', 'outils libres') : 'Aucun outil libre'} ${periode(...jours)}`
          : `${compter(inconnu, 'outil', 'outils')} à demander pour ces dates`;
      const demander = libre && inconnu && `${inconnu} à demander`;
      const pris = sorti && `${sorti} pas libre${sorti > 1 ? 's' : ''}`;
      return [debut, demander, pris].filter(Boolean).join(', ');
    },
    entrees(trouvees, demande, lieu, resultats) {
      demandes = bornes(demande);
      vues = trouvees.map((ligne) => ({ ligne, groupe: 0, ...demandes ? etat(ligne, demandes) : {} }));
      vues.sort((une, autre) => une.groupe - autre.groupe || (lieu?.plusPres(une.ligne, autre.ligne) ?? 0));
      if (demandes && vues[0]?.groupe === 2) rien(resultats);
      return [...vues];
    },
    groupe: ({ groupe }) => groupe,
    section(groupe) {
      if (!demandes) return null;
      const nombre = vues.filter((une) => une.groupe === groupe).length;
      return creer('section', {},
        creer('h2', { id: `Groupe-${groupe}` }, `${GROUPES[groupe]} (${nombre})`), creer('ul', { class: 'lignes' }));
    },
    article,
  };
}
