"""Loans in figures: which year they are of, whose, how far they go, what is not known."""

import csv
from datetime import date

import pytest

from bilans import demonstration
from hosts import led, redirections_of
from plans import entry
from portail.geo.coordinates import distance_km
from portail_bureau.chiffres.loan_bilan import bilan_of_loans, bilan_of_years
from portail_bureau.chiffres.loans import loan_years, loans_in
from portail_bureau.chiffres.page import plan

LIEUX = {
    "lieux/musee": entry("lieux", titre="Musée", commune="Amiens"),
    "lieux/lycee": entry("lieux", titre="Lycée", type="etablissement-scolaire", commune="Lille"),
    "lieux/bas": entry("lieux", titre="Bas", type="etablissement-scolaire", commune="Lille"),
}


def tool(*loans, **fields):
    base = {"type": "exposition", "proprietaire": "musee", "themes": ["numerique"]}
    rows = [{key: str(value) for key, value in one.items()} for one in loans]
    return entry("ressources", **{**base, **fields}, itinerance=rows)


def lent(du, au="", **fields):
    return {"du": du, "au": au or du, **fields}


def site_of(tree, **tools):
    files = {**LIEUX, **{f"ressources/{name}": text for name, text in tools.items()}}
    return tree.site(files, chiffres=True, region="Hauts-de-France", day=date(2022, 3, 1))


def value(bilan, label):
    return next(one.value for one in bilan.cles if one.label == label)


def table(bilan, code):
    found = bilan.table(code)
    return {row.label: row.values[0] for row in found.lignes} if found else {}


def test_a_loan_is_of_its_first_day_its_days_of_the_years_they_fall_in(tree):
    site = site_of(tree, a=tool(lent("2020-12-30", "2021-01-02", lieu="lycee")))
    before, after = (bilan_of_loans(site, year) for year in (2020, 2021))
    assert (value(before, "Prêts"), value(before, "Jours de prêt")) == (1, 2)
    assert (value(after, "Prêts"), value(after, "Jours de prêt")) == (0, 2)
    assert value(after, "Outils sortis") == 100
    assert table(before, "mois")["déc."] == 1
    months = after.table("mois")
    assert months.lignes[0].values == (0, 0, 2)


def test_copies_go_from_stop_to_stop_and_back(tree):
    site = site_of(
        tree,
        a=tool(
            lent("2021-01-10", "2021-01-20", emprunteur="Club", commune="Lille"),
            lent("2021-02-10", "2021-02-20", emprunteur="Club", commune="Calais"),
            lent("2021-02-15", "2021-02-25", emprunteur="Club", commune="Lille"),
            pret={"exemplaires": "2"},
        ),
    )
    way = loans_in(site, 2021).route
    amiens, lille, calais = (
        (one.lat, one.lon)
        for name in ("Amiens", "Lille", "Calais")
        if (one := site.geography.commune(name)) and hasattr(one, "lat")
    )
    first = distance_km(amiens, lille) + distance_km(lille, calais) + distance_km(calais, amiens)
    assert way.km == pytest.approx(first + 2 * distance_km(amiens, lille))
    assert (way.connus, way.trajets) == (5, 5)


def test_a_leg_whose_end_is_unknown_is_not_counted(tree):
    site = site_of(
        tree,
        a=tool(
            lent("2021-01-10", emprunteur="Club", commune="Lille"),
            lent("2021-02-10", emprunteur="Club sans commune"),
            lent("2021-03-10", emprunteur="Club", commune="Lille"),
        ),
        b=tool(lent("2021-01-10", commune="Lille"), proprietaire="Quelqu’un"),
    )
    way = loans_in(site, 2021).route
    assert (way.connus, way.trajets) == (2, 6)
    bilan = bilan_of_loans(site, 2021)
    assert "2 trajets connus sur 6" in " ".join(bilan.phrases).replace("\u00a0", " ")
    assert table(bilan, "departements") == {"Nord": 3, "Commune non précisée": 1}


def test_borrowers_by_type_those_nobody_knows_too(tree):
    site = site_of(
        tree,
        a=tool(
            lent("2021-01-10", lieu="lycee"),
            lent("2021-02-10", emprunteur="Médiathèque", commune="Lille"),
            lent("2021-03-10", emprunteur="MÉDIATHÈQUE", commune="Lille"),
            lent("2021-04-10", emprunteur="Société d’astronomie", commune="Lille"),
            lent("2021-05-10"),
        ),
    )
    bilan = bilan_of_loans(site, 2021)
    assert table(bilan, "emprunteurs") == {
        "Établissements scolaires": 1, "Médiathèques": 2, "Autre, ou non précisé": 2,
    }  # fmt: skip
    assert value(bilan, "Emprunteurs") == 3
    assert any("1 prêt sans emprunteur" in one for one in bilan.methode)


def test_what_is_measured_against_what_could_be_lent(tree):
    site = site_of(
        tree,
        a=tool(lent("2021-01-01", "2021-03-14", lieu="lycee"), pret={"exemplaires": "2"}),
        b=tool(lent("2020-01-10", lieu="lycee"), titre="Resté"),
        c=tool(titre="Muet", pret={}),
        d=tool(lent("2022-01-10", lieu="lycee"), annee=2022, titre="Neuf"),
    )
    bilan = bilan_of_loans(site, 2021)
    assert value(bilan, "Outils sortis") == 50
    days = next(one.note for one in bilan.cles if one.label == "Jours de prêt")
    assert "7\u00a0% des 1\u00a0095 possibles" in days  # 73 days of 365, three copies
    assert table(bilan, "jamais") == {"Resté": "janvier 2020"}
    assert any("1 outil du catalogue ne dit aucun prêt" in one for one in bilan.methode)


def test_loans_are_counted_by_what_their_tool_and_their_day_say(tree):
    site = site_of(
        tree,
        a=tool(
            lent("2021-01-30", "2021-02-02", lieu="lycee"),
            lent("2021-02-10", lieu="bas"),
            lent("2020-05-01", lieu="bas"),
            themes=["numerique", "vivant-sante"],
        ),
        b=tool(lent("2021-03-10", commune="Amiens"), type="jeu", proprietaire="lycee", titre="B"),
    )
    bilan = bilan_of_loans(site, 2021)
    lines = (2, 67, 5, 1), (1, 33, 1, 0)  # loans, their share, days of the year, loans before
    for code, names in (
        ("types", ("Expositions", "Jeux")),
        ("emprunteurs", ("Établissements scolaires", "Autre, ou non précisé")),
        ("departements", ("Nord", "Somme")),
        ("preteurs", ("Musée", "Lycée")),
    ):
        rows = bilan.table(code).lignes
        assert {row.label: row.values for row in rows} == dict(zip(names, lines, strict=True))
    assert table(bilan, "themes") == {"Numérique": 3, "Vivant et santé": 2}
    best = bilan.table("palmares").lignes
    assert [(row.url, row.values[0]) for row in best] == [
        ("/ressources/a/", 5),
        ("/ressources/b/", 1),
    ]
    months = bilan.table("mois")
    assert [*months.numbers(2)][:4] == [2, 3, 1, 0] and [*months.numbers(1)][4] == 1
    years = bilan_of_years(site).table("annees")
    assert [(row.label, *row.values[:2]) for row in years.lignes] == [
        ("2020", 1, 1),
        ("2021", 3, 6),
    ]
    (file,) = (one for one in plan(site) if one.url == "/catalogue/bilan/2021/prets.csv")
    told = csv.DictReader(
        "".join(file.produce()).removeprefix("\ufeff").splitlines(), delimiter=";"
    )
    assert [
        (row["page"], row["du"], row["jours_de_l_annee"], row["type_emprunteur"]) for row in told
    ] == [
        ("/ressources/b/", "2021-03-10", "1", ""),
        ("/ressources/a/", "2021-01-30", "4", "établissement scolaire"),
        ("/ressources/a/", "2021-02-10", "1", "établissement scolaire"),
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


def test_examples_count_only_where_nothing_else_does(tree):
    fake = tool(lent("2021-01-10", lieu="lycee"), exemple=True)
    alone = bilan_of_loans(site_of(tree, a=fake), 2021)
    assert value(alone, "Prêts") == 1 and "exemple" in alone.phrases[0]
    both = bilan_of_loans(
        site_of(tree, b=tool(lent("2021-02-10", lieu="bas"), lent("2021-03-10", lieu="bas"))),
        2021,
    )  # fmt: skip
    assert value(both, "Prêts") == 2 and "exemple" in both.phrases[0]
    assert table(both, "mois")["janv."] == 0


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
    rules = redirections_of(plan)
    for gone in ("musee/", "musee/mois.csv", "mois.csv"):
        assert led(rules, f"{year}{gone}") == year


def test_without_the_setting_or_a_loan_there_is_no_page(tree):
    files = {**LIEUX, "ressources/a": tool(lent("2021-01-10", lieu="lycee"))}
    assert not any("/bilan/" in url for url in tree.pages(files))
    none = {"ressources/a": tool(pret={})}
    assert not any("/bilan/" in url for url in tree.pages(none, chiffres=True))


def test_years_to_come_have_no_page_and_the_present_one_says_it_is_not_over(tree):
    site = site_of(
        tree,
        a=tool(
            lent("2021-01-10", lieu="lycee"),
            lent("2022-12-30", "2023-01-03", lieu="lycee"),
            lent("2024-01-10", lieu="lycee"),
        ),
    )
    assert loan_years(site) == (2022, 2021)
    assert any("pas finie" in one for one in bilan_of_loans(site, 2022).phrases)
    assert not any("pas finie" in one for one in bilan_of_loans(site, 2021).phrases)


def test_an_edited_loan_makes_its_year_again(tree):
    files = {**LIEUX, "ressources/a": tool(lent("2021-01-10", lieu="lycee"))}
    options = {"chiffres": True, "day": date(2022, 3, 1)}
    url = "/catalogue/bilan/2021/"
    before = tree.pages(files, **options)[url]
    same = tree.pages({"lieux/bas": files["lieux/bas"].replace("phrase", "ligne")}, **options)[url]
    edited = tool(lent("2021-01-10", emprunteur="Club", commune="Calais"))
    after = tree.pages({"ressources/a": edited}, **options)[url]
    assert before.key == same.key and before.key != after.key


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (tool(lent("2021-10-15", "2021-10-01")), "E213"),
        (tool(lent("2021-10-01", exemplaire=0)), "E209"),
        (tool(lent("2021-10-01", exemplaire=2)), "E209"),
        (tool(pret={"exemplaires": 0}), "E209"),
        (tool(lent("2021-10-01", lieu="inconnu")), "E411"),
        (tool(lent("2021-10-01", commune="Nulle-Part")), "E432"),
        (tool({"du": "2021-10-01"}), "E201"),
    ],
)
def test_loans_that_cannot_be_are_refused_where_they_are(tree, written, code):
    (found,) = tree.run({**LIEUX, "ressources/a": written}).report
    assert (found.code, found.position.line) == (code, 8)
