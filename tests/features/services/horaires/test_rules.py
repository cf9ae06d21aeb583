"""Opening hours against readings of our own: by the minute, and by what French says."""

import re
from datetime import date, timedelta

import pytest
from dateutil.easter import easter as easter_of
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose
from horaires import DAYS, MONTHS, opened, written_hours
from portail.features.services.horaires.french import opening_lines, opening_weeks
from portail.features.services.horaires.notation import Misread, read_opening_hours
from portail.features.services.horaires.rules import DAY, easter, public_holidays

HOLIDAYS = (date(2021, 10, 23), date(2021, 11, 7))


def vacances(day):
    return HOLIDAYS[0] <= day <= HOLIDAYS[1]


def minutes(hours, day):
    """Minutes of ``day`` when it is open, those of the night before among them."""
    found = set()
    for begun, shift in ((day, 0), (day - timedelta(days=1), DAY)):
        for rule in hours.of(begun, vacances):
            for span in rule.heures:
                end = DAY if span.fin is None else span.fin
                found |= {one - shift for one in range(span.debut, end) if 0 <= one - shift < DAY}
    return found


@settings(max_examples=dose(15, 120), deadline=None)
@given(written_hours(), st.dates(date(2020, 1, 1), date(2023, 12, 31)))
def test_it_is_open_when_a_reading_by_the_minute_says_so(rules, day):
    text = "; ".join(one.text for one in rules)
    try:
        hours = read_opening_hours(text)
    except Misread as error:
        assert error.raison in {"ordre", "annule", "chevauche"}, text
        return
    expected = {one for one in range(7, DAY, 15) if opened(rules, day, one, vacances)}
    assert minutes(hours, day) & set(range(7, DAY, 15)) == expected, text


@cases(
    ("text", "day", "expected"),
    [
        ("Mo-Fr 10:00-18:00; PH off", "2021-11-11", []),
        ("Mo-Fr 10:00-18:00; SH Mo-Fr 09:00-12:00", "2021-10-25", [(540, 720)]),
        ("Mo-Fr 10:00-18:00; SH Mo-Fr 09:00-12:00", "2021-11-08", [(600, 1080)]),
        ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2021-09-29", [(480, 720), (840, 1080)]),
        ("Mo-Fr 08:00-12:00; We 14:00-18:00", "2021-09-29", [(840, 1080)]),
        ("Su[1] 14:00-18:00", "2021-10-03", [(840, 1080)]),
        ("Su[-1] 14:00-18:00", "2021-10-31", [(840, 1080)]),
        ("Oct-Mar 10:00-12:00", "2022-01-05", [(600, 720)]),
        ("Mo-Su 10:00-12:00; Dec 24-Jan 2 off", "2022-01-02", []),
        ("Mo-Su 10:00-12:00; Dec 24-Jan 2 off", "2022-01-03", [(600, 720)]),
        ("Fr 22:00-02:00; Dec 25 off", "2020-12-25", []),
        ("Fr 22:00-02:00", "2021-10-01", [(1320, 1560)]),
    ],
)
def test_the_hours_that_begin_on_a_day(text, day, expected):
    rules = read_opening_hours(text).of(date.fromisoformat(day), vacances)
    assert [(one.debut, one.fin) for rule in rules for one in rule.heures] == expected


@cases(
    ("text", "place", "found", "reason"),
    [
        ("Mo", 0, "Mo", "manque"),
        ("Tous les jours", 0, "Tous", "autre"),
        ("Mo-Fri 10:00-12:00", 2, "-Fri", "jour"),
        ("Mo 10h-12h", 3, "10h-12h", "heure"),
        ("Mo 25:00-26:00", 3, "25:00-26:00", "heure"),
        ("Mo 10:00-10:00", 3, "10:00-10:00", "heure"),
        ("Mo 10:00-12:00,11:00-13:00", 15, "11:00-13:00", "chevauche"),
        ("avril 10:00-12:00", 0, "avril", "mois"),
        ("Feb 30 off", 0, "Feb", "date"),
        ("Dec 26-24 off", 0, "Dec", "date"),
        ("Su[6] 10:00-12:00", 2, "[6]", "rang"),
        ('Mo 10:00-12:00 "sur', 15, '"', "guillemet"),
        ("2021 Dec 25 off", 0, "2021", "annee"),
        ("sunrise-sunset", 0, "sunrise-sunset", "soleil"),
        ("week 1-10 Mo 10:00-12:00", 0, "week", "semaine"),
        ("Mo 10:00-12:00 || PH off", 15, "||", "sinon"),
        ("Mo-Fr 10:00-18:00, We off", 22, "off", "ajout"),
        ("PH off; Mo-Fr 10:00-18:00", 8, "Mo-Fr 10:00-18:00", "ordre"),
        ("Mo-Fr 10:00-12:00; Mo-Fr 14:00-18:00", 19, "Mo-Fr 14:00-18:00", "annule"),
        ("Mo 10:00-12:00,", 15, "la fin", "autre"),
    ],
)
def test_what_cannot_be_read_is_said_where_it_is(text, place, found, reason):
    with pytest.raises(Misread) as raised:
        read_opening_hours(text)
    error = raised.value
    assert (error.signe, error.trouve, error.raison) == (place, found, reason)


@given(st.text(max_size=60))
def test_anything_is_read_or_refused(text):
    try:
        assert read_opening_hours(text).regles
    except Misread as error:
        assert error.trouve == "la fin" or text.startswith(error.trouve, error.signe)


def plain(texts):
    return [one.replace("\u00a0", " ") for one in texts]


@cases(
    ("text", "expected"),
    [
        ("Mo-Su 09:00-18:00", ["Tous les jours : de 9 h à 18 h"]),
        ("We,Sa 10:00-18:00", ["Mercredi et samedi : de 10 h à 18 h"]),
        ("We,Sa-Su 14:00-18:00", ["Mercredi, samedi et dimanche : de 14 h à 18 h"]),
        ("Mo 08:00-12:00, 13:30-17:00", ["Lundi : de 8 h à 12 h et de 13 h 30 à 17 h"]),
        ("Mo,Tu 08:00-12:00, Tu 14:00+",
         ["Lundi et mardi : de 8 h à 12 h", "Mardi : aussi à partir de 14 h"]),
        ("Apr-Sep Sa,Su 14:00-18:00", ["D’avril à septembre, samedi et dimanche : de 14 h à 18 h"]),
        ("May-Jun 10:00-17:00", ["Mai et juin : de 10 h à 17 h"]),
        ("Dec 24-Jan 1 off", ["Du 24 décembre au 1er janvier : fermé"]),
        ("Dec 24-26 closed", ["Du 24 au 26 décembre : fermé"]),
        ("Su[1] 14:00+", ["Premier dimanche du mois : à partir de 14 h"]),
        ("SH We 10:00-12:00", ["Mercredi pendant les vacances scolaires : de 10 h à 12 h"]),
        ("SH,Sa 10:00-12:00", ["Samedi et vacances scolaires : de 10 h à 12 h"]),
        ("24/7", ["Ouvert en permanence"]),
        ("Fr 22:00-02:00", ["Vendredi : de 22 h à 2 h"]),
        ('Mo 09:00-12:00 "sur rendez-vous"', ["Lundi : de 9 h à 12 h (sur rendez-vous)"]),
    ],
)  # fmt: skip
def test_in_sentences(text, expected):
    assert plain(opening_lines(read_opening_hours(text))) == expected


def test_a_week_is_a_table_and_exceptions_are_sentences():
    text = "Tu-Fr 10:00-12:00,14:00-18:00; Sa,PH 14:00-19:00; Dec 25 off"
    (week,), rest = opening_weeks(read_opening_hours(text))
    shut, long, short = "fermé", "10 h – 12 h, 14 h – 18 h", "14 h – 19 h"
    assert plain(week.jours) == [shut, long, long, long, long, short, shut]
    assert plain(rest) == ["Jours fériés : de 14 h à 19 h", "25 décembre : fermé"]


def test_each_season_has_its_week():
    text = "Mo-Fr 10:00-12:00; Jul-Aug Mo-Sa 09:00-19:00; Dec 24-Jan 2 Mo 14:00-16:00; PH off"
    weeks, rest = opening_weeks(read_opening_hours(text))
    assert [one.quand for one in weeks] == [
        "", "juillet et août", "du 24\u00a0décembre au 2\u00a0janvier",
    ]  # fmt: skip
    assert plain(weeks[1].jours) == ["9 h – 19 h"] * 6 + ["fermé"]
    assert plain(weeks[2].jours) == ["14 h – 16 h", *["10 h – 12 h"] * 4, "fermé", "fermé"]
    assert weeks[2].dates == ((1224, 102),)
    assert plain(rest) == ["Jours fériés : fermé"]


@cases(
    "text", ["Mo-Su 09:00-18:00", "24/7", "Su[1] 14:00-18:00",
             "Apr-Sep Sa 14:00-18:00; Jul Sa 10:00-12:00"],
)  # fmt: skip
def test_one_hour_for_all_or_seasons_that_overlap_are_sentences(text):
    hours = read_opening_hours(text)
    assert opening_weeks(hours) == ((), opening_lines(hours))


@given(written_hours())
def test_french_says_no_code(rules):
    try:
        hours = read_opening_hours("; ".join(one.text for one in rules))
    except Misread:
        return
    weeks, rest = opening_weeks(hours)
    said = [*opening_lines(hours), *rest, *(day for week in weeks for day in week.jours)]
    codes = re.compile(rf"\b(?:{'|'.join((*DAYS, *MONTHS))}|PH|SH|off)\b|:00|\[")
    assert not any(codes.search(text) for text in said)
    assert len(opening_lines(hours)) == len(rules)


@cases(
    ("text", "day", "expected"),
    [
        ("Jul-Aug off", "2021-08-31", ("2021-07-01", "2021-08-31")),
        ("Jul-Aug off", "2021-09-01", ("2022-07-01", "2022-08-31")),
        ("Dec 24-Jan 2 off", "2022-01-02", ("2021-12-24", "2022-01-02")),
        ("Dec 24-Jan 2 off", "2022-01-03", ("2022-12-24", "2023-01-02")),
        ("Feb off", "2021-03-01", ("2022-02-01", "2022-02-28")),
    ],
)
def test_the_next_time_of_a_season(text, day, expected):
    (season,) = read_opening_hours(text).regles[0].dates
    assert tuple(map(str, season.next_run(date.fromisoformat(day)))) == expected


def test_easter_is_that_of_another_reckoning():
    assert all(easter(year) == easter_of(year) for year in range(1900, 2200))
    assert date(2021, 5, 13) in public_holidays(2021)
