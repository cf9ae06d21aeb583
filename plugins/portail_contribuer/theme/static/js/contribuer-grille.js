// Opening hours day by day: a grid that writes the sentence of the field, in the words of
// features/services/horaires/french.py. No sentence is read here: what fills the grid is made by Python
// (portail_contribuer/contribuer/files.py), as { jours: { Tu: ['10:00', '18:00'], PH: [] }, note }.
const commun = await import(document.querySelector('[data-commun]').dataset.commun);
const { JOURS, NB, capital, direHeure, habiller } = commun;
const CODES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const FERIES = [['SH', 'vacances scolaires'], ['PH', 'jours fériés']];
const FERME = 'fermé', JOURNEE = 1440;

const plusieurs = (dits) => new Intl.ListFormat('fr').format(dits);
const heure = (texte) => direHeure(texte).replaceAll(NB, ' ');
const fin = (texte) => (texte === '00:00' ? '24 h' : heure(texte));
const plage = (de, a) => (a ? `de ${heure(de)} à ${fin(a)}` : `à partir de ${heure(de)}`);
const paires = (heures) => heures.flatMap((de, rang) => (rang % 2 ? [] : [[de, heures[rang + 1]]]));
const direHeures = (heures) => (heures.length ? plusieurs(paires(heures).map((une) => plage(...une))) : FERME);

// « du lundi au mercredi et vendredi »
function direJours(rangs) {
  if (rangs.length === JOURS.length) return 'tous les jours';
  const suites = [];
  for (const rang of rangs) {
    if (suites.at(-1)?.at(-1) === rang - 1) suites.at(-1).push(rang);
    else suites.push([rang]);
  }
  return plusieurs(suites.flatMap((suite) => (suite.length > 2
    ? [`du ${JOURS[suite[0]]} au ${JOURS[suite.at(-1)]}`] : suite.map((rang) => JOURS[rang]))));
}

// The sentence of a grid: days that have the same hours are said together.
export function dire({ jours, note }) {
  const dits = [...CODES.keys()].filter((rang) => jours[CODES[rang]]);
  const semaine = Map.groupBy(dits, (rang) => direHeures(jours[CODES[rang]]));
  const regles = [...semaine].map(([quoi, rangs]) => [direJours(rangs), quoi]);
  for (const [code, nom] of FERIES) if (jours[code]) regles.push([nom, direHeures(jours[code])]);
  if (!regles.length) return note && `(${note})`;
  const ouvre = regles.some(([, quoi]) => quoi !== FERME);
  const noter = (quoi) => (note && (quoi !== FERME || !ouvre) ? `${quoi} (${note})` : quoi);
  return regles.map(([quand, quoi]) => `${capital(quand)} : ${noter(quoi)}`).join(' ; ');
}

// What changes from a grid to another: « samedi de 10 h à 18 h → de 11 h à 18 h », in the words of days.
export function changements(avant, apres) {
  const dit = ({ jours }, code) => (jours[code] ? direHeures(jours[code]) : 'sans horaire');
  const codes = [...CODES, ...FERIES.map(([code]) => code)], feries = Object.fromEntries(FERIES);
  const changes = Map.groupBy(codes.filter((code) => dit(avant, code) !== dit(apres, code)),
    (code) => `${dit(avant, code)} → ${dit(apres, code)}`);
  const nommer = (dits) => plusieurs([
    direJours(dits.filter((code) => !feries[code]).map((code) => CODES.indexOf(code))),
    ...dits.map((code) => feries[code])].filter(Boolean));
  return [...[...changes].map(([quoi, dits]) => `${nommer(dits)} ${quoi}`),
    ...avant.note === apres.note ? [] : [`précision : ${avant.note || 'aucune'} → ${apres.note || 'aucune'}`]];
}

const minutes = (texte) => Number(texte.slice(0, 2)) * 60 + Number(texte.slice(3));
// What is wrong with from, to, again; '' for nothing.
export function faute([de, a, encore, jusqua]) {
  if (!de || (jusqua && !encore)) return 'il manque l’heure d’ouverture';
  if (de === a || (encore && encore === jusqua)) return 'l’ouverture et la fermeture sont à la même heure';
  if (!encore) return '';
  if (!a) return 'il manque la première heure de fermeture';
  const midi = minutes(a) <= minutes(de) ? minutes(a) + JOURNEE : minutes(a);
  return minutes(encore) < midi ? 'la seconde ouverture est avant la première fermeture' : '';
}

export async function lancer({ form, dire: annoncer }) {
  const champ = form.querySelector('[data-saisie=horaires]'), phrase = champ.querySelector('textarea');
  const pli = champ.querySelector('[data-grille]'), rangs = [...pli.querySelectorAll('[data-jour]')];
  const part = (nom) => pli.querySelector(`[data-${nom}]`), note = part('note'), dit = part('dit');
  const remplacer = part('remplacer');
  await habiller(pli.dataset.feuille);
  // The sentence that the grid says, which it may change; the one that is known to read back.
  let sienne = '', connue = '';

  const heuresDe = (rang) => [...rang.querySelectorAll('[type=time]')];
  const fermeDe = (rang) => rang.querySelector('[type=checkbox]');
  function lire() {
    const jours = {}, fautes = [];
    for (const rang of rangs) {
      const lues = heuresDe(rang).map(({ value }) => value), ferme = fermeDe(rang).checked;
      for (const un of heuresDe(rang)) un.disabled = ferme;
      rang.classList.toggle('ouvert', !ferme && lues.some(Boolean));
      rang.classList.toggle('ferme', ferme);
      if (lues[2] || lues[3]) rang.classList.add('double');
      if (ferme) jours[rang.dataset.jour] = [];
      else if (lues.some(Boolean)) {
        const mal = faute(lues);
        if (mal) fautes.push(`${rang.querySelector('th').textContent.trim()} : ${mal}.`);
        jours[rang.dataset.jour] = lues.slice(0, lues[2] ? 4 : 2);
      }
    }
    const propre = note.value.replace(/[()";\s]+/g, ' ').trim();
    return { grille: { jours, note: propre }, fautes };
  }
  // A sentence that nothing here has read: said to be left to the review.
  function marquer() {
    const lue = !phrase.value.trim() || [sienne, connue].includes(phrase.value);
    champ.toggleAttribute('data-a-lire', !lue);
  }
  function temoigner(fautes) {
    pli.dataset.fautes = dit.textContent = fautes.join(' ');
    dit.hidden = !fautes.length;
  }
  function ecrire(texte) {
    phrase.value = sienne = texte;
    remplacer.hidden = true;
    for (const nom of ['input', 'change']) phrase.dispatchEvent(new Event(nom, { bubbles: true }));
  }
  function changer() {
    const { grille, fautes } = lire(), texte = dire(grille);
    temoigner(fautes);
    if (fautes.length) return;
    // What was written by hand is replaced when it is asked.
    remplacer.hidden = !phrase.value.trim() || [sienne, texte].includes(phrase.value);
    if (remplacer.hidden) ecrire(texte);
  }

  pli.addEventListener('input', changer);
  pli.addEventListener('click', ({ target }) => {
    if (target.closest('[data-remplacer]')) {
      ecrire(dire(lire().grille));
      phrase.focus();
    }
    const double = target.closest('[data-puis]')?.closest('[data-jour]');
    if (double) {
      double.classList.add('double');
      heuresDe(double)[2].focus();
    }
    const rang = target.closest('[data-pareil]')?.closest('[data-jour]');
    if (!rang) return;
    const veille = rangs[rangs.indexOf(rang) - 1];
    heuresDe(rang).forEach((un, place) => { un.value = heuresDe(veille)[place].value; });
    fermeDe(rang).checked = fermeDe(veille).checked;
    changer();
    annoncer(`${rang.querySelector('th').textContent.trim()} : comme la veille.`);
  });
  phrase.addEventListener('input', marquer);

  // The form was filled: by a draft, whose grid came back too, or by a content.
  function suivre() {
    const { grille, fautes } = lire(), texte = dire(grille);
    sienne = phrase.value === texte ? texte : '';
    temoigner(fautes);
    remplacer.hidden = true;
    pli.open = !phrase.value || Boolean(sienne);
    marquer();
  }
  form.addEventListener('rempli', suivre);
  suivre();

  // The sentence that a published content has is Python's; `horaires` is its grid, if one holds it.
  function remplir(horaires) {
    for (const rang of rangs) {
      const dites = horaires?.jours[rang.dataset.jour];
      heuresDe(rang).forEach((un, place) => { un.value = dites?.[place] ?? ''; });
      fermeDe(rang).checked = dites?.length === 0;
    }
    note.value = horaires?.note ?? '';
    connue = phrase.value;
    suivre();
    if (horaires) sienne = connue;
    pli.open = Boolean(horaires) || !connue;
  }
  // The grid, where it says the sentence.
  const lue = () => (phrase.value === sienne ? lire().grille : null);
  return { remplir, lue };
}
