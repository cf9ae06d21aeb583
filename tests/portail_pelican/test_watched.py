"""Whatever a build reads is watched by what answers at once when nothing changed, and told apart by
what every page depends on.

Judged by the audit events of the interpreter (PEP 578): each file that a build opens and each
folder that it lists, found or not, in one process that has read nothing before.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zoneinfo
from pathlib import Path
from typing import NamedTuple

import pytest

from faults import SOUND
from pictures import picture
from portail.cli.again import Source
from portail.features import CODE
from portail.features.intake.guides.documents import ROOM
from portail.memory import FILE, Memory
from portail.resources import compiled_dir, data_dir, docs_dir, theme_dir
from projects import LIMIT, Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("watched")]

HEARD = """
import os, runpy, sys
heard, drawn = [], []
def hear(event, details):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(details[0], str | bytes):
        mode, flags = (*details[1:], "", 0)[:2] if event == "open" else ("", 0)
        written = set(mode) & set("wax+") if mode else (flags or 0) & (os.O_WRONLY | os.O_RDWR)
        if not written:
            heard.append(os.path.abspath(os.fsdecode(details[0])))
            site = sys.modules.get("portail.site.item")
            if site and getattr(site, "_stack", None):
                drawn.append(heard[-1])
sys.addaudithook(hear)
told = sys.argv.pop(1)
try:
    runpy.run_module("portail", run_name="__main__", alter_sys=True)
finally:
    with open(told, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\\n".join(heard))
    with open(told + "-traces", "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\\n".join(drawn))
"""
SYSTEM = (*map(Path, zoneinfo.TZPATH), *map(Path, ("/proc", "/sys", "/dev", "/etc", "/usr/share")))
PYTHON = tuple({Path(path) for path in sysconfig.get_paths().values()} | {Path(sys.base_prefix)})
"""Python and its libraries: each module of the process is watched, and where others would be."""


ARTICLE = '{% extends "!theme/article.html" %}'


class Built(NamedTuple):
    """A build: what it read, and what the next one looks at before it does anything."""

    project: Project
    heard: tuple[Path, ...]
    traced: tuple[Path, ...]
    """What was read while the reads of a page, a file or a part were written down."""
    watched: tuple[Source, ...]


OWN = """\
STATIC_PATHS = ["fichiers"]
THEME_TEMPLATES_OVERRIDES = ["gabarits"]
PORTAIL_GREFFONS = ["greffons.duree"]
PORTAIL_LOGO = "marque/logo.png"
PORTAIL_COULEUR = "#0A5C7A"
"""


def showcase(project, racine):
    """Every output and every kind."""
    source = racine / "tests/sites/vitrine"
    shutil.copytree(source / "content", project.root / "content", dirs_exist_ok=True)
    for name in ("pelicanconf.py", "sources.yml"):
        shutil.copy(source / name, project.root)


def small(project, racine):
    """A team that has a file of its own wherever it may."""
    with (project.root / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(OWN)
    shutil.copytree(racine / "docs/technique/exemples/greffons", project.root / "greffons")
    project.write(SOUND | {"content/fichiers/a.txt": "a", "gabarits/article.html": ARTICLE})
    for name in ("theme/static/css/tokens.css", "theme/templates/base.html", "data/publics.yml"):
        copy = project.root / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(racine / name, copy)
    logo = project.root / "marque/logo.png"
    logo.parent.mkdir()
    logo.write_bytes(picture("PNG"))


@pytest.fixture(scope="module", params=[pytest.param(showcase, marks=pytest.mark.long), small])
def built(request, tmp_path_factory, racine):
    """A portal, built from nothing by a process of its own."""
    root = tmp_path_factory.mktemp("portail")
    project = Project(root)
    request.param(project, racine)
    told = root / ".lus"
    environ = {**os.environ, "PORTAIL_PROCESSUS": "1", "CI": "", "PORTAIL_VERIFIER": ""}
    # The colours of a team are written by the first build: it is the second that may be repeated.
    for file in (told, root / ".encore"):
        done = subprocess.run(
            [sys.executable, "-c", HEARD, str(file), "build"],
            cwd=root, env=environ, capture_output=True, text=True, timeout=LIMIT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    (kept,) = Memory(root / ".cache" / FILE).recall("redites").values()
    sources = json.loads(kept)["sources"]
    heard, traced = (
        tuple(sorted({*map(Path, file.read_text("utf-8", "surrogateescape").split("\n"))}))
        for file in (told, told.with_name(f"{told.name}-traces"))
    )
    return Built(project, heard, traced, tuple(Source(*one) for *one, _ in sources))


def of_others(built, paths):
    """Those of ``paths`` that are neither Python nor what the build made itself."""
    root = built.project.root
    made = (root / "output", root / ".output.suivant", root / ".cache", compiled_dir())
    for path in paths:
        if not any(path.is_relative_to(one) for one in (*made, *SYSTEM, *PYTHON)):
            yield path.parent.parent if path.parent.name == "__pycache__" else path


def watches(source, path):
    """Whether a change of what is at ``path`` changes the stamps of ``source``."""
    place = Path(source.path)
    if source.kind == "tree":
        return path.is_relative_to(place)
    if source.kind == "files":
        return path.is_relative_to(place) and len(path.relative_to(place).parts) <= 3
    return path == place


def test_all_that_a_build_reads_is_watched(built):
    everything = {*of_others(built, built.heard)}
    assert len(everything) > 300, "the build was heard"
    blind = {
        str(path) for path in everything if not any(watches(one, path) for one in built.watched)
    }
    assert not blind


def test_what_a_page_opens_is_of_the_salt_or_among_its_arguments(built):
    """While it is planned or drawn, none opens a content: that would be a read that nothing notes.
    Code and tables are in the salt; documents are told by digests among the arguments of guides."""
    salted = [*CODE, data_dir(), theme_dir()]
    told = [docs_dir() / ROOM]
    opened = {*of_others(built, built.traced)}
    assert opened.intersection(docs_dir().rglob("*.md")), "pages were heard"
    unknown = {str(path) for path in opened if not any(map(path.is_relative_to, (*salted, *told)))}
    assert not unknown
