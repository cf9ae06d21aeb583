"""``portail newsletter``: what it shows, drafts, freezes, and what it refuses in which words."""

import json
from datetime import date
from importlib.metadata import EntryPoints

import pytest

from doses import each, rows_of
from plans import entry, write
from portail import cli
from portail.config import SiteConfig
from portail.terminal.text import WIDTH, cells
from portail_lettre.sent import read_frozen
from portail_lettre.settings import letter_of

SETTINGS = """
PORTAIL_REGION = "Hauts-de-France"
PORTAIL_DATE = "2021-09-27"
PORTAIL_LETTRE = {"editions": {"somme": {"nom": "Somme", "departement": "somme"}}}
"""
FILES = {
    "articles/la-nuit": entry("articles", titre="La nuit de la *chouette* " + "M" * 110),
    "events/le-jour": entry(
        "events", titre="Le jour : un début", debut="2021-10-02", adresse={"commune": "Amiens"}
    ),
}


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITEURL", "https://x.example")
    monkeypatch.setattr("portail.cli.contents.entry_points", lambda **_: EntryPoints())
    (tmp_path / "pelicanconf.py").write_text(SETTINGS)
    write(tmp_path, FILES)


@pytest.fixture
def newsletter(capsys):
    """What « portail newsletter » says, or its error; spaces that hold are written as others."""

    def run(*argv, code=0):
        assert cli.main(["newsletter", *argv]) == code
        said = capsys.readouterr()
        return (said.err if code == 2 else said.out).replace("\u00a0", " ")

    return run


def checked(capsys):
    """The contents have no mistake."""
    assert cli.main(["check"]) == 0, capsys.readouterr().out


def test_it_shows_what_goes_out_and_why(newsletter):
    text = newsletter()
    assert text.startswith(
        "La lettre du jeudi 30 septembre 2021 · Hauts-de-France\n2021-s39. En prép"
    )
    assert "À savoir\n========\n\n2. La nuit de la chouette" in text
    assert "Pourquoi (" in text and "\n    articles/la-nuit" in text
    assert "1. Le jour : un début" in text, text
    assert "Autres éditions : somme (2 lignes)." in text
    assert all(cells(line) <= WIDTH for line in text.splitlines())


def test_what_has_no_lines_says_its_words(newsletter, tmp_path):
    (tmp_path / "pelicanconf.py").write_text(f"{SETTINGS}PORTAIL_CIEL = True\n")
    assert "Le ciel de la semaine\n=====================\n\nSoleil : lever 7 h" in newsletter()


def test_an_edition_and_data(newsletter):
    said = newsletter("2021-s39", "--edition", "somme")
    assert said.startswith("La lettre du jeudi 30 septembre 2021 · Somme\n")
    told = json.loads(newsletter("2021-s39", "--format", "json"))
    assert (told["semaine"], told["jour"], told["figee"]) == ("2021-s39", "2021-09-30", False)
    assert [*told["editions"]] == ["region", "somme"]
    assert told["editions"]["somme"]["numero"]["tete"] == "events/le-jour"


def test_a_draft_is_a_content_that_changes_nothing_yet(newsletter, tmp_path, capsys):
    newsletter("--brouillon")
    file = tmp_path / "content/newsletters/2021-s39.md"
    text = file.read_text()
    assert "#  - articles/la-nuit  # La nuit de la chouette" in text
    checked(capsys)
    # What its comments say to do: a list without its sign, a line moved below it.
    moved = text.replace("#epingles:", "epingles:\n  - events/le-jour\n# ")
    file.write_text(moved)
    checked(capsys)
    assert "Épinglé par la rédaction." in newsletter()
    newsletter("--brouillon", code=2)  # an editor's file is not written over
    assert file.read_text() == moved


def test_freezing_writes_one_file_once(newsletter, tmp_path, capsys):
    said = newsletter("figer", "2021-s39")
    assert "2021-s39.envoi.html est écrit : 2 éditions, 4 lignes.\n" in said
    file = tmp_path / "content/newsletters/2021-s39.envoi.html"
    before = file.read_bytes()
    frozen = read_frozen(before.decode())
    assert (frozen.fige_le.isoformat(), frozen.enseigne.siteurl) == (
        "2021-09-27",
        "https://x.example",
    )
    assert "est déjà figée (le 27 septembre 2021)" in newsletter("figer", code=2)
    assert file.read_bytes() == before
    said = newsletter("2021-s39", "--date", "2021-10-20")
    assert "2021-s39. Figée le 27 septembre 2021 : elle ne change plus." in said
    newsletter("--brouillon", code=2)
    checked(capsys)


@pytest.mark.parametrize("how", [(), ("--exemples",)], ids=["true", "made up"])
def test_what_went_out_is_known_by_the_next(newsletter, tmp_path, how):
    """Whatever the file of its week says; what is made up went to nobody."""
    word = entry("newsletters", titre="Une semaine inventée", exemple=True)
    write(tmp_path, {"newsletters/2021-s39": word})
    newsletter("figer", "2021-s39", *how)
    write(tmp_path, {"articles/neuf": entry("articles", publie_le="2021-10-03")})
    newsletter("figer", "2021-s40", "--date", "2021-10-04")
    later = tmp_path / "content/newsletters/2021-s40.envoi.html"
    assert ("articles/la-nuit" in read_frozen(later.read_text()).editions["region"].refs) is bool(
        how
    )


@each(rows_of("portail_lettre/tests/refus-de-la-commande.yml"))
def test_what_makes_no_sense_is_told(newsletter, demande, dit):
    assert dit in newsletter(*demande.split(), code=2)


@pytest.mark.parametrize("day", ["2021-09-27", "2021-10-03"])
def test_the_next_letter_is_seen_on_any_day(newsletter, day):
    said = newsletter("2021-s40", "--date", day)
    assert "2021-s40. En préparation : elle partira jeudi 7 octobre 2021." in said


@pytest.mark.parametrize(("day", "leaves"), [
    ("2021-09-30", "partira"), ("2021-10-01", "devait partir"),
])  # fmt: skip
def test_the_page_and_the_command_know_what_day_it_is(newsletter, tree, day, leaves):
    said = f"{leaves} jeudi 30 septembre 2021"
    assert f"En préparation : elle {said}." in newsletter("--date", day)
    letter = letter_of(SiteConfig(region="Hauts-de-France"))
    today = date.fromisoformat(day)
    pages = tree.pages(day=today, lettre=letter, courriel="redaction@example.org")
    assert pages["/newsletter/2021-s39/"].view().depart.replace("\u00a0", " ") == said
    assert said in pages["/newsletter/"].view().note.replace("\u00a0", " ")


def test_a_late_week_can_be_forced(newsletter, tmp_path):
    write(tmp_path, {"articles/vieux": entry("articles", publie_le="2021-07-20")})
    newsletter("figer", "2021-s30", "--force")
    assert (tmp_path / "content/newsletters/2021-s30.envoi.html").exists()


def test_nothing_is_frozen_from_what_is_wrong(monkeypatch, newsletter, tmp_path):
    monkeypatch.delenv("SITEURL")
    assert "SITEURL=https://" in newsletter("figer", code=2)
    monkeypatch.setenv("SITEURL", "https://x.example")
    write(tmp_path, {"articles/faux": entry("articles", publie_le="demain")})
    assert "articles/faux.md" in newsletter("figer", code=1)
    assert "Rien n’a été publié" in newsletter(code=1)
    assert not [*(tmp_path / "content").rglob("*.envoi.html")]


def test_a_week_without_matter_is_not_frozen(tmp_path, newsletter):
    for name in FILES:
        (tmp_path / f"content/{name}.md").unlink()
    write(tmp_path, {"pages/a": entry("pages")})
    assert "Rien à dire cette semaine" in newsletter()
    assert "il n’y a pas de lettre à figer" in newsletter("figer", code=2)


def test_sending_is_another_package(monkeypatch, capsys):
    seen = []
    for installed in (lambda argv: seen.append(argv) or 7, None):
        there = "portail_lettre.command.command_named"
        monkeypatch.setattr(there, {"newsletter.envoyer": installed}.get)
        code = cli.main(["newsletter", "envoyer", "2021-s39", "--simuler"])
        assert code == (7 if installed else 2)
    assert seen == [["2021-s39", "--simuler"]]
    assert "n’est pas installé" in capsys.readouterr().err
