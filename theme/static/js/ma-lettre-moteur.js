// Draws the letter of a choice from the templates of the page; every word is that of the data.
const { NB, $, compter, dater, direJour, ecrire, lire, modele, titrer } = await import(document.querySelector('[data-commun]').dataset.commun);
const aujourdhui = document.documentElement.dataset.auj;

function dessinerLigne(li, { c, jour, texte, details, etiquette }, textes) {
  const lien = li.querySelector('a'), eph = li.querySelector('.eph');
  li.className = li.className.replace(/k-\w+/, `k-${textes[c.couleur]}`);
  if (jour && eph) {
    // For the eyes alone where words say it; a limit is not the day of the event.
    const dite = `${details} ${textes[etiquette]}`.includes(direJour(jour, { semaine: false, annee: false }));
    const avant = /^Inscription avant/.test(textes[etiquette]) ? 'avant le' : dite && /^Jusqu/.test(details) ? 'jusqu’au' : undefined;
    dater(eph, jour, { avant });
    if (dite) eph.setAttribute('aria-hidden', 'true');
  }
  else eph?.remove();
  li.classList.toggle('avec-eph', Boolean(jour && eph));
  lien.href = c.url;
  titrer(lien, c.titre);
  ecrire(li.querySelector('.sur'), textes[c.nature]);
  ecrire(li.querySelector('.txt'), texte);
  ecrire(li.querySelector('.meta'), details);
  const etiq = li.querySelector('.etiqs');
  if (textes[etiquette]) ecrire(etiq.firstElementChild, textes[etiquette]);
  else etiq.remove();
  return li;
}

// A section of the page, whose groups are those of the template: without a title, then with one.
function dessinerSection([cle, titre, lien, adresse, seuls], groupes, textes) {
  const section = modele(cle === 'une' || cle === 'relire' ? 'nouvelles' : 'breves');
  const tete = section.querySelector('.tete-sec'), h2 = tete.querySelector('h2');
  h2.id = `Section-${cle}`;
  const pleins = groupes.filter(([, lignes]) => lignes.length);
  // A lone group may be said by the title.
  const seul = pleins.length === 1 && seuls?.find(([nom]) => nom === pleins[0][0]);
  h2.textContent = seul ? seul[1] : titre;
  const plus = tete.querySelector('a');
  if (lien) {
    plus.href = adresse;
    plus.textContent = lien;
  } else plus.remove();
  const sous = section.querySelector('h3.lettre-groupe');
  const [simple, titree] = [...section.querySelectorAll('ol')];
  section.replaceChildren(tete, ...pleins.flatMap(([groupe, lignes]) => {
    const nom = seul ? '' : groupe;
    const liste = (nom ? titree : simple).cloneNode(true), [li] = liste.children;
    liste.replaceChildren(...lignes.map((une) => dessinerLigne(li.cloneNode(true), une, textes)));
    if (!nom) return [liste];
    const h3 = sous.cloneNode(true);
    h3.textContent = nom;
    return [h3, liste];
  }));
  return section;
}

function rien(form) {
  const vide = modele('vide');
  for (const lien of vide.querySelectorAll('[data-sans]')) {
    const reste = new URLSearchParams(new FormData(form)), nom = lien.dataset.sans;
    if (!reste.get(nom)) lien.closest('li').remove();
    for (const [cle, valeur] of [...reste]) if (!valeur || cle === nom) reste.delete(cle);
    lien.href = `${form.action}${`${reste}` && '?'}${reste}`;
  }
  return vide;
}

export async function lancer(form) {
  const [module, lues] = await Promise.all([import(form.dataset.choix), lire(form.dataset.donnees)]);
  const donnees = module.preparer(lues, aujourdhui);
  // Choices of the form, field by field: [[['departement', 'somme']], [['theme', 'a'], …]].
  function demande() {
    const champs = {};
    for (const un of form.querySelectorAll(':is(option, input):checked[data-v]')) {
      (champs[(un.name ?? un.closest('select').name)] ??= []).push(un.dataset.v.split('='));
    }
    return Object.values(champs);
  }
  function composer() {
    const choix = demande(), groupes = module.composer(donnees, choix);
    const agenda = (...reste) => [form.dataset.agenda, new URLSearchParams([...choix.flat(), ...reste])].filter(String).join('?');
    const adresses = { 'week-end': agenda(['quand', 'week-end']), 'a-noter': agenda() };
    const pleines = donnees.rubriques.filter(([cle]) => groupes[cle].some(([, lignes]) => lignes.length));
    const nombre = Object.values(groupes).flat().reduce((somme, [, lignes]) => somme + lignes.length, 0);
    $('Lettre').replaceChildren(...pleines.map((section) => {
      const [cle, titre, lien, adresse, seuls] = section;
      return dessinerSection([cle, titre, lien, adresses[cle] ?? adresse, seuls], groupes[cle], donnees.textes);
    }));
    if (!nombre) $('Lettre').append(rien(form));
    const noms = [...form.querySelectorAll(':is(option, input):checked[data-v]')]
      .map((un) => (un.labels?.[0] ?? un).textContent.trim());
    const pour = noms.length ? `pour${NB}: ${noms.join(', ')}` : 'dans toute la région';
    $('Statut').textContent = `${nombre ? compter(nombre, 'contenu') : 'Aucun contenu'} cette semaine ${pour}`;
  }
  return { composer };
}
