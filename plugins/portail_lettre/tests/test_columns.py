"""Lines of plain text: none is wider than a mail allows, no word is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portail_lettre.output import LIMIT, one_line, wrapped

SIGNS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(" \u00a0-\r\n\u2028\u200f\u202b\u0301\u200d👩🦉日é"),
    ),
    max_size=300,
)


@given(SIGNS, st.sampled_from(["", "* ", "  2 oct.   ", "10. "]))
def test_lines_fit_and_lose_nothing(text, mark):
    lines = list(wrapped(text, mark))
    assert all(len(line) <= LIMIT for line in lines)
    assert not any(len(line.splitlines()) > 1 for line in lines)
    told = re.sub(r"[ \xa0]", "", "".join(lines))
    assert told == re.sub(r"[ \xa0]", "", mark * bool(lines) + one_line(text))


@given(st.text(st.sampled_from("ab \u00a0"), max_size=200))
def test_a_no_break_space_holds_what_fits(text):
    kept = {line.strip(" ") for line in wrapped(text)}
    for word in text.split(" "):
        if word.strip() and len(word) <= LIMIT:
            assert any(word in line for line in kept)
