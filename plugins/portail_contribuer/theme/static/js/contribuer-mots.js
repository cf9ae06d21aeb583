// What the site will say of a proposal: the twin of outputs/pages/cards.py and features/channels/lettre/wording.py.
const DITS = ['annule', 'reporte', 'reprogramme', 'deplace-en-ligne', 'complet'];
const HANDICAPS = ['moteur', 'auditif', 'visuel', 'mental', 'psychique'];
const NOMS = { events: 'Événement', articles: 'Article', annonces: 'Annonce', ressources: 'Ressource', lieux: 'Lieu',
  dossiers: 'Dossier' };
const SORTES = { events: 'format', articles: 'genre', annonces: 'categorie', ressources: 'type', lieux: 'type' };
const OUVERTS = ['tout-public', 'familles', 'jeunes', 'adultes', 'seniors'],
  ECOLES = ['maternelle', 'primaire', 'college', 'lycee'];
const FORMES = ['entretien', 'portrait', 'temoignage', 'video', 'podcast', 'carnet-de-bord'];
const { NB, capital } = await import(document.querySelector('[data-commun]').dataset.commun);
const temps = await import(new URL('contribuer-dates.js', import.meta.url));

const liste = (valeur) => [valeur ?? []].flat();
const joindre = (parts, signe) => parts.filter(Boolean).join(signe);
// A value of one sentence has no full stop; one with another full stop inside is as it is written.
const sansPoint = (texte) => String(texte).replace(/^([^.!?…]*)(?<!etc)\.$/, '$1');
const vrai = (valeur) => /^(true|oui)$/i.test(String(valeur));

// Labels, names, amounts
export function libelle(faits, chemin, code) {
  let schema = faits.schema;
  for (const cle of chemin.split('.')) schema = schema?.properties?.[cle];
  const lue = schema?.items ?? schema, rang = lue?.enum?.indexOf(code) ?? -1;
  return rang < 0 ? code ?? '' : lue['x-libelles'][rang];
}
const libelles = (faits, chemin, codes) => capital(liste(codes).map((code) => libelle(faits, chemin, code)).join(', '));
export const sans = (texte) =>
  (texte ?? '').replace(/(?<![\w*\\])\*(?![\s*])([^*]+?)(?<!\s)\*(?![\w*])/g, '$1').replaceAll('\\*', '*');
const nommer = (faits, valeur) => sans(faits.noms?.[valeur] ?? valeur ?? '');
function euros(ecrit) {
  const valeur = Number(String(ecrit).replace(',', '.')), cents = Number.isInteger(valeur) ? 0 : 2;
  const forme = { style: 'currency', currency: 'EUR', useGrouping: 'min2' };
  return valeur.toLocaleString('fr', { ...forme, minimumFractionDigits: cents, maximumFractionDigits: cents })
    .replace(/\s/g, NB);
}
const nul = (tarif) => Boolean(tarif)
  && (vrai(tarif.gratuit) || (tarif.prix !== undefined && Number(String(tarif.prix).replace(',', '.')) === 0));
function prix(tarif) {
  if (!tarif) return '';
  const plein = nul(tarif) ? 'Gratuit'
    : tarif.prix !== undefined ? euros(tarif.prix) : tarif.gratuit !== undefined ? 'Payant' : '';
  return joindre([plein, tarif.reduit !== undefined && `réduit ${euros(tarif.reduit)}`], ', ');
}
function age(dit) {
  if (dit?.min !== undefined) return dit.max !== undefined ? `de ${dit.min} à ${dit.max} ans` : `dès ${dit.min} ans`;
  return dit?.max !== undefined ? `jusqu’à ${dit.max} ans` : '';
}
// Everywhere: of territories, only their names are known here, not how French says « in » them.
const partout = (entete, faits) => {
  const noms = liste(entete.territoires).map((un) => nommer(faits, un)).join(', ');
  return noms ? `Partout (${noms})` : 'Partout, de chez vous';
};
const endroit = ({ lieu, adresse }, faits) => (lieu ? nommer(faits, lieu) : adresse?.nom);
// « Aquarium de Trébeurden » says its commune.
const dite = (nom, commune) => ` ${nom ?? ''}`.endsWith(` ${commune}`);
// What has moved on line is there alone, whatever place it gives still.
const ailleurs = ({ etat }) => etat === 'deplace-en-ligne';
const ou = (entete, faits) => (vrai(entete.partout) ? partout(entete, faits)
  : ailleurs(entete) ? '' : joindre([endroit(entete, faits), entete.salle,
    !dite(endroit(entete, faits), faits.commune) && faits.commune], ', '));
const situee = ({ commune, departement }) => (commune ? `${commune}${departement ? ` (${departement})` : ''}` : '');

const APRES = 'lien-apres-inscription', ENVOYE = 'lien envoyé après inscription';
// The link that is not given: it is sent, or to come.
const attendu = (entete) => (entete.en_ligne === APRES ? ENVOYE
  : ailleurs(entete) && !entete.en_ligne ? 'lien à venir' : '');
const loin = (entete) => (attendu(entete) ? `En ligne, ${attendu(entete)}` : entete.en_ligne ? 'En ligne' : '');
const sansJour = ({ edition }) => (edition ? 'Date à préciser' : '');

// Cards
function evenement(entete, faits) {
  const toutes = temps.occurrences(entete), une = temps.montree(toutes, faits.jour), dure = temps.durable(toutes);
  const etiquettes = [], etat = une?.etat ?? entete.etat;
  if (DITS.includes(etat)) etiquettes.push([libelles(faits, 'etat', etat), etat, true]);
  if (une && !entete.rrule && toutes.at(-1).au < faits.jour) etiquettes.push(['Passé', 'passe']);
  if (entete.reserve_a) etiquettes.push(['Réservé', 'reserve']);
  if (entete.en_ligne && !ailleurs(entete))
    etiquettes.push([vrai(entete.partout) ? 'Aussi en ligne'
      : entete.lieu || entete.adresse ? 'Sur place et en ligne' : 'En ligne', 'en-ligne']);
  let quand = une ? temps.phrase(une) + (entete.rrule ? ' et d’autres dates' : temps.autres(toutes, une))
    : sansJour(entete);
  if (dure) quand = capital(temps.periode(dure.du, dure.au));
  if (une && temps.sansDate(entete, une)) quand = 'Nouvelle date à venir';
  const feuille = une && {
    jour: dure?.du ?? une.du,
    fin: dure?.au ?? (une.au > une.du ? une.au : ''),
    etat: etat === 'annule' ? etat : '',
    aDater: temps.sansDate(entete, une),
  };
  const details = [quand, ou(entete, faits) || loin(entete), nul(entete.tarif) && 'Gratuit'];
  return { feuille, details, etiquettes, ancien: une && temps.annonce(une) };
}
const datee = ({ echeance = '' }) => /^\d/.test(echeance);
const jusque = (entete, voulu) =>
  datee(entete) ? `Jusqu’au ${temps.direJour(entete.echeance, voulu)}` : capital(entete.echeance ?? '');
const AUTRES = {
  articles: (entete, faits) => [
    temps.direJour(entete.publie_le ?? faits.jour, { semaine: false }),
    liste(entete.auteurs).map((une) => nommer(faits, une)).join(', '),
  ],
  annonces: (entete, faits) => [nommer(faits, entete.organisme)],
  ressources: (entete, faits) => [
    jusque(entete, { semaine: false }),
    nommer(faits, entete.proprietaire ?? entete.porteur),
    (entete.pret || entete.itinerance) && 'À emprunter',
  ],
  lieux: (entete, faits) => [situee(faits)],
  dossiers: () => [],
};

// What is left of an announcement in its last three days.
function derniers({ echeance }, { dossier, jour }) {
  const reste = dossier === 'annonces' ? Math.round((Date.parse(echeance) - Date.parse(jour)) / 864e5) : -1;
  if (!(reste >= 0 && reste <= 3)) return [];
  return [[reste ? `Plus que ${reste}${NB}jour${reste > 1 ? 's' : ''}` : 'Dernier jour', 'bientot', true]];
}

// What a line and a page say of a proposal.
export function carte(entete, faits) {
  const [theme = ''] = liste(entete.themes), champ = SORTES[faits.dossier];
  const sorte = champ ? capital(libelle(faits, champ, liste(entete[champ])[0])) : '';
  const precision = sorte || (theme && capital(libelle(faits, 'themes', theme)));
  const propre = faits.dossier === 'events' ? evenement(entete, faits)
    : { details: AUTRES[faits.dossier](entete, faits), etiquettes: derniers(entete, faits) };
  const date = faits.dossier === 'annonces' && entete.echeance, annee = date && date.slice(0, 4);
  const an = annee === faits.jour.slice(0, 4) ? '' : annee;
  return {
    theme, sorte, precision, titre: entete.titre ?? '', resume: entete.resume ?? '',
    surtitre: sorte || NOMS[faits.dossier],
    feuille: date ? { jour: date, fin: '', avant: 'jusqu’au', an } : null,
    ...propre,
    details: propre.details.filter(Boolean),
  };
}

function publics(entete, faits) {
  const dits = liste(entete.publics);
  if (!dits.length || dits.some((un) => OUVERTS.includes(un))) return '';
  return dits.every((un) => ECOLES.includes(un)) ? 'Scolaires' : libelles(faits, 'publics', dits.slice(0, 2));
}
function annoncer(entete, faits, jour) {
  const toutes = temps.occurrences(entete), une = temps.montree(toutes, jour), dure = temps.durable(toutes);
  const jours = [0, 1, 2, 3, 4, 5, 6].map((rang) => temps.apres(jour, rang));
  const proche = toutes.some((autre) => temps.tenue(autre) && autre.du <= jours[6] && autre.au >= jour);
  const annee = une && une.du.slice(0, 4) !== jour.slice(0, 4);
  const longue = dure ?? (une && temps.longue(une) ? une : null);
  let quand = '';
  if (entete.rrule && une.du < jour) quand = 'Plusieurs dates';
  else if (une && temps.sansDate(entete, une)) quand = 'Nouvelle date à venir';
  else if (longue) quand = temps.durer(longue.du, longue.au, jour);
  else if (proche) quand = temps.fins(toutes, jours);
  else if (une) quand = temps.phrase(une, { annee, jours: true }) + temps.autres(toutes, une);
  const { conditions, ...tarif } = entete.tarif ?? {};
  const somme = tarif.gratuit ? prix(tarif) : tarif.prix === undefined ? conditions : prix({ prix: tarif.prix });
  return {
    section: proche ? 'À faire cette semaine' : 'À prendre, à noter', quand,
    details: [
      vrai(entete.partout) ? partout(entete, faits)
        : !ailleurs(entete) && faits.commune || ou(entete, faits) || loin(entete),
      joindre([somme, age(entete.age)], ', '), publics(entete, faits),
    ],
    tard: Boolean(une) && !entete.rrule && toutes.at(-1).au < jour,
  };
}

const signataires = (entete, faits) => (
  liste(entete.auteurs).map((une) => nommer(faits, une)).join(', ') || 'La rédaction');

// The line of the letter of `jour`, a Thursday.
export function breve(entete, faits, jour) {
  const { theme, titre, sorte } = carte(entete, faits), annee = entete.echeance?.slice(0, 4) !== jour.slice(0, 4);
  const jusqu = jusque(entete, { annee });
  const dire = {
    events: () => annoncer(entete, faits, jour),
    articles: () => ({
      section: 'À savoir', details: [
        FORMES.includes(entete.genre) ? sorte : 'Article',
        liste(entete.auteurs).length && `Par ${signataires(entete, faits)}`,
      ],
    }),
    annonces: () => ({
      section: 'À prendre, à noter', quand: jusqu, details: [nommer(faits, entete.organisme), faits.commune],
      tard: entete.echeance < jour,
    }),
    ressources: () => ({
      section: jusqu ? 'À prendre, à noter' : 'À savoir', quand: jusqu,
      details: [!jusqu && sorte, nommer(faits, entete.proprietaire ?? entete.porteur), faits.commune,
        (entete.pret || entete.itinerance) && 'À emprunter'],
    }),
    lieux: () => ({
      section: 'Et encore',
      details: [joindre([faits.commune, faits.departement && `(${faits.departement})`], ' '), sorte.toLowerCase()],
    }),
    dossiers: () => ({ section: 'À savoir', details: ['Dossier'] }),
  };
  const dit = dire[faits.dossier]();
  return { theme, titre, ...dit, details: dit.details.filter(Boolean).join(' · ') };
}

// What is not known is said of a place alone.
function acces(dit, faits) {
  if (!dit) return [];
  const dits = HANDICAPS.filter((nom) => dit[nom] && dit[nom] !== 'inconnu')
    .map((nom) => `${capital(nom)} : ${libelle(faits, `accessibilite.${nom}`, dit[nom])}`);
  const tus = HANDICAPS.filter((nom) => !dit[nom] || dit[nom] === 'inconnu');
  if (tus.length && faits.dossier === 'lieux')
    dits.push(`${capital(tus.join(', '))} : ${libelle(faits, 'accessibilite.moteur', 'inconnu')}`);
  return [
    ...dits,
    libelles(faits, 'accessibilite.equipements', dit.equipements),
    libelles(faits, 'accessibilite.labels', dit.labels),
    dit.precisions ?? '',
  ];
}

// Rows of the practical box, those without a value left out.
export function pratique(entete, faits) {
  const toutes = faits.dossier === 'events' ? temps.occurrences(entete) : [], une = temps.montree(toutes, faits.jour);
  const { adresse = {}, inscription = {}, contact = {} } = entete;
  const rang = [
    ['Réservé à', [capital(entete.reserve_a ?? '')]],
    ['Quand', !toutes.length ? [sansJour(entete)]
      : toutes.length > 1 && temps.durable(toutes) ? [capital(temps.periode(toutes[0].du, toutes.at(-1).au))]
        : toutes.length > 6 ? [temps.phrase(une) + temps.autres(toutes, une)]
          : toutes.map((autre) => temps.phrase(autre))],
    [
      faits.dossier === 'ressources' ? 'Échéance' : 'Jusqu’au',
      [entete.echeance && capital(datee(entete) ? temps.direJour(entete.echeance) : entete.echeance)],
    ],
    ['Horaires', (entete.horaires_ouverture ?? '').split(' ; ').map(capital)],
    ['Fermetures', liste(entete.fermetures).map(({ du, au, motif }) =>
      joindre([/^\d{4}-/.test(du) && capital(temps.periode(du, au || du)), motif], ', '))],
    [
      faits.dossier === 'lieux' ? 'Adresse' : 'Où',
      vrai(entete.partout) ? [partout(entete, faits)] : ailleurs(entete) ? []
        : [endroit(entete, faits), entete.salle, adresse.rue, joindre([adresse.code_postal, situee(faits)], ' ')],
    ],
    ['Tarifs', liste(entete.tarifs).map(({ libelle: dit, prix: somme, conditions }) =>
      joindre([`${capital(dit ?? '')}${NB}: ${Number(String(somme).replace(',', '.')) ? euros(somme) : 'gratuit'}`,
        conditions], ', '))],
    ['En ligne', [capital(attendu(entete)) || entete.en_ligne]],
    ['Tarif', [typeof entete.tarif === 'object' ? prix(entete.tarif) : '', capital(entete.tarif?.conditions ?? '')]],
    ['Public', [libelles(faits, 'publics', entete.publics), capital(age(entete.age))]],
    ['Langues parlées', [libelles(faits, 'langues_parlees', entete.langues_parlees)]],
    ['Accessibilité', acces(entete.accessibilite, faits)],
    ['Inscription', [capital(libelle(faits, 'inscription.regime', inscription.regime))]],
    ['Réserver', [inscription.url, inscription.courriel, inscription.telephone]],
    ['Proposé par', [nommer(faits, entete.organisme)]],
    ['Propriétaire', [nommer(faits, entete.proprietaire)]],
    ['Organisé par', liste(entete.organisateurs).map((un) => nommer(faits, un))],
    ['Contact', [contact.url, contact.courriel, contact.telephone, entete.courriel, entete.telephone, entete.site]],
  ];
  return rang.map(([nom, valeurs]) => [nom, valeurs.filter(Boolean).map(sansPoint)])
    .filter(([, valeurs]) => valeurs.length);
}
