"""Places in words: each word of an address is kept in its part, or told."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail_importer.importer.where import where_of


def said(text):
    """The parts of a place, by their names; what may be its commune; what is left."""
    where = where_of(text)
    parts = [f"{name}: {part}" for name, part in sorted(where.parts.items())]
    return " | ".join([*parts, *(f"? {one}" for one in where.maybe), *where.left])


@cases(
    ("text", "parts"),
    [
        ("Médiathèque, salle 2, 3 place du Marché, 62000 Arras",
         ("code_postal: 62000 | commune: Arras"
          " | nom: Médiathèque | rue: 3 place du Marché | salle: salle 2")),
        ("Université de Lille, bâtiment P1, amphi A3, Cité scientifique, 59650 Lezennes",
         ("code_postal: 59650 | commune: Lezennes"
          " | nom: Université de Lille, Cité scientifique | salle: bâtiment P1, amphi A3")),
        ("Musée, 1er étage, Lille",
         "nom: Musée | salle: 1er étage | ? Lille"),
        ("Parc Barbieux, entrée avenue Jean-Jaurès, Roubaix",
         "nom: Parc Barbieux | salle: entrée avenue Jean-Jaurès | ? Roubaix"),
        ("Amphi A3 - Cité scientifique - Villeneuve d’Ascq",
         "nom: Cité scientifique | salle: Amphi A3 | ? Villeneuve d’Ascq"),
        ("Salle des fêtes, 62000 Arras",
         "code_postal: 62000 | commune: Arras | nom: Salle des fêtes"),
        ("Auditorium, Lille",
         "nom: Auditorium | ? Lille"),
        ("Salle 2",
         "nom: Salle 2"),
        ("Mairie\n2e étage\n1 place de la Mairie\n62000 Arras",
         ("code_postal: 62000 | commune: Arras"
          " | nom: Mairie | rue: 1 place de la Mairie | salle: 2e étage")),
        ("Halle ; porte B ; 12 ; rue Haute ; 80000 Amiens",
         ("code_postal: 80000 | commune: Amiens"
          " | nom: Halle | rue: 12 rue Haute | salle: porte B")),
        ("Rez-de-chaussée, Maison des sciences, 80000 Amiens",
         ("code_postal: 80000 | commune: Amiens"
          " | nom: Maison des sciences | salle: Rez-de-chaussée")),
        # A name alone may be that of the commune, whatever the street is called.
        ("Lille",
         "? Lille"),
        ("12 rue de Lille, Arras",
         "rue: 12 rue de Lille | ? Arras"),
        ("Rue de Paris, Lille",
         "rue: Rue de Paris | ? Lille"),
        ("Place du 11 Novembre 1918, Lens",
         "rue: Place du 11 Novembre 1918 | ? Lens"),
        ("Avenue Saint Martin, Arras",
         "rue: Avenue Saint Martin | ? Arras"),
        ("Place du Théâtre (devant l’opéra), Lille",
         "rue: Place du Théâtre (devant l’opéra) | ? Lille"),
        ("Salle Arras, 5 place de Béthune, Lille",
         "nom: Salle Arras | rue: 5 place de Béthune | ? Lille"),
    ],
)  # fmt: skip
def test_the_parts_of_a_place(text, parts):
    assert said(text) == parts


@cases(
    ("text", "left"),
    [
        ("Université, 59655 Villeneuve-d’Ascq Cedex", ["59655 Cedex"]),
        ("Musée, 62000 Arras (entrée nord)", ["entrée nord"]),
        ("Musée, 62000 Arras (62)", []),
        ("Musée, 62000 Arras, France", []),
        ("Parc, Rue du Jardin, Lille, Hauts-de-France, 59000, France métropolitaine",
         ["Hauts-de-France"]),
        ("Muséum, 103 bis rue Belleville, CS 91704, 59033 Lille CEDEX 1",
         ["59033 CEDEX 1", "CS 91704"]),
        ("Muséum, BP 91704 59000 Lille", ["BP 91704"]),
    ],
)  # fmt: skip
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
