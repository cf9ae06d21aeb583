// Under a text, what may be the telephone or the address of a person, as `portail check` advises
// (model/faults.py): asked at once, never refused. The patterns come with the schema.
export function prives(texte, { mobile, courriel, domicile, domaines }) {
  const trouves = Object.entries({ mobile, domicile }).flatMap(([sorte, motif]) =>
    [...texte.matchAll(new RegExp(motif, 'g'))].map((un) => [un.index, un[0], sorte]));
  for (const un of texte.matchAll(new RegExp(courriel, 'g'))) {
    if (domaines.includes(un[1].toLowerCase())) trouves.push([un.index, un[0], 'courriel']);
  }
  return trouves.sort(([un], [autre]) => un - autre);
}

export function lancer({ form, donnees, creer }) {
  async function regarder(champ) {
    const schema = await donnees('schema').catch(() => ({})), table = schema['x-prive'];
    const nom = (champ.dataset.chemin ?? champ.dataset.hors ?? '').split('.').at(-1);
    const controle = champ.querySelector('textarea, input[type=text], input:not([type])');
    if (!table || !controle || table.structures.includes(nom)) return;
    const dits = new Map(prives(controle.value, table).map(([, valeur, sorte]) => [valeur, sorte]));
    let note = champ.querySelector('.prive');
    if (!note && dits.size) controle.after(note = creer('div', { class: 'aide prive', role: 'status' }));
    if (!note) return;
    const [message, remede] = schema['x-codes'].C331;
    const lignes = [...dits].map(([valeur, sorte]) => message.replace('{valeur}', () => valeur)
      .replace('{nature}', () => schema['x-phrases'][`prive_${sorte}`]));
    note.hidden = !dits.size;
    note.replaceChildren(...lignes.map((ligne) => creer('p', {}, ligne)), ...(dits.size ? [creer('p', {}, remede)] : []));
  }
  const tous = () => form.querySelectorAll('.champ:has(textarea, input)').forEach((champ) => regarder(champ));
  form.addEventListener('rempli', tous);
  tous();
  return { regarder };
}
