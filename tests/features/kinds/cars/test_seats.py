"""Seats left in a coach: on the page until its day, for classes, by the filter; what is wrong."""

import pytest

from doses import rows_of
from plans import box, entry, said

COACH = {
    "places": 24,
    "depart": "Doullens",
    "jour": "2021-10-09",
    "courriel": "ecole@exemple.org",
}


def event(coach, **fields):
    groups = {"niveaux": ["CM1"], "car": coach}
    return {"events/visite": entry("events", groupes=groups, publics=["primaire"], **fields)}


def rows(tree, coach, **fields):
    view = tree.view("/evenements/visite/", event(coach, **fields))
    return [text.replace("\u00a0", " ") for text in box(view).get("Car à partager", ())]


def test_the_page_says_how_many_from_where_on_which_day_and_whom_to_ask(tree):
    assert rows(tree, COACH) == [
        "24 places au départ de Doullens, samedi 9 octobre",
        "ecole@exemple.org <mailto:ecole@exemple.org>",
    ]  # fmt: skip


def test_one_seat_is_singular(tree):
    assert rows(tree, COACH | {"places": 1})[0].startswith("1 place au départ")


@pytest.mark.parametrize("fields", rows_of("features/kinds/cars/seats.yml"))
def test_a_coach_to_nowhere_is_not_told(tree, fields):
    assert rows(tree, COACH, **fields) == []
    assert "/agenda/car-a-partager/" not in tree.pages()


def test_once_its_day_is_over_it_is_told_no_more(tree):
    sessions = [{"debut": "2021-09-20 14:00"}, {"debut": "2021-10-16 14:00"}]
    assert rows(tree, COACH | {"jour": "2021-09-20"}, seances=sessions) == []


def test_the_line_for_classes_and_the_filter_have_it(tree):
    pages = tree.pages(event(COACH))
    assert "/agenda/car-a-partager/" in pages
    (group,) = pages["/classes/"].view().blocs
    (line,) = group.cartes
    assert "Car à partager" in " ".join(line.details)


@pytest.mark.parametrize(
    ("coach", "code"),
    [
        (COACH | {"places": -3}, "E209"),
        (COACH | {"places": 0}, "E209"),
        ({key: COACH[key] for key in ("places", "depart", "jour")}, "E268"),
        (COACH | {"jour": "2021-10-08"}, "C542"),
    ],
)
def test_what_is_wrong_is_said(tree, coach, code):
    (line,) = said(tree.run(event(coach), plans=False).report)
    assert code in line
