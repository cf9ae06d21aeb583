// The page of the visual editor: the editor takes the place of the page when it is asked for, and at
// once for whoever is logged in, or came by a link to one of its views.

const bouton = document.querySelector('#Ouvrir');
const panne = document.querySelector('#Panne');

// Sveltia keeps who is logged in there.
const connu = () => {
  try {
    return Boolean(JSON.parse(localStorage['sveltia-cms.user'] || '{}').backendName);
  } catch {
    return false;
  }
};

const ouvrir = () => {
  const programme = document.createElement('script');
  programme.src = document.body.dataset.editeur;
  bouton.disabled = true;
  programme.onerror = () => {
    bouton.disabled = false;
    panne.hidden = false;
  };
  programme.onload = () => {
    for (const feuille of document.querySelectorAll('link[rel=stylesheet]')) feuille.disabled = true;
    document.querySelector('#contenu').remove();
  };
  document.head.append(programme);
};

document.querySelector('#Ouverture').hidden = false;
bouton.addEventListener('click', ouvrir);
if (connu() || location.hash.length > 1) ouvrir();
