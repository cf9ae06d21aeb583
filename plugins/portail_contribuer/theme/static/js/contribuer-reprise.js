// The form filled from a published content: its next edition, its correction, what its organiser tells of it.
// The address says which: ?reconduire=, ?modifier= or ?retour=.
const aujourdhui = document.documentElement.dataset.auj;
const MODES = ['reconduire', 'modifier', 'retour'];
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MEDIA = /(\]\(<?)(?![a-z][\w+.-]*:|[/#])([^\s()<>/]+\.(?:jpe?g|png|webp|gif|pdf|csv|mp3))/gi;

// What belongs to one edition alone: its days, what happened to it, what the editors said of it.
const PROPRES = [
  'debut', 'fin', 'seances', 'rrule', 'modifie', 'edition', 'evenement_parent', 'etape', 'etat',
  'ancien_debut', 'a_ne_pas_manquer', 'ids_externes', 'anciennes_urls', 'statut', 'retour',
];

// The contents whose slugs have the same one are in a file (`portail_contribuer/contribuer/files.py`).
export function crc32(texte) {
  let reste = -1;
  for (const octet of new TextEncoder().encode(texte)) {
    reste ^= octet;
    for (let bit = 0; bit < 8; bit += 1) reste = (reste >>> 1) ^ (reste & 1 && 0xedb88320);
  }
  return ~reste >>> 0;
}

const sans = (groupe, ...cles) => {
  const reste = Object.entries(groupe ?? {}).filter(([cle]) => !cles.includes(cle));
  return reste.length ? Object.fromEntries(reste) : undefined;
};

// `dedans` after `cle` or in its place: fields keep the order of the file.
const poser = (entete, cle, valeur, apres) => {
  if (cle in entete) return { ...entete, [cle]: valeur };
  const rangs = Object.entries(entete), place = rangs.findIndex(([une]) => une === apres);
  rangs.splice(place < 0 ? rangs.length : place + 1, 0, [cle, valeur]);
  return Object.fromEntries(rangs);
};

// Next year's: all but the days. Pictures stay where they are: a name becomes a path.
function reconduire({ chemin, entete, corps }, slug) {
  let neuf = sans(entete, ...PROPRES) ?? {};
  if (neuf.horaires) neuf = { ...neuf, horaires: sans(neuf.horaires, 'du', 'au', 'sauf') };
  if (neuf.inscription) neuf = { ...neuf, inscription: sans(neuf.inscription, 'avant_le') };
  const [, dossier] = chemin.match(/^[^/]+\/(.+)\/index\.md$/) ?? [];
  const ailleurs = (nom) => (!dossier || nom.includes('/') ? nom : `${dossier}/${nom}`);
  if (neuf.image) neuf = { ...neuf, image: { ...neuf.image, fichier: ailleurs(neuf.image.fichier) } };
  neuf = poser(neuf, 'publie_le', aujourdhui, 'resume');
  return {
    entete: poser(neuf, 'edition_precedente', slug),
    corps: corps.replace(MEDIA, (_, avant, nom) => avant + ailleurs(nom)),
  };
}

const DIT = {
  reconduire: (titre) => [
    `Nouvelle édition de « ${titre} » : tout est repris, sauf les dates. Donnez-les, et relisez le reste.`,
  ],
  modifier: (titre) => [`« ${titre} ». Rien ne change sur le site avant relecture.`],
  retour: (titre) => [
    `Retour sur « ${titre} » : deux minutes, tout est facultatif.`,
    'Les nombres sont publiés : additionnés sur la page de l’édition, un à un dans les données ouvertes.',
    'L’appréciation et les difficultés ne le sont jamais pour un événement : le site les compte avec celles '
    + 'des autres. Le fichier, lui, se lit dans le dépôt du portail : n’y nommez personne.',
  ],
};

// What fills the form, and the sentences (texts or elements) that say so; null when the address
// asks for nothing. Fails when the content cannot be read.
export async function reprendre(search, form, lire) {
  const demande = new URLSearchParams(search), mode = MODES.find((un) => demande.has(un));
  const slug = demande.get(mode) ?? '';
  if (!mode || !SLUG.test(slug) || (/reconduire|retour/.test(mode) && form.dataset.dossier !== 'events')) return null;
  const groupe = crc32(slug) % form.dataset.groupes;
  const lus = await lire(`${groupe}.deflate`);
  if (!Object.hasOwn(lus, slug)) throw new Error(slug);
  const lu = lus[slug];
  const dit = DIT[mode](lu.entete.titre.replaceAll('*', ''));
  if (lu.tus && mode !== 'reconduire')
    dit.push(
      'L’organisateur a dit son appréciation, ou ses difficultés, que cette page ne relit pas : '
      + 'elles seraient à redire, ou à garder à la relecture.',
    );
  if (mode === 'reconduire') return { ...reconduire(lu, slug), mode, chemin: '', dit };
  const { chemin, corps, horaires } = lu, avant = { ...lu, reference: `${form.dataset.dossier}/${slug}` };
  const entete = poser(lu.entete, 'modifie', aujourdhui, 'publie_le');
  return { entete, corps, horaires, mode, chemin, dit, avant };
}
