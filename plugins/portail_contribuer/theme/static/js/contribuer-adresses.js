// What an address of a text may be: the twin of body/addresses.py, by the patterns that body_rules.py gives.
const MARQUES = {
  ' ': '%20', '"': '%22', '<': '%3C', '>': '%3E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D', '^': '%5E',
  '\\': '%5C', "'": '%27',
};
const refuser = (code, valeur, attendu = '') => ({ nature: 'refusee', valeur, code, attendu });

export const ecrites = (texte) => texte.replace(/(?:%[0-9a-f]{2})+/gi, (suite) =>
  new TextDecoder().decode(Uint8Array.from(suite.slice(1).split('%'), (un) => Number.parseInt(un, 16))));

// Whether its host is one.
function hote(adresse, motifs) {
  const [, autorite] = /^[a-z]+:\/\/([^/?#]*)/i.exec(adresse) ?? [];
  if (!autorite) return false;
  const seule = autorite.slice(autorite.lastIndexOf('@') + 1);
  if (seule.startsWith('[')) return /^\[[0-9a-f:.]+\](?::\d*)?$/i.test(seule) && !/:0+$/.test(seule);
  const [, nom, port = ''] = /^([^:]*)(?::(.*))?$/.exec(seule) ?? [];
  return (
    Boolean(nom) &&
    motifs.hote.test(nom) &&
    /^\d*$/.test(port) &&
    (port === '' || (Number(port) > 0 && Number(port) < 65536))
  );
}

// Whether a mailto: fills nothing but the subject, on one line, and the text.
const motsSeuls = (champs) => champs.split('&').filter(Boolean).every((rang) => {
  const [nom, ...valeur] = rang.split('='), quoi = ecrites(nom).toLowerCase();
  return quoi === 'body' || (quoi === 'subject' && !/[\r\n]/.test(ecrites(valeur.join('='))));
});

// `table` is /contribuer/corps.json; its patterns are made once.
export function adresses(table, delier) {
  const faire = ([source, drapeaux], avant = '', apres = '') => new RegExp(avant + source + apres, drapeaux);
  const entier = (nom) => faire(table.motifs[nom], '^(?:', ')$'),
    debut = (nom) => faire(table.motifs[nom], '^(?:', ')');
  const motifs = {
    courriel: entier('courriel'), telephone: entier('telephone'), hote: entier('hote'),
    identifiant: entier('identifiant'), domaine: debut('domaine'), protocole: debut('protocole'),
  };
  const caches = faire(table.motifs.invisible),
    tous = new RegExp(caches.source, 'gu'),
    entites = new RegExp(table.motifs.entite[0], 'gu');

  function avecProtocole(cible, nue, protocole) {
    if (!/^(https?|mailto|tel)$/.test(protocole)) return refuser('E315', cible);
    if (nue !== cible.replaceAll(' ', '') || cible.length > table.adresse || cible.includes('\\'))
      return refuser('E323', cible);
    const suite = cible.slice(protocole.length + 1);
    let bonne;
    if (protocole === 'mailto') {
      const [noms, ...champs] = suite.split('?');
      if (!motsSeuls(champs.join('?'))) return refuser('E329', cible);
      bonne = ecrites(noms).split(',').every((un) => motifs.courriel.test(un));
    }
    else if (protocole === 'tel') bonne = motifs.telephone.test(ecrites(suite));
    else {
      bonne = !cible.includes(' ') && hote(cible, motifs);
      const [, debutee, reste] = motifs.identifiant.exec(cible) ?? [];
      if (bonne && debutee) return refuser('E330', cible, debutee + reste);
    }
    const publiee = `${protocole}:${suite.replace(/[ "<>`{|}^\\']/g, (signe) => MARQUES[signe])}`;
    return bonne && URL.canParse(publiee) ? { nature: 'externe', valeur: publiee } : refuser('E323', cible);
  }
  function lien(ecrite) {
    const cible = ecrite.trim(), nue = cible.replace(entites, delier).replace(tous, '');
    const [, protocole] = motifs.protocole.exec(nue) ?? [];
    if (protocole) return avecProtocole(cible, nue, protocole.toLowerCase());
    if (/^[/\\]{2}/.test(nue)) return refuser('E316', cible, `https://${nue.replace(/^[/\\]+/, '')}`);
    if (!nue || cible.length > table.adresse || cible.includes('\\') || caches.test(cible.replaceAll(' ', '')))
      return refuser('E323', cible);
    if (cible[0] === '#') return { nature: 'ancre', valeur: ecrites(cible.slice(1)) };
    if (motifs.courriel.test(cible)) return refuser('E316', cible, `mailto:${cible}`);
    if (motifs.domaine.test(cible) && !cible.endsWith('.md')) return refuser('E316', cible, `https://${cible}`);
    if (cible[0] === '?' || cible.split('/')[0].includes(':')) return refuser('E323', cible);
    return { nature: 'interne', valeur: cible };
  }
  function image(ecrite) {
    const lue = lien(ecrite), { valeur, nature } = lue, nue = valeur.replace(tous, '');
    if ((nature === 'externe' && /^http/i.test(nue)) || /^(\/\/|\\\\)/.test(nue) || lue.code === 'E316')
      return refuser('E317', valeur);
    if (nature === 'refusee') return lue;
    if (nature === 'externe') return refuser('E315', valeur);
    const [format = ''] = /\.[^./]+$/.exec(valeur.split('/').at(-1).replace(/^\.+/, '')) ?? [];
    return nature === 'ancre' || !table.formats.includes(format.toLowerCase())
      ? refuser('E324', valeur || ecrite)
      : lue;
  }
  return { lien, image };
}
