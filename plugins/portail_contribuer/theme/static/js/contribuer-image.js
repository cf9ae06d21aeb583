// A picture made fit to be proposed: upright, 2,000 pixels at most, without place nor date. It is
// drawn again in the browser, so that nothing but its colours is left; nothing is sent.
const COTE = 2000, PIXELS = 40e6, LE_PLUS_LOURD = 100e6, VISE = 4.5e6;

const { NB, slug } = await import(document.querySelector('[data-commun]').dataset.commun);
const { poids } = await import(new URL('contribuer-gestes.js', import.meta.url));
const nombre = (valeur) => valeur.toLocaleString('fr').replace(/\s/g, NB);
const taille = (largeur, hauteur) => `${nombre(largeur)} × ${nombre(hauteur)}`;

const AUTRE = 'Choisissez une image JPG, PNG ou WebP.';
const CONVERTIR =
  'Ouvrez-la sur votre ordinateur ou votre téléphone et enregistrez-la au format JPG, puis choisissez ce fichier-là.';
// What the first bytes say; « essai » when some browsers can read it all the same.
const REFUS = {
  heic: {
    essai: true,
    erreur: 'Cette photo est au format HEIC, celui des iPhone, que votre navigateur ne sait pas lire.',
    remede:
      'Envoyez-la-vous par courriel depuis l’iPhone : elle devient un JPG. Ou réglez l’appareil : Réglages, '
      + 'Appareil photo, Formats, « Le plus compatible ».',
  },
  tiff: {
    essai: true,
    erreur: 'Cette image est au format TIFF, que les navigateurs n’affichent pas.',
    remede: CONVERTIR,
  },
  svg: {
    erreur: 'Ce fichier est un dessin SVG ou une page web : il peut contenir autre chose qu’une image.',
    remede: 'Exportez-le en PNG depuis le logiciel de dessin, puis choisissez ce fichier-là.',
  },
  pdf: {
    erreur: 'Ce fichier est un document PDF, pas une image.',
    remede:
      'Ouvrez-le et faites une capture de la page, enregistrée en PNG ou en JPG. Son texte, lui, '
      + 'se colle dans le champ « Texte ».',
  },
  word: {
    erreur: 'Ce fichier est un document de bureautique (Word, LibreOffice…), pas une image.',
    remede:
      'Dans le document, clic droit sur l’image, « Enregistrer en tant qu’image », puis choisissez ce fichier-là. '
      + 'Le texte, lui, se colle dans le champ « Texte ».',
  },
  zip: {
    erreur: 'Ce fichier est un dossier compressé, pas une image.',
    remede: 'Ouvrez-le, sortez-en l’image, puis choisissez-la.',
  },
  video: {
    erreur: 'Ce fichier est une vidéo, pas une image.',
    remede: 'Faites une capture d’une vue de la vidéo. La vidéo elle-même se cite par son adresse, dans le texte.',
  },
  son: { erreur: 'Ce fichier est un son, pas une image.', remede: AUTRE },
  texte: {
    erreur: 'Ce fichier contient du texte, pas une image.',
    remede: `${AUTRE} Le texte se colle dans le champ « Texte ».`,
  },
};

const ascii = (octets, debut, fin) => String.fromCharCode(...octets.subarray(debut, fin));
const dit = (octets, mots) => ascii(octets, 0, 4096).includes(mots);

// The kind of a file by its first bytes, whatever its name says.
const GENRES = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG/],
  ['gif', /^GIF8/],
  ['webp', /^RIFF....WEBP/s],
  ['son', /^RIFF....WAVE/s],
  ['avif', /^....ftyp.*avi[fs]/s],
  ['son', /^....ftypM4A/s],
  ['heic', /^....ftyp(?:hei|hev|mif|msf)/s],
  ['video', /^(?:RIFF|....ftyp|\x1aE\xdf\xa3|\0\0\x01[\xb3\xba])/s],
  ['tiff', /^(?:II\*\0|MM\0\*)/],
  ['pdf', /^%PDF/],
  ['word', /^PK\x03\x04.*(?:word\/|xl\/|ppt\/|\[Content_Types\]|opendocument)|^(?:\xd0\xcf\x11\xe0|\{\\rtf)/s],
  ['zip', /^PK\x03\x04/],
  ['son', /^(?:ID3|OggS|fLaC|\xff[\xf2\xf3\xfa\xfb])/],
  ['svg', /^(?:\xef\xbb\xbf)?\s*<(?:[a-z]+\b|!doctype|!--|\?xml)/i],
  ['bmp', /^BM/],
  ['inconnu', /^.{0,511}[\0-\x08\x0e-\x1f]/s],
];
const genre = (tete) => (GENRES.find(([, signe]) => signe.test(tete)) ?? ['texte'])[0];

// Width and height that a header announces, before anything is decoded: a few bytes may claim
// what no memory holds. Null when it is not known.
function annonce(octets, sorte) {
  const vue = new DataView(octets.buffer), fin = octets.length;
  if (sorte === 'png' && fin > 24) return [vue.getUint32(16), vue.getUint32(20)];
  if (sorte === 'gif' && fin > 10) return [vue.getUint16(6, true), vue.getUint16(8, true)];
  if (sorte === 'bmp' && fin > 26) return [Math.abs(vue.getInt32(18, true)), Math.abs(vue.getInt32(22, true))];
  if (sorte === 'webp' && fin > 30) {
    const de24 = (place) => 1 + octets[place] + (octets[place + 1] << 8) + (octets[place + 2] << 16);
    const bloc = ascii(octets, 12, 16), bits = vue.getUint32(21, true);
    if (bloc === 'VP8X') return [de24(24), de24(27)];
    if (bloc === 'VP8L') return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)];
    return [vue.getUint16(26, true) & 0x3fff, vue.getUint16(28, true) & 0x3fff];
  }
  if (sorte !== 'jpeg') return null;
  for (let place = 2; place + 9 < fin;) {
    const marque = octets[place + 1];
    if (octets[place] !== 0xff) return null;
    if (marque >= 0xc0 && marque <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marque)) {
      return [vue.getUint16(place + 7), vue.getUint16(place + 5)];
    }
    place += marque === 0xff ? 1 : 2 + vue.getUint16(place + 2);
  }
  return null;
}

const trop = (largeur, hauteur) => ({
  erreur: `L’image est trop grande : ${taille(largeur, hauteur)}, soit `
    + `${nombre(Math.ceil((largeur * hauteur) / 1e6))}${NB}millions de pixels, pour ${PIXELS / 1e6} au plus.`,
  remede: `Réduisez-la à ${nombre(COTE)}${NB}pixels de large avec un logiciel de photo, puis choisissez-la de nouveau.`,
});
const ABIMEE = {
  erreur: 'L’image ne se lit pas : le fichier est abîmé, ou n’a pas été copié en entier.',
  remede: 'Copiez-le de nouveau depuis l’appareil, ou ouvrez-le et enregistrez-le au format JPG.',
};

function nommer(nom, type) {
  const court = slug(nom.replace(/\.[^.]*$/, '')).slice(0, 60).replace(/-$/, '');
  const pris = !court || /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(court);
  return `${pris ? 'image' : court}.${{ 'image/jpeg': 'jpg', 'image/webp': 'webp' }[type] ?? 'png'}`;
}

function dessiner(vue, cote) {
  const echelle = Math.min(1, cote / Math.max(vue.width, vue.height));
  const [large, haut] = [vue.width, vue.height].map((long) => Math.max(1, Math.round(long * echelle)));
  const toile = new OffscreenCanvas(large, haut);
  const pinceau = toile.getContext('2d');
  pinceau.imageSmoothingQuality = 'high';
  pinceau.drawImage(vue, 0, 0, toile.width, toile.height);
  return toile;
}

function transparente(toile) {
  const { data } = toile.getContext('2d').getImageData(0, 0, toile.width, toile.height);
  for (let rang = 3; rang < data.length; rang += 4) if (data[rang] < 250) return true;
  return false;
}

// The lightest that still looks right; smaller rather than uglier when it stays heavy.
async function alleger(vue, sorte) {
  let toile = dessiner(vue, COTE);
  const type = sorte !== 'jpeg' && transparente(toile) ? 'image/webp' : 'image/jpeg';
  for (const [cote, quality] of [[COTE, 0.84], [COTE, 0.7], [1400, 0.7], [1000, 0.6], [700, 0.6]]) {
    if (Math.max(toile.width, toile.height) > cote) toile = dessiner(vue, cote);
    const blob = await toile.convertToBlob({ type, quality });
    if (blob.size <= VISE) return { blob, largeur: toile.width, hauteur: toile.height };
  }
  return null;
}

// A picture ready to leave, and a sentence that says what becomes of it; or what is wrong with the
// file, and what to do.
export async function preparer(fichier) {
  if (!fichier.size)
    return {
      erreur: 'Ce fichier est vide.',
      remede: 'Copiez-le de nouveau depuis l’appareil, ou choisissez-en un autre.',
    };
  if (fichier.size > LE_PLUS_LOURD)
    return { erreur: `Ce fichier pèse ${poids(fichier.size)} : c’est trop, même pour une photo.`, remede: CONVERTIR };
  const octets = await fichier.arrayBuffer().then((lu) => new Uint8Array(lu), () => null);
  if (!octets) return ABIMEE;
  const sorte = genre(ascii(octets, 0, 4096)), refus = REFUS[sorte];
  if (refus && !refus.essai) return refus;
  const [large = 0, haut = 0] = annonce(octets, sorte) ?? [];
  if (large * haut > PIXELS) return trop(large, haut);
  const vue = await createImageBitmap(new Blob([octets]), { imageOrientation: 'from-image' }).catch(() => null);
  if (!vue) {
    const { erreur, remede } =
      refus ??
      (sorte === 'inconnu' ? { erreur: 'Ce fichier n’est pas une image que l’on sait lire.', remede: AUTRE } : ABIMEE);
    return { erreur, remede };
  }
  const { width, height } = vue;
  if (width * height > PIXELS) return trop(width, height);
  const faite = await alleger(vue, sorte).catch(() => null);
  vue.close();
  if (!faite)
    return { erreur: 'Votre appareil n’a pas assez de mémoire pour cette image.', remede: trop(width, height).remede };
  return {
    ...faite,
    nom: nommer(fichier.name ?? '', faite.blob.type),
    dit: phrase(fichier.size, faite, width, height, octets, sorte),
  };
}

function phrase(avant, { blob, largeur, hauteur }, large, haut, octets, sorte) {
  const reduite = largeur < large ? ` et réduite à ${taille(largeur, hauteur)}` : '';
  const devient = blob.size < avant ? `Sera allégée à ${poids(blob.size)}${reduite}` : `Pèsera ${poids(blob.size)}`;
  const marquee = /Exif|eXIf|EXIF/.test(ascii(octets, 0, 4096)) || dit(octets, 'http://ns.adobe.com/xap');
  const sans = marquee ? `${NB}; position et date de prise de vue retirées` : '';
  const fixe = sorte === 'gif' ? ' D’une image animée, seule la première vue est gardée.' : '';
  return `${poids(avant)}, ${taille(large, haut)}. ${devient}${sans}.${fixe}`;
}
