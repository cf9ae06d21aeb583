// What the modules of the form do alike.
const { NB, creer, lien } = await import(document.querySelector('[data-commun]').dataset.commun);

// Once nothing has asked for it during so many milliseconds.
export function retarder(faire, attente) {
  let minuterie;
  return (...dits) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(faire, attente, ...dits);
  };
}
// Where the reader is led: what is above it stays in sight.
export function mener(vers, block = 'start') {
  vers?.focus({ preventScroll: true });
  vers?.scrollIntoView({ block });
}
// Every fold around it is open.
export function devoiler(dedans) {
  for (let pli = dedans.closest('details'); pli; pli = pli.parentElement.closest('details')) pli.open = true;
}
// A link to a part of the page, that does more than lead there.
export function menant(dedans, id, faire) {
  const un = lien(dedans, `#${id}`);
  un.addEventListener('click', (evenement) => {
    evenement.preventDefault();
    faire();
  });
  return un;
}
// What is wrong, and what to do.
export const fautif = (message, conseil) => [creer('strong', {}, `Erreur${NB}:`), ` ${message} `,
  creer('span', { class: 'remede' }, ...conseil ? [creer('span', { 'aria-hidden': 'true' }, '→ '), conseil] : [])];
// A picture that no address leads to yet, at most so wide.
export async function peindre(toile, blob, large, nom) {
  const image = await createImageBitmap(blob), facteur = Math.min(1, large / image.width);
  Object.assign(toile, {
    width: Math.round(image.width * facteur),
    height: Math.round(image.height * facteur),
    role: 'img',
    ariaLabel: nom,
  });
  toile.getContext('2d').drawImage(image, 0, 0, toile.width, toile.height);
  image.close();
}
export function telecharger(blob, download) {
  const href = URL.createObjectURL(blob);
  creer('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 6e4);
}
export function poids(octets) {
  const milliers = Math.max(1, Math.round(octets / 1e3));
  return milliers < 1e3 ? `${milliers}${NB}ko` : `${`${Math.round(octets / 1e5) / 10}`.replace('.', ',')}${NB}Mo`;
}
