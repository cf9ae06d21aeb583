"""The values of contents of each kind, their order and their labels."""

import pytest

from doses import rows_of
from plans import entry
from portail.model.kinds import Kind
from portail.site.facet_readers import facets_of
from portail.site.facets import FACETS, OUI, Facet, OwnValues, Value, values_of
from portail.site.lists import value_reader

OWNER = {"lieux/musee": entry("lieux", titre="Musée", commune="Wizernes", publics=["familles"])}
UNSIZED = [("transport", "non-precise"), ("surface", "non-precise")]
AT_SAINT_OMER = [("departement", "pas-de-calais"), ("epci", "ca-pays-de-saint-omer")]


def read(site, ref):
    return [*value_reader(site).pairs(site.items[ref])]


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("articles", {"genre": "portrait", "themes": ["numerique"], "publie_le": "2020-05-04",
                      "territoires": ["ca-pays-de-saint-omer"]},
         [("theme", "numerique"), *AT_SAINT_OMER, ("genre", "portrait"), ("annee", "2020")]),
        ("articles", {"lieu": "musee", "publie_le": "2021-01-01"},
         [*AT_SAINT_OMER, ("annee", "2021")]),
        ("annonces", {"categorie": "stage", "commune": "Wizernes"},
         [*AT_SAINT_OMER, ("categorie", "stage")]),
        ("ressources", {"type": "jeu", "publics": ["lycee"], "proprietaire": "musee",
                        "acces": {"tarif": "Gratuit"}},
         [*AT_SAINT_OMER, ("public", "lycee"), ("type", "jeu"), ("gratuit", OUI)]),
        ("ressources", {"type": "jeu", "pret": {"tarif": "gratuit pour les membres"},
                        "acces": {"tarif": "gratuit"}},
         [("type", "jeu"), ("a-emprunter", OUI), *UNSIZED]),
        ("ressources", {"type": "jeu", "pret": {"tarif": "gratuit", "poids_kg": 101},
                        "proprietaire": "Ville d’Exemple"},
         [("type", "jeu"), ("a-emprunter", OUI), ("gratuit", OUI), ("transport", "utilitaire"),
          ("surface", "non-precise"), ("proprietaire", "ville-d-exemple")]),
        ("ressources", {"type": "financement", "eligibles": ["Les intercommunalités, même petites",
                        "communes", "classes qui vont au musée", "un poste de médiation"]},
         [("type", "financement"), ("eligible", "collectivite"),
          ("eligible", "etablissement-scolaire")]),
        ("dossiers", {"themes": ["numerique", "vivant-sante"], "regle": {"theme": "numerique"}},
         [("theme", "numerique"), ("theme", "vivant-sante")]),
    ],
)  # fmt: skip
def test_values_of_each_kind(tree, kind, fields, expected):
    site = tree.site(OWNER | {f"{kind}/a": entry(kind, **fields)})
    assert read(site, f"{kind}/a") == expected


@pytest.mark.parametrize(("fields", "expected"), rows_of("portail/site/facet_values.yml"))
def test_values_of_a_place(tree, fields, expected):
    site = tree.site({"lieux/a": entry("lieux", commune="Wizernes", **fields)})
    assert read(site, "lieux/a") == [*AT_SAINT_OMER, *map(tuple, expected)]


def test_values_have_the_order_of_their_facet(tree):
    site = tree.site(OWNER)
    lists = site.vocabularies, site.geography
    assert values_of(Facet("annee", ""), {"2019", "2021", "2020"}, *lists) == (
        Value("2021", "2021"), Value("2020", "2020"), Value("2019", "2019"),
    )  # fmt: skip
    assert values_of(Facet("departement", ""), ["somme", "aisne", "nulle-part"], *lists) == (
        Value("aisne", "Aisne"), Value("somme", "Somme"),
    )  # fmt: skip


def test_a_list_keeps_the_facets_of_its_kind(tree):
    """What a kind is not narrowed by is none of its values, though its contents have it."""
    files = {
        "ressources/a": entry("ressources", type="jeu", proprietaire="musee"),
        "ressources/b": entry("ressources", type="livre"),
    }
    site = tree.site(OWNER | files)
    items = site.of_kind(Kind.RESSOURCE)
    found = facets_of("", FACETS[Kind.RESSOURCE], items, value_reader(site), OwnValues())
    assert [(facet.cle, value.label) for facet, value in found.pairs()] == [
        ("type", "Jeux"), ("type", "Livres"), ("departement", "Pas-de-Calais"),
    ]  # fmt: skip
    assert found.refs["type", "jeu"] == ("ressources/a",)
