"""Words that are true of one day only: found, and left as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from plans import entry
from portail.features.services.relatifs.relative import relatives


def found(text):
    return [match[0] for match in relatives(text)]


@cases(("text", "words"), rows_of("features/services/relatifs/relative.yml"))
def test_words_of_one_day_are_found(text, words):
    assert found(text) == words


@cases(
    "text",
    [
        "Les métiers d’hier et de demain",
        "Le transport d’hier et d’aujourd’hui",
        "Le mardi, chaque samedi, un vendredi soir, du mercredi au dimanche",
        "Le premier dimanche est gratuit",
        "Lundi 26 septembre, avant l’aube du vendredi 18",
        "Le lundi de Pâques, Mardi gras",
        "Les relevés du mercredi",
        "Après-midi jeux",
    ],
)
def test_a_habit_is_left(text):
    assert found(text) == []


@pytest.mark.parametrize("kind", ["articles", "events"])
def test_what_nobody_wrote_is_not_published(tree, kind):
    site = tree.site({f"{kind}/a": entry(kind, titre="Un bal au grand lieu dimanche")})
    assert site.items[f"{kind}/a"].entry.titre == "Un bal au grand lieu dimanche"
    assert [fault.code for fault in site.report if fault.code == "C270"] == ["C270"]


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for match in relatives(text):
        assert text[match.start() : match.end()] == match[0]
