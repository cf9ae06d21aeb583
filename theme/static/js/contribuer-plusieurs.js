// Several contents of one source: which are proposed, what they lack asked once, each checked as the
// form checks one, then one archive. The form waits, hidden, and takes one of them to be mended.
const { $, NB, annoncer, bouton, cache, compter, creer } = await import(document.querySelector('[data-commun]').dataset.commun);
const { menant, mener } = await import(new URL('contribuer-gestes.js', import.meta.url));
const PAUSE = 300;
// What one answer may say for all that do not say it.
const COMMUNS = ['format', 'type', 'publics', 'lieu', 'organisateurs', 'proprietaire'];
const NOMS = { evenement: 'événement', lieu: 'lieu', ressource: 'outil' };
const PLURIELS = { lieu: 'lieux' };

export async function lancer(atelier) {
  const { form, genre, dossier, jour, charger, donnees, dire, saisies } = atelier;
  const nombre = (combien) => compter(combien, NOMS[genre], PLURIELS[genre]);
  const schema = await donnees('schema');
  const [relire, { versFichier, ordonner }, dates, fichier, completion, liste] = await Promise.all([
    atelier.lancer('relire'), charger('evenement'), charger('dates'), charger('fichier'), atelier.lancer('completion'), charger('liste')]);
  const cle = `contribuer/${genre}/liste`;
  let region = null, uns = [], communs = [], tour = 0, minuterie = 0, avant = null;

  const dit = (champ) => saisies.lire(champ);
  const cheminDe = (champ) => champ.dataset.chemin;
  const situe = ({ lieu, adresse, en_ligne: loin, partout }) => lieu || adresse || loin || partout;

  // The file of one, with what is said for all.
  function composer({ lu }) {
    const valeur = { ...lu.entete };
    for (const champ of communs) {
      const cle = cheminDe(champ), la = champ.closest('[hidden]') ? undefined : dit(champ);
      if (la !== undefined && valeur[cle] === undefined && (cle !== 'lieu' || !situe(valeur))) valeur[cle] = la;
    }
    const { entete } = versFichier({ valeur, horsFichier: {}, places: [], jour, requis: schema.required ?? [], mode: '', genre });
    return { entete: ordonner(schema, entete), corps: lu.corps ?? '', schema };
  }
  // A landmark that may be the same.
  async function deja() {
    if (genre !== 'evenement') return;
    const [{ questions, pareil }, { lignes }] = await Promise.all([charger('doublons'), donnees('reperes', 'events.json')]);
    for (const un of uns) {
      const sait = questions(un.lu.entete);
      un.double = lignes.find((ligne) => pareil(ligne, sait) >= 0.8)?.[1] ?? '';
    }
  }
  async function examiner() {
    const mien = ++tour, outils = await relire.outillage();
    for (const un of uns) {
      const dite = composer(un), lue = await relire.examiner(dite, outils);
      if (mien !== tour) return false;
      // A cell that is not understood is a field that is missing: said once.
      const siennes = un.lu.fautes ?? [], tues = new Set(siennes.map(({ tait }) => tait));
      const autres = lue.fautes.filter(({ besoins = [], chemin = [] }) => ![...besoins, chemin[0]].some((nom) => tues.has(nom)));
      Object.assign(un, dite, { fautes: [...siennes, ...autres], restes: lue.restes, quand: quand(dite) });
      if (un.ligne) liste.peindre(un);
    }
    if (region) resumer();
    return true;
  }

  const manques = liste.manques;
  function quand({ entete }) {
    const toutes = dates.occurrences(entete), une = toutes.length && dates.montree(toutes, jour);
    return [une && dates.phrase(une) + dates.autres(toutes, une), entete.adresse?.nom, entete.adresse?.commune ?? entete.commune].filter(Boolean).join(' · ');
  }

  // What is asked once: what the check misses somewhere, what none of them says.
  function demander() {
    const voulus = new Set(uns.flatMap(({ fautes }) => fautes.flatMap(({ besoins = [], chemin = [] }) => [...besoins, chemin[0]])));
    const muets = (cle) => uns.every(({ entete }) => entete[cle] === undefined);
    for (const champ of communs) {
      const cle = cheminDe(champ), vide = cle === 'lieu' ? uns.some(({ lu }) => !situe(lu.entete)) : uns.some(({ lu }) => lu.entete[cle] === undefined);
      champ.hidden = !(vide && (voulus.has(cle) || muets(cle)));
    }
    return communs.some((champ) => !champ.hidden);
  }

  const choisis = () => uns.filter(({ coche }) => coche), pretes = () => choisis().filter(({ fautes }) => !fautes.length);
  function resumer() {
    const [tous, bons] = [choisis().length, pretes().length], faire = region.querySelector('[data-preparer]');
    faire.textContent = tous ? `Préparer ${tous > 1 ? `les ${tous} fichiers` : 'le fichier'}` : 'Préparer les fichiers';
    const phrase = `${nombre(tous)} ${tous > 1 ? 'choisis' : 'choisi'}, ${compter(bons, 'prêt')}${tous > bons ? `, ${tous - bons} à compléter` : ''}.`;
    const statut = region.querySelector('[data-bilan]');
    if (statut.textContent !== phrase) annoncer(statut, phrase);
    region.querySelector('[data-pret]').replaceChildren();
    garder();
  }

  async function preparer() {
    const ici = region.querySelector('[data-pret]'), accord = region.querySelector('[data-hors=accord]');
    clearTimeout(minuterie);
    if (!await examiner()) return;
    const fautifs = choisis().filter(({ fautes }) => fautes.length), bons = pretes();
    const refus = [], vers = (...dits) => refus.push(menant(...dits));
    if (accord && !dit(accord)) {
      const boite = accord.querySelector('input');
      vers(`L’accord de partage n’est pas coché${NB}: cochez-le si ces textes sont de vous, ou si vous avez le droit de les partager.`, boite.id, () => boite.focus());
    }
    if (!choisis().length) vers(`Cochez au moins un ${NOMS[genre]}.`, 'Un-0', () => $('Un-0').focus());
    for (const un of fautifs) vers(creer('span', {}, creer('b', {}, un.nom), `${NB}: ${manques(un).join(' ')}`), 'Formulaire', () => ouvrir(un));
    const dits = refus.length ? [creer('div', { class: 'message erreur sommaire', tabindex: '-1' },
      creer('h3', { class: 'message-titre' }, `${compter(refus.length, 'point')} à corriger`),
      creer('p', {}, 'Chaque lien mène à ce qui est à compléter ; rien n’est perdu.'), creer('ol', {}, ...refus.map((un) => creer('li', {}, un))))] : [];
    const suite = bons.length && (!accord || dit(accord)) ? await sortir(bons, fautifs.length) : [];
    ici.replaceChildren(...dits, ...suite);
    mener(ici.querySelector('[tabindex="-1"]'));
  }
  async function sortir(bons, reste) {
    const [sorties, apercu, { lignes }] = await Promise.all([charger('sorties'), charger('apercu'),
      donnees('reperes', `${dossier}.json`).catch(() => ({ lignes: [] }))]);
    const pris = new Set(lignes.map(([slug]) => slug)), fichiers = bons.map(({ entete, corps, nom }) => {
      const slug = fichier.nommer(entete.titre ?? entete.nom ?? nom, pris);
      pris.add(slug);
      return { chemin: `content/${dossier}/${slug}.md`, texte: fichier.ecrire(entete, corps), titre: nom };
    });
    const voies = creer('div', { class: 'sorties' }), vues = creer('div', { class: 'avants' });
    const restes = [...new Set(bons.flatMap((un) => un.restes))];
    sorties.proposerLot(voies, {
      fichiers, dossier, quoi: nombre(bons.length), formulaire: form, courriel: dit(region.querySelector('[data-hors=courriel]') ?? creer('i')) ?? '',
    });
    for (const { entete } of bons) {
      const figure = creer('div');
      vues.append(figure);
      await apercu?.ligne(figure, entete, await relire.faits(entete)).catch((raison) => console.error(raison));
    }
    region.dispatchEvent(new CustomEvent('prets', { bubbles: true, detail: fichiers }));
    return [creer('h3', { class: 'titre-sec', tabindex: '-1' }, `${compter(bons.length, 'fichier prêt', 'fichiers prêts')}${reste ? `, ${reste} à compléter` : ''}`),
      creer('p', {}, `Rien n’a encore été envoyé. Les ${compter(bons.length, 'fichier')} partent ensemble, en une seule proposition.`),
      ...restes.length ? [creer('div', { class: 'message' }, creer('p', {}, creer('b', {}, 'Cette page ne peut pas le vérifier : la rédaction le fera.')), creer('ul', {}, ...restes.map((un) => creer('li', {}, un))))] : [],
      voies, creer('details', { class: 'pli' }, creer('summary', {}, 'Voir comment ils paraîtront'), creer('div', {}, vues))];
  }

  // The list is kept in this browser, as the draft is, until it is erased or another takes its place.
  function garder() {
    try {
      localStorage.setItem(cle, JSON.stringify({ version: 1, uns: uns.map(({ lu, coche, nom }) => ({ lu, coche, titre: nom })) }));
    } catch { /* no room: it is there as long as the page */ }
  }
  function rappeler(poser) {
    $('Coller').querySelector('[data-liste]')?.remove();
    let choix = [];
    try {
      const { version, uns } = JSON.parse(localStorage.getItem(cle));
      if (version === 1) choix = uns.filter(({ lu }) => lu.entete).map(({ lu, coche, titre }) => ({ titre, venir: coche, lire: async () => lu }));
    } catch { /* none, or not ours */ }
    if (!choix.length) return;
    $('Coller').append(creer('p', { class: 'actions', 'data-liste': '' },
      bouton(`Reprendre la liste${NB}: ${nombre(choix.length)}`, 'bouton second', () => proposer({ choix }, poser)),
      bouton(['Effacer', cache(' la liste')], 'nu', () => {
        localStorage.removeItem(cle);
        rappeler(poser);
        dire('Liste effacée.');
        $('Coller').focus();
      })));
  }

  // One of them in the form, and back in the list.
  async function ouvrir(un) {
    const retour = creer('p', { class: 'actions' }), dite = composer(un);
    const revenir = (garder) => async () => {
      if (garder) {
        await completion?.finirTout();
        const { entete, corps } = await relire.composer();
        un.lu = { ...un.lu, entete, corps, fautes: [] };
      }
      atelier.brouillon.etablir(avant);
      montrer(true);
      await examiner();
      un.ligne.querySelector('input').focus();
      dire(garder ? 'Corrigé dans la liste.' : 'La liste est là.');
    };
    montrer(false);
    await un.poser(dite.entete, dite.corps);
    $('Proposer').querySelector('.actions').append(creer('span', { 'data-de-liste': '' }, bouton('Remettre dans la liste', 'bouton second', revenir(true))));
    retour.append(bouton('Remettre dans la liste', 'bouton', revenir(true)), bouton('Revenir à la liste sans rien changer', 'bouton second', revenir(false)));
    const note = creer('div', { class: 'message rempli', tabindex: '-1', 'data-de-liste': '' },
      creer('p', {}, `«${NB}${un.nom}${NB}», l’un des ${nombre(uns.length)}. Complétez-le, puis remettez-le dans la liste${NB}; ou proposez-le seul.`),
      ...un.fautes?.length ? [creer('ul', {}, ...manques(un).map((une) => creer('li', {}, une)))] : [], retour);
    $('Coller').querySelector('[data-bilan]').replaceChildren(note);
    note.focus();
  }
  function montrer(liste) {
    region.hidden = !liste;
    form.hidden = liste;
    const marge = document.querySelector('.marge');
    if (marge) marge.hidden = liste;
    for (const reste of form.querySelectorAll('[data-de-liste]')) reste.remove();
  }

  function dessiner(laisse) {
    const copies = (quoi) => quoi.map((une) => form.querySelector(une)).filter(Boolean).map((champ) => liste.reprendre(champ, saisies));
    communs = copies(COMMUNS.map((cle) => `.champ[data-chemin="${cle}"]`));
    const demande = demander(), vous = copies(['.champ[data-hors=courriel]', '.champ[data-hors=accord]']);
    region = liste.dessiner({ titre: `${nombre(uns.length)} dans ce que vous donnez`, laisse, uns, communs: demande ? communs : [], vous }, {
      cocher, ouvrir, preparer, resumer,
      revenir() {
        montrer(false);
        rappeler(uns[0].poser);
        $('Coller').focus();
      },
      changer() {
        clearTimeout(minuterie);
        minuterie = setTimeout(examiner, PAUSE);
      },
      completer: (champ) => completion?.brancher(champ),
    });
    $('Plusieurs')?.remove();
    form.after(region);
  }
  function cocher(oui) {
    for (const un of uns) un.ligne.querySelector('input').checked = un.coche = oui;
    resumer();
  }

  // `lu.choix` of the module that reads; `poser` fills the form with one.
  async function proposer(lu, poser) {
    avant = atelier.brouillon.photographier();
    [communs, region] = [[], null];
    uns = await Promise.all(lu.choix.map(async (un) => ({ ...un, lu: await un.lire(), coche: un.venir !== false, poser, fautes: [], restes: [] })));
    for (const un of uns) un.nom = un.lu.entete.titre || un.lu.entete.nom || un.titre || 'Sans titre';
    await Promise.all([deja().catch((raison) => console.error(raison)), examiner()]);
    for (const un of uns) if (un.double) un.coche = false;
    dessiner((lu.laisse ?? []).slice(1));
    montrer(true);
    resumer();
    mener($('Plusieurs-titre'));
  }
  return { proposer, rappeler };
}
