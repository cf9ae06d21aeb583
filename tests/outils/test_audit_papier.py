"""What the audit of paper finds in what was printed."""

from audit_papier import faults
from doses import cases

ONE = ["Un texte"]
TWO = ["Un texte", "et sa suite"]


@cases(
    ("wide", "narrow", "poster", "found"),
    [
        (ONE, ONE, True, []),
        (TWO, TWO, False, []),
        (TWO, ONE, False, ["2 sheets from a wide window, 1 from a narrow one"]),
        (["Un texte", "\n"], TWO, False, ["blank sheets: [2]"]),
        (TWO, TWO, True, ["a poster of 2 sheets"]),
    ],
)
def test_faults(wide, narrow, found, *, poster):
    assert faults(wide, narrow, poster=poster) == found
