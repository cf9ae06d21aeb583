"""A small site to search in a browser: its contents, its server, the engine started."""

from contextlib import contextmanager
from datetime import date, timedelta
from zlib import compress

from index_recherche import AUJ, MOTS, Contenu, files
from navigateur import COMMUN, ORIGIN, Answer, answers, proxy, script_named

from portail.files import DEFLATED
from portail_pelican.assets import modules

DAY = timedelta(days=1)
SKY, SEA = ("astronomie-espace",), ("mer",)
NORD, SOMME = (0, -1), (1, 0)

NIGHT = {
    "resume": "Au planétarium.",
    "noms": "Dunkerque",
    "texte": "Regarder le ciel.",
    "sorte": "evenements",
    "themes": SKY,
    "publics": ("famille",),
    "territoire": NORD,
}
WAVE = "La vague du ciel. Grande est la mer, et grande la vague."
ROBOTS = "L’intelligence artificielle à l’école, une grande mer de vague."

CONTENTS = {
    0: Contenu(
        "Planétarium", "Un dôme.", "Dunkerque", "", "lieux", SKY, territoire=NORD, commune=1
    ),
    1: Contenu("Musée de la mer", "Des poissons et des marées.", "Calais", "", "lieux", SEA),
    2: Contenu(
        "Observatoire d’Amiens", "Le ciel.", "Amiens", "", "lieux", SKY, territoire=SOMME, commune=2
    ),
    3: Contenu("Le ciel", "Tout un dossier.", sorte="dossiers", themes=SKY),
    4: Contenu("Beauvais et ses jardins", "Des arbres.", "Beauvais", sorte="lieux"),
    256: Contenu("Une vieille histoire de marées", texte="La mer.", jours=(date(2021, 2, 1),)),
    257: Contenu("Une jeune histoire de marées", texte="La mer.", jours=(date(2021, 9, 1),)),
    258: Contenu(
        "Nuit des étoiles",
        jours=(AUJ + 9 * DAY,) * 2,
        fois=((AUJ + 9 * DAY,) * 2,),
        age=(6, 12),
        pour=1,
        **NIGHT,
    ),
    259: Contenu("Soir des étoiles", jours=(AUJ - 9 * DAY,) * 2, **NIGHT),
    260: Contenu(
        "Exposition : la grande vague",
        texte=WAVE,
        sorte="evenements",
        themes=SKY + SEA,
        publics=("famille", "scolaires"),
        jours=(AUJ - 20 * DAY, AUJ + 20 * DAY),
        fois=((AUJ - 20 * DAY, AUJ + 20 * DAY),),
        dure=True,
    ),
    261: Contenu("Robots", texte=ROBOTS, jours=(date(2021, 5, 1),)),
    # A segment may be missing, and the last one not be full.
    768: Contenu("Œuvres en orbite", "Le ciel vu de l’espace.", themes=SKY, jours=(AUJ,)),
}
"""By number. Places and a dossier come first, then what has a day."""

ENGINE = ("moteur", "extraits", "index", "classement", "phrase")
START = """async ({ auj }) => {
  const mots = await import('/mots.js');
  const modules = await import('/theme/js/moteur.js');
  const { index, classement, phrase, extraits: { extraire } } = modules;
  const { ouvrir } = modules.moteur;
  const situer = async ([mot]) => mot === 'amiens' && {
    combien: 1,
    lieu: { lat: 49.89, lon: 2.3, de: 'd’Amiens' },
    distance: ({ lat, lon }, [,, lat2, lon2]) => 111 * Math.hypot(lat - lat2, (lon - lon2) * 0.65),
  };
  const parts = { mots, index, classement, phrase, auj, situer };
  const moteur = ouvrir({ racine: '/recherche/', ...parts });
  window.chercher = async (q, { filtres = {}, ...plus } = {}) => {
    const choisis = Object.entries(filtres).map(([cle, codes]) => [cle, new Set(codes)]);
    const reponse = await moteur.chercher({ q, filtres: new Map(choisis), compter: true, ...plus });
    const nombres = Object.fromEntries(reponse.nombres ?? []);
    return { ...reponse, numeros: [...reponse.numeros], nombres, km: [...reponse.km ?? []] };
  };
  window.essayer = (q) => window.chercher(q)
    .then(({ total }) => total, (erreur) => erreur.cause ?? `${erreur}`);
  window.fiches = moteur.fiches;
  window.extraire = (fiche, marques) => extraire(fiche, marques, mots);
}"""


class Site:
    """What a server holds below ``/recherche/``, and what it was asked."""

    def __init__(self, contents, **options):
        self.files = files(contents, **options)
        self.asked = []

    def answer(self, theme):
        rest = answers(theme, {"": f"<!doctype html><title>x</title>{COMMUN}"})
        parts = {name: script_named(f"recherche-{name}.js") for name in ENGINE}
        scripts = {"/mots.js": MOTS, "/theme/js/moteur.js": modules(parts)}

        def answer(path):
            if path in scripts:
                return Answer(200, "text/javascript", scripts[path].encode())
            name = path.removeprefix("/recherche/")
            if name == path and name not in self.files:
                return rest(path)
            self.asked.append(name)
            found = self.files.get(name, "").encode()
            data = compress(found) if name.endswith(DEFLATED) else found
            return Answer(200 if found else 404, "application/json", data)

        return answer


@contextmanager
def searching(browser, site, theme):
    """A tab where ``chercher``, ``essayer``, ``fiches`` and ``extraire`` are ready."""
    with proxy(site.answer(theme)) as address:
        context = browser.new_context(proxy={"server": address})
        tab = context.new_page()
        begin(tab)
        yield tab
        context.close()


def begin(tab):
    """Start the engine, which has read nothing."""
    tab.goto(f"{ORIGIN}/")
    tab.evaluate(START, {"auj": AUJ.isoformat()})


def ask(page, q, **options):
    return page.evaluate("([q, plus]) => chercher(q, plus)", [q, options])


def numbers(page, q, **options):
    return ask(page, q, **options)["numeros"]
