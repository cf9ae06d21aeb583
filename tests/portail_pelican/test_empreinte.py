"""What a build tells of itself, for who compares its digest with another one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from pages import LOCAL_ADDRESS
from portail_publication.empreinte import read
from projects import Project

pytestmark = pytest.mark.site

LIEU = """\
---
titre: Observatoire-Exemple
resume: Un lieu fictif, pour les essais.
type: musee
commune: Wizernes
---

Une coupole.
"""


def test_a_site_tells_what_made_it(built: Callable[[str], Path]) -> None:
    site = built("vitrine")
    made = read(site, site.parent / ".cache").made
    assert made["jour"] == "2021-09-27"
    assert made["adresse"] == LOCAL_ADDRESS
    assert made["portail"] == version("portail")
    assert made["python"] == sys.version.split()[0]
    assert f"pillow {version('pillow')}" in made["bibliotheques"]


@pytest.mark.long
def test_what_changes_a_site_changes_what_made_it_and_where_it_is_does_not(tmp_path: Path) -> None:
    def made(name: str, text: str = LIEU, extra: str = "") -> dict[str, str]:
        project = Project(tmp_path / name, extra)
        project.write({"content/lieux/observatoire.md": text})
        done = project.portail("build", "--site-url", "https://exemple.org")
        assert done.code == 0, done.err
        return dict(read(project.output, project.root / ".cache").made)

    first, there = made("un"), made("deux")
    assert first == there
    other = made("trois", LIEU.replace("coupole", "lunette"))
    assert {key for key in first if first[key] != other[key]} == {"contenus"}
    other = made("quatre", extra='PORTAIL_NOM = "Autre"\n')
    assert {key for key in first if first[key] != other[key]} == {"fabrique"}
