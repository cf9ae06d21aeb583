// The rows of the directory: where one goes by family, structures by letter, or all by distance, and
// the map that bears their numbers. A line takes its markup from the <template> of the page; the map
// is drawn as features/services/fonds/atlas.py and features/services/fonds/drawing.py draw it.
const ADRESSE = 0, TITRE = 1, THEME = 2, DESSUS = 3, DETAIL = 4, VALEURS = 5, COMMUNE = 6, AVENIR = 7, ETATS = 8,
  FAMILLE = 9;
const PAGE = 192, VISES = 59; // lines and points that one can aim at, as on the pages
const BORD = 15, TOURS = 400, TOUR = Math.PI * (3 - Math.sqrt(5)), COTE = 0.15;
const SVG = 'http://www.w3.org/2000/svg';
const { $, cache, cle, compter, creer, ecrire, insigne, lien, loin, modele, remplir } = await import(
  document.querySelector('[data-commun]').dataset.commun
);

const titreDe = (ligne) => [ligne[TITRE]].flat().join('');
const dixieme = (nombre) => Math.round(nombre * 10) / 10;

function element(nom, attributs, ...dedans) {
  const un = document.createElementNS(SVG, nom);
  for (const [cle, valeur] of Object.entries(attributs)) un.setAttribute(cle, valeur);
  un.append(...dedans);
  return un;
}

// Pairs that one round may have to push apart.
function proches(points, portee) {
  const rangs = points.map((_, rang) => rang).sort((un, autre) => points[un][0] - points[autre][0]);
  const paires = [];
  rangs.forEach((un, place) => {
    for (let suivant = place + 1; suivant < rangs.length; suivant += 1) {
      const autre = rangs[suivant];
      if (points[autre][0] - points[un][0] >= portee) break;
      if (Math.abs(points[autre][1] - points[un][1]) < portee) paires.push([Math.min(un, autre), Math.max(un, autre)]);
    }
  });
  return paires.sort(([i, j], [k, l]) => j - l || i - k);
}

// Points pushed apart: at least `pas` units from each other, inside the frame.
function ecarter(places, pas, [largeur, hauteur]) {
  const tenir = ([x, y]) => [Math.min(Math.max(x, BORD), largeur - BORD), Math.min(Math.max(y, BORD), hauteur - BORD)];
  const points = places.map(tenir), voulu = pas + 0.2;
  for (let tour = 0; tour < TOURS; tour += 1) {
    let bouge = false;
    for (const [i, j] of proches(points, 2 * voulu)) {
      let dx = points[j][0] - points[i][0], dy = points[j][1] - points[i][1], loin = Math.hypot(dx, dy);
      if (loin >= voulu - 1e-6) continue;
      bouge = true;
      let pousse = (voulu - loin) / 2;
      if (loin < 1e-6) [dx, dy, loin, pousse] = [Math.cos(j * TOUR), Math.sin(j * TOUR), 1, voulu / 2];
      [dx, dy] = [((dx - COTE * dy) / loin) * pousse, ((dy + COTE * dx) / loin) * pousse];
      points[i] = tenir([points[i][0] - dx, points[i][1] - dy]);
      points[j] = tenir([points[j][0] + dx, points[j][1] + dy]);
    }
    if (!bouge) break;
  }
  return points.map((place) => place.map(dixieme));
}

export async function preparer(donnees, auj, form) {
  const { deplier } = await import(form.dataset.deplier);
  const { noms: [nom, noms, aucun], communes, carte } = donnees;
  const lignes = deplier(donnees);
  const valeurs = donnees.facettes.flatMap(([, connues]) => connues.map(([, texte]) => texte));
  const lettres = $('Lettres'), index = [...lettres.childNodes];
  const alphabetDOrigine = document.querySelector('.alphabet');
  const svg = document.querySelector('.annuaire-carte .geo svg');
  const dessin = svg && [...svg.querySelectorAll('.pt')];
  const dessins = new Map([...document.querySelectorAll('.lieu .facade')].map((un) =>
    [un.closest('.lieu').querySelector('a').href, un]));
  const compteur = $('Points'), dit = compteur?.textContent;
  let entrees = [], numeros = new Map(), tour = 0;

  // What a word is looked for in, folded once.
  let textes;
  function chercher(mots) {
    textes ??= new Map(lignes.map((ligne) => [ligne,
      cle([titreDe(ligne), ligne[DESSUS], ligne[DETAIL], ...ligne[VALEURS].map((rang) => valeurs[rang])].join(' '))]));
    return (ligne) => mots.every((mot) => textes.get(ligne).includes(mot));
  }

  const place = (ligne) => ligne[COMMUNE] >= 0 && carte?.departements.includes(communes[ligne[COMMUNE]][1]);

  // The points of some lines: one for each, or one for each commune when they are too many.
  function grouper(vues) {
    const placees = vues.filter(place), groupes = new Map();
    for (const ligne of placees) {
      const cle = placees.length > VISES ? ligne[COMMUNE] : ligne;
      groupes.set(cle, [...groupes.get(cle) ?? [], ligne]);
    }
    return [...groupes.values()];
  }

  function pastille(groupe, rang, [vx, vy], [x, y], cible, vise) {
    const themes = new Set(groupe.map((ligne) => ligne[THEME])), [theme] = themes;
    const classe = `pt${themes.size === 1 && theme ? ` t-${theme}` : ''}`,
      [ligne] = groupe,
      commune = communes[ligne[COMMUNE]];
    const point = element(vise ? 'a' : 'g', { class: classe });
    if (vise) {
      const seul = groupe.length === 1;
      point.setAttribute('href', seul ? ligne[ADRESSE] : `#Point-${rang}`);
      point.append(
        element('title', {}, seul ? `${titreDe(ligne)}, ${commune[0]}` : `${commune[0]}, ${groupe.length} lieux`),
        element('circle', { class: 'cible', cx: x, cy: y, r: cible }),
      );
    }
    if (x !== vx || y !== vy) {
      point.append(
        element('path', { class: 'tige', d: `M${x} ${y}L${vx} ${vy}` }),
        element('circle', { class: 'base', cx: vx, cy: vy, r: 3 }),
      );
    }
    if (groupe.length > 1) point.append(element('circle', { class: 'halo', cx: x, cy: y, r: 16 }));
    point.append(
      element('circle', { class: 'rond', cx: x, cy: y, r: 12 }),
      element('text', { x, y, dy: '.36em', 'text-anchor': 'middle' }, `${rang}`),
    );
    return point;
  }

  // The map of what is listed.
  function tracer(groupes) {
    const [ouest, nord, est, sud] = carte.repere, { width, height } = svg.viewBox.baseVal;
    const vrais = groupes.map(([ligne]) => {
      const [, , lat, lon] = communes[ligne[COMMUNE]];
      return [dixieme((lon - ouest) / est), dixieme((lat - nord) / sud)];
    });
    const [, pas] = [[24, 50], [VISES, 32], [Infinity, 20]].find(([plus]) => groupes.length <= plus);
    const ecartes = ecarter(vrais, pas, [width, height]), vise = groupes.length <= VISES;
    for (const ancien of svg.querySelectorAll('.pt')) ancien.remove();
    svg.setAttribute('role', vise && groupes.length ? 'group' : 'img');
    svg.append(...groupes.map((groupe, rang) =>
      pastille(groupe, rang + 1, vrais[rang], ecartes[rang], pas / 2, vise)));
    ecrire(compteur, compter(groupes.length, 'point'));
  }

  // Numbers of what is drawn, written again when more of it is.
  function numeroter(combien) {
    const vues = entrees.slice(0, combien), groupes = grouper(vues), ancres = new Set();
    numeros = new Map();
    groupes.forEach((groupe, rang) => { for (const ligne of groupe) numeros.set(ligne, [rang + 1, groupe.length]); });
    [...$('Resultats').querySelectorAll('.lieu')].forEach((item, rang) => numero(item, entrees[rang], ancres));
    // Few points change with the list; many, once it is seen.
    const ce = ++tour;
    if (groupes.length <= VISES) tracer(groupes);
    else requestAnimationFrame(() => setTimeout(() => ce === tour && tracer(groupes)));
  }

  function numero(item, ligne, ancres) {
    const bloc = item.querySelector('.no'), [rang, nombre] = numeros.get(ligne) ?? [];
    if (!bloc) return;
    bloc.classList.toggle('sans', !rang);
    bloc.ariaHidden = rang ? null : 'true';
    bloc.replaceChildren(...rang ? [cache('Point '), `${rang}`] : []);
    item.removeAttribute('id');
    if (nombre > 1 && !ancres.has(rang)) item.id = `Point-${rang}`;
    ancres.add(rang);
  }

  function article(ligne, lieu) {
    const [combien, fin] = ligne[AVENIR] ?? [], item = remplir(modele('ligne'), {
      adresse: ligne[ADRESSE], titre: ligne[TITRE], theme: ligne[THEME],
      details: [ligne[DESSUS], ligne[DETAIL], loin(lieu?.km[ligne[COMMUNE]])], marques: ligne[ETATS],
    });
    const dessine = dessins.get(item.querySelector('a').href);
    if (dessine) item.firstElementChild.after(dessine.cloneNode(true));
    ecrire(item.querySelector('.apart'), combien && !(fin < auj) && `${combien} à venir`);
    return item;
  }

  const lettreDe = (ligne) => /^[a-z]/.exec(cle(insigne(ligne[TITRE])[1].join('')))?.[0].toUpperCase() ?? '#';
  const groupeDe = (ligne) => ligne[FAMILLE] || lettreDe(ligne);
  const familles = [...new Set(donnees.familles)].filter(Boolean);
  // Structures come after the last family.
  const rangDe = (ligne) => (ligne[FAMILLE] ? familles.indexOf(ligne[FAMILLE]) : familles.length);
  const ancre = (lettre) => `Lettre-${lettre === '#' ? '0' : lettre}`;

  // The letters of what remains; one further down is drawn when it is asked for.
  function alphabet() {
    const nav = alphabetDOrigine?.cloneNode(true), connues = new Set(entrees.map(groupeDe));
    if (!nav || ![...connues].some((groupe) => groupe.length === 1)) return [];
    for (const item of nav.querySelectorAll('li')) {
      const lettre = item.textContent.trim();
      const un = connues.has(lettre) ? lien(lettre, `#${ancre(lettre)}`) : creer('span', {}, lettre);
      if (un.href)
        un.addEventListener('click', () => {
          while (!$(ancre(lettre)) && !$('Suite').hidden) $('Suite').click();
        });
      item.replaceChildren(un);
    }
    return [nav];
  }

  let parLettre = true;
  return {
    lignes,
    lot: matchMedia('(max-width: 62em)').matches ? 40 : PAGE,
    tri: 'nom',
    compte: (nombre) => (nombre ? compter(nombre, nom, noms) : aucun),
    connait: (nomme, valeur) => nomme === 'mot' && cle(valeur) !== '',
    dimensions(demande) {
      const mots = cle(demande.get('mot') ?? '').split(' ').filter(Boolean);
      return mots.length ? [{ cle: 'mot', passe: chercher(mots) }] : [];
    },

    entrees(trouvees, demande, lieu) {
      parLettre = !lieu || demande.get('tri') === 'nom';
      const ordre = parLettre ? (une, autre) => rangDe(une) - rangDe(autre) : lieu.plusPres;
      entrees = [...trouvees].sort(ordre);
      lettres.replaceChildren(...parLettre ? alphabet() : []);
      return entrees;
    },

    groupe: (ligne) => (parLettre ? groupeDe(ligne) : ' '),
    section: (groupe) => creer('section', { class: 'lettre' }, ...groupe === ' ' ? []
      : [creer('h2', groupe.length > 1 ? {} : { id: ancre(groupe) }, groupe)], creer('ul')),
    article,
    apres: (combien) => svg && numeroter(Math.max(Math.min(PAGE, entrees.length), combien)),

    // The page as it was made.
    origine() {
      tour += 1;
      lettres.replaceChildren(...index);
      if (!svg) return;
      for (const un of svg.querySelectorAll('.pt')) un.remove();
      svg.append(...dessin);
      svg.setAttribute('role', dessin.some((un) => un.nodeName === 'a') ? 'group' : 'img');
      compteur.textContent = dit;
    },
  };
}
