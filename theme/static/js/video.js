// A video of elsewhere: its frame is made when the reader asks for it, never before.
const ALLOWED = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
// Any site may hold a video (PeerTube): its player runs and opens its own page, but it can neither
// lead this page elsewhere, nor send a form, save a file or show a dialogue.
const SANDBOX = 'allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox';

const make = (name, traits) => Object.assign(document.createElement(name), traits);

for (const figure of document.querySelectorAll('.video[data-cadre]')) {
  const link = figure.querySelector('a');
  const button = make('button', { type: 'button', className: 'bouton', textContent: 'Lire la vidéo ici' });
  button.append(make('span', { className: 'visually-hidden', textContent: `\u00a0: ${link.textContent}` }));
  button.addEventListener('click', () => play(figure, link, button), { once: true });
  link.after(button);
}

function play(figure, link, button) {
  const address = new URL(figure.dataset.cadre);
  address.searchParams.set('autoplay', '1');
  // Some players refuse to play for a page that does not say which site it belongs to.
  const referrerPolicy = 'strict-origin-when-cross-origin';
  const frame = make('iframe', {
    title: link.textContent,
    allow: ALLOWED,
    sandbox: SANDBOX,
    allowFullscreen: true,
    referrerPolicy,
    tabIndex: -1,
  });
  frame.src = address.href;
  button.replaceWith(frame);
  figure.classList.add('lue');
  frame.focus();
}
