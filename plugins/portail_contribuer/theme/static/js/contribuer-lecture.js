// From the text of a field to its value, by the `x-code` of its schema, as model/fields.py and
// model/scalars.py read it; what cannot be read is refused with the same code. Each reader is given
// the text, the schema, the name of the field and `o`: { mots, dates, phrase, signes }.
const refus = (code, valeurs = {}, plus = {}) => ({ refus: { code, valeurs, chemin: [], ...plus } });
const JOUR = /^(\d{4})-(\d{2})-(\d{2})$/;
const BALISE = /<\/?[a-zA-Z][^<>]*>|<!--/;
const OUI = new Set(['true', 'oui', 'vrai', 'yes', 'on']), NON = new Set(['false', 'non', 'faux', 'no', 'off']);
const RESERVES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

// What text/excerpts.py and text/mail.py look for, and the patterns of model/scalars.py, from the tables of
// a schema: `est` tells whether a text is one, `dit` whether it holds one.
export function signes({ invisibles, alphabets, mot_encode: encode, motifs }) {
  const classe = invisibles.map((bornes) => bornes.map((un) => `\\u{${un.toString(16)}}`).join('-')).join('');
  const cache = new RegExp(`[${classe}]`, 'u'), caches = new RegExp(cache, 'gu'), mot = new RegExp(encode);
  const ecritures = alphabets.map((une) => new RegExp(`\\p{Script=${une}}`, 'u'));
  const melange = (nom) => (/^xn--/i.test(nom) ? !/^xn--[a-z0-9-]*[a-z0-9]$/i.test(nom)
    : ecritures.filter((une) => une.test(nom.normalize('NFKC'))).length > 1);
  const motif = (avant, apres) => (nom, lu) => new RegExp(avant + motifs[nom][0] + apres, motifs[nom][1]).test(lu);
  return {
    est: motif('^(?:', ')$'),
    dit: motif('', ''),
    visible: (lu) => /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}]/u.test(lu.replace(caches, '')),
    trompe: (hote) => cache.test(hote) || hote.split('.').some(melange),
    encode: (lu) => mot.exec(lu.replaceAll('*', ''))?.[0],
  };
}

function texte(brut, { maxLength }, nom, { mots, signes: connus }) {
  const lu = brut.replace(/[ \t\n]+/g, ' '), signes = mots.longueur(lu);
  if (signes > maxLength) return refus('E205', { cle: nom, longueur: signes, limite: maxLength });
  const balise = BALISE.exec(lu);
  if (balise) return refus('E246', { cle: nom, valeur: balise[0] });
  const encode = connus.encode(lu);
  return encode ? refus('E257', { cle: nom, valeur: encode }) : lu;
}

function terme(brut, schema, nom, { mots, phrase }, place) {
  const lu = mots.terme(brut, schema, nom, phrase, place);
  if (typeof lu === 'string') return lu;
  const { ecrire, ...dits } = lu;
  return refus('E203', { valeur: brut, cle: nom, ...dits }, { ecrire });
}

const borne = (nombre) =>
  nombre.toLocaleString('fr', { useGrouping: 'min2', maximumFractionDigits: 9 }).replace(/\s/g, '\u00a0');

function nombre(brut, { type, minimum, maximum, 'x-unite': unite }, nom, { phrase }) {
  const seul = brut.replace(/[\u00a0\u202f ]/g, ''),
    net = unite ? seul.replace(/(?<=\d)(?:€|euros?|eur)$/i, '') : seul,
    lu = Number(net.replace(',', '.'));
  const entier = type === 'integer';
  if (/^-?\d{1,12}([.,]\d{1,6})?$/.test(net) && lu >= minimum && lu <= maximum && !(entier && lu % 1)) return lu + 0;
  const genre = phrase(entier ? 'entier' : 'nombre');
  return refus('E209', {
    valeur: brut,
    cle: nom,
    attendu: phrase(unite ? 'prix' : 'bornes', { genre, low: borne(minimum), high: borne(maximum) }),
  });
}

function degres(brut, { minimum, maximum }, nom) {
  const net = brut.replaceAll(',', '.');
  const lu = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(net) ? Number(net) : NaN;
  return lu >= minimum && lu <= maximum
    ? lu
    : refus('E223', { valeur: brut, cle: nom === 'lat' ? 'latitude' : 'longitude' });
}

// What says more than one day: the pattern, and the phrase that tells where to write it.
const PLUSIEURS = ['tous_les', 'deux_jours', 'plusieurs_jours'];

// Why there is no such day, and what to look at; null for a day that exists.
function absent([annee, mois, rang], { dates, phrase }) {
  if (mois < 1 || mois > 12) return [phrase('mois', { mois }), phrase('revoir_mois')];
  const jours = dates.dernier(annee, mois);
  return rang >= 1 && rang <= jours
    ? null
    : [phrase('jours', { mois: dates.direMois(annee, mois), jours }), phrase('revoir_jour')];
}

// A text that is no day: what it means if that is sure, else what is wrong with it.
function sansJour(brut, propose, forme, o) {
  const autre = propose ? o.dates.autreSemaine(brut) : '';
  if (autre)
    return refus('E210', {
      valeur: brut,
      raison: o.phrase('autre_semaine', { semaine: autre }),
      remede: o.phrase('revoir_semaine', { exemple: propose }),
    });
  const { phrase } = o, ecrit = propose ? null : o.dates.ecrit(brut);
  const [raison, remede] = (ecrit && absent(ecrit, o))
    ?? [phrase('iso'), propose ? phrase('ecrire_jour', { exemple: propose }) : phrase('forme_jour', { forme })];
  return refus('E210', { valeur: brut, raison, remede });
}

function jour(brut, schema, nom, o) {
  const trouve = JOUR.exec(brut);
  if (!trouve) {
    const propose = o.dates.proposer(brut)?.slice(0, 10) ?? o.dates.jourDe(brut);
    return sansJour(brut, propose, schema['x-forme'] ?? 'AAAA-MM-JJ', o);
  }
  const [annee, mois, rang] = trouve.slice(1).map(Number);
  if (annee < 1990 || annee > 2100) return refus('E212', { valeur: brut });
  const [raison, remede] = absent([annee, mois, rang], o) ?? [];
  return raison ? refus('E210', { valeur: brut, raison, remede }) : brut;
}

function heure(brut, schema, nom, { dates, phrase, signes: connus }, avant = '') {
  const trouve = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(brut)?.map((part) => Number(part ?? 0));
  if (!trouve || trouve[1] > 23 || trouve[2] > 59 || trouve[3]) {
    const exemple = dates.proposerHeure(brut);
    return refus('E211', {
      valeur: brut,
      remede: exemple
        ? phrase('ecrire_heure', { exemple: avant + exemple })
        : phrase(connus.dit('heures', brut) ? 'deux_heures' : 'heure'),
    });
  }
  return [trouve[1], trouve[2]].map((part) => String(part).padStart(2, '0')).join(':');
}

// A moment is { jour, heure }, the hour null for a whole day.
function moment(brut, schema, nom, o) {
  const net = brut.replace('T', ' '), coupe = net.indexOf(' ');
  const [debut, fin] = coupe < 0 ? [net, null] : [net.slice(0, coupe), o.mots.couper(net.slice(coupe + 1))];
  const seule = JOUR.test(debut) ? null : o.dates.proposerHeure(brut);
  if (seule)
    return refus('E210', {
      valeur: brut,
      raison: o.phrase('heure_seule'),
      remede: o.phrase('forme_jour', { forme: `AAAA-MM-JJ ${seule}` }),
    });
  if (fin !== null && !JOUR.test(debut)) {
    const propose = o.dates.proposer(brut), ailleurs = !propose && PLUSIEURS.find((un) => o.signes.dit(un, brut));
    return ailleurs
      ? refus('E210', { valeur: brut, raison: o.phrase('iso'), remede: o.phrase(ailleurs) })
      : sansJour(brut, propose, 'AAAA-MM-JJ HH:MM', o);
  }
  const lu = jour(debut, schema, nom, o),
    quand = fin === null || lu.refus ? null : heure(fin, schema, nom, o, `${debut} `);
  return lu.refus ? lu : quand?.refus ? quand : { jour: lu, heure: quand };
}

function periode(brut, schema, nom, o) {
  const coupe = brut.indexOf('..');
  if (coupe < 0) {
    const lu = jour(brut, schema, nom, o);
    return lu.refus ? lu : { du: lu, au: lu };
  }
  const bouts = [brut.slice(0, coupe), brut.slice(coupe + 2)].map(o.mots.couper);
  if (!bouts.every((un) => JOUR.test(un))) return refus('E240', { valeur: brut });
  const [du, au] = bouts.map((un) => jour(un, schema, nom, o));
  if (du.refus || au.refus) return du.refus ? du : au;
  return au < du ? refus('E240', { valeur: brut }) : { du, au };
}

function adresse(brut, schema, nom, { phrase, signes: connus }) {
  if (brut === schema['x-mot']) return brut;
  const [, genre = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(brut) ?? [];
  const reste = genre ? brut.slice(genre.length + 1) : brut;
  const hote = reste.startsWith('//') ? reste.slice(2).split(/[/?#]/)[0] : '';
  const bout = hote.slice(hote.lastIndexOf('@') + 1), crochets = bout.includes('[');
  const port = /^[^:[\]]*:(.*)$/.exec(bout)?.[1] ?? /\]:(.*)$/.exec(bout)?.[1] ?? '';
  const nu = hote.replace(/[@:#?]/g, ''), large = nu.normalize('NFKC');
  const forme = hote.includes('[') !== hote.includes(']') || (large !== nu && /[/?#@:]/.test(large))
    || (crochets && !/\[[0-9a-f:.]*:[0-9a-f:.]*\]/i.test(bout)) || (port && (!/^\d+$/.test(port) || port > 65535));
  const serveur = crochets ? '' : bout.split(':')[0].toLowerCase();
  let raison = '';
  if (forme) raison = 'url_forme';
  else if (brut.startsWith('//') || !/^https?$/i.test(genre)) raison = 'url_debut';
  else if (hote.includes('@')) raison = 'url_secret';
  else if (!serveur.includes('.') || /[\s<>"\\^`{|}]/.test(brut) || serveur.startsWith('.') || /\.\.|%/.test(serveur))
    raison = 'url_signe';
  else if ([...brut].length > 2000) raison = 'url_longue';
  if (raison) return refus('E219', { valeur: brut, raison: phrase(raison) });
  return connus.trompe(serveur) ? refus('E258', { valeur: serveur }) : brut;
}

function courriel(brut, schema, nom, { signes: connus }) {
  const net = brut.replace(/^mailto:/, ''), [local] = net.split('@'), hote = net.slice(local.length + 1);
  if (connus.trompe(hote)) return refus('E258', { valeur: hote });
  const bon = [...net].length <= 254 && connus.est('courriel', net) && !net.includes('..') && !/^\.|\.$/.test(local);
  return bon ? net : refus('E220', { valeur: brut });
}

function telephone(brut, schema, nom, { signes: connus }) {
  const chiffres = brut.replaceAll('(0)', '').replace(/[\s.\u00a0\u202f()-]/g, '');
  return connus.est('telephone', chiffres) ? brut : refus('E221', { valeur: brut });
}

// An address as browsers copy it.
function decoder(brut) {
  try {
    return decodeURIComponent(brut);
  } catch {
    return brut;
  }
}
function ancienne(brut, schema, nom, { signes: connus }) {
  const chemin = decoder(brut), parts = chemin.slice(1).replace(/\/$/, '').split('/');
  const bon =
    chemin.length <= 200 &&
    connus.est('ancienne', chemin) &&
    parts.every((part) => part && !part.endsWith('.') && !RESERVES.test(part.split('.')[0]));
  return bon ? brut : refus('E245', { valeur: brut });
}

function oeuvre(brut, schema, nom, { phrase }) {
  if (schema['x-identifiant'] !== 'doi') return brut;
  let net = brut.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '');
  try {
    if (/^http/i.test(brut)) net = decodeURIComponent(net);
  } catch { /* what cannot be decoded is left as it is */ }
  if (/^10\.\d{4,9}\/[^\s"<>]{1,200}$/.test(net)) return net;
  return refus('E241', { valeur: brut, attendu: 'DOI', remede: phrase('doi') });
}

// What names no content is told where contents are known.
const nomme = (brut, schema, nom, o) => (schema.maxLength ? texte(brut, schema, nom, o) : brut);

// What follows the pattern of its schema.
const normal =
  (ranger) =>
  (brut, { pattern, 'x-code': code }) =>
    new RegExp(pattern).test(ranger(brut)) ? ranger(brut) : refus(code, { valeur: brut });

const LECTEURS = {
  E202: texte,
  E203: terme,
  E205: texte,
  E249: texte,
  E209: nombre,
  E211: heure,
  E219: adresse,
  E220: courriel,
  E221: telephone,
  E223: degres,
  E240: periode,
  E241: oeuvre,
  E245: ancienne,
  E411: nomme,
  E412: nomme,
  E433: nomme,
  A434: nomme,
  E210: (brut, schema, nom, o) => {
    const { format, 'x-mot': mot } = schema;
    if (mot && o.mots.plier(brut) === o.mots.plier(mot)) return mot;
    return (format || mot ? jour : moment)(brut, schema, nom, o);
  },
  E222: normal((brut) => brut.replaceAll(' ', '')),
  E226: (brut) =>
    OUI.has(brut.toLowerCase()) || (NON.has(brut.toLowerCase()) ? false : refus('E226', { valeur: brut })),
  E244: normal((brut) => brut.replace(/\s+/g, ' ').trim()),
};

// The value of a scalar, or { refus }. A commune is left as its text: it is looked for later.
export function lire(brut, schema, nom, o, place) {
  const code = schema['x-code'];
  if (typeof brut !== 'string')
    return refus('E202', { cle: nom, exemple: code === 'E401' ? 'articles/un-article' : `${nom}: …` });
  const net = o.mots.couper(brut);
  if (code === 'E401') return net.replace(/\.md$/, '');
  if (!o.signes.visible(net)) return refus('E206', { cle: nom });
  return LECTEURS[code]?.(net, schema, nom, o, place) ?? net;
}
