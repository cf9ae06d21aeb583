"""Files of letters that were sent: no proposal writes them, all are under our name."""

import pytest

from lettres import NUMERO, envoi
from plans import entry
from portail import cli
from portail_lettre.sent import frozen_text

FILE = "content/newsletters/2021-s39.envoi.html"
MASTHEAD = envoi().enseigne
SETTINGS = f"""
SITEURL = "{MASTHEAD.siteurl}"
PORTAIL_NOM = "{MASTHEAD.nom}"
PORTAIL_REGION = "{MASTHEAD.region}"
PORTAIL_COURRIEL = "{MASTHEAD.courriel}"
PORTAIL_ETIQUETTE = "{MASTHEAD.etiquette}"
PORTAIL_LETTRE = {{"expediteur": "{MASTHEAD.expediteur}"}}
PORTAIL_DATE = "2021-09-30"
"""


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Run « portail check » in a folder that has one content, and says what it says."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pelicanconf.py").write_text(SETTINGS, "utf-8")
    for folder in ("content", "avant"):
        (tmp_path / folder / "newsletters").mkdir(parents=True)
        (tmp_path / folder / "articles").mkdir()
        (tmp_path / folder / "articles" / "a.md").write_text(entry("articles"), "utf-8")

    def run(*options):
        return cli.main(["check", *options]), capsys.readouterr().out

    return run


def frozen(**masthead):
    """The file of a week, under our name but for ``masthead``."""
    return frozen_text(envoi(NUMERO, **masthead))


def test_a_proposal_brings_no_letter(check, tmp_path):
    (tmp_path / FILE).write_text(frozen(), "utf-8")
    assert check()[0] == 0, "the sending itself writes it"
    code, told = check("--avant", "avant")
    assert code == 1 and f"{FILE}" in told and "E133" in told
    assert "« 2021-s39.envoi.html » est ajouté" in told and "Retirez-le de la proposition." in told


@pytest.mark.parametrize(("word", "text"), [("modifié", frozen() + "\n"), ("supprimé", None)])
def test_a_proposal_changes_no_letter(check, tmp_path, word, text):
    for folder in ("content", "avant"):
        (tmp_path / FILE.replace("content", folder)).write_text(frozen(), "utf-8")
    assert check("--avant", "avant")[0] == 0
    if text is None:
        (tmp_path / FILE).unlink()
    else:
        (tmp_path / FILE).write_text(text, "utf-8")
    code, told = check("--avant", "avant")
    assert code == 1 and f"« 2021-s39.envoi.html » est {word}" in told
    assert "Remettez-le tel qu’il était." in told


def test_a_folder_that_is_not_there(check):
    assert check("--avant", "ailleurs")[0] == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("nom", "Portail des Sciences"),
        ("region", "Bretagne"),
        ("siteurl", "https://evil.example"),
        ("courriel", "a@evil.example"),
        ("expediteur", "a@evil.example"),
        ("desabonnement", "https://evil.example/partir"),
        ("etiquette", "evil.example,2021"),
    ],
)
def test_a_letter_under_another_name_is_shown_at_its_line(check, tmp_path, key, value):
    text = frozen(**{key: value})
    (tmp_path / FILE).write_text(text, "utf-8")
    line = next(
        rank for rank, one in enumerate(text.split("\n"), 1) if one.startswith("enseigne: ")
    )
    code, told = check()
    assert code == 1 and f"{FILE}:{line}:" in told and "E130" in told
    assert f"« {key} » : les réglages du site disent" in " ".join(told.split())


def test_the_address_is_not_compared_where_it_is_not_known(check, tmp_path):
    settings = tmp_path / "pelicanconf.py"
    settings.write_text(SETTINGS.replace("SITEURL", "AUTRE"), "utf-8")
    (tmp_path / FILE).write_text(frozen(), "utf-8")
    assert check()[0] == 0


def test_letters_of_other_times_had_other_names(check, tmp_path):
    (tmp_path / FILE).write_text(frozen(nom="Avant"), "utf-8")
    assert check("--date", "2021-10-03")[0] == 1
    assert check("--date", "2021-10-04")[0] == 0
