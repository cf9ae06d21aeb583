"""Words and stems: pairs that readers take for one, strangers, and where words stand."""

import json

from checkout import ROOT
from doses import cases, rows_of
from portail.text.analysis import STOP_WORDS, stem, tokens
from portail.text.normalise import fold

WORDS = json.loads((ROOT / "plugins/portail_recherche/tests/mots.json").read_text(encoding="utf-8"))
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


@cases(("text", "told"), rows_of("portail/text/analysis.yml"))
def test_where_words_stand(text, told):
    """Stop words have a position and no token; offsets are those of the text as given."""
    assert [[*one] for one in tokens(text)] == told


def test_stop_words_are_folded():
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS
    assert not any(list(tokens(word)) for word in STOP_WORDS)


@cases("word", ["9" * 200_000, "qu" * 100_000, "eaux" * 50_000, "ça’" * 50_000])
def test_what_is_no_word_takes_no_time(word):
    """A rule that goes back over a word at each of its signs would take hours."""
    assert stems(f"{word} étoile")[-1] == stem("étoile")
