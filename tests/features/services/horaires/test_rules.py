"""Opening hours against readings of our own: by the minute, and by what French says."""

import re
from datetime import date, timedelta

import pytest
from dateutil.easter import easter as easter_of
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose, rows_of
from horaires import DAYS, MONTHS, opened, written_hours
from portail.features.services.horaires.french import opening_lines, opening_weeks
from portail.features.services.horaires.notation import Misread, read_opening_hours
from portail.features.services.horaires.rules import DAY, easter, public_holidays

TABLES = rows_of("features/services/horaires/rules.yml")

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


@cases(("text", "day", "expected"), TABLES["the_hours_that_begin_on_a_day"])
def test_the_hours_that_begin_on_a_day(text, day, expected):
    rules = read_opening_hours(text).of(date.fromisoformat(day), vacances)
    assert [[one.debut, one.fin] for rule in rules for one in rule.heures] == expected


@cases(("text", "place", "found", "reason"), TABLES["what_cannot_be_read_is_said_where_it_is"])
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


@cases(("text", "expected"), TABLES["in_sentences"])
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
