// From what was read of a text to what a file says: only keys and values of the schema, and sentences
// of what was taken and what was not. The twin of portail_importer/importer/sources/compose.py.
const { NB } = await import(document.querySelector('[data-commun]').dataset.commun);
const { etatDit, etatDuTitre } = await import(new URL('contribuer-etats.js', import.meta.url));
const LONG = 200_000, DEBUT = 3000, ASSEZ = 120, RESUME = 300;
const LIEN = /\[([^\]]*)\]\([^)]*\)/g;
const QUESTION = new RegExp(
  `(https?://[^\\s<>"')\\]»?#]{4,1000})\\?([^\\s<>"')\\]»#]{0,2000}[^\\s<>"')\\]»#.,;:!?*_])`, 'gi');
const NOMS = { etat: 'état', format: 'format', age: 'âge', tarif: 'tarif', inscription: 'inscription' };
const ligne = (texte) => texte.replace(/\s+/g, ' ').trim();
const sansBalises = (texte) => ligne(texte.replace(/<(?=[a-zA-Z/!])[^<>]*>?/g, ''));

// A text cut at the end of a sentence, else of a word.
function couper(texte, limite) {
  const signes = [...texte.slice(0, 2 * limite + 2)];
  if (texte.length <= 2 * limite + 2 && signes.length <= limite) return texte;
  const debut = signes.slice(0, limite - 1).join(''), phrase = /^[\s\S]*[.!?…](?=\s)/.exec(`${debut} `)?.[0] ?? '';
  if (phrase.length > limite / 5) return phrase.trim();
  return `${debut.replace(/\s+\S*$/, '').replace(/[\s,;:–-]+$/, '')}…`;
}

// Names of a vocabulary, and their codes: of several codes, the first.
function termes({ items, ...champ }, plier) {
  const { enum: codes = [], 'x-libelles': noms = [], 'x-alias': autres = {} } = items ?? champ;
  const dits = (code, rang) => [code, noms[rang] ?? code, ...autres[code] ?? []];
  return new Map(codes.flatMap((code, rang) => dits(code, rang).map((nom) => [plier(nom), code])).toReversed());
}

// What reads a title that says its state: the title without it, and the state.
export const lireEtat = ({ etat }, plier) => (titre, place) =>
  (etat && etatDuTitre(titre, termes(etat, plier), place)) ?? { titre };

// The format that a title begins with, or that it names alone, or that a summary begins with.
function formatDit(titre, resume, noms, articles) {
  const dit = (mots) => noms.get(mots.join(' ')), rangs = [5, 4, 3, 2, 1];
  const debut = (mots) => rangs.map((nombre) => dit(mots.slice(0, nombre))).find(Boolean);
  if (debut(titre)) return [debut(titre)];
  const long = Math.max(...[...noms.keys()].map((nom) => nom.split(' ').length));
  const places = titre.flatMap((_, rang) => Array.from({ length: long }, (_rien, plus) => [rang, rang + plus + 1]));
  const dedans = new Set(places.map(([de, a]) => dit(titre.slice(de, a))).filter(Boolean));
  if (dedans.size === 1) return [...dedans];
  const suite = resume.slice(Math.max(0, resume.findIndex((mot) => !articles.test(mot))));
  return [debut(suite)].filter(Boolean);
}

// The first sentences that are no list of dates, prices or addresses.
function debutDe(plein, { motif, table }) {
  const nue = (une) => ligne(une.replace(/^[#>*\s-]+/, '').replace(LIEN, '$1').replace(/[*_\x60]{1,3}/g, ''));
  const phrases = plein.slice(0, DEBUT).split('\n').map(nue), choisies = [];
  for (const une of phrases.filter((dite) => dite && !motif(table.pratique).test(dite))) {
    if (choisies.length && (choisies.join(' ').length > ASSEZ || !/[.!?…»]$/.test(une))) break;
    choisies.push(une);
  }
  return couper(choisies.join(' ') || ligne(plein.slice(0, DEBUT)), RESUME);
}

// No tag in a body; what would be a mark is a sign, in Markdown.
function enMarkdown(plein) {
  const sur = plein.replaceAll('\\', '\\\\').replace(/<(?=[a-z/!?])|\[(?=\^)|\](?=[([:])/gi, '\\$&');
  const lignes = sur.replace(/^([#>])/gm, '\\$1').split('\n').map((une) => une.trim());
  return lignes.map((une) => une.replace(/^[•·▪●–]\s+/, '- ')).join('\n')
    .replace(/([^\n])\n(?!\n|- |\d+\. )(?=\S)/g, '$1\n\n').replace(/\n{3,}/g, '\n\n').trim();
}

// A text whose addresses do not follow readers.
const sansSuivi = (texte, suivi) => texte.replace(QUESTION, (_, page, question) => {
  const gardes = question.split('&').filter((un) => !suivi.test(un.split('=')[0]));
  return gardes.length ? `${page}?${gardes.join('&')}` : page;
});

// The text of the page, and the sentences that sum it up.
function ecrireTexte(plein, conte, schema, boite, dit) {
  const resume = debutDe(conte, boite), tout = resume === ligne(plein);
  const corps = tout && !schema['x-texte'] ? '' : enMarkdown(plein);
  if (corps) dit.pris.push('texte');
  if (!resume) dit.laisse.push(`Le résumé est à écrire${NB}: deux phrases.`);
  else if (!tout) dit.laisse.push(`Le résumé est le début du texte${NB}: relisez-le.`);
  return { resume, corps };
}

// An address of the web without what follows readers.
function lien(texte = '', suivi) {
  if (!URL.canParse(texte)) return undefined;
  const url = new URL(texte);
  for (const nom of [...url.searchParams.keys()]) if (suivi.test(nom)) url.searchParams.delete(nom);
  return url.href;
}
function reserver({ url: dite, courriel, telephone, regime }, { motif, table }, dit) {
  const url = lien(dite, motif(table.suivi));
  if (!regime && !url && !courriel && !telephone) return undefined;
  if (regime === 'obligatoire' && !url && !courriel && !telephone) {
    dit.laisse.push(`L’inscription est obligatoire${NB}: dites comment.`);
    return undefined;
  }
  if (!regime) dit.laisse.push(`L’inscription est notée «${NB}possible${NB}»${NB}: dites si elle est obligatoire.`);
  return { regime: regime ?? 'possible', ...regime === 'aucune' ? {} : { url, courriel, telephone } };
}

// Only what the schema knows, as text, within its limits; `perdu` says what does not fit.
function tailler(valeur, schema, perdu) {
  if (valeur === undefined || valeur === null) return undefined;
  if (schema.type === 'array') {
    const gardees = valeur.map((une) => tailler(une, schema.items, perdu)).filter((une) => une !== undefined);
    return gardees.length ? gardees.slice(0, schema.maxItems ?? 100) : undefined;
  }
  if (schema.type === 'object') {
    const toutes = Object.entries(schema.properties);
    const taillees = toutes.map(([cle, dedans]) => [cle, tailler(valeur[cle], dedans, perdu)]);
    const dites = taillees.filter(([, une]) => une !== undefined);
    return dites.length ? Object.fromEntries(dites) : undefined;
  }
  const texte = ligne(String(valeur));
  return texte ? scalaire(texte, schema, perdu) : undefined;
}
function scalaire(texte, schema, perdu) {
  const { minimum = -Infinity, maximum = Infinity, format, type } = schema, nombre = Number(texte.replace(',', '.'));
  const bon = (!schema.enum || schema.enum.includes(texte))
    && (!schema.pattern || new RegExp(schema.pattern).test(texte))
    && (!['integer', 'number'].includes(type) || (nombre >= minimum && nombre <= maximum))
    && (type !== 'integer' || Number.isInteger(nombre))
    && (format !== 'uri' || /^https?:\/\/[^\s/]+\.[^\s/]/.test(texte))
    && (format !== 'email' || /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(texte));
  if (!bon) {
    perdu.push(`${schema.title ?? ''}${NB}: «${NB}${couper(texte, 60)}${NB}»`);
    return undefined;
  }
  const net = schema.not?.pattern ? sansBalises(texte) : texte;
  return couper(net, schema.maxLength ?? 1000) || undefined;
}

const compter = ({ seances, horaires, debut, titre, resume, ...autres }, pris) => [
  ...titre ? ['titre'] : [], ...resume ? ['résumé'] : [],
  ...seances ? [`${seances.length} dates`] : horaires ? ['horaires'] : debut ? ['date'] : [], ...pris,
  ...Object.entries(NOMS).filter(([cle]) => autres[cle]).map(([, nom]) => nom),
];

// What is left for its reader to mend.
function avertir(entete, champs, perdu, { jour }) {
  const dates = [entete.fin ?? entete.debut ?? entete.horaires?.au, entete.seances?.at(-1).debut].filter(Boolean);
  const passees = dates.length && dates.every((une) => une.slice(0, 10) < jour);
  return [
    ...perdu.length ? [`Laissé, car ce n’est pas ce qui s’écrit là${NB}: ${perdu.slice(0, 5).join(', ')}.`] : [],
    ...champs.debut && !dates.length
      ? [`Aucune date n’a été reconnue${NB}: écrivez-la dans la partie «${NB}Quand${NB}».`] : [],
    ...passees ? [`Ces dates sont passées${NB}: vérifiez-les.`] : [],
    ...champs.format && !entete.format ? [`Le format n’est pas sûr${NB}: choisissez-le.`] : [],
  ];
}

export async function composer(fiche, boite) {
  const { motif, plier, table } = boite, schema = await boite.donnees('schema'), { properties: champs } = schema;
  const doutes = champs.debut && fiche.doutes ? fiche.doutes : [];
  const dit = { pris: [], laisse: [...fiche.laisse, ...doutes] }, ecrit = sansBalises(fiche.titre), perdu = [];
  const { titre, etat: dite } = lireEtat(champs, plier)(ecrit, Boolean(fiche.adresse));
  const etat = champs.etat && etatDit(dite, fiche.texte, termes(champs.etat, plier));
  if ([...titre].length > 140) dit.laisse.push(`Le titre était trop long${NB}: il est coupé à 140 signes, relisez-le.`);
  if (fiche.texte.length > LONG) dit.laisse.push(`Le texte est très long${NB}: seul son début est repris.`);
  const plein = sansSuivi(fiche.texte.slice(0, LONG).trim(), motif(table.suivi));
  const { resume, corps } = ecrireTexte(plein, fiche.conte ?? plein, schema, boite, dit);
  const { tarif, age, inscription } = boite.indices([titre, plein].filter(Boolean).join('\n'), table);
  const lu = { titre, etat, resume, ...fiche.quand, tarif, age };
  if (etat === 'reporte') lu.ancien_debut = lu.debut;
  if (champs.inscription) lu.inscription = reserver(inscription, boite, dit);
  if (champs.format) {
    const [genre, dits, suite] = [fiche.genre ?? '', titre, resume]
      .map((texte) => plier(texte).split(' ').filter(Boolean));
    lu.format = formatDit([...genre, ...dits], suite, termes(champs.format, plier), motif(table.articles));
  }
  await boite.placer(fiche, champs, lu, boite, dit);
  const entete = tailler(lu, schema, perdu) ?? {};
  const pris = `Repris${NB}: ${new Intl.ListFormat('fr').format(compter(entete, dit.pris))}.`;
  const laisse = [...new Set([...dit.laisse, ...avertir(entete, champs, perdu, boite)])];
  return { entete, corps, pris: [pris], laisse };
}
