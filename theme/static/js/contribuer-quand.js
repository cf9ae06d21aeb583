// Days and hours as people write them in the cells of a row, understood whole or not at all: the twin of
// workbooks/when.py and imports/dated.py. Days are « 2021-10-09 », hours « 14:00 ».
const { JOURS, apres, deux, direJour, plier, semaine } = await import(document.querySelector('[data-commun]').dataset.commun);
const { mois } = await import(new URL('contribuer-dates.js', import.meta.url));
const LONG = 2000, PLUS = 800;
const COURTS = 'janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec';
const SIGNES = new RegExp('(?<iso>\\d{4}-\\d{1,2}-\\d{1,2})(?:t(?=\\d))?'
  + '|(?<chiffres>\\d{1,2}(?<par>[/.-])\\d{1,2}\\k<par>(?:\\d{4}|\\d{2}))(?!\\d)|(?<court>\\d{1,2}/\\d{1,2})(?![\\d/h:])'
  + `|(?<heure>\\d{1,2}\\s?(?:heures?|h)\\b(?:\\s?[0-5]\\d(?!\\d|/|\\s*(?:er\\b|${COURTS})))?|\\d{1,2}h[0-5]\\d|\\d{1,2}:\\d{2}(?::\\d{2})?|midi|minuit)\\s?(?:min\\b|mn\\b)?`
  + "|(?<an>\\d{4})(?!\\d)|(?<nombre>\\d{1,2})(?:er\\b|ere\\b)?(?!\\d)|(?<mot>[a-z][a-z']*)\\.?|(?<signe>->|[,;&/+>-])|\\s+", 'y');
const VERS = new Set(['au', 'a', "jusqu'au", "jusqu'a", '-', '->', '>']), ET = new Set(['et', 'puis', ',', ';', '&', '+']);
const MUETS = new Set("le les du de des d' en entre partir horaire horaires heure heures".split(' '));
const SEMAINE = new Map(JOURS.flatMap((nom, rang) => [nom, `${nom}s`, nom.slice(0, 3), nom.slice(0, 4)].map((un) => [un, rang])));

// A cell that is not understood: its code, what its sentence says, its column.
export class Obscur extends Error {
  constructor(code, valeurs, colonne = '') {
    super(code);
    Object.assign(this, { code, valeurs, colonne });
  }
}
const illisible = (valeur) => new Obscur('E147', { valeur });
const plusieurs = (valeur, raison, propose) => new Obscur('E145', { valeur, raison, propose });
const rebours = (debut, fin) => new Obscur('E213', { debut, fin, cle: 'fin' });

function heure(texte) {
  const net = texte.trim();
  if (net === 'midi' || net === 'minuit') return net === 'midi' ? '12:00' : '00:00';
  const [h, min = 0] = texte.match(/\d+/g).map(Number);
  if (h === 24 && !min) return '00:00';
  return h < 24 && min < 60 ? `${deux(h)}:${deux(min)}` : null;
}

function morceler(texte, plie) {
  const morceaux = [];
  for (let ou = 0; ou < plie.length; ou = SIGNES.lastIndex) {
    SIGNES.lastIndex = ou;
    const lu = SIGNES.exec(plie);
    if (!lu) throw illisible(texte);
    morceaux.push(...Object.entries(lu.groups).filter(([sorte, un]) => un && sorte !== 'par'));
  }
  // « 10-12h »: a number, then up to an hour, is an hour.
  return morceaux.map(([sorte, un], rang) => (sorte === 'nombre' && /^(a|-)$/.test(morceaux[rang + 1]?.[1] ?? '') && morceaux[rang + 2]?.[0] === 'heure' ? ['heure', `${un}h`] : [sorte, un]));
}

// From signs to blocks of days that share hours.
function blocs(texte, plie) {
  const faits = [{ jours: [], heures: [] }], morceaux = morceler(texte, plie), non = () => { throw illisible(texte); };
  let lien = '', dernier = '', semaineDite = null;
  const dernierJour = () => (faits.at(-1).jours.at(-1) ?? non()).findLast(Boolean);
  function ajouter(jour) {
    let bloc = faits.at(-1);
    if (bloc.jours.length && bloc.heures.length) faits.push(bloc = { jours: [], heures: [] });
    if (lien === '/' || (VERS.has(lien) && dernier === 'heure')) non();
    const un = { mois: 0, an: 0, ...jour, semaine: semaineDite };
    if (VERS.has(lien) && bloc.jours.length && !bloc.jours.at(-1)[1]) bloc.jours.at(-1)[1] = un;
    else bloc.jours.push([un, null]);
    [semaineDite, lien, dernier] = [null, '', 'jour'];
  }
  const signe = (un) => {
    if (VERS.has(lien) && !VERS.has(un)) non();
    lien = un;
  };
  const lire = {
    iso(un) {
      const [an, numero, jour] = un.split('-').map(Number);
      ajouter({ jour, mois: numero, an });
    },
    chiffres(un) {
      const [jour, numero, an] = un.split(/\D/).map(Number);
      ajouter({ jour, mois: numero, an: an < 100 ? an + 2000 : an, court: an < 100 });
    },
    court(un) {
      const [jour, numero] = un.split('/').map(Number);
      ajouter({ jour, mois: numero });
    },
    nombre: (un) => ajouter({ jour: Number(un) }),
    an(un) {
      const jour = dernierJour();
      if (!/^(jour|mois)$/.test(dernier) || jour.an) non();
      [jour.an, dernier] = [Number(un), 'an'];
    },
    mot(un) {
      if (VERS.has(un) || ET.has(un)) signe(un);
      else if (SEMAINE.has(un)) {
        if (semaineDite !== null) non();
        semaineDite = SEMAINE.get(un);
      } else if (!MUETS.has(un)) {
        const numero = un.length > 2 ? mois(un) : 0;
        if (!numero || dernier !== 'jour' || dernierJour().mois) non();
        [dernierJour().mois, dernier] = [numero, 'mois'];
      }
    },
    signe,
    heure(un) {
      const bloc = faits.at(-1), la = heure(un) ?? non();
      if (dernier === 'heure' && lien === '/') throw plusieurs(texte, 'deux heures, ou de l’une à l’autre', '14 h-16 h, ou 14 h et 16 h');
      if (dernier === 'heure' && VERS.has(lien) && !bloc.heures.at(-1)[1]) bloc.heures.at(-1)[1] = la;
      else if (dernier === 'heure' && !lien) non();
      else bloc.heures.push([la, null]);
      [lien, dernier] = ['', 'heure'];
    },
  };
  for (const [sorte, un] of morceaux) lire[sorte](un);
  const pleins = faits.filter((un) => un.jours.length || un.heures.length);
  if ((semaineDite !== null && dernier) || (!pleins.length && (semaineDite !== null || morceaux.length || !texte.trim()))) non();
  return pleins.length ? pleins : faits;
}

// « 9 et 10 octobre 2021 »: months and years that are said once, after.
function heriter(jours, texte) {
  let numero = 0, an = 0, suivant = 0;
  for (const un of jours.toReversed()) {
    if (!un.an && an) un.an = an - Number(un.mois > suivant && suivant > 0);
    un.mois ||= numero;
    if (!un.mois) throw illisible(texte);
    [numero, an, suivant] = [un.mois, un.an, un.mois];
  }
}
function dater(un, texte, ce) {
  const md = `${deux(un.mois)}-${deux(un.jour)}`, an = un.an || Number(ce.slice(0, 4)) + Number(md < ce.slice(5)), jour = `${String(an).padStart(4, '0')}-${md}`;
  const vrai = new Date(`${jour}T00:00Z`);
  if (Number.isNaN(vrai.getTime()) || vrai.toISOString().slice(0, 10) !== jour) throw illisible(texte);
  const accord = un.semaine === semaine(jour), francais = jour.split('-').reverse().join('/');
  if (un.court && !accord) throw plusieurs(texte, 'on ne sait pas où est l’année', francais);
  if (!un.an && !accord) throw plusieurs(texte, 'l’année n’est pas dite', francais);
  if (un.semaine !== null && !accord) throw plusieurs(texte, `ce jour est un ${JOURS[semaine(jour)]}`, `${direJour(jour, { semaine: false })}, ou un autre jour`);
  return jour;
}

// What a text says: { seances: [{du, au, de, a}], heures: [[de, a]] }, the latter when no day comes with them.
export function lire(texte, ce) {
  if (texte.length > LONG) throw illisible(texte);
  const lus = blocs(texte, plier(texte).replace(/[()]/g, ' ').replace(/(?:toute la )?journee(?: entiere)?/g, ' '));
  const jours = lus.flatMap((bloc) => bloc.jours.flat()).filter(Boolean);
  heriter(jours, texte);
  for (const un of jours) un.date = dater(un, texte, ce);
  const seances = lus.flatMap((bloc) => bloc.jours.flatMap(([un, fin]) => (bloc.heures.length ? bloc.heures : [[null, null]]).map(([de, a]) => {
    if (fin && fin.date < un.date) throw rebours(un.date, fin.date);
    return { du: un.date, au: fin && fin.date !== un.date ? fin.date : null, de, a };
  })));
  if (seances.length > PLUS) throw illisible(texte);
  return { seances, heures: seances.length ? [] : lus[0].heures };
}

// Sessions as a file writes them: one is its `debut` and its `fin`.
export const entiere = (rangs) => (rangs.length === 1 && Object.keys(rangs[0]).every((cle) => cle === 'debut' || cle === 'fin')
  ? { ...rangs[0] } : { seances: [...rangs].sort((un, autre) => (un.debut < autre.debut ? -1 : Number(un.debut > autre.debut))) });

const nocturne = ({ de, a }) => Boolean(de && a && a <= de);
function rangees(une) {
  if (!une.de) return [{ debut: une.du, ...une.au && { fin: une.au } }];
  const rangs = [];
  for (let jour = une.du; jour <= (une.au && !nocturne(une) ? une.au : une.du) && rangs.length <= PLUS; jour = apres(jour, 1)) {
    rangs.push({ debut: `${jour} ${une.de}`, ...une.a && { fin: `${nocturne(une) ? apres(jour, 1) : jour} ${une.a}` } });
  }
  return rangs;
}

// « begin->end », blanks between two, as OpenAgenda and our own tables write them.
function desIso(texte, temps) {
  return entiere(texte.replaceAll(' ->', '->').replaceAll('-> ', '->').trim().split(/\s+/).map((ligne) => {
    const [, du, au] = /^(\S{10,32}?)(?:->|-|\/)(\d{4}-\S{5,28})?$/.exec(ligne) ?? [null, ligne];
    const dite = temps.entre(temps.deIso(du), au ? temps.deIso(au) : null);
    if (!dite) throw Object.assign(illisible(ligne), { colonne: 'horaires_iso' });
    return dite;
  }));
}

export const COLONNES = ['jour', 'jour_fin', 'heure', 'heure_fin', 'debut', 'fin', 'horaires_iso'];
// The fields that the cells of a row come to; throws Obscur.
export function composer(cellules, ce, temps) {
  const dans = (colonne, faire) => {
    try {
      return faire();
    } catch (raison) {
      if (raison instanceof Obscur) raison.colonne ||= colonne;
      throw raison;
    }
  };
  const deuxFois = (colonne, autre) => Object.assign(plusieurs(cellules[colonne], `«${'\u00a0'}${cellules[autre]}${'\u00a0'}» dit autre chose sur la même ligne`, 'une seule des deux'), { colonne });
  const mettre = (raison, colonne) => Object.assign(raison, { colonne });
  if (cellules.horaires_iso) return desIso(cellules.horaires_iso, temps);
  const lus = Object.fromEntries(COLONNES.filter((nom) => cellules[nom]).map((nom) => [nom, dans(nom, () => lire(cellules[nom], ce))]));
  const minute = (nom) => lus[nom].seances.some(({ de }) => de);
  function trouver(noms, propre) {
    const siens = noms.filter((nom) => lus[nom]?.seances.length);
    if (siens.length === 2 && lus[siens[0]].seances[0].du !== lus[siens[1]].seances[0].du) throw deuxFois(siens[1], siens[0]);
    if (lus[propre]?.seances.length) throw mettre(illisible(cellules[propre]), propre);
    return [siens.toReversed().find(minute) ?? siens[0], [propre, ...noms.toReversed()].find((nom) => lus[nom]?.heures.length)];
  }
  const [premier, debut] = trouver(['jour', 'debut'], 'heure'), [dernier, fin] = trouver(['jour_fin', 'fin'], 'heure_fin');
  if (!premier) {
    const dit = dernier ?? debut ?? fin;
    if (dit) throw mettre(new Obscur('E146', { valeur: cellules[dit] }), dit);
    return {};
  }
  let { seances } = lus[premier];
  const [une] = seances, ultime = dernier && lus[dernier].seances;
  if (dernier && minute(premier) && minute(dernier) && !(debut || fin)) {
    if (seances.length > 1 || ultime.length > 1) throw mettre(illisible(cellules[dernier]), dernier);
    const bornes = [une, ultime[0]].map(({ du, de }) => `${du} ${de ?? '00:00'}`);
    if (bornes[1] < bornes[0]) throw mettre(rebours(...bornes), dernier);
    return { debut: bornes[0], fin: bornes[1] };
  }
  if (dernier) {
    if (seances.length > 1 || une.au || ultime.length > 1 || ultime[0].au) throw mettre(plusieurs(cellules[dernier], 'la date en dit déjà plusieurs', 'une seule date'), dernier);
    if (ultime[0].du < une.du) throw mettre(rebours(une.du, ultime[0].du), dernier);
    seances = [{ ...une, au: ultime[0].du > une.du ? ultime[0].du : null }];
  }
  let heures = debut ? lus[debut].heures : [];
  if (fin) {
    const [[, a] = [], ...autres] = heures, siennes = lus[fin].heures;
    if (!debut || autres.length || siennes.length > 1 || siennes[0][1]) throw mettre(plusieurs(cellules[fin], 'le début n’a pas une seule heure', '14 h-16 h'), fin);
    if (a && a !== siennes[0][0]) throw deuxFois(fin, debut);
    heures = [[heures[0][0], siennes[0][0]]];
  }
  if (heures.length && minute(premier)) throw deuxFois(debut ?? fin ?? premier, premier);
  if (heures.length) seances = seances.flatMap((seance) => heures.map(([de, a]) => ({ ...seance, de, a })));
  for (const seance of seances) {
    const nuit = seance.de >= '17:00' && seance.a <= '07:00' && (!seance.au || seance.au === apres(seance.du, 1));
    if (nocturne(seance) && !nuit) throw mettre(rebours(seance.de, seance.a), fin ?? debut ?? premier);
  }
  const [seule] = seances;
  if (seances.length === 1 && seule.au && seule.de && !nocturne(seule)) return { horaires: { du: seule.du, au: seule.au, de: seule.de, ...seule.a && { a: seule.a } } };
  const rangs = seances.flatMap(rangees);
  if (rangs.length > PLUS) throw mettre(illisible(cellules[premier]), premier);
  return entiere(rangs);
}
