// « Coller pour remplir »: a press release or a mail, pasted or dropped as a text. What is no text is
// said, with what to do of it. All of it stays in the browser.
const { NB, cle: plier } = await import(document.querySelector('[data-commun]').dataset.commun);
const POIDS = 5_000_000;
const COPIER = 'ouvrez-le, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez le texte ici.';
const FORMES = [
  [/^%PDF/, `Un PDF ne se lit pas ici${NB}: ${COPIER}`],
  [/^(\xd0\xcf\x11\xe0|\{\\rtf|PK\x03\x04)/, `Un document de traitement de texte ne se lit pas ici${NB}: ${COPIER}`],
  [/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|....ftyp|BM....\0\0\0\0|II\*\0|MM\0\*)/s,
    `Une image ne se lit pas ici${NB}: joignez-la dans la partie «${NB}Image et texte${NB}», et écrivez en toutes `
    + 'lettres ce qu’elle annonce.'],
];
const PAGE = `Une page enregistrée ne se lit pas ici${NB}: ${COPIER}`;
const ADRESSE = `Cette adresse n’a pas été lue${NB}: le formulaire ne va chercher aucune page, rien ne sort de votre `
  + 'navigateur. Ouvrez la page, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez le texte ici.';
// Files that `portail importer` reads, and what they hold when it is pasted.
const TABLE = /\.(xls[xmb]?|ods|[ct]sv|ics|json|zip)$/i, AGENDA = /^\s*BEGIN:V(CALENDAR|EVENT)/im;
const EXPORT = /^\s*[[{]\s*["[{]/, HTML = /^\s*<(!doctype|html|head|body|script)\b/i;

const refus = (phrase) => ({ entete: {}, corps: '', pris: [], laisse: [phrase] });
const telQuel = (courriel) => refus('Un tableau, un agenda ou un export ne se lit pas ici : '
  + `envoyez-le tel quel${courriel ? ` à ${courriel}` : ' à la rédaction'}.`);

function decoder(octets) {
  const [un, deux] = octets, lire = (encodage, options) => new TextDecoder(encodage, options).decode(octets);
  if (un === 0xff && deux === 0xfe) return lire('utf-16le');
  if (un === 0xfe && deux === 0xff) return lire('utf-16be');
  try {
    return lire('utf-8', { fatal: true });
  } catch {
    return lire('windows-1252');
  }
}
// Controls and marks of direction are no letters; runs of blanks are one, which expressions would go
// through many times.
const CONTROLES = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const net = (texte) => texte.replace(/\r\n?/g, '\n').replace(CONTROLES, '');
const tasser = (texte) => net(texte).split('\n').map((une) => une.trim().replace(/[^\S\n]{2,}/g, ' ')).join('\n')
  .replace(/\n{3,}/g, '\n\n');
const enColonnes = (texte) => texte.split('\n', 20).filter((une) => /\t.*\t|;.*;.*;/.test(une)).length > 1;

// A file or a text → { entete, corps, pris, laisse }. `outils` is what `contribuer.js` hands to every
// module.
export async function lire(source, outils) {
  const { name = '', size = source.length } = source, { courriel } = outils.form?.dataset ?? {};
  if (size > POIDS) return refus('C’est trop long pour être lu ici (5 Mo au plus).');
  if (TABLE.test(name)) return telQuel(courriel);
  const octets = typeof source === 'string' ? null : new Uint8Array(await source.arrayBuffer());
  const tete = octets ? String.fromCharCode(...octets.subarray(0, 64)) : source;
  const forme = FORMES.find(([signe]) => signe.test(tete));
  if (forme) return refus(forme[1]);
  const texte = net(octets ? decoder(octets) : source), seul = texte.trim(), debut = texte.slice(0, 2000);
  if (!seul) return refus(`Il n’y a rien à lire${NB}: le texte est vide.`);
  if (/^(https?:\/\/|www\.)\S+$/i.test(seul)) return refus(ADRESSE);
  if (HTML.test(debut)) return refus(PAGE);
  if (AGENDA.test(debut) || EXPORT.test(debut) || enColonnes(texte)) return telQuel(courriel);
  const noms = ['communique', 'indices', 'situer', 'fiche'];
  const [communique, indices, { placer }, fiche] = await Promise.all(noms.map((nom) => outils.charger(nom)));
  const table = await outils.donnees('correspondances'), boite = { ...outils, ...indices, table, placer, plier };
  const { properties: champs } = await outils.donnees('schema');
  const lue = communique.lire(tasser(texte), { ...boite, lireEtat: fiche.lireEtat(champs, plier) });
  return lue ? fiche.composer(lue, boite) : refus('Rien de reconnu dans ce qui est collé.');
}
