// « Vérifier et relire »: reads the form, checks as `portail check` does, then shows what is to be
// mended, or how the content will appear and the ways to send it.
const { mener } = await import(new URL('contribuer-gestes.js', import.meta.url));
const INCOMPLETE = { message: 'La date ou l’heure n’est pas complète.', remede: 'Complétez-la, ou effacez-la.' };
const HORAIRES = 'Les horaires sont écrits à la main : nous vérifierons qu’ils sont compris.';
// No line ends inside « à 18 h », « 5 € ».
const liee = (texte) => texte.replace(/(à|\d) (?=\d|h\b|€)/g, '$1\u00a0');

export async function lancer(atelier) {
  const { form, genre, dossier, charger, creer, donnees, dire, saisies, jour } = atelier;
  const region = document.getElementById('Pret'), section = region.closest('section');
  const bouton = form.querySelector('[type=submit]');
  const pareil = creer('p', { class: 'renverse', role: 'status' });
  bouton?.parentElement.before(pareil);
  let tour = 0, touche = false;

  // What `check` asks of the rest of the site: which content, which commune is meant. `vues` keeps
  // what was found for each commune: an error offers it.
  const OUTILS = ['lecture', 'regles', 'dates', 'proches'], vues = new Map();
  async function outillage() {
    const controle = await charger('controle');
    if (!controle) return null;
    const { controler: juger, references } = controle;
    const modules = await Promise.all([...OUTILS, 'communes'].map(charger)), communes = modules.at(-1);
    const outils = Object.fromEntries(OUTILS.map((nom, rang) => [nom, modules[rang]]));
    const slugs = async (un) => (await donnees('reperes', `${un}.json`)).lignes.map(([slug]) => slug);
    const connue = references?.(slugs, outils.proches);
    const trouver = communes?.communes((nom) => donnees('communes', `${nom}.deflate`), outils.proches);
    return {
      ...outils,
      juger,
      reference: async (...demande) => connue?.(...demande).catch(() => null),
      async commune(texte) {
        const lu = await trouver?.(texte).catch(() => undefined); // what cannot be read is let through
        vues.set(texte, lu);
        return lu;
      },
    };
  }
  // Candidates as they are to be written, for one press.
  function choix({ code }, champ) {
    if (code !== 'E431' && code !== 'E432') return undefined;
    const { candidats, proches } = vues.get(saisies.lire(champ) ?? '') ?? {};
    const pareils = ([, nom, departement]) => candidats.filter((un) => un[1] === nom && un[2] === departement).length;
    return candidats?.map((un) => `${un[1]} (${pareils(un) > 1 ? un[0] : un[2]})`) ?? proches;
  }

  function cacher(oui) {
    region.hidden = oui;
    section.querySelector('[data-avant]').hidden = !oui;
  }

  // The front matter and body that the form says, with the paths of its controls.
  async function composer() {
    const attendus = [charger('evenement'), donnees('schema'), saisies.venir()];
    const [{ versFichier, ordonner }, schema] = await Promise.all(attendus);
    const { valeur, corps = '', places } = saisies.recueillir(form);
    const { entete, chemins } = versFichier({
      valeur, places, jour, genre, mode: atelier.origine?.mode,
      horsFichier: saisies.hors(form), requis: schema.required ?? [],
    });
    chemins.set('corps', form.querySelector('[data-saisie=corps]'));
    return { entete: ordonner(schema, entete), corps, chemins, schema };
  }
  // What only the form can see: a native date half written, an address that no answer reaches, an
  // agreement that was not given.
  function propres() {
    const natifs = [...form.querySelectorAll('input[type=date], input[type=time]')];
    const fautes = natifs.filter((un) => un.validity.badInput && !un.closest('[hidden]'))
      .map((un) => ({ ...INCOMPLETE, champ: un.closest('.champ') }));
    const courriel = form.querySelector('[data-hors=courriel]');
    const adresse = courriel ? String(saisies.lire(courriel) ?? '').trim() : '';
    if (adresse && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(adresse)) {
      fautes.push({
        champ: courriel, message: `« ${adresse} » ne permet pas de vous répondre.`,
        remede: 'Écrivez votre adresse entière, par exemple julie@example.org, ou effacez-la.',
      });
    }
    const grille = form.querySelector('[data-grille]');
    if (grille?.dataset.fautes) {
      fautes.push({
        champ: grille.closest('.champ'), message: grille.dataset.fautes,
        remede: 'Complétez ce jour dans la grille, ou effacez-le.',
      });
    }
    const accord = form.querySelector('[data-hors=accord]');
    if (accord && !accord.closest('.tu') && !saisies.lire(accord)) {
      fautes.push({
        champ: accord, message: 'L’accord de partage n’est pas coché.',
        remede: 'Cochez la case si tout est de vous, ou si vous avez le droit de le partager.',
      });
    }
    const licence = atelier.image && form.querySelector('[data-chemin="image.licence"]');
    if (licence && !licence.closest('.tu') && !saisies.lire(licence))
      fautes.push({ champ: licence, message: 'On ne sait pas qui peut reprendre l’image.', remede: 'Choisissez-le.' });
    return fautes;
  }
  // The text as `check` judges it; what only the rest of the portal can say is left to the review.
  async function juger(corps, schema, { reference }) {
    if (!corps && !schema['x-texte']) return { fautes: [], restes: [] };
    const noms = ['corps', 'rendu', 'adresses', 'proches', 'controle', 'markdown'];
    const lus = await Promise.all(noms.map(charger));
    const outils = Object.fromEntries(noms.map((nom, rang) => [nom, lus[rang]]));
    if (lus.includes(null)) return { fautes: [], restes: [] };
    if (!corps) {
      const [message, remede] = schema['x-codes'].E326, [vide, conseil] = schema['x-personne'].E326;
      return { fautes: [{ code: 'E326', chemin: ['corps'], message, remede, dit: vide, conseil }], restes: [] };
    }
    const table = await donnees('corps');
    return outils.corps.suivre(outils.corps.juger(corps, table, outils, 'de ce texte'), table, reference);
  }
  // What `check` says of a front matter and of a text, wherever they come from.
  async function examiner({ entete, corps, schema }, outils) {
    if (!outils) return { fautes: [], conseils: [], restes: [] };
    const texte = await juger(corps, schema, outils), grave = ({ code }) => code[0] === 'E';
    return {
      fautes: [...await outils.juger(schema, entete, outils), ...texte.fautes.filter(grave)],
      conseils: texte.fautes.filter((une) => !grave(une)), restes: texte.restes,
    };
  }
  async function controler() {
    const dit = await composer(), { fautes, conseils, restes } = await examiner(dit, await outillage());
    const siennes = propres(), vus = new Set(siennes.map(({ champ }) => champ));
    const placees = fautes.map((une) => [une, dit.chemins.get(une.chemin?.join('/'))]);
    const leurs = placees.filter(([, champ]) => !champ || !vus.has(champ))
      .map(([une, champ]) => ({ ...une, choix: champ && choix(une, champ) }));
    if (form.querySelector('[data-a-lire]')) restes.push(HORAIRES);
    return { ...dit, fautes: [...leurs, ...siennes], conseils, restes };
  }

  async function nommer(titre) {
    if (atelier.origine?.chemin) return atelier.origine.chemin;
    const fichier = await charger('fichier');
    const { crc32 } = await import(new URL('contribuer-reprise.js', import.meta.url));
    const lire = (nom) => donnees('fichiers', `${crc32(nom) % form.dataset.groupes}.deflate`).catch(() => null);
    let slug = 'mon-contenu';
    for (const pris = new Set(); fichier; pris.add(slug)) {
      slug = fichier.nommer(titre, pris);
      if (!Object.hasOwn(await lire(slug) ?? {}, slug)) break;
    }
    return atelier.image ? `content/${dossier}/${slug}/index.md` : `content/${dossier}/${slug}.md`;
  }
  // The names that the preview shows instead of slugs.
  async function faits(entete) {
    const nommes = {};
    for (const champ of form.querySelectorAll('[data-valeur], [data-retenus]')) {
      if (champ.dataset.valeur) nommes[champ.dataset.valeur] = champ.querySelector('input').value;
      for (const [slug, titre] of JSON.parse(champ.dataset.retenus ?? '[]')) nommes[slug] = titre;
    }
    const { lignes } = await donnees('reperes', 'lieux.json').catch(() => ({ lignes: [] }));
    const la = lignes.find(([slug]) => slug === entete.lieu), titres = { ...Object.fromEntries(lignes), ...nommes };
    const lieu = la ? { slug: la[0], titre: la[1], precision: la[2] } : null;
    return { genre, jour, titres, lieu, image: atelier.image ?? null, charger, schema: await donnees('schema') };
  }

  // What could be better, what only the review can see.
  function avertir({ conseils, restes }) {
    const ou = document.getElementById('Conseils');
    const lister = (titre, phrases) => (phrases.length ? [creer('p', {}, creer('b', {}, titre)),
      creer('ul', {}, ...phrases.map((une) => creer('li', {}, une)))] : []);
    if (!ou) return;
    ou.hidden = !conseils.length && !restes.length;
    ou.replaceChildren(
      ...lister('Vous pouvez encore améliorer le texte.', conseils.map((un) => `${un.dit} ${un.conseil}`)),
      ...lister('Cette page ne peut pas le vérifier : la rédaction le fera.', restes),
    );
  }
  // What whoever mends a content changes; null when nothing does.
  async function comparer(dit, connus) {
    const { avant } = atelier.origine, grille = form.querySelector('[data-grille]') && await atelier.lancer('grille');
    const lue = grille?.lue(), grilles = lue && avant.horaires ? [avant.horaires, lue] : null;
    const changements = grilles && (await charger('grille')).changements;
    return (await charger('ecart')).comparer(avant, dit, { form, faits: connus, grilles, changements });
  }
  const PAREIL = 'Rien n’a changé : écrivez ce qui doit l’être, puis vérifiez.';
  async function proposer({ entete, corps, conseils, restes }) {
    avertir({ conseils, restes });
    const [fichier, sorties, apercu, chemin, connus] = await Promise.all([
      charger('fichier'), charger('sorties'), charger('apercu'), nommer(entete.titre ?? ''), faits(entete)]);
    const ecart = atelier.origine?.avant && !atelier.image ? await comparer({ entete, corps }, connus) : undefined;
    pareil.hidden = ecart !== null;
    pareil.textContent = ecart === null ? PAREIL : '';
    if (ecart === null) return cacher(true);
    cacher(false);
    const titre = document.getElementById('Pret-titre');
    if (titre) titre.textContent = ecart ? 'Ce qui change' : 'Tout est prêt';
    document.getElementById('Ecart')
      ?.replaceChildren(...(ecart?.lignes ?? []).map((une) => creer('li', {}, liee(une))));
    // Without a preview one may still propose.
    await apercu?.lignes(document.getElementById('Apercu-lignes'), entete, connus, atelier.origine?.mode === 'modifier')
      .catch((raison) => console.error(raison));
    const voir = region.querySelector('[data-page-entiere]'), texte = fichier?.ecrire(entete, corps) ?? '';
    voir.hidden = !apercu;
    voir.onclick = () => apercu.page(entete, corps, connus);
    sorties?.proposer(document.getElementById('Sorties'), {
      chemin, texte, image: atelier.image ?? null, genre, titre: entete.titre, formulaire: form,
      courriel: saisies.hors(form).courriel ?? '', mode: atelier.origine?.mode ?? '', ecart,
      faits: await apercu?.dits(entete, connus).catch(() => []) ?? [],
    });
    mener(titre ?? section.querySelector('h2'));
    dire(restes.length ? 'Prêt à être proposé ; la rédaction vérifiera le reste.' : 'Tout est prêt à être proposé.');
    form.dispatchEvent(new CustomEvent('pret', { detail: { entete, corps, chemin, texte } }));
  }

  async function verifier() {
    const mien = ++tour;
    bouton?.setAttribute('aria-busy', 'true');
    try {
      await (await atelier.lancer('completion'))?.finirTout();
      touche = false;
      const [dit, erreurs] = await Promise.all([controler(), atelier.lancer('erreurs'), atelier.lancer('plan')]);
      if (mien !== tour) return;
      await erreurs?.montrer(dit.fautes, dit.chemins, controler);
      if (dit.fautes.length) cacher(true);
      else await proposer(dit);
      if (touche && mien === tour) perimer(); // what was typed meanwhile was not read
    } catch (raison) {
      console.error(raison);
      dire('La vérification n’a pas pu se faire. Rien n’est perdu : vérifiez la connexion, puis recommencez.');
    } finally {
      bouton?.removeAttribute('aria-busy');
    }
  }
  function perimer() {
    cacher(true);
    dire('Modifié : vérifiez de nouveau pour proposer.');
  }
  // What is changed after the check has to be checked again: what was shown is no longer true.
  for (const nom of ['input', 'change', 'rempli']) {
    form.addEventListener(nom, ({ target }) => {
      if (region.contains(target) || target.closest('[data-hors=courriel]')) return;
      touche = true;
      if (!region.hidden) perimer();
    });
  }
  // The small card beside the form, where there is room for it.
  async function carte(region) {
    const apercu = await charger('apercu'), { entete } = await composer();
    if (apercu?.ligne && entete.titre) await apercu.ligne(region, entete, await faits(entete)).catch(() => {});
  }
  return { verifier, carte };
}
