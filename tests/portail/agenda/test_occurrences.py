from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given

from doses import cases
from portail.agenda.occurrences import Occurrence, exists, local
from portail.clock import PARIS
from strategies import days, hours


def at(*parts):
    return datetime(*parts, tzinfo=PARIS)


def timed(debut, fin=None):
    return Occurrence(debut, fin, False, "programme", 0)


def whole(first, last=None):
    return Occurrence(local(first), local(last or first), True, "programme", 0)


@cases(
    ("hour", "there"),
    [(time(1, 59), True), (time(2), False), (time(2, 59), False), (time(3), True)],
)
def test_clocks_skip_one_hour_in_march(hour, there):
    assert exists(date(2021, 3, 28), hour) is there
    assert exists(date(2021, 3, 27), hour)


def test_the_doubled_hour_of_october_is_the_first():
    assert exists(date(2021, 10, 31), time(2, 30))
    assert local(date(2021, 10, 31), time(2, 30)).astimezone(UTC) == datetime(
        2021, 10, 31, 0, 30, tzinfo=UTC
    )


@given(days(), hours())
def test_an_hour_that_exists_is_shown_by_clocks(day, hour):
    shown = local(day, hour).astimezone(UTC).astimezone(PARIS)
    assert exists(day, hour) is ((shown.date(), shown.time()) == (day, hour))
    if not exists(day, hour):
        assert (day.month, day.weekday(), hour.hour) == (3, 6, 2)


def test_a_session_on_one_day():
    one = timed(at(2021, 10, 9, 14), at(2021, 10, 9, 16))
    assert list(one.days()) == [date(2021, 10, 9)]
    assert one.duree == timedelta(hours=2)
    assert one.over_at == at(2021, 10, 9, 16)
    assert not one.is_long


def test_a_session_without_known_end():
    one = timed(at(2021, 10, 9, 18))
    assert (one.fin, one.duree, one.over_at) == (None, None, at(2021, 10, 9, 18))
    assert one.day_count == 1


@cases(
    ("fin", "last"),
    [
        (at(2021, 10, 10, 0), date(2021, 10, 9)),
        (at(2021, 10, 10, 6), date(2021, 10, 9)),
        (at(2021, 10, 10, 6, 1), date(2021, 10, 10)),
    ],
)
def test_a_night_belongs_to_its_eve(fin, last):
    one = timed(at(2021, 10, 9, 20), fin)
    assert one.last_day == last
    assert one.is_over(date(2021, 10, 10)) is (last == date(2021, 10, 9))


@cases(
    ("debut", "fin", "eve"),
    [
        (at(2021, 10, 9, 0), None, True),
        (at(2021, 10, 9, 0, 10), at(2021, 10, 9, 1, 45), True),
        (at(2021, 10, 9, 4, 59), at(2021, 10, 9, 6, 30), True),
        (at(2021, 10, 9, 5), at(2021, 10, 9, 6, 30), False),
        (at(2021, 10, 9, 5), None, False),
        # An early fair goes on all day: it is of its own.
        (at(2021, 10, 9, 4), at(2021, 10, 9, 12), True),
        (at(2021, 10, 9, 4), at(2021, 10, 9, 12, 1), False),
        (at(2021, 10, 9, 0), at(2021, 10, 9, 23, 59), False),
        # Clocks go back in the night: the hour is that of clocks.
        (at(2021, 10, 31, 2, 30), at(2021, 10, 31, 4), True),
    ],
)
def test_what_begins_before_dawn_belongs_to_the_evening_before(debut, fin, eve):
    one = timed(debut, fin)
    day = debut.date() - timedelta(days=1) if eve else debut.date()
    assert (one.is_night, one.day) == (eve, debut.date())
    assert list(one.days()) == [day]
    assert not one.is_long


def test_a_night_is_over_when_its_own_day_is():
    one = timed(at(2021, 10, 9, 0, 10), at(2021, 10, 9, 1))
    days = [date(2021, 10, 8), date(2021, 10, 9), date(2021, 10, 10)]
    assert [one.is_over(day) for day in days] == [False, False, True]


@given(days(), hours(), hours())
def test_a_session_of_a_day_is_told_on_that_day_or_its_eve(day, first, last):
    one = timed(local(day, min(first, last)), local(day, max(first, last)))
    assert one.day_count == 1
    assert (day - one.first_day).days == one.is_night
    assert one.is_night == (min(first, last) < time(5) and max(first, last) <= time(12))


def test_whole_days_include_the_last_one():
    week_end = whole(date(2021, 9, 18), date(2021, 9, 19))
    assert list(week_end.days()) == [date(2021, 9, 18), date(2021, 9, 19)]
    assert (week_end.over_at, week_end.duree) == (at(2021, 9, 20), timedelta(days=2))
    assert not week_end.is_night


def test_the_day_clocks_change_is_one_day():
    sunday = whole(date(2021, 10, 31))
    assert sunday.duree == timedelta(days=1)
    assert sunday.over_at.astimezone(UTC) - sunday.debut.astimezone(UTC) == timedelta(hours=25)


@cases(
    ("debut", "fin", "lasting"),
    [
        (at(2021, 3, 28, 1), at(2021, 3, 28, 4), timedelta(hours=2)),
        (at(2021, 10, 31, 1), at(2021, 10, 31, 4), timedelta(hours=4)),
        (at(2021, 10, 30, 22), at(2021, 10, 31, 6), timedelta(hours=9)),
    ],
)
def test_duration_counts_the_change_of_clocks(debut, fin, lasting):
    assert timed(debut, fin).duree == lasting


@cases(("last", "long"), [(date(2021, 9, 21), False), (date(2021, 9, 22), True)])
def test_more_than_a_week_is_an_exhibition(last, long):
    assert whole(date(2021, 9, 15), last).is_long is long


def test_where_it_stands_on_a_given_day():
    eve, first, last = date(2021, 9, 14), date(2021, 9, 15), date(2021, 9, 30)
    after = date(2021, 10, 1)
    show = whole(first, last)
    assert [(show.is_on(day), show.is_over(day)) for day in (eve, first, last, after)] == [
        (False, False), (True, False), (True, False), (False, True),
    ]  # fmt: skip
    assert [show.is_to_come(day) for day in (eve, first, last, after)] == [True, True, True, False]
    assert show.touches(date(2021, 9, 27), date(2021, 10, 3))
    assert not show.touches(after, after)
    assert not show.touches(date(2021, 9, 1), eve)
