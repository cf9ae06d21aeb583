"""The same content on the same day is the same site, byte for byte, wherever it is built."""

import os
import shutil
import subprocess
import sys

import pytest

import corpus
from projects import LIMIT, Project, tree

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("determinisme")]

# A file system that lists its folders the other way round.
REVERSED = """
import os, sys
from portail_pelican.commands import run_pelican

listdir, scandir = os.listdir, os.scandir

class Scan:
    def __init__(self, *where):
        with scandir(*where) as found:
            self.found = iter(sorted(found, key=lambda entry: entry.name, reverse=True))
    def __iter__(self):
        return self.found
    def __next__(self):
        return next(self.found)
    def __enter__(self):
        return self
    def __exit__(self, *error):
        pass
    def close(self):
        pass

os.listdir = lambda *where: sorted(listdir(*where), reverse=True)
os.scandir = Scan
sys.exit(run_pelican(sys.argv[1:]))
"""
ARGUMENTS = ("content", "--fatal", "errors")
ADDRESS = """SITEURL = "https://exemple.org"
PORTAIL_LETTRE = {
    "expediteur": "lettre@exemple.org",
    "editions": {"familles": {"nom": "Familles", "public": "familles"}},
}
"""
"""A setting without which there are neither feeds nor sitemap."""


@pytest.fixture(scope="module")
def portals(tmp_path_factory, racine):
    """The same portal in two places: every kind and state, and enough pages to fork."""
    first = tmp_path_factory.mktemp("un")
    shutil.copytree(racine / "tests/sites/vitrine/content", first / "content")
    Project(first, ADDRESS)
    second = tmp_path_factory.mktemp("deux") / "un dossier accentué, plus profond"
    shutil.copytree(first, second)
    return Project(first, ADDRESS), Project(second, ADDRESS)


@pytest.fixture(scope="module")
def expected(portals):
    """The site, built in one process with plain surroundings."""
    project = portals[0]
    done = project.pelican(
        *ARGUMENTS,
        PORTAIL_PROCESSUS="1",
        PYTHONHASHSEED="0",
        TZ="UTC",
        LC_ALL="C.UTF-8",
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert done.code == 0, done.err
    found = tree(project.output)
    assert len(found) > 250 and {"flux.xml", "atom.xml", "flux.json"} <= {*found}
    return found


def surroundings():
    """The environment of this process, without what speaks of a language."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LC_") and name not in ("LANG", "LANGUAGE")
    }


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(
            changed, marks=pytest.mark.long, id="-".join(changed.values()).replace("/", "_")
        )
        for changed in (
            {"PORTAIL_PROCESSUS": "4", "LANG": "tr_TR.UTF-8", "TZ": "America/St_Johns"},
            {"PORTAIL_PROCESSUS": "2", "PYTHONUTF8": "0", "LC_ALL": "POSIX", "TZ": "XYZ-14"},
        )
    ],
)
def test_surroundings(portals, expected, changed):
    """Locale, time zone, hash seed, number of processes, order of folders, and another path."""
    if changed.get("PYTHONUTF8") == "0" and not sys.prefix.isascii():
        pytest.skip("in ASCII, Python does not find what is installed below such a folder")
    project = portals[1]
    done = subprocess.run(
        [sys.executable, "-c", REVERSED, *ARGUMENTS],
        cwd=project.root,
        env={**surroundings(), "PYTHONHASHSEED": "random", **changed},
        capture_output=True,
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert tree(project.output) == expected
    shutil.rmtree(project.root / ".cache")


@pytest.mark.long
def test_report_says_the_same(tmp_path):
    """Reports too, whatever the number of processes."""
    project = Project(tmp_path)
    items = corpus.corpus(tmp_path, 60, words=(10, 20))
    for number, item in enumerate(items):
        path = tmp_path / item.path
        text = path.read_text(encoding="utf-8").replace("themes:", f"theme{number % 3}s:", 1)
        path.write_text(text, encoding="utf-8")
    said = []
    for number, seed in (("1", "1"), ("4", "random")):
        shutil.rmtree(tmp_path / ".cache", ignore_errors=True)
        done = project.pelican(PORTAIL_PROCESSUS=number, PYTHONHASHSEED=seed)
        assert done.code == 1
        said.append([line for line in done.err.splitlines() if line.startswith("content/")])
    assert len(said[0]) >= len(items)
    assert said[0] == said[1]
