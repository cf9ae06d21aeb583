// Checks a front matter as `portail check` does: same codes, same paths, same sentences, all in one
// pass. `outils` = { lecture, regles, dates, proches, reference, commune }: modules, then
// reference(folders, text) → { connu, proche } or null when nobody knows, and
// commune(text) → { code }, { candidats: [[code, name, département]] } or { proches: [labels] }.
const CANDIDATS = 6, LIMITES = { remede: 1000, conseil: 400, candidats: 400, exemple: 200, raison: 200 };
const RESTENT = '\u00a0\u202f\u200d\ufe0f ';

const remplir = (modele, valeurs) => modele.replace(/\{([a-z_]+)\}/g, (trou, nom) => valeurs[nom] ?? trou);

// A value as a sentence quotes it: cut, and its odd signs written out.
function montrer(valeur, limite = 80) {
  let signes = [...String(valeur)];
  if (signes.length > limite) signes = [...signes.slice(0, limite - 1), '…'];
  const code = (signe) => signe.codePointAt(0).toString(16).padStart(4, '0');
  return signes
    .map((signe) => (!RESTENT.includes(signe) && /[\p{C}\p{Z}]/u.test(signe) ? `\\u${code(signe)}` : signe))
    .join('');
}

// Message and remedy of a code, from its templates.
export function phrases(modeles, valeurs) {
  const montres = Object.fromEntries(
    Object.entries(valeurs).map(([nom, valeur]) => [nom, montrer(valeur, LIMITES[nom])]),
  );
  return modeles.map((modele) => remplir(modele, montres));
}

class Controle {
  constructor(schema, outils) {
    Object.assign(this, { schema, outils, fautes: [], mentions: [] });
    this.o = {
      mots: outils.proches,
      dates: outils.dates,
      signes: outils.lecture.signes(schema['x-signes']),
      phrase: (nom, valeurs = {}) => remplir(schema['x-phrases'][nom], valeurs),
    };
  }

  // A fault has no value: this gives nothing.
  dire({ code, chemin, valeurs = {}, ecrire = '', besoins = [] }) {
    const [message, remede] = phrases(this.schema['x-codes'][code], valeurs);
    this.ajouter({ code, chemin, message, remede, ecrire, besoins }, valeurs);
  }

  // What a file is told, and what a person is: in the words of the form.
  ajouter(faute, valeurs = {}) {
    const { 'x-codes': codes, 'x-personne': personne } = this.schema, { code, chemin } = faute;
    const [dit, conseil] = phrases(personne?.[code] ?? codes[code], this.nommes(valeurs, chemin));
    this.fautes.push({ ...faute, dit, conseil });
  }

  // The same values for a person: fields by their labels, what a missing one asks.
  nommes(valeurs, chemin) {
    const libelle = (cle) => {
      const nom = cle.split('.').at(-1); // « adresse.commune »
      const groupes = [this.schema];
      for (const pas of chemin) {
        const dans = groupes[0].properties?.[pas] ?? groupes[0].items?.anyOf?.[1] ?? groupes[0].items;
        if (!dans) break;
        groupes.unshift(dans);
      }
      return groupes.find(({ properties }) => properties?.[nom])?.properties[nom].title ?? cle;
    };
    const dits = { ...valeurs };
    for (const nom of ['cle', 'autre']) if (nom in valeurs) dits[nom] = libelle(valeurs[nom]);
    const demande = this.schema['x-phrases'][`demande_${valeurs.cle}`] ?? this.o.phrase('demande', { champ: dits.cle });
    return 'cle' in valeurs ? { ...dits, demande } : dits;
  }

  inconnue(chemin, noms, brut) {
    const cle = chemin.at(-1), { phrase, mots } = this.o;
    const date = chemin.length === 1 && cle.toLowerCase() === 'date' && noms.includes('seances');
    const [proche] = date ? ['debut'] : mots.proches(cle.toLowerCase(), [...noms].sort(), 1);
    const dit = this.schema['x-cles'][cle.toLowerCase()], propre = this.schema['x-phrases'][`cle_${cle}`];
    if (!propre && !date && noms.includes(dit)) {
      this.dire({ code: 'E204', chemin, valeurs: { cle, remede: phrase('synonyme', { propose: dit }) } });
      return dit;
    }
    const ailleurs = chemin.length > 1 ? phrase('cles', { cles: noms.join(', ') }) : phrase('retirer');
    const remede = propre ?? (proche ? phrase('proche', { propose: proche }) : ailleurs);
    const ecrire = proche && typeof brut === 'string' ? `${proche}: ${brut}` : '';
    this.dire({ code: date ? 'E214' : 'E204', chemin, valeurs: { cle, remede }, ecrire });
    return proche;
  }

  // A group of fields: what could be read of it. `fautifs` receives the names of those that are
  // wrong, or misspelt.
  async champs(schema, brut, chemin, fautifs) {
    const lus = {}, noms = Object.keys(schema.properties);
    for (const cle of Object.keys(brut)) {
      if (!Object.hasOwn(schema.properties, cle)) fautifs.add(this.inconnue([...chemin, cle], noms, brut[cle]));
    }
    for (const nom of noms) {
      if (!Object.hasOwn(brut, nom)) continue;
      const avant = this.fautes.length;
      const lu = await this.valeur(schema.properties[nom], brut[nom], nom, [...chemin, nom]);
      if (this.fautes.length > avant) fautifs.add(nom);
      else lus[nom] = lu;
    }
    return lus;
  }

  manque(schema, nom, chemin) {
    const { code, ecrire = '' } = schema.properties[nom]['x-erreurs'].required;
    const remede = ecrire && this.o.phrase('ajouter', { ligne: ecrire });
    const dedans = code === 'E201' && chemin.length;
    this.dire({
      code,
      chemin: dedans ? [...chemin, nom] : chemin,
      valeurs: { cle: nom, remede },
      ecrire,
      besoins: dedans ? [] : [nom],
    });
  }

  async groupe(schema, brut, nom, chemin) {
    if (brut === null || typeof brut !== 'object' || Array.isArray(brut)) {
      if (brut === '' && schema.additionalProperties?.['x-code'] !== 'E219')
        return this.dire({ code: 'E206', chemin, valeurs: { cle: nom } });
      return this.ajouter({ ...schema['x-erreurs'].type, chemin, ecrire: '', besoins: [] });
    }
    if (!schema.properties) return this.libre(schema, brut, chemin);
    const avant = this.fautes.length, fautifs = new Set();
    this.ailleurs = Boolean(brut.pays);
    const lus = await this.champs(schema, brut, chemin, fautifs);
    for (const un of schema.required ?? []) {
      if (!Object.hasOwn(brut, un) && !fautifs.has(un)) this.manque(schema, un, chemin);
    }
    if (this.fautes.length === avant) {
      const [premiere] = this.outils.regles.juger(schema['x-regles'], lus, this.o);
      if (premiere) this.dire({ ...premiere, chemin: [...chemin, ...premiere.chemin], besoins: [] });
    }
    return lus;
  }

  // A mapping of free names: its first fault is the only one.
  libre({ additionalProperties: schema }, brut, chemin) {
    const web = schema['x-code'] === 'E219', noms = Object.keys(brut);
    for (const nom of web ? noms.sort() : noms) {
      const lu =
        typeof brut[nom] === 'string' &&
        (web ? this.outils.lecture.lire(brut[nom] || ' ', schema, nom, this.o) : brut[nom]);
      if (web && lu.refus?.code === 'E206')
        lu.refus = { code: 'E219', valeurs: { valeur: brut[nom], raison: this.o.phrase('url_debut') } };
      const refus =
        lu === false
          ? { code: 'E202', valeurs: { cle: nom, exemple: `${nom}: ${web ? 'https://…' : '…'}` } }
          : lu.refus;
      if (refus) {
        this.dire({ ...refus, chemin: [...chemin, nom] });
        break;
      }
    }
    return brut;
  }

  async liste(schema, brut, nom, chemin) {
    const valeurs = Array.isArray(brut) ? brut : [brut], limite = schema.maxItems;
    if (valeurs.length > limite)
      return this.dire({ code: 'E227', chemin, valeurs: { cle: nom, nombre: valeurs.length, limite } });
    const double = valeurs.findIndex((un, rang) => typeof un === 'string' && valeurs.indexOf(un) < rang);
    if (double >= 0)
      return this.dire({ code: 'E238', chemin: [...chemin, double], valeurs: { cle: nom, valeur: valeurs[double] } });
    const lues = [], [mot, groupe] = schema.items.anyOf ?? [];
    for (const [rang, un] of valeurs.entries()) {
      const ici = [...chemin, rang];
      if (mot && typeof un === 'string') lues.push(await this.valeur(mot, un, 'ref', [...ici, 'ref']));
      else lues.push(await this.valeur(groupe ?? schema.items, un, nom, ici, limite));
    }
    return lues;
  }

  // Of another country, a town is as it is written; in France, a postcode has five figures.
  async valeur(donne, brut, nom, chemin, place) {
    const ici = donne['x-france'] && !this.ailleurs;
    const schema = ici ? { ...donne, pattern: donne['x-france'] } : donne;
    if (schema.type === 'array') return this.liste(schema, brut, nom, chemin);
    if (schema.type === 'object') return this.groupe(schema, brut, nom, chemin);
    const lu = this.outils.lecture.lire(brut, schema, nom, this.o, place);
    if (lu?.refus) return this.dire({ ...lu.refus, chemin });
    if (schema['x-completion'] && !(this.ailleurs && chemin.at(-2) === 'adresse')) return this.commune(lu, chemin);
    if (schema['x-references'] || schema['x-code'] === 'E401') this.mentions.push([chemin, lu, schema]);
    return lu;
  }

  async commune(texte, chemin) {
    const { phrase } = this.o, { code, candidats, proches } = (await this.outils.commune(texte)) ?? { code: texte };
    if (code) return code;
    if (!candidats) {
      const propose = proches.slice(0, 3).map((un) => `« ${un} »`).join(', ');
      const remede = propose ? phrase('proches', { propose }) : phrase('verifier');
      return this.dire({ code: 'E432', chemin, valeurs: { valeur: texte, remede } });
    }
    const chiffre = /^\p{Nd}/u.test(texte),
      exemple = `${candidats[0][1]} (${candidats[0][2]})`,
      plus = candidats.length - CANDIDATS;
    let raison = 'communes';
    if (chiffre) raison = candidats.some(([un]) => un === texte.toUpperCase()) ? 'insee' : 'postal';
    const noms = candidats
      .slice(0, CANDIDATS)
      .map(([un, nom, departement]) => `${nom} (${departement}), ${un}`)
      .join(' ; ');
    const suite = plus > 0 ? ` et ${plus} autre${plus > 1 ? 's' : ''}` : '',
      remede = phrase(chiffre ? 'nom' : 'departement', { exemple });
    return this.dire({
      code: 'E431',
      chemin,
      valeurs: { raison: phrase(raison, { valeur: texte }), candidats: noms + suite, remede },
    });
  }

  async reference(chemin, texte, schema) {
    const { phrase, mots } = this.o, ouvert = schema.maxLength;
    const coupe = texte.lastIndexOf('/'), dossier = texte.slice(0, Math.max(coupe, 0));
    const dossiers = schema['x-references'] ?? [dossier].filter(Boolean);
    if (
      !texte ||
      !dossiers.length ||
      (ouvert && !(mots.estSlug(texte.slice(coupe + 1)) && (!dossier || dossiers.includes(dossier))))
    )
      return;
    const trouve = await this.outils.reference(dossiers, texte);
    if (!trouve || trouve.connu) return;
    const code = schema['x-code'], fin = chemin.at(-1), nom = chemin.findLast((pas) => typeof pas === 'string');
    let remede = trouve.proche ? phrase('plus_proche', { propose: trouve.proche }) : phrase('fichier');
    if (code === 'E411' && fin === 'lieu') remede += ` ${phrase('adresse')}`;
    else if (code === 'A434') remede += ` ${phrase('retire')}`;
    else if (ouvert) remede += ` ${phrase('simple')}`;
    const ecrire = trouve.proche && typeof fin === 'string' ? `${fin}: ${trouve.proche}` : '';
    this.dire({ code, chemin, valeurs: { valeur: texte, cle: nom, dossier: dossiers.join(' ou '), remede }, ecrire });
  }

  async tout(entete) {
    const { schema, outils } = this, fautifs = new Set();
    const lus = await this.champs(schema, entete, [], fautifs);
    const plein = (un) => (Array.isArray(un) ? un.length : un);
    const donne = lus.d_apres && schema.properties.debut ? 'resume' : '';
    for (const nom of (schema.required ?? []).filter((un) => un !== donne)) {
      if (!plein(lus[nom]) && !fautifs.has(nom)) this.manque(schema, nom, []);
    }
    for (const faute of outils.regles.juger(schema['x-regles'], lus, this.o)) {
      if (![...faute.besoins, ...faute.chemin.slice(0, 1)].some((nom) => fautifs.has(nom))) this.dire(faute);
    }
    if (!this.fautes.length && schema.properties.seances)
      outils.regles.derouler(lus, outils.dates).forEach((faute) => this.dire(faute));
    const bonnes = this.mentions.filter(([[nom]]) => !fautifs.has(nom));
    for (const [chemin, texte, un] of bonnes) await this.reference(chemin, texte, un);
    return this.fautes;
  }
}

export const controler = (schema, entete, outils) => new Controle(schema, outils).tout(entete);

// The `reference` of `outils`, from what lists the slugs of a folder: null for those that list
// only a part of theirs.
export function references(slugs, { proches, estSlug }, partiels = ['events', 'territoires']) {
  return async (dossiers, texte) => {
    const coupe = texte.lastIndexOf('/'), dossier = texte.slice(0, Math.max(coupe, 0)), nom = texte.slice(coupe + 1);
    const listes = await Promise.all(dossiers.map((un) => slugs(un)));
    if (dossiers.some((un, rang) => (!dossier || un === dossier) && listes[rang].includes(nom)))
      return { connu: true, proche: '' };
    if (estSlug(nom) && dossiers.some((un) => partiels.includes(un))) return null;
    return { connu: false, proche: proches(nom, listes.flat(), 1)[0] ?? '' };
  };
}
