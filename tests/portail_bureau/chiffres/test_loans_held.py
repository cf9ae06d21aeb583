"""Every figure of the loans of a year of the demonstration is the one counted again from its
files."""

import csv
import io
from collections import Counter
from datetime import timedelta

import pytest

from bilans import column, demonstration
from portail.outputs.base import TextFile
from portail_bureau.chiffres.loan_bilan import bilan_of_loans, bilan_of_years
from portail_bureau.chiffres.loans import loan_years
from portail_bureau.chiffres.page import plan
from relecture import commune_of, communes, files

YEARS = (2021, 2022)
NAMED = {
    "École": "etablissement-scolaire", "Collège": "etablissement-scolaire",
    "Lycée": "etablissement-scolaire", "Médiathèque": "mediatheque", "Mairie": "collectivite",
    "Centre social": "centre-social",
}  # fmt: skip
"""What names of the demonstration begin with that tell a type."""


pytestmark = pytest.mark.xdist_group("tests/faits/")  # they read the demonstration too


@pytest.fixture(scope="module")
def site():
    return demonstration()


def heads(folder):
    return files(folder, examples=True)


def town_of(told):
    return communes().get(commune_of(told))


def loans():
    """Each loan with what its tool and its borrower say."""
    for slug, tool in heads("ressources").items():
        for one in tool.get("itinerance") or ():
            place = heads("lieux")[one["lieu"]] if "lieu" in one else None
            yield {**one, "outil": slug, "fiche": tool, "ou": town_of(one), "hote": place}


def span(one):
    return [one["du"] + timedelta(days=n) for n in range((one["au"] - one["du"]).days + 1)]


def days(one, year):
    return sum(day.year == year for day in span(one))


def begun(year):
    return [one for one in loans() if one["du"].year == year]


def borrower(one):
    if one["hote"]:
        return str(one["hote"]["type"])
    return next((code for word, code in NAMED.items() if one["emprunteur"].startswith(word)), "")


def named(found, site, vocabulary, *, plural):
    words = site.vocabularies
    told = {words.label(vocabulary, code, plural=plural): count for code, count in found.items()}
    return {label[:1].upper() + label[1:]: count for label, count in told.items() if count}


@pytest.mark.parametrize("year", YEARS)
def test_main_counts(site, year):
    again = begun(year)
    told = {one.label: one for one in bilan_of_loans(site, year).cles if not one.source}
    assert told["Prêts"].value == len(again)
    assert told["Jours de prêt"].value == sum(days(one, year) for one in loans())
    who = {one.get("lieu") or (one["emprunteur"], one["commune"]) for one in again}
    assert told["Emprunteurs"].value == len(who)
    tools = {
        slug: one for slug, one in heads("ressources").items()
        if one.get("itinerance")
        and (one.get("annee", 0) <= year or any(days(loan, year) for loan in one["itinerance"]))
    }  # fmt: skip
    out = {one["outil"] for one in loans() if days(one, year)}
    assert told["Outils sortis"].note == f"{len(out)} sur {len(tools)}"
    assert told["Outils sortis"].value == int(100 * len(out) / len(tools) + 0.5)
    never = bilan_of_loans(site, year).table("jamais")
    names = {row.url.split("/")[-2] for row in never.lignes} if never else set()
    assert names == set(tools) - out


@pytest.mark.parametrize("year", YEARS)
def test_types_themes_borrowers_departements_lenders(site, year):
    again, bilan = begun(year), bilan_of_loans(site, year)
    types = Counter(one["fiche"]["type"] for one in again)
    assert column(bilan, "types") == named(types, site, "types-ressources", plural=True)
    themes = Counter(code for one in again for code in one["fiche"]["themes"])
    assert column(bilan, "themes") == named(themes, site, "themes", plural=False)
    kinds = Counter(borrower(one) for one in again)
    others = {"Autre, ou non précisé": kinds.pop("")} if kinds[""] else {}
    kinds.pop("", None)
    said = named(kinds, site, "types-lieux", plural=True) | others
    assert column(bilan, "emprunteurs") == said
    names = {"02": "Aisne", "59": "Nord", "60": "Oise", "62": "Pas-de-Calais", "80": "Somme"}
    where = Counter(names[one["ou"]["departement"]] for one in again)
    assert column(bilan, "departements") == where
    lent = Counter()
    for one in loans():
        if days(one, year):
            lent[names[one["ou"]["departement"]]] += days(one, year)
    assert column(bilan, "departements", 2) == lent
    lenders = Counter(one["fiche"]["proprietaire"] for one in again)
    table = bilan.table("preteurs")
    assert [*table.numbers()] == sorted(lenders.values(), reverse=True)


@pytest.mark.parametrize("year", YEARS)
def test_months_and_the_tools_that_were_out_the_longest(site, year):
    bilan = bilan_of_loans(site, year)
    table = bilan.table("mois")
    months = Counter(one["du"].month for one in begun(year))
    assert list(table.numbers()) == [months[one] for one in range(1, 13)]
    each = Counter(day.month for one in loans() for day in span(one) if day.year == year)
    assert list(table.numbers(len(table.colonnes) - 1)) == [each[one] for one in range(1, 13)]
    if before := begun(year - 1):
        assert sum(table.numbers(1)) == len(before)
    out = Counter()
    for one in loans():
        out[one["outil"]] += days(one, year)
    best = bilan.table("palmares")
    assert list(best.numbers()) == sorted((+out).values(), reverse=True)[:10]
    assert all(out[row.url.split("/")[-2]] == row.values[0] for row in best.lignes)


def test_years_side_by_side(site):
    assert loan_years(site) == (2022, 2021)  # 2023 is to come
    table = bilan_of_years(site).table("annees")
    assert [(row.label, row.values[0], row.values[1]) for row in table.lignes] == [
        (str(year), len(begun(year)), sum(days(one, year) for one in loans())) for year in YEARS
    ]


def test_the_file_has_all_loans_and_that_they_are_invented_is_said(site):
    (file,) = (
        one for one in plan(site)
        if isinstance(one, TextFile) and one.url == "/catalogue/bilan/2022/prets.csv"
    )  # fmt: skip
    text = "".join(file.produce()).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    again = [one for one in loans() if days(one, 2022)]
    assert sorted((row["page"].split("/")[-2], row["du"], row["au"]) for row in rows) == sorted(
        (one["outil"], str(one["du"]), str(one["au"])) for one in again
    )
    assert sum(int(row["jours_de_l_annee"]) for row in rows) == sum(
        days(one, 2022) for one in again
    )
    assert {row["departement"] for row in rows} >= {"Nord", "Somme"}
    assert all(one["fiche"].get("exemple") for one in again)
    said = bilan_of_loans(site, 2022).phrases[0]
    assert said.startswith("Les prêts du catalogue sont donnés en exemple")


def test_what_the_report_announces_stands_beside(site):
    bilan = bilan_of_loans(site, 2021)
    told = {one.label: one.value for one in bilan.cles if one.source}
    assert sorted(told.values()) == [38, 84, 2182]
    announced = bilan.table("annonce-emprunteurs")
    assert "39" in announced.note and announced.source
    assert announced.numbers()[-1] == 38 and sum(announced.numbers()[:-1]) == 39
    # Years of which the report alone tells are lines of the page of all years.
    every = bilan_of_years(site)
    series = {one.code: one.numbers() for one in every.tables}
    assert series["annonce-sorties"] == (137, 56, 84)
    assert series["annonce-catalogue-commun-2020"] == (131, 13, 74, 3114)
    assert "annonce-emprunteurs-2021" not in series
