// What a sentence says besides its words: when, for which age, for whom, in which département, near
// which commune; the pages of the portal that it asks for. Words and tables come from the index
// (features/pages/recherche/sentences.py).
const { NB, apres, direJour, JOURS, MOIS, plier, periode, SAINTS, semaine } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
const ENFANT = 17; // the oldest whose age one says to find a sortie
const RAYON = 20; // kilometres of « près de »
const MOTS = 5; // of the name of a commune
const ARTICLES = { au: 'le', du: 'le', aux: 'les', des: 'les' };
const PRETE = 3, VISITE = 4; // ranks of the bits of what is lent, of what is visited
const UNITES = 'ans?|km|euros?|jours?|heures?|minutes?|h|personnes|places'; // after a number that is no département
const SOIR = '(?: (?:soir|soiree|matin|midi|apres midi))?';
const MOIS_PLIES = MOIS.map(plier), UN_MOIS = `(${MOIS_PLIES.join('|')})`, UN_JOUR = `(${JOURS.join('|')})`;
const DATE = `(\\d{1,2})(?:er)? ${UN_MOIS}(?: (20\\d\\d))?`;
const iso = (annee, mois, jour) => new Date(Date.UTC(annee, mois, jour)).toISOString().slice(0, 10);

// The day of a date: of its year, else the next one.
function jourDe(jour, mois, annee, auj) {
  const rang = MOIS_PLIES.indexOf(mois), ici = Number(auj.slice(0, 4));
  const faire = (un) => iso(un, rang, jour);
  if (new Date(Date.UTC(annee ?? 2024, rang, jour)).getUTCMonth() !== rang) return null; // « 31 juin »
  return faire(annee ?? (faire(ici) < auj ? ici + 1 : ici));
}
const moisDe = (rang, annee) => [iso(annee, rang, 1), iso(annee, rang + 1, 0)];
const PARTS_DE_MOIS = { debut: [1, 10, 'début'], mi: [10, 20, 'mi'], fin: [20, 31, 'fin'] };
const dire = (jour, auj) => direJour(jour, { annee: jour.slice(0, 4) !== auj.slice(0, 4) });

// Minutes of a part of a day, of an hour.
const PARTS = [[/ matin/, 0, 720], [/ apres midi/, 720, 1080], [/ midi/, 690, 840], [/ soir/, 1080, 1440],
  [/ nuit/, 1260, 1440]];
const HEURE = '(?:(a|vers|apres|des|avant|jusqu a|a partir de) )(\\d{1,2}) ?h(?:eures?)?(?: ?(\\d\\d))?(?! de )';
const AVANT = { a: 'à', apres: 'après', des: 'dès', 'jusqu a': 'jusqu’à', 'a partir de': 'à partir de' };
function entre(avant, heure, minute) {
  const la = heure * 60 + Number(minute ?? 0);
  const bornes = { avant: [0, la], jusqu: [la - 1, la], apres: [la, 1440], des: [la, 1440] };
  return bornes[avant.split(' ')[0]] ?? [la, la + 1];
}

// What says when: [pattern, (what it took, the reader's day, holidays) → [first day, last day, said]].
const fin = (auj) => apres(auj, 6 - semaine(auj));
const weekend = (dimanche, auj, dit) => {
  const samedi = apres(dimanche, -1);
  return [samedi < auj ? auj : samedi, dimanche, dit];
};
// The first of those days of the week from a day on.
const suivantLe = (voulu, jour) => apres(jour, (JOURS.indexOf(voulu) - semaine(jour) + 7) % 7);
const MOMENTS = [
  [`(?:du |le |${UN_JOUR} )*(\\d{1,2})(?:er)?(?: ${UN_MOIS})? (?:au|et) (?:le |${UN_JOUR} )*${DATE}`,
    ([, , jour, mois, , autre, dernier, annee], auj) => {
      const au = jourDe(autre, dernier, annee, auj);
      const du = au && jourDe(jour, mois ?? dernier, au.slice(0, 4), auj);
      return du && du <= au && [du, au, periode(du, au)];
    }],
  [`(?:la )?semaine d[ue] (?:${UN_JOUR} )?${DATE}`, ([, , jour, mois, annee], auj) => {
    const le = jourDe(jour, mois, annee, auj), du = le && apres(le, -semaine(le));
    return le && [du, apres(du, 6), `la semaine du ${dire(du, auj).replace('lundi ', '')}`];
  }],
  [`(?:(?:le|ce|du|au|(week ?end)|${JOURS.join('|')}) )*${DATE}`, ([, deux, jour, mois, annee], auj) => {
    const le = jourDe(jour, mois, annee, auj);
    return le && [le, deux ? apres(le, 6 - semaine(le)) : le, `le ${dire(le, auj)}`];
  }],
  [`(?:le |les |chaque )?(?:1er|premiers?) ${UN_JOUR}s? (?:du|de chaque) mois`, ([, voulu], auj) => {
    const [annee, mois] = auj.split('-'), de = (rang) => iso(annee, rang, 1);
    const [ici, suivant] = [de(mois - 1), de(mois)].map((un) => suivantLe(voulu, un)), le = ici < auj ? suivant : ici;
    return [le, le, `le ${dire(le, auj)}`];
  }],
  ['(?:en )?(?:ce (?:soir|matin|midi)|cet (?:apres midi|aprem)|cette nuit|aujourd ?hui|maintenant|ce moment)',
    ([dit], auj) => [auj, auj, dit.includes(' ce soir') ? 'ce soir' : 'aujourd’hui']],
  ['apres demain', (_, auj) => [apres(auj, 2), apres(auj, 2), 'après-demain']],
  [`demain${SOIR}`, (_, auj) => [apres(auj, 1), apres(auj, 1), 'demain']],
  ['(?:le )?(?:week ?end|we) prochain', (_, auj) => weekend(apres(fin(auj), 7), auj, 'le week-end prochain')],
  ['(?:(?:ce|cet|le|les|du|pour|un) )*(?:week ?ends?|we|samedi (?:et|ou) (?:le )?dimanche)',
    (_, auj) => weekend(fin(auj), auj, 'ce week-end')],
  ['(?:la )?semaine prochaine', (_, auj) => [apres(fin(auj), 1), apres(fin(auj), 7), 'la semaine prochaine']],
  ['cette semaine', (_, auj) => [auj, fin(auj), 'cette semaine']],
  ['ce mois(?: ci)?', (_, auj) => [auj, moisDe(auj.slice(5, 7) - 1, auj.slice(0, 4))[1], 'ce mois-ci']],
  ['(?:le )?mois prochain', (_, auj) => [...moisDe(Number(auj.slice(5, 7)), auj.slice(0, 4)), 'le mois prochain']],
  [`(?:(?:ce|le|les|du|tous|chaque|un) )*${UN_JOUR}s?(?: prochain)?${SOIR}`, ({ 1: voulu }, auj) => {
    const le = suivantLe(voulu, auj);
    return [le, le, `le ${dire(le, auj)}`];
  }],
  ['(?:(?:pendant|pour|durant|a|aux?|les|prochaines) )*(?:vacances(?: scolaires)?(?: (?:(?:de|d|du) )?(?:la |l )?'
    + '(toussaint|noel|hiver|fevrier|printemps|paques|ete|carnaval))?|(?:la )?(toussaint)|fetes(?: de fin d annee)?'
    + '|cet (ete))',
  ([dit, un, ...autres], auj, conges) => {
    const nom = { fevrier: 'hiver', paques: 'printemps' }[un] ?? un ?? autres.find(Boolean)
      ?? (dit.includes('fetes') ? 'noel' : undefined);
    const conge = conges.find(([mot, , , au]) => au >= auj && (!nom || mot === nom || mot === un));
    return conge && [conge[2] < auj ? auj : conge[2], conge[3], `pendant les ${conge[1]}`];
  }],
  // « Mars » alone is a planet.
  [`(?:(?:en|(?:(?:au|du|le|courant) )?mois d[eu]?|courant|d ici|(debut|mi|fin)(?: d[eu]?)?) |(?!mars ))`
    + `${UN_MOIS}(?: (20\\d\\d)|(?! \\d| des? ))`, ([, part, mois, annee], auj) => {
    const rang = MOIS_PLIES.indexOf(mois), ici = Number(auj.slice(0, 4));
    const an = annee ?? (rang < auj.slice(5, 7) - 1 ? ici + 1 : ici);
    const [premier, dernier, mot] = PARTS_DE_MOIS[part] ?? [1, 31, 'en'], [, fini] = moisDe(rang, an);
    const du = iso(an, rang, premier), au = dernier > 30 ? fini : iso(an, rang, dernier);
    return [!annee && du < auj ? auj : du, au, [mot, MOIS[rang], annee].filter(Boolean).join(' ')];
  }],
];

// A sentence without capitals, accents or signs, and the place in it of each of its letters.
function lisser(q) {
  let texte = ' ';
  const places = [0];
  for (const { 0: signe, index } of q.matchAll(/./gsu)) {
    const plie = /[\p{L}\p{N}\p{M}]/u.test(signe) ? plier(signe) : ' ';
    for (const un of plie === ' ' && texte.endsWith(' ') ? '' : plie) {
      texte += un;
      places.push(index);
    }
  }
  return { texte: `${texte} `, places: [...places, q.length] };
}

// { reste, lus: [what was understood, in words], moment, age, pour, departement, pres, visite, jamais }.
// `jamais` are bits that no answer has; `formes`, words that one may do without; `pres` has,
// in turn, lists of words that may be a commune: who finds one says which and of how many (`situer`).
export function lire(q, tables, auj) {
  const lisse = lisser(q), { places } = lisse, dit = { reste: q, lus: [], pour: [], pres: [] };
  if (!tables || /["«»“”„‟]|(?:^|\s)-\p{L}/u.test(q)) return dit;
  let { texte } = lisse;
  const pris = [];
  const prendre = (motif, faire) => {
    const trouve = new RegExp(` (?:${motif})(?= )`).exec(texte), fait = trouve && faire(trouve);
    if (!fait) return null;
    const debut = trouve.index + 1, apresLui = trouve.index + trouve[0].length;
    texte = texte.slice(0, debut) + '_'.repeat(apresLui - debut) + texte.slice(apresLui);
    pris.push(Object.assign([places[debut], places[apresLui]], { dit: trouve[0] }));
    return fait;
  };

  const fetes = tables.fetes.map(([motif, mots, le]) => [motif, () => [le, le, mots]]);
  for (const [motif, faire] of [...fetes, ...MOMENTS]) {
    const fait = prendre(motif, (trouve) => faire(trouve, auj, tables.vacances));
    if (!fait) continue;
    const [du, au, mots] = fait;
    const [, ...heures] = PARTS.find(([part]) => part.test(pris.at(-1).dit)) ?? [];
    dit.moment = { du, au, dit: mots, ...heures.length && { heures } };
    break;
  }
  const heures = prendre(HEURE, ([, avant, heure, minute]) => heure < 24
    && { entre: entre(avant, heure, minute), dit: `${AVANT[avant] ?? avant} ${heure}${NB}h ${minute ?? ''}`.trim() })
    ?? prendre('tard|en (?:nocturne|soiree)|le soir', () => ({ entre: [1080, 1440], dit: 'le soir' }));
  if (heures) {
    const jour = dit.moment ?? { du: auj, au: auj, dit: 'aujourd’hui' };
    dit.moment = { ...jour, heures: heures.entre, dit: `${jour.dit} ${heures.dit}` };
  }
  dit.age = prendre('((?:y a|depuis|pendant|en) )?'
    + '(?:(?:a partir|des|pour|avec|les|mes|nos|un|une|deux|trois|\\d(?= enf)|de|d|enfants?|fille|fils|'
    + 'garcon|et|age|agee?s?) )*'
    + '(\\d{1,2})(?: (?:(?:a|et|ou) )?(\\d{1,2}))? ans', ([, autre, un, deux]) => {
    const [min, max] = [Number(un), Number(deux ?? un)];
    return !autre && max <= ENFANT && min <= max
      && { min, max, dit: min < max ? `de ${min} à ${max}${NB}ans` : `pour ${max}${NB}an${max > 1 ? 's' : ''}` };
  });
  const sortie = new RegExp(` (?:${tables.sorties}) `).test(texte);
  for (const { motif, dit: mots, pour, seulement, garde, age } of tables.publics) {
    const seuls = `(?:${motif})`, entier = `(?:(?:${tables.devant}) )*${seuls}(?: (?:(?:et|ou|a) )?${seuls})*`;
    let fait = garde ? new RegExp(` ${seuls} `).exec(texte)?.[0] : '';
    for (let un; !garde && (un = prendre(entier, ([mot]) => mot));) fait += un;
    if (fait && age) dit.age ??= { min: age[0], max: age[1], dit: mots };
    else if (fait && !dit.pour.some((un) => un.dit === mots))
      dit.pour.push({ dit: mots, masque: 1 << pour, seulement, ouvert: / ouv/.test(fait) });
  }
  const vise = (rang) => dit.pour.some(({ masque }) => masque === 1 << rang), prete = vise(PRETE);
  if (prete) delete dit.moment; // who lends says when
  Object.assign(dit, { visite: vise(VISITE), jamais: sortie && !prete && 1 << PRETE });
  if (dit.pour.length || dit.age) dit.formes = new RegExp(`^(?:${tables.formes})$`);
  if (dit.pour.some(({ ouvert }) => ouvert)) dit.moment ??= { du: auj, au: auj, dit: 'aujourd’hui' };
  for (const [numero, code, nom, dans] of tables.departements) {
    const entier = plier(nom).replace(/[^a-z0-9]+/g, ' ');
    dit.departement ??= prendre(`(?:(?:dans|en|departement|le|du|de) )*${numero}(?! (?:${UNITES}) )`
      + `|(?:dans|departement) (?:(?:le|la|l|du|de|des|les) )*${entier}`
      + (dit.moment || dit.age || dit.pour.length ? `|(?<! d[eu]? | la )${entier}(?= $| _)` : ''),
        () => ({ code, dit: dans }));
  }
  const proposer = (tete, noms, { article, km = RAYON, entier, contree } = {}) => {
    const mots = contree?.autour.split(' ') ?? [article, ...noms.map((mot) => SAINTS.get(mot) ?? mot)].filter(Boolean);
    return {
      mots,
      entier,
      // The commune of the first words, which are words of the sentence no more.
      situer: (lieu, combien) => {
        const lus = tete + noms.slice(0, combien - (article ? 1 : 0)).join(' ');
        const dites = contree?.dit ?? (prete ? `près ${lieu.de}` : `à ${km}${NB}km ${lieu.de}`);
        if (prendre(lus, () => true)) dit.lieu = { ...lieu, rayon: prete ? Infinity : km, dit: dites };
        return nommer();
      },
    };
  };
  // What may be a commune: after « près de », « à »; else, where something else was understood, words
  // that end what is left, or begin it.
  const proches = new RegExp(`(?<= )(?:(?:(?:${tables.pres})|a (\\d{1,3}) km) (d[eu]?|des)|(a|aux?|vers|depuis)) `
    + `(?!chez )(?=((?:[a-z]+ ){1,${MOTS}}))`, 'g');
  // Lands, which no commune is named by.
  const contrees = tables.contrees.flatMap((contree) => {
    const dans = '(?:dans|en|sur|vers|autour|pres|cote|secteur|region)(?: (?:de|d|du|des))?';
    const [tete, avant] = new RegExp(` (?:(${dans}) )?(?:(?:la|le|l|les|du|de|des) )*(?:${contree.motif})(?= )`)
      .exec(texte) ?? [];
    const finit = tete && texte.length > tete.length + 2 && texte.endsWith(`${tete} `);
    return tete && (avant || pris.length || finit) ? [proposer(tete.trim(), [], { km: contree.km, contree })] : [];
  });
  const dits = [...texte.matchAll(proches)].map(([tete, km, de, a, noms]) =>
    proposer(tete, noms.trim().split(' '), { article: ARTICLES[de ?? a], km: km && Number(km) }));
  const nus = () => texte.split(/ ?_[_ ]*/).flatMap((part) => {
    const noms = part.trim().split(' ').slice(-MOTS);
    const vide = new RegExp(`^(?:${tables.communs}|${tables.devant}|.?.?)$`);
    const fins = noms.map((_, rang) => proposer('', noms.slice(rang), { entier: true }));
    return [...fins, proposer('', noms)].filter(({ mots: [mot = ''] }) => /^[a-z]+$/.test(mot) && !vide.test(mot));
  });
  const finir = () => {
    while (dit.lus.length && prendre(prete ? `${tables.sans}|${tables.emprunteurs}` : tables.sans, () => true));
    let ou = 0;
    dit.reste = '';
    for (const [debut, fini] of [...pris].sort(([un], [autre]) => un - autre)) {
      dit.reste += `${q.slice(ou, debut)} `;
      ou = fini;
    }
    dit.reste = pris.length ? (dit.reste + q.slice(ou)).replace(/\s+/g, ' ').trim() : q;
  };
  const nommer = () => {
    const lus = [dit.moment, dit.lieu, dit.departement, dit.age, ...dit.pour];
    dit.lus = lus.filter(Boolean).map(({ dit: mots }) => mots);
    finir();
    return dit;
  };
  nommer();
  dit.pres = [contrees, dits, dit.lus.length ? nus() : []];
  return dit;
}

// The commune that a sentence names, and how far from it contents are: `trouver(words)`, the commune of
// the first of them; `lieux()`, where contents are.
export async function placer(lu, trouver, lieux) {
  for (const ceux of lu.pres) {
    const trouves = await Promise.all(ceux.map(({ mots }) => trouver(mots)));
    const rang = trouves.findIndex((un, ici) => un && !(ceux[ici].entier && un.combien < ceux[ici].mots.length));
    if (rang < 0) continue;
    const { communes, rangs } = await lieux(), { lieu, distance, combien } = trouves[rang];
    const loin = communes.map(([lat, lon]) => distance(lieu, [, , lat / 100, lon / 100]));
    return ceux[rang].situer({ ...lieu, km: (un) => (rangs[un] ? loin[rangs[un] - 1] : Infinity) }, combien);
  }
  return lu;
}

// The pages of the portal that all the words ask for, those that few words call first.
export function servir(q, services, jetons) {
  const voulus = new Set(jetons(q).map(({ racine }) => racine));
  if (!voulus.size || /["«»“”„‟]/u.test(q)) return [];
  return services.flatMap(([titre, url, resume, mots]) => {
    const noms = [titre, ...mots.split(', ')].map((nom) => new Set(jetons(nom).map(({ racine }) => racine)));
    const tous = new Set(noms.flatMap((nom) => [...nom]));
    if (![...voulus].every((un) => tous.has(un))) return [];
    const entier = noms.some((nom) => nom.size === voulus.size && [...nom].every((un) => voulus.has(un)));
    const dedans = noms.some((nom) => nom.size && [...nom].every((un) => voulus.has(un)));
    return dedans ? [{ fiche: { url, titre, resume, sorte: 'Page' }, entier }] : [];
  }).sort((un, autre) => autre.entier - un.entier).slice(0, 2).map(({ fiche }) => fiche);
}
