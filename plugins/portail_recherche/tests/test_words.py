"""The words of one content: found fast, as the analysis of texts finds them."""

from collections import defaultdict

from hypothesis import example, given
from hypothesis import strategies as st

from doses import rows_of
from portail.text.analysis import tokens
from portail_recherche.words import (
    TEXT,
    packed,
    place,
    positions_in,
    unpacked,
    written_words,
)

PIECES = rows_of("portail_recherche/tests/words.yml")


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40))
@example("1 000 000 d’étoiles, 12 000,5 et 1 2345")
@example("a 1\u00a0000. L’\u00a0étoile")
@example("1 000·e·s")
def test_each_run_of_signs_says_what_it_says_in_its_text(text):
    places = defaultdict(list)
    length = place(TEXT, [text], places)
    expected = {}
    for one in tokens(text):
        expected.setdefault(one.stem, []).append(TEXT.start + one.position)
    assert places == expected
    assert length == sum(map(len, expected.values()))


def test_a_word_more_moves_those_of_its_sentence_alone():
    def said(text):
        found = unpacked(packed("", "", [], text))
        return dict(zip(found.stems, found.said, strict=True))

    before = said("Le chat gris dort. La mer monte !\nUne lune claire, vue par M. Curie.")
    after = said("Le gros chat gris dort. La mer monte !\nUne lune claire, vue par M. Curie.")
    assert {stem for stem in before if before[stem] != after[stem]} == {"chat", "gris", "dort"}
    assert positions_in(before["curi"])[0] - positions_in(before["lune"])[0] == 5


def test_what_is_packed_is_unpacked():
    found = unpacked(packed("Le chat", "Un chat gris.", ["Venir"], "Le chat de la mer. Chat !"))
    assert found.lengths == [1, 2, 1, 3]
    said = {one: positions_in(told) for one, told in zip(found.stems, found.said, strict=True)}
    assert said["chat"] == [1, 65, 513, 528], "a sentence begins anew"
    assert said["mer"] == [516]
    assert found.written == ["chat", "gris", "venir"]


def test_nothing_is_packed_too():
    assert unpacked(packed("", "", [], "")) == unpacked("") == ([0, 0, 0, 0], [], [], [])


def test_words_as_readers_write_them():
    said = "« Nuit » des Chercheurs à Amiens… L’Inspé ! CSTI : 3D, aïe. (Venez) St-Omer"
    assert written_words(said) == (
        "nuit", "Chercheurs", "Amiens", "inspé", "CSTI", "aïe", "venez", "Omer",
    )  # fmt: skip
    assert written_words("Musée de la Mer", named=True) == ("Musée", "Mer")
