"""Syntax of other tools is told once for each sort, where it is text."""

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis.strategies import from_regex

from doses import cases, rows_of
from plans import entry, said
from portail.features.services.oublis.leftovers import leftovers
from portail.features.services.oublis.models import check_foreign
from portail.source.document import Parts
from strategies import wild_texts

FOREIGN = rows_of("features/services/oublis/foreign.yml")
OURS = [
    "[un lien](articles/a)", "[video](https://exemple.org)", "[[1]](https://exemple.org)",
    "[^1]\n\n[^1]: Une note.", "> [!NOTE]\n> Texte", "> [!warning]\n> Texte",
    '!!! note "Titre"\n    T',
    "- [ ] à faire", "L’intervalle [0, 1[ et f : x -> y", "a[i]->b", "{a, b}", "Un tarif : 5 €",
    "`{{ x }}`", "```\n{% raw %}\n```", "    [[du code]]", "``a ` [[b]]``", "Il dit [sic] ::",
    r"\[[échappé]]", "12:30", "[galerie]", "[le bouton]", "Terme\n: définition", "a <3 b",
    "[img](a)", "::", "Voir [TOC] dans la phrase",
]  # fmt: skip


def sorts(text):
    faults = check_foreign(Parts("", 1, text, 1), PurePosixPath("a.md"))
    return [fault.message for fault in faults]


@cases(("name", "text"), [(name, text) for name, texts in FOREIGN.items() for text in texts])
@cases("around", ["{}", "Avant.\n\n{}\n\nAprès, et ceci :\n\n{}"])
def test_it_is_told_once(name, text, around):
    told = sorts(around.replace("{}", text))
    assert [one for one in told if f"({name})" in one], told
    assert len(told) == 1


@cases("text", OURS)
def test_what_is_ours_is_not(text):
    assert sorts(text) == []


def test_a_sort_says_how_many_there_are():
    assert "(et 2 autres)" in sorts("{% a %} {% b %}\n\n{% c %}")[0]


@given(wild_texts())
def test_any_text_is_looked_at(text):
    assert len(sorts(text)) <= len(FOREIGN)


def test_it_is_placed_and_what_is_code_does_not_count():
    text = (
        "Voir [[une page]] et [[une autre]], pas `[[celle-ci]]` ni [[3]](https://exemple.org/note)."
    )
    (fault,) = check_foreign(Parts("", 1, text, 7), PurePosixPath("a.md"))
    place = fault.position
    assert (place.line, place.column, place.length) == (7, 6, len("[[une page]]"))
    assert fault.message == (
        "« [[une page]] » (et 1 autre) est d’un autre outil (lien d’un wiki ou d’Obsidian) : "
        "le portail l’affiche sans l’interpréter."
    )


@pytest.mark.parametrize(
    ("rest", "code"), [("[" * 100_000, "E302"), ("\n" + "> " * 300 + "Fin.", "E304")]
)
def test_nothing_is_told_of_a_body_that_is_refused(tree, rest, code):
    text = f"Voir [[une page]]. {rest}"
    (line,) = said(tree.run({"articles/a": entry("articles", text)}).report)
    assert code in line


@pytest.mark.parametrize("pattern", leftovers().syntaxes, ids=lambda it: it.motif[:12])
def test_a_text_that_has_none_of_the_signs_of_a_row_has_nothing_of_it(pattern):
    """What a row finds is written with one of its signs: texts are searched for these first."""
    motif = re.compile(pattern.motif, re.IGNORECASE | re.MULTILINE)

    @given(from_regex(motif))
    def signed(text):
        for match in motif.finditer(text):
            assert any(sign in match[0].lower() for sign in pattern.signes)

    signed()
