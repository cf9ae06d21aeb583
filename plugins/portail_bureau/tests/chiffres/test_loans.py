"""Loans in figures: which year they are of, whose, how far they go, what is not known."""

import csv
from datetime import date

import pytest

from bilans import demonstration
from doses import rows_of
from plans import contents, entry
from portail.outputs.base import TextFile
from portail_bureau.chiffres.loan_bilan import bilan_of_loans, bilan_of_years

CASES = rows_of("portail_bureau/tests/chiffres/prets.yml")
LIEUX = contents(CASES["lieux"])


def tool(*loans, **fields):
    base = {"type": "exposition", "proprietaire": "musee", "themes": ["numerique"]}
    rows = [{key: str(value) for key, value in one.items()} for one in loans]
    return entry("ressources", **{**base, **fields}, itinerance=rows)


def lent(du, au="", **fields):
    return {"du": du, "au": au or du, **fields}


def test_each_loan_is_a_line_of_the_file_of_its_year(tree):
    days = lent("2020-12-30", "2021-01-02", lieu="lycee"), lent("2023-01-10", lieu="bas")
    files = {**LIEUX, "ressources/a": tool(*days)}
    plan = tree.run(files, chiffres=True, day=date(2022, 3, 1)).plan
    files = {one.url: one for one in plan if isinstance(one, TextFile)}
    assert not any("bilan/2023" in url for url in files), "a year to come has no page"
    file = files["/catalogue/bilan/2021/prets.csv"]
    told = csv.reader("".join(file.produce()).removeprefix("\ufeff").splitlines(), delimiter=";")
    assert [*told][1:] == [
        "Titre ressources;exposition;Numérique;Musée;1;Lycée;établissement scolaire;Lille;59350;"
        "Nord;2020-12-30;2021-01-02;4;2;;/ressources/a/".split(";")
    ]


@pytest.mark.xdist_group("tests/faits/")  # they read the demonstration too
def test_what_the_report_announces_stands_beside():
    site = demonstration()
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


def test_the_catalogue_leads_there_and_a_lender_has_its_line(tree):
    days = ("2021-01-10", "2021-02-10", "2021-03-10")
    files = {**LIEUX, "ressources/a": tool(*(lent(day, lieu="lycee") for day in days))}
    options = {"chiffres": True, "day": date(2022, 3, 1)}
    assert [one.url for one in tree.view("/catalogue/", files, **options).boutons] == [
        "/catalogue/bilan/"
    ]
    year = "/catalogue/bilan/2021/"
    whole = tree.view(year, **options)
    owners = next(one for one in whole.mesures if one.code == "preteurs")
    assert owners.lignes[0].url == "/lieux/musee/"
    plan = tree.run(**options).plan
    made = {f"/{one.path}" for one in plan if str(one.path).startswith("catalogue/bilan/")}
    assert made == {
        "/catalogue/bilan/index.html", "/catalogue/bilan/chiffres.csv",
        f"{year}index.html", f"{year}prets.csv",
    }  # fmt: skip


def test_without_the_setting_or_a_loan_there_is_no_page(tree):
    files = {**LIEUX, "ressources/a": tool(lent("2021-01-10", lieu="lycee"))}
    assert not any("/bilan/" in url for url in tree.pages(files))
    none = {"ressources/a": tool(pret={})}
    assert not any("/bilan/" in url for url in tree.pages(none, chiffres=True))


def test_an_edited_loan_makes_its_year_again(tree):
    files = {**LIEUX, "ressources/a": tool(lent("2021-01-10", lieu="lycee"))}
    options = {"chiffres": True, "day": date(2022, 3, 1)}
    url = "/catalogue/bilan/2021/"
    before = tree.pages(files, **options)[url]
    same = tree.pages({"lieux/bas": files["lieux/bas"].replace("phrase", "ligne")}, **options)[url]
    edited = tool(lent("2021-01-10", emprunteur="Club", commune="Calais"))
    after = tree.pages({"ressources/a": edited}, **options)[url]
    assert before.key == same.key and before.key != after.key


@pytest.mark.parametrize(("loans", "fields", "code"), CASES["refus"])
def test_loans_that_cannot_be_are_refused_where_they_are(tree, loans, fields, code):
    (found,) = tree.run({**LIEUX, "ressources/a": tool(*loans, **fields)}).report
    assert (found.code, found.position.line) == (code, 8)
