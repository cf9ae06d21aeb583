// What a text says plainly: its price, its booking, its ages, its address.
const LONG = 60_000;

// Without accents, capitals nor runs of spaces, which expressions would go through many times.
export const plat = (texte) => [...texte.slice(0, LONG).replace(/[\u2019\u02bc]/g, "'").replace(/[\u2010-\u2015]/g, '-').replace(/[^\S\n]+/g, ' ')]
  .map((un) => (un.length > 1 ? ' ' : un.normalize('NFD')[0])).join('').toLowerCase();

function tarifDe(texte) {
  const source = plat(texte), prix = [], fait = {};
  for (const lu of source.matchAll(/(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:€|euros?\b|eur\b)|€\s*(\d{1,4}(?:[.,]\d{1,2})?)|(\d{1,3})\s*€\s*(\d{2})\b/g)) {
    const valeur = lu[3] ? `${lu[3]},${lu[4]}` : (lu[1] ?? lu[2]).replace('.', ',');
    const avant = source.slice(Math.max(0, lu.index - 30), lu.index).split(/[€;\n]|euros/).at(-1), apres = source.slice(lu.index + lu[0].length, lu.index + lu[0].length + 30).split(/[;,/\n]|\d/)[0];
    prix.push({ valeur, nombre: Number(valeur.replace(',', '.')), reduit: /reduit|demi-tarif|enfant|etudiant|moins de|-\s*$/.test(avant) || /reduit|enfant|etudiant|moins de/.test(apres) });
  }
  const libre = /\b(gratuit(e|es|s)?|entree libre|acces libre|participation libre|free)\b/.test(source) && !/\b(non|pas|n'est pas) gratuit/.test(source);
  const payants = prix.filter(({ nombre }) => nombre > 0);
  if (!payants.length) return libre || prix.length ? { gratuit: 'true' } : undefined;
  const pleins = payants.filter(({ reduit }) => !reduit), reduits = payants.filter(({ reduit }) => reduit);
  fait.prix = (pleins.length ? pleins : payants).reduce((un, autre) => (autre.nombre > un.nombre ? autre : un)).valeur;
  const bas = reduits.filter(({ nombre }) => nombre < Number(fait.prix.replace(',', '.')));
  if (bas.length) fait.reduit = bas[0].valeur;
  const ligne = texte.split('\n').filter((une) => /€|euro|tarif|gratuit/i.test(une)).join(' ; ').replace(/\s+/g, ' ').trim();
  if ((libre || payants.length > 2) && ligne.length <= 255) fait.conditions = ligne;
  return fait;
}

function inscriptionDe(texte) {
  const source = plat(texte), sujet = '(?:reservation|inscription|reserver|s.inscrire)s?';
  const fait = {};
  if (new RegExp(`(sans|pas de|pas d.|aucune)\\s+${sujet}|${sujet}[^.\\n]{0,20}(non (?:obligatoire|necessaire)|inutile)`).test(source)) fait.regime = 'aucune';
  else if (new RegExp(`${sujet}[^.\\n]{0,30}(obligatoire|indispensable|necessaire|requise)|(obligatoire|indispensable)[^.\\n]{0,20}${sujet}|\\bsur ${sujet}`).test(source)) fait.regime = 'obligatoire';
  else if (new RegExp(`${sujet}[^.\\n]{0,30}(conseillee|recommandee|souhaitee)`).test(source)) fait.regime = 'conseillee';
  const ici = texte.slice(0, LONG).split('\n').filter((une) => new RegExp(sujet).test(plat(une))).join('\n');
  fait.courriel = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i.exec(ici)?.[0];
  fait.telephone = /(?:\+33\s?|\b0)[1-9](?:[\s.-]?\d{2}){4}\b/.exec(ici)?.[0].replace(/[.-]/g, ' ');
  fait.url = /https?:\/\/[^\s<>"»)]+[^\s<>"»).,;:!?]/.exec(ici)?.[0];
  return Object.fromEntries(Object.entries(fait).filter(([, valeur]) => valeur));
}

function ageDe(texte) {
  const source = plat(texte);
  const deux_ = /(?:de\s+|\b)(\d{1,2})\s*(?:a|-|et)\s*(\d{1,2})\s*ans\b/.exec(source), un = /(?:des|a partir de|des l'age de|plus de)\s+(\d{1,2})\s*ans\b|\b(\d{1,2})\s*ans et (?:plus|\+)|\+\s?(\d{1,2})\s*ans/.exec(source);
  if (deux_ && Number(deux_[1]) < Number(deux_[2])) return { min: deux_[1], max: deux_[2] };
  return un ? { min: un[1] ?? un[2] ?? un[3] } : undefined;
}

// What a text says plainly of the price, of booking and of ages.
export const indices = (texte) => ({ tarif: tarifDe(texte), inscription: inscriptionDe(texte), age: ageDe(texte) });

// « La Coupole, rue Clabaux, 62570 Wizernes, France » in its parts.
export function adresseDe(texte) {
  const parts = texte.split(/\s*(?:[\n,;]|\s[-–—]\s)\s*/).map((une) => une.trim()).filter((une) => une && !/^france$/i.test(une));
  const fait = {}, reste = [];
  for (const une of parts) {
    const postal = /^(.*?)\b(\d{5})\b\s*(.*)$/.exec(une);
    if (postal && !fait.code_postal && (postal[3] || reste.length)) {
      fait.code_postal = postal[2];
      fait.commune = postal[3].replace(/\s*\(.*\)$|\s+cedex.*$/i, '').trim();
      if (/cedex/i.test(postal[3])) delete fait.code_postal;
      if (postal[1].trim()) reste.push(postal[1].trim());
    } else reste.push(une);
  }
  const voie = /^(\d+\s*(bis|ter|quater|[a-d])?\b(?!\s*[€h])|(rue|avenue|av\.|place|boulevard|bd|allee|chemin|route|impasse|quai|square|cours|parvis|esplanade|zone|za|rond)\b)/;
  const rang = reste.findIndex((une) => voie.test(plat(une)));
  if (rang >= 0) {
    const seul = /^\d+\s*(bis|ter)?$/i.test(reste[rang]) && reste[rang + 1];
    fait.rue = reste.splice(rang, seul ? 2 : 1).join(' ');
  }
  fait.nom = reste.shift();
  if (!fait.commune && reste.length) fait.incertain = reste;
  return fait;
}
