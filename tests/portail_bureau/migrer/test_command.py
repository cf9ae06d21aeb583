"""``portail migrer``: what a version asks of contents, shown, then written whole or not at all."""

from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from portail import cli, files
from portail.diagnostics import ConfigError
from portail.settings import RECORD
from portail_bureau.migrer import command as migrer
from portail_bureau.migrer.command import (
    MIGRATIONS,
    Migration,
    migrated,
    numbers,
    renamed_key,
)
from portail_bureau.migrer.former import in_english

DATE = Migration(
    "0.1.0", "« date » s’écrit « debut »", "content/events/*.md", renamed_key("date", "debut")
)
OLD = "---\ntitre: Essai\ndate: 2027-03-01\n---\n\ndate: ce mot reste.\n"


@pytest.fixture
def portal(tmp_path, monkeypatch):
    """A portal that an older version wrote, with a content in its former spelling."""
    folder = tmp_path / "p"
    assert cli.main(["init", str(folder), "--region", "aucune", "--date", "2027-03-01"]) == 0
    (folder / RECORD).write_text('{"version": "0.0.9"}', encoding="utf-8")
    (folder / "content/events/essai.md").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(migrer, "MIGRATIONS", (DATE,))
    return folder


def test_a_content_changes_by_a_row_alone(portal, capsys):
    event = portal / "content/events/essai.md"
    assert cli.main(["migrer"]) == 0
    told = capsys.readouterr().out
    assert "-date: 2027-03-01" in told and "+debut: 2027-03-01" in told and DATE.raison in told
    assert event.read_text(encoding="utf-8") == OLD
    assert cli.main(["migrer", "--appliquer"]) == 0
    new = event.read_text(encoding="utf-8")
    assert new == OLD.replace("date: 2027", "debut: 2027")
    capsys.readouterr()
    assert cli.main(["migrer", "--appliquer"]) == 0
    assert capsys.readouterr().out.startswith("Rien à migrer")
    assert event.read_text(encoding="utf-8") == new


def test_all_is_put_back_when_one_cannot_be_written(portal, monkeypatch, capsys):
    remembered = (portal / RECORD).read_bytes()
    write = files.atomic_write

    def full(path, data, mode):
        if path.name == RECORD and data != remembered:
            raise OSError(28, "le disque est plein")
        write(path, data, mode=mode)

    monkeypatch.setattr(files, "atomic_write", full)
    assert cli.main(["migrer", "--appliquer"]) == 2
    assert "le disque est plein" in capsys.readouterr().err
    assert (portal / "content/events/essai.md").read_text(encoding="utf-8") == OLD
    assert (portal / RECORD).read_bytes() == remembered


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[" * 9_000, '{"version": "un"}', '{"fichiers": 3}', "\x00"]
)
def test_a_record_that_is_damaged_is_one_sentence(text, portal, capsys):
    (portal / RECORD).write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["migrer"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_folder_of_nobody_is_told_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["migrer", "--appliquer"]) == 2
    assert "portail init" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_versions_that_were_tried_are_renewed_with_the_version(portal, capsys):
    tried = portal / migrer.LIBRARIES
    ours = tried.read_bytes()
    tried.write_text("pelican==4.5\n", encoding="utf-8")
    (portal / "README.md").write_text("Le nôtre.\n", encoding="utf-8")
    assert cli.main(["migrer"]) == 0
    assert "-pelican==4.5" in capsys.readouterr().out
    assert cli.main(["migrer", "--appliquer"]) == 0
    assert tried.read_bytes() == ours
    assert (portal / "README.md").read_text(encoding="utf-8") == "Le nôtre.\n"
    tried.unlink()
    assert cli.main(["migrer", "--appliquer"]) == 0
    assert not tried.exists()


def test_rows_are_those_between_the_two_versions():
    path = PurePosixPath("content/events/essai.md")

    def found(since, until):
        return len([*migrated(path, OLD, (DATE,), since, until)])

    assert [found("0.0.9", "0.1.0"), found("0.1.0", "0.2.0"), found("0.0.1", "0.0.9")] == [1, 0, 0]
    assert not [*migrated(PurePosixPath("content/lieux/x.md"), OLD, (DATE,), "0.0.9", "0.1.0")]


def test_the_table_is_in_the_order_of_versions():
    assert [*MIGRATIONS] == sorted(MIGRATIONS, key=lambda row: numbers(row.version))
    with pytest.raises(ConfigError):
        numbers("un")


@given(st.text(alphabet="-\n :abdeèt\ufeff", max_size=60))
def test_a_key_is_renamed_once_and_nothing_else_is(text):
    change = renamed_key("date", "debut")
    once = change(text)
    assert change(once) == once
    assert once.replace("debut", "date") == text.replace("debut", "date")


SETTINGS = """\
PORTAIL_NOM = "Le nôtre"
PORTAIL_VOISINS = [
    {"nom": "Écho d’ici", "api": "https://a.example/api/v1/", "region": "Normandie"},
    {"nom": "Autre", "api": "https://b.example/p/api/v1/"},
]
PORTAIL_VOISINS_DOSSIER = "voisins"
"""
LISTED = """\
- nom: Musée
  adresse: https://m.example/a.ics
  accord: {le: 2027-01-12, de: la direction}
"""


@pytest.mark.parametrize("before", ["", "# Vide.\n", f"sources:\n{LISTED}"])
def test_neighbours_of_the_settings_become_sources(portal, monkeypatch, capsys, before):
    monkeypatch.setattr(migrer, "MIGRATIONS", MIGRATIONS)
    monkeypatch.setattr(migrer, "current_version", lambda: "0.3.0")
    settings = portal / "pelicanconf.py"
    settings.write_text(SETTINGS, encoding="utf-8")
    (portal / "content/events/essai.md").unlink()
    sources = portal / "sources.yml"
    sources.unlink()
    if before:
        sources.write_text(before, encoding="utf-8")
    assert cli.main(["check"]) == 2
    assert "portail migrer --appliquer" in capsys.readouterr().err
    assert cli.main(["migrer", "--appliquer"]) == 0
    assert settings.read_text(encoding="utf-8") == 'PORTAIL_NOM = "Le nôtre"\n'
    told = yaml.safe_load(sources.read_text(encoding="utf-8"))["sources"]
    assert told[-2:] == [
        {"nom": "Écho d’ici", "adresse": "https://a.example/", "voisin": True},
        {"nom": "Autre", "adresse": "https://b.example/p/", "voisin": True},
    ]
    assert len(told) == 2 + (LISTED in before)
    assert cli.main(["check", "--date", "2027-03-01"]) == 0
    assert "A150" in capsys.readouterr().out
    assert cli.main(["migrer", "--appliquer"]) == 0
    assert capsys.readouterr().out.endswith("Rien à migrer : ce dépôt suit Portail 0.3.0.\n")


FORMER = """\
from collections import Counter as Fait

import portail.greffons
from portail import greffons as portail_
from portail.greffons import Draft, Facette, Faute, Greffon, Regle as R

é = (Facette(cle="é", titre="Fait", lit=f, valeurs={}), portail_.Fait(f, canaux=("page",)))
r = R("AX01", titre="T", message="M", remede="R", cherche=f)
x = portail.greffons.Faute(c, champ=("titre",)), Fait(titre=1), Other(titre=1)
greffon = Greffon(nom="x", sorties=(f,), faits=é, facettes=(), regles=(r,))
"""
ENGLISH = """\
from collections import Counter as Fait

import portail.greffons
from portail import greffons as portail_
from portail.greffons import Draft, FacetSpec, Finding, Greffon, RuleSpec as R

é = (FacetSpec(key="é", title="Fait", reads=f, values={}), portail_.FactSpec(f, channels=("page",)))
r = R("AX01", title="T", message="M", remedy="R", finds=f)
x = portail.greffons.Finding(c, field=("titre",)), Fait(titre=1), Other(titre=1)
greffon = Greffon(name="x", outputs=(f,), facts=é, facets=(), rules=(r,))
"""


def test_a_greffon_is_written_in_english_where_it_names_what_the_portal_gives():
    assert in_english(FORMER) == ENGLISH
    assert in_english(ENGLISH) == ENGLISH
    assert in_english("def (\n") == "def (\n"
