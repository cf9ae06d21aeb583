"""A source that goes mad does nothing, until somebody says that it means it."""

import pytest

from arrivages import Happening, ics

from .conftest import events

CANCELLED = ics(*events(4)).replace("SUMMARY:", "STATUS:CANCELLED\r\nSUMMARY:")
DOUBLED = [row for one in events(4) for row in (one, one._replace(hour=20))]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ics(), "De 4 événements à venir, 4 n’y sont plus."),
        (ics(events(4)[0]), "De 4 événements à venir, 3 n’y sont plus."),
        (CANCELLED, "De 4 événements à venir, 4 y sont annulés."),
        (ics(*events(4, shift=11)), "De 4 événements à venir, 4 y changent de date."),
        (ics(*[one._replace(hour=15) for one in events(4)]), "4 y changent de date."),
        (ics(*events(4)).replace("DTSTART;TZID=Europe/Paris", "DTSTART;TZID=America/New_York"),
         "4 y changent de date."),
        (ics(*events(4), *[Happening(f"n{n}@x.example", f"Pub {n}", events(1)[0].day)
                           for n in range(501)]), "Elle en dit 501 nouveaux d’un coup."),
    ],
    ids=["empty", "most", "cancelled", "later", "hour", "zone", "many"],
)  # fmt: skip
def test_what_changes_in_bulk_waits(calendar, data, said):
    before = calendar.files()
    calendar.serve(data)
    for _ in range(2):
        assert calendar.run() == 0
        assert calendar.files() == before
        assert said in calendar.output
        assert said in str(calendar.report["sources"][0]["alarmes"])
    if "nouveaux" not in said:
        assert calendar.run("--source", "Musée des vents", "--confirmer") == 0
        assert calendar.files() != before


def test_the_others_go_on(calendar):
    calendar.serve(ics())
    calendar.source(
        "Autre", "/autre.ics", ics(Happening("a@a.example", "La pluie", events(1)[0].day))
    )
    assert calendar.run() == 0
    assert calendar.counts(1) == {"new": 1}


def test_what_is_held_back_hides_nothing_of_the_others(calendar):
    """What another source tells too is proposed from there."""
    new = Happening("a@a.example", "La pluie", events(1)[0].day)
    calendar.serve(ics(*[one._replace(hour=15) for one in events(4)], new))
    calendar.source("Autre", "/autre.ics", ics(new))
    assert calendar.run() == 0
    assert calendar.counts(1) == {"new": 1}
    assert calendar.told(1)[0]["ecrit"]
