"""``portail lsp`` as an editor meets it, on the streams of another process."""

import sys

import pytest

from portail import cli

LIEU = "---\ntitre: Le Dôme\nresume: Un lieu.\ntype: musee\ncommune: Caen\n---\nTexte.\n"
EVENT = """\
---
titre: Une soirée 🌟 des étoiles
resume: Cinq constellations.
publie_le: 2026-11-20
format: atelier
debut: 2027-03-20 20:00
lieu: dome
---
Texte.
"""


@pytest.fixture(autouse=True)
def contents(tmp_path):
    """A place and an event that names it, before the server starts."""
    for name, text in {"lieux/dome": LIEU, "events/soiree": EVENT}.items():
        file = tmp_path / f"content/{name}.md"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")


@pytest.mark.site
def test_a_mistake_is_told_as_it_is_typed_and_goes_when_mended(tmp_path, editor):
    file = tmp_path / "content/events/soiree.md"
    editor.open(file)
    editor.faults(file, "")
    editor.type(file, EVENT.replace("format: atelier", "format: atelirr"))
    (fault,) = editor.faults(file, "E203")
    assert fault["message"] == (
        "« atelirr » n’est pas une valeur de « format ». Vouliez-vous dire « atelier » ?"
    )
    assert fault["range"] == {
        "start": {"line": 4, "character": 8},
        "end": {"line": 4, "character": 15},
    }
    assert (fault["severity"], fault["source"]) == (1, "portail")
    # An unknown place, that the other contents alone tell.
    editor.type(file, EVENT.replace("lieu: dome", "lieu: dom"))
    (fault,) = editor.faults(file, "E411")
    assert "dome" in fault["message"]
    editor.type(file, EVENT.replace("*", ""))
    editor.faults(file, "")
    # Signs beyond the first plane are two units for an editor.
    wrong = EVENT.replace("🌟 des étoiles", "🌟 <b>x</b>")
    editor.type(file, wrong)
    (fault,) = editor.faults(file, "E246")
    assert fault["range"]["start"]["line"] == 1


@pytest.mark.site
def test_keys_values_places_and_helps_are_proposed_and_a_save_tells_of_other_files(
    tmp_path, editor
):
    file = tmp_path / "content/events/soiree.md"
    editor.open(file)
    editor.faults(file, "")
    typed = EVENT.replace("lieu: dome\n", "lieu: d\ntarif: {gra\npublics: [fam\n")
    editor.type(file, typed.replace("des étoiles", "des *étoiles*"))

    def labels(line, column):
        asked = editor.at(file, line, column)
        return [one["label"] for one in editor.ask("textDocument/completion", asked)["items"]]

    assert labels(6, 7) == ["dome"]
    assert "gratuit" in labels(7, 11)
    assert labels(8, 13) == ["familles"]
    assert labels(10, 3) == []
    told = editor.ask("textDocument/hover", editor.at(file, 5, 2))["contents"]["value"]
    assert told.startswith("**Début** (`debut`)")
    assert editor.ask("textDocument/hover", editor.at(file, 10, 2)) is None
    editor.type(file, EVENT)
    editor.faults(file, "")
    place = tmp_path / "content/lieux/dome.md"
    place.rename(place.with_name("le-dome.md"))
    editor.tell("textDocument/didSave", {"textDocument": {"uri": place.as_uri()}})
    assert [one["code"] for one in editor.faults(file, "E411")] == ["E411"]


def test_without_pygls_the_line_that_installs_it_is_told(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    assert cli.main(["lsp"]) == 2
    assert "pip install 'portail[lsp]'" in capsys.readouterr().err
