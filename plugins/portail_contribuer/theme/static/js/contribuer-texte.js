// The text of a proposal: buttons that write Markdown, what it will look like, what is pasted. The
// libraries are read at the first letter, at the first paste.
const { creer, lire } = await import(document.querySelector('[data-commun]').dataset.commun);
const { retarder } = await import(new URL('contribuer-gestes.js', import.meta.url));
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const ATTENTE = 250, LIMITE = 2_000_000, LIGNES = 200;
const OUVREZ = 'ouvrez-le, sélectionnez tout, copiez, puis collez ici : la mise en forme utile est gardée.';
const { modules = '{}', adresses: fichiers = '{}' } = document.querySelector('form[data-modules]')?.dataset ?? {};
const adresses = JSON.parse(modules);

async function copieur() {
  const [copie, lib, table] = await Promise.all([
    import(adresses.copie),
    import(adresses.turndown),
    lire(JSON.parse(fichiers).correspondances),
  ]);
  return { ...copie, lire: (html) => copie.lire(html, table), Turndown: lib.default };
}

// A fragment that looks like the published text; headings `decalage` levels lower.
let pret;
export async function rendre(markdown, decalage = 0) {
  pret ??= Promise.all([
    ...['rendu', 'adresses', 'markdown'].map((nom) => import(adresses[nom])),
    lire(JSON.parse(fichiers).corps),
  ]);
  pret.catch(() => { pret = null; });
  const [{ moteur }, juges, lib, table] = await pret;
  return moteur(lib, (delier) => juges.adresses(table, delier), table.motifs)(markdown, decalage);
}

// Written as if it was typed: the browser can undo it, but needs twenty seconds for two thousand lines.
function ecrire(zone, texte, debut = zone.selectionStart, fin = zone.selectionEnd) {
  zone.focus();
  zone.setSelectionRange(debut, fin);
  if (texte.split('\n', LIGNES).length === LIGNES) {
    zone.setRangeText(texte, debut, fin, 'end');
    zone.dispatchEvent(new Event('input', { bubbles: true }));
    return;
  }
  document.execCommand(texte ? 'insertText' : 'delete', false, texte);
}

// Around the words that are chosen, or around those that are expected.
function entourer(zone, signe, attendu) {
  let { selectionStart: debut, selectionEnd: fin, value } = zone;
  while (debut < fin && /\s/.test(value[debut])) debut += 1;
  while (fin > debut && /\s/.test(value[fin - 1])) fin -= 1;
  const choisi = value.slice(debut, fin), n = signe.length;
  const seul = (place) => value.slice(place, place + n) === signe
    && (n > 1 || value[place - 1] !== '*') && (n > 1 || value[place + 1] !== '*');
  if (choisi && debut >= n && seul(debut - n) && seul(fin)) {
    ecrire(zone, choisi, debut - n, fin + n);
    zone.setSelectionRange(debut - n, fin - n);
    return;
  }
  const mots = choisi || attendu;
  ecrire(
    zone,
    mots
      .split(/(\n\s*\n)/)
      .map((part, rang) => (rang % 2 ? part : signe + part + signe))
      .join(''),
    debut,
    fin,
  );
  if (!mots.includes('\n\n')) zone.setSelectionRange(debut + n, debut + n + mots.length);
}

// At the head of the lines that are chosen; once more takes it away.
function marquer(zone, signe, motif, attendu) {
  const { value } = zone, debut = value.lastIndexOf('\n', zone.selectionStart - 1) + 1;
  const fin =
    (value.indexOf('\n', Math.max(zone.selectionEnd - (zone.selectionEnd > zone.selectionStart), debut)) + 1 ||
      value.length + 1) - 1;
  const lignes = value.slice(debut, fin).split('\n');
  const deja = lignes.every((ligne) => !ligne.trim() || motif.test(ligne));
  const nouvelles = value.slice(debut, fin).trim()
    ? lignes.map((ligne) => (ligne.trim() ? (deja ? '' : signe) + ligne.replace(motif, '') : ligne))
    : [signe + attendu];
  // A list or a heading stands apart from the paragraph before it.
  const avant = value.slice(0, debut), voisine = avant.replace(/\n$/, '').split('\n').at(-1);
  const saut = avant && voisine.trim() && !motif.test(voisine) && (!deja || !lignes.join('').trim()) ? '\n' : '';
  ecrire(zone, saut + nouvelles.join('\n'), debut, fin);
  const place = debut + saut.length;
  if (lignes.join('').trim()) zone.setSelectionRange(place, place + nouvelles.join('\n').length);
  else zone.setSelectionRange(place + signe.length, place + signe.length + attendu.length);
}

function lier(zone) {
  const { selectionStart: debut, selectionEnd: fin, value } = zone, choisi = value.slice(debut, fin).trim();
  const vers = /^(https?:\/\/|www\.)\S+$/.test(choisi),
    mots = vers || !choisi ? 'texte du lien' : choisi.replace(/\s*\n\s*/g, ' ');
  const adresse = vers ? choisi.replace(/^www\./, 'https://www.') : 'https://';
  ecrire(zone, `[${mots}](${adresse})`, debut, fin);
  if (vers || !choisi) zone.setSelectionRange(debut + 1, debut + 1 + mots.length);
  else zone.setSelectionRange(debut + mots.length + 3, debut + mots.length + 3 + adresse.length);
}

const GESTES = {
  gras: (zone) => entourer(zone, '**', 'texte en gras'),
  italique: (zone) => entourer(zone, '*', 'texte en italique'),
  titre: (zone) => marquer(zone, '## ', /^#{1,6}[ \t]+/, 'Intertitre'),
  liste: (zone) => marquer(zone, '- ', /^\s*(?:[-*+]|\d+[.)])[ \t]+/, 'premier point'),
  lien: lier,
};
const TOUCHES = { b: 'gras', i: 'italique', k: 'lien' };

// One stop for the Tab key; arrows go from a button to another.
function armer(barre, zone) {
  const boutons = [...barre.querySelectorAll('[data-mise]')], n = boutons.length;
  const arreter = (ici) => { for (const un of boutons) un.tabIndex = un === ici ? 0 : -1; };
  for (const [touche, geste] of Object.entries(TOUCHES)) {
    const bouton = barre.querySelector(`[data-mise=${geste}]`), lettre = touche.toUpperCase();
    bouton?.setAttribute('aria-keyshortcuts', `${MAC ? 'Meta' : 'Control'}+${lettre}`);
    if (bouton) bouton.title = `${bouton.ariaLabel ?? bouton.textContent.trim()} (${MAC ? '⌘' : 'Ctrl + '}${lettre})`;
  }
  arreter(boutons[0]);
  barre.addEventListener('click', ({ target }) => GESTES[target.closest('[data-mise]')?.dataset.mise]?.(zone));
  barre.addEventListener('focusin', ({ target }) => arreter(target));
  barre.addEventListener('keydown', (evenement) => {
    const ici = boutons.indexOf(document.activeElement);
    const vers = { ArrowRight: (ici + 1) % n, ArrowLeft: (ici + n - 1) % n, Home: 0, End: n - 1 }[evenement.key];
    if (vers === undefined || ici < 0) return;
    evenement.preventDefault();
    boutons[vers].focus();
  });
}

const laissees = (images) =>
  images
    ? `, ${images} ${images > 1 ? 'images laissées' : 'image laissée'} de côté (choisissez-en une dans « Image »)`
    : '';

// What a file that is dropped or pasted needs; null: it is for someone else.
function refus({ name, type }) {
  if (/\.pdf$/i.test(name) || type === 'application/pdf') return `Un PDF ne se dépose pas dans le texte : ${OUVREZ}`;
  if (/\.(docx?|odt|rtf|pages|pptx?|odp)$/i.test(name)) return `Un document ne se dépose pas dans le texte : ${OUVREZ}`;
  if (/^image\//.test(type) || /\.hei[cf]$/i.test(name))
    return 'Une image ne se met pas dans le texte : choisissez-la dans « Image ».';
  return null;
}

async function recevoir(zone, fichiers, dire) {
  const texte = fichiers.find(({ name }) => /\.(md|markdown|txt)$/i.test(name));
  const { nettoyer } = await import(adresses.copie);
  if (!texte) dire(refus(fichiers[0]));
  else if (texte.size > LIMITE) dire('Ce fichier est trop long pour un texte : collez-en l’essentiel.');
  else {
    ecrire(zone, nettoyer(await texte.text()));
    dire('Texte du fichier ajouté.');
  }
}

async function coller(zone, { debut, fin, ...donnees }, dire) {
  const { nettoyer, lire, markdown, Turndown } = await (donnees.html ? copieur() : import(adresses.copie));
  const copie = donnees.html ? lire(donnees.html) : { images: 0, utile: false };
  const texte = copie.utile ? markdown(Turndown, copie.corps) : nettoyer(donnees.texte);
  if (!texte.trim()) {
    dire(copie.images ? 'Rien n’est collé : une image ne se met pas dans le texte, choisissez-la dans « Image ».' : '');
    return;
  }
  // Blocks do not follow a line that is begun.
  const ouverte = /^(#|- |\d+\. |\||>|---)/.test(texte) && !/(^|\n)$/.test(zone.value.slice(0, debut));
  ecrire(zone, (ouverte ? '\n\n' : '') + texte, debut, fin);
  dire(
    copie.utile
      ? `Texte collé : mise en forme gardée${laissees(copie.images)}.`
      : `Texte collé${laissees(copie.images)}.`,
  );
}

function ecouter(zone, dire) {
  const miens = (transfert) => {
    const fichiers = [...transfert?.files ?? []];
    return fichiers.length && fichiers.every((un) => refus(un) || /\.(md|markdown|txt)$/i.test(un.name))
      ? fichiers
      : null;
  };
  const prendre = (evenement, fichiers) => {
    evenement.preventDefault();
    evenement.stopPropagation();
    recevoir(zone, fichiers, dire);
  };
  zone.addEventListener('paste', (evenement) => {
    const tenu = evenement.clipboardData, html = tenu.getData('text/html'), texte = tenu.getData('text/plain');
    if (html.length + texte.length === 0) {
      const fichiers = miens(tenu);
      if (fichiers) prendre(evenement, fichiers);
      return;
    }
    evenement.preventDefault();
    evenement.stopPropagation();
    const { selectionStart: debut, selectionEnd: fin } = zone;
    coller(zone, { html: html.length < LIMITE ? html : '', texte, debut, fin }, dire).catch(() => {
      ecrire(zone, texte, debut, fin);
      dire('Texte collé, sans sa mise en forme.');
    });
  });
  zone.addEventListener('drop', (evenement) => {
    const fichiers = miens(evenement.dataTransfer);
    if (fichiers) prendre(evenement, fichiers);
  });
  zone.addEventListener('keydown', (evenement) => {
    if (!(MAC ? evenement.metaKey : evenement.ctrlKey) || evenement.altKey || evenement.shiftKey) return;
    const geste = GESTES[TOUCHES[evenement.key.toLowerCase()]];
    if (!geste) return;
    evenement.preventDefault();
    geste(zone);
  });
}

// The buttons, the rendering below the text, what is said of a paste; once.
export function editer(region) {
  const zone = region.querySelector('textarea'), rendu = region.querySelector('[data-rendu]');
  if (!zone || region.dataset.pret) return;
  region.dataset.pret = '';
  const statut = creer('p', { class: 'dit', role: 'status' }), attendu = [...rendu.childNodes];
  zone.after(statut);
  let rang = 0;
  async function montrer() {
    const mien = (rang += 1), texte = zone.value;
    const fragment = texte.trim() ? await rendre(texte, 1).catch(() => null) : null;
    if (mien === rang) rendu.replaceChildren(...fragment?.childNodes ?? attendu);
  }
  const bientot = retarder(montrer, ATTENTE);
  armer(region.querySelector('[role=toolbar]'), zone);
  zone.addEventListener('input', bientot);
  zone.addEventListener('change', bientot);
  ecouter(zone, (phrase) => { statut.textContent = phrase; });
  if (zone.value) bientot();
}
