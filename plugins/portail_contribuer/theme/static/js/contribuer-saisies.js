// What each control holds, as a front matter says it: every value is text, what is empty is absent.
// What the form has no control for is kept aside (data-reste) and written back as it was.
// Reads and says periods as people do: it comes with the first of them, and what judges them waits for it.
let dates;
export const venir = async () => { dates ??= await import(new URL('contribuer-dates.js', import.meta.url)); };
const tous = (racine, quoi) => [...racine.querySelectorAll(quoi)];
// Its own control: what fills it, a grid of hours, may stand before it.
const un = (champ) => champ.querySelector('textarea') ?? champ.querySelector('input, select');
const part = (champ, nom) => champ.querySelector(`[data-part="${nom}"]`);
const valeurDe = (champ, nom) => part(champ, nom)?.value ?? '';
const ouRien = (texte) => texte.replace(/[ \t]*\n\s*/g, ' ').trim() || undefined;
const liste = (valeurs) => (valeurs.length ? valeurs : undefined);
const couper = (texte, par) => texte.split(par).map((un) => un.trim()).filter(Boolean);
const [jourDe, heureDe] = [0, 1].map((rang) => (moment = '') => moment.split(/[ T]/)[rang] ?? '');
const deux = (heure) => heure.replace(/^\d:/, '0$&');
const retenus = (champ) => JSON.parse(champ.dataset.retenus ?? '[]');

// Whether the control took the value: a native date refuses what is not one.
function poser(controle, valeur = '') {
  controle.value = valeur;
  return controle.value === valeur;
}
const texte = { lire: (champ) => ouRien(un(champ).value), ecrire: (champ, valeur) => poser(un(champ), valeur) };

// All others are texts.
const SORTES = {
  heure: { ...texte, ecrire: (champ, valeur = '') => poser(un(champ), deux(valeur)) },
  corps: { lire: (champ) => un(champ).value.trim() || undefined, ecrire: texte.ecrire },
  'liste-de-textes': {
    lire: (champ) => liste(couper(un(champ).value, un(champ).value.includes(';') ? /[\n;]/ : /[\n,]/)),
    ecrire: (champ, valeurs = []) => {
      const area = un(champ), dites = [valeurs].flat(), longues = dites.some((une) => une.includes(','));
      area.value =
        dites.join(area.localName === 'textarea' ? '\n' : longues ? ' ; ' : ', ') + (longues && !dites[1] ? ' ;' : '');
    },
  },
  // What is not understood stays as it is, for the check to tell.
  periodes: {
    lire: (champ) => liste(couper(un(champ).value, /[\n;,]/).map((dit) => dates?.periodeDe(dit) ?? (venir(), dit))),
    ecrire(champ, valeurs = []) {
      poser(un(champ), [valeurs].flat().join(' ; '));
      if (valeurs.length) venir().then(() =>
        poser(un(champ), [valeurs].flat().map(dates.direPeriode).join(' ; ')));
    },
  },
  // In the order of the file that was read (data-ordre), where the first may count most.
  cases: {
    lire(champ) {
      const ordre = champ.dataset.ordre?.split(' ') ?? [], rang = (un) => ordre.indexOf(un) + 1 || ordre.length + 1;
      return liste(tous(champ, 'input:checked').map(({ value }) => value).sort((un, autre) => rang(un) - rang(autre)));
    },
    ecrire(champ, valeurs = []) {
      delete champ.dataset.ordre;
      if ([valeurs].flat().length > 1) champ.dataset.ordre = valeurs.join(' ');
      const restent = new Set([valeurs].flat());
      for (const boite of tous(champ, 'input')) boite.checked = restent.delete(boite.value);
      return restent.size ? [...restent] : true;
    },
  },
  // What is so unless it is said otherwise needs not be written.
  option: {
    lire(champ) {
      const { value } = champ.querySelector('select') ?? champ.querySelector('input:checked') ?? {};
      return (value !== champ.dataset.defaut && value) || undefined;
    },
    ecrire(champ, valeur = '') {
      const menu = champ.querySelector('select');
      if (menu) return poser(menu, valeur || champ.dataset.defaut);
      const voulue = valeur || (champ.dataset.defaut ?? '');
      let pris = !valeur;
      for (const bouton of tous(champ, 'input')) if ((bouton.checked = bouton.value === voulue)) pris = true;
      return pris;
    },
  },
  acces: {
    cles: (champ) => [...new Set(tous(champ, 'input').map(({ name }) => name.split(/[.-]/).pop()))],
    lire(champ) {
      const dits = tous(champ, 'input:checked').filter(({ value }) => value && value !== 'inconnu');
      return liste(dits) && Object.fromEntries(dits.map(({ name, value }) => [name.split(/[.-]/).pop(), value]));
    },
    ecrire(champ, valeurs = {}) {
      for (const bouton of tous(champ, 'input'))
        bouton.checked = bouton.value === (valeurs[bouton.name.split(/[.-]/).pop()] ?? 'inconnu');
    },
  },
  moment: {
    lire: (champ) => ouRien(`${valeurDe(champ, 'jour')} ${valeurDe(champ, 'heure')}`),
    ecrire: (champ, valeur) => poser(part(champ, 'jour'), jourDe(valeur))
      && (!part(champ, 'heure') ? !heureDe(valeur) : poser(part(champ, 'heure'), deux(heureDe(valeur)))),
  },
  seance: {
    cles: () => ['debut', 'fin'],
    lire(champ) {
      const jour = valeurDe(champ, 'jour'), de = valeurDe(champ, 'de'), a = valeurDe(champ, 'a');
      const dernier = valeurDe(champ, 'dernier');
      const debut = ouRien(`${jour} ${de}`), fin = dernier || a ? ouRien(`${dernier || jour} ${a}`) : undefined;
      return debut || fin ? { ...(debut && { debut }), ...(fin && { fin }) } : undefined;
    },
    ecrire(champ, { debut, fin } = {}) {
      const long = fin && jourDe(fin) !== jourDe(debut);
      if (part(champ, 'dernier')) poser(part(champ, 'dernier'), long ? jourDe(fin) : '');
      return poser(part(champ, 'jour'), jourDe(debut)) && poser(part(champ, 'de'), deux(heureDe(debut)))
        && poser(part(champ, 'a'), deux(heureDe(fin)));
    },
  },
  oui: {
    lire: (champ) => (un(champ).checked ? 'true' : undefined),
    ecrire(champ, valeur) {
      un(champ).checked = valeur === 'true';
      return !valeur || valeur === 'true';
    },
  },
  // One content: its slug once it is chosen (data-valeur), else what is written.
  reference: {
    lire: (champ) => champ.dataset.valeur ?? ouRien(un(champ).value),
    ecrire(champ, valeur) {
      delete champ.dataset.valeur;
      if (valeur) champ.dataset.valeur = valeur;
      poser(un(champ), valeur);
    },
  },
  // Several: [slug or name, title] pairs kept so far, and what is still in the field.
  references: {
    lire: (champ) => liste([...retenus(champ).map(([nom]) => nom),
      ...(champ.dataset.valeur ? [champ.dataset.valeur] : couper(un(champ).value, /[\n;]/))]),
    ecrire(champ, valeurs = []) {
      delete champ.dataset.valeur;
      champ.dataset.retenus = JSON.stringify([valeurs].flat().map((nom) => [nom, nom]));
      poser(un(champ), '');
    },
  },
  image: {
    lire: (champ) => champ.dataset.nom || undefined,
    ecrire(champ, valeur) {
      delete champ.dataset.nom;
      if (valeur) champ.dataset.nom = valeur;
    },
  },
};

const sorte = (champ) => SORTES[champ.dataset.saisie] ?? texte;
export const lire = (champ) => sorte(champ).lire(champ);
export const ecrire = (champ, valeur) => sorte(champ).ecrire(champ, valeur);

// Rows of a container, and what stands directly in a row or in the form.
export const lignesDe = (bloc) =>
  tous(bloc, '.rang').filter((ligne) => ligne.parentElement.closest('[data-lignes]') === bloc);
const siens = (racine) => tous(racine, '[data-chemin][data-saisie], [data-saisie=corps], [data-lignes]')
  .filter((bloc) => bloc.parentElement.closest('.rang, form') === racine);

function cheminDe(bloc) {
  const chemin = couper(bloc.dataset.lignes ?? bloc.dataset.chemin ?? '', '.');
  return bloc.dataset.saisie === 'image' && chemin.at(-1) !== 'fichier' ? [...chemin, 'fichier'] : chemin;
}

// Two lists follow one another, two groups are joined, a text replaces another.
function joindre(avant, apres) {
  if (Array.isArray(avant) && Array.isArray(apres)) return [...avant, ...apres];
  if (avant && apres && typeof avant === 'object' && typeof apres === 'object') {
    const groupe = { ...avant };
    for (const [cle, valeur] of Object.entries(apres)) groupe[cle] = joindre(avant[cle], valeur);
    return groupe;
  }
  return apres;
}
const autour = (chemin, valeur) => chemin.reduceRight((dedans, cle) => ({ [cle]: dedans }), valeur);

// What the form, or a row, says: `places` tells which control holds which path.
export function recueillir(racine) {
  let valeur = JSON.parse(racine.dataset.reste ?? '{}');
  let corps;
  const places = [];
  for (const bloc of siens(racine)) {
    if (bloc.closest('[hidden]')) continue;
    const chemin = cheminDe(bloc);
    if (bloc.dataset.saisie === 'corps') {
      corps = lire(bloc);
      places.push([['corps'], bloc]);
    } else if (bloc.dataset.saisie) {
      const dit = lire(bloc);
      places.push([chemin, bloc], ...(sorte(bloc).cles?.(bloc) ?? []).map((cle) => [[...chemin, cle], bloc]));
      if (dit !== undefined) valeur = joindre(valeur, autour(chemin, dit));
    } else {
      const dites = [];
      for (const ligne of lignesDe(bloc)) {
        const elle = recueillir(ligne), rang = dites.length;
        places.push(...elle.places.map(([suite, champ]) => [[...chemin, rang, ...suite], champ]));
        if (Object.keys(elle.valeur).length) dites.push(elle.valeur);
      }
      if (dites.length) valeur = joindre(valeur, autour(chemin, dites));
    }
  }
  return { valeur, corps, places };
}

function prendre(objet, [cle, ...suite]) {
  if (objet === null || typeof objet !== 'object' || !(cle in objet)) return undefined;
  const pris = suite.length ? prendre(objet[cle], suite) : objet[cle];
  if (!suite.length || !Object.keys(objet[cle]).length) delete objet[cle];
  return pris;
}

// Fills the form, or a row; `ajuster(bloc, nombre)` makes the rows. What found no control stays aside.
export function remplir(racine, valeurs, corps, ajuster) {
  let reste = structuredClone(valeurs);
  for (const bloc of siens(racine)) {
    const chemin = cheminDe(bloc);
    if (bloc.dataset.lignes !== undefined) {
      const dites = [prendre(reste, chemin) ?? []].flat();
      ajuster(bloc, dites.length);
      lignesDe(bloc).forEach((ligne, rang) => remplir(ligne, dites[rang] ?? {}, '', ajuster));
      continue;
    }
    const { cles } = sorte(bloc);
    let valeur;
    if (bloc.dataset.saisie === 'corps') valeur = corps;
    else if (cles) {
      const pris = cles(bloc)
        .map((cle) => [cle, prendre(reste, [...chemin, cle])])
        .filter(([, dit]) => dit !== undefined);
      valeur = pris.length ? Object.fromEntries(pris) : undefined;
    } else valeur = prendre(reste, chemin);
    const pris = ecrire(bloc, valeur);
    if (valeur !== undefined && (pris === false || Array.isArray(pris))) {
      reste = joindre(reste, autour(chemin, pris || valeur));
    }
  }
  racine.dataset.reste = JSON.stringify(reste);
}

// The controls that the file does not know.
export const hors = (form) => Object.fromEntries(tous(form, '[data-hors]:not([data-saisie=corps])')
  .filter((champ) => !champ.closest('[hidden]')).map((champ) => [champ.dataset.hors, lire(champ)]));
export function poserHors(form, valeurs) {
  for (const champ of tous(form, '[data-hors]'))
    if (champ.dataset.hors in valeurs) ecrire(champ, valeurs[champ.dataset.hors]);
}

// Shows what the answers call for. A question that is hidden has no answer.
export function conditionner(form) {
  const temoins = (bloc, nom) => [bloc.parentElement.closest('.rang'), form].filter(Boolean)
    .map((racine) => racine.querySelector(`[data-chemin="${nom}"], [data-hors="${nom}"]`)).find(Boolean);
  for (const bloc of tous(form, '[data-si]')) {
    bloc.hidden = !couper(bloc.dataset.si, ';').every((condition) => {
      const [nom, attendues = ''] = condition.split('='), temoin = nom[0] === '@' ? null : temoins(bloc, nom);
      let dit = temoin && !temoin.closest('[hidden]') ? [lire(temoin)].flat() : [undefined];
      if (nom[0] === '@') dit = [form.dataset[nom.slice(1)]];
      if (attendues === '?')
        return dit[0] === undefined || temoin.dataset.valeur === undefined || temoin.dataset.ecrit !== undefined;
      return attendues === '*' ? dit[0] !== undefined
        : attendues.split(',').some((une) => dit.some((un) => (un ?? '') === une));
    });
  }
}

// Folds that hold an answer are open.
export function deplier(form) {
  for (const pli of tous(form, 'details')) {
    const dernier = pli.querySelector('[data-part=dernier]');
    if (dernier?.value || tous(pli, '[data-saisie]').some((champ) => lire(champ) !== undefined)) pli.open = true;
  }
}
