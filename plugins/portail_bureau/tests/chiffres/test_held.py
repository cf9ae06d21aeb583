"""Events of a year of the demonstration are those counted again from its files; other cases."""

from collections import Counter

import pytest

from bilans import STRUCTURES, TERRITORIES, column, demonstration, inside, key
from demonstration import TODAY
from plans import entry
from portail.diagnostics import ConfigError
from portail.features import configured
from portail_bureau.chiffres.structure import structure
from portail_bureau.chiffres.territory import territory
from portail_bureau.chiffres.year import all_years, bilan_of_year, years_with_figures
from relecture import commune_of, files, months_of, named_by, times_of

SCHOOL = {"maternelle", "primaire", "college", "lycee", "enseignants"}
YEARS = (2021, 2022)


pytestmark = pytest.mark.xdist_group("tests/faits/")  # they read the demonstration too


@pytest.fixture(scope="module")
def site():
    return demonstration()


def labels(site, vocabulary, found):
    terms = site.vocabularies[vocabulary]
    named = {terms.find(code).label: count for code, count in found.items()}
    return {label[:1].upper() + label[1:]: count for label, count in named.items()}


# Events are counted alike whoever they are of.


def of_structure(slug):
    """Its bilan, and whether an event is its own."""
    return (
        lambda site, year: structure(site, f"lieux/{slug}", year),
        lambda told: slug in named_by(told, "organisateurs") | named_by(told, "lieu"),
    )


def of_territory(slug, code):
    """Its bilan, and whether an event is there: by its commune, or by what it says."""
    return (
        lambda site, year: territory(site, f"territoires/{slug}", year),
        lambda told: commune_of(told) in inside(code) or slug in (told.get("territoires") or ()),
    )


SUBJECTS = {
    "portail": (bilan_of_year, lambda told: True),
    **{slug: of_structure(slug) for slug in STRUCTURES},
    **{slug: of_territory(slug, code) for slug, code in TERRITORIES.items()},
}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_events_by_month_and_by_what_they_say(site, subject, year):
    make, own = SUBJECTS[subject]
    out = (one for one in files("events").values() if str(one["publie_le"]) <= str(TODAY))
    again = [one for one in out if times_of(one, year) and own(one)]
    bilan = make(site, year)
    if not bilan.tables:
        assert not again and "n’a" in "".join(bilan.phrases)
        assert bilan.tables == (), "a year of nothing has no tables of zeros"
        return
    held = "Rendez-vous tenus" if subject == "portail" and year == 2021 else "Rendez-vous"
    assert key(bilan, held) == len(again)
    months = Counter(month for one in again for month in months_of(one, year))
    table = bilan.table("mois")
    found = [row.values[0] for row in table.lignes] if table else [0] * 12
    assert found == [months[month] for month in range(1, 13)]
    fields = {"themes": "themes", "publics": "publics", "format": "formats"}
    for field in ["format"] if subject == "portail" else fields:
        count = Counter(one for event in again for one in named_by(event, field))
        assert column(bilan, field) == labels(site, fields[field], count), field
    prices = [one.get("tarif") or {} for one in again]
    told = [one for one in prices if {"gratuit", "prix", "reduit"} & one.keys()]
    schools = sum("groupes" in one or bool(SCHOOL & named_by(one, "publics")) for one in again)
    offers = column(bilan, "accueil")
    assert offers.get("Gratuits", 0) == sum(one.get("gratuit") is True for one in told)
    assert column(bilan, "accueil", 1).get("Gratuits", 0) == len(told)
    assert offers.get("Pour les classes", 0) == schools


def test_what_the_report_announces_stands_beside(site):
    bilan = bilan_of_year(site, 2021)
    found = {one.label: one.value for one in bilan.cles if one.source}
    assert found == {"Contributions publiées": 547, "Visiteurs": 29417, "Pages vues": 57940}
    announced = bilan.table("annonce-contributions-par-genre")
    assert "543" in announced.note and announced.source
    assert sum(announced.numbers()[:-1]) == 543 and announced.numbers()[-1] == 547


def test_years_without_a_content_say_so(site):
    """They are lines of the page of all years."""
    assert years_with_figures(site) == (2022, 2021)
    series = all_years(site).table("annonce-visiteurs")
    assert series.numbers() == (2199, 12981, 29901, 28278, 35109, 29417)
    bilan = bilan_of_year(site, 2019)
    assert not bilan.tables and "n’a pas de contenu" in bilan.phrases[0]


def test_a_site_that_does_not_ask_for_figures_has_none(tree):
    files = {"articles/a": entry("articles"), "articles/b": entry("articles", reseau=True)}
    assert not any(url.startswith("/en-chiffres") for url in tree.pages(files))
    with pytest.raises(ConfigError, match="PORTAIL_CHIFFRES attend True ou False"):
        configured({"PORTAIL_CHIFFRES": 1})
    pages = tree.pages(files, chiffres=True)
    assert pages["/en-chiffres/2021/"].view().mesures[0].lignes[0].values == (2, 100, 1)
    (row,) = pages["/en-chiffres/"].view().mesures[0].lignes
    assert row.values[-1] == 1, "what lists do not show is told apart"
