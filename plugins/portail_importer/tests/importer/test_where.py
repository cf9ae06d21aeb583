"""Places in words: each word of an address is kept in its part, or told."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail_importer.importer.where import where_of

CASES = rows_of("portail_importer/tests/importer/lieux_dits.yml")


def said(text):
    """The parts of a place, by their names; what may be its commune; what is left."""
    where = where_of(text)
    parts = [f"{name}: {part}" for name, part in sorted(where.parts.items())]
    return " | ".join([*parts, *(f"? {one}" for one in where.maybe), *where.left])


@cases(("text", "parts"), CASES["parties"].items())
def test_the_parts_of_a_place(text, parts):
    assert said(text) == parts


@cases(("text", "left"), CASES["restes"].items())
def test_what_no_part_takes_is_told(text, left):
    assert where_of(text).left == left


PIECES = st.sampled_from(
    "Médiathèque|Musée de l’Exemple|salle 2|Amphi A3 (bât. P1)|1er étage|bâtiment P1|entrée nord|"
    "3 place du Marché|12|rue Haute|avenue Jean-Jaurès|Cité scientifique|Lille|62000 Arras|"
    "59655 Villeneuve-d’Ascq Cedex 9|80000|Amiens (80)|62000 Arras (entrée B)|parc 59000 Lille|"
    "France|Île-de-France|CS 91704|BP 12 62000 Arras|Hall|"
    "Porte de l’Ouest|Villeneuve d’Ascq|R+1|99999 Ailleurs".split("|")
)
BETWEEN = st.sampled_from([", ", " ; ", "\n", " - ", " – "])
WORD = re.compile(r"\w+")


def words_of(where):
    kept = [*where.parts.values(), *where.maybe, *where.left]
    return Counter(word for text in kept for word in WORD.findall(text))


@given(pieces=st.lists(PIECES, min_size=1, max_size=7), sign=BETWEEN)
def test_no_word_of_a_place_is_lost(pieces, sign):
    where = where_of(sign.join(pieces))
    expected = Counter(word for piece in pieces for word in WORD.findall(piece))
    lost = expected - words_of(where)
    # The département of a commune, in brackets, is said by its postcode or by its name; the country
    # is that of the portal.
    assert set(lost) <= {"80", "France"} and not words_of(where) - expected
