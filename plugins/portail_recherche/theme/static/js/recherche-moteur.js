// Answers queries from the files of the search: which contents, in which order, how many of each
// value. `chercher` is told { q, filtres: Map(key → Set(codes)), tri, exact, enCours: the last word is being typed }.
const JOUR = 864e5;
const FOIS = 4000; // days before the build from which times of events are counted
const PREFIXE = 3, PREFIXES = 50; // letters of a beginning of word, words taken that begin so
const PEU = 3; // fewer answers than that: near words are worth a look

// Times of events to come, by place: { dure, temps: [[first day, last day], …] }, days from `origine`.
function lireFois(lus, depuis) {
  const fois = new Map();
  for (let lu = 0, place = -1; lu < lus.length;) {
    place += lus[lu];
    const dure = lus[lu + 1] % 2 > 0, fin = lu + 2 + 2 * (lus[lu + 1] >> 1), temps = [];
    let jour = depuis;
    for (lu += 2; lu < fin; lu += 2) {
      jour += lus[lu];
      temps.push([jour, jour + lus[lu + 1]]);
    }
    fois.set(place, { dure, temps });
  }
  return fois;
}
// What a sentence asks besides its words, as conditions on places { dit, passe }, the last given up
// first; `fermes` hold as long as answers with a part of the words keep them. What it wishes is a
// factor. With no other word, or on given days, for whom it is is a condition too.
const SOUHAITS = { peut: 1.5, non: 0.15 };
const PORTEE = 100; // kilometres at which a content is worth half
const LARGE = 3; // times as far, where nothing is near
const ENFANTS = 1, VISITE = 16, INVENTE = 32, SOIR = 1024;
function poser(base, lu, seul, { aLieu, vient }) {
  const { ages, pour, ecartDe, dimensions } = base;
  const fermes = [], conditions = [], souhaits = [];
  const { moment, departement, lieu } = lu;
  let tu = null;
  if (moment) {
    const bornes = [ecartDe(moment.du), ecartDe(moment.au)];
    const soir = moment.heures?.[0] >= 1080; // of events, the index knows no other hour
    const alors = (un) => !soir || lu.ouverts.has(un) || pour[un] & SOIR;
    const a = (un) => alors(un) && aLieu(base, un, bornes, lu.ouverts) !== undefined;
    const pres = (un) => !(lieu?.km(un) > lieu?.rayon * LARGE);
    // After all that is open, what is near and says no hours.
    if (lu.visite) {
      conditions.push({ dit: moment.dit, passe: (un) => a(un) || (lu.tait(un) && pres(un)) });
      conditions.push({ dit: (lieu ?? moment).dit, passe: (un) => a(un) && pres(un) });
    } else conditions.push({ dit: moment.dit, passe: a });
  }
  // Who asks what to do goes to what is to come, or where one visits.
  if (moment ? ecartDe(moment.au) >= base.auj : seul && lieu?.rayon < Infinity)
    fermes.push({ dit: moment?.dit ?? 'à venir', passe: (un) => vient(base, un) || pour[un] & VISITE });
  if (departement) {
    const { codes, rangs, parListe } = dimensions.find(({ cle }) => cle === 'departement') ?? { codes: [] };
    const rang = codes.indexOf(departement.code);
    const la = (un) => rang >= 0 && parListe[rangs[un]].includes(rang);
    fermes.push({ dit: departement.dit, passe: la });
  }
  if (lieu?.rayon < Infinity) {
    // Nearer before sooner, but for who asks what is open.
    if (moment && !lu.visite)
      fermes.push({ dit: lieu.dit, passe: (un) => lieu.km(un) <= lieu.rayon * LARGE });
    conditions.push({ dit: lieu.dit, passe: (un) => lieu.km(un) <= lieu.rayon });
  }
  const vouloir = (dit, valeur, dur = seul || moment) => {
    if (dur) conditions.push({ dit, passe: (un) => valeur(un) >= SOUHAITS.peut });
    souhaits.push(valeur);
  };
  if (lu.age) {
    const { min, max, dit } = lu.age;
    // As in the agenda: what contradicts it goes, what says nothing stays, after the rest.
    tu = (un) => !ages[un].length;
    conditions.push({ dit, passe: (un) => tu(un) || (([de, a]) => de <= max && a >= min)(ages[un]) });
    souhaits.push((un) => (tu(un) && pour[un] & ENFANTS ? SOUHAITS.peut : 1));
  }
  for (const { dit, masque, seulement } of lu.pour) {
    if (seulement) fermes.unshift({ dit, passe: (un) => pour[un] & masque && !(pour[un] & lu.jamais) });
    else vouloir(dit, (un) => {
      if (pour[un] & masque) return SOUHAITS.peut;
      return masque === ENFANTS && ages[un].length ? SOUHAITS.non : 1;
    });
  }
  if (lieu) souhaits.push((un) => 1 / (1 + Math.min(lieu.km(un) / PORTEE, 4)));
  return { fermes, conditions, tu, facteur: (un) => souhaits.reduce((tout, valeur) => tout * valeur(un), 1) };
}

// What the order of answers rests on, by place: days, sorts, what is in another region.
function preparer(etat, { nombres }, { nommer, ranger }, auj) {
  const { index, total, numeros } = etat, { sortes: noms, colonnes } = index;
  const ecartDe = (jour) => Math.round((Date.parse(jour) - Date.parse(index.origine)) / JOUR);
  const depuis = ecartDe(auj);
  // Columns go sort after sort, in each in order of number; days are steps from the former one.
  const sortes = nombres(colonnes.sorte), ordre = ranger(Uint32Array.from(sortes.keys()), (un) => sortes[un]);
  const placer = (lus) => {
    const places = new Uint32Array(total);
    ordre.forEach((place, rang) => { places[place] = lus[rang]; });
    return places;
  };
  let jour = 0, place = 0;
  const jours = placer(nombres(colonnes.jour).map((pas) => (jour += pas % 2 ? -(pas + 1) / 2 : pas / 2)));
  const fins = placer(nombres(colonnes.fin));
  const quand = Uint8Array.from(fins, (fin, un) => fin && (jours[un] + fin > depuis ? 1 : 2));
  const dehors = new Set(nombres(index.dehors).map((pas) => (place += pas / 2)));
  return {
    etat, index, ecartDe, placer, total, numeros, jours, fins, quand, auj: depuis, sortes,
    ailleurs: (un) => dehors.has(un),
    evenement: noms.indexOf('evenements'), reseau: noms.indexOf('reseau'), ...nommer(noms), demandes: new Map(),
  };
}

// What filters, their counts and sentences ask besides: facets, of each its column of ranks of lists
// of values; ages, whom contents are for, times of events.
function detailler({ index, ecartDe, placer, sortes, quand }, { facettes, listes, colonnes, fois }, nombres) {
  const lire = (nom) => placer(nombres(colonnes[nom])), territoire = lire('territoire');
  const colonne = (cle, valeurs) => {
    const rang = ['departement', 'epci'].indexOf(cle);
    if (rang >= 0) return [territoire, listes.territoire.map((une) => une[rang])];
    return cle === 'sorte' ? [sortes, valeurs.map((_, un) => [un])] : [lire(cle), listes[cle]];
  };
  const dimensions = facettes.map(([cle, , valeurs]) => {
    const codes = valeurs.map(([code]) => code), [rangs, parListe] = colonne(cle, valeurs);
    return { cle, codes, rangs, parListe };
  });
  dimensions.push({ cle: 'quand', codes: ['avenir', 'passe'], rangs: quand, parListe: [[], [0], [1]] });
  return {
    facettes, dimensions, fois: lireFois(nombres(fois), ecartDe(index.jour) - FOIS),
    ages: Array.from(lire('age'), (rang) => listes.age[rang]), pour: lire('pour').map((rang) => listes.pour[rang]),
  };
}

// What passes the filters, in the same order; and for each value how many would if it were chosen,
// its own facet left aside.
function restreindre({ dimensions = [], quand }, rangs, filtres) {
  const actives = [];
  dimensions.forEach(({ cle, codes, rangs: colonne, parListe }, facette) => {
    const voulus = new Set([...filtres.get(cle) ?? []].map((code) => codes.indexOf(code)));
    voulus.delete(-1);
    if (voulus.size)
      actives.push({ facette, colonne, passe: parListe.map((une) => une.some((rang) => voulus.has(rang))) });
  });
  const compteurs = dimensions.map(({ parListe }) => new Uint32Array(parListe.length));
  const trouves = [];
  let passes = 0;
  for (const un of rangs) {
    let refus = 0, qui = -1;
    for (const { facette, colonne, passe } of actives) {
      if (passe[colonne[un]]) continue;
      refus += 1;
      qui = facette;
    }
    if (refus > 1) continue;
    if (!refus) {
      trouves.push(un);
      passes += quand[un] === 2;
    }
    if (refus) compteurs[qui][dimensions[qui].rangs[un]] += 1;
    else for (let une = 0; une < dimensions.length; une += 1) compteurs[une][dimensions[une].rangs[un]] += 1;
  }
  const nombres = new Map();
  dimensions.forEach(({ cle, codes, parListe }, facette) => {
    for (const code of codes) nombres.set(`${cle}=${code}`, 0);
    parListe.forEach((une, liste) => {
      for (const rang of une) {
        const nom = `${cle}=${codes[rang]}`;
        nombres.set(nom, nombres.get(nom) + compteurs[facette][liste]);
      }
    });
  });
  return { trouves, nombres: dimensions.length ? nombres : null, passes };
}

// The lists of a word: its own, and if one is typing it, or nothing has it, those of words that begin so.
async function trouver(etat, { racine, mot }, plier, enCours) {
  const propre = await etat.terme(racine), plie = plier(mot);
  const termes = propre ? [[racine, propre]] : [];
  if ((propre && !enCours) || plie.length < PREFIXE) return termes;
  return [...termes, ...(await etat.prefixe(plie, PREFIXES)).filter(([nom]) => nom !== racine)];
}

// What excerpts mark: `[stem, rank of the word of the query]`, beginnings and what means the same
// included; phrases.
function marquer(mots, phrases, groupes) {
  const racines = mots.flatMap(({ termes }, rang) => termes.map(([nom]) => [nom, rang]));
  const suites = phrases.map((une) => une.map(({ mot }) => mot.racine));
  const dites = ` ${mots.map(({ racine }) => racine).join(' ')} `;
  for (const groupe of groupes) {
    const dit = groupe.find((membre) => dites.includes(` ${membre} `))?.split(' ')[0];
    const rang = mots.findIndex(({ racine }) => racine === dit);
    for (const membre of rang < 0 ? [] : groupe) {
      if (membre.includes(' ')) suites.push(membre.split(' '));
      else racines.push([membre, rang]);
    }
  }
  return { racines, phrases: suites };
}

// `situer(words)`: the commune that the first of them name, { combien, lieu, distance }, or nothing.
export function ouvrir(
  { racine, mots: analyse, index: lecture, classement, phrase, auj, situer = async () => null },
) {
  const { apres, attente, parDate, parMoment, vient } = classement;
  const lecteur = lecture.lecture(racine), bases = new WeakMap();
  let facettes = null;
  const baseDe = (etat) => {
    if (!bases.has(etat)) {
      analyse.apprendre?.(etat.index.francais);
      bases.set(etat, preparer(etat, lecture, classement, auj));
    }
    return bases.get(etat);
  };
  async function completer(base) {
    if (!base.dimensions) Object.assign(base, detailler(base, await base.etat.valeurs(), lecture.nombres));
    ({ facettes } = base);
  }

  // The words of the site, and what knows those near them, which few queries need.
  async function vocabulaire(base) {
    const module = await import(new URL('recherche-proches.js', import.meta.url));
    base.vocabulaire ??= module.preparer((await base.etat.vocabulaire()).mots, analyse.plier);
    return { module, preparee: base.vocabulaire };
  }

  // Unknown words are corrected, or left out when nothing is near.
  async function reparer(base, mots) {
    const { module, preparee } = await vocabulaire(base);
    const dernier = mots.at(-1);
    // « scientifiq », « protecti » are no beginning of a stem.
    if (dernier.enCours && !dernier.termes.length) {
      const plie = analyse.plier(dernier.mot);
      const racines = module.completer(preparee, plie).flatMap(analyse.jetons).map(({ racine }) => racine);
      if (!racines.length && plie.length > 6) racines.push(plie.slice(0, -1), plie.slice(0, -2));
      const lus = await Promise.all([...new Set(racines)].map(async (nom) => [nom, await base.etat.terme(nom)]));
      dernier.termes = lus.filter(([, liste]) => liste);
    }
    const inconnus = new Set(mots.flatMap(({ termes }, rang) => (termes.length ? [] : [rang])));
    const { corriges, autres } = module.corriger(preparee, mots, inconnus, analyse.plier);
    const corrige = [], bons = [];
    for (const [rang, mot] of mots.entries()) {
      const nouveau = corriges.get(rang),
        lus = analyse
          .jetons(nouveau ?? '')
          .map((jeton) => ({
            ...mot, racine: jeton.racine, mot: nouveau.slice(jeton.debut, jeton.fin),
            position: mot.position + jeton.position,
          }));
      for (const lu of lus) lu.termes = await trouver(base.etat, lu, analyse.plier, false);
      const connus = lus.filter(({ termes }) => termes.length);
      if (connus.length) corrige.push([mot.mot, nouveau]);
      else if (nouveau === '') corrige.at(-1)[0] += ` ${mot.mot}`;
      if (nouveau === undefined || (nouveau && !connus.length)) bons.push(mot);
      else bons.push(...connus);
    }
    return { mots: bons, corrige, autres: differents(autres, bons) };
  }

  // The words of a query, with the contents of each.
  async function lireMots(etat, q, enCours) {
    const { mots, phrases, exclus } = classement.analyser(q, analyse);
    const lire = async (jeton) => {
      const finit = enCours && jeton.fin === q.length;
      return {
        ...jeton, origine: jeton.racine, enCours: finit,
        termes: await trouver(etat, jeton, analyse.plier, finit),
      };
    };
    const lireExclu = async ({ racine, position }) => {
      const liste = await etat.terme(racine);
      return { mot: { exact: true, listes: liste ? [liste] : [] }, position };
    };
    const [lus, sansEux] = await Promise.all([
      Promise.all(mots.map(lire)), Promise.all(exclus.map((une) => Promise.all(une.map(lireExclu)))),
    ]);
    return { lus, phrases, exclus: sansEux };
  }

  // Words near those of a query that finds little, and that are not the same.
  async function voisins(base, mots) {
    const { module, preparee } = await vocabulaire(base);
    return differents(mots.flatMap(({ mot }) => module.proches(preparee, analyse.plier(mot))), mots);
  }

  // Three words at most, each of another stem than the others and than `mots`.
  function differents(proches, mots) {
    const dits = new Set(mots.map(({ racine }) => racine));
    return proches.filter((un) => {
      const [{ racine } = {}] = analyse.jetons(un), neuf = racine && !dits.has(racine);
      dits.add(racine);
      return neuf;
    }).slice(0, 3);
  }

  // What the words of a query find, in order, filters apart.
  async function chercherMots(base, q, exact, enCours, { parmi, facteur, dits }) {
    const { lus, phrases, exclus } = await lireMots(base.etat, q, enCours), seuls = !dits.lus.length;
    const inconnu = lus.some(({ termes }) => !termes.length);
    const { mots, corrige, autres } =
      inconnu && !exact ? await reparer(base, lus) : { mots: lus, corrige: [], autres: [] };
    const connus = mots.filter(({ termes }) => termes.length).map((un) => (
      { ...un, listes: un.termes.map(([, liste]) => liste), exact: un.termes[0][0] === un.racine }));
    const sans = mots.filter(({ termes, mot, enCours: finit }) => !termes.length && !(finit && mot.length < PREFIXE))
      .map(({ mot }) => mot);
    const suites = phrases.map((une) => une.flatMap(({ racine, position }) => {
      const siens = connus.filter(({ origine }) => origine === racine);
      return siens.map((mot) => ({ mot, position: position + mot.position - siens[0].position }));
    })).filter((une) => une.length > 1);
    const libres = connus.filter(({ mot }) => dits.formes?.test(analyse.plier(mot)));
    for (const un of libres.length < connus.length ? libres : []) un.libre = true;
    const voulu = { mots: connus, phrases: suites, exclus, parmi, facteur, dits };
    const trouve = connus.length && !(exact && sans.length)
      ? classement.classer(base, voulu) : { rangs: [], partiels: 0 };
    const peu = seuls && !exact && !enCours && !corrige.length && connus.length && trouve.rangs.length < PEU;
    const proches = peu ? await voisins(base, connus).catch(() => []) : autres; // may well not arrive
    const marques = marquer(connus, suites, base.etat.index.synonymes ?? []);
    return { ...trouve, corrige, sans, marques, proches, vides: !lus.length };
  }

  // Everything, by day; for a sentence, events to come first, then where one may go.
  function partout(base, parmi, seul) {
    let rangs = parDate(base).filter(parmi);
    if (seul) rangs = apres(apres(rangs, (un) => !(base.pour[un] & VISITE)), (un) => !vient(base, un));
    const marques = { racines: [], phrases: [] };
    return { rangs, partiels: 0, corrige: [], sans: [], marques, proches: [], vides: false };
  }
  // « Que faire ce week-end avec des enfants »: the words, among what the sentence asks besides; where
  // nothing is, without the last of its conditions (`jamais`), then the one before: all the words
  // first, then most of them.
  async function chercherPhrase(base, q, exact, enCours, deja) {
    let lu = exact ? { reste: q, lus: [], pour: [], pres: [] } : phrase.lire(q, base.index.phrase, auj);
    lu = await phrase.placer(lu, situer, () => base.etat.lieux());
    if (lu.lus.length) await completer(base);
    const { trouves: ouverts, sus } = lu.moment ? await base.etat.ouverts(lu.moment) : { trouves: new Map() };
    lu.ouverts = ouverts;
    lu.tait = (un) => sus && !sus.has(un) && (base.pour[un] & VISITE) > 0;
    const seul = lu.lus.length > 0 && !analyse.jetons(lu.reste).length;
    const { fermes, conditions, tu, facteur } = poser(base, lu, seul, classement), toutes = [...fermes, ...conditions];
    const entiers = conditions.length + 1;
    let trouve, perdues;
    for (const essai of Array(toutes.length + 1 + entiers).keys()) {
      const combien = toutes.length - (essai < entiers ? essai : essai - entiers);
      const tenues = toutes.slice(0, combien), parmi = (un) => tenues.every(({ passe }) => passe(un));
      trouve = seul || !q.trim() ? partout(base, parmi, seul)
        : await chercherMots(base, lu.reste, exact, enCours, { parmi, facteur, dits: lu });
      perdues = [...new Set(toutes.slice(combien).map(({ dit }) => dit))];
      if (trouve.rangs.length - (essai < entiers && toutes[0] ? trouve.partiels : 0)) break;
    }
    // Once it is spelt, a sentence is read again: « dunkerke » is a commune.
    if (lu.lus.length && trouve.corrige.length && !deja && !enCours) {
      const dite = trouve.corrige.reduce((texte, [un, autre]) => texte.replace(un, () => autre), q);
      const mieux = await chercherPhrase(base, dite, exact, enCours, true);
      return { ...mieux, corrige: [...trouve.corrige, ...mieux.corrige] };
    }
    const compris = lu.lus.filter((dit) => !perdues.includes(dit)), { moment, lieu } = lu;
    const autrement = perdues.includes(moment?.dit);
    let { rangs } = trouve;
    if (moment && !autrement) rangs = parMoment(base, rangs, moment, seul, lu.ouverts);
    // The nearest first; both may be nowhere.
    if (lieu && !trouve.partiels && (lu.visite || (seul && (!moment || perdues.includes(lieu.dit)))))
      rangs = [...rangs].sort((un, autre) => Math.round(lieu.km(un)) - Math.round(lieu.km(autre)) || 0);
    // Where nothing is then, what is the soonest before or after.
    if (autrement && !lu.visite) {
      const bornes = [base.ecartDe(moment.du), base.ecartDe(moment.au)];
      rangs = apres([...rangs].sort((un, autre) => attente(base, un, bornes) - attente(base, autre, bornes) || 0),
        (un) => lieu?.km(un) > lieu?.rayon);
    }
    if (lu.lus.length) {
      // Of events that answer a sentence, those that are invented come last.
      const suite = apres(rangs, (un) => (base.pour[un] & INVENTE) > 0).filter((un) => vient(base, un));
      rangs = [...rangs].map((un) => (vient(base, un) ? suite.shift() : un));
    }
    if (autrement && !lu.visite) rangs = apres(rangs, (un) => !vient(base, un));
    if (tu) rangs = apres(apres(rangs, (un) => tu(un) && !(base.pour[un] & ENFANTS)), tu);
    const tait = lu.visite && moment && !(autrement && lieu) ? lu.tait : null;
    if (tait) rangs = apres(rangs, tait);
    const visite = lu.visite && (autrement || rangs.some(tait ?? (() => false)));
    return { ...trouve, rangs, compris, tu, tait, jamais: perdues.join(', '), visite, lieu, ouverts,
      services: exact ? [] : phrase.servir(q, base.index.phrase?.services ?? [], analyse.jetons) };
  }

  // `compter`: the numbers of each value are asked for; with a filter they are told anyway.
  async function repondre(
    etat, { q = '', filtres = new Map(), tri = 'pertinence', exact = false, enCours = false, compter = false },
  ) {
    const base = baseDe(etat), cle = JSON.stringify([q, exact, enCours]), { demandes } = base;
    if (compter || filtres.size) await completer(base);
    if (!demandes.has(cle)) {
      if (demandes.size > 20) demandes.clear();
      const promesse = chercherPhrase(base, q, exact, enCours);
      demandes.set(cle, promesse);
      promesse.catch(() => demandes.delete(cle));
    }
    const { rangs, services, lieu, tu, tait, ouverts, ...dits } = await demandes.get(cle);
    let ordre = rangs;
    if (tri === 'date' && q.trim()) {
      const dedans = new Uint8Array(base.total);
      for (const un of rangs) dedans[un] = 1;
      ordre = (base.parDate ??= parDate(base)).filter((un) => dedans[un]);
    }
    const { trouves, nombres, passes } = restreindre(base, ordre, filtres);
    const numeros = Uint32Array.from(trouves, (un) => base.numeros[un]);
    // Kilometres of a content from the commune that the sentence names.
    const km = lieu && new Map(trouves.map((un) => [base.numeros[un], lieu.km(un)]));
    const heures = new Map(trouves.map((un) => [base.numeros[un], ouverts.get(un)]));
    const proches = filtres.size ? [] : services, tus = tu && trouves.filter(tu).length;
    const inconnus = tait && trouves.filter(tait).length;
    return { ...dits, tus, inconnus, total: numeros.length, numeros, nombres, passes, km, heures, services: proches };
  }

  const reseau = (erreur) => erreur.cause === 'reseau';
  async function chercher(demande) {
    const etat = await lecteur.actuel();
    try {
      return await repondre(etat, demande);
    } catch (erreur) {
      if (!reseau(erreur)) throw erreur;
      return repondre(await lecteur.nouveau(etat), demande);
    }
  }

  // The cards of numbers that an answer gave.
  async function fiches(numeros) {
    const etat = await lecteur.actuel();
    try {
      return await etat.fiches(numeros);
    } catch (erreur) {
      // The site has changed since: the next answer reads it anew.
      if (!reseau(erreur)) await lecteur.nouveau(etat);
      throw erreur;
    }
  }
  // Reads the index; who searches tries again.
  const amorcer = () => lecteur.actuel().catch(() => {});
  return { amorcer, chercher, fiches, get facettes() { return facettes; } };
}
