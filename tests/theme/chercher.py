"""An engine of the search that a test knows by heart."""

LONG = "Deux phrases qui passent à la ligne, sur un téléphone comme sur un bureau. " * 2
HOSTILE = "<img src=x onerror=alert(1)> 🦉 </script>"

ENGINE = """
// A content is found by the beginning of a word of its title; the first ones are the best.
const CONTENUS = JSON.parse(decodeURIComponent('%s'));
const FACETTES = [
  ['sorte', 'Rubrique', [['lieux', 'Lieux'], ['articles', 'Articles'], ['annonces', 'Annonces']]],
  ['theme', 'Thème', [['astronomie-espace', 'Astronomie'], ['numerique', 'Numérique']]],
  ['departement', 'Département', [['nord', 'Nord'], ['somme', 'Somme']]],
  ['epci', 'Intercommunalité', [['ca-amiens-metropole', 'Amiens Métropole']]],
];
export function ouvrir({ racine, mots, index, classement, phrase, auj }) {
  if (!mots || !index || !classement || !auj || !phrase || !racine) throw new Error('contrat');
  globalThis.demandes = [];
  async function chercher({ q, filtres, tri, exact, enCours }) {
    if (globalThis.perdues-- > 0) throw new Error('réseau');
    globalThis.demandes.push([q, tri, exact, enCours]);
    const vus = CONTENUS.map((un, numero) => ({ ...un, numero }));
    const corrige = q === 'planetarum' && !exact ? [[q, 'planétarium']] : [];
    const mot = (corrige[0]?.[1] ?? q).toLowerCase();
    const trouves = vus.filter(({ titre }) => mot.split(' ').every((un) => [titre].flat().join('')
      .toLowerCase().split(/[ ’]/).some((autre) => autre.startsWith(un))));
    const passe = (un, sauf) => [...filtres].every(([cle, codes]) =>
      cle === sauf || codes.has(un.valeurs[cle]));
    const nombres = new Map();
    for (const cle of ['sorte', 'theme', 'departement', 'epci', 'quand']) {
      for (const un of trouves.filter((une) => passe(une, cle))) {
        const nom = `${cle}=${un.valeurs[cle]}`;
        nombres.set(nom, (nombres.get(nom) ?? 0) + 1);
      }
    }
    const numeros = Uint32Array.from(trouves.filter((un) => passe(un)), ({ numero }) => numero);
    return {
      total: numeros.length, nombres, corrige,
      numeros: tri === 'date' ? numeros.reverse() : numeros,
      proches: corrige.length ? ['planétaire', 'Planète Sciences'] : [], sans: [], marques: [mot],
    };
  }
  const fiches = async (numeros) => [...numeros].map((numero) => CONTENUS[numero]);
  return { facettes: FACETTES, amorcer() {}, chercher, fiches };
}
"""
EXTRAITS = """
export const extraire = ({ titre, resume = '' }, [mot]) => ({
  titre: [titre].flat().flatMap((part, rang) => part.split(/( )/).map((un) => (
    [un, mot !== '' && un.toLowerCase().startsWith(mot), rang %% 2 === 1]))),
  extrait: resume ? [[resume, false]] : [],
});
""".replace("%%", "%")


def contenus():
    """Twenty-one contents: the planétarium, one whose texts are hostile, nineteen of a kind."""
    return [
        {
            "url": "/lieux/la-coupole/", "titre": "La Coupole, planétarium 3D", "sorte": "Lieu",
            "theme": "astronomie-espace", "petit": "Wizernes", "sur": "Lieu · Planétarium",
            "resume": "Un planétarium de 130 places.", "meta": "Wizernes · Pays de Saint-Omer",
            "etiquettes": [["Fermé", "complet", 1]], "image": "/empreintes/la-coupole.svg",
            "actions": [["Voir la fiche", "/lieux/la-coupole/"], ["Agenda du lieu", "/agenda/"]],
            "agenda": ["2000-01-01", "2999-01-01", "2999-01-02"],
            "valeurs": {"sorte": "lieux", "theme": "astronomie-espace", "departement": "nord"},
        },
        {
            "url": "/articles/hostile/", "titre": ["Le planétarium de ", HOSTILE, ""],
            "sorte": "Article", "petit": "9 min", "resume": HOSTILE, "meta": HOSTILE,
            "etiquettes": [], "valeurs": {"sorte": "articles", "theme": "numerique"},
        },
        *(
            {
                "url": f"/annonces/{rang}/", "titre": f"Un stage de chimie, {rang}",
                "sorte": "Annonce", "resume": LONG,
                "fin": ["2000-01-01" if rang == 1 else "2999-01-01", "Terminée"],
                "valeurs": {"sorte": "annonces", "departement": "somme", "quand": "avenir",
                            "epci": "ca-amiens-metropole"},
            }
            for rang in range(1, 20)
        ),
    ]  # fmt: skip
