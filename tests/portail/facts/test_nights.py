"""What begins after midnight is told in its evening, in words that leave no doubt on the night."""

import json
from datetime import date, datetime

from doses import cases
from plans import entry
from portail.agenda.occurrences import Occurrence
from portail.agenda.weeks import Week
from portail.clock import PARIS
from portail.facts.when import (
    day_hours,
    line_hours,
    occurrence_phrase,
    spoken_hours,
)
from portail.features.kinds.evenements.rows import week_when
from portail.features.services.fiches.records import record_of
from portail.outputs.base import TextFile

MONDAY = date(2021, 10, 4)
SUNDAY = date(2021, 10, 3)


def at(hour, minute=0, day=5):
    return datetime(2021, 10, day, hour, minute, tzinfo=PARIS)


def session(debut, fin=None):
    return Occurrence(debut, fin, False, "programme", 0)


def plain(text):
    return str(text).replace("\u00a0", " ")


SHORT = session(at(0, 10))
LONG = session(at(0), at(1, 45))


@cases(
    ("live", "spoken", "line", "hours"),
    [
        (
            [SHORT],
            "dans la nuit de lundi à mardi, à 0 h 10",
            ("Dans la nuit de lundi à mardi,", "à 0 h 10"),
            "Nuit de lundi à mardi, 0 h 10",
        ),
        (
            [LONG],
            "dans la nuit de lundi à mardi, de 0 h à 1 h 45",
            ("Dans la nuit de lundi à mardi,", "de 0 h à 1 h 45"),
            "Nuit de lundi à mardi, 0 h – 1 h 45",
        ),
        (
            [SHORT, session(at(3))],
            "dans la nuit de lundi à mardi, à 0 h 10 et 3 h",
            ("Dans la nuit de lundi à mardi,", "à 0 h 10 et 3 h"),
            "Nuit de lundi à mardi, 0 h 10, 3 h",
        ),
        (
            [session(at(21, day=4)), SHORT],
            "à 21 h et 0 h 10",
            ("21 h, 0 h 10", ""),
            "21 h, 0 h 10",
        ),
    ],
)
def test_a_night_says_which(live, spoken, line, hours):
    assert plain(spoken_hours(live, MONDAY)) == spoken
    assert tuple(map(plain, line_hours(live, MONDAY))) == line
    assert plain(day_hours(live, MONDAY)) == hours


def test_a_page_gives_the_dates_of_both_days():
    expected = "Dans la nuit du lundi 4 au mardi 5 octobre 2021, de 0 h à 1 h 45"
    assert plain(occurrence_phrase(LONG)) == expected
    new_year = session(datetime(2022, 1, 1, 0, 30, tzinfo=PARIS))
    expected = "Dans la nuit du vendredi 31 décembre 2021 au samedi 1er janvier 2022, à 0 h 30"
    assert plain(occurrence_phrase(new_year)) == expected


def night(debut, fin=None):
    return {"events/nuit": entry("events", titre="Nuit", debut=debut, fin=fin)}


def test_monday_just_after_midnight_is_of_the_week_end(tree):
    site = tree.site(night("2021-10-04 00:10"), day=date(2021, 10, 1))
    programme = site.indexes.programme
    held = {
        day.jour: [one.ref for one in day.rendez_vous]
        for week in (Week.of(SUNDAY), Week.of(MONDAY))
        for day in programme.week(week).jours
        if day.rendez_vous
    }
    assert held == {SUNDAY: ["events/nuit"]}
    text = week_when(site.items["events/nuit"], site, at(8, day=1))
    assert plain(text) == "Dans la nuit de dimanche à lundi, à 0 h 10"


def test_a_night_comes_after_the_evening(tree):
    files = night("2021-10-05 00:10") | {
        "events/soir": entry("events", titre="Soir", debut="2021-10-04 22:00")
    }
    week = tree.site(files).indexes.programme.week(Week.of(MONDAY))
    assert [one.ref for one in week.jours[0].rendez_vous] == ["events/soir", "events/nuit"]


def test_what_is_for_programs_keeps_the_true_instant(tree):
    result = tree.run(night("2021-10-05 00:10", "2021-10-05 01:00"), siteurl="https://a.example")
    files = {one.path: one for one in result.plan.artifacts if isinstance(one, TextFile)}

    def text(path):
        return "".join(files[path].produce())

    calendar = text("evenements/nuit/evenement.ics")
    assert "DTSTART;TZID=Europe/Paris:20211005T001000\r\n" in calendar
    assert "DTEND;TZID=Europe/Paris:20211005T010000\r\n" in calendar
    assert result.site
    computed = record_of(result.site, "events/nuit")["calcule"]
    assert computed["premier_jour"] == computed["dernier_jour"] == "2021-10-05"
    assert computed["occurrences"][0]["debut"] == "2021-10-05T00:10:00+02:00"
    filters = json.loads(text("agenda/facettes.json"))
    (line,) = filters["lignes"]
    ((moment, _, more, first),) = line[7]
    assert (first, more) == ((MONDAY - date.fromisoformat(filters["jour"])).days, 0)
    assert filters["moments"][moment][0] == "~T00:10:00+02:00"
