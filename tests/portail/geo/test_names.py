"""Homonyms seen from a region, and numbers that are INSEE codes, postcodes, or both."""

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.geo.names import Unknown
from portail.geo.places import Commune, Epci, Region, Tables
from portail.geo.territories import Ambiguous, Geography
from strategies import place_names


def row(code, nom, postcodes="", epci=""):
    return (code, nom, postcodes, code[:2], epci, "", "")


TABLES = Tables(
    communes=(
        row("62042", "Athies", "62223", "1"),
        row("80034", "Athies", "80200"),
        row("14001", "Athies", "14000"),
        row("80001", "Beaumont", "80000"),
        row("35001", "Beaumont", "35000"),
        row("14002", "Beaumont", "14000"),
        row("35002", "Dinan", "35700"),
        row("14003", "Vire", "14500"),
        row("35003", "Vire", "35800"),
        row("14004", "Marseille", "14800"),
        row("62570", "Méricourt", "62680"),
        row("62902", "Wizernes", "62570 62500"),
        row("62765", "Saint-Omer", "62500"),
        row("14005", "Bayeux", "62570 14400"),
        row("35400", "Rennes", "35000"),
        row("14500", "Caen", "14000"),
        row("62004", "Marsel", "62840"),
        row("14006", "Saint-Agnan", "14600"),
        row("62005", "Neuve (Ville)", "62841"),
    ),
    epci=(
        ("1", "Communauté de communes du Val", "cc", "62"),
        ("2", "Communauté de communes du Val", "cc", "35"),
        ("3", "Communauté de communes le Val", "cc", "35"),
        ("4", "Communauté de communes des Monts", "cc", "35"),
    ),
    departements=(
        ("14", "Calvados", "28"), ("35", "Ille-et-Vilaine", "53"), ("62", "Pas-de-Calais", "32"),
        ("80", "Somme", "32"),
    ),
    regions=(("28", "Normandie"), ("32", "Hauts-de-France"), ("53", "Bretagne")),
    alias=(("Saint-Agnan", "80001", "deleguee"), ("Ker", "35002", "associee"),
           ("Dinan-Ville", "35002", "usage"),
           ("Dinan 3e Arrondissement", "35002", "arrondissement")),
)  # fmt: skip
HAUTS = Geography(TABLES, "Hauts-de-France")


def codes(country, text):
    """The code found, or those of the candidates in their order; none when unknown."""
    found = country.commune(text)
    if isinstance(found, Unknown):
        return []
    return [one.code for one in (found.candidates if isinstance(found, Ambiguous) else (found,))]


@cases(("text", "found"), rows_of("portail/geo/names.yml"))
def test_the_region_comes_first(text, found):
    assert codes(HAUTS, text) == found


@cases("region", ["", "Atlantide", "HdF"])
def test_without_a_known_region_all_are_on_a_par(region):
    country = Geography(TABLES, region)
    assert country.home is None
    assert codes(country, "Beaumont") == ["14002", "35001", "80001"]
    assert codes(country, "Saint-Agnan") == ["14006"]
    assert codes(country, "Ker") == ["35002"]
    assert codes(country, "62570") == ["62570", "14005", "62902"]


@cases("region", ["Bretagne", "bretagne", "BRETAGNE ", "53"])
def test_a_region_is_named_or_coded(region):
    country = Geography(TABLES, region)
    assert country.home == Region("53", "Bretagne")
    assert codes(country, "Beaumont") == ["35001"]
    assert codes(country, "Athies") == ["14001", "62042", "80034"]


@cases(
    ("number", "found"),
    [
        ("62902", ["62902"]),
        ("35002", ["35002"]),
        ("62570", ["62570", "62902"]),
        ("62500", ["62765", "62902"]),
        ("35000", ["35001", "35400"]),
        ("14500", ["14500", "14003"]),
        ("99999", []),
    ],
)
def test_numbers(number, found):
    """An INSEE code answers unless it is also a postcode; a postcode gives candidates, those of
    the region alone when it has some."""
    assert codes(HAUTS, number) == found


def test_a_postcode_of_one_commune_is_proposed_not_guessed():
    assert HAUTS.commune("35800") == Unknown(("Vire (35)",))
    assert HAUTS.commune("62680") == Unknown(("Méricourt",))


@cases(
    ("text", "nearest"),
    [
        ("Beaumnt", ("Beaumont",)),
        ("Athie", ("Athies (62)", "Athies (80)")),
        ("Marseile", ("Marsel", "Marseille")),
        ("Vyre", ("Vire (14)", "Vire (35)")),
        ("Ker", ("Dinan",)),
        ("Beaumnt (35)", ("Beaumont (35)",)),
        ("Dinan (14)", ("Dinan",)),
        ("Beaumont (Corse)", ("Beaumont", "Beaumont (14)", "Beaumont (35)")),
    ],
)
def test_a_typing_mistake_is_sought_in_the_region_first(text, nearest):
    assert HAUTS.commune(text) == Unknown(nearest)


def test_what_is_proposed_can_be_written():
    for country in (HAUTS, Geography(TABLES), Geography(TABLES, "Bretagne")):
        for text in ("Beaumon", "Athis", "Vir", "Neuve Vile", "35800", "Saint-Agnan (35)"):
            found = country.commune(text)
            assert isinstance(found, Unknown)
            assert found.nearest, text
            for proposed in found.nearest:
                assert isinstance(country.commune(proposed), Commune), proposed


@given(st.lists(st.tuples(st.sampled_from(["14", "35", "62"]), place_names()), max_size=12))
def test_a_name_unique_in_the_region_is_found_whoever_shares_it(
    places,
):
    rows = [row(f"{at}{rank:03d}", nom) for rank, (at, nom) in enumerate(places)]
    country = Geography(
        Tables(rows, departements=TABLES.departements, regions=TABLES.regions), "32"
    )
    for code, nom, _, at, *_ in rows:
        own = [one[0] for one in rows if one[3] == "62" and one[1] == nom]
        found = codes(country, nom)
        assert found[: len(own)] == own
        assert code in found or len(own) == 1
        if len(own) == 1:
            assert found == own
        assert code in codes(country, f"{nom} ({at})")


def test_territories_of_the_region_keep_the_short_slug():
    slugs = {one.siren: HAUTS.slug(one) for one in HAUTS.territoires if isinstance(one, Epci)}
    assert slugs == {"1": "cc-val", "2": "cc-val-2", "3": "cc-val-3", "4": "cc-monts"}
    assert HAUTS.territoire("cc-val") == HAUTS.epci("1")
    assert HAUTS.territoire("Communauté de communes du Val") == HAUTS.epci("1")
    assert HAUTS.territoire("cc-val-3") == HAUTS.epci("3")
    assert HAUTS.territoire("cc-monts") == HAUTS.epci("4")
    assert HAUTS.territoire("2") == HAUTS.epci("2")
    everywhere = Geography(TABLES)
    assert [everywhere.slug(one) for one in everywhere.territoires if isinstance(one, Epci)] == [
        "cc-val-62", "cc-val-2", "cc-val-3", "cc-monts",
    ]  # fmt: skip
