"""Signs that nobody sees in a content that is otherwise read: told at their place, or taken away;
those that emoji and scripts need are left."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.site.draft import read_document
from portail.text.visible import UNSEEN, misplaced, shows
from reparations import mended, reading, source

HIDDEN = [
    "\u00ad", "\u200b", "\u2060", "\u2063", "\u034f", "\u3164", "\u115f", "\u2800", "\ufffc",
    "\ufff9", "\ufffb", "\ue000", "\uf0b7", "\U000e0061", "\U000e0001", "\U000f0000",
    "\u200d", "\u200c", "\ufe0f", "\u061c", "\u200e", "\u17b4", "\U000e0100", "\U0001d159",
    "\U000e0041\U000e0042\U000e007f",
]  # fmt: skip
USEFUL = [
    "👩🏽‍🔬", "❤️", "🏳️‍🌈", "1️⃣", "#️⃣", "‼️", "☎︎", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👨‍👩‍👧‍👦", "می‌خواهم", "क्‍ष", "ශ්‍රී",
    "葛󠄀", "ᠠ᠋", "שלום \u200f(א)", "ភាសា\u200bខ្មែរ", "⠓⠀⠊", "été « 15 h »", "a\u00a0b\u202fc",
]  # fmt: skip


def document(title, body):
    head = f"titre: {title}\nresume: Un résumé.\npublie_le: 2021-09-20"
    return f"---\n{head}\n---\n\n{body}\n".encode()


def told(data):
    found = read_document(data, source(), reading())[0].diagnostics
    return [f"{x.position.line}:{x.position.column} {x.code} {x.message}" for x in found]


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_a_sign_that_nobody_sees_is_told_and_taken_away(sign):
    name = f"U+{ord(sign[0]):04X}"
    data = document(f"Ate{sign}lier", f"Un *mot*\n\n- caché{sign} ici.")
    said = f"Un caractère invisible interdit ({name}) se trouve ici."
    assert told(data) == [f"2:11 E102 {said}", f"9:8 E102 {said}"]
    assert mended(data).data == document("Atelier", "Un *mot*\n\n- caché ici.")


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_an_escape_is_told_at_its_field_and_left(sign):
    escaped = "".join(f"\\U{ord(one):08x}" for one in sign)
    data = document(f'"Ate{escaped}lier"', "Un mot.")
    (row,) = told(data)
    assert row.startswith("2:8 E102 ")
    assert mended(data).data == data


@cases("text", USEFUL)
def test_what_changes_how_a_text_is_shown_is_left(text):
    assert [*misplaced(f"Un {text} là")] == []
    data = document(f'"Un {text} là"', f"Un {text} là.")
    assert told(data) == [] and mended(data).data == data


def test_other_faults_of_the_file_are_told_too():
    rows = told(document("Ate\u200blier", "Un <b>mot</b>.").replace(b"publie_le", b"publi_le"))
    assert {row.split()[1] for row in rows} >= {"E102", "E204", "E311"}


def test_more_of_them_than_a_report_tells_are_taken_away():
    data = document("Ate\u00adlier", "mot\u200bmot\n\n" * 300)
    assert [row.split()[1] for row in told(data)] == ["E102"] * 5
    found = mended(data)
    assert told(found.data) == []


@given(st.text(st.sampled_from("aé😀 א\n") | st.sampled_from([chr(x) for x, _ in UNSEEN])))
def test_runs_are_whole_and_hold_nothing_that_shows(text):
    spans = [*misplaced(text)]
    assert all(start + length < after for (start, length), (after, _) in pairwise(spans))
    assert not any(shows(text[start : start + length]) for start, length in spans)
