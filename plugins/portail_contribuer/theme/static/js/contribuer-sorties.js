// The ways out of the form: a page of the forge already filled, a mail, a file. Nothing leaves
// before one of them is chosen; one whose setting is missing is not there.
// Windows hands some 2,000 signs of an address to a mail program.
const ADRESSE = 6000, MESSAGE = 2000;
const NOMS = {
  evenement: 'd’événement', article: 'd’article', annonce: 'd’annonce',
  ressource: 'de ressource', lieu: 'de lieu', dossier: 'de dossier',
};
// The way that this person took last.
const CHOISIE = 'voie';
const retenue = () => { try { return localStorage.getItem(CHOISIE); } catch { return null; } };
const retenir = (voie) => { try { localStorage.setItem(CHOISIE, voie); } catch { /* it is not kept */ } };

const { NB, annoncer, bouton, creer } = await import(document.querySelector('[data-commun]').dataset.commun);
const { poids, telecharger } = await import(new URL('contribuer-gestes.js', import.meta.url));
const { crc32 } = await import(new URL('contribuer-reprise.js', import.meta.url));

// At once, so that a page may open in the same gesture; else as the browser lets it.
async function copier(texte) {
  const avant = document.activeElement;
  const champ = creer('textarea', { class: 'visually-hidden', readonly: '', 'aria-hidden': 'true' });
  champ.value = texte;
  champ.style.whiteSpace = 'pre'; // spaces that begin a line are copied too
  document.body.append(champ);
  champ.select();
  const fait = document.execCommand('copy');
  champ.remove();
  avant?.focus?.({ preventScroll: true });
  return fait || (navigator.clipboard?.writeText(texte).then(() => true, () => false) ?? false);
}

// A text as no mail program can harm it: signs that a link takes as they are, and their checksum
// (`portail_importer/deposer/mailed.py` reads them).
function empaqueter(texte) {
  const octets = Array.from(new TextEncoder().encode(texte), (un) => String.fromCharCode(un)).join('');
  const signes = btoa(octets).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const somme = crc32(signes).toString(16).padStart(8, '0');
  return `[portail:\n${signes.match(/.{1,60}/g).join('\n')}\n:${somme}]`;
}

// An address of the forge, percent-encoded: {branche}, {chemin}, {contenu}.
function remplir(modele, valeurs) {
  return modele.replace(/\{(branche|chemin|contenu)\}/g, (_, cle) => {
    const code = encodeURIComponent(valeurs[cle] ?? '');
    return cle === 'contenu' ? code : code.replaceAll('%2F', '/');
  });
}

// What is proposed: its file, alone or with its picture; `dire` tells the reader what was done.
class Proposition {
  constructor(demande, dire) {
    Object.assign(this, { faits: [] }, demande, { dire, reglages: demande.formulaire.dataset });
    this.maj = ['modifier', 'retour'].includes(this.mode);
    [, this.slug] = /([^/]+?)(?:\/index)?\.md$/.exec(this.chemin);
    this.nom = `${this.slug}.${this.image ? 'zip' : 'md'}`;
    this.md = new Blob([this.texte], { type: 'text/markdown;charset=utf-8' });
  }

  // Where nothing can be copied, the text is below.
  async copier(texte, fait) {
    this.dire(await copier(texte) ? fait : 'La copie n’a pas pu se faire : copiez le texte du fichier, plus bas.');
  }

  async garder() {
    try {
      telecharger(this.image ? await this.archive() : this.md, this.nom);
      this.dire(`Fichier téléchargé${NB}: ${this.nom}.`);
    } catch {
      this.dire('Le fichier n’a pas pu être préparé. Vérifiez la connexion, puis recommencez.');
    }
  }

  async archive() {
    const octets = async (blob) => new Uint8Array(await blob.arrayBuffer());
    const adresses = JSON.parse(this.reglages.modules), { zipSync } = await import(adresses.zip);
    const dossier = this.place.slice(0, this.place.lastIndexOf('/') + 1), image = await octets(this.image.blob);
    const parts = { [this.place]: await octets(this.md), [dossier + this.image.nom]: [image, { level: 0 }] };
    return new Blob([zipSync(parts)], { type: 'application/zip' });
  }

  mailto(corps) {
    const sujet = encodeURIComponent(this.sujet.slice(0, 200)), dit = corps.replaceAll('\n', '\r\n');
    return `mailto:${this.reglages.courriel}?subject=${sujet}&body=${encodeURIComponent(dit)}`;
  }

  // The picture stands beside its text: a new one in a folder of its own.
  get place() {
    if (!this.image || this.maj) return this.chemin;
    return this.chemin.replace(/\/(?!index\.md$)([^/]+)\.md$/, '/$1/index.md');
  }

  get lourd() { return this.md.size + (this.image?.blob.size ?? 0); }

  // The page of the forge: whole when its address is not too long, else with the name alone.
  adresse(contenu = this.texte) {
    const { branche, nouveau, modifier } = this.reglages;
    if (this.maj) return modifier ? { url: remplir(modifier, { branche, chemin: this.chemin }), entiere: false } : null;
    if (!nouveau) return null;
    const url = remplir(nouveau, { branche, chemin: this.place, contenu });
    return url.length > ADRESSE && contenu ? this.adresse('') : { url, entiere: Boolean(contenu) };
  }

  get sujet() {
    const quoi = this.mode === 'retour' ? 'Retour' : this.maj ? 'Correction'
      : `Proposition ${NOMS[this.genre] ?? 'de contenu'}`;
    return `${quoi}${NB}: ${this.titre ?? ''}`;
  }

  // What a mail says, around what it carries.
  lettre(dedans, faits = this.faits) {
    const mien = this.formulaire.querySelector('[data-hors=courriel] input')?.value.trim() || this.courriel;
    const accord = this.formulaire.querySelector('[data-hors=accord]:not(.tu, .tu *):has(:checked)');
    const dit = this.maj ? `Voici une mise à jour de ${this.chemin}.`
      : `Voici une proposition ${NOMS[this.genre] ?? 'de contenu'} pour le portail.`;
    return ['Bonjour,', '', ...this.ecart ? ['Ce qui change :', ...this.ecart.lignes] : [dit, ...faits], '',
      ...accord ? [accord.querySelector('label span').firstChild.textContent.trim(), ''] : [],
      ...dedans, `Me répondre à : ${mien || 'l’adresse de ce message'}`, ''].join('\n');
  }

  get porte() { return [empaqueter(this.ecart?.bloc ?? `Fichier : ${this.place}\n${this.texte}`), '']; }

  // A mail that fits in an address: with the text and the page of the forge, else with the text, else
  // with the line that asks to paste it (`coller`). The facts take the room that is left.
  courrier() {
    const { image, porte } = this, forge = this.maj ? null : this.adresse();
    const joindre = image ? [`Joignez l’image ${image.nom}, qui vient d’être téléchargée.`, ''] : [];
    const lien = forge?.entiere ? ['Pour la proposer en un clic :', forge.url, ''] : [];
    const demande = `Collez ici la ${this.ecart ? 'correction' : 'proposition'}, qui vient d’être copiée.`;
    const essais = [[...lien, ...porte], porte, [demande, '']].flatMap((dedans) => [...this.faits, ''].map((_, n) =>
      ({ dedans, url: this.mailto(this.lettre([...joindre, ...dedans], n ? this.faits.slice(0, -n) : this.faits)) })));
    const { dedans, url } = essais.find((un) => un.url.length <= MESSAGE) ?? essais.at(-1);
    return { url, coller: dedans.includes(demande) ? porte.join('\n') : '' };
  }

  // The same for an application that takes texts and files.
  get envoi() {
    const { nom, blob } = this.image;
    return { title: this.sujet, text: this.lettre(this.porte), files: [new File([blob], nom, { type: blob.type })] };
  }
}

const ouvrir = (nom, href) => creer('a', { class: 'bouton', href, target: '_blank', rel: 'noopener' }, nom);
function code(texte, nom) {
  const dit = { class: 'modele', tabindex: '0', role: 'region', 'aria-label': nom };
  return creer('pre', dit, creer('code', {}, texte));
}

function forge(une) {
  const adresse = une.adresse();
  if (!adresse) return null;
  const github = /^https?:\/\/(?:www\.)?github\.com\//.test(une.reglages.depot || adresse.url);
  const nom = `Envoyer par ${github ? 'GitHub' : 'la forge'}`;
  const vert = github ? ' Le bouton vert, deux fois, et c’est proposé.' : '';
  const page = une.maj ? `la page de ce fichier s’ouvre${NB}: sélectionnez tout, et collez`
    : `la page s’ouvre${NB}: collez-le sous le nom du fichier`;
  const dit = adresse.entiere
    ? `Le plus rapide si vous y avez un compte. La page s’ouvre déjà remplie.${vert}`
    : `Le texte est copié, puis ${page}.${vert} Il y faut un compte.`;
  const lien = ouvrir(nom, adresse.url);
  lien.addEventListener('click', () => retenir('forge'));
  if (!adresse.entiere) {
    const copie = 'Texte copié. Collez-le dans la page qui s’est ouverte.';
    lien.addEventListener('click', () => une.copier(une.texte, copie));
  }
  const image = une.image ? [
    creer('p', {}, 'L’image se joint ensuite : glissez-la dans le message de la proposition. '),
    bouton('Télécharger l’image', 'nu', () => telecharger(une.image.blob, une.image.nom)),
  ] : [];
  return [nom, [creer('p', {}, dit), lien, ...image]];
}

// On a phone whose applications take files: the text and its picture at once, but not whom it is for.
function partager(une, vers) {
  if (!une.image || !matchMedia('(pointer: coarse)').matches || !navigator.canShare?.(une.envoi)) return null;
  return bouton('Envoyer par courriel', 'bouton', () => {
    retenir('courriel');
    une.copier(vers, `Adresse copiée${NB}: collez-la dans «${NB}À${NB}».`);
    navigator.share(une.envoi).catch(() => une.dire('Rien n’est parti.'));
  });
}

function courriel(une) {
  const { image, reglages: { courriel: vers } } = une;
  if (!vers) return null;
  const { url, coller } = une.courrier(), partage = partager(une, vers);
  const lien = creer('a', { href: url }, 'Envoyer par courriel');
  // The address of who writes may have been given meanwhile.
  lien.addEventListener('click', () => {
    retenir('courriel');
    const la = une.courrier();
    lien.href = la.url;
    if (image) telecharger(image.blob, image.nom);
    if (la.coller) une.copier(la.coller, 'Texte copié. Collez-le dans le message qui s’est ouvert.');
  });
  if (partage) {
    lien.textContent = 'ouvrez le message, et joignez-y l’image';
    const dit = `Choisissez votre messagerie${NB}: le texte et l’image y seront. L’adresse ${vers} est copiée${NB}: `
      + `collez-la dans «${NB}À${NB}». Ou `;
    return ['Envoyer par courriel', [partage, creer('p', {}, dit, lien, '.')]];
  }
  lien.className = 'bouton';
  const ouverte = 'votre messagerie s’ouvre';
  const dit = image && coller
    ? `Le texte est copié et l’image se télécharge, puis ${ouverte}${NB}: collez l’un, joignez l’autre.`
    : image ? `L’image se télécharge, puis ${ouverte}${NB}: joignez-la au message.`
    : coller ? `Le texte est trop long pour le message${NB}: il est copié, puis ${ouverte}, collez-le.`
    : `V${ouverte.slice(1)}, le message est écrit${NB}: la rédaction propose à votre place.`;
  return ['Envoyer par courriel', [creer('p', {}, `${dit} Il est adressé à ${vers}.`), lien]];
}

// The counter of the host: the mail that one would have written, picture included; it answers a number.
function guichet(une) {
  const { image, reglages: { guichet: ou } } = une;
  if (!ou) return null;
  const aide = creer('p', {}, 'Une adresse de courriel, plus haut, et la réponse vous arrive.');
  const bouge = bouton('Envoyer', 'bouton', async () => {
    const champ = une.formulaire.querySelector('[data-hors=courriel] input'), mien = champ?.value.trim();
    if (!mien) {
      une.dire('Donnez d’abord l’adresse où vous répondre.');
      return champ?.focus();
    }
    bouge.disabled = true;
    try {
      const octets = image ? new Uint8Array(await image.blob.arrayBuffer()) : [];
      const lettres = Array.from(octets, (un) => String.fromCharCode(un)).join('');
      const envoi = { courriel: mien, sujet: une.sujet, texte: une.lettre(une.porte), nom: image?.nom ?? '' };
      const reponse = await fetch(ou, { method: 'POST', body: JSON.stringify({ ...envoi, image: btoa(lettres) }) });
      const dit = await reponse.text();
      une.dire(reponse.ok ? `Reçu, numéro ${dit}. La réponse arrive à ${mien}.` : dit);
      bouge.disabled = reponse.ok;
    } catch {
      bouge.disabled = false;
      une.dire('L’envoi n’a pas pu se faire : réessayez, ou envoyez par courriel.');
    }
    return null;
  });
  return ['Envoyer', [bouge, aide]];
}

function fichier(une) {
  const format = une.image ? 'zip' : 'md';
  const quoi = une.image ? 'Un dossier compressé : le fichier et son image' : 'Le fichier';
  return ['Télécharger le fichier', [
    creer('p', {}, `${quoi}, à garder, à transmettre ou à déposer plus tard.`),
    bouton(`Télécharger (${format}, ${poids(une.lourd)})`, 'bouton', () => une.garder()),
  ]];
}

// The ways out: that which was chosen is a button, else that of the settings; others are cards under
// a fold. A file to keep is for where there is no other way.
function ranger(voies, une) {
  const voie = retenue() ?? une.reglages.voie, ordre = Object.keys(voies).sort((a, b) => (b === voie) - (a === voie));
  const cles = ordre.map((cle) => [cle, voies[cle](une)]).filter(([, carte]) => carte);
  const [premiere, ...autres] = cles.filter(([cle]) => cle !== 'fichier' || cle === voie || cles.length === 1);
  const [cle, [, dedans]] = premiere, acte = dedans.filter((un) => un.classList.contains('bouton'));
  const tete = creer('div', { class: 'sortie une', 'data-voie': cle }, ...acte,
    ...dedans.filter((un) => !acte.includes(un)));
  const cartes = autres.map(([nom, [titre, contenu]]) => {
    for (const un of contenu) if (un.classList.contains('bouton')) un.classList.add('second');
    return creer('div', { class: 'sortie', 'data-voie': nom }, creer('h4', {}, titre), ...contenu);
  });
  return cartes.length ? [tete, creer('details', { class: 'pli' },
    creer('summary', {}, 'Autrement'), creer('div', { class: 'sorties' }, ...cartes))] : [tete];
}

// Fills `region` with the ways out, then with the file.
export function proposer(region, demande) {
  const statut = creer('p', { class: 'dit', role: 'status' });
  const une = new Proposition(demande, (phrase) => annoncer(statut, phrase));
  const cartes = ranger({ guichet, courriel, forge, fichier }, une);
  const voir = creer('details', { class: 'pli' },
    creer('summary', {}, 'Voir le fichier tel qu’il sera proposé'),
    creer('p', { class: 'meta' }, une.place),
    creer('p', { class: 'actions' }, bouton('Copier le texte', 'bouton second', () => copier(une.texte)
      .then((fait) => une.dire(fait ? 'Texte copié.' : 'La copie n’a pas pu se faire : sélectionnez le texte.')))),
    code(une.texte, 'Fichier'));
  region.replaceChildren(...cartes, statut, voir);
}
