"""What a reader sees, and what takes the place of something else."""

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.text.visible import MOST_ACCENTS, UNSEEN, deceives, piles, shows

UNSEEN_SIGNS = [chr(sign) for first, last in UNSEEN for sign in range(first, last + 1)]


@given(st.text(st.sampled_from(UNSEEN_SIGNS) | st.sampled_from(" \t\n\xa0\u202f\u0301\u20dd\x00")))
def test_blank_signs_show_nothing(text):
    assert not shows(text)


@cases(
    "text",
    ["a", "é", "👩🏽\u200d🔬", "❤\ufe0f", "שלום\u200f", "日本",
     "h\xadi", "L’eau\xa0: vive", "e\u0301", "–", "ः अ"],
)  # fmt: skip
def test_words_show(text):
    assert shows(text)


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_is_seen_shows(text):
    """Against categories alone: only the listed signs may differ."""
    seen = [sign for sign in text if unicodedata.category(sign)[0] in "LNPS"]
    if set(seen) - set(UNSEEN_SIGNS):
        assert shows(text)


def test_every_format_sign_is_blank():
    """Those that show are marks put over figures in Arabic and Syriac writing, and such."""
    signs = (chr(sign) for sign in range(sys.maxunicode + 1))
    assert not any(shows(sign) for sign in signs if unicodedata.category(sign) == "Cf")


@cases(
    "text",
    ["é" * 200, "Việt Nam", "שָׁלוֹם עֲלֵיכֶם", "ที่นี่", "👩🏽\u200d🔬 🇫🇷 1\ufe0f\u20e3",
     "e" + "\u0301" * 4, "«\u202f…\u202f»" * 9],
)  # fmt: skip
def test_languages_pile_few_accents(text):
    assert [*piles(text)] == []
    assert [*piles(unicodedata.normalize("NFD", text))] == []


@given(
    st.text(max_size=5), st.integers(MOST_ACCENTS + 1, 130), st.sampled_from("\u0301\u0338\u20dd")
)
def test_piles_are_found(before, count, mark):
    text = f"{before}e{mark * count}e"
    assert (len(before) + 1, count) in [*piles(text)]


@given(st.text(st.sampled_from("e\u0301\u0327\u20dd«…\u202f é\u0903")))
def test_piles_are_what_they_are(text):
    known = [(m.start(), len(m[0])) for m in re.finditer("[\u0301\u0327\u20dd]{5,}", text)]
    assert [*piles(text)] == known


@cases(
    ("host", "found"),
    [
        ("example.org", False),
        ("musée.example.org", False),
        ("xn--muse-dpa.example.org", False),
        ("пример.рф", False),
        ("日本語.jp", False),
        ("δοκιμή.gr", False),
        ("пример.example.org", False),
        ("exаmple.org", True),
        ("exam\u200bple.org", True),
        ("exam\xadple.org", True),
        ("αа.org", True),
        ("xn--.org", True),
        ("xn--é.org", True),
    ],
)
def test_hosts(host, found):
    assert deceives(host) is found
