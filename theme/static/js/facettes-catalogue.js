// The tools of the catalogue: how each stands on the reader's day; once one asks for days, which are
// free, the nearest first. docs/technique/catalogue.md says the rules and the data.
const ADRESSE = 0, TITRE = 1, COMMUNE = 6, EXEMPLAIRES = 9, PRETS = 10;
const NB = '\u00a0', JOUR = 864e5;
const GROUPES = ['Libres à ces dates', 'Disponibilité à confirmer', 'En prêt à ces dates'];
const CODES = ['libre', 'a-confirmer', 'en-pret'];

const plus = (jour, nombre) => new Date(Date.parse(jour) + nombre * JOUR).toISOString().slice(0, 10);
const compter = (nombre, un, plusieurs = `${un}s`) => `${nombre}${NB}${nombre > 1 ? plusieurs : un}`;

// Days asked for, both included; a bound that is not said is the other one.
export function bornes(demande) {
  const dits = ['du', 'au'].map((cle) => demande.get(cle)).filter(Boolean).sort();
  return dits.length ? [dits[0], dits.at(-1)] : null;
}

// As many days, the nearest to those, on which one and the same copy is free; never before today. A
// nearest one begins after a loan, ends before one, or begins today.
export function creneau(libres, prets, exemplaires, [du, au], auj) {
  const longueur = Math.round((Date.parse(au) - Date.parse(du)) / JOUR);
  const ecart = (jour) => Math.abs(Date.parse(jour) - Date.parse(du));
  const debut = [auj, ...prets.flatMap((un) => [plus(un.au, 1), plus(un.du, -longueur - 1)])]
    .filter((jour) => jour >= auj && libres(prets, exemplaires, jour, plus(jour, longueur)).length)
    .sort((un, autre) => ecart(un) - ecart(autre) || (un < autre ? -1 : 1))[0];
  return [debut, plus(debut, longueur)];
}

export async function preparer(donnees, auj, form) {
  const adresses = document.getElementById('Emprunter').dataset;
  const { preparer: listes } = await import(adresses.lignes);
  const { dire, libres, lire } = await import(adresses.demande);
  const liste = listes(donnees, auj);
  const periode = ([du, au]) => {
    if (du === au) return `le ${dire(du)}`;
    const commun = [7, 4].find((long) => du.slice(0, long) === au.slice(0, long));
    const debut = { 7: dire(du).split(NB)[0], 4: dire(du).slice(0, -5) }[commun] ?? dire(du);
    return `du ${debut} au ${dire(au)}`;
  };

  // How a tool stands for these days: its group, what is said of it, the days that one may ask for.
  function etat(ligne, jours) {
    const exemplaires = ligne[EXEMPLAIRES];
    if (!exemplaires) return { groupe: 1, dit: GROUPES[1], jours };
    const prets = ligne.prets ??= lire(ligne[PRETS]), reste = libres(prets, exemplaires, ...jours);
    if (!reste.length) {
      const autres = creneau(libres, prets, exemplaires, jours, auj);
      return { groupe: 2, dit: `Au plus près, libre ${periode(autres)}`, jours: autres };
    }
    const sur = prets.every((un) => un.exemplaire) && exemplaires > 1;
    const lesquels = sur ? ` (exemplaire${reste.length > 1 ? 's' : ''} ${reste.join(', ')})` : '';
    return { groupe: 0, dit: `Libre à ces dates${lesquels}`, jours };
  }

  const loin = (ligne, lieu) => lieu?.km[ligne[COMMUNE]] ?? Infinity;
  const titre = (ligne) => [ligne[TITRE]].flat().join('');
  let demandes = null, vues = [];

  // The way to ask for these days, to whoever may: the page of the tool answers, and writes the mail.
  function demander(ligne, jours) {
    const lien = document.createElement('a'), nom = document.createElement('span');
    lien.className = 'demander';
    lien.href = `${ligne[ADRESSE]}?du=${jours[0]}&au=${jours[1]}`;
    nom.className = 'visually-hidden';
    nom.textContent = `${NB}: ${titre(ligne)}, ${periode(jours)}`;
    lien.append('Demander ce créneau', nom);
    return lien;
  }

  function article({ ligne, groupe, dit, jours }, lieu) {
    const un = liste.article(ligne), km = loin(ligne, lieu), corps = un.querySelector('.ligne-corps');
    if (km < Infinity) {
      const la = document.createElement('b');
      la.textContent = km < 1 ? 'Dans la commune' : `À ${Math.round(km)}${NB}km`;
      un.querySelector('.meta').prepend(la, ' · ');
    }
    if (!jours) return un;
    let etats = un.querySelector('.etiqs');
    if (!etats) {
      etats = document.createElement('p');
      etats.className = 'etiqs';
      corps.prepend(etats);
    }
    const marque = document.createElement('span');
    marque.className = `etiq e-${CODES[groupe]}`;
    marque.textContent = dit;
    etats.replaceChildren(...[...etats.children].filter(({ className }) => !CODES.some((code) => className.includes(`e-${code}`))), marque);
    if (jours[0] >= auj) corps.append(demander(ligne, jours));
    return un;
  }

  // Nothing is free: what is nearest in time, and what another theme would give.
  function rien(resultats) {
    const bloc = document.createElement('div'), phrase = document.createElement('p'), autres = document.createElement('p');
    const prets = vues.filter(({ groupe }) => groupe === 2);
    const ecart = ({ jours }) => Math.abs(Date.parse(jours[0]) - Date.parse(demandes[0]));
    const proche = prets.sort((une, autre) => ecart(une) - ecart(autre))[0];
    bloc.className = 'vide';
    phrase.className = 'vide-phrase';
    phrase.textContent = `Rien n’est libre ${periode(demandes)} parmi ce que vous demandez.`;
    if (proche) autres.append(`Au plus près${NB}: ${titre(proche.ligne)}, libre ${periode(proche.jours)}. `);
    const ailleurs = liste.lignes.filter((ligne) => !etat(ligne, demandes).groupe).length;
    if (ailleurs) {
      const lien = document.createElement('a');
      lien.href = `${form.action}?du=${demandes[0]}&au=${demandes[1]}${location.hash}`;
      lien.textContent = `Sans autre filtre${NB}: ${compter(ailleurs, 'outil libre', 'outils libres')} à ces dates`;
      autres.append(lien);
    }
    bloc.append(phrase, autres);
    resultats.append(bloc);
  }

  return {
    ...liste,
    dire: (cle, jour) => `${cle === 'du' ? 'à partir du' : 'jusqu’au'} ${dire(jour)}`,
    connait: (cle, jour) => (cle === 'du' || cle === 'au') && /^\d{4}-\d\d-\d\d$/.test(jour) && !Number.isNaN(Date.parse(jour)),
    resume(trouvees, demande) {
      const jours = bornes(demande);
      if (!jours || !trouvees.length) return null;
      const nombres = [0, 0, 0];
      for (const ligne of trouvees) nombres[etat(ligne, jours).groupe] += 1;
      const [libre, inconnu, sorti] = nombres;
      const suite = [inconnu && `${inconnu} à confirmer`, sorti && `${sorti} en prêt`].filter(Boolean);
      const debut = libre ? compter(libre, 'outil libre', 'outils libres') : 'Aucun outil libre';
      return `${[`${debut} ${periode(jours)}`, ...suite].join(', ')}`;
    },
    entrees(trouvees, demande, lieu) {
      demandes = bornes(demande);
      vues = trouvees.map((ligne) => ({ ligne, groupe: 0, ...demandes ? etat(ligne, demandes) : {} }));
      const distances = ({ ligne }) => loin(ligne, lieu);
      vues.sort((une, autre) => une.groupe - autre.groupe
        || (distances(une) < distances(autre) ? -1 : Number(distances(une) > distances(autre))));
      return [...vues];
    },
    dessiner(resultats, tranche, depuis, lieu) {
      if (!depuis && demandes && vues.length && vues[0].groupe) rien(resultats);
      let section = depuis ? resultats.lastElementChild : null;
      for (const vue of tranche) {
        if (section?.dataset.groupe !== `${vue.groupe}`) {
          section = document.createElement('section');
          section.dataset.groupe = vue.groupe;
          if (demandes) {
            const tete = document.createElement('h2');
            tete.id = `Groupe-${vue.groupe}`;
            tete.textContent = `${GROUPES[vue.groupe]} (${vues.filter(({ groupe }) => groupe === vue.groupe).length})`;
            section.setAttribute('aria-labelledby', tete.id);
            section.append(tete);
          }
          section.append(document.createElement('ul'));
          section.lastElementChild.className = 'lignes';
          resultats.append(section);
        }
        const item = document.createElement('li');
        item.className = 'entree';
        item.append(article(vue, lieu));
        section.lastElementChild.append(item);
      }
    },
  };
}
