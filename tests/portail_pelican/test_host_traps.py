"""What Pelican would do by itself, and that no portal should suffer."""

import errno
import os
import re
import shutil
from typing import NamedTuple

import pytest

from faults import SOUND
from portail_pelican import generator
from projects import Done, Project, stamps, tree

pytestmark = pytest.mark.site

PAGE = "---\ntitre: À propos\n---\n\nDeux mots.\n"


def portal(root, extra=""):
    """A portal of one place, one article, one page."""
    project = Project(root, extra)
    project.write({**SOUND, "content/pages/a-propos.md": PAGE})
    return project


@pytest.fixture
def project(tmp_path):
    return portal(tmp_path)


class Once(NamedTuple):
    """A published portal, which nobody may change, and what its build said."""

    project: Project
    done: Done


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The same, published."""
    project = portal(tmp_path_factory.mktemp("publie"))
    return Once(project, project.pelican())


@pytest.fixture
def published(once, tmp_path):
    """A copy of the published portal, as old as it."""
    assert once.done.code == 0
    shutil.copytree(once.project.root, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Project(tmp_path)


def test_last_line_counts_true(once):
    assert (once.done.code, once.done.err) == (0, "")
    assert "Contours" not in once.done.out
    said = " ".join(once.done.out.split())
    read = len([*once.project.content.rglob("*.*")])
    made = [one for one in once.project.output.rglob("*") if one.is_file()]
    pages = sum(one.suffix == ".html" for one in made)
    told = f"{read} fichiers lus, {pages} pages, {len(made)} fichiers publiés."
    assert re.search(rf"Site construit en \d+,\d s : {told}$", said), said
    assert "Processed" not in said


@pytest.mark.parametrize(("left", "told"), [(100_000_000, True), (4_000_000_000, False)])
def test_a_build_that_may_lack_memory_says_so_first(
    published,
    left,
    told,
    monkeypatch,
    capsys,
):
    monkeypatch.setattr(generator, "room", lambda: left)
    published.build()
    said = capsys.readouterr().err
    assert said.startswith("Il reste 100 Mo de mémoire, et construire ce site en prend") is told
    assert bool(said) is told


def test_the_last_line_is_the_same_with_nothing_to_do(published):
    lines = [published.portail("build").out.split("\n")[-2].partition(" : ")[2] for _ in range(3)]
    assert lines[0].endswith("fichiers publiés.") and len({*lines}) == 1


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (
            'JINJA_ENVIRONMENT = {"autoescape": False}',
            'JINJA_ENVIRONMENT doit contenir « "autoescape": True »',
        ),
        ("JINJA_ENVIRONMENT = {}", 'JINJA_ENVIRONMENT doit contenir « "autoescape": True »'),
        ("RELATIVE_URLS = True", "RELATIVE_URLS n’est pas nécessaire"),
        ("PORTAIL_NON = 'x'", "Le réglage PORTAIL_NON n’existe pas. Vouliez-vous dire PORTAIL_NOM"),
    ],
)
def test_settings_refused(published, setting, words):
    project = published
    before = tree(project.output), stamps(project.output)
    settings = project.root / "pelicanconf.py"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{setting}\n", encoding="utf-8")
    done = project.pelican()
    assert done.code == 2
    assert done.err.startswith(words)
    assert "Traceback" not in done.err + done.out
    assert (tree(project.output), stamps(project.output)) == before


WITNESS = """
from pathlib import Path
from typing import Any

from pelican.plugins import signals

def articles(generator):
    print("articles vus :", len(generator.articles), flush=True)

def written(path, context):
    print("content_written", flush=True)

def over(host):
    Path(host.output_path, "greffe.txt").write_text("écrit par un greffon", encoding="utf-8")

def register():
    signals.article_generator_finalized.connect(articles)
    signals.content_written.connect(written)
    signals.finalized.connect(over)
"""


@pytest.mark.parametrize("module", ["portail", "portail_pelican"])
def test_settings_are_read_again_whatever_their_size_and_time(project, module):
    settings = project.root / "pelicanconf.py"
    written, before = settings.read_text(encoding="utf-8"), settings.stat().st_mtime_ns
    for name in ("d’essai", "d’hiver"):
        settings.write_text(written.replace("d’essai", name), encoding="utf-8")
        os.utime(settings, ns=(before, before))
        done = project.portail("build") if module == "portail" else project.pelican()
        assert (done.code, done.err) == (0, "")
        page = (project.output / "index.html").read_text(encoding="utf-8")
        assert f"Portail {name}" in page
    assert not (project.root / "__pycache__").exists(), "nothing of them is left beside"


def test_unknown_variable_is_an_error(project, racine):
    """Pelican prints nothing for it; the page, the template and its line are named, for who says
    how templates are read too."""
    with (project.root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write('JINJA_ENVIRONMENT = {"autoescape": True}\n')
    # What a theme lacks is ours: those of Pelican's simple theme would not show « entry.html ».
    parent = project.root / "apparence/templates/entry.html"
    text = (racine / "theme/templates/entry.html").read_text(encoding="utf-8")
    line = text[: text.index("<article")].count("\n") + 1
    faulty = text.replace("<article", "{{ vue.absent }}<article", 1)
    project.write({"apparence/templates/entry.html": faulty})
    done = project.pelican("content", "-t", str(parent.parents[1]), "--fatal", "errors")
    assert done.code == 2
    assert "Traceback" not in done.err + done.out
    assert f"entry.html, ligne {line} : « absent » n’existe pas ici (" in done.err
    assert "absent" in done.err
    assert not project.output.exists()


@pytest.mark.parametrize("fatal", [pytest.param((), marks=pytest.mark.long), ("--fatal", "errors")])
def test_bug_of_ours_leaves_with_an_error(published, fatal):
    project = published
    before = tree(project.output), stamps(project.output)
    settings = project.root / "pelicanconf.py"
    bug = "import portail.pipeline\nportail.pipeline.list_content = None\n"
    settings.write_text(settings.read_text(encoding="utf-8") + bug, encoding="utf-8")
    done = project.pelican("content", *fatal)
    assert done.code not in (0, 2)
    assert "TypeError" in done.out + done.err
    assert (tree(project.output), stamps(project.output)) == before


def test_package_that_cannot_be_imported(project):
    """Pelican only logs it, and builds an empty site."""
    (project.root / "portail_pelican").mkdir()
    project.write({"portail_pelican/__init__.py": "import nulle_part\n"})
    done = project._run("pelican", ("content",), {"PYTHONPATH": str(project.root)})
    assert done.code != 0
    assert not project.output.exists()


def test_generators_of_the_host_have_nothing_to_read(once, tmp_path):
    extra = """
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
DIRECT_TEMPLATES = ["index", "archives", "tags"]
TEMPLATE_PAGES = {"articles/sans-faute.md": "x.html"}
FEED_ALL_ATOM = "feeds/all.atom.xml"
OUTPUT_SOURCES = True
CACHE_CONTENT = True
DELETE_OUTPUT_DIRECTORY = True
"""
    project = portal(tmp_path, extra)
    assert project.pelican().code == once.done.code == 0
    assert tree(project.output) == tree(once.project.output)


PLUGIN = """
import pathlib
from pelican import signals
from pelican.generators import Generator

class Autre(Generator):
    def generate_output(self, writer):
        pathlib.Path(self.output_path, "genere.txt").write_text("génère", encoding="utf-8")

def fin(host):
    pathlib.Path(host.output_path, f"{fin.nom}.txt").write_text("fin", encoding="utf-8")

class Greffon:
    def __init__(self, nom):
        self.nom = nom
    def finir(self, host):
        folder = pathlib.Path(host.output_path, "plans")
        folder.mkdir(exist_ok=True)
        (folder / f"{self.nom}.txt").write_text(self.nom, encoding="utf-8")
    def register(self):
        signals.get_generators.connect(lambda host: Autre, weak=False)
        signals.finalized.connect(self.finir)

AUTRES = [Greffon(f"greffon{number}") for number in range(8)]
PLUGINS = [*AUTRES[:4], *PLUGINS, *AUTRES[4:]]
"""


def test_files_of_other_plugins_are_published(tmp_path):
    """Those of generators, and those written when the run ends, in whatever order; none sees an
    article (``docs/technique/settings.md``)."""
    (tmp_path / "temoin.py").write_text(WITNESS, encoding="utf-8")
    project = portal(tmp_path, f'{PLUGIN}PLUGIN_PATHS = ["."]\nPLUGINS += ["temoin"]\n')
    for _ in range(2):
        done = project.pelican()
        assert done.code == 0, done.out
        assert done.err.startswith("PLUGINS : « temoin » n’a pas tout son effet"), done.err
        assert "articles vus : 0\n" in done.out and "content_written" not in done.out
        assert (project.output / "greffe.txt").read_text("utf-8") == "écrit par un greffon"
        found = tree(project.output)
        assert "genere.txt" in found
        assert {f"plans/greffon{number}.txt" for number in range(8)} <= found.keys()
        assert "articles/sans-faute/index.html" in found
    # Without the plug-ins, their files go.
    Project(tmp_path)
    assert project.pelican().code == 0
    assert {path.name for path in project.output.glob("*.txt")} == {"robots.txt"}
    assert not (project.output / "plans").exists()


def test_static_files_of_the_host(tmp_path):
    """One takes the place of a page that leads elsewhere: no former address, which a proposal may
    bring, stops the publication."""
    extra = """
STATIC_PATHS = ["extra", "documents"]
EXTRA_PATH_METADATA = {
    f"extra/{name}": {"path": name} for name in ("CNAME", "robots.txt", "a.html")
}
"""
    project = portal(tmp_path, extra)
    files = {
        "extra/CNAME": "exemple.org\n",
        "documents/plan.txt": "Un plan.\n",
        "documents/README.md": "Ce que la forge montre.\n",
        "extra/robots.txt": "User-agent: Glouton\nDisallow: /\n",
        "extra/a.html": "Preuve",
        "lieux/ici.md": "---\ntitre: Ici\nresume: Un lieu.\ntype: musee\ncommune: Lille\n"
        "anciennes_urls: [/a.html, /b.php, /index.php/12-c, /~d/]\n---\nTexte.\n",
    }
    project.write({f"content/{name}": text for name, text in files.items()})
    done = project.pelican()
    assert (done.code, done.err) == (0, "")
    project.does("check")
    assert (project.output / "CNAME").read_text(encoding="utf-8") == "exemple.org\n"
    assert [file.name for file in (project.output / "documents").iterdir()] == ["plan.txt"]
    assert (project.output / "a.html").read_text(encoding="utf-8") == "Preuve"
    for name in ("b.php", "index.php/12-c", "~d"):
        page = (project.output / name / "index.html").read_text(encoding="utf-8")
        assert "/lieux/ici/" in page
    robots = project.output / "robots.txt"
    assert robots.read_text(encoding="utf-8") == files["extra/robots.txt"], "instead of ours"
    for name in ("CNAME", "robots.txt"):
        (project.content / "extra" / name).unlink()
    assert project.pelican().code == 0
    assert not (project.output / "CNAME").exists()
    assert robots.read_text(encoding="utf-8").startswith("User-agent: *")


def test_settings_keep_their_place(tmp_path):
    """``-o``, ``-e`` and ``SITEURL`` work as everywhere in Pelican; a region that has no outline
    says so."""
    project = portal(tmp_path, 'PORTAIL_REGION = "Saint-Martin"\n')
    done = project.pelican("content", "-o", "public", "-e", 'PORTAIL_NOM="Autre nom"')
    assert done.code == 0
    assert (
        "Contours de la région inconnus : data/contours/saint-martin.json n’existe pas, le site "
        "n’a aucune carte. → Dessinez-les comme le dit data/README.md : "
        'python outils/contours.py "Saint-Martin"\n'
    ) in done.out
    page = (project.root / "public" / "index.html").read_text(encoding="utf-8")
    assert "Autre nom" in page
    assert not project.output.exists()


def test_template_overrides(published):
    project = published
    project.write(
        {"gabarits/404.html": '{% extends "base.html" %}{% block contenu %}Perdu ?{% endblock %}'}
    )
    settings = project.root / "pelicanconf.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}THEME_TEMPLATES_OVERRIDES = ["gabarits"]\n', encoding="utf-8")
    assert project.pelican().code == 0
    assert "Perdu\u00a0?" in (project.output / "404.html").read_text(encoding="utf-8")


def test_a_static_file_that_cannot_be_copied_stops_the_build(
    published, monkeypatch, capsys,
):  # fmt: skip
    """Pelican warns, and goes on: the site would lack it."""
    published.write({"content/extra/preuve.txt": "Preuve"})
    settings = published.root / "pelicanconf.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}STATIC_PATHS = ["extra"]\n', encoding="utf-8")
    before, copy = tree(published.output), shutil.copyfile

    def full(source, target):
        if source.endswith("/preuve.txt"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        copy(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(SystemExit) as leaving:
            published.build()
    told = capsys.readouterr().err
    assert leaving.value.code == 2 and "/preuve.txt). → " in told and "Traceback" not in told
    assert tree(published.output) == before
    assert published.build().published
    assert (published.output / "extra/preuve.txt").is_file()


def test_a_folder_that_cannot_be_listed_stops_the_build(published, monkeypatch, capsys):
    """The site would lack what it holds."""
    before, scan = tree(published.output), os.scandir

    def refused(place):
        if "theme/static/partage" in str(place):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        return scan(place)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        with pytest.raises(SystemExit) as leaving:
            published.build(PORTAIL_NOM="Autre nom")
    assert leaving.value.code == 2 and "permis" in capsys.readouterr().err
    assert tree(published.output) == before
