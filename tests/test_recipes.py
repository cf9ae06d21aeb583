"""Recipes of ``docs/technique/extending.md``: a field, a facet, a feature and a kind, applied to
one copy of the code, cost as few sources as it says, and show where they must; a feature of an
instance is one folder."""

from __future__ import annotations

import json
import shutil
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from checkout import ROOT
from faults import SOUND
from open_data import records
from plans import entry
from projects import Project, text_in

EVENT = """\
---
titre: "Visite de l’atelier"
resume: "On y voit les machines et ceux qui les font tourner."
auteurs: [redaction]
publie_le: 2021-09-01
themes: [mathematiques-physique-chimie]
format: [visite]
debut: 2021-10-02 14:00
adresse:
  commune: Lille
{more}
---
On entre par la cour.
"""


class Edit(NamedTuple):
    """A text put after a line of a source of the plugins, or a source that is new (``after`` is
    empty)."""

    source: str
    after: str
    text: str


TABLE = "plugins/portail/features/__init__.py"
FIELD = (
    Edit(
        "plugins/portail/model/event.py",
        '    jauge: Annotated[int, Entier(1, 1_000_000)] | None = champ("Jauge", '
        '"Nombre de places.", "40")\n',
        '    materiel: Annotated[str, Texte(140)] | None = champ("À apporter", '
        '"Ce que chacun prend avec soi.", "une lampe")\n',
    ),
    Edit(
        "plugins/portail/facts/audience.py",
        "from portail.text.typography import capital, nombre\n",
        "\n\ndef brought(item: Item, site: Site) -> Fact:\n"
        "    text = item.of(Event).materiel or ''\n"
        "    line = f'À apporter : {text}' if text else ''\n"
        "    return Fact('À apporter', texts(capital(text)), line)\n",
    ),
    Edit(
        "plugins/portail/features/kinds/evenements/rows.py",
        "    capacity,\n",
        "    brought,\n",
    ),
    Edit(
        "plugins/portail/features/kinds/evenements/rows.py",
        "_KNOWN = (formats, sheltered, language, ",
        "brought, ",
    ),
    Edit(
        "plugins/portail/features/kinds/evenements/rows.py",
        "(state, dates, venue, online, price, ",
        "brought, ",
    ),
    Edit(
        "plugins/portail/facts/channels.py",
        "from .audience import audience, reserved, spoken",
        ", brought",
    ),
    Edit(
        "plugins/portail/facts/channels.py",
        "CALENDAR: tuple[FactFunction, ...] = (reserved, price, ",
        "brought, ",
    ),
    Edit(
        "plugins/portail_contribuer/forms/event.yml",
        "    - {chemin: jauge, saisie: nombre, largeur: court}\n",
        "    - {chemin: materiel, saisie: texte}\n",
    ),
)
FACET = (
    Edit(
        "plugins/portail/features/kinds/evenements/kind.yml",
        "  - {cle: format, titre: Format}\n",
        "  - {cle: envergure, titre: Envergure}\n",
    ),
    Edit(
        "plugins/portail/data/facettes.yml",
        "format: [formats, true]\n",
        "envergure: [envergures, false]\n",
    ),
    Edit(
        "plugins/portail/features/kinds/evenements/rows.py",
        '    yield from (("format", code) for code in entry.format)\n',
        '    yield from [("envergure", entry.envergure)] if entry.envergure else []\n',
    ),
    Edit(
        "plugins/portail/features/services/facettes/listes.yml",
        "/agenda/:\n",
        "  envergure: ['Agenda : {bas}', 'Les rendez-vous {en_region} : {bas}.']\n",
    ),
)
KIND = (
    Edit(
        "plugins/portail/features/kinds/podcasts/kind.yml",
        "",
        "folder: podcasts\nsegment: podcasts\nlisting: /podcasts/\nnom: podcast\n"
        "pluriel: podcasts\narticle: un\nrubrique: Podcasts\nlead: Ce qui s’écoute.\n"
        "opendata: Les podcasts.\naction: Écouter\n",
    ),
    Edit(
        "plugins/portail/features/kinds/podcasts/__init__.py",
        "",
        "from portail.feature import Feature, KindSpec\n\n"
        "feature = Feature('podcasts', 'Podcasts', kinds=(KindSpec('podcasts'),))\n",
    ),
    Edit(TABLE, "from portail.features.kinds import (\n", "    podcasts,\n"),
    Edit(TABLE, "    genres,\n    sujets,\n", "    podcasts,\n"),
)
MODEL = Edit(
    "plugins/portail/features/kinds/podcasts/model.py",
    "",
    "from typing import Annotated, ClassVar\n\n"
    "from portail.model.entry import Entry\n"
    "from portail.model.fields import Entier\n"
    "from portail.model.kinds import Kind\n"
    "from portail.model.scalars import champ\n\n\n"
    "class Podcasts(Entry):\n"
    "    kind: ClassVar[Kind] = Kind('podcasts')\n\n"
    "    minutes: Annotated[int, Entier(1, 600)] | None = champ('Durée', 'En minutes.', '24')\n",
)
FEATURE = (
    Edit(
        "plugins/portail/features/desk/compte/__init__.py",
        "",
        "from portail.feature import Feature, Output\n"
        "from portail.late import late\n"
        "from portail.outputs.pages.slots import ABOUT\n\n"
        "with late(__name__):\n    from portail.features.desk.compte import count\n\n"
        "feature = Feature(\n"
        "    name='compte',\n"
        "    title='Ce que le portail compte',\n"
        "    outputs=(Output('compte', count.plan_count),),\n"
        "    slots={ABOUT: count.count_link},\n"
        ")\n",
    ),
    Edit(
        "plugins/portail/features/desk/compte/count.py",
        "",
        "from portail.outputs.base import text_file\n"
        "from portail.outputs.pages.views.shared import Lien\n\n\n"
        "def plan_count(site):\n"
        "    yield text_file(site, '/compte.txt', _count)\n\n\n"
        "def count_link(site):\n"
        "    return (Lien('Le compte', '/compte.txt'),)\n\n\n"
        "def _count(site):\n"
        "    yield f'{len(site.items)} contenus\\n'\n",
    ),
    Edit(TABLE, "from portail.features.desk import (\n", "    compte,\n"),
    Edit(TABLE, "_FOLDERS = (\n", "    compte,\n"),
)


def sources(edits):
    """How many sources a recipe changes."""
    return len({edit.source for edit in edits})


SCALES = ["festival"] * 2 + ["parcours-scientifique"] * 2
LINES = {"apporter": "materiel: une lampe"} | {
    f"echelle-{rank}": f"envergure: {scale}" for rank, scale in enumerate(SCALES)
}
"""Events, and the line that is each one's own."""
NOT_AN_EVENT = ("format: [visite]\n", "debut: 2021-10-02 14:00\nadresse:\n  commune: Lille\n")
SETTINGS = """PORTAIL_SEUIL_LISTES = 1
PORTAIL_COURRIEL = "redaction@exemple.org"
THEME_TEMPLATES_OVERRIDES = ["templates"]
"""


def contents():
    """Files of a site that has what each recipe adds."""
    podcast = EVENT.format(more="minutes: 24")
    for part in NOT_AN_EVENT:
        podcast = podcast.replace(part, "")
    return {
        **{f"content/events/{name}.md": EVENT.format(more=line) for name, line in LINES.items()},
        "content/podcasts/machines.md": podcast,
        "templates/podcasts.html": '{% extends "entry.html" %}\n',
    }


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """The site that a copy of our code makes, once the four recipes have changed it."""
    root = tmp_path_factory.mktemp("recettes")
    code = root / "code"
    shutil.copytree(ROOT / "plugins", code / "plugins")  # with what Python compiled of it
    for name in ("theme", "data", "docs", "pyproject.toml"):
        (code / name).symlink_to(ROOT / name)
    for edit in (*FIELD, *FACET, *KIND, MODEL, *FEATURE):
        path = code / edit.source
        text = path.read_text(encoding="utf-8") if edit.after else ""
        assert not edit.after or text.count(edit.after) == 1, edit
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(edit.after, edit.after + edit.text) or edit.text, "utf-8")
    project = Project(root / "site", SETTINGS)
    (project.root / "data").symlink_to(ROOT / "data")
    project.write(contents())
    done = project.portail(
        "build", PYTHONPATH=str(code / "plugins"), SITEURL="https://portail.example.org"
    )
    assert done.code == 0, done.out + done.err
    return project.output


def text_of(output, pattern):
    """The files of a site that a pattern names, as one text."""
    return "\n".join(text_in(path) for path in sorted(output.glob(pattern)))


@pytest.mark.site
def test_a_field_of_an_event_is_five_sources(output):
    assert sources(FIELD) == 5
    shown = "À apporter"
    assert shown in text_of(output, "evenements/apporter/index.html")
    assert shown not in text_of(output, "evenements/echelle-0/index.html")
    assert shown in text_of(output, "evenements/apporter/evenement.ics").replace("\n ", "")
    assert shown in text_of(output, "agenda/flux.xml")
    assert shown in text_of(output, "contribuer/evenement/index.html")
    found = records(lambda url: text_of(output, url[1:]), "evenements.json")
    assert [one["materiel"] for one in found if one.get("materiel")] == ["une lampe"]


@pytest.mark.site
def test_a_facet_is_four_sources(output):
    assert sources(FACET) == 4
    page = text_of(output, "agenda/envergure/festival/index.html")
    assert page.count("Visite de l’atelier") >= 2
    assert "/agenda/envergure/festival/" in text_of(output, "agenda/index.html")
    assert "envergure" in text_of(output, "agenda/facettes.json")


@pytest.mark.site
def test_a_feature_is_a_folder_and_its_lines_of_the_table(output):
    folders = {edit.source.rpartition("/")[0] for edit in FEATURE}
    assert len(folders - {"plugins/portail/features"}) == 1
    assert text_of(output, "compte.txt") == f"{len(LINES) + 1} contenus\n"
    assert "Le compte" in text_of(output, "index.html")


@pytest.mark.site
def test_a_kind_is_a_folder_and_its_lines_of_the_table(output):
    folders = [edit.source for edit in KIND if "/podcasts/" in edit.source]
    assert sources(KIND) - len(folders) == 1, "the features"
    title = "Visite de l’atelier"
    for shown in ("podcasts/machines/index.html", "podcasts/index.html", "podcasts/flux.xml",
                  "themes/mathematiques-physique-chimie/index.html", "recherche/fiches/*.deflate",
                  "api/v1/podcasts.json", "newsletter/2021-s39/selection.json"):  # fmt: skip
        assert title in text_of(output, shown), shown
    assert "/podcasts/machines/" in text_of(output, "sitemap-podcasts.xml")


PODCASTS = ROOT / "docs/technique/exemples/greffons/podcasts"
ADDRESS = "https://portail.example.org"
SAID = "Le sel, à voix haute"
"""Title of the podcast of the example, which is about ``articles/sel``."""


def with_podcasts(root, table=""):
    """A portal with the worked example, and the article that it is about; perhaps another table."""
    project = Project(root, 'PORTAIL_GREFFONS = ["greffons.podcasts"]\n' + SETTINGS)
    (root / "templates").mkdir()
    project.write(SOUND | {"content/articles/sel.md": entry("articles", titre="Le sel")})
    shutil.copytree(PODCASTS, root / "greffons/podcasts")
    if table:
        project.write({"greffons/podcasts/podcasts.csv": table})
    return project


@pytest.fixture(scope="module")
def podcasts(tmp_path_factory):
    """The site of a portal with the worked example."""
    project = with_podcasts(tmp_path_factory.mktemp("podcasts"))
    done = project.portail("build", "--site-url", ADDRESS)
    assert done.code == 0, done.out + done.err
    return project.output


@pytest.mark.site
def test_a_feature_of_an_instance_is_one_folder(podcasts):
    url = "/podcasts/le-sel/"
    assert f'href="{url}"' in text_of(podcasts, "podcasts/index.html")
    page = text_of(podcasts, "podcasts/le-sel/index.html")
    assert SAID in page and 'href="/articles/sel/"' in page
    assert f"{ADDRESS}{url}" in text_of(podcasts, "sitemap*.xml")
    assert 'href="/podcasts/"' in text_of(podcasts, "index.html"), "the foot of each page"


@pytest.mark.site
def test_its_feed_is_found_from_its_list_and_has_the_sound(podcasts):
    assert "/podcasts/flux.xml" in text_of(podcasts, "podcasts/index.html")
    (item,) = ElementTree.fromstring(text_of(podcasts, "podcasts/flux.xml")).iter("item")
    enclosure = item.find("enclosure")
    assert item.findtext("title") == SAID
    assert enclosure is not None and enclosure.attrib["url"].endswith(".mp3")


@pytest.mark.site
def test_the_search_proposes_it(podcasts):
    told = json.loads(text_of(podcasts, "recherche/suggestions.json"))
    (rank,) = (sort for name, sort, url, _ in told["suggestions"] if url == "/podcasts/le-sel/")
    assert told["sortes"][rank] == "Podcast"


@pytest.mark.site
def test_what_it_is_about_tells_it_on_its_page_and_in_the_letter(podcasts):
    assert SAID in text_of(podcasts, "articles/sel/index.html")
    assert "À écouter" in text_of(podcasts, "articles/flux.xml")
    letters = text_of(podcasts, "newsletter/*/selection.json")
    assert "Le sel" in letters and "À écouter" in letters


ROW = "essai,Un essai,Rien.,https://a.example/a.mp3,{subject},{octets},2021-09-20\n"
HEAD = "slug,title,summary,sound,subject,octets,day\n"


@pytest.mark.site
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW.format(subject="", octets="beaucoup"), "EX10"),
        (ROW.format(subject="articles/perdu", octets=1), "EX11"),
    ],
)
def test_a_row_of_its_table_that_is_wrong_is_told_with_its_line(row, code, tmp_path):
    project = with_podcasts(tmp_path, HEAD + ROW.format(subject="", octets=1) + row)
    done = project.portail("check", "--format", "json")
    told = json.loads(done.out)["diagnostics"]
    assert done.code == 1
    assert [(one["code"], one["fichier"], one["ligne"]) for one in told if "X" in one["code"]] == [
        (code, "greffons/podcasts/podcasts.csv", 3)
    ]
