"""The wheel is complete: what it holds, and finds of itself once installed elsewhere."""

import os
import re
import subprocess
import sys
import zipfile
from collections import Counter

import pytest

from installation import build_wheel, run

pytestmark = pytest.mark.xdist_group("packaging")  # one wheel and one environment for all


FOLDERS = "from portail.resources import *; print(theme_dir()); print(data_dir())"


def test_the_wheel_carries_theme_data_pages_and_licences(wheel, racine):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("theme", "data", "docs/contribuer", "docs/redaction", "modele"):
        expected = {
            f"portail/_ressources/{path.relative_to(racine).as_posix()}"
            for path in (racine / folder).rglob("*")
            if path.is_file() and {"sources", "chiffres", "arrets.csv"}.isdisjoint(path.parts)
        }
        assert expected <= names, sorted(expected - names)
    tables = (racine / "plugins").glob("portail/data/**/*.yml")
    assert {path.relative_to(racine / "plugins").as_posix() for path in tables} <= names
    licences = {name.partition(".dist-info/licenses/")[2] for name in names}
    assert {"LICENSE", "LICENSES/CC-BY-SA-4.0.txt"} <= licences
    assert not [name for name in names if name.startswith(("tests/", "outils/"))]
    own = [name for name in names if "/data/chiffres/" in name or name.endswith("arrets.csv")]
    assert not own, "figures and stations of the demonstration are not another portal’s"


@pytest.mark.long
def test_the_same_sources_give_the_same_wheel(wheel, tmp_path, racine):
    """On another day, in another place, for another user who keeps files to oneself."""
    odd = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    other = build_wheel(tmp_path / "un autre", racine, env=odd, umask=0o077)
    assert other.name == wheel.name
    assert other.read_bytes() == wheel.read_bytes()


def test_a_code_is_explained_from_the_wheel(installed, tmp_path):
    done = run(installed, tmp_path, "portail", "check", "--expliquer", "E213")
    assert done.returncode == 0, done.stderr
    assert "E213" in done.stdout


def test_the_theme_is_compiled_in_the_wheel(wheel):
    place = re.compile(
        r"(?:portail/_ressources/gabarits/\w+|(?:portail/_ressources|portail_\w+)/theme/templates)/(.*)"
    )
    names = filter(None, map(place.fullmatch, zipfile.ZipFile(wheel).namelist()))
    found = Counter(one[1].removesuffix(".py").replace("/", "+") for one in names)
    assert set(found.values()) == {2}, "each template, and what it compiles to"


def test_resources_are_found_in_the_checkout(racine):
    environment = {**os.environ, "PYTHONPATH": str(racine / "plugins")}
    done = subprocess.run(
        [sys.executable, "-c", FOLDERS], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [str(racine / "theme"), str(racine / "data")]
