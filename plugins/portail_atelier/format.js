// The format of our files for the editor: the text is kept; a save writes the keys that changed, in place.
import { parseDocument } from './yaml/index.js';
import { ecrire } from './contribuer-fichier.js';

const SOURCE = '_source', TETE = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/;
// All is text, as the models read it: a number would lose the first sign of 02400.
const LU = { version: '1.2', schema: 'failsafe' };
// A day before the name of a file is not part of the name by which others call it.
const JOUR = /^\d{4}-\d\d-\d\d-(?=.)/;
const estGroupe = (un) => typeof un === 'object' && un !== null && !Array.isArray(un);
const vide = (un) => un === undefined || un === null || un === ''
  || (typeof un === 'object' && Object.values(un).every(vide));

// What a value means, however it is written: empty or absent, a word or a list of it, any order of keys.
function sens(un) {
  if (vide(un)) return null;
  if (Array.isArray(un)) return un.length === 1 && !estGroupe(un[0]) ? sens(un[0]) : un.map(sens);
  if (!estGroupe(un)) return String(un).trim();
  const cles = Object.keys(un).filter((cle) => !vide(un[cle])).sort();
  return Object.fromEntries(cles.map((cle) => [cle, sens(un[cle])]));
}
const pareil = (un, autre) => JSON.stringify(sens(un)) === JSON.stringify(sens(autre));

// The values of a group or of its rows, each changed by `faire(value, path)`, those within first.
function partout(un, faire, chemin = '') {
  if (Array.isArray(un)) return un.map((rang) => (estGroupe(rang) ? partout(rang, faire, chemin) : rang));
  const dedans = chemin && `${chemin}.`;
  return Object.fromEntries(Object.entries(un).map(([cle, valeur]) => {
    const ici = `${dedans}${cle}`, objet = valeur !== null && typeof valeur === 'object';
    return [cle, faire(objet ? partout(valeur, faire, ici) : valeur, ici)];
  }));
}
const chacun = (un, faire) => (Array.isArray(un) ? un.map(faire) : faire(un));

// `champs`: paths of the fields of a kind in the order of its model, and what is odd about each;
// `noms`: names of files by those that references say, for each folder.
export function formatDe(champs, noms) {
  const rang = new Map(Object.keys(champs).map((chemin, place) => [chemin, place]));
  const groupes = new Set([...rang.keys()].map((chemin) => chemin.slice(0, chemin.lastIndexOf('.'))));
  const mots = (chemin) => (champs[chemin] ?? '').split(' ');

  function montre(valeur, chemin) {
    const odd = mots(chemin), fichiers = noms[odd.at(-1)] ?? {};
    const nomme = chacun(valeur, (un) => (typeof un === 'string' && Object.hasOwn(fichiers, un) ? fichiers[un] : un));
    return odd[0] === 'liste' && !Array.isArray(nomme) && !vide(nomme) ? [nomme] : nomme;
  }
  function rendu(valeur, chemin) {
    const nom = mots(chemin).at(-1), texte = (un) => (['number', 'boolean'].includes(typeof un) ? String(un) : un);
    const renvoi = nom && nom !== 'liste';
    return chacun(valeur, (un) => (renvoi && typeof un === 'string' ? un.replace(JOUR, '') : texte(un)));
  }
  // In the order of the model, without what is empty; names that it has not come last.
  function ordonne(groupe, chemin = '') {
    const place = (cle) => rang.get(`${chemin}${cle}`) ?? Infinity;
    const cles = Object.keys(groupe).filter((cle) => !vide(groupe[cle])).sort((une, autre) => place(une) - place(autre) || 0);
    return Object.fromEntries(cles.map((cle) => {
      const un = groupe[cle], dedans = `${chemin}${cle}.`;
      return [cle, chacun(un, (valeur) => (estGroupe(valeur) ? ordonne(valeur, dedans) : valeur))];
    }));
  }

  function retouches(texte, avant, apres) {
    const faites = [], debutDe = (place) => texte.lastIndexOf('\n', place - 1) + 1;
    // Where lines end that begin before `fin`: comments before what follows are its own.
    function sansSuite(debut, fin) {
      const lignes = texte.slice(debut, fin).split('\n');
      if (lignes.at(-1) === '') lignes.pop();
      while (lignes.length > 1 && /^\s*(#.*)?$/.test(lignes.at(-1))) lignes.pop();
      return Math.min(fin, debut + lignes.join('\n').length + 1);
    }
    const lignes = (cle, valeur, retrait) =>
      ecrire({ [cle]: valeur }).split('\n').slice(1, -2).join(`\n${' '.repeat(retrait)}`);
    const enLigne = (valeur) => {
      const ligne = lignes('x', valeur, 0);
      return ligne.includes('\n') ? '' : ligne.slice(3);
    };

    function groupe(noeud, vieux, neuf, chemin, fin) {
      const paires = noeud.items.map((paire, place) => {
        const suivante = noeud.items[place + 1], debut = paire.key.range[0];
        return { cle: String(paire.key.value), debut, noeud: paire.value,
          fin: sansSuite(debut, suivante ? debutDe(suivante.key.range[0]) : fin) };
      });
      const retrait = paires[0].debut - debutDe(paires[0].debut);
      for (const paire of paires) {
        const ici = `${chemin}${paire.cle}`, valeur = neuf[paire.cle];
        if (!rang.has(ici) || pareil(vieux[paire.cle], valeur)) continue;
        if (vide(valeur)) faites.push([debutDe(paire.debut), paire.fin, '']);
        else champ(paire, vieux[paire.cle], valeur, ici, retrait);
      }
      const ajoutees = Object.keys(neuf).filter((cle) => !vide(neuf[cle]) && !Object.hasOwn(vieux, cle));
      for (const cle of ajoutees) {
        const sien = rang.get(`${chemin}${cle}`) ?? Infinity;
        const places = paires.map((paire) => [rang.get(`${chemin}${paire.cle}`) ?? -1, paire])
          .filter(([place]) => place < sien).sort(([une], [autre]) => une - autre);
        const ou = places.length ? places.at(-1)[1].fin : debutDe(paires[0].debut);
        faites.push([ou, ou, `${' '.repeat(retrait)}${lignes(cle, neuf[cle], retrait)}\n`]);
      }
    }

    function champ({ cle, debut, fin, noeud }, vieux, neuf, chemin, retrait) {
      const bloc = noeud?.items?.length && !noeud.flow;
      if (bloc && estGroupe(vieux) && estGroupe(neuf) && groupes.has(chemin)) groupe(noeud, vieux, neuf, `${chemin}.`, fin);
      else if (bloc && Array.isArray(vieux) && Array.isArray(neuf) && neuf.length >= vieux.length)
        liste(noeud, vieux, neuf, chemin, fin);
      else {
        const plein = avec(vieux, neuf, chemin);
        const simple = !bloc && noeud?.range[1] > noeud?.range[0] && !texte.slice(...noeud.range).trimEnd().includes('\n');
        const mot = simple && enLigne(plein);
        if (mot) faites.push([noeud.range[0], noeud.range[1], mot]);
        else faites.push([debut, fin, `${lignes(cle, plein, retrait)}\n`]);
      }
    }
    // A group keeps its order, and what the form does not show of it.
    const avec = (vieux, neuf, chemin) => {
      if (!(estGroupe(vieux) && estGroupe(neuf) && groupes.has(chemin))) return neuf;
      const restes = Object.keys(vieux).filter((cle) => Object.hasOwn(neuf, cle) || !rang.has(`${chemin}.${cle}`));
      return { ...Object.fromEntries(restes.map((cle) => [cle, neuf[cle] ?? vieux[cle]])), ...neuf };
    };

    function liste(noeud, vieux, neuf, chemin, fin) {
      const debuts = noeud.items.map((un) => debutDe(un.range[0]));
      const retrait = texte.slice(debuts[0]).indexOf('-');
      noeud.items.forEach((un, place) => {
        const [avantLui, apresLui] = [vieux[place], neuf[place]];
        if (pareil(avantLui, apresLui)) return;
        const bout = sansSuite(debuts[place], debuts[place + 1] ?? fin);
        const memes = estGroupe(avantLui) && estGroupe(apresLui) && !un.flow
          && Object.keys(avantLui).every((cle) => !vide(apresLui[cle]) || !rang.has(`${chemin}.${cle}`));
        if (memes) groupe(un, avantLui, apresLui, `${chemin}.`, bout);
        else faites.push([debuts[place], bout, unRang(avec(avantLui, apresLui, chemin), retrait)]);
      });
      const bout = sansSuite(debuts.at(-1), fin);
      for (const valeur of neuf.slice(vieux.length)) faites.push([bout, bout, unRang(valeur, retrait)]);
    }
    // A row of a list, as the form writes it in a list that takes several lines.
    function unRang(valeur, retrait) {
      const [, , ...reste] = lignes('x', ['x'.repeat(101), valeur], 0).split('\n');
      return `${reste.map((ligne) => ligne.replace(/^ {2}/, ' '.repeat(retrait))).join('\n')}\n`;
    }

    const noeud = parseDocument(texte, LU).contents;
    if (noeud?.items?.length) groupe(noeud, avant, apres, '', texte.length);
    else faites.push([0, 0, ecrire(apres).split('\n').slice(1, -2).map((ligne) => `${ligne}\n`).join('')]);
    faites.sort(([un, bout], [autre, sien]) => un - autre || bout - sien);
    return faites.reduceRight((fait, [debut, fin, par]) => fait.slice(0, debut) + par + fait.slice(fin), texte);
  }

  return {
    fromFile(texte) {
      const tete = TETE.exec(texte), document = parseDocument(tete?.[1] ?? '', LU);
      if (document.errors.length) throw document.errors[0];
      const lues = document.toJS() ?? {};
      const connues = Object.fromEntries(Object.entries(lues).filter(([cle]) => rang.has(cle)));
      const body = (tete ? texte.slice(tete[0].length) : texte).trim();
      return { ...partout(connues, montre), body, [SOURCE]: JSON.stringify(texte) };
    },
    toFile({ [SOURCE]: source, body = '', ...valeurs }) {
      const apres = ordonne(partout(valeurs, rendu));
      if (!source) {
        if (rang.has('publie_le')) apres.publie_le ??= new Date().toLocaleDateString('sv');
        return ecrire(ordonne(apres), body);
      }
      const texte = JSON.parse(source), tete = TETE.exec(texte), suite = texte.slice(tete?.[0].length ?? 0);
      const avant = parseDocument(tete?.[1] ?? '', LU).toJS() ?? {};
      const reste = suite.trim() === body.trim() ? suite : `\n${body.trim()}\n`;
      return `---\n${retouches(tete?.[1] ?? '', avant, apres)}---\n${reste}`;
    },
  };
}
