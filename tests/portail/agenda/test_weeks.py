from datetime import date, datetime, timedelta

import pytest
from hypothesis import given

from doses import cases
from portail.agenda.weeks import Month, Week, week_end
from strategies import days

DAY = timedelta(days=1)


@cases(
    ("day", "slug"),
    [
        (date(2021, 9, 27), "2021-s39"),
        (date(2021, 10, 3), "2021-s39"),
        (date(2021, 1, 3), "2020-s53"),
        (date(2018, 12, 31), "2019-s01"),
    ],
)
def test_the_week_of_a_day(day, slug):
    assert Week.of(day).slug == slug
    assert Week.parse(slug) == Week.of(day)


def test_a_week_in_words():
    week = Week(2021, 39)
    assert week.libelle == "Semaine\u00a039"
    assert week.dates == "du 27\u00a0septembre au 3\u00a0octobre 2021"
    assert week.week_end == (date(2021, 10, 2), date(2021, 10, 3))
    assert Week(2020, 53).dates == "du 28\u00a0décembre 2020 au 3\u00a0janvier 2021"


@given(days())
def test_weeks_follow_one_another(day):
    week = Week.of(day)
    assert day in week
    assert len(week.days) == 7
    assert (week.first, week.last) == (week.days[0], week.days[-1])
    assert week.first.weekday() == 0
    assert week.next.previous == week == week.previous.next
    assert week.next.first - week.last == DAY
    assert week.previous < week < week.next
    assert week.next.first not in week
    assert datetime(day.year, day.month, day.day, 14) in week


@given(days())
def test_the_week_end_is_now_or_to_come(day):
    saturday, sunday = week_end(day)
    assert (saturday.weekday(), sunday - saturday) == (5, DAY)
    assert day <= sunday <= day + 6 * DAY


@cases(
    "slug", ["", "2021-39", "2021-s9", "2021-s53", "2021-s00", "0000-s01", "2021-s39/", "٢٠٢١-s39"]
)
def test_what_is_not_a_week(slug):
    assert Week.parse(slug) is None


@given(days())
def test_months_follow_one_another(day):
    month = Month.of(day)
    assert day in month
    assert Month.parse(month.slug) == month
    assert (month.days[0], month.days[-1]) == (month.first, month.last)
    assert all(each in month for each in month.days)
    assert month.next.previous == month == month.previous.next
    assert month.next.first - month.last == DAY
    assert month.previous < month < month.next


@given(days())
def test_the_lines_of_a_month_hold_all_its_days(day):
    month = Month.of(day)
    shown = [each for week in month.weeks for each in week.days]
    assert 4 <= len(month.weeks) <= 6
    assert set(month.days) <= set(shown)
    assert all(any(each in month for each in week.days) for week in month.weeks)
    assert shown == sorted(shown)


def test_a_month_in_words():
    assert Month(2021, 8).libelle == "août 2021"
    assert Month(2021, 8).slug == "2021/08"
    assert [week.number for week in Month(2021, 2).weeks] == [5, 6, 7, 8]


@cases("slug", ["", "2021/8", "2021/13", "2021/00", "2021-08", "0000/01"])
def test_what_is_not_a_month(slug):
    assert Month.parse(slug) is None


def test_what_the_year_lacks_is_a_bug():
    with pytest.raises(ValueError, match="53"):
        Week(2021, 53)
    with pytest.raises(ValueError, match="month"):
        Month(2021, 13)
