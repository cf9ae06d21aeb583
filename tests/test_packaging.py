"""The wheel is complete: installed elsewhere, it builds a portal from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installation import build_wheel, run

pytestmark = pytest.mark.xdist_group("packaging")  # one wheel and one environment for all

SETTINGS = """
from portail_pelican.defaults import *

PORTAIL_NOM = "Portail d’essai"
PORTAIL_DATE = "2021-09-27"
"""

EVENT = """
---
titre: Nuit des étoiles de papier
resume: Une soirée fictive pour regarder le ciel et plier des planètes.
publie_le: 2021-09-20
format: atelier
debut: 2021-10-09 18:00
fin: 2021-10-09 20:00
lieu: observatoire-exemple
---

On apporte sa curiosité.
"""

NOT_FOUND = """
{% extends "!theme/404.html" %}
{% block contenu %}
<h1>Rien par ici</h1>
{% endblock %}
"""

LIEU = """
---
titre: Observatoire-Exemple
resume: Un lieu fictif, pour les essais.
type: planetarium
commune: Wizernes
---

Une coupole et un jardin.
"""


def test_the_wheel_carries_theme_data_pages_and_licences(wheel: Path, racine: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("theme", "data", "docs/codes", "docs/contribuer", "modele"):
        expected = {
            f"portail/_ressources/{path.relative_to(racine).as_posix()}"
            for path in (racine / folder).rglob("*")
            if path.is_file() and {"sources", "chiffres"}.isdisjoint(path.parts)
        }
        assert expected <= names, sorted(expected - names)
    tables = (racine / "plugins").glob("portail/data/**/*.yml")
    assert {path.relative_to(racine / "plugins").as_posix() for path in tables} <= names
    licences = {name.partition(".dist-info/licenses/")[2] for name in names}
    assert {"LICENSE", "LICENSES/CC-BY-SA-4.0.txt"} <= licences
    assert not [name for name in names if name.startswith(("tests/", "outils/"))]
    figures = [name for name in names if "/data/chiffres/" in name]
    assert not figures, "figures of the demonstration are not another portal’s"


def test_the_same_sources_give_the_same_wheel(wheel: Path, tmp_path: Path, racine: Path) -> None:
    """On another day, in another place, for another user who keeps files to oneself."""
    odd = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    other = build_wheel(tmp_path / "un autre", racine, env=odd, umask=0o077)
    assert other.name == wheel.name
    assert other.read_bytes() == wheel.read_bytes()


def test_resources_are_found_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "from portail.resources import *; print(theme_dir()); print(data_dir())"
    done = run(installed, tmp_path, "python", "-c", code)
    assert done.returncode == 0, done.stderr
    theme, data = map(Path, done.stdout.splitlines())
    assert installed.parent in theme.parents
    assert (theme / "static" / "fonts" / "literata.woff2").is_file()
    assert (data / "communes.csv").is_file()


def test_a_code_is_explained_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "portail", "check", "--expliquer", "E213")
    assert done.returncode == 0, done.stderr
    assert "E213" in done.stdout


def test_resources_are_found_in_the_checkout(racine: Path) -> None:
    code = "from portail.resources import *; print(theme_dir()); print(data_dir())"
    environment = {**os.environ, "PYTHONPATH": str(racine / "plugins")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [str(racine / "theme"), str(racine / "data")]


@pytest.mark.site
def test_the_installed_wheel_builds_a_portal(installed: Path, arbre) -> None:
    site = arbre(
        {
            "pelicanconf.py": SETTINGS,
            "data/types-lieux.yml": "valeurs:\n  - {code: coupole, label: Coupole d’essai}\n",
            "theme/static/css/tokens.css": ":root { --accent: #00695C; }\n",
            "theme/templates/404.html": NOT_FOUND,
            "content/events/nuit-des-etoiles-de-papier.md": EVENT,
            "content/lieux/observatoire-exemple.md": LIEU.replace("planetarium", "coupole"),
        }
    )
    done = run(installed, site, "portail", "build", "--site-url", "https://portail.example.org")
    assert done.returncode == 0, done.stderr
    event = (site / "output/evenements/nuit-des-etoiles-de-papier/index.html").read_text("utf-8")
    lieu = (site / "output/lieux/observatoire-exemple/index.html").read_text("utf-8")
    assert "Nuit des étoiles de papier" in event
    assert "/lieux/observatoire-exemple/" in event
    assert "/evenements/nuit-des-etoiles-de-papier/" in lieu
    for page in ("index.html", "agenda/index.html", "lieux/index.html", "404.html"):
        assert (site / "output" / page).is_file(), page
    assert [*(site / "output").rglob("literata.woff2")]
    assert "Coupole d’essai" in lieu
    assert "Rien par ici" in (site / "output/404.html").read_text("utf-8")
    assert "--accent:#00695C" in (site / "output/theme/css/portail.css").read_text("utf-8")
    assert (site / "output/contribuer/index.html").is_file(), "documents are in the wheel"
    again = run(installed, site, "python", "-m", "pelican", "content", "--fatal", "errors")
    assert again.returncode == 0, again.stderr


@pytest.mark.site
def test_a_faulty_file_is_refused_by_the_installed_wheel(installed: Path, arbre) -> None:
    faulty = LIEU.replace("Wizernes", "Wizerne")
    site = arbre({"pelicanconf.py": SETTINGS, "content/lieux/observatoire.md": faulty})
    done = run(installed, site, "portail", "build")
    assert done.returncode == 1
    assert "content/lieux/observatoire.md" in done.stdout + done.stderr
    assert "Wizernes" in done.stdout + done.stderr
    assert not (site / "output").exists()
