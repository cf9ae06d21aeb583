"""Subscripts and exponents of titles, and what looks like notation."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.text.normalise import fold
from portail.text.notation import _LIKE, _SIGNS, FORMULA, likenesses, may_be_like
from portail.text.typography import inline_html, inline_parts, plain

TABLES = rows_of("portail/text/notation.yml")


@cases(("text", "shown", "alone"), TABLES["cases"])
def test_a_title(text, shown, alone):
    assert inline_html(text) == shown
    assert plain(text) == alone


@cases(
    ("text", "heard"),
    [
        ("10^6^", "10 exposant 6"),
        ("SO~4~^2-^", "SO4 exposant 2−"),
        ("^14^C", "14C"),
        ("1^er^", "1er"),
        ("XIX^e^", "XIXe"),
    ],
)
def test_what_a_screen_reader_says(text, heard):
    assert re.sub("<[^>]*>", "", inline_html(text, heard=True)) == heard


@cases(("text", "typed"), [("H~2~O", "h2o"), ("CO~2~", "co2"), ("m^2^", "m2")])
def test_the_search_finds_what_is_typed_without_marks(text, typed):
    assert fold(plain(text)) == typed


@given(st.text("aH2~^*\\ -", max_size=40))
def test_the_channels_say_the_same(text):
    # Emphasis that begins inside a mark and ends outside is read otherwise by each, as is
    # what stands against a mark.
    assume(not re.search(r"[~^][^~^]*\*[^~^]*[~^]|[~^][*\\]|\*[~^]|\\{2}", text))
    shown = re.sub("<[^>]*>", "", inline_html(text)).replace("−", "-")
    assert fold(plain(text)).replace("^", "") == fold(shown).replace("^", "")
    assert fold("".join(inline_parts(text))) == fold(plain(text))


@cases(
    "text",
    ["5 $ et 10 $", "$5 et $10", "de 5$ à 10$", "$10, 5$", "$HOME$", "US$5", "$ x $", "$5 à 10$"],
)
def test_a_price_is_no_formula(text):
    assert FORMULA.search(text) is None


@cases(("text", "found"), TABLES["what_looks_like_notation"])
def test_what_looks_like_notation(text, found):
    assert [[*one[1:]] for one in likenesses(text)] == found


@cases("sort", [*_LIKE])
def test_a_likeness_is_found_wherever_its_expression_finds_it(sort):
    """A text is searched for a sign of each sort first, which must be there."""

    @given(st.from_regex(_LIKE[sort].pattern))
    def signed(text):
        assert may_be_like(text)
        assert _SIGNS[sort].search(text)

    signed()
