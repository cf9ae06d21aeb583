"""Opening hours day by day, public holidays included: a strict subset of OpenStreetMap's
``opening_hours`` (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification).

After ``;`` the days of a rule replace those of the rules before it; after ``,`` its hours are
added. Hours belong to the day on which they begin.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain

from msgspec import Struct

# Public holidays of the whole country (article L. 3133-1 of the Code du travail): month and day, or
# days after Easter. Those of a territory alone are a column of ``departements.csv``, written
# likewise; ``ouvert.js`` is given both.
NATIONAL = "01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25 +1 +39 +50"


def easter(year: int) -> date:
    """Easter of a Gregorian year (algorithm of Meeus, Jones and Butcher).

    >>> easter(2021), easter(2038)
    (datetime.date(2021, 4, 4), datetime.date(2038, 4, 25))
    """
    century, rest = divmod(year, 100)
    leaps = century // 4
    moon = (19 * (year % 19) + century - leaps - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int, written: str = NATIONAL) -> frozenset[date]:
    """Those of a year.

    >>> date(2021, 5, 24) in public_holidays(2021), len(public_holidays(2022))
    (True, 11)
    >>> sorted(public_holidays(2026, "-2 12-26"))
    [datetime.date(2026, 4, 3), datetime.date(2026, 12, 26)]
    """
    return frozenset(
        easter(year) + timedelta(int(word))
        if word[0] in "+-"
        else date(year, *map(int, word.split("-")))
        for word in written.split()
    )


# Minutes of a day.
DAY = 24 * 60

_WEEK = 7
_ANY_YEAR = 2021


class Span(Struct, frozen=True):
    """Minutes since midnight: ``debut`` is included, ``fin`` is not; ``fin`` is beyond ``DAY``
    after midnight, ``None`` when nobody says when it ends (« 18:00+ »)."""

    debut: int
    fin: int | None


class DateSpan(Struct, frozen=True):
    """Days of every year, both included, as month × 100 + day: 1224, 102 from Christmas Eve to
    2 January; ``mois`` when only months were written."""

    du: int
    au: int
    mois: bool = False

    def __contains__(self, day: date) -> bool:
        return self.holds(day.month * 100 + day.day)

    def holds(self, number: int) -> bool:
        if self.du <= self.au:
            return self.du <= number <= self.au
        return number >= self.du or number <= self.au

    def next_run(self, day: date) -> tuple[date, date]:
        """Its first and last days, when it runs on ``day`` or comes next; 28 February stands for
        the 29th in years that have none."""
        for year in range(day.year - 1, day.year + 2):
            last = _date(year + (self.au < self.du), self.au)
            if last >= day:
                break
        return _date(year, self.du), last


def _date(year: int, number: int) -> date:
    month, day = divmod(number, 100)
    return date(year, month, min(day, monthrange(year, month)[1]))


class DaySpan(Struct, frozen=True):
    """Days of the week, 0 being Monday, both included; with ``rangs``, only those of these ranks
    in their month (1 the first, -1 the last)."""

    du: int
    au: int
    rangs: tuple[int, ...] = ()

    @property
    def jours(self) -> tuple[int, ...]:
        return tuple((self.du + step) % _WEEK for step in range((self.au - self.du) % _WEEK + 1))

    def __contains__(self, day: date) -> bool:
        if day.weekday() not in self.jours:
            return False
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        ranks = (day.day - 1) // _WEEK + 1, -((after.day - day.day) // _WEEK + 1)
        return not self.rangs or any(rank in self.rangs for rank in ranks)


class Rule(Struct, frozen=True):
    """One rule; without ``dates`` every day of the year, without ``jours`` nor ``feries`` every day
    of the week, without ``heures`` closed if ``ferme``. ``croise``: holidays among ``jours``;
    ``ajoute``: hours added.
    """

    dates: tuple[DateSpan, ...] = ()
    jours: tuple[DaySpan, ...] = ()
    feries: tuple[str, ...] = ()
    croise: bool = False
    heures: tuple[Span, ...] = ()
    ferme: bool = False
    note: str = ""
    ajoute: bool = False

    @property
    def is_weekly(self) -> bool:
        """Whether it holds all year, by days of the week only."""
        return not self.dates and not self.feries and not any(span.rangs for span in self.jours)

    @property
    def names_holidays(self) -> bool:
        """Whether it says what is done of public holidays: by that name, by the date of one that is
        the same every year, or because it never closes."""
        days = (divmod(span.du, 100) for span in self.dates if span.du == span.au)
        named = any(f"{month:02}-{day:02}" in NATIONAL for month, day in days)
        return "PH" in self.feries or named or self == Rule(heures=(Span(0, DAY),))

    def on(self, day: date, vacances: Callable[[date], bool], feries: str) -> bool:
        """Whether it is about ``day``."""
        if self.dates and not any(day in span for span in self.dates):
            return False
        if not self.jours and not self.feries:
            return True
        week = any(day in span for span in self.jours)
        free = ("PH" in self.feries and day in public_holidays(day.year, feries)) or (
            "SH" in self.feries and vacances(day)
        )
        if self.croise:
            return week and free
        return week or free


# What is said of public holidays where nothing is.
UNSAID = Rule(feries=("PH",), note="à vérifier")


class OpeningHours(Struct, frozen=True):
    """The rules, in their order."""

    regles: tuple[Rule, ...]

    @property
    def told(self) -> OpeningHours:
        """As readers are told them: hours that name no public holiday do not say that it is open
        then. What says when it is closed comes after, and holds."""
        opening = [rank for rank, rule in enumerate(self.regles, 1) if rule.heures]
        if not opening or any(rule.names_holidays for rule in self.regles):
            return self
        last = opening[-1]
        return OpeningHours((*self.regles[:last], UNSAID, *self.regles[last:]))

    @property
    def scolaires(self) -> bool:
        return any("SH" in rule.feries for rule in self.regles)

    @property
    def semaine(self) -> tuple[int, ...]:
        """Days of the week (0 to 6) that are open at least some of the year."""
        days = [date(_ANY_YEAR, 1, 1) + timedelta(days=rank) for rank in range(365)]
        opened = (
            any(rule.heures for rule in chain.from_iterable(map(self.of, days[rank::7])))
            for rank in range(7)
        )
        return tuple(sorted(days[rank].weekday() for rank, is_open in enumerate(opened) if is_open))

    def of(
        self,
        day: date,
        vacances: Callable[[date], bool] = lambda _: False,
        feries: str = NATIONAL,
    ) -> tuple[Rule, ...]:
        """The rules that tell the hours that begin on ``day``; none when it is closed for want of a
        rule.
        """
        return self.among(rule for rule in self.regles if rule.on(day, vacances, feries))

    @staticmethod
    def among(about: Iterator[Rule]) -> tuple[Rule, ...]:
        """Of rules about one day, those that tell its hours."""
        rules: list[Rule] = []
        for rule in about:
            if not rule.ajoute:
                rules.clear()
            rules.append(rule)
        return tuple(rules)

    def compact(self) -> list[list[object]]:
        """For scripts: of each rule its way (0 replaces, 1 adds, 2 closed), dates, days, ranked
        days, holidays, hours (-1: no end), note.
        """
        return [_compact(rule) for rule in self.regles]


def _compact(rule: Rule) -> list[object]:
    days = sorted(set(chain.from_iterable(span.jours for span in rule.jours if not span.rangs)))
    ranked: list[int] = []
    for span in rule.jours:
        for day in span.jours:
            for rank in span.rangs:
                ranked.extend((day, rank))
    return [
        2 if rule.ferme else int(rule.ajoute),
        list(chain.from_iterable((span.du, span.au) for span in rule.dates)),
        days,
        ranked,
        "&" * rule.croise + "".join(rule.feries),
        list(
            chain.from_iterable(
                (span.debut, -1 if span.fin is None else span.fin) for span in rule.heures
            )
        ),
        rule.note,
    ]
