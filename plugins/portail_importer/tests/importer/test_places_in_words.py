"""Where an event of others takes place: every word is in the file, or told as left."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

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


def words(text):
    return set(re.findall(r"\w+", fold(text)))


@given(pieces=st.lists(PIECES, min_size=1, max_size=6), sign=SIGNS)
@example(pieces=["62570 Wizernes", "La Coupole", "99999 Ailleurs"], sign=", ")
@example(pieces=["La Coupole", "12 rue de Lille", "62570 Wizernes"], sign=", ")
@example(pieces=["La Coupole", "espace Nord", "salle 2", "62570 Wizernes"], sign=", ")
def test_no_word_of_a_place_is_lost(pieces, sign):
    item = SourceItem(row=1, titre="Une visite", adresse=sign.join(pieces))
    record = compose(item, known())
    values = record.values
    kept = [*values.get("adresse", {}).values(), values.get("salle", "")]
    kept += [TITLES.get(values.get("lieu", ""), "")]
    kept += [loss.value for loss in record.losses]
    lost = words(" ".join(pieces)) - words(" ".join(map(str, kept)))
    if "lieu" in values:  # its page says its commune
        lost -= words("62570 59000 Lille Wizernes Amiens")
    assert not lost, record
