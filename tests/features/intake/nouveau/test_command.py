"""``portail new``: a file for each kind, nothing of which can be published by mistake."""

import re
from datetime import date

import pytest

from doses import cases
from portail import cli
from portail.cli.memory import MemoryStore
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import ConfigError
from portail.features.intake.nouveau.command import kind_named
from portail.model.entry import Entry
from portail.model.kinds import KINDS, Kind
from portail.model.registry import MODELS
from portail.pipeline import run
from portail.resources import data_dir


@pytest.fixture(autouse=True)
def content(monkeypatch, tmp_path):
    """An empty ``content/`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def new(*argv):
    return cli.main(["new", *argv, "--date", "2021-09-27"])


def told(content):
    """Line, code and message of all that is told of the contents, in order."""
    day = Day(date(2021, 9, 27), pinned=True)
    region = SiteConfig(region="Hauts-de-France")
    report = run(content, data_dir(), region, day, MemoryStore()).report
    return [f"{item.position.line} {item.code} {item.message}" for item in report]


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_each_field_of_a_new_file_is_there_and_each_value_asked_for_by_its_example(kind, content):
    assert new(kind.info.nom, "--titre", "L’œuf : un essai #1") == 0
    (file,) = content.rglob("*.md")
    assert file.parent == content / kind.value
    assert file.stem == ("2021-s39" if kind is Kind.NEWSLETTER else "l-oeuf-un-essai-1")
    lines = file.read_text(encoding="utf-8").split("\n")
    gaps = [line for line in lines if "À COMPLÉTER" in line and line[0] != "#"]
    codes = [row.split()[1] for row in told(content)]
    # A draft; its text is still that of the model.
    assert sorted(codes) == ["A153", "C208", *["E206"] * (len(gaps) - 1)], told(content)
    fields = set(MODELS[kind].model_fields) - {"slug", "source"}
    text = "\n".join(lines)
    assert sorted(re.findall(r"^(?:# )?([a-z_]+):(?: |$)", text, re.MULTILINE)) == sorted(fields)
    assert {"titre", *MODELS[kind].obligatoires} <= set(
        re.findall(r"^([a-z_]+):", text, re.MULTILINE)
    )
    optional = re.findall(r"^# ([a-z_]+):", text, re.MULTILINE)
    common = [key in Entry.model_fields for key in optional]
    assert common == sorted(common), "the common fields come last"
    # Its examples are the values to write: valid, those that can only be of an example told.
    for rank, line in enumerate(lines[1:], 1):
        key, _, value = line.partition(": ")
        if "À COMPLÉTER" in value and line[0] != "#":
            lines[rank] = f"{key}: {lines[rank - 1].partition('Par exemple : ')[2]}"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = {row.split()[1] for row in told(content)}
    assert found <= {"A153", "A154", "C208"}, told(content)
    assert "A154" in found or "resume" not in MODELS[kind].obligatoires


def test_the_file_of_an_event(content, capsys):
    assert new("event", "--titre", "Atelier robotique") == 0
    assert capsys.readouterr().out == (
        "content/events/atelier-robotique.md est écrit. "
        "Complétez-le, puis vérifiez : portail check\n"
    )
    text = (content / "events" / "atelier-robotique.md").read_text(encoding="utf-8")
    assert text.startswith(
        "---\n"
        "# Un événement. Ces lignes en « # » ne sont pas publiées.\n"
        "# Remplacez chaque « À COMPLÉTER », puis vérifiez : portail check\n"
        "titre: Atelier robotique\n"
    )
    assert (
        "\n# Fin : jour, et heure si on la connaît. Par exemple : 2021-10-16 16:00\n"
        "# fin: À COMPLÉTER\n"
    ) in text
    assert "\nadresse: {commune: À COMPLÉTER}\n" in text
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
        "« evenemnt » n’est pas un genre de contenu. Le plus proche : « evenement ». Genres : "
    )


@pytest.mark.parametrize("title", ["", "   ", "M" * 141, "a\x1bb"])
def test_a_title_is_asked_for(title, capsys):
    assert new("page", "--titre", title) == 2
    assert "itre" in capsys.readouterr().err
