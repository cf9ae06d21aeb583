"""``portail new``: a file for each kind, nothing of which can be published by mistake."""

import re
from datetime import date

import pytest

from doses import cases
from plans import result_of
from portail import cli
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import ConfigError
from portail.features.intake.nouveau.command import kind_named
from portail.model.kinds import KINDS, Kind
from portail.model.registry import MODELS


@pytest.fixture(autouse=True)
def content(monkeypatch, tmp_path):
    """An empty ``content/`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def new(*argv):
    return cli.main(["new", *argv, "--date", "2021-09-27"])


def run_here(content, **settings):
    day = Day(date(2021, 9, 27), pinned=True)
    config = SiteConfig(region="Hauts-de-France", **settings)
    return result_of(content, config, day)


def test_nothing_that_it_writes_stops_the_site(content):
    for kind in Kind:
        assert new(kind.info.nom, "--titre", "L’œuf : un essai #1") == 0
    result = run_here(content)
    assert result.plan is not None
    told = {}
    for item in result.report:
        told.setdefault(item.position.path.parent.name, []).append(item.code)
    # One line a file; where the text alone is to be written, that it is a draft, and where.
    assert sorted(told) == sorted(kind.value for kind in Kind)
    assert {tuple(codes) for codes in told.values()} == {("C283",), ("C208", "A153")}
    assert run_here(content, apercu=True).plan is not None


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_a_new_file_is_short_and_its_examples_are_the_values_to_write(kind, content):
    assert new(kind.info.nom, "--titre", "L’œuf : un essai #1") == 0
    (file,) = content.rglob("*.md")
    assert file.parent == content / kind.value
    assert file.stem == ("2021-s39" if kind is Kind.NEWSLETTER else "l-oeuf-un-essai-1")
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= 25
    keys = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
    assert {"titre", "statut", *MODELS[kind].obligatoires} <= keys
    assert set(re.findall(r"^# ([a-z_]+):", text, re.MULTILINE)) <= {*MODELS[kind].model_fields}
    # Its examples are valid, and those that can only be of an example are told.
    text = re.sub(r"^([a-z_]+): .*À COMPL.*Par exemple : (.*)$", r"\1: \2", text, flags=re.M)
    file.write_text(text, encoding="utf-8")
    found = {item.code for item in run_here(content).report}
    assert found <= {"A153", "A154", "C208"}
    assert "A154" in found or "resume" not in MODELS[kind].obligatoires


def test_the_file_of_an_event(content, capsys):
    assert new("event", "--titre", "Atelier robotique") == 0
    assert capsys.readouterr().out == (
        "content/events/atelier-robotique.md est écrit. "
        "Complétez-le, puis vérifiez : portail check\n"
    )
    text = (content / "events" / "atelier-robotique.md").read_text(encoding="utf-8")
    assert "\n# fin: À COMPLÉTER  # Par exemple : 2021-10-10 17:00\n" in text
    assert "\nadresse: {commune: À COMPLÉTER}  # Où : adresse, ou lieu" in text
    assert text.endswith("\n---\n\nÀ COMPLÉTER : écrivez ici le texte.\n")


def test_nothing_is_overwritten(content, capsys):
    (content / "lieux").mkdir()
    (content / "lieux" / "musee.md").write_text("à garder")
    assert new("lieu", "--titre", "Musée") == 2
    assert capsys.readouterr().err == (
        "« content/lieux/musee.md » existe déjà : choisissez un autre titre, "
        "ou complétez ce fichier.\n"
    )
    assert (content / "lieux" / "musee.md").read_text() == "à garder"


@cases(
    ("name", "kind"),
    [
        ("event", Kind.EVENT),
        ("Événement", Kind.EVENT),
        ("evenements", Kind.EVENT),
        ("temps fort", Kind.TEMPS_FORT),
        ("temps_fort", Kind.TEMPS_FORT),
        ("TempsFort", Kind.TEMPS_FORT),
        ("Communauté", Kind.COMMUNAUTE),
    ],
)
def test_a_kind_by_any_of_its_names(name, kind):
    assert kind_named(name) is kind


def test_every_kind_has_the_names_of_its_table():
    for kind, info in KINDS.items():
        for name in (info.folder, info.class_name, info.nom, info.pluriel):
            assert kind_named(name) is kind


def test_an_unknown_kind():
    with pytest.raises(ConfigError) as caught:
        kind_named("evenemnt")
    assert str(caught.value).startswith(
        "« evenemnt » n’est pas un genre de contenu. Vouliez-vous dire « evenement » ? Genres : "
    )


@pytest.mark.parametrize("title", ["", "   ", "M" * 141, "a\x1bb"])
def test_a_title_is_asked_for(title, capsys):
    assert new("page", "--titre", title) == 2
    assert "itre" in capsys.readouterr().err
