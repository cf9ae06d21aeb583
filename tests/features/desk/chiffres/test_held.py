"""Every figure of a year of the demonstration is the one counted again from its files."""

from collections import Counter
from datetime import timedelta

import pytest

from bilans import column, demonstration
from plans import entry
from portail.features.desk.chiffres.year import all_years, bilan_of_year, years_with_figures
from relecture import files

COUNTED = ("events", "articles", "annonces", "ressources", "dossiers", "projets")
YEARS = (2021, 2022)


pytestmark = pytest.mark.xdist_group("tests/faits/")  # they read the demonstration too


@pytest.fixture(scope="module")
def site():
    return demonstration()


def days(told):
    """Days on which an event begins that its file writes out, cancelled ones left out."""
    rows = told.get("seances") or ([told] if told.get("debut") else [])
    found = {str(row["debut"])[:10] for row in rows if row.get("etat") != "annule"}
    if span := told.get("horaires"):
        assert not {"tous_les", "sauf"} & set(span), "days of the week are not read here"
        long = (span["au"] - span["du"]).days
        found |= {str(span["du"] + timedelta(days=one)) for one in range(long + 1)}
    return found


def of_year(year):
    """Folder and front matter of every file of a year that is no example."""
    found = []
    for folder in COUNTED:
        for told in files(folder).values():
            begins = days(told) if folder == "events" else set()
            at = {day[:4] for day in begins} or {str(told.get("publie_le"))[:4]}
            if str(year) in at:
                found.append((folder, told))
    return found


@pytest.mark.parametrize("year", YEARS)
def test_contents_and_their_kinds(site, year):
    again, bilan = of_year(year), bilan_of_year(site, year)
    assert bilan.cles[0].value == len(again)
    kinds = Counter(folder for folder, _ in again)
    names = {"events": "Événements"} | {one: one.capitalize() for one in COUNTED[1:]}
    assert column(bilan, "genres") == {names[one]: count for one, count in kinds.items()}


@pytest.mark.parametrize("year", YEARS)
def test_themes_formats_and_genres(site, year):
    again, bilan = of_year(year), bilan_of_year(site, year)
    lists = site.vocabularies
    themes = Counter(code for _, told in again for code in told.get("themes") or ())
    assert column(bilan, "themes") == labels(themes, lists["themes"])
    held = [told for folder, told in again if folder == "events" and days(told)]
    formats = Counter()
    for told in held:
        formats.update([told["format"]] if isinstance(told["format"], str) else told["format"])
    assert column(bilan, "format") == labels(formats, lists["formats"])
    genres = Counter(told["genre"] for _, told in again if told.get("genre"))
    if genres:
        assert column(bilan, "articles") == labels(genres, lists["genres"])


def labels(found, vocabulary):
    named = {vocabulary.find(code).label: count for code, count in found.items()}
    return {label[:1].upper() + label[1:]: count for label, count in named.items()}


@pytest.mark.parametrize("year", YEARS)
def test_months(site, year):
    months = Counter()
    for folder, told in of_year(year):
        if folder == "events":
            months.update({int(day[5:7]) for day in days(told) if day[:4] == str(year)})
    table = bilan_of_year(site, year).table("mois")
    assert list(table.numbers()) == [months[one] for one in range(1, 13)]
    others = [told for folder, told in of_year(year) if folder != "events"]
    published = Counter(told["publie_le"].month for told in others)
    table = bilan_of_year(site, year).table("publications")
    assert list(table.numbers()) == [published[one] for one in range(1, 13)]


def test_free_events_are_counted_among_those_that_tell_a_price(site):
    events = [told for folder, told in of_year(2022) if folder == "events"]
    priced = [told["tarif"] for told in events if told.get("tarif") and days(told)]
    told = [one for one in priced if {"gratuit", "prix", "reduit"} & set(one)]
    table = bilan_of_year(site, 2022).table("accueil")
    assert table.lignes[0].values[:2] == (
        sum(bool(one.get("gratuit")) for one in told), len(told),
    )  # fmt: skip


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
    pages = tree.pages(files, chiffres=True)
    view = pages["/en-chiffres/2021/"].view()
    assert view.phrases[0] == "2 contenus : 2 articles (dont 1 pour le réseau)."
    assert view.mesures[0].lignes[0].values == (2, 100, 1)
    (row,) = pages["/en-chiffres/"].view().mesures[0].lignes
    assert row.values[-1] == 1, "what lists do not show is told apart"
