"""Words and stems: pairs that readers take for one, strangers, and where words stand."""

import json

from checkout import ROOT
from doses import cases
from portail.text.analysis import STOP_WORDS, stem, tokens
from portail.text.normalise import fold

WORDS = json.loads((ROOT / "tests/features/pages/recherche/mots.json").read_text(encoding="utf-8"))
PAIRS = [(family, *pair) for family, pairs in WORDS["pairs"].items() for pair in pairs]


def stems(text):
    return [one.stem for one in tokens(text)]


def test_pairs_meet():
    apart = [pair for pair in PAIRS if stems(pair[1]) != stems(pair[2]) or not stems(pair[1])]
    assert apart == []


def test_strangers_do_not_meet():
    assert [pair for pair in WORDS["etrangers"] if stems(pair[0]) == stems(pair[1])] == []


def test_accents_do_not_count():
    words = {word for _, *pair in PAIRS for word in pair}
    words |= {word for pair in WORDS["etrangers"] for word in pair}
    assert [word for word in words if stem(word) != stem(fold(word))] == []


@cases(
    ("text", "told"),
    [
        ("", []),
        ("l’", []),
        ("De la Lune à Mars", [("lune", 2, 6, 10), ("mars", 4, 13, 17)]),
        ("L’étude d’un œuf", [("etud", 0, 2, 7), ("oeuf", 2, 13, 16)]),
        ("Le C.S.T.I. ouvre.", [("csti", 1, 3, 10), ("ouvr", 2, 12, 17)]),
        ("10\u202f000 pas", [("10000", 0, 0, 6)]),
        ("les chercheur(e)s, ici", [("chercheur", 1, 4, 17), ("ici", 2, 19, 22)]),
        (
            "e\u0301toiles 🌟 <b>vues</b>",
            [("etoil", 0, 0, 8), ("b", 1, 12, 13), ("vue", 2, 14, 18), ("b", 3, 20, 21)],
        ),
        ("Il est à l’est d’Amiens", [("est", 3, 11, 14), ("amien", 4, 17, 23)]),
        ("Le maïs mais aussi", [("mais", 1, 3, 7), ("aussi", 3, 13, 18)]),
    ],
)
def test_where_words_stand(text, told):
    """Stop words have a position and no token; offsets are those of the text as given."""
    assert [tuple(one) for one in tokens(text)] == told


def test_stop_words_are_folded():
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS
    assert not any(list(tokens(word)) for word in STOP_WORDS)


@cases("word", ["9" * 200_000, "qu" * 100_000, "eaux" * 50_000, "ça’" * 50_000])
def test_what_is_no_word_takes_no_time(word):
    """A rule that goes back over a word at each of its signs would take hours."""
    assert stems(f"{word} étoile")[-1] == stem("étoile")
