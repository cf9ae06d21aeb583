"""EPCI where nothing takes place soon, or that no place is near."""

from datetime import date

import pytest

from doses import rows_of
from plans import contents, entry
from portail_bureau.redaction.coverage_page import coverage

OPALE, CAPSO = "200072478", "200069037"


def covers(tree, files):
    return {one.epci.siren: one for one in coverage(tree.site(files))}


def event(commune="Guînes", debut="2021-10-09 14:00", **fields):
    return entry("events", adresse={"commune": commune}, debut=debut, **fields)


def test_every_epci_of_the_region_is_told(tree):
    found = covers(tree, {"lieux/a": entry("lieux")})
    assert len(found) == 92
    assert {one.classe for one in found.values()} == {"rien", "sans-evenement"}


@pytest.mark.parametrize(("told", "classe"), rows_of("portail_bureau/redaction/couverture.yml"))
def test_what_lacks(tree, told, classe):
    files = {"lieux/loin": entry("lieux", commune="Soissons")} | contents(told)
    assert covers(tree, files)[OPALE].classe == classe


def test_what_comes_later_is_told_all_the_same(tree):
    found = covers(tree, {"events/a": event(debut="2022-03-01 14:00")})[OPALE]
    assert (found.evenements, found.prochain) == (0, date(2022, 3, 1))


def test_beside_a_white_zone_stand_those_who_could_come(tree):
    lent = {"pret": {"panneaux": 3}, "type": "exposition"}
    found = covers(
        tree,
        {
            "lieux/a": entry("lieux", commune="Calais", offre=["animation"]),
            "lieux/b": entry("lieux", commune="Amiens", roles=["acteur-ressource"]),
            "lieux/c": entry("lieux", commune="Guînes"),
            "ressources/a": entry("ressources", proprietaire="b", **lent),
            "ressources/b": entry("ressources", proprietaire="b", **lent),
            "events/a": event("Saint-Omer"),
            "lieux/d": entry("lieux", commune="Saint-Omer"),
        },
    )
    opale = found[OPALE]
    assert [one.item.ref for one in opale.acteurs] == ["lieux/a", "lieux/b"]
    assert [(one.item.ref, more) for one, more in opale.outils] == [("ressources/a", 1)]
    assert opale.nearest.item.ref == "lieux/c"
    assert found[CAPSO].classe == "couvert" and found[CAPSO].acteurs == ()
