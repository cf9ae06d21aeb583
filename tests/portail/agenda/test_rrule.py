"""Days of a rule against ``dateutil`` and against the examples of RFC 5545."""

from datetime import date, datetime, timedelta
from itertools import islice, takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

import hostile
from doses import cases, rows_of
from portail.agenda.rrule import RuleError, days_of, parse_rule
from strategies import days
from work import calls

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def first_days(text, start, count=6):
    horizon = start + timedelta(days=365 * 10)
    found = days_of(parse_rule(f"{text};COUNT=99"), start, horizon)
    return [day.isoformat() for day in islice(found, count)]


@cases(("text", "start", "expected"), rows_of("portail/agenda/rrule.yml"))
def test_examples_of_the_standard(text, start, expected):
    assert first_days(text, date.fromisoformat(start), len(expected)) == expected


@st.composite
def rules(draw):
    """Rules that ``dateutil`` reads alike and that always have a day (it would not stop)."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 6))}"]
    if draw(st.booleans()) and (freq == "YEARLY" or parts[1] == "INTERVAL=1"):
        months = draw(st.sets(st.integers(1, 12), min_size=1, max_size=4))
        parts.append(f"BYMONTH={','.join(map(str, sorted(months)))}")
    # Ranked and plain days together: dateutil takes their intersection, the standard their union.
    ranked = freq in ("MONTHLY", "YEARLY") and draw(st.booleans())
    prefix = st.sampled_from(["1", "2", "-1", "-2", "4"]) if ranked else st.just("")
    if draw(st.booleans()):
        names = draw(st.sets(st.tuples(prefix, st.sampled_from(WEEKDAYS)), min_size=1, max_size=4))
        parts.append(f"BYDAY={','.join(sorted(rank + name for rank, name in names))}")
    elif freq != "WEEKLY" and draw(st.booleans()):
        numbers = st.integers(-28, 28).filter(bool)
        chosen = draw(st.sets(numbers, min_size=1, max_size=4))
        parts.append(f"BYMONTHDAY={','.join(map(str, sorted(chosen)))}")
    if len(parts) > 2 and freq in ("MONTHLY", "YEARLY"):
        parts.append(draw(st.sampled_from(["", "BYSETPOS=1", "BYSETPOS=-1", "BYSETPOS=1,-1"])))
    parts.append(draw(st.sampled_from(["", "WKST=SU", "WKST=MO", "WKST=TH"])))
    return ";".join(filter(None, parts))


@given(rules(), days(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 1100))
def test_days_are_those_of_dateutil(text, start, length):
    horizon = start + timedelta(days=length)
    theirs = rrulestr(text, dtstart=datetime(start.year, start.month, start.day, 14))
    expected = [each.date() for each in takewhile(lambda one: one.date() <= horizon, theirs)]
    assert list(days_of(parse_rule(f"{text};COUNT=1"), start, horizon)) == expected


@cases("text", hostile.RULES)
def test_hostile_rules_cost_little(text):
    days = calls(lambda: list(days_of(parse_rule(text), date(2021, 10, 9), date(2024, 10, 9))))
    assert days < 400_000


@cases(
    ("text", "reason"),
    [
        (" ", "elle est vide"),
        ("tous les mercredis", "« TOUS » n’a pas la forme NOM=VALEUR"),
        ("FREQ", "« FREQ » n’a pas la forme NOM=VALEUR"),
        ("FREQ=", "« FREQ= » n’a pas la forme NOM=VALEUR"),
        ("COUNT=3", "« FREQ » manque"),
        ("FREQ=HOURLY;COUNT=3", "« FREQ » attend DAILY, WEEKLY, MONTHLY ou YEARLY"),
        ("FREQ=DAILY;BYHOUR=3;COUNT=3", "« BYHOUR » n’y est pas admis"),
        ("FREQ=DAILY;COUNT=3;COUNT=4", "« COUNT » y est écrit deux fois"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", "« INTERVAL » va de 1 à 99"),
        ("FREQ=DAILY;INTERVAL=100;COUNT=3", "« INTERVAL » va de 1 à 99"),
        ("FREQ=DAILY;COUNT=0", "« COUNT » va de 1 à 999999"),
        ("FREQ=DAILY;COUNT=1e3", "« COUNT » va de 1 à 999999"),
        ("FREQ=DAILY;COUNT=9999999999", "« COUNT » va de 1 à 999999"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20211231", "« UNTIL » et « COUNT » s’excluent"),
        ("FREQ=DAILY;UNTIL=2021-12-31",
         "« 2021-12-31 » n’est pas une date de la forme UNTIL=20271231"),
        ("FREQ=DAILY;UNTIL=20210230", "« 20210230 » n’est pas une date de la forme UNTIL=20271231"),
        ("FREQ=DAILY;UNTIL=20211231T250000",
         "« 20211231T250000 » n’est pas une date de la forme UNTIL=20271231"),
        ("FREQ=DAILY;BYMONTH=13;COUNT=3", "« BYMONTH » attend des nombres de 1 à 12"),
        ("FREQ=DAILY;BYMONTH=-1;COUNT=3", "« BYMONTH » attend des nombres de 1 à 12"),
        ("FREQ=DAILY;BYMONTHDAY=0;COUNT=3",
         "« BYMONTHDAY » attend des nombres de 1 à 31, ou de -1 à -31"),
        ("FREQ=DAILY;BYMONTHDAY=1,,2;COUNT=3",
         "« BYMONTHDAY » attend des nombres de 1 à 31, ou de -1 à -31"),
        ("FREQ=WEEKLY;BYDAY=ME;COUNT=3",
         "« BYDAY » attend MO, TU, WE, TH, FR, SA, SU, avec un rang si besoin (1SA, -1SU)"),
        ("FREQ=MONTHLY;BYDAY=0MO;COUNT=3",
         "« BYDAY » attend MO, TU, WE, TH, FR, SA, SU, avec un rang si besoin (1SA, -1SU)"),
        ("FREQ=YEARLY;BYDAY=54MO;COUNT=3",
         "« BYDAY » attend MO, TU, WE, TH, FR, SA, SU, avec un rang si besoin (1SA, -1SU)"),
        ("FREQ=MONTHLY;BYDAY=6MO;COUNT=3", "un rang dans « BYDAY » va de 1 à 5 dans un mois"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=3",
         "un rang dans « BYDAY » (1SA) demande FREQ=MONTHLY ou FREQ=YEARLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1;COUNT=3", "« BYMONTHDAY » ne va pas avec FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYSETPOS=1;COUNT=3",
         "« BYSETPOS » demande « BYDAY », « BYMONTHDAY » ou « BYMONTH »"),
        ("FREQ=DAILY;WKST=LU;COUNT=3", "« WKST » attend MO, TU, WE, TH, FR, SA, SU"),
        ("FREQ=DAILY;COUNT=3 RDATE:20211009", "« RDATE:20211009 » n’y est pas admis"),
        ("FREQ=DAILY;COUNT=3 EXDATE:demain",
         "« DEMAIN » n’est pas une date de la forme EXDATE:20271103"),
        ("FREQ=DAILY;COUNT=" + "0" * 1000 + "1", "elle compte plus de 1000 signes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(text, reason):
    with pytest.raises(RuleError) as caught:
        parse_rule(text)
    assert str(caught.value) == reason
    assert not caught.value.endless


def test_ranked_and_plain_days_are_added():
    assert first_days("FREQ=MONTHLY;BYDAY=1SA,SU", date(2021, 10, 2), 4) == [
        "2021-10-02", "2021-10-03", "2021-10-10", "2021-10-17",
    ]  # fmt: skip


def test_a_rule_without_end_is_told_apart():
    with pytest.raises(RuleError) as caught:
        parse_rule("FREQ=WEEKLY;BYDAY=WE")
    assert caught.value.endless


def test_rules_copied_from_a_calendar_are_read():
    copied = parse_rule(
        "RRULE:freq=weekly;byday=we;count=3;\nEXDATE;TZID=Europe/Paris:20211013T140000"
    )
    assert copied.count == 3
    assert [day.isoformat() for day, _ in copied.exdates] == ["2021-10-13"]


def test_an_end_in_utc_is_that_hour_of_paris():
    assert parse_rule("FREQ=DAILY;UNTIL=20211009T220000Z").until == datetime(2021, 10, 10)
    assert parse_rule("FREQ=DAILY;UNTIL=20211009").until == datetime(
        2021, 10, 9, 23, 59, 59, 999999
    )


@given(st.text("FREQ=DAILY;COUNTBYMSUEIV,-0123456789 :Z", max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        rule = parse_rule(text)
    except RuleError as error:
        assert str(error)
    else:
        assert rule.count or rule.until
