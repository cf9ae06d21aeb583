"""Every command of the command line, in one portal that has everything that a portal may have.

A command that is added is asked for its row, and so is a setting for its line; options have tests
of their own.
"""

import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import entry_points
from typing import NamedTuple

import pytest

from checkout import ROOT
from courrier import WEEK
from doses import rows_of
from pictures import drawing, picture
from plans import entry
from portail.cli import COMMANDS, GROUP
from portail.features import FEATURES
from projects import Project
from site_settings import setting_names

EXAMPLES = ROOT / "docs/technique/exemples/greffons"
SITE = "https://sciences.example.yt/portail"
TODAY = "2021-09-27"

SETTINGS = f"""
SITEURL = "{SITE}"
TIMEZONE = "Indian/Mayotte"
THEME_TEMPLATES_OVERRIDES = ["gabarits"]
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {{"extra/cle.txt": {{"path": "cle.txt"}}}}
PORTAIL_NOM = "Sciences à Mayotte"
PORTAIL_REGION = "Mayotte"
PORTAIL_DATE = "{TODAY}"
PORTAIL_DEPOT = "https://github.com/exemple/portail"
PORTAIL_BRANCHE = "principale"
PORTAIL_ATELIER = None
PORTAIL_TENU = True
PORTAIL_VITRINE = {{"regions": ["Mayotte"]}}
PORTAIL_BROUILLONS = "quatre mots sans lien"
PORTAIL_COURRIEL = "redaction@sciences.example.yt"
PORTAIL_BOITE = "propositions@sciences.example.yt"
PORTAIL_PORTE = True
PORTAIL_ETIQUETTE = "sciences.example.yt,2021"
PORTAIL_SEUIL_LISTES = 1
PORTAIL_EXEMPLES = False
PORTAIL_PROMESSE = "Les sciences près de chez vous."
PORTAIL_PORTEUR = {{"nom": "Le réseau", "lien": "https://exemple.org/"}}
PORTAIL_CHIFFRES = True
PORTAIL_CIEL = "Amiens"
PORTAIL_SILHOUETTES = ["phare", "estuaire", "village"]
PORTAIL_IMAGE_DU_SOIR = True
PORTAIL_HORS_LIGNE = True
PORTAIL_LANGUES = []  # the list below has a value of its own, that nobody translated
PORTAIL_SANS = ["annonces", "projets"]
PORTAIL_GREFFONS = ["greffons.duree", "greffons.compte"]
PORTAIL_LIENS = "releves/liens.json"
PORTAIL_COULEUR = "#0A5C7A"
PORTAIL_LOGO = {{"fichier": "identite/logo.svg", "icone": "identite/icone.png"}}
PORTAIL_MENU = {{
    "entete": {{"Sorties": "/agenda/", "Compte": "/compte/"}},
    "pied": {{"Le site": ["/agenda/", "/contribuer/"]}},
}}
PORTAIL_FOND_DE_CARTE = {{}}
PORTAIL_LETTRE = {{
    "expediteur": "lettre@sciences.example.yt",
    "editions": {{"familles": {{"nom": "Familles", "public": "familles"}}}},
}}
PORTAIL_CONTRIBUER = {{"voie": "courriel", "delai": "une semaine"}}
"""
COUNT = """\
from portail.greffons import Feature, Output, PageView, RuleSpec, SitemapHint, drawn, page


class Compte(PageView, frozen=True, kw_only=True):
    nombre: int


def plan(site):
    yield drawn(site, "/compte/", "compte.html", montrer, sitemap=SitemapHint())


def montrer(site):
    head = page(site, "/compte/", "Le compte", "Combien de contenus a le portail.")
    return Compte(**head, nombre=len(site.items))


def rien(draft):
    return ()


regle = RuleSpec("AX01", "Rien à dire", "Rien.", "Rien.", rien, page="Cette règle ne dit rien.")
feature = Feature("compte", "Compte", outputs=(Output("compte", plan),), rules=(regle,))
"""
TEMPLATE = """\
{% extends "base.html" %}
{% block contenu %}<h1>{{ vue.titre|typo }}</h1><p>{{ vue.nombre }} contenus</p>{% endblock %}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><path d="M0 0h9v9z"/></svg>'
PERSON = "Camille Essai"
EVENT = rows_of("portail_pelican/every_command.yml")
LENT = {"type": "malle-pedagogique", "proprietaire": "musee", "pret": {"tarif": "gratuit"}}
NEW = entry("events", **EVENT | {"titre": "Une autre nuit", "debut": "2021-10-02 18:00"})
PUBLIC = "  - code: plongeurs\n    label: plongeurs\n    pluriel: plongeurs\n"
TABLE = (
    "Titre;Résumé;Format;Début;Fin;Commune\n"
    "Atelier du lagon;On y voit le lagon de près.;atelier;2021-10-05 14:00;2021-10-05 16:00;"
    "Mamoudzou\n"
)
FILES = {
    "content/lieux/musee.md": entry("lieux", titre="Musée de Mayotte", commune="Dzaoudzi"),
    "content/events/nuit.md": entry("events", **EVENT),
    "content/events/fictif.md": entry("events", titre="Un exemple", exemple=True),
    "content/articles/lagon.md": entry("articles", titre="Le lagon", auteurs=["camille-essai"]),
    "content/auteurs/camille-essai.md": entry("auteurs", titre=PERSON),
    "content/ressources/malle.md": entry("ressources", titre="La malle du ciel", **LENT),
    "content/territoires/mayotte.md": entry("territoires", titre="Mayotte", code="976"),
    "content/temps-forts/fete.md": entry("temps-forts", titre="Fête"),
    "content/pages/mentions-legales.md": entry("pages", titre="Mentions légales"),
    "content/extra/cle.txt": "cle",
    "greffons/compte.py": COUNT,
    "gabarits/compte.html": TEMPLATE,
    "theme/static/js/a-nous.js": '"use strict";\n',
    "identite/logo.svg": LOGO,
    "data/publics.yml": (ROOT / "data/publics.yml").read_text(encoding="utf-8") + PUBLIC,
    ".portail.json": '{"version": "0.1.0"}\n',
    "recu/autre-nuit.md": NEW,
    "recu/tableau.csv": TABLE,
}


def everything(root):
    """The portal, not built."""
    project = Project(root, SETTINGS)
    project.write(FILES)
    shutil.copy(EXAMPLES / "duree.py", root / "greffons")
    (root / "identite/icone.png").write_bytes(picture("PNG", drawing(512, 512)))
    for path in sorted((ROOT / "theme/static/partage").glob("*.png")):
        shared = root / path.relative_to(ROOT)
        shared.parent.mkdir(parents=True, exist_ok=True)
        shared.write_bytes(picture("PNG", drawing(120, 63)))  # marked by each command
    shutil.copytree(project.content, root.parent / "avant" / "content")
    shutil.copytree(root / "data", root.parent / "avant" / "data")
    project.write({"content/articles/lagon.md": FILES["content/articles/lagon.md"] + "\nPlus.\n"})
    return project


class Row(NamedTuple):
    """What a command is given, and the signs that it did its work."""

    arguments: Sequence[str]
    said: str = ""
    file: str = ""
    """A file that is then there, with ``held`` in it."""
    held: str = ""
    before: Sequence[str] = ()
    code: int = 0
    environment: Mapping[str, str] = {}


LISTS = {
    "PORTAIL_DATE": "2021-09-30",
    "PORTAIL_ENVOI_SERVEUR": "localhost:25",
    "PORTAIL_ENVOI_LISTES": "region=tous@exemple.org, familles=familles@exemple.org",
}
ROWS = {
    "init": Row(["neuf", "--region", "Mayotte"], file="neuf/pelicanconf.py", held="Mayotte"),
    "check": Row([], said="Tout est bon."),
    "new": Row(["event", "--titre", "Les raies"], file="content/events/les-raies.md"),
    "deposer": Row(["recu/autre-nuit.md"], file="content/events/autre-nuit.md",
                   held="Une autre nuit"),
    "importer": Row(["recu/tableau.csv"], file="content/events/tableau/atelier-du-lagon.md",
                    held="Mamoudzou"),
    "moissonner": Row(["--simuler"], said="Aucune source à moissonner"),
    "exporter": Row(["lieux/musee", "--vers", "."], file="musee.json", held="La nuit des étoiles"),
    "pays": Row(["output"], said="aucun portail", code=2),  # plugins/portail_pays/tests
    "vitrine": Row(["--liste"], said='["Mayotte"]'),
    "chiffres": Row(["2021", "--lieu", "musee"], said="Musée de Mayotte"),
    "liens": Row(["--simuler"], said="releves/liens.json"),
    "newsletter": Row(["figer", WEEK], file=f"content/newsletters/{WEEK}.envoi.html",
                      held="Mayotte"),
    "newsletter envoyer": Row([WEEK, "--simuler", "--vers", "liste"], said="tous@exemple.org",
                              before=["newsletter", "figer", WEEK], environment=LISTS),
    "relever": Row([], said="PORTAIL_PORTE_API", code=2),  # its box: tests of the package
    "effacer": Row([PERSON], said="-auteurs:", code=1),
    "docs": Row(["--dossier", "documents"], file="documents/champs/codes.md", held="E201"),
    "build": Row([], file="output/evenements/nuit/index.html", held="2\u00a0h\u00a030"),
    "apercu": Row(["--avant", "../avant/content"], said="1 contenu changé, 0 erreur.",
                  file="apercu.html", held="Plus."),
    "empreinte": Row([], said="Empreinte de output"),
    "serve": None,  # it does not end: test_server
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The portal, built, which no test may change."""
    project = everything(tmp_path_factory.mktemp("tout") / "portail")
    project.does("build")
    return project


@pytest.fixture
def portal(built, tmp_path):
    """A copy of it."""
    shutil.copytree(built.root.parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Project.at(tmp_path / "portail")


def test_each_command_has_its_row():
    added = {one.name for one in entry_points(group=GROUP)}
    of_features = {name.replace(".", " ") for feature in FEATURES for name in feature.commands}
    assert {*ROWS} == {*COMMANDS, *of_features, *added}


def test_the_portal_has_every_setting():
    assert [name for name in setting_names() if f"\n{name} = " not in SETTINGS] == []


@pytest.mark.site
@pytest.mark.parametrize("command", [name for name, row in ROWS.items() if row])
def test_the_command_does_its_work(portal, command):
    row = ROWS[command]
    assert row
    if row.before:
        portal.does(*row.before)
    environment = {"PORTAIL_JOURNAL": str(portal.root.parent / "journal"), **row.environment}
    done = portal.portail(*command.split(), *row.arguments, **environment)
    assert done.code == row.code, done.out + done.err
    assert row.said in done.out + done.err
    if row.file:
        assert row.held.encode() in (portal.root / row.file).read_bytes()


@pytest.mark.site
def test_no_program_beside_proposed_contents_is_run(portal):
    """Greffons and templates are those of the settings, whatever lies beside the contents."""
    beside = portal.root.parent / "avant"
    mark = portal.root / "execute"
    (beside / "greffons").mkdir()
    hostile = f"open({str(mark)!r}, 'w').close()\n{COUNT}"
    (beside / "greffons" / "compte.py").write_text(hostile, encoding="utf-8")
    (beside / "theme/templates").mkdir(parents=True)
    (beside / "theme/templates/404.html").write_text("{{ 1 // 0 }}", encoding="utf-8")
    there = str(beside / "content")
    for command in (["check"], ["apercu", "--avant", "content"], ["build", "--output", "autre"]):
        portal.does(*command, "--content", there)
    assert not mark.exists()
