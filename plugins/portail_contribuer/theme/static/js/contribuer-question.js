// What whoever mends a published content is asked first: what is to change. Then its fields alone are
// shown; style hides the others, which keep and give back what they hold. An error shows where it is.
const { $ } = await import(document.querySelector('[data-commun]').dataset.commun);
const { devoiler } = await import(new URL('contribuer-gestes.js', import.meta.url));
const CONTROLE = 'input:checked, input:not([type=radio], [type=hidden]), textarea, select';

export function lancer({ form, dire, origine, saisies }) {
  const region = $('Question'), boutons = [...region.querySelectorAll('button')], titre = $('Question-titre');
  const reste = [$('Proposer'), ...form.querySelectorAll('.bloc')];
  // Fields outside any row, rows as a whole; what holds them.
  const champs = [...form.querySelectorAll('.bloc :is(.champ, [data-lignes])')].filter(
    (un) => !un.parentElement.closest('[data-lignes]'),
  );
  const autour = [...form.querySelectorAll('.bloc, .pli:not([data-grille])')];
  const nomDe = ({ dataset: { lignes, chemin, hors } }) => lignes ?? chemin ?? `@${hors}`;
  const tu = (bloc, oui) => bloc.classList.toggle('tu', oui);
  const dehors = (un) => !un.closest('.pli:not(.partie)');
  let voulus = [];

  // `seances:etat=reprogramme`: only once a control says so.
  function voulu(champ) {
    const nom = nomDe(champ);
    return voulus.some((un) => {
      const [cle, temoin, valeur] = un.split(/[:=]/);
      return (nom === cle || nom.startsWith(`${cle}.`))
        && (!temoin || saisies.lire(form.querySelector(`[data-chemin="${temoin}"]`)) === valeur);
    });
  }
  function trier() {
    for (const un of champs) tu(un, !voulu(un));
    for (const un of autour)
      tu(
        un,
        ![...un.querySelectorAll('.champ, [data-lignes]')].some(
          (dedans) => champs.includes(dedans) && !dedans.matches('.tu, [hidden]'),
        ),
      );
  }
  function demander(bouton) {
    for (const un of boutons) un.setAttribute('aria-pressed', un === bouton);
    form.dataset.quoi = bouton.value;
    voulus = (bouton.dataset.champs ?? '').split(' ').filter(Boolean);
    if (voulus.length) trier();
    for (const un of voulus.length ? [$('Proposer')] : [...reste, ...champs, ...autour]) tu(un, false);
    const montres = voulus.length ? champs.filter((un) => !un.matches('.tu') && !un.closest('[hidden]')) : champs;
    // A part is opened for what is asked of it; a fold when nothing of what is asked stands outside it.
    const replies = !montres.some(dehors);
    if (voulus.length) for (const un of montres) if (replies || dehors(un)) devoiler(un);
    const premier = montres.find((un) => un.checkVisibility()) ?? montres[0],
      controle = [...premier.querySelectorAll(CONTROLE)].find((un) => un.checkVisibility())
        ?? premier.querySelector('button');
    controle.focus({ preventScroll: true });
    (voulus.length ? region : premier).scrollIntoView();
    dire(`${bouton.textContent.trim()} : changez ce qui doit l’être, puis vérifiez.`);
  }

  region.addEventListener('click', ({ target }) => boutons.includes(target) && demander(target));
  const suivre = ({ target }) => {
    // What was announced first is known: it is the day that was published.
    const etat = target.closest('[data-chemin=etat]'),
      ancien = form.querySelector('.pli > div > [data-chemin=ancien_debut]');
    if (etat && !etat.closest('.rang') && !ancien.hidden && !saisies.lire(ancien))
      saisies.ecrire(ancien, origine.debut);
    if (voulus.length) trier();
  };
  form.addEventListener('change', suivre);

  region.hidden = false;
  form.dataset.quoi = '';
  const dite = new URLSearchParams(location.search).get('quoi'), premiere = boutons.find(({ value }) => value === dite);
  if (premiere) return demander(premiere);
  for (const un of reste) tu(un, true);
  titre.focus({ preventScroll: true });
  region.scrollIntoView({ block: 'nearest' });
  return null;
}
