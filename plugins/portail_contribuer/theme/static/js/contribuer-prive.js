// Under a text, what `portail check` advises about: what may be the telephone or the address of a
// person (model/faults.py), what shouts (text/loud.py), words that are true of one day only
// (features/services/relatifs/relative.py), a state in a title (model/states.py). Asked at once, never
// refused. The words come with the schema.
const { cle } = await import(document.querySelector('[data-commun]').dataset.commun);
const { etatDuTitre } = await import(new URL('contribuer-etats.js', import.meta.url));
export const relatifs = (texte, { motif }) => [...texte.matchAll(new RegExp(motif, 'gi'))].map(([mots]) => mots);

export function prives(texte, { mobile, courriel, domicile, domaines }) {
  const trouves = Object.entries({ mobile, domicile }).flatMap(([sorte, motif]) =>
    [...texte.matchAll(new RegExp(motif, 'g'))].map((un) => [un.index, un[0], sorte]));
  for (const un of texte.matchAll(new RegExp(courriel, 'g'))) {
    if (domaines.includes(un[1].replace(/[*_]/g, '').toLowerCase())) trouves.push([un.index, un[0], 'courriel']);
  }
  return trouves.sort(([un], [autre]) => un - autre);
}

// The state that a title says, in a sentence; nothing for another text.
function etats(champ, texte, { properties: { etat: champs } = {}, 'x-personne': dits }, form) {
  if (champ.dataset.chemin !== 'titre' || !champs) return [];
  const { enum: codes, 'x-libelles': libelles, 'x-alias': autres = {} } = champs;
  const noms = codes.flatMap((un, rang) => [un, libelles[rang], ...autres[un] ?? []].map((nom) => [cle(nom), un]));
  const place = !form.querySelector('[data-chemin=en_ligne] input')?.value;
  const lu = etatDuTitre(texte.trim().replace(/\s+/g, ' '), new Map(noms.toReversed()), place);
  const dire = (phrase) => phrase.replace('{valeur}', () => lu.dits.join(' '))
    .replace('{etat}', () => libelles[codes.indexOf(lu.etat)]);
  return lu ? dits.C280.map(dire) : [];
}

export function lancer({ form, donnees, creer }) {
  async function regarder(champ) {
    const schema = await donnees('schema').catch(() => ({})), table = schema['x-prive'];
    const nom = (champ.dataset.chemin ?? champ.dataset.hors ?? '').split('.').at(-1);
    const controle = champ.querySelector('textarea, input[type=text], input:not([type])');
    if (!table || !controle || table.structures.includes(nom)) return;
    const vieillis = schema['x-relatif'].champs.includes(champ.dataset.chemin)
      ? relatifs(controle.value, schema['x-relatif'])
      : [];
    const cris = schema['x-relatif'].champs.includes(champ.dataset.chemin)
      ? [...controle.value.matchAll(new RegExp(schema['x-crie'], 'g'))]
      : [];
    const dits = new Map(prives(controle.value, table).map(([, valeur, sorte]) => [valeur, sorte]));
    let note = champ.querySelector('.prive');
    const dansTitre = etats(champ, controle.value, schema, form);
    const avise = dits.size + vieillis.length + dansTitre.length + cris.length > 0;
    if (!note && avise) controle.after(note = creer('div', { class: 'aide prive', role: 'status' }));
    if (!note) return;
    const [message, remede] = schema['x-codes'].C331, [age] = schema['x-codes'].C270;
    const lignes = [...dits].map(([valeur, sorte]) => message.replace('{valeur}', () => valeur)
      .replace('{nature}', () => schema['x-phrases'][`prive_${sorte}`]));
    if (dits.size) lignes.push(remede);
    for (const mots of vieillis) lignes.push(age.replace('{mots}', () => mots));
    if (vieillis.length) lignes.push(schema['x-phrases'].relatif_sans_date);
    const [crie, calme] = schema['x-personne'].C281;
    lignes.push(...dansTitre, ...cris.map(([mots]) => crie.replace('{valeur}', () => mots)),
      ...cris.length ? [calme] : []);
    note.hidden = !avise;
    note.replaceChildren(...lignes.map((ligne) => creer('p', {}, ligne)));
  }
  const tous = () => form.querySelectorAll('.champ:has(textarea, input)').forEach((champ) => regarder(champ));
  form.addEventListener('rempli', tous);
  tous();
  return { regarder };
}
