"""What is everywhere: the territories that it covers, where it does not count, how it is said."""

import pytest

from plans import entry
from portail.facts.place import place_of
from portail.site.facets import PARTOUT
from portail.site.lists import value_reader

REF = "events/ciel"
LISTED = 10
"""Contents of the agenda, so that it has facets."""


def files(*territoires):
    """An event that is everywhere in some territories, others in Amiens and in Laon."""
    named = {"territoires": list(territoires)} if territoires else {}
    towns = ["Amiens", "Laon"] * LISTED
    others = {
        f"events/atelier-{rank}": entry(
            "events", titre=f"Atelier {rank}", adresse={"commune": town}
        )
        for rank, town in enumerate(towns[:LISTED])
    }
    return others | {REF: entry("events", titre="Ciel", partout=True, **named)}


@pytest.mark.parametrize("article_first", [True, False])
def test_what_tells_of_the_region_and_what_is_everywhere_in_it_are_apart(tree, article_first):
    """Whichever is read first: an edit reads other contents than a whole build."""
    region = entry("articles", territoires=["hauts-de-france"])
    site = tree.site({**files("hauts-de-france"), "articles/eclipse": region})
    reader = value_reader(site)
    refs = ["articles/eclipse", REF]
    around = {
        ref: [pair for pair in reader.common(site.items[ref]) if pair[0] == "epci"]
        for ref in (refs if article_first else refs[::-1])
    }
    assert not around["articles/eclipse"]
    assert len(around[REF]) > 80


@pytest.mark.parametrize(
    ("territoires", "expected"),
    [
        ((), "Partout, de chez vous"),
        (("hauts-de-france",), "Partout, de chez vous"),
        (("aisne", "nord", "oise", "pas-de-calais", "somme"), "Partout, de chez vous"),
        (("aisne",), "Partout dans l’Aisne"),
        (("nord", "somme"), "Partout dans le Nord et dans la Somme"),
        (("ca-pays-de-saint-omer",), "Partout dans le Pays de Saint-Omer"),
    ],
)
def test_it_says_where(tree, territoires, expected):
    site = tree.site(files(*territoires))
    assert place_of(site.items[REF], site).replace("\u00a0", " ") == expected
    assert site.items[REF].commune is None


def test_without_a_region_it_is_everywhere(tree):
    site = tree.site(files(), region="")
    assert place_of(site.items[REF], site).replace("\u00a0", " ") == "Partout, de chez vous"


@pytest.mark.parametrize(
    ("territoires", "departements", "epci"),
    [
        ((), {"aisne", "somme"}, {"ca-amiens-metropole", "ca-pays-de-laon"}),
        (("aisne",), {"aisne"}, {"ca-pays-de-laon"}),
        (("ca-amiens-metropole",), {"somme"}, {"ca-amiens-metropole"}),
        (("oise",), set(), set()),
    ],
)
def test_it_is_listed_where_something_is(tree, territoires, departements, epci):
    site = tree.site(files(*territoires))
    facets = site.facets
    held = {key: {code for cle, code in facets.by_ref[REF] if cle == key} for key in
            ("departement", "epci")}  # fmt: skip
    assert held == {"departement": departements, "epci": epci}
    assert {one.code for one in facets.values["departement"]} == {"aisne", "somme"}
    assert PARTOUT in facets.by_ref[REF]
    assert all((REF in {one.ref for _, one in site.ahead.of(("departement", code)).rows})
               for code in departements)  # fmt: skip


def test_alone_it_gives_no_list_to_a_territory_nor_counts_for_its_threshold(tree):
    alone = {f"events/ciel-{rank}": entry("events", titre=f"Ciel {rank}", partout=True)
             for rank in range(LISTED)}  # fmt: skip
    site = tree.site(alone)
    assert not {"departement", "epci"} & {facet.cle for facet, _ in site.facets.pairs()}
    assert site.ahead.page_of(PARTOUT) == "/agenda/partout/"
    site = tree.site({"events/un": entry("events", titre="Un atelier")}, seuil_listes=2)
    assert not site.facets.listed(("departement", "pas-de-calais"))


def test_no_departement_counts_it(tree):
    territory = pytest.importorskip("portail_bureau.chiffres.territory").territory
    bilan_of_year = pytest.importorskip("portail_bureau.chiffres.year").bilan_of_year
    known = files() | {
        "territoires/aisne": entry("territoires", titre="Aisne", code="02"),
        "territoires/hauts-de-france": entry(
            "territoires", titre="Hauts-de-France", type="region", code="32"
        ),
    }
    for named in ((), ("aisne",)):
        site = tree.site(known | {REF: files(*named)[REF]})
        year = {
            row.label: row.values[0]
            for row in bilan_of_year(site, 2021).table("departements").lignes
        }
        assert year["Aisne"] == year["Somme"] == LISTED / 2
        assert year["Oise"] == 0
        assert year["Partout, de chez vous"] == 1
        wide = territory(site, "territoires/hauts-de-france", 2021).table("parties").lignes
        assert {row.label: row.values[0] for row in wide} == {
            "Aisne": LISTED / 2, "Somme": LISTED / 2, "Partout, de chez vous": 1
        }  # fmt: skip
        near = territory(site, "territoires/aisne", 2021).table("parties")
        assert sum(row.values[0] for row in near.lignes) == LISTED / 2


def test_an_address_that_says_everywhere_is_pointed_out(tree):
    names = {
        "Partout dans la région": True,
        "Chez vous": True,
        "PARTOUT": True,
        "Place Chez-Vous": False,
        "Café du Partage": False,
    }
    found = tree.run(
        {
            f"events/e{rank}": entry(
                "events", titre=f"Essai {rank}", adresse={"nom": name, "commune": "Amiens"}
            )
            for rank, name in enumerate(names)
        },
        plans=False,
    ).report
    told = {one.position.path.stem for one in found if one.code == "A268" and one.position}
    assert told == {f"e{rank}" for rank, said in enumerate(names.values()) if said}
