"""Opening hours written at random, and whether they are open at a minute, read the slow way."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FERIES = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
MOBILES = {
    date(2020, 4, 13), date(2020, 5, 21), date(2020, 6, 1), date(2021, 4, 5), date(2021, 5, 13),
    date(2021, 5, 24), date(2022, 4, 18), date(2022, 5, 26), date(2022, 6, 6), date(2023, 4, 10),
    date(2023, 5, 18), date(2023, 5, 29), date(2024, 4, 1), date(2024, 5, 9), date(2024, 5, 20),
}  # fmt: skip
"""Easter Monday, Ascension and Whit Monday, from the calendars of those years."""


@dataclass(frozen=True)
class Written:
    """A rule: dates (months or days, from, to), weekdays (from, to, rank), holidays, hours in
    minutes from midnight (from, to)."""

    dates: tuple
    days: tuple
    holidays: tuple
    hours: tuple

    @property
    def text(self):
        """As contributors write it."""
        dates = ",".join(map(_dates, self.dates))
        days = ",".join([*map(_days, self.days), *self.holidays])
        hours = ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in self.hours) or "off"
        return " ".join(filter(None, (dates, days, hours)))

    def about(self, day, vacances):
        """Whether it is about ``day``: every day of the year is gone through."""
        if self.dates and not any((day.month, day.day) in _all(one) for one in self.dates):
            return False
        if not self.days and not self.holidays:
            return True
        free = (day.month, day.day) in FERIES or day in MOBILES
        if ("PH" in self.holidays and free) or ("SH" in self.holidays and vacances(day)):
            return True
        return any(_weekday(one, day) for one in self.days)


def opened(rules, day, minute, vacances):
    """Whether it is open on ``day``, ``minute`` minutes after midnight."""
    for begun, at in ((day, minute), (day - timedelta(days=1), minute + 1440)):
        told = [one for one in rules if one.about(begun, vacances)]
        for start, end in told[-1].hours if told else ():
            if start <= at < (end if end > start else end + 1440):
                return True
    return False


def written(chance):
    """One to four rules, most of them about days of the week."""
    return [_rule(chance) for _ in range(chance.randint(1, 4))]


def written_hours():
    """The same, for properties."""
    return st.integers(0, 2**32).map(lambda seed: written(Random(seed)))


def _rule(chance):
    dates = []
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        start, end = chance.choice(((0, 0), (chance.randint(1, 28), chance.randint(1, 28))))
        dates.append((chance.randint(1, 12), start, chance.randint(1, 12), end))
    days = [
        (chance.randint(0, 6), chance.randint(0, 6), chance.choice((0, 0, 0, 0, 1, 2, -1)))
        for _ in range(chance.randint(0, 2))
    ]
    holidays = [one for one in ("PH", "SH") if chance.random() < 0.2]
    bounds = sorted(chance.sample(range(96), chance.choice((0, 2, 2, 4))))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=True))
    if pairs and chance.random() < 0.3:
        pairs[-1] = (pairs[-1][1], pairs[-1][0])
    hours = tuple((start * 15, end * 15) for start, end in pairs)
    return Written(tuple(dates), tuple(days), tuple(holidays), hours)


def _dates(one):
    month, day, end_month, end = one
    if not day:
        return f"{MONTHS[month - 1]}-{MONTHS[end_month - 1]}"
    return f"{MONTHS[month - 1]} {day:02}-{MONTHS[end_month - 1]} {end:02}"


def _days(one):
    first, last, rank = one
    return f"{DAYS[first]}[{rank}]" if rank else f"{DAYS[first]}-{DAYS[last]}"


def _clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _all(one):
    """Each day of a leap year that it holds, one after the other."""
    month, day, end_month, end = one
    if not end:
        months = {(month - 1 + step) % 12 + 1 for step in range((end_month - month) % 12 + 1)}
        return {(one, number) for one in months for number in range(1, 32)}
    current, found = date(2024, month, day), {(month, day)}
    while (current.month, current.day) != (end_month, end):
        current = (current + timedelta(days=1)).replace(year=2024)
        found.add((current.month, current.day))
    return found


def _weekday(one, day):
    first, last, rank = one
    if rank:
        same = [
            other
            for other in (day.replace(day=1) + timedelta(days=gap) for gap in range(31))
            if other.month == day.month and other.weekday() == first
        ]
        return day == same[rank - 1 if rank > 0 else rank]
    current = first
    while current != last:
        if day.weekday() == current:
            return True
        current = (current + 1) % 7
    return day.weekday() == last
