// « Coller pour remplir »: what is it that was dropped or pasted, then to the module that reads it.
// All of it stays in the browser; a page is only ever parsed, never shown.
const { NB, cle: plier, compter } = await import(document.querySelector('[data-commun]').dataset.commun);
const POIDS = 5_000_000, CHOIX = 100;
const COPIER = 'ouvrez-le, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez le texte ici.';
const FORMES = [
  [/^%PDF/, `Un PDF ne se lit pas ici${NB}: ${COPIER}`],
  [/^\xd0\xcf\x11\xe0|^\{\\rtf/, `Un document de traitement de texte ne se lit pas ici${NB}: ${COPIER}`],
  [/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|....ftyp|BM....\0\0\0\0|II\*\0|MM\0\*)/s,
    `Une image ne se lit pas ici${NB}: joignez-la dans la partie «${NB}Image et texte${NB}», et écrivez en toutes lettres ce qu’elle annonce.`],
];
const DOCUMENT = `Un document Word ou LibreOffice ne se lit pas ici${NB}: ${COPIER}`;
const ARCHIVE = `Une archive ne se lit pas ici${NB}: ouvrez-la, puis déposez le fichier .ics, .json ou .html qu’elle contient.`;
const ADRESSE = `Cette adresse n’a pas été lue${NB}: le formulaire ne va chercher aucune page, rien ne sort de votre navigateur.`;
const AGENDAS = `Sur OpenAgenda, ouvrez la fiche de l’événement, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez le texte ici. Ou téléchargez son export (.json ou .ics) et déposez ce fichier.`;
const PAGES = 'Ouvrez la page, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez le texte ici. Ou enregistrez-la (Ctrl + S) et déposez le fichier .html.';

const CLASSEUR = /\.(xls[xm]|ods)$/i, NOMS = { lieu: ['lieu', 'lieux'], ressource: ['outil'] };
const ANCIEN = 'Cet ancien classeur (.xls), ou protégé par un mot de passe, ne se lit pas ici : enregistrez-le en .ods ou .xlsx, sans mot de passe.';

const refus = (...laisse) => ({ entete: {}, corps: '', pris: [], laisse });

// Bytes to text. Lines of a calendar may be folded in the middle of a letter: they are joined first.
function decoder(octets) {
  const [un, deux] = octets, lire = (encodage) => new TextDecoder(encodage).decode(octets);
  if (un === 0xff && deux === 0xfe) return lire('utf-16le');
  if (un === 0xfe && deux === 0xff) return lire('utf-16be');
  for (const essai of [octets, joindre(octets)]) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(essai);
    } catch { /* not in UTF-8 */ }
  }
  return lire('windows-1252');
}
function joindre(octets) {
  const joints = new Uint8Array(octets.length);
  let taille = 0;
  for (let rang = 0; rang < octets.length; rang += 1) {
    const saut = octets[rang] === 13 && octets[rang + 1] === 10 ? 2 : Number(octets[rang] === 10);
    const suite = octets[rang + saut];
    if (saut && (suite === 32 || suite === 9)) rang += saut;
    else joints[taille++] = octets[rang];
  }
  return joints.subarray(0, taille);
}

// Handlers of a page are never run; without their names the browser does not report them either.
const inerte = (balise) => balise.replace(/\son(?=[a-z]+\s*=)/gi, ' data-non-');
const analyser = (html) => new DOMParser().parseFromString(html.replace(/<[^<>]*>/g, inerte), 'text/html');
// One line; controls and marks of direction are no letters.
const net = (texte) => String(texte ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
const ligne = (texte) => net(texte).replace(/\s+/g, ' ').trim();
const BALISE = /<\/?(p|br|div|ul|ol|li|a|b|i|em|strong|span|h[1-6]|table|html|font)\b[^<>]*>/i;
const BLOCS = 'address,article,aside,blockquote,br,dd,div,dt,figcaption,footer,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,p,pre,section,table,tr';

// What a page says, a line for each of its blocks.
function texteDe(html) {
  const page = analyser(html);
  for (const un of page.querySelectorAll('script,style,noscript,template,svg,iframe,object')) un.remove();
  for (const un of page.querySelectorAll(BLOCS)) {
    un.before('\n');
    un.after('\n');
  }
  return net(page.body.textContent).split('\n').map((une) => une.replace(/\s+/g, ' ').trim()).join('\n').replace(/\n{2,}/g, '\n\n').trim();
}
// A short text in which signs may be written « &#8217; ».
const clair = (texte) => ligne(/[<&]/.test(texte ?? '') ? texteDe(String(texte)) : texte);

// An address of the web without what follows readers; '' for anything else.
function lien(texte, suivi) {
  const url = URL.canParse(ligne(texte)) ? new URL(ligne(texte)) : {};
  if (!/^https?:$/.test(url.protocol)) return '';
  for (const nom of [...url.searchParams.keys()]) if (suivi.test(nom)) url.searchParams.delete(nom);
  return url.href;
}

// Which module reads this text.
function sorte(texte) {
  const tete = texte.slice(0, 2000);
  if (/^\s*BEGIN:VCALENDAR/im.test(tete) || /^BEGIN:VEVENT/im.test(tete)) return 'ics';
  if (/^\s*[[{]/.test(tete)) return 'json';
  if (/^\s*(<!doctype|<[a-z!?])/i.test(tete)) return 'html';
  return /^("?(uid|title|titre)[^\n]*([,;\t]"?(timings|location|description|keywords|lieu|horaires)))/im.test(tete.split('\n', 1)[0]) ? 'csv' : 'texte';
}

const JSON_CASSE = `Ce texte ressemble à un export (JSON), mais il est incomplet ou abîmé${NB}: téléchargez-le de nouveau, ou copiez-le en entier.`;

// Runs of blanks are one: expressions would go through them many times.
const tasser = (texte) => texte.split('\n').map((une) => une.trim().replace(/[^\S\n]{2,}/g, ' ')).join('\n').replace(/\n{3,}/g, '\n\n');

async function fiches(texte, boite) {
  const quoi = sorte(texte), module = boite.charger;
  if (quoi === 'ics') return (await module('ics')).lire(texte, boite);
  if (quoi === 'csv') return (await module('openagenda')).lireCsv(texte, boite);
  if (quoi === 'json') {
    let valeur;
    try {
      valeur = JSON.parse(texte);
    } catch {
      return { laisse: [JSON_CASSE] };
    }
    const agenda = await module('openagenda');
    return agenda.reconnu(valeur, boite) ? agenda.lire(valeur, boite) : (await module('jsonld')).lire([valeur], boite);
  }
  if (quoi === 'html') return (await module('jsonld')).lirePage(analyser(texte), boite);
  return (await module('communique')).lire(tasser(texte), boite);
}

// Separated values: those of OpenAgenda have names of their own, a text has no columns.
function tabulaire(texte, nom) {
  const lignes = texte.split('\n', 20);
  if (/(^|[,;\t"])(title_|timings|location_name|titre - fr|title - fr)/i.test(texte.slice(0, 2000)) || !['csv', 'texte'].includes(sorte(texte))) return false;
  return /\.[ct]sv$/i.test(nom) || lignes.filter((une) => une.split(/[\t;]/).length > 2).length > 1;
}
async function ouvrir(source) {
  if (typeof source === 'string') return source.length > POIDS ? refus('Ce texte est trop long pour être lu ici (5 Mo au plus).') : source;
  if (source.size > POIDS) return refus('Ce fichier est trop lourd pour être lu ici (5 Mo au plus).');
  const octets = new Uint8Array(await source.arrayBuffer());
  const tete = String.fromCharCode(...octets.subarray(0, 64));
  if (tete.startsWith('PK\x03\x04') && CLASSEUR.test(source.name ?? '')) return octets;
  if (tete.startsWith('\xd0\xcf\x11\xe0') && /\.xls\w?$/i.test(source.name ?? '')) return refus(ANCIEN);
  if (tete.startsWith('PK\x03\x04')) return refus(/\.zip$/i.test(source.name ?? '') ? ARCHIVE : DOCUMENT);
  const forme = FORMES.find(([signe]) => signe.test(tete));
  return forme ? refus(forme[1]) : decoder(octets);
}

// A file or a text → { entete, corps, pris, laisse }; with several events in it, `choix`, each
// { dit, lire() → the same }. `outils` is what `contribuer.js` hands to every module.
export async function lire(source, outils) {
  const lu = await ouvrir(source);
  if (lu.laisse) return lu;
  const enColonnes = 'colonnes' in JSON.parse(outils.form?.dataset.adresses ?? '{}');
  if (lu.length && typeof lu !== 'string' && !enColonnes) return refus(DOCUMENT);
  const texte = typeof lu !== 'string' ? '.' : net(lu).replace(/\r\n?/g, '\n'), seul = texte.trim();
  if (!seul) return refus(`Il n’y a rien à lire${NB}: le texte est vide.`);
  if (/^(https?:\/\/|www\.)\S+$/i.test(seul)) return refus(ADRESSE, /openagenda/i.test(seul) ? AGENDAS : PAGES);
  const [{ temps }, { adresseDe, indices, motif, nue, plat }, situer, fiche] = await Promise.all(['horloge', 'indices', 'situer', 'fiche'].map((nom) => outils.charger(nom)));
  const table = await outils.donnees('correspondances');
  const boite = { ...outils, table, motif, temps, analyser, texteDe, clair, net, ligne, couper: fiche.couper, garder: fiche.garder, placer: situer.placer, nommer: situer.nommer, plier, lien: (url) => lien(url, motif(table.suivi)), BALISE, indices: (dit) => indices(dit, table), plat, adresseDe: (dite) => adresseDe(dite, table), nue: (commune) => nue(commune, table.adresses) };
  const brut = typeof lu === 'string' ? texte : lu, colonnes = enColonnes && (brut === lu || tabulaire(texte, source.name ?? ''));
  const { trouvees = [], laisse = [] } = (colonnes && await (await outils.charger('colonnes')).rangees(brut, boite)) || await fiches(texte, boite);
  const composer = async (une) => {
    try {
      const faite = une.faite?.() ?? await fiche.composer(une.faire(), boite);
      return { ...faite, laisse: [...faite.laisse, ...laisse] };
    } catch (raison) {
      console.warn(raison);
      return refus(`Cet événement est abîmé ou écrit d’une façon que le formulaire ne connaît pas${NB}: collez plutôt le texte de l’annonce.`);
    }
  };
  if (trouvees.length === 0) return refus(...(laisse.length ? laisse : [`Aucun événement n’a été reconnu${NB}: collez plutôt le texte de l’annonce.`]));
  if (trouvees.length === 1) return composer(trouvees[0]);
  const venir = (une) => (une.fin ?? une.debut ?? (boite.genre === 'evenement' ? '' : '~')) >= boite.jour;
  const triees = [...trouvees].sort((une, autre) => venir(autre) - venir(une) || (une.debut ?? '~').localeCompare(autre.debut ?? '~'));
  const reste = triees.length - CHOIX;
  return {
    ...refus(`${compter(triees.length, ...NOMS[boite.genre] ?? ['événement'])} dans ce fichier${NB}: choisissez ceux que vous proposez.`,
      ...(reste > 0 ? [`Les ${CHOIX} premiers à venir sont montrés, ${reste} autres ne le sont pas${NB}: exportez une période plus courte.`] : []), ...laisse),
    choix: triees.slice(0, CHOIX).map((une) => ({ dit: [une.titre || 'Sans titre', une.debut].filter(Boolean).join(', '), titre: une.titre, venir: !une.debut || venir(une), lire: () => composer(une) })),
  };
}
