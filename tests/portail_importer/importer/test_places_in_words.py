"""Where an event of others takes place: every word is in the file, or told as left."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases
from fiches import known
from portail.text.normalise import fold
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.items import SourceItem

PIECES = st.sampled_from(
    "Médiathèque|salle 2|Amphi A3 (bât. P1)|1er étage|bâtiment P1|entrée nord|3 place du Marché|"
    "rue Haute|Cité scientifique|Lille|59000 Lille|62570 Wizernes|59655 Lille Cedex 9|Amiens|"
    "La Coupole|espace Nord|99999 Ailleurs|12 rue de Lille|CS 91704|Normandie|"
    "59000 Lille (entrée B)|Parc|Hall".split("|")
)
SIGNS = st.sampled_from([", ", " ; ", "\n", " - "])
TITLES = {"la-coupole": "La Coupole, Centre d’essai"}


def brought(where):
    return compose(SourceItem(row=1, titre="Une visite", adresse=where), known())


def words(text):
    return set(re.findall(r"\w+", fold(text)))


@given(pieces=st.lists(PIECES, min_size=1, max_size=6), sign=SIGNS)
@example(pieces=["62570 Wizernes", "La Coupole", "99999 Ailleurs"], sign=", ")
@example(pieces=["La Coupole", "12 rue de Lille", "62570 Wizernes"], sign=", ")
@example(pieces=["La Coupole", "espace Nord", "salle 2", "62570 Wizernes"], sign=", ")
def test_no_word_of_a_place_is_lost(pieces, sign):
    record = brought(sign.join(pieces))
    values = record.values
    kept = [*values.get("adresse", {}).values(), values.get("salle", "")]
    kept += [TITLES.get(values.get("lieu", ""), "")]
    kept += [loss.value for loss in record.losses]
    lost = words(" ".join(pieces)) - words(" ".join(map(str, kept)))
    if "lieu" in values:  # its page says its commune
        lost -= words("62570 59000 Lille Wizernes Amiens")
    assert not lost, record


@cases(
    ("where", "name"),
    [
        ("Musée d&#8217;histoire naturelle, 59000 Lille", "Musée d’histoire naturelle"),
        ("Salle des fêtes &amp; foyer, 59000 Lille", "Salle des fêtes & foyer"),
    ],
)
def test_entities_are_read_before_an_address_is_cut(where, name):
    assert brought(where).values["adresse"]["nom"] == name


@cases(
    ("where", "address"),
    [
        ("12 rue de Lille, Arras", {"rue": "12 rue de Lille", "commune": "Arras (62)"}),
        ("Place du 11 Novembre 1918, Lens",
         {"rue": "Place du 11 Novembre 1918", "commune": "Lens (62)"}),
        ("Arras, 12 rue de Lille", {"rue": "12 rue de Lille", "commune": "Arras (62)"}),
        ("Muséum, CS 91704, 59033 Lille CEDEX 1", {"nom": "Muséum", "commune": "Lille (59)"}),
        ("Jardin des Plantes, Lille, Hauts-de-France, 59000, France",
         {"nom": "Jardin des Plantes", "code_postal": "59000", "commune": "Lille (59)"}),
        ("Amiens, salle 2", {"nom": "salle 2", "commune": "Amiens (80)"}),
    ],
)  # fmt: skip
def test_a_town_without_its_postcode_is_known_by_its_name(where, address):
    assert brought(where).values["adresse"] == address


def test_a_museum_of_a_town_is_no_town():
    assert "adresse" not in brought("Muséum de Lille").values


def test_a_room_of_the_directory_is_a_room():
    values = brought("La Coupole, salle 2, Wizernes").values
    assert values["lieu"] == "la-coupole" and values["salle"] == "salle 2"
