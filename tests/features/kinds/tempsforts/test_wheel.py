"""The year of the yearly rendezvous: twelve months, arcs apart, a table that says all."""

import re
from datetime import date

from plans import TODAY, entry
from portail.text.dates import MOIS

NB = "\u00a0"
LIST = "/temps-forts/"


def wheel(tree, day=TODAY, **rendezvous):
    files = {
        f"temps-forts/{name}": entry("temps-forts", titre=name, **fields)
        for name, fields in rendezvous.items()
    }
    return tree.view(LIST, files, day=day).roue


def by_month(roue):
    return {one.nom: [row.lien.texte for row in one.rangs] for one in roue.mois}


def arcs(roue):
    return [(one.lien.texte, one.lien.note) for one in roue.arcs]


def test_twelve_months_even_empty(tree):
    roue = wheel(tree, fete={"mois": [10]}, semaine={"mois": [9, 5]}, toujours={})
    found = by_month(roue)
    months = [name.lower() for name in found]
    assert months == [*MOIS[TODAY.month - 1 :], *MOIS[: TODAY.month - 1]], "from this one on"
    assert {name: some for name, some in found.items() if some} == {
        "Mai": ["semaine"], "Septembre": ["semaine"], "Octobre": ["fete"],
    }  # fmt: skip
    assert arcs(roue) == [("semaine", "mai"), ("semaine", "septembre"), ("fete", "octobre")]
    assert [(one.lien.texte, one.numero) for one in roue.toute_annee] == [("toujours", 0)]
    assert [one.numero for one in roue.arcs] == [1, 1, 2]


def test_numbers_follow_the_table(tree):
    """From the present month on, wherever January is on the wheel."""
    roue = wheel(tree, a={"mois": [1]}, b={"mois": [10, 5]}, c={"mois": [1, 9]}, d={"mois": [9]})
    numbers = [row.numero for month in roue.mois for row in month.rangs]
    assert list(dict.fromkeys(numbers)) == [1, 2, 3, 4]


def test_a_month_tells_no_day_of_another_season(tree):
    january = {"editions": {2022: {"du": "2022-01-28", "au": "2022-01-29"}}}
    roue = wheel(
        tree, comptage={"mois": [1, 5], **january}, hiver={"mois": [1, 2], **january},
        ete={"mois": [7], **january},
        regle={"mois": [1, 5], "regle": "dernier samedi de janvier et de mai, 2 jours"} | january,
    )  # fmt: skip
    told = {(one.nom, row.lien.texte): row.dates.texte for one in roue.mois for row in one.rangs}
    days = f"Du 28 au 29{NB}janvier 2022"
    assert told == {
        ("Janvier", "comptage"): days, ("Janvier", "hiver"): days, ("Février", "hiver"): days,
        ("Mai", "comptage"): "Dates non précisées", ("Juillet", "ete"): days,
        ("Janvier", "regle"): days, ("Mai", "regle"): f"Du 28 au 29{NB}mai 2022 (attendu)",
    }  # fmt: skip


def test_months_on_end_are_one_arc(tree):
    roue = wheel(tree, hiver={"mois": [1, 12, 2]}, an={"mois": list(range(1, 13))})
    assert arcs(roue) == [("an", "janvier – décembre"), ("hiver", "décembre – février")]


def test_those_of_the_same_months_are_on_different_rings(tree):
    roue = wheel(tree, a={"mois": [5]}, b={"mois": [5, 6]}, c={"mois": [7]})
    radius = {one.lien.texte: float(re.search(r"A([\d.]+)", one.trace)[1]) for one in roue.arcs}
    assert radius["b"] == radius["c"] > radius["a"] + roue.epaisseur


def test_many_in_one_month_stay_in_the_wheel(tree):
    roue = wheel(tree, **{f"t{n}": {"mois": [3]} for n in range(12)})
    assert roue.epaisseur > 5
    radii = [float(found) for one in roue.arcs for found in re.findall(r"A([\d.]+)", one.trace)]
    assert min(radii) - roue.epaisseur / 2 >= 58 and max(radii) + roue.epaisseur / 2 <= 172


def test_months_come_from_the_edition_when_they_are_not_said(tree):
    roue = wheel(tree, a={"editions": {"2021": {"du": "2021-12-20", "au": "2022-01-05"}}})
    assert arcs(roue) == [("a", "décembre – janvier")]


def test_days_of_the_next_edition_else_of_the_last(tree):
    editions = {"2020": {"du": "2020-10-02", "au": "2020-10-12"},
                "2021": {"du": "2021-10-01", "au": "2021-10-11",
                         "chiffres": [{"libelle": "a", "valeur": "1"}]}}  # fmt: skip

    def dates(day):
        roue = wheel(tree, day, a={"mois": [10], "editions": editions}, b={"mois": [11]})
        return [(row.dates.texte, row.dates.url) for one in roue.mois for row in one.rangs]

    assert dates(TODAY) == [
        (f"Du 1er au 11{NB}octobre 2021", "/temps-forts/a/"), ("Dates non précisées", ""),
    ]  # fmt: skip
    assert dates(date(2021, 10, 12))[0] == (
        f"Dernière édition : du 1er au 11{NB}octobre 2021", "/temps-forts/a/2021/",
    )  # fmt: skip
