// What is to be mended, beside each field and in a summary, once the check was asked for: never
// while typing. A field that is mended is said so at once; what can be reckoned is a button.
const { $, NB, apres, bouton, cache, capital, compter, direHeure } = await import(
  document.querySelector('[data-commun]').dataset.commun
);
const { devoiler, fautif, menant, mener, retarder } = await import(new URL('contribuer-gestes.js', import.meta.url));
const PAUSE = 500;
const TELEPHONE = /^(?:\+(?:33|262|508|59[046])|0)[\s.]*[1-9](?:[\s.-]*\d{2}){4}$/;

export function lancer(atelier) {
  const { form, creer, dire, saisies } = atelier;
  const sommaire = $('Sommaire') ?? form.insertBefore(creer('div', { id: 'Sommaire' }), form.firstChild);
  let presentes = [], reverifier = null;

  const nomDe = (champ) => {
    const titre = champ.querySelector('label, legend, .lib');
    const ligne = champ.closest('.rang')?.querySelector('h3, h4')?.textContent.trim();
    const nom = [...(titre?.childNodes ?? [])]
      .filter((un) => !un.classList?.contains('requis'))
      .map((un) => un.textContent)
      .join('')
      .trim();
    return [ligne, nom].filter(Boolean).join(', ').replace(/\s+/g, ' ');
  };
  const controleDe = (champ) =>
    champ.querySelector(':scope > textarea') ??
    champ.querySelector('input:checked, input:not([type=radio], [type=hidden]), textarea, select, input');

  // The exact path, else the nearest group that holds it or that it holds.
  function champDe(chemin, chemins) {
    const cle = chemin.join('/'), groupes = chemin.map((_, rang) => chemin.slice(0, chemin.length - rang).join('/'));
    const trouve = groupes.map((un) => chemins.get(un)).find(Boolean)
      ?? [...chemins].find(([autre, champ]) => champ && autre.startsWith(`${cle}/`))?.[1];
    if (trouve) return trouve;
    // A row that says nothing yet: « seances » or « debut » is its first control.
    // A link that is sent later is chosen above the field of the link.
    const tete =
      form.querySelector(`[data-chemin="${chemin[0]}"]:not([hidden])`) ??
      (chemin[0] === 'en_ligne' ? form.querySelector('[data-hors=lien]') : null) ??
      (chemin[0] === 'partout' ? form.querySelector('[data-hors=mode]') : null) ??
      form.querySelector(
        `[data-lignes="${['debut', 'fin'].includes(chemin[0]) ? 'seances' : chemin[0]}"] [data-saisie]`,
      );
    return tete && !tete.closest('[hidden]') ? tete : null;
  }
  function remede(texte, faire) {
    const un = bouton(texte, 'geste', () => {
      const champ = un.closest('.champ');
      const ou = faire() ?? controleDe(champ);
      for (const nom of ['input', 'change']) controleDe(champ).dispatchEvent(new Event(nom, { bubbles: true }));
      ou?.focus();
    });
    return un;
  }
  // In the text: where it stands, chosen; what can be reckoned in its place.
  function dansTexte(champ, { extrait, mieux }) {
    const zone = controleDe(champ), place = extrait ? zone.value.indexOf(extrait) : -1, fin = place + extrait.length;
    if (place < 0) return [];
    const montrer = bouton('Montrer où', 'geste', () => {
      zone.focus();
      zone.setSelectionRange(place, fin);
    });
    return [
      montrer,
      ...(mieux
        ? [
            remede(`Écrire «${NB}${mieux}${NB}»`, () => {
              zone.setRangeText(mieux, place, fin, 'end');
            }),
          ]
        : []),
    ];
  }
  // A session of several days, with hours: they are those of each day, which other fields say.
  function chaqueJour(champ, { debut, fin }, chez) {
    const [[du, de], [au, a]] = [debut, fin].map((moment) => moment.split(' '));
    const heures = [de, a].filter(Boolean).map(direHeure).join(' à ');
    return remede(`${capital(heures)} chaque jour`, () => {
      saisies.ecrire(champ, {});
      for (const [cle, valeur] of Object.entries({ du, au, de, a })) saisies.ecrire(chez(`horaires.${cle}`), valeur);
      saisies.deplier(form);
      return controleDe(chez('horaires.du'));
    });
  }
  function remedes(champ, faute) {
    const { code, ecrire = '', choix } = faute, dit = saisies.lire(champ), texte = typeof dit === 'string' ? dit : '';
    if (champ.dataset.saisie === 'corps') return dansTexte(champ, { extrait: '', ...faute });
    const boutons = [];
    if (code === 'E219' && /^(?!https?:)[^\s:/@]+\.[^\s:@]+$/i.test(texte)) {
      boutons.push(remede(`Écrire «${NB}https://${texte}${NB}»`, () => { saisies.ecrire(champ, `https://${texte}`); }));
    }
    if (texte) {
      // « cle: valeur », as a file would write it.
      const [, seul] = /^\w+: ([^…[{]+)$/.exec(ecrire) ?? [];
      for (const mieux of (choix ?? [seul]).filter((un) => un && un !== texte).slice(0, 6)) {
        boutons.push(remede(choix ? mieux : `Écrire «${NB}${mieux}${NB}»`, () => { saisies.ecrire(champ, mieux); }));
      }
    }
    const chez = (chemin) => form.querySelector(`[data-chemin="${chemin}"]`),
      sien = (controleDe(champ)?.value ?? '').trim();
    const [numero, conditions] = /^tarif\.(prix|reduit)$/.test(champ.dataset.chemin)
      ? [chez('inscription.telephone'), chez('tarif.conditions')]
      : [];
    if (numero && TELEPHONE.test(sien)) {
      boutons.unshift(remede(`Déplacer ce numéro vers «${NB}Inscription${NB}»`, () => {
        const regime = chez('inscription.regime');
        saisies.ecrire(champ, '');
        saisies.ecrire(numero, sien);
        if (regime && !/conseillee|obligatoire/.test(saisies.lire(regime))) saisies.ecrire(regime, 'conseillee');
        saisies.conditionner(form);
        dire('Numéro déplacé. Dites si l’inscription est conseillée ou obligatoire.');
        return controleDe(numero);
      }));
    }
    if (conditions && /\p{L}{3}/u.test(sien)) {
      boutons.unshift(remede(`Déplacer ces mots vers «${NB}Conditions${NB}»`, () => {
        saisies.ecrire(champ, '');
        saisies.ecrire(conditions, [saisies.lire(conditions), sien].filter(Boolean).join(' ; '));
      }));
    }
    const [jour, dernier] = ['jour', 'dernier'].map((nom) => champ.querySelector(`[data-part=${nom}]`));
    if (code === 'E213' && dernier && !dernier.value) {
      boutons.push(remede('Elle finit le lendemain', () => {
        dernier.value = apres(jour.value, 1);
        saisies.deplier(form);
        return dernier;
      }));
    }
    const seance = champ.closest('.rang');
    const seule = () => saisies.lignesDe(seance.closest('[data-lignes]')).length === 1
      && Object.keys(saisies.recueillir(seance).valeur).join() === 'debut,fin';
    if (code === 'E229' && seule()) boutons.push(chaqueJour(champ, dit, chez));
    if (champ.dataset.chemin === 'lieu' && texte && !champ.dataset.valeur) {
      boutons.push(remede('Ce lieu n’est pas dans l’annuaire : écrire l’adresse', () => {
        const nom = chez('adresse.nom'), commune = chez('adresse.commune');
        saisies.ecrire(champ, '');
        if (nom) saisies.ecrire(nom, texte);
        saisies.conditionner(form);
        return commune && controleDe(commune);
      }));
    }
    return boutons;
  }

  function nettoyer(champ) {
    const note = champ.querySelector('.erreur');
    champ.classList.remove('fautif');
    champ.querySelector('.remedes')?.remove();
    if (!note) return;
    note.hidden = true;
    note.replaceChildren();
    for (const controle of champ.querySelectorAll('[aria-invalid]')) controle.removeAttribute('aria-invalid');
  }
  function marquer(champ, fautes) {
    nettoyer(champ);
    const premier = controleDe(champ);
    let note = champ.querySelector('.erreur');
    if (!note) premier.before(note = creer('p', { class: 'erreur' }));
    note.id ||= `Erreur-${premier.id}`;
    note.replaceChildren(...fautes.flatMap(({ message, remede, dit = message, conseil = remede }, rang) => [
      ...(rang ? [creer('br')] : []), ...fautif(dit, conseil)]));
    note.hidden = false;
    champ.classList.add('fautif');
    const fautifs =
      champ.matches('fieldset, [role=group]') && /radio|checkbox/.test(premier.type)
        ? [premier]
        : champ.querySelectorAll('input, textarea, select');
    for (const controle of fautifs) {
      controle.setAttribute('aria-invalid', 'true');
      controle.setAttribute(
        'aria-describedby',
        [...new Set([...(controle.getAttribute('aria-describedby') ?? '').split(' '), note.id])]
          .filter(Boolean)
          .join(' '),
      );
    }
    const boutons = fautes.flatMap((faute) => remedes(champ, faute)), connues = fautes.filter(({ code }) => code);
    const savoir = creer(
      'details',
      { class: 'savoir' },
      creer('summary', {}, 'En savoir plus', cache(`${NB}: ${nomDe(champ)}`)),
      ...connues.map(({ code, message, remede }) =>
        creer('p', {}, creer('code', {}, code), ` À la relecture, ou dans le fichier${NB}: ${message} ${remede}`),
      ),
    );
    if (boutons.length || connues.length) note.after(
      creer(
        'div',
        { class: 'remedes' },
        ...(boutons.length ? [creer('div', { class: 'actions' }, ...boutons)] : []),
        ...(connues.length ? [savoir] : []),
      ),
    );
  }

  function plan() {
    atelier.fautifs = presentes.map(({ champ }) => champ);
    atelier.plan?.peindre();
    const titre = document.querySelector('#Plan h2');
    if (titre) titre.textContent = presentes.length ? `${points()} à corriger` : 'Tout est prêt';
  }
  const points = () => compter(presentes.length, 'point');

  function resumer() {
    document.title = `${presentes.length ? `Erreur${NB}: ` : ''}${document.title.replace(/^Erreur.: /, '')}`;
    sommaire.hidden = !presentes.length;
    sommaire.replaceChildren();
    if (presentes.length)
      sommaire.append(
        creer('h2', { class: 'message-titre', id: 'Sommaire-titre' }, `${points()} à corriger avant de proposer`),
        creer('p', {}, 'Rien n’est perdu : ce que vous avez écrit est gardé.'),
        creer(
          'ol',
          {},
          ...presentes.map(({ champ, message, dit = message }) => {
            if (!champ) return creer('li', {}, dit);
            const controle = controleDe(champ),
              nom = champ.dataset.saisie === 'oui' ? '' : `${nomDe(champ)}${NB}: `;
            return creer(
              'li',
              {},
              menant(nom + dit, controle.id, () => {
                devoiler(controle);
                controle.focus({ preventScroll: true });
                champ.scrollIntoView({ block: 'center' });
              }),
            );
          }),
        ),
      );
  }

  function placer(fautes, chemins) {
    const nouvelles = fautes.map((faute) => ({
      ...faute,
      // What is missing is named below the path of the group where it should be.
      champ: faute.champ ?? (faute.besoins ?? []).map((cle) => champDe([...faute.chemin, cle], chemins)).find(Boolean)
        ?? (faute.chemin?.length ? champDe(faute.chemin, chemins) : null),
    }));
    const rangs = new Map([...form.querySelectorAll('.champ')].map((champ, rang) => [champ, rang]));
    return nouvelles.sort((une, autre) => (rangs.get(une.champ) ?? 1e4) - (rangs.get(autre.champ) ?? 1e4));
  }
  function peindre() {
    for (const champ of form.querySelectorAll('.champ.fautif'))
      if (!presentes.some((une) => une.champ === champ)) nettoyer(champ);
    for (const champ of new Set(presentes.flatMap((une) => une.champ ?? []))) {
      marquer(champ, presentes.filter((une) => une.champ === champ));
      devoiler(champ);
    }
    plan();
    resumer();
  }

  // `encore` checks again what was mended; it gives faults and paths.
  function montrer(fautes, chemins, encore) {
    presentes = placer(fautes, chemins);
    reverifier = encore;
    // Heard by its title as it takes the focus; an alert would be heard twice.
    for (const [nom, valeur] of [
      ['tabindex', '-1'],
      ['role', 'group'],
      ['aria-labelledby', 'Sommaire-titre'],
    ])
      sommaire.setAttribute(nom, valeur);
    peindre();
    if (presentes.length) mener(sommaire);
  }
  // Only what is mended goes away; nothing new is said before the next check is asked for.
  async function relever(champ) {
    const { fautes, chemins } = await reverifier(), restent = placer(fautes, chemins);
    const avant = presentes.length;
    const memes = (une) => restent.find((autre) => autre.champ === une.champ && autre.code === une.code);
    presentes = presentes.map((une) => (une.champ === champ || !memes(une) ? memes(une) : une)).filter(Boolean);
    if (
      presentes.length === avant &&
      champ.classList.contains('fautif') &&
      !presentes.some((une) => une.champ === champ)
    )
      nettoyer(champ);
    if (presentes.length === avant) return;
    peindre();
    dire(presentes.length ? `Corrigé. Il reste ${points()}.` : 'Tout est corrigé : vérifiez de nouveau pour proposer.');
  }
  const bientot = retarder(relever, PAUSE);
  form.addEventListener('change', ({ target }) => {
    const champ = target.closest('.champ') ?? target.closest('[data-lignes]');
    if (presentes.length && reverifier && champ) bientot(champ);
  });
  form.addEventListener('efface', () => {
    presentes = [];
    peindre();
  });
  return { montrer };
}
