"""What examples give to be replaced is told wherever it stays, and nothing that may be true is."""

from datetime import date
from pathlib import Path

import pytest

from plans import result_of
from portail import cli
from portail.config import SiteConfig
from portail.day import Day

TEXT = """\
    ---
    titre: {titre}
    resume: {resume}
    publie_le: 2021-09-20
    debut: 2021-10-09 14:00
    format: atelier
    adresse: {{commune: Amiens, nom: Salle des fêtes, rue: 2 place de la Mairie}}
    groupes: {{duree: 1 h 30, tarif: 3 € par élève}}
    jauge: 40
    {more}
    ---

    On s’habille chaudement.
"""
OWN = {"titre": "La nuit de la chouette", "resume": "Deux heures dehors.", "more": ""}


def told(arbre, **fields):
    """The values that are told of an event of these fields."""
    root = arbre({"content/events/nuit.md": TEXT.format_map({**OWN, **fields})})
    day = Day(date(2021, 9, 27), pinned=True)
    report = result_of(root / "content", SiteConfig(), day).report
    return [item.message.split(" est ")[0] for item in report if item.code == "A154"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("titre: {}", "Une nuit au Musée Exemple"),
        ("resume: {}", "Une sortie pour écouter les rapaces."),
        ("resume: {}", "Un atelier en famille pour décomposer la lumière avec un carton."),
        ('sans_voiture: {{arret: "{}"}}', "Gare d’Exemple, puis 8 minutes à pied"),
        ("en_ligne: {}", "https://direct.example.org/nuit"),
        ("inscription: {{regime: conseillee, courriel: {}}}", "contact@example.org"),
        ("inscription: {{regime: conseillee, telephone: {}}}", "01 99 00 12 34"),
    ],
)
def test_a_value_of_an_example(arbre, line, value):
    key, _, rest = line.format(value).partition(": ")
    fields = {key: rest} if key in OWN else {"more": f"{key}: {rest}"}
    assert told(arbre, **fields) == [f"« {value} »"]


def test_what_may_be_true_is_not_told(arbre):
    assert told(arbre) == []
    assert told(arbre, more="inscription: {regime: conseillee, courriel: a@example.org.fr}") == []


def test_an_example_that_says_so_is_left(arbre):
    resume = "Une sortie pour écouter les rapaces."
    assert told(arbre, resume=resume, more="exemple: true") == []


def test_settings_of_nobody_are_told_where_they_are(arbre, monkeypatch, capsys):
    settings = (
        'PORTAIL_COURRIEL = "redaction@sciences.example.org"\n'
        'PORTAIL_ETIQUETTE = "sciences.example.org,2027-01-01"\n'
        'PORTAIL_LETTRE = {\n    "expediteur": "lettre@sciences.example.org",\n}\n'
    )
    text = TEXT.format_map(OWN)
    monkeypatch.chdir(arbre({"pelicanconf.py": settings, "content/events/nuit.md": text}))
    cli.main(["check"])
    told = [line for line in capsys.readouterr().out.split("\n") if "A154" in line]
    assert [line.split(" est ")[0] for line in told] == [
        "pelicanconf.py:1:20 A154 « redaction@sciences.example.org »",
        "pelicanconf.py:4:19 A154 « lettre@sciences.example.org »",
    ]
    (Path.cwd() / "pelicanconf.py").write_text(f'PORTAIL_DATE = "2021-09-27"\n{settings}')
    cli.main(["check"])
    assert "A154" not in capsys.readouterr().out
