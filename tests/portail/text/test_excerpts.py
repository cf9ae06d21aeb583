import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.features.services.schemas.browser_patterns import in_a_browser
from portail.text.excerpts import cut, excerpt, unstopped
from strategies import french_texts, wild_texts


@cases(("text", "limit", "expected"), rows_of("portail/text/excerpts.yml"))
def test_where_it_cuts(text, limit, expected):
    assert excerpt(text, limit) == expected


def test_accents_and_emoji_are_not_parted_from_their_letter():
    assert excerpt("e\u0301" * 10, 6) == "e\u0301e\u0301…"
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert excerpt("a" + family * 3, 8) == "a" + family + "…"


def test_a_limit_below_one_is_a_bug():
    with pytest.raises(ValueError, match="one character"):
        excerpt("abc", 0)


@given(french_texts() | wild_texts(200), st.integers(1, 120))
def test_an_excerpt_fits_and_begins_the_text(text, limit):
    cut = excerpt(text, limit)
    whole = excerpt(text, 10_000)
    assert len(cut) <= limit
    assert whole.startswith(cut.removesuffix("…"))
    assert cut == whole or cut.endswith("…") or cut[-1] in '.!?…»”")]'


def test_what_is_cut_ends_with_its_last_whole_sentence():
    assert cut("Une sortie. À pied. Elle dure longtemps.", 30) == "Une sortie. À pied."


def test_a_pattern_says_the_same_in_a_browser():
    assert in_a_browser(re.compile(r"\bnuit\b\w++\Z", re.IGNORECASE)) == [
        r"(?<![\p{L}\p{N}_])nuit(?![\p{L}\p{N}_])\p{L}\p{N}_+$",
        "iu",
    ]
    assert in_a_browser(re.compile("a")) == ["a", "u"]


@cases(
    ("written", "shown"),
    [
        ("5 € le bocal.", "5 € le bocal"),
        ("5 € le bocal. ", "5 € le bocal"),
        ("5 € le bocal", "5 € le bocal"),
        ("Robot compris. 24 € à deux.", "Robot compris. 24 € à deux."),
        ("À suivre...", "À suivre..."),
        ("tables, chaises, etc.", "tables, chaises, etc."),
    ],
)
def test_a_value_of_one_sentence_has_no_full_stop(written, shown):
    assert unstopped(written) == shown
