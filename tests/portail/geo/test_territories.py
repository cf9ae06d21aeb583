from hypothesis import given

from checkout import ROOT
from doses import cases, rows_of
from portail.geo.names import Unknown  # fmt: skip
from portail.geo.places import (
    Commune,
    Departement,
    Epci,
    Region,
    Tables,
    read_tables,
    territoire_slug,
)
from portail.geo.territories import Ambiguous, Geography
from strategies import place_names, wild_texts
from work import calls

DATA = ROOT / "data"


def row(code, nom, postcodes="", epci=""):
    return (code, nom, postcodes, code[:2], epci, "", "")


OMER = row("62765", "Saint-Omer", "62500", "200069037")
COUNTRY = Geography(
    Tables(
        communes=(
            OMER,
            row("60594", "Saint-Omer-en-Chaussée", "60860"),
            ("62902", "Wizernes", "62570", "62", "200069037", "50.7117", "2.24316"),
            row("80021", "Amiens", "80000 80080"),
            row("62758", "Sainte-Marie", "62500"),
            row("80717", "Sainte-Marie"),
            row("02001", "Sainte-Marie"),
            row("62100", "Le Nœud-lès-Prés"),
            row("62101", "Mezières"),
            row("62102", "Mézières"),
            row("2A004", "Ajaccio"),
            row("62103", "Vieux-Moulin"),
        ),
        epci=(
            ("200069037", "Communauté d'agglomération du Pays de Saint-Omer", "ca", "62"),
            ("1", "Communauté de communes des Deux Rivières", "cc", "62"),
            ("2", "Communauté de communes Deux Rivières", "cc", "80"),
            ("3", "Communauté de communes les Deux-Rivières", "cc", "80"),
        ),
        departements=(
            ("02", "Aisne", "32"), ("62", "Pas-de-Calais", "32"), ("80", "Somme", "32"),
            ("60", "Oise", "32"), ("2A", "Corse-du-Sud", "94"),
        ),
        regions=(("32", "Hauts-de-France"), ("94", "Corse")),
        alias=(
            ("Ancien-Bourg", "62103", "deleguee"),
            ("Amiens", "62103", "associee"),
            ("Ailleurs", "99999", "deleguee"),
        ),
    )
)  # fmt: skip


def code_of(text):
    found = COUNTRY.commune(text)
    assert isinstance(found, Commune), found
    return found.code


@cases(("text", "code"), rows_of("portail/geo/territories.yml"))
def test_a_commune_is_found_as_people_write_it(text, code):
    assert code_of(text) == code


def test_a_shared_name_lists_its_communes():
    found = COUNTRY.commune("Sainte-Marie")
    assert isinstance(found, Ambiguous)
    assert [one.code for one in found.candidates] == ["02001", "62758", "80717"]


def test_a_name_shared_inside_a_departement_is_told_by_its_code():
    country = Geography(Tables(communes=(row("62001", "Bourg"), row("62002", "Bourg"))))
    assert country.commune("Bourk") == Unknown(("Bourg (62001)", "Bourg (62002)"))
    assert country.commune("Bourg (62002)") == country.by_code("62002")


def test_without_accents_two_spellings_are_one_name():
    found = COUNTRY.commune("MEZIERES")
    assert isinstance(found, Ambiguous)
    assert [one.nom for one in found.candidates] == ["Mezières", "Mézières"]


@cases(
    ("text", "nearest"),
    [
        ("Wizerne", ("Wizernes",)),
        ("62570 Wizernes", ("Wizernes",)),
        ("Amiens (60)", ("Amiens",)),
        ("Sainte-Marie (60)", ("Sainte-Marie (02)", "Sainte-Marie (62)", "Sainte-Marie (80)")),
        (
            "Sainte-Marie (Atlantide)",
            ("Sainte-Marie (02)", "Sainte-Marie (62)", "Sainte-Marie (80)"),
        ),
        ("St Omr", ("Saint-Omer",)),
        ("Saint-Omer (60)", ("Saint-Omer",)),
        ("Saint-Om (60)", ("Saint-Omer-en-Chaussée", "Saint-Omer")),
        ("62570", ("Wizernes",)),
        ("99999", ()),
        ("Ailleurs", ()),
        ("", ()),
        ("()", ()),
        ("x" * 10_000, ()),
    ],
)
def test_an_unknown_name_is_told_what_to_write(text, nearest):
    assert COUNTRY.commune(text) == Unknown(nearest)


@given(wild_texts())
def test_any_text_has_an_answer(text):
    found = COUNTRY.commune(text)
    assert isinstance(found, Commune | Ambiguous | Unknown)
    if isinstance(found, Unknown):
        for proposed in found.nearest:
            assert isinstance(COUNTRY.commune(proposed), Commune)


@given(place_names())
def test_every_spelling_of_a_name_is_the_same_commune(name):
    country = Geography(Tables(communes=(row("62001", name),)))
    for text in (name, name.upper(), name.lower().replace("-", " "), name.replace("Saint", "St")):
        assert country.commune(text) == country.by_code("62001")


def test_a_commune_knows_what_holds_it():
    wizernes = COUNTRY.by_code("62902")
    assert wizernes == Commune("62902", "Wizernes", ("62570",), "62", "200069037", 50.7117, 2.24316)
    assert [one.nom for one in COUNTRY.territoires_of(wizernes)] == [
        "Communauté d'agglomération du Pays de Saint-Omer", "Pas-de-Calais", "Hauts-de-France",
    ]  # fmt: skip
    amiens = COUNTRY.by_code("80021")
    assert (amiens.epci, amiens.lat, amiens.lon) == (None, None, None)
    assert COUNTRY.territoires_of(amiens) == (
        Departement("80", "Somme", "32"), Region("32", "Hauts-de-France"),
    )  # fmt: skip


def test_a_territory_knows_its_communes():
    epci = COUNTRY.epci("200069037")
    region = COUNTRY.region("94")
    departement = COUNTRY.departement("80")
    assert epci and region and departement
    assert [one.nom for one in COUNTRY.communes_of(epci)] == ["Saint-Omer", "Wizernes"]
    assert [one.nom for one in COUNTRY.communes_of(departement)] == ["Amiens", "Sainte-Marie"]
    assert [one.nom for one in COUNTRY.communes_of(region)] == ["Ajaccio"]


def test_unknown_codes_give_nothing():
    assert COUNTRY.by_code("00000") is None
    assert COUNTRY.epci("0") is None
    assert COUNTRY.departement("00") is None
    assert COUNTRY.region("00") is None
    assert COUNTRY.region_of("00") is None
    assert COUNTRY.region_of("62") == "32"


@cases(
    ("territoire", "slug"),
    [
        (Epci("1", "Communauté d’agglomération du Pays de Saint-Omer", "ca", "62"),
         "ca-pays-de-saint-omer"),
        (Epci("1", "Communauté de communes de la Champagne Picarde", "cc", "02"),
         "cc-champagne-picarde"),
        (Epci("1", "CC de l'Est de la Somme", "cc", "80"), "cc-est-de-la-somme"),
        (Epci("1", "Communauté urbaine d'Arras", "cu", "62"), "cu-arras"),
        (Epci("1", "Communauté de communes de La", "cc", "62"), "cc-la"),
        (Epci("1", "Métropole Européenne de Lille", "metropole", "59"),
         "metropole-europeenne-de-lille"),
        (Epci("1", "Grand Nancy", "metropole", "54"), "metropole-grand-nancy"),
        (Departement("2A", "Corse-du-Sud", "94"), "departement-2a"),
        (Region("11", "Île-de-France"), "ile-de-france"),
    ],
)  # fmt: skip
def test_slugs_of_territories(territoire, slug):
    assert territoire_slug(territoire) == slug


def test_territories_of_one_name_get_distinct_slugs():
    slugs = [COUNTRY.slug(one) for one in COUNTRY.territoires if isinstance(one, Epci)]
    assert slugs == [
        "ca-pays-de-saint-omer", "cc-deux-rivieres-62", "cc-deux-rivieres-2", "cc-deux-rivieres-3",
    ]  # fmt: skip


@cases(
    ("text", "nom"),
    [
        ("ca-pays-de-saint-omer", "Communauté d'agglomération du Pays de Saint-Omer"),
        ("200069037", "Communauté d'agglomération du Pays de Saint-Omer"),
        ("departement-62", "Pas-de-Calais"),
        ("pas-de-calais", "Pas-de-Calais"),
        ("Hauts-de-France", "Hauts-de-France"),
        ("atlantide", None),
    ],
)
def test_a_territory_is_found(text, nom):
    assert getattr(COUNTRY.territoire(text), "nom", None) == nom


def test_the_real_tables():
    country = Geography.load(DATA)
    assert len({country.slug(one) for one in country.territoires}) == len(country.territoires)
    epci = country.territoire("ca-pays-de-saint-omer")
    wizernes = country.commune("Wizernes")
    assert epci is not None
    assert isinstance(wizernes, Commune)
    assert epci in country.territoires_of(wizernes)
    assert wizernes in country.communes_of(epci)
    hauts = country.region("32")
    assert hauts is not None
    assert len(country.communes_of(hauts)) > 3_700


def test_every_real_commune_is_found_by_what_is_proposed_for_it():
    country = Geography.load(DATA)
    hauts = country.region("32")
    assert hauts is not None
    shared = 0
    for commune in country.communes_of(hauts):
        found = country.commune(f"{commune.nom} ({commune.departement})")
        assert found == commune or isinstance(found, Ambiguous), commune
        shared += isinstance(country.commune(commune.nom), Ambiguous)
        assert country.commune(f"{commune.nom} ({commune.code})") == commune
    assert shared > 50


def test_the_whole_country_is_served_in_few_calls():
    """From the names of communes to their EPCI and département: so many calls for each, which do
    not depend on how many communes there are."""
    country = Geography.load(DATA, "Hauts-de-France")
    names = [row[1] for row in read_tables(DATA).communes][::7]

    def held():
        places = [country.commune(name) for name in names]
        return sum(bool(country.territoires_of(one)) for one in places if isinstance(one, Commune))

    assert held() > 0.8 * len(names), "and the indexes are made"
    assert calls(held) < 150 * len(names)
