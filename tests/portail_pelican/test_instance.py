"""A folder of a team's: settings, contents, and what it lays over the tables and the theme."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from doses import rows_of
from faults import SOUND
from portail.resources import data_dir
from projects import Project

pytestmark = pytest.mark.site

SETTINGS = """\
from portail_pelican.defaults import *  # noqa: F403

PORTAIL_NOM = "Portail d’essai"
PORTAIL_REGION = "Hauts-de-France"
PORTAIL_DATE = "2021-09-27"
SITEURL = "https://exemple.org"
"""
EXAMPLES = Path("docs/technique/exemples")
COUPOLE = SOUND["content/lieux/la-coupole.md"]
PAGE = "---\ntitre: {}\n---\n\nDeux mots.\n"
HEX = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})")


def instance(root, extra=""):
    """A folder with five lines of settings and two contents."""
    project = Project(root)
    project.write({**SOUND, "pelicanconf.py": SETTINGS + extra})
    return project


def built(project):
    """Its site, which must be."""
    done = project.portail("build")
    assert (done.code, done.err) == (0, ""), done.err
    return project.output


def page(output, url="/"):
    """The HTML at an address."""
    return (output / url.strip("/") / "index.html").read_text("utf-8")


def colours(output):
    """The tokens of the published sheet, in order: the last one wins."""
    return HEX.findall((output / "theme/css/portail.css").read_text("utf-8"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The site of a folder that lays nothing over ours."""
    return built(instance(tmp_path_factory.mktemp("sans")))


SHEET, ICON = ".accueil { outline: 7px solid; }\n", "<svg xmlns='http://www.w3.org/2000/svg'/>\n"
COMMUNES = (data_dir() / "communes.csv").read_text("utf-8").partition("\n")[0]
COMMUNES += "\n62902,Portvieux,62570,62,,50.71,2.23,\n"


@pytest.fixture(scope="module")
def laid_over(tmp_path_factory):
    """The site of a folder that has its own lists, tables, figures and static files."""
    project = instance(tmp_path_factory.mktemp("avec"), "PORTAIL_CHIFFRES = True\n")
    project.write(
        {
            "content/lieux/la-coupole.md": COUPOLE.replace("Wizernes", "Portvieux"),
            "data/communes.csv": COMMUNES,
            "theme/static/css/home.css": SHEET,
            "theme/static/icons/favicon.svg": ICON,
        }
    )
    return built(project)


@pytest.fixture(scope="module")
def examples(tmp_path_factory, racine):
    """A folder with all the examples of the documentation, built."""
    root = tmp_path_factory.mktemp("exemples")
    project = instance(root)
    project.write({f"content/pages/{name}.md": PAGE.format(name) for name in ("nous-trouver", "b")})
    for name in ("palette", "accueil", "page"):
        shutil.copytree(racine / EXAMPLES / name, root, dirs_exist_ok=True)
    built(project)
    return project


def test_five_lines_make_a_portal(plain):
    assert "Portail d’essai" in page(plain)
    assert (plain / "404.html").is_file() and (plain / "flux.xml").is_file()


def test_an_example_changes_the_palette_by_one_file(examples, racine):
    theme, output = racine / EXAMPLES / "palette/theme", examples.output
    assert [one.name for one in theme.rglob("*") if one.is_file()] == ["tokens.css"]
    own = (theme / "static/css/tokens.css").read_text("utf-8")
    changed = HEX.findall(own)
    published = colours(output)
    assert published[-len(changed) :] == changed  # after ours: they win
    assert {name for name, _ in published} > {name for name, _ in changed}
    assert (output / "theme/js/portail.js").is_file() and (output / "404.html").is_file()
    assert changed[3:6] == changed[6:]  # the two ways to be dark


def test_an_example_changes_a_block_of_the_home_page(examples, plain):
    before, after = (re.sub(r"\?v=\w+", "", page(one)) for one in (plain, examples.output))
    assert "Qui tient ce portail" in after and "Qui tient ce portail" not in before
    kept = [line for line in after.splitlines() if line in before.splitlines()]
    assert len(kept) >= len(before.splitlines()) - 1
    assert "Qui tient ce portail" not in page(examples.output, "/lieux/")


def test_an_example_draws_a_page_by_a_template_of_its_own(examples):
    own, other = (page(examples.output, url) for url in ("/nous-trouver/", "/b/"))
    assert '<div class="nous-trouver">' in own and "Deux mots." in own
    assert '<div class="nous-trouver">' not in other and '<div class="page-corps">' in other


def test_a_static_file_takes_the_place_of_ours_alone(plain, laid_over):
    ours, output = plain, laid_over
    home = (output / "theme/css/accueil.css").read_text("utf-8")
    assert ".accueil{outline:7px solid" in home
    assert (output / "theme/icons/favicon.svg").read_text("utf-8") == ICON
    left = {path.relative_to(ours) for path in (ours / "theme").rglob("*") if path.is_file()}
    assert left == {path.relative_to(output) for path in (output / "theme").rglob("*.*")}
    for name in left - {Path("theme/css/accueil.css"), Path("theme/icons/favicon.svg")}:
        assert (output / name).read_bytes() == (ours / name).read_bytes(), name


def test_tables_of_the_same_name_replace_ours(tmp_path, laid_over):
    assert "Portvieux" in page(laid_over, "/lieux/la-coupole/")
    project = instance(tmp_path)
    project.write({"data/communes.csv": COMMUNES})
    assert project.portail("check").code == 1  # Wizernes is no more


def test_figures_are_those_of_the_instance_alone(tmp_path, laid_over):
    files = [*(data_dir() / "chiffres").glob("*.yml")]
    ours = [yaml.safe_load(one.read_text("utf-8"))["titre"] for one in files]
    assert ours, "the demonstration has some"
    shown = page(laid_over, "/en-chiffres/")
    assert not [one for one in ours if one in shown]
    project = instance(tmp_path, "PORTAIL_CHIFFRES = True\n")
    project.write({"data/chiffres/nous.yml": "sujet: portail\ntitre: T\nsource: S\nserie: []\n"})
    refused = project.portail("build")
    assert refused.code == 2 and "data/chiffres/nous.yml:4" in refused.err


@pytest.mark.parametrize(("files", "extra", "words"), rows_of("portail_pelican/instance.yml"))
def test_what_is_wrong_is_one_sentence(files, extra, words, tmp_path):
    project = instance(tmp_path, extra)
    project.write(files)
    # Where ours are not connected, in a process that has not connected them either.
    alone = {"PYTHONUTF8": "1"} if "pelicanconf.py" in files else {}
    done = project.portail("build", **alone)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert done.err.startswith(words.replace("{root}", str(tmp_path)))
    assert not project.output.exists()
