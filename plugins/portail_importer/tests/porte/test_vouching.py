"""Whom the host of the box vouches for, in forty headers that were written to deceive."""

from pathlib import Path

import pytest

from portail_importer.porte.box import Sent
from portail_importer.porte.letters import Names, Reader, letter_of
from portail_importer.porte.vouching import is_vouched

_SAID = {"yes": True, "no": False, "nothing": None}
ROWS = [
    row.split(" | ")
    for row in Path(__file__).with_name("garants.txt").read_text("utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.mark.parametrize(("said", "header"), ROWS)
def test_a_header(said, header):
    guarantor = "microsoft" if header.startswith("M ") else "mx.example.org"
    header = header.removeprefix("M ")
    assert is_vouched([header], "musee.example", guarantor) is _SAID[said]
    # The host's is above what the mail brought.
    brought = ["mx.example.org; dmarc=pass header.from=musee.example"]
    if said != "nothing":
        assert is_vouched([header, *brought], "musee.example", guarantor) is _SAID[said]
    told = letter_of(f"From: contact@musee.example\nAuthentication-Results: {header}".encode(),
                     _reader(guarantor))  # fmt: skip
    assert (told.is_vouched, told.is_disowned) == (said == "yes", said == "no")


def _reader(guarantor="", secret="a"):
    sent = {
        "<0123456789abcdef.1.0123456789abcdef@x>": Sent(
            "1", "", "z@x.fr", "", "", False, False, None
        )
    }
    return Reader("b@x.fr", guarantor, sent, Names("b@x.fr", secret))


@pytest.mark.parametrize(
    ("heads", "sender"),
    [
        ("From: O’B <o'brien@x.fr>", "o'brien@x.fr"),
        ("From: a@x.fr, b@y.fr", ""),
        ("From: a@x.fr\nFrom: b@y.fr", ""),
        ("From: Zoé <jean-françois@x.fr>", ""),
        ("From: =?utf-8?q?a=40x.fr?= <b@y.fr>", "b@y.fr"),
        ("From: ", ""),
    ],
)  # fmt: skip
def test_a_sender(heads, sender):
    assert letter_of(heads.encode(), _reader()).sender == sender


def test_public_names_tell_nothing_without_the_secret():
    data = b"From: z@x.fr\nMessage-ID: <a@b>\n\nx"
    one, other = (letter_of(data, _reader(secret=secret)) for secret in "ab")
    assert {one.key, one.conversation, one.person}.isdisjoint(
        {other.key, other.conversation, other.person}
    )
    ours = "<0123456789abcdef.1.0123456789abcdef@x>"
    forged = "<0123456789abcdef.1.0000000000000000@x>"
    for reference, is_answer in ((ours, True), (forged, False)):
        told = letter_of(f"From: z@x.fr\nReferences: <q@r> {reference}\n\nx".encode(), _reader())
        assert told.is_answer is is_answer
