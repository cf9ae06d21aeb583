// What the modules of the form do alike.
const { NB, creer } = await import(document.querySelector('[data-commun]').dataset.commun);

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
export function telecharger(blob, download) {
  const href = URL.createObjectURL(blob);
  creer('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 6e4);
}
export function poids(octets) {
  const milliers = Math.max(1, Math.round(octets / 1e3));
  return milliers < 1e3 ? `${milliers}${NB}ko` : `${`${Math.round(octets / 1e5) / 10}`.replace('.', ',')}${NB}Mo`;
}
