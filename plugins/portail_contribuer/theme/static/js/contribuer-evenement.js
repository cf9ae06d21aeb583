// Events: the form edits a list of sessions, the file says one date plainly. What was understood
// is repeated back; a date that is pasted in any French way fills the native fields.
const APRES = 'lien-apres-inscription';
const LICENCE = 'CC-BY-SA-4.0';
const AU_FIL = 'au fil de l’eau';
const sansVide = (objet) => Object.fromEntries(Object.entries(objet).filter(([, valeur]) => valeur !== undefined));
const seule = (seance) => Object.keys(seance).every((cle) => cle === 'debut' || cle === 'fin');

// From what the form says to what the file says, and from the paths of one to those of the other.
export function versFichier({ valeur, horsFichier, places, jour, requis, mode, genre }) {
  const entete = { ...valeur }, chemins = new Map(places.map(([chemin, champ]) => [chemin.join('/'), champ]));
  if (entete.seances?.length === 1 && seule(entete.seances[0])) {
    Object.assign(entete, entete.seances[0]);
    delete entete.seances;
    for (const cle of ['debut', 'fin']) chemins.set(cle, chemins.get(`seances/0/${cle}`));
  }
  if (horsFichier.gratuite === 'gratuit')
    entete.tarif = sansVide({ gratuit: 'true', conditions: entete.tarif?.conditions });
  else if (horsFichier.gratuite !== undefined && entete.tarif) delete entete.tarif.gratuit;
  if (horsFichier.lien) entete.en_ligne = APRES;
  if (/^partout/.test(horsFichier.mode)) entete.partout = 'true';
  // A place that no list knows, with its commune, is an address.
  const inconnu = entete.lieu && entete.adresse?.commune && chemins.get('lieu')?.dataset.valeur === undefined;
  if (inconnu) {
    entete.adresse = { nom: entete.lieu, ...entete.adresse };
    delete entete.lieu;
  }
  if (entete.lieu && entete.adresse) delete entete.adresse;
  if (entete.image && !entete.image.fichier) delete entete.image;
  for (const [cle, dedans] of Object.entries(entete)) {
    if (dedans && typeof dedans === 'object' && !Object.keys(dedans).length) delete entete[cle];
  }
  if (horsFichier.delai === AU_FIL) entete.echeance = AU_FIL;
  if (horsFichier.pretee === 'oui') entete.pret ??= {}; // it may be borrowed: no more is known
  // A place of which only the commune is known says it plainly.
  if (genre === 'lieu' && Object.keys(entete.adresse ?? {}).join() === 'commune') {
    entete.commune = entete.adresse.commune;
    delete entete.adresse;
    chemins.set('commune', chemins.get('adresse/commune'));
  }
  const publie = /modifier|retour/.test(mode);
  if (publie) entete.modifie = jour;
  if (horsFichier.accord && !publie) entete.licence ??= LICENCE; // that which was agreed to
  if (requis.includes('publie_le') && !(publie && entete.publie_le)) entete.publie_le = jour;
  return { entete, chemins };
}

// From a file to the form; the controls that the file does not know are answered from what it says.
export function versForm(entete, genre) {
  const valeurs = structuredClone(entete), horsFichier = {};
  if (genre === 'ressource') {
    horsFichier.pretee = valeurs.pret ? 'oui' : 'non';
    horsFichier.delai = /fil/i.test(valeurs.echeance) ? AU_FIL : valeurs.echeance && 'jour';
    if (horsFichier.delai === AU_FIL) delete valeurs.echeance;
  }
  if (genre === 'lieu' && valeurs.commune && !valeurs.adresse?.commune) {
    valeurs.adresse = { ...valeurs.adresse, commune: valeurs.commune };
    delete valeurs.commune;
  }
  if (genre !== 'evenement') return { valeurs, horsFichier };
  if (valeurs.debut && !valeurs.seances) {
    valeurs.seances = [sansVide({ debut: valeurs.debut, fin: valeurs.fin })];
    delete valeurs.debut;
    delete valeurs.fin;
  }
  const ici = Boolean(valeurs.lieu || valeurs.adresse), loin = Boolean(valeurs.en_ligne);
  horsFichier.mode = valeurs.partout === 'true' ? loin ? 'partout-en-ligne' : 'partout'
    : loin ? ici ? 'les-deux' : 'en-ligne' : 'sur-place';
  delete valeurs.partout;
  if (valeurs.en_ligne === APRES) {
    horsFichier.lien = 'apres-inscription';
    delete valeurs.en_ligne;
  }
  horsFichier.gratuite = valeurs.tarif?.gratuit === 'true' ? 'gratuit'
    : valeurs.tarif?.prix || valeurs.tarif?.reduit ? 'payant' : undefined;
  if (valeurs.tarif) delete valeurs.tarif.gratuit;
  return { valeurs, horsFichier };
}

// In the order of the schema, groups too.
export function ordonner(schema, valeur) {
  if (Array.isArray(valeur)) return valeur.map((une) => ordonner(schema?.items, une));
  if (!valeur || typeof valeur !== 'object') return valeur;
  const ordre = Object.keys(schema?.properties ?? {});
  const rang = (cle) => (ordre.indexOf(cle) + 1 || ordre.length + 1);
  return Object.fromEntries(Object.entries(valeur).sort(([un], [autre]) => rang(un) - rang(autre))
    .map(([cle, dedans]) => [cle, ordonner(schema?.properties?.[cle], dedans)]));
}

export async function lancer({ form, saisies, creer, dire, charger, jour: aujourdhui }) {
  const dates = await charger('dates');
  const part = (champ, nom) => champ.querySelector(`[data-part="${nom}"]`);

  function relire(champ) {
    const ou = champ.querySelector('[data-lu]');
    if (!ou || !dates) return;
    const { debut = '', fin } = saisies.lire(champ) ?? {};
    const renverse = /^\d{4}-/.test(debut) && fin && fin < debut;
    const dit = /^\d{4}-/.test(debut) && !renverse ? dates.dire(debut, fin) : '';
    ou.querySelector('b').textContent = dit;
    ou.hidden = !dit;
    let avant = ou.nextElementSibling;
    if (!avant?.matches('.renverse')) ou.after(avant = creer('p', { class: 'aide renverse', role: 'status' }));
    const passe = dit && (fin || debut).slice(0, 10) < aujourdhui;
    avant.textContent = renverse
      ? 'La fin est avant le début : vérifiez les heures, ou dites qu’elle finit un autre jour.'
      : passe
        ? 'Ce jour est passé : vérifiez l’année.'
        : '';
    avant.hidden = !renverse && !passe;
  }
  const relireTout = () => { for (const champ of form.querySelectorAll('[data-saisie=seance]')) relire(champ); };
  form.addEventListener('change', ({ target }) => {
    const champ = target.closest('[data-saisie=seance]');
    if (champ) relire(champ);
    else if (target.matches?.('[data-lignes]')) relireTout();
  });

  // What was pasted in a native field of a date or of an hour.
  function coller(target, texte) {
    const lu = dates.proposer(texte);
    const [jour, heure] = lu?.split(/[ T]/) ?? [], champ = target.closest('.champ');
    const seule = target.type === 'time' && dates.proposerHeure?.(texte);
    const suite = heure && (part(champ, 'heure') ?? (target.dataset.part === 'jour' && part(champ, 'de')));
    if (seule) target.value = seule.padStart(5, '0');
    else if (target.type === 'date' && jour) {
      target.value = jour;
      if (suite) suite.value = heure.padStart(5, '0');
    } else {
      const quoi = target.type === 'date' ? 'une date' : 'une heure', dit = `«\u00a0${texte.slice(0, 60)}\u00a0»`;
      const phrase = `${dit} n’est pas lu comme ${quoi} : choisissez-la dans le champ.`;
      let note = champ.querySelector('.colle');
      if (!note) champ.append(note = creer('p', { class: 'aide colle' }));
      note.textContent = phrase;
      dire(phrase);
      return;
    }
    champ.querySelector('.colle')?.remove();
    for (const nom of ['input', 'change']) target.dispatchEvent(new Event(nom, { bubbles: true }));
    if (lu) dire(`Lu : ${dates.dire(lu)}.`);
  }
  relireTout();
  return { relire: relireTout, coller };
}
