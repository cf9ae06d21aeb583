"""Places drawn, and those that are open today: what pages show of them."""

from datetime import date

import pytest

from plans import Tree, box, entry
from portail.outputs.pages.slots import OPEN

DAY = date(2021, 9, 27)  # a Monday


def test_a_line_says_it_no_says_none_and_silence_is_the_sign_of_a_type(tree):
    files = {
        "lieux/a": entry("lieux", facade="dome 5 + brique 3x1 plat vitrine"),
        "lieux/b": entry("lieux", facade="non"),
        "lieux/c": entry("lieux", titre="Le château", type="musee"),
        "lieux/d": entry("lieux", titre="Une autre", type="musee"),
        "lieux/e": entry("lieux", type="autre"),
    }
    pages = tree.pages(files)
    one, none, *signs = (pages[f"/lieux/{slug}/"].view().facade for slug in "abcde")
    assert "calotte" in one[0].traces and one[1].url == "/lieux/a/" and not one[0].signe
    assert none is None
    assert all(drawing.signe for drawing, _ in signs)
    castle, other, last = (drawing.traces for drawing, _ in signs)
    assert castle == other != last


def test_an_event_shows_its_place(tree):
    files = {"lieux/a": entry("lieux"), "events/e": entry("events", lieu="a")}
    pages = tree.pages(files)
    assert pages["/evenements/e/"].view().facade == pages["/lieux/a/"].view().facade


HOURS = {
    "ouvert": ("lundi 9 h 30-12 h et 14 h-18 h", "9\xa0h\xa030 –\xa012\xa0h, 14\xa0h –\xa018\xa0h"),
    "mardi": ("mardi 10 h-18 h", None),
    "demande": ("lundi 10 h-18 h (sur rendez-vous)", None),
    "sans-fin": ("Mo 10:00+", None),
}


@pytest.mark.parametrize("name", HOURS)
def test_open_today_at_hours_that_are_sure(tree, name):
    hours, told = HOURS[name]
    files = {"lieux/a": entry("lieux", titre="Lieu A", horaires_ouverture=hours)}
    site = tree.site(files, day=DAY)
    found = [one for _, one in OPEN.ask(site, DAY)]
    assert [one.lien.note for one in found] == ([told] if told else [])
    if told:
        assert found[0].heures == "2021-09-27 570 720 840 1080"


def test_silence_about_a_holiday_is_no_opening(tree):
    files = {"lieux/a": entry("lieux", horaires_ouverture="Mo-Su 10:00-18:00")}
    for day, count in ((date(2021, 11, 10), 1), (date(2021, 11, 11), 0)):
        site = Tree(tree.root / f"{day}").site(files, day=day)
        assert len([*OPEN.ask(site, day)]) == count


def test_one_a_departement_before_a_second_one_and_those_open_later(tree):
    hours = {"Lille": "9 h-18 h", "Roubaix": "9 h-17 h", "Lens": "9 h-19 h"}
    files = {
        f"lieux/{town.lower()}": entry("lieux", commune=town, horaires_ouverture=f"lundi {told}")
        for town, told in hours.items()
    }
    site = tree.site(files, day=DAY)
    first = [item.town for item, _ in OPEN.ask(site, DAY)][:2]
    assert "Lens" in first
    late = {item.town for item, _ in OPEN.ask(site, DAY, 17 * 60)}
    assert late == {"Lille", "Lens"}


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("lundi-vendredi 10 h-18 h", ["10\xa0h –\xa018\xa0h"]),
        ("lundi 10 h-18 h, mardi 10 h-12 h", 3),
        (None, []),
    ],
)
def test_an_event_without_hours_tells_those_of_its_place(tree, hours, told):
    files = {
        "lieux/a": entry("lieux", horaires_ouverture=hours),
        "events/e": entry("events", lieu="a", debut="2021-09-27", fin="2021-09-28"),
    }
    rows = box(tree.view("/evenements/e/", files, day=DAY))
    found = rows.get("Heures du lieu", [])
    assert (len(found) if isinstance(told, int) else found) == told


def test_the_home_page_and_the_directory_tell_them(tree):
    files = {
        "lieux/a": entry(
            "lieux",
            type="musee",
            horaires_ouverture="Mo 10:00-18:00",
            accessibilite={"moteur": "oui"},
        ),
        "lieux/b": entry("lieux", type="musee", horaires_ouverture="Tu 10:00-18:00"),
        "lieux/c": entry("lieux", type="association"),
    }
    pages = tree.pages(files, day=DAY)
    (one,) = pages["/"].view().ouverts
    assert (one.lien.url, one.plain_pied, one.jour) == ("/lieux/a/", True, DAY)
    rows = pages["/lieux/"].view().dessins
    assert {ref: bool(row.heures) for ref, row in rows.items()} == {
        "lieux/a": True,
        "lieux/b": False,
    }
