"""The plain text of a mail."""

import re

import pytest

from lettres import CALME, EN_COURS, ENSEIGNE, HOSTILE, NUMERO, SOMME, below, links, mailed, words
from portail_lettre.fragment import changed
from portail_lettre.issue import Erratum

ADDRESS = re.compile(r" *(?:https?://\S+|[\w.]+@[\w.]+)")


@pytest.mark.parametrize("issue", [NUMERO, CALME, HOSTILE], ids=["numero", "calme", "hostile"])
def test_lines_are_short_or_hold_one_address(issue):
    text = mailed(issue)
    lines = text.split("\n")
    assert text.splitlines() == lines[:-1], "a sign of the issue breaks a line"
    for line in lines:
        assert len(line) <= 78 or ADDRESS.fullmatch(line), line
        assert "://" not in line or ADDRESS.fullmatch(line), line
        assert line == line.rstrip(" ") or line == "-- "
    assert lines.count("-- ") == 1


@pytest.mark.parametrize("issue", [NUMERO, CALME, EN_COURS], ids=["numero", "calme", "en-cours"])
def test_every_word_of_an_issue_is_told(issue):
    flat = " ".join(mailed(issue).replace("\u00a0", " ").split())
    for url, title in links(issue).items():
        told = f"{ENSEIGNE.siteurl}{url}".partition("#")[0]
        assert title in flat and told in flat
    for row in words(below(issue, "//h2|//p[not(a)]")):
        assert " ".join(row.split()) in flat


def test_what_goes_on_is_one_sentence():
    flat = " ".join(mailed(EN_COURS).replace("\u00a0", " ").split())
    assert "Toujours en cours : Un mois, jusqu’au 8 octobre ; Un an." in flat


def test_one_leaves_by_one_address():
    assert mailed(NUMERO).count("/newsletter/desabonnement/") == 1


def test_an_edition_names_itself():
    text = mailed(SOMME)
    assert "semaine\u00a039 · édition Somme\n" in text
    assert "/newsletter/2021-s39/somme/\n" in text
    assert "édition" not in mailed(NUMERO).split("\n")[2]


def test_without_editors_there_is_no_dead_way_to_write():
    text = mailed(NUMERO, ENSEIGNE.model_copy(update={"courriel": ""}))
    assert "Écrivez" not in text and "Ont contribué" in text


@pytest.mark.parametrize(
    ("count", "title"), [(1, "un changement"), (6, "six changements"), (12, "12\u00a0changements")]
)
def test_changes_are_counted_in_words(count, title):
    told = Erratum(ref="events/a", titre="Un", mot="Annulé", texte="samedi.")
    assert f"<h2>Erratum\u00a0: {title}</h2>" in changed("errata", [told] * count)
