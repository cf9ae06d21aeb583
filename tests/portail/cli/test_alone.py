"""``portail check FICHIER``: what is said of files by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portail.cli.check import main
from portail.diagnostics import ConfigError

EVENT = """---
titre: Des nombres
resume: On compte.
publie_le: 2022-09-24
format: {format}
debut: 2022-10-15 14:00
fin: 2022-10-15 16:00
adresse: {{commune: Arras}}
organisateurs: [{host}]
---

Texte.
"""
LIEU = """---
titre: Musée
resume: Un musée.
publie_le: 2022-09-24
type: musee
commune: Arras
---

Texte.
"""


@pytest.fixture
def portal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {
        "pelicanconf.py": 'PORTAIL_REGION = "Hauts-de-France"\n',
        "content/lieux/musee-a.md": LIEU,
        "content/lieux/faux.md": LIEU.replace("musee", "muse"),
        "content/events/juste.md": EVENT.format(format="atelier", host="musee-a"),
        "content/events/faux.md": EVENT.format(format="ateliez", host="musee-aa"),
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def said(capsys, *names):
    code = main([*names, "--format", "json", "--date", "2022-09-26"])
    rows = json.loads(capsys.readouterr().out)["diagnostics"]
    return code, {(row["fichier"], row["ligne"], row["code"]) for row in rows}


def test_a_file_is_judged_with_what_its_fields_name(portal, capsys):
    assert said(capsys, "content/events/juste.md") == (0, set())
    bad = "content/events/faux.md"
    code, faults = said(capsys, bad)
    assert (code, faults) == (1, {(bad, 5, "E203"), (bad, 9, "E412")})


def test_faults_of_other_files_are_not_told(portal, capsys):
    names = ["content/events/juste.md", "content/lieux/faux.md"]
    code, faults = said(capsys, *names)
    assert code == 1
    assert {path for path, _, _ in faults} == {"content/lieux/faux.md"}


@pytest.mark.parametrize("name", ["absent.md", "pelicanconf.py", "content/events"])
def test_what_is_no_content_is_told(portal, name):
    with pytest.raises(ConfigError, match="n’est pas un fichier de content/"):
        main([name])


def test_a_file_that_a_portal_does_not_read_is_told(portal):
    Path("content/LISEZMOI.md").write_text("Des notes.\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="n’est pas un contenu"):
        main(["content/LISEZMOI.md"])


def test_what_judges_every_content_takes_no_file(portal):
    with pytest.raises(ConfigError, match="--complet juge tous les contenus"):
        main(["--complet", "content/events/juste.md"])
