"""The year of a territory: cases of the count, on invented sites."""

from bilans import SAINT_OMER, column, key
from plans import entry
from portail_bureau.chiffres.territory import note, territory

EPCI = {"type": "ca", "code": SAINT_OMER}


def bilan_of(tree, files, year=2021):
    told = {"territoires/t": entry("territoires", **EPCI), **files}
    return territory(tree.site(told), "territoires/t", year)


def event(commune="Wizernes", **fields):
    return entry("events", **{"adresse": {"commune": commune}, "debut": "2021-03-09", **fields})


def test_the_nearest_event_is_told_where_there_is_none(tree):
    bilan = bilan_of(tree, {"events/a": event(), "events/b": event("Lille")})
    table = bilan.table("sans")
    rows = {row.label: row.values for row in table.lignes}
    assert "Wizernes" not in rows and len(rows) == key(bilan, "Communes sans rendez-vous") == 52
    assert rows["Hallines"] == (1, "Wizernes")
    assert column(bilan, "parties") == {"Wizernes": 1}
    assert key(bilan, "Population") == 105_142
    assert key(bilan, "Rendez-vous pour 10\u00a0000 habitants") == 0.1


def test_communes_of_a_departement_where_events_are_held(tree):
    wide = {"territoires/t": entry("territoires", type="departement", code="62")}
    bilan = bilan_of(tree, {**wide, "events/a": event(), "events/b": event("Lille")})
    assert column(bilan, "communes") == {"Wizernes": 1}


def test_an_event_that_names_the_territory_is_in_it(tree):
    typed = event(adresse=None, en_ligne="https://example.org/", territoires=["t"])
    bilan = bilan_of(tree, {"events/a": typed})
    assert key(bilan, "Rendez-vous") == 1
    assert key(bilan, "Communes sans rendez-vous") == 53


def test_what_does_not_count(tree):
    off = ({"etat": "annule"}, {"exemple": True}, {"debut": "2020-03-09"})
    files = {f"events/{rank}": event(**fields) for rank, fields in enumerate(off)}
    assert key(bilan_of(tree, {**files, "events/b": event()}), "Rendez-vous") == 1


def test_a_structure_is_active_when_something_of_the_year_names_it(tree):
    files = {
        "lieux/a": entry("lieux", commune="Wizernes"),
        "lieux/b": entry("lieux", commune="Arques"),
        "lieux/c": entry("lieux", commune="Lille"),
        "events/e": event(organisateurs=["a"]),
        "events/f": event(organisateurs=["b"], debut="2020-05-05"),
    }
    bilan = bilan_of(tree, files)
    active = next(one for one in bilan.cles if one.label == "Structures actives")
    assert (active.value, active.note) == (1, "sur 2 dans l’annuaire")
    assert column(bilan, "structures") == {"Musées": 2}


def test_a_note_is_five_figures_three_facts_a_chart_what_is_missing(tree):
    files = {"lieux/a": entry("lieux", commune="Wizernes"), "events/a": event(organisateurs=["a"])}
    short = note(bilan_of(tree, files))
    assert (len(short.cles), len(short.phrases)) == (5, 3)
    assert [one.code for one in short.tables] == ["mois", "lacunes"]
