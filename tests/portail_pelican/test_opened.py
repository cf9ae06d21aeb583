"""Whatever a page opens is told apart by what every page depends on.

Judged by the audit events of the interpreter (PEP 578): each file that a build opens and each
folder that it lists while it plans or draws, in one process that has read nothing before.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import zoneinfo
from pathlib import Path

import pytest

from faults import SOUND
from pictures import picture
from portail.features import CODE
from portail.resources import compiled_dir, data_dir, docs_dir, theme_dir
from projects import LIMIT, Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("opened")]

HEARD = """
import os, runpy, sys
drawn = []
def hear(event, details):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(details[0], str | bytes):
        mode, flags = (*details[1:], "", 0)[:2] if event == "open" else ("", 0)
        written = set(mode) & set("wax+") if mode else (flags or 0) & (os.O_WRONLY | os.O_RDWR)
        site = sys.modules.get("portail.site.item")
        if not written and site and getattr(site, "_stack", None):
            drawn.append(os.path.abspath(os.fsdecode(details[0])))
sys.addaudithook(hear)
told = sys.argv.pop(1)
try:
    runpy.run_module("portail", run_name="__main__", alter_sys=True)
finally:
    with open(told, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\\n".join(drawn))
"""
SYSTEM = (*map(Path, zoneinfo.TZPATH), *map(Path, ("/proc", "/sys", "/dev", "/etc", "/usr/share")))
PYTHON = tuple({Path(path) for path in sysconfig.get_paths().values()} | {Path(sys.base_prefix)})
"""Python and its libraries."""
ARTICLE = '{% extends "!theme/article.html" %}'


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


def of_others(root, paths):
    """Those of ``paths`` that are neither Python nor what the build made itself."""
    made = (root / "output", root / ".output.suivant", root / ".cache", compiled_dir())
    for path in paths:
        if not any(path.is_relative_to(one) for one in (*made, *SYSTEM, *PYTHON)):
            yield path.parent.parent if path.parent.name == "__pycache__" else path


@pytest.mark.parametrize("fill", [pytest.param(showcase, marks=pytest.mark.long), small])
def test_what_a_page_opens_is_of_the_salt_or_among_its_arguments(fill, tmp_path, racine):
    """While it is planned or drawn, none opens a content: that would be a read that nothing notes.
    Code and tables are in the salt; documents are told by digests among the arguments of guides."""
    fill(Project(tmp_path), racine)
    file = tmp_path / ".lus"
    environ = {**os.environ, "PORTAIL_PROCESSUS": "1", "CI": "", "PORTAIL_VERIFIER": ""}
    done = subprocess.run(
        [sys.executable, "-c", HEARD, str(file), "build"],
        cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=LIMIT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    heard = map(Path, file.read_text("utf-8", "surrogateescape").split("\n"))
    salted = [*CODE, data_dir(), theme_dir()]
    told = [docs_dir() / "contribuer"]
    opened = {*of_others(tmp_path, heard)}
    assert opened.intersection(docs_dir().rglob("*.md")), "pages were heard"
    unknown = {str(path) for path in opened if not any(map(path.is_relative_to, (*salted, *told)))}
    assert not unknown
