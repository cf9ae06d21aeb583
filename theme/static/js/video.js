// A video of elsewhere: its frame is made when the reader asks for it, never before.
const ALLOWED = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
// Any site may hold a video (PeerTube): its player runs and opens its own page, but it can neither
// lead this page elsewhere, nor send a form, save a file or show a dialogue.
const SANDBOX = 'allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox';

for (const figure of document.querySelectorAll('.video[data-cadre]')) {
  const link = figure.querySelector('a');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'bouton';
  button.textContent = 'Lire la vidéo ici';
  const name = document.createElement('span');
  name.className = 'visually-hidden';
  name.textContent = `\u00a0: ${link.textContent}`;
  button.append(name);
  button.addEventListener('click', () => play(figure, link, button), { once: true });
  link.after(button);
}

function play(figure, link, button) {
  const frame = document.createElement('iframe');
  const address = new URL(figure.dataset.cadre);
  address.searchParams.set('autoplay', '1');
  frame.title = link.textContent;
  frame.allow = ALLOWED;
  frame.setAttribute('sandbox', SANDBOX);
  frame.allowFullscreen = true;
  // Some players refuse to play for a page that does not say which site it belongs to.
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  frame.src = address.href;
  button.replaceWith(frame);
  figure.classList.add('lue');
  frame.tabIndex = -1;
  frame.focus();
}
