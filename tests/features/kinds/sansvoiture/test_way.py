"""Without a car: the stop and the last way back on the page, the filter, the advice of evenings."""

import pytest

from doses import rows_of
from plans import box_rows, entry, said

STOP = "Gare d’Exemple, puis 8 minutes à pied"
BACK = "Train de 22 h 48"
URL = "/agenda/sans-voiture/"


def event(**fields):
    return {"events/visite": entry("events", **fields)}


def test_the_page_says_the_stop_then_the_last_way_back(tree):
    view = tree.view("/evenements/visite/", event(sans_voiture={"arret": STOP, "retour": BACK}))
    (row,) = [row for row in box_rows(view) if row.libelle == "Sans voiture"]
    assert [value.texte.replace("\u00a0", " ") for value in row.valeurs] == [
        STOP, "dernier retour : train de 22 h 48",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "found"),
    [({"arret": STOP, "retour": BACK}, True), ({"arret": STOP}, False), (None, False)],
)
def test_the_filter_wants_both_ways(tree, way, found):
    assert (URL in tree.pages(event(sans_voiture=way))) == found


@pytest.mark.parametrize(("hours", "told"), rows_of("features/kinds/sansvoiture/way.yml"))
def test_an_evening_is_asked_for_its_last_way_back(tree, hours, *, told):
    result = tree.run(event(sans_voiture={"arret": STOP}, **hours), plans=False)
    assert ("C541" in "".join(said(result.report))) == told


def test_the_way_back_alone_is_no_way(tree):
    result = tree.run(event(sans_voiture={"retour": BACK}), plans=False)
    (error,) = said(result.report)
    assert "arret" in error


def test_there_is_no_way_to_what_one_attends_from_home(tree):
    online = {"en_ligne": "https://exemple.org/direct", "sans_voiture": {"arret": STOP}}
    result = tree.run(event(**online), plans=False)
    (error,) = (one for one in said(result.report) if "A154" not in one)
    assert "sans_voiture" in error
