// The text of a mail or of a press release: its title, its dates and hours, its price, whom to call.
// Only what is said plainly is taken; the whole text goes to the body.
const { JOURS, MOIS, NB, plier } = await import(document.querySelector('[data-commun]').dataset.commun);
const { NOM_JOUR, NOM_MOIS, NUMERO, dater, quandDe, rangMois } = await import(
  new URL('contribuer-quand.js', import.meta.url));
const LONG = 240_000, DEBUT = 3000, LIGNES = 8;

const ENTETE = /^\s*(de|from|à|a|to|cc|cci|date|envoyé|sent|objet|sujet|subject)\s*:\s*(.*)$/i;
const CREUSE = new RegExp('^[\\s[(]*(bon(jour|soir)|salut|madame|monsieur|mesdames|cher|chère|communiqué'
  + '|dossier de presse|pour diffusion|invitation\\s*$|info\\s*$|newsletter|save the date|#\\S|---|\\*\\*\\*)', 'i');
// What is said to those who will publish it.
const DEMANDE = new RegExp('(?<!\\p{L})(merci|pourriez|pouvez|veuillez|voici|ci-(dessous|joint|après)|rappel|je|j’ai'
  + '|(nous|de) vous|vous trouverez|plaisir d|votre (site|portail|agenda|lettre|page)|à diffuser|diffusion|demande'
  + '|parution|publi(é|er|cation))(?!\\p{L})', 'iu');
const ADIEU = new RegExp('^\\s*((bien|très) )*(--$|cordialement|amicalement|respectueusement|sincèrement|à bientôt'
  + '|bien à (vous|toi)|(belle|bonne) (journée|soirée|réception|fin|semaine)'
  + '|.{0,20}salutations)(?!\\p{L}).{0,40}$', 'iu');

// « Béthune, le 20 septembre 2021 »: where a release was written, and when, which is not to come.
const VILLE = "^[a-z' -]{2,60}(?:\\([^()]{1,40}\\))?,? (?:le )?";
const ECRIT = new RegExp(`${VILLE}${NOM_JOUR}${NUMERO}\\s+${NOM_MOIS}\\s*[.:–-]?$`);
const JOUR_SEUL = new RegExp(`^(?:(?:le|les|du|de|a partir du) )?${NOM_JOUR}(?:${NUMERO}\\s+|\\d{1,2}[/.]\\d)`);
const DE_DATE = new RegExp(`^(${JOURS.join('|')}|${MOIS.map(plier).join('|')}|(janv|fevr|avr|juil|sept|oct|nov|dec)`
  + '|l[ea]s?|d[ue]|des?|a|au|et|entre|h|heures?|min|er|midi|minuit|jusqu|partir|dates?|horaires?|tous|quand)s?$');
const RUBRIQUE = /^\s*[^:]{2,25}\s:\s|^\s*(lieu|tarifs?|dates?|horaires?|contacts?|adresse|quand|où)\b\s*:/i;
const INTITULE = /^\s*(?:titre|intitulé|thème|sujet)[^:\n]{0,20}:\s*(\S.*)$/im;
const PRESENTE = /^\s*(?:description|résumé|présentation)\s*:\s*(?=\S)/i;
const PRESSE = new RegExp('^[\\s*_#-]*(contacts?|relations?|service|attachée?s?)\\s+'
  + '(de\\s+|avec\\s+la\\s+|de\\s+la\\s+)?(presse|médias?)\\b', 'i');
const RENVOIS = /^((re|fwd?|tr|ref)\s*:\s*)+/i, ANNONCE = /^(invitation|communiqué de presse|cp)\s*[:–-]\s*/i;
// Who invites, or where: no title of what takes place there.
const LIEUX = new RegExp('^(?:(?:le|la|les|au|aux|à l[ae]|à l’|l’)\\s?)?(amphi(théâtre)?|auditorium|association'
  + '|bibliothèque|campus|centre|château|cinéma|club|collège|commune|département|école|église|espace|fablab|ferme|forum'
  + '|gare|hall|hôtel|jardin|laboratoire|lycée|mairie|maison|médiathèque|muséum|musée|observatoire|office|parc|parking'
  + '|place|planétarium|plage|pôle|salle|service|stade|théâtre|université|ville)(?!\\p{L})', 'iu');
const PAR = new RegExp('^((par|avec|dans|à|aux?|sur|chez|devant|orateur|on|il|elles?|ils|cycle|nous|dès)(?!\\p{L})'
  + '|anim|organis|intervenant|événement ·|public ·|durée|intéressé|gratuit|entrée|inscri|venez|découvrez|participez'
  + '|rejoignez|partage)| > | organisée? par |(invite|organise|présente|propose)(nt)?( \\S+)?$', 'iu');
const OU = /^\s*(?:📍|(?:lieu|où|ou|adresse|rendez-vous)\s*[:?]+)\s*(\S.*)$/imu;
const DE_COMMUNE = /^(?:à l[ae]|au|aux|à l’)\s?([^,]{4,60}?) (?:de|d’|à) (\p{Lu}[\p{L}’' -]{1,40})$/u;
const DESSINS = /[\p{Extended_Pictographic}\ufe0f]+/gu;

// « un atelier « Fabrique ton robot » »: what is in guillemets after a format, or alone, is the title.
const FORMATS = 'ateliers?|balades?|caf[ée]s?|causeries?|concerts?|conf[ée]rences?|d[ée]bats?|expositions?|jeux?'
  + '|projections?|rencontres?|r[ée]unions?|s[ée]minaires?|soir[ée]es?|sorties?|spectacles?|stages?|visites?';
const CITE = new RegExp(`(?<!(?:cycle|programme|saison)[^\\n]{0,20})((?:${FORMATS})(?: [^«»\\n.,]{0,40})?)`
  + ',?\\s«\\s*([^«»\\n]{4,100}?)\\s*»', 'gi');
const CITE_SEUL = new RegExp('^(?<!(?:cycle|programme|saison)[^\\n]*\\n)()(?:[^«»:\\n]{2,30}:)?'
  + '\\s*«\\s*([^«»]{4,100}?)\\s*»[\\s.]*$', 'gim');
// « Voici notre prochaine conférence : … », « Atelier – … »; « Café des sciences », whose title is below.
const ANNONCEE = new RegExp(`^(?:.{0,40}(?<!\\p{L}))?(${FORMATS})(?: \\S+)?\\s*(?: :|:|–| -)\\s+(\\S.{3,})$`, 'iu');
const NUE = new RegExp(`^(?:${FORMATS})(?: \\S+){0,4}$`, 'i');
// « … invite à « Sous nos pieds » », « … », un atelier », but neither what someone says nor who invites.
const ENTRE = /«\s*([\p{Lu}\d][^«»\n]{3,99}?)\s*»/gu;
const ANNONCE_TITRE = new RegExp('((invite|présente|propose|organise|accueille)(nt)?( à)?|intitulée?s?|voici'
  + '|s’(intitule|appelle)|(venez|participer|découvrir|assister)[^«\\n.]{0,30})\\s*$', 'i');
const SUIT_TITRE = new RegExp(`^\\s*([:–(!]|$|,? ?(est )?(une?|l[ea]|l’|notre)? ?(${FORMATS})(?!\\p{L})`
  + '|(ouvre|commence|débute|dure|revient|s’adresse|a lieu|se (tient|visite|déroule))(?!\\p{L}))', 'iu');
const AVANT_DEUX_POINTS = new RegExp(`(^|(?<!\\p{L})(${FORMATS}).{0,40})\\s*:\\s*$`, 'iu');
// Names that may be those of a commune: « à Lens », « 12 rue des Lilas, Lens ».
const VERS = /(?:(?<!\p{L})[Àà] |\d [^\n,]{3,60}, )(\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*)/gu;

function estEcrit(une, boite) {
  const dit = boite.plat(une).trim(), peut = une.length < 120 && !CREUSE.test(une);
  const lu = peut && !JOURS.some((nom) => dit.startsWith(nom)) && ECRIT.exec(dit);
  const [jour, mois, annee] = lu ? lu.slice(-3) : [];
  return Boolean(annee) && /^\P{Ll}/u.test(une.trim()) && dater(boite, jour, rangMois(mois), annee) <= boite.jour;
}

// The words of a line that are of no date.
const mots = (une, boite) => boite.plat(une).split(/[^a-z]+/).filter((mot) => mot && !DE_DATE.test(mot));
const estJour = (une, boite) => /\d/.test(une) && !mots(une, boite).length;
// A line that may be a title: neither a day, a place, a label, a greeting, a request nor a sentence.
const peutTitrer = (une, boite) => une.length <= 110 && !/^«|[.,;:]$|@|https?:|www\./.test(une)
  && ![CREUSE, DEMANDE, RUBRIQUE, LIEUX, PAR].some((motif) => motif.test(une))
  && mots(une, boite).length > Number(/\d/.test(une))
  && !JOUR_SEUL.test(boite.plat(une)) && !boite.estAdresse(une, boite);

// What stands in guillemets where a title is announced.
function annonces(texte, boite) {
  return [...texte.matchAll(ENTRE)].filter(({ 0: tout, index }) => {
    if (/(cycle|programme|saison)[^\n]{0,60}\s$/i.test(texte.slice(0, index))) return false;
    const [avant] = texte.slice(0, index).split(/[\n!?]|\. /).slice(-1);
    const [suite] = texte.slice(index + tout.length).split('\n');
    const seul = !avant.trim() || AVANT_DEUX_POINTS.test(avant) || (/:\s*$/.test(avant) && estJour(avant, boite));
    return ANNONCE_TITRE.test(avant) || (seul && (avant.trim() || SUIT_TITRE.test(suite)));
  }).map(({ 1: cite }) => cite);
}

// The title of a text and the format that is said before it, empty when neither is sure.
function intituler(lignes, objet, boite) {
  const tete = lignes.filter((une) => une.trim()).slice(0, LIGNES), cites = new Map();
  const citee = tete.join('\n').replace(/["“]([^"“”\n]{4,100})["”]/g, '« $1 »');
  const [, dit] = INTITULE.exec(lignes.join('\n')) ?? [];
  if (dit) return { titre: dit };
  for (const [, genre, cite] of [CITE_SEUL, CITE].flatMap((un) => [...citee.matchAll(un)]))
    if (!/^\p{Ll}/u.test(cite)) cites.set(boite.plat(cite), { genre, titre: cite });
  if (!cites.size) for (const cite of annonces(citee, boite)) cites.set(boite.plat(cite), { titre: cite });
  if (cites.size > 1) return { titre: '', plusieurs: true };
  const [[, cite] = []] = cites;
  if (cite && !objet.includes(cite.titre)) return cite;
  if (peutTitrer(objet, boite) && !NUE.test(objet)) return { titre: objet };
  for (const une of tete) {
    const [, genre = '', suite = ''] = ANNONCEE.exec(une) ?? [];
    if (suite && mots(suite, boite).length > 1 && !JOUR_SEUL.test(boite.plat(suite)))
      return DEMANDE.test(une) ? { genre, titre: suite } : { titre: une };
  }
  // Above the first sentence; a word alone says too little.
  const [conte] = conter(tete, boite).split('\n'), haut = conte ? tete.slice(0, tete.indexOf(conte)) : tete;
  const [une = '', autre = ''] = haut.filter((ligne) => peutTitrer(ligne, boite));
  if (NUE.test(une) && autre) return { genre: une, titre: autre };
  return { titre: mots(une, boite).length > 1 ? une : '' };
}

// Sentences that tell what it is: a summary begins there.
const conter = (lignes, boite) => lignes.map((une) => une.replace(PRESENTE, '')).filter((une) => une.length > 39
  && /[.!…]$/.test(une) && mots(une, boite).length > 4
  && !/^(l.)?(entrée|rendez-vous|rdv|inscri|réserv|apporte|prévo|places)/i.test(une)
  && !/aura lieu|se tiendra|se déroulera|suivi d/i.test(une)
  && ![CREUSE, DEMANDE, RUBRIQUE, boite.POSTAL].some((motif) => motif.test(une))).join('\n');

// Where it takes place: as it says, else lines of an address, else a name with its commune.
function trouver(lignes, boite) {
  const [, dite] = OU.exec(lignes.join('\n')) ?? [], pleines = lignes.filter((une) => une.trim());
  const postal = pleines.findIndex((une) => boite.POSTAL.test(une)), [code = ''] = pleines.slice(postal, postal + 1);
  const seul = /^\d{5}/.test(code), rue = seul && boite.estAdresse(pleines[postal - 1] ?? '', boite);
  const dessus = seul ? pleines.slice(Math.max(0, postal - 1 - rue), postal)
    .filter((une, rang) => (rue && rang) || LIEUX.test(une) || boite.estAdresse(une, boite)) : [];
  const nommee = pleines.find((une) => une.length < 120 && /,/.test(une) && !/[.!?:]$/.test(une)
    && !estJour(une, boite) && !JOUR_SEUL.test(boite.plat(une)) && (LIEUX.test(une) || boite.estAdresse(une, boite)));
  const [, nom, commune] = pleines.map((une) => DE_COMMUNE.exec(une)).find((lu) => lu && LIEUX.test(lu[1])) ?? [];
  const trouvee = dite ?? (postal < 0 ? nommee ?? (nom ? `${nom}, ${commune}` : '') : [...dessus, code].join(', '));
  return trouvee.length < 250 ? boite.lieuDe(trouvee.replace(/^[^:]{0,25}:\s/, ''), estJour, boite) : '';
}

// Paragraphs for journalists, out of the text; a heading alone goes with what it heads.
function sansPresse(lignes) {
  const gardees = [];
  let presse = false, seul = false, laisse = false;
  for (const une of lignes) {
    if (PRESSE.test(une)) [presse, seul, laisse] = [true, /presse\W*$|médias?\W*$/i.test(une), true];
    else if (presse && !une.trim()) [presse, seul] = [seul, false];
    else if (presse) seul = false;
    if (!presse) gardees.push(une);
  }
  return [gardees, laisse];
}

// A line that a program cut goes on below.
const recoller = (texte) => texte.replace(/^(.{60,}[^\n.!?:;])\n(?=[\p{Ll}\d«(])/gmu, '$1 ');

// What is not of the text: headers of a mail, words for journalists, where and when it was written,
// who signs.
function trier(texte, boite, laisse) {
  const [lignes, presse] = sansPresse(recoller(texte).split('\n'));
  let gardees = [], titre = '', entetes = 0;
  for (const une of lignes) {
    const entete = gardees.every((autre) => !autre.trim() || CREUSE.test(autre)) && ENTETE.exec(une);
    if (!entete) gardees.push(une.replace(DESSINS, (dessin) => (dessin.startsWith('📍') ? dessin : '')).trim());
    else {
      entetes += 1;
      if (/^(objet|sujet|subject)$/i.test(entete[1])) titre ||= entete[2].replace(RENVOIS, '').replace(ANNONCE, '');
    }
  }
  if (entetes) laisse.push(`Les en-têtes du courriel sont laissés de côté${NB}: ni noms ni adresses n’en sont repris.`);
  if (presse) laisse.push(`Le contact pour la presse est laissé de côté${NB}: il s’adresse aux journalistes.`);
  const tete = gardees.filter((une) => une.trim()).slice(0, LIGNES);
  const ecrites = new Set(tete.filter((une) => estEcrit(une, boite)));
  if (ecrites.size && tete.length > 1) {
    gardees = gardees.filter((une) => !ecrites.has(une));
    laisse.push(`L’en-tête du communiqué est laissé de côté${NB}: «${NB}${[...ecrites][0].trim()}${NB}».`);
  }
  const adieu = gardees.findLastIndex((une) => ADIEU.test(une)), dessous = gardees.slice(adieu);
  if (adieu > 0 && dessous.length <= LIGNES && dessous.every((une) => une.length <= 80)) {
    gardees = gardees.slice(0, adieu);
    laisse.push(`La signature est laissée de côté${NB}: «${NB}${dessous.filter(Boolean).join(' / ')}${NB}».`);
  }
  return { titre, lignes: gardees };
}

// What it says of an event, { titre, texte, conte, genre, communes, quand, adresse, laisse, doutes };
// `doutes` are those on its dates; null when it says nothing.
export function lire(ecrit, boite) {
  const laisse = [], { lignes, titre: objet } = trier(ecrit.slice(0, LONG), boite, laisse);
  // « COMPLET : Atelier » is no label and what it is worth: a title is looked for without its state.
  const nue = (une) => boite.lireEtat(une).titre, nues = lignes.map(nue);
  const { titre: seul, genre = '', plusieurs } = intituler(nues, nue(objet), boite), rang = nues.indexOf(seul);
  const titre = (seul && [lignes[rang], objet].find((une) => une && nue(une) === seul)) || seul;
  if (titre && rang >= 0) lignes.splice(rang, 1);
  if (plusieurs) laisse.push(`Le texte annonce plusieurs titres${NB}: à chaque événement son formulaire.`);
  else if (!titre) laisse.push(`Le titre n’est pas sûr${NB}: écrivez-le.`);
  const vide = (une) => !une.trim() || (CREUSE.test(une) && une.length < 60);
  while (lignes.length && vide(lignes[0])) lignes.shift();
  const texte = lignes.join('\n').trim();
  if (!titre && !texte) return null;
  const adresse = trouver(lignes, boite), conte = conter(lignes, boite);
  const communes = adresse ? [] : [...texte.slice(0, DEBUT).matchAll(VERS)].map(([, nom]) => nom);
  const doutes = [], quand = plusieurs ? {} : quandDe(`${titre}\n\n${texte}`, boite, doutes);
  return { titre, texte, conte, genre, communes, quand, adresse, laisse, doutes };
}
