"""The table of facets: values, their order, territories, switches, codes that lists lack."""

import pytest

from doses import rows_of
from plans import entry
from portail.site.facets import OUI, Value


def facets(tree, *events, **settings):
    files = {f"events/e{rank}": entry("events", **fields) for rank, fields in enumerate(events)}
    return tree.site(files, **settings).facets


def codes(found, cle):
    return [value.code for value in found.values.get(cle, ())]


@pytest.mark.parametrize(
    ("cle", "field", "given", "expected"),
    [
        ("theme", "themes", ["numerique", "astronomie-espace"],
         [Value("astronomie-espace", "Astronomie et espace"), Value("numerique", "Numérique")]),
        ("public", "publics", ["lycee", "tout-public", "familles"],
         [Value("tout-public", "Tous publics"), Value("familles", "Familles"),
          Value("lycee", "Lycées")]),
        ("age", "age", {"min": 8, "max": 11},
         [Value("7-9", "7 à 9\u00a0ans"), Value("10-12", "10 à 12\u00a0ans")]),
        ("format", "format", ["exposition", "atelier"],
         [Value("atelier", "Ateliers"), Value("exposition", "Expositions")]),
        ("accessible", "accessibilite",
         {"psychique": "oui", "moteur": "partiel", "visuel": "non", "auditif": "inconnu"},
         [Value("moteur", "Handicap moteur"), Value("psychique", "Handicap psychique")]),
    ],
)  # fmt: skip
def test_values_follow_their_list(tree, cle, field, given, expected):
    found = facets(tree, {field: given})
    assert list(found.values[cle]) == expected
    assert all(found.refs[cle, value.code] == ("events/e0",) for value in expected)
    assert {pair for pair in found.by_ref["events/e0"] if pair[0] == cle} == {
        (cle, value.code) for value in expected
    }


def test_territories_are_those_of_the_commune_in_the_order_of_names(tree):
    towns = ("Wizernes", "Saint-Omer", "Amiens", "Laon")
    found = facets(tree, *({"adresse": {"commune": town}} for town in towns))
    assert [value.label for value in found.values["departement"]] == [
        "Aisne", "Pas-de-Calais", "Somme",
    ]  # fmt: skip
    assert codes(found, "epci") == [
        "ca-amiens-metropole", "ca-pays-de-laon", "ca-pays-de-saint-omer",
    ]  # fmt: skip
    assert found.refs["epci", "ca-pays-de-saint-omer"] == ("events/e0", "events/e1")


def test_online_alone_is_nowhere(tree):
    found = facets(tree, {"en_ligne": "https://a.example/"})
    assert not codes(found, "departement") and not codes(found, "epci")
    assert found.values["en-ligne"] == (Value(OUI, "En ligne"),)


@pytest.mark.parametrize(("cle", "fields", "held"), rows_of("portail/site/facets.yml"))
def test_switches(tree, cle, fields, held):
    found = facets(tree, fields)
    assert codes(found, cle) == ([OUI] if held else [])
    assert found.refs.get((cle, OUI), ()) == (("events/e0",) if held else ())


def test_a_code_that_the_list_lacks_is_no_value(tree):
    """A preview keeps what is readable of a faulty file: no page may come of a wrong code."""
    bare = tree.site({"events/a": entry("events", themes=["numerique"])}).facets
    site = tree.site({"events/b": entry("events", themes=["inconnu"])}, preview=True)
    assert site.facets.values["theme"] == bare.values["theme"]


def test_contents_of_a_value_are_in_the_order_of_their_list(tree):
    found = facets(
        tree,
        {"debut": "2021-11-01", "themes": ["numerique"]},
        {"debut": "2021-10-01", "themes": ["numerique"]},
        {"debut": "2021-01-01", "themes": ["numerique"]},
    )
    assert found.refs["theme", "numerique"] == ("events/e1", "events/e0", "events/e2")
