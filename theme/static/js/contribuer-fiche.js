// From what a module read of an event to what a file says: only keys and values of the schema, and
// sentences of what was taken and what was not.
const { NB } = await import(document.querySelector('[data-commun]').dataset.commun);
const MOTS = 20, LONG = 200_000, SEANCES = 100;

// A text cut at the end of a sentence, else of a word.
export function couper(texte, limite) {
  const signes = [...texte.slice(0, 2 * limite + 2)];
  if (texte.length <= 2 * limite + 2 && signes.length <= limite) return texte;
  const debut = signes.slice(0, limite - 1).join('');
  const phrase = /^[\s\S]*[.!?…](?=\s)/.exec(`${debut} `)?.[0] ?? '';
  return phrase.length > limite / 5 ? phrase.trim() : `${debut.replace(/\s+\S*$/, '').replace(/[\s,;:–-]+$/, '')}…`;
}

// The dates of an event as a file says them: all of them, else the first ones to come.
export function garder(toutes, { jour }, laisse) {
  const venir = toutes.length > SEANCES ? toutes.filter(({ debut, fin = debut }) => fin >= jour) : toutes;
  const seances = (venir.length ? venir : toutes).slice(0, SEANCES);
  if (toutes.length > SEANCES) laisse.push(`${toutes.length} dates${NB}: ${seances.length} sont reprises, les premières à venir.`);
  return seances.length > 1 || seances[0]?.etat ? { seances } : seances[0] ?? {};
}

// Names of a vocabulary, and their codes.
function termes(schema, plier) {
  const { enum: codes = [], 'x-libelles': noms = [], 'x-alias': autres = {} } = schema.items ?? schema;
  const paires = codes.flatMap((code, rang) => [code, noms[rang] ?? code, ...autres[code] ?? []].map((nom) => [plier(nom), code]));
  return new Map(paires.toReversed()); // of several codes, the first
}

// The format that a title begins with, or that it names alone, or that a summary begins with.
function formatDit(titre, resume, noms, articles) {
  const debut = (mots) => [5, 4, 3, 2, 1].map((nombre) => noms.get(mots.slice(0, nombre).join(' '))).find(Boolean);
  if (debut(titre)) return [debut(titre)];
  const long = Math.max(...[...noms.keys()].map((nom) => nom.split(' ').length)), dedans = new Set();
  titre.forEach((_, rang) => {
    for (let nombre = 1; nombre <= long && rang + nombre <= titre.length; nombre += 1) dedans.add(noms.get(titre.slice(rang, rang + nombre).join(' ')));
  });
  dedans.delete(undefined);
  if (dedans.size === 1) return [...dedans];
  const suite = resume.slice(Math.max(0, resume.findIndex((mot) => !articles.test(mot))));
  return [debut(suite)].filter(Boolean);
}

// Key words that are terms of a vocabulary go there; a text that says its format plainly gives it.
function classer(fiche, schema, entete, { plier, clair, motif, table }) {
  let mots = [...new Set((fiche.mots ?? []).map((mot) => clair(mot).replace(/^#/, '')).filter(Boolean))];
  for (const champ of ['format', 'publics', 'themes']) {
    const definition = schema.properties[champ];
    if (!definition) continue;
    const noms = termes(definition, plier), trouves = champ === 'format' ? [...fiche.types ?? []] : [];
    mots = mots.filter((mot) => {
      const code = noms.get(plier(mot));
      if (code) trouves.push(code);
      return !code;
    });
    if (champ === 'format' && !trouves.length) trouves.push(...formatDit(plier(entete.titre).split(' '), plier(entete.resume ?? '').split(' '), noms, motif(table.articles)));
    entete[champ] = [...new Set(trouves)];
  }
  entete.mots_cles = mots.filter((mot) => mot.length <= 60).slice(0, MOTS);
}

// The first sentences that are no list of dates, prices or addresses.
function debutDe(plein, { ligne, motif, table }) {
  const simples = plein.slice(0, 3000).split('\n').map((une) => ligne(une.replace(/^[#>*\s-]+/, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]{1,3}/g, '')));
  const phrases = simples.filter((une) => une && !motif(table.pratique).test(une)), choisies = [];
  for (const une of phrases) {
    if (choisies.length && (choisies.join(' ').length > 120 || !/[.!?…»]$/.test(une))) break;
    choisies.push(une);
  }
  return couper(choisies.join(' ') || ligne(plein.slice(0, 3000)), 300);
}

// The text of the page, in Markdown, and the sentences that sum it up.
async function ecrireTexte(fiche, entete, boite, dit, demande) {
  for (const cle of ['html', 'texte', 'markdown']) {
    if (fiche[cle]?.length <= LONG || !fiche[cle]) continue;
    fiche[cle] = fiche[cle].slice(0, LONG);
    dit.laisse.push(`Le texte est très long${NB}: seul son début est repris.`);
  }
  const brut = fiche.html ?? fiche.texte ?? fiche.markdown ?? '', plein = fiche.html ? boite.texteDe(fiche.html) : boite.net(brut).trim();
  const resume = boite.clair(fiche.resume);
  entete.resume = resume ? couper(resume, 300) : debutDe(plein, boite);
  const tout = entete.resume === boite.ligne(plein);
  let corps = tout && !demande ? '' : await enMarkdown(fiche, plein, boite);
  if (corps) dit.pris.push('texte');
  if (fiche.url && !corps.includes(fiche.url)) corps = `${corps}\n\n[Page de l’événement](${fiche.url.replace(/[()]/g, encodeURIComponent)})`.trim();
  if (!resume && !tout && entete.resume) dit.laisse.push(`Le résumé est le début du texte${NB}: relisez-le.`);
  return corps;
}

async function enMarkdown(fiche, plein, boite) {
  if (fiche.html) {
    try {
      const module = await boite.charger('texte');
      if (module?.depuisHtml) return await module.depuisHtml(fiche.html);
    } catch (raison) {
      console.error(raison);
    }
  }
  // No tag in a body; what would be a mark is meant as it is, but in Markdown.
  if (fiche.markdown !== undefined) return plein.replace(/<(?=[a-z/!?])/gi, '\\<');
  const sur = plein.replaceAll('\\', '\\\\').replace(/<(?=[a-z/!?])|\[(?=\^)|\](?=[([:])/gi, '\\$&');
  const lignes = sur.replace(/^([#>])/gm, '\\$1').split('\n').map((une) => une.trim().replace(/^[•·▪●–]\s+/, '- '));
  return lignes.join('\n').replace(/([^\n])\n(?!\n|- |\d+\. )(?=\S)/g, '$1\n\n').replace(/\n{3,}/g, '\n\n').trim();
}

function reserver(fiche, { indices, lien }, texte, dit) {
  const lue = { ...indices(texte).inscription, ...fiche.inscription ?? {} }, url = lien(fiche.reserver || lue.url);
  const moyens = { url, courriel: lue.courriel, telephone: lue.telephone };
  if (!lue.regime && !Object.values(moyens).some(Boolean)) return undefined;
  if (!lue.regime) dit.laisse.push(`L’inscription est notée «${NB}conseillée${NB}»${NB}: dites si elle est obligatoire.`);
  return { regime: lue.regime ?? 'conseillee', ...(lue.regime === 'aucune' ? {} : moyens) };
}

// Only what the schema knows, as text, within its limits; `perdu` says what does not fit.
export function tailler(valeur, schema, perdu, chemin = []) {
  if (valeur === undefined || valeur === null || !schema) return undefined;
  if (schema.type === 'array') {
    const gardees = (Array.isArray(valeur) ? valeur : [valeur]).map((une) => tailler(une, schema.items, perdu, chemin)).filter((une) => une !== undefined);
    return gardees.length ? gardees.slice(0, schema.maxItems ?? 100) : undefined;
  }
  if (schema.type === 'object') {
    if (typeof valeur !== 'object' || Array.isArray(valeur)) return undefined;
    const ordre = schema.properties ? Object.entries(schema.properties) : Object.keys(valeur).map((cle) => [cle, schema.additionalProperties]);
    const gardees = ordre.map(([cle, dedans]) => [cle, tailler(Object.hasOwn(valeur, cle) ? valeur[cle] : undefined, dedans, perdu, [...chemin, cle])]).filter(([, une]) => une !== undefined);
    return gardees.length ? Object.fromEntries(gardees) : undefined;
  }
  const texte = typeof valeur === 'object' ? '' : String(valeur).replace(/\s+/g, ' ').trim();
  return texte ? scalaire(texte, schema, perdu, chemin) : undefined;
}
function scalaire(texte, schema, perdu, chemin) {
  const nombre = Number(texte.replace(',', '.'));
  const bon = (!schema.enum || schema.enum.includes(texte)) && (!schema.pattern || new RegExp(schema.pattern).test(texte))
    && (!['integer', 'number'].includes(schema.type) || (texte !== '' && nombre >= (schema.minimum ?? -Infinity) && nombre <= (schema.maximum ?? Infinity) && (schema.type === 'number' || Number.isInteger(nombre))))
    && (schema.format !== 'uri' || /^https?:\/\/[^\s/]+\.[^\s/]/.test(texte)) && (schema.format !== 'email' || /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(texte))
    && (schema.type !== 'boolean' || /^(true|false)$/.test(texte));
  if (!bon) {
    perdu.push(`${schema.title ?? chemin.at(-1)}${NB}: «${NB}${couper(texte, 60)}${NB}»`);
    return undefined;
  }
  const net = schema.not?.pattern ? texte.replace(/<(?=[a-zA-Z/!])[^<>]*>?/g, '').replace(/\s+/g, ' ').trim() : texte;
  return couper(net, schema.maxLength ?? 1000) || undefined;
}

function compter(entete, dit) {
  const { seances, horaires, debut } = entete;
  if (seances) dit.pris.unshift(`${seances.length} dates`);
  else if (horaires) dit.pris.unshift('horaires de la semaine');
  else if (debut) dit.pris.unshift('date');
  for (const [cle, nom] of [['resume', 'résumé'], ['titre', 'titre']]) if (entete[cle]) dit.pris.unshift(nom);
  const noms = { format: 'format', publics: 'publics', themes: 'thèmes', mots_cles: 'mots-clés', age: 'âge', tarif: 'tarif', inscription: 'inscription', en_ligne: 'adresse en ligne', accessibilite: 'accessibilité', organisateurs: 'organisateur', etat: 'état' };
  for (const [cle, nom] of Object.entries(noms)) if (entete[cle]) dit.pris.push(nom);
}

export async function composer(fiche, boite) {
  const schema = await boite.donnees('schema'), { properties: champs } = schema, dit = { pris: [], laisse: [...fiche.laisse ?? []] };
  const entete = { titre: boite.clair(fiche.titre) }, perdu = [];
  if (entete.titre.length > 280 || [...entete.titre].length > 140) dit.laisse.push(`Le titre était trop long${NB}: il est coupé à 140 signes, relisez-le.`);
  const corps = await ecrireTexte(fiche, entete, boite, dit, schema['x-texte']);
  const tout = [entete.titre, fiche.resume, fiche.html ? boite.texteDe(fiche.html) : fiche.texte ?? fiche.markdown, fiche.conditions].filter(Boolean).join('\n');
  Object.assign(entete, fiche.quand);
  classer(fiche, schema, entete, boite);
  await boite.placer(fiche, schema, entete, boite, dit);
  const { tarif, age } = boite.indices(tout);
  entete.tarif = fiche.tarif ?? tarif;
  entete.age = fiche.age?.min || fiche.age?.max ? fiche.age : age;
  entete.inscription = champs.inscription && reserver(fiche, boite, tout, dit);
  entete.organisateurs = await boite.nommer(fiche, boite, dit);
  Object.assign(entete, { accessibilite: fiche.accessibilite, etat: fiche.etat || undefined, jauge: fiche.jauge || undefined, ids_externes: fiche.ids });
  const taille = tailler(entete, schema, perdu) ?? {};
  if (taille.inscription && !taille.inscription.regime) delete taille.inscription;
  if (taille.horaires && !(taille.horaires.du && taille.horaires.au)) delete taille.horaires;
  if (taille.seances) taille.seances = taille.seances.filter(({ debut }) => debut);
  compter(taille, dit);
  if (perdu.length) dit.laisse.push(`Ces valeurs ne conviennent pas et sont laissées de côté${NB}: ${perdu.slice(0, 5).join(', ')}.`);
  const dates = [taille.fin ?? taille.debut, taille.horaires?.au, taille.seances?.at(-1).debut].filter(Boolean);
  if (champs.debut && !dates.length) dit.laisse.push(`Aucune date n’a été reconnue${NB}: écrivez-la dans la partie «${NB}Quand${NB}».`);
  if (dates.length && dates.every((une) => une.slice(0, 10) < boite.jour)) dit.laisse.push(`Ces dates sont passées${NB}: vérifiez-les.`);
  if (taille.etat === 'reporte') dit.laisse.push(`L’événement est reporté${NB}: écrivez la date d’abord annoncée.`);
  if (champs.format && !taille.format) dit.laisse.push(`Le format n’est pas sûr${NB}: choisissez-le.`);
  if (fiche.image) dit.laisse.push(`L’image n’est pas reprise${NB}: joignez le fichier, si vous avez le droit de le publier.`);
  return { entete: taille, corps, pris: dit.pris.length ? [`Repris${NB}: ${new Intl.ListFormat('fr').format(dit.pris)}.`] : [], laisse: [...new Set(dit.laisse)] };
}
