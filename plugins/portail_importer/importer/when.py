"""Days and hours as people write them, understood whole or not at all.

Every word of a text is one that a rule of ``when_grammar`` used, else the text is refused with
that word quoted.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import chain, pairwise

from msgspec import Struct

from portail.text.dates import JOURS, jour, periode

from .when_grammar import Grammar
from .when_words import (
    Block,
    Day,
    Hours,
    NotRead,
    Span,
    Token,
    backwards,
    several,
    tokens,
    unread,
)

LONGEST = 2_000
MOST = 800
_WEEK = range(7)
_LONGEST_SPAN = 3_653
_YEARS = range(1900, 2101)
# Days of a year, and those after which a day without its year is of the next.
_DAYS = 365
_OVER = 60


class Session(Struct, frozen=True):
    """One day, or days in a row (``last``), with hours if they are known."""

    first: date
    last: date | None = None
    start: time | None = None
    end: time | None = None
    # Those of the days in a row, from Monday, that are meant; all of them when it is empty.
    weekdays: tuple[int, ...] = ()
    # Days in a row that are left out.
    away: tuple[tuple[date, date], ...] = ()
    # From ``start`` of the first day to ``end`` of the last one.
    through: bool = False

    @property
    def is_weekly(self) -> bool:
        return bool(self.weekdays or self.away)

    def days(self) -> Iterator[date]:
        count = ((self.last or self.first) - self.first).days + 1
        for day in (self.first + timedelta(rank) for rank in range(count)):
            meant = not self.weekdays or day.weekday() in self.weekdays
            if meant and not any(first <= day <= last for first, last in self.away):
                yield day


class When(Struct, frozen=True):
    """What a cell says: days and their hours, or hours alone."""

    sessions: tuple[Session, ...] = ()
    # Those that no day comes with.
    hours: tuple[Hours, ...] = ()
    # ``start`` or ``end`` of its one session, which another cell may say.
    lacks: str = ""

    @property
    def timed(self) -> bool:
        return any(session.start for session in self.sessions)


def read_words(text: str, today: date, zone: tzinfo, *, ending: bool = False) -> When:
    """What ``text`` says; a day without its year is the next one. Raises ``NotRead`` (E145, E147,
    E213).

    >>> from datetime import UTC
    >>> when = read_words("les mardis du 5 au 26 janvier 2027, 18h30", date(2026, 9, 1), UTC)
    >>> [day.day for day in when.sessions[0].days()]
    [5, 12, 19, 26]
    """
    if len(text) > LONGEST:
        raise unread("elle est trop longue")
    return read_tokens(tokens(text, zone), today, ending=ending)


def read_tokens(
    pieces: Sequence[Token], today: date, *, ending: bool = False, supposed: bool = False
) -> When:
    """The same of a text that is cut; the year that nothing tells is asked, unless it may be
    ``supposed``."""
    blocks = Grammar(pieces, ending=ending).read()
    spans = list(chain.from_iterable(block.spans for block in blocks))
    alone = next((block for block in blocks if not (block.spans or block.weekdays)), None)
    if alone and spans:
        hour, _ = alone.hours[0]
        raise unread(f"l’heure {hour:%H:%M} n’a pas de jour")
    days = [*filter(None, chain.from_iterable((span.first, span.last) for span in spans))]
    if supposed and not any(day.year for day in days):
        named = [day for day in days if day.month] or [
            day for day in days if day.weekday is not None
        ]
        for day in named:
            day.month, day.year = _supposed(day, today)
    _inherit(spans, days)
    _share(blocks)
    sessions = list(chain.from_iterable(_sessions(block, today) for block in blocks))
    if len(sessions) > MOST:
        raise unread("elle dit trop de dates")
    if sessions and len({session.start is None for session in sessions}) > 1:
        raise several("certaines dates ont une heure, d’autres non", "l’heure de chaque date")
    hours = tuple(chain.from_iterable(map(_hours, blocks))) if not sessions else ()
    lacking = [span for span in spans if span.lacks]
    if lacking and len(sessions) > 1:
        raise question(sessions[0].first, lacking[0].lacks)
    return When(tuple(sessions), hours, lacking[0].lacks if lacking else "")


def question(day: date, lacks: str) -> NotRead:
    """What asks for the end of days that ``day`` begins, or for the beginning of those it ends."""
    text = jour(day, semaine=False)
    if lacks == "start":
        remedy = f"Écrivez « du … au {text} », avec le premier jour."
        return unread("on ne sait pas depuis quand", remedy)
    remedy = f"Écrivez « du {text} au … », avec le dernier jour."
    return unread("on ne sait pas jusqu’à quand", remedy)


def _supposed(day: Day, today: date) -> tuple[int, int]:
    # The month and the year of a day that says neither, or its month alone: that which comes next,
    # or was in the last two months.
    for shift in range(-_OVER, _DAYS - _OVER):
        one = today + timedelta(shift)
        is_named = day.weekday in (None, one.weekday())
        is_so = one.day == day.day and day.month in (0, one.month) and is_named
        if is_so and (day.month or shift >= 0):
            return one.month, one.year
    return day.month, 0


def _inherit(spans: Sequence[Span], days: Sequence[Day]) -> None:
    # « 9 et 10 octobre 2021 », « 9 octobre 2021 à 14 h, 10 à 16 h »: months and years that are said
    # once, after or before.
    begun = {id(span.first) for span in spans if span.last}
    for day, after in reversed([*pairwise(days)]):
        if not day.month and day.day > after.day and id(day) not in begun:
            raise unread(f"« {day.day} » n’a pas de mois, et ne vient pas avant le {after.day}")
        if not day.year and after.year:  # « du 28 décembre au 3 janvier 2022 »
            day.year = after.year - (day.month > after.month > 0)
        day.month = day.month or after.month
    for before, day in pairwise(days):
        if not day.month and day.day > before.day:
            day.month = before.month
        if not day.year and (day.month, day.day) > (before.month, before.day):
            day.year = before.year
    lacking = next((day for day in days if not day.month), None)
    if lacking:
        raise unread(f"« {lacking.day} » n’a pas de mois")


def _share(blocks: Sequence[Block]) -> None:
    # « du mardi au vendredi 14 h-18 h, samedi 10 h-18 h, du 5 au 26 »: days said once for all.
    named = [block for block in blocks if block.weekdays]
    alone = [block for block in named if not block.spans]
    left_out = [block for block in blocks if block.away.said]
    if not alone:
        ranges = [block for block in blocks if any(span.last for span in block.spans)]
        if left_out and len(ranges) > 1:
            raise several(
                "on ne sait pas d’où retirer ce que dit « sauf »", "une ligne par période"
            )
        return
    spanned = [block for block in named if block.spans]
    if len(spanned) != 1 or len(named) < len(blocks):
        names = " et ".join(f"{JOURS[rank]}s" for rank in alone[0].weekdays)
        remedy = f"Écrivez leurs dates, comme « les {names} du 5 au 26 janvier 2027 »."
        raise unread(f"on ne sait pas de quand à quand (les {names})", remedy)
    ranks = list(chain.from_iterable(block.weekdays for block in named))
    if len(set(ranks)) < len(ranks):
        raise unread("un jour de la semaine a deux horaires")
    weekdays = list(chain.from_iterable(block.away.weekdays for block in left_out))
    if weekdays:
        raise several("on ne sait pas de quels jours « sauf » les retire", "les jours qui restent")
    away = list(chain.from_iterable(block.away.spans for block in left_out))
    for block in named:
        block.spans = spanned[0].spans
        block.away.spans = away


def _sessions(block: Block, today: date) -> Iterator[Session]:
    if not block.spans:
        if block.away.weekdays or (block.hours and block.weekdays):
            raise unread("on ne sait pas de quels jours il s’agit")
        return
    if block.spans[0].whole_months and not block.weekdays:
        remedy = "Écrivez quels jours, comme « tous les samedis de janvier 2027 »."
        raise unread("un mois ne dit pas quels jours", remedy)
    spans = [_days(span, today) for span in block.spans]
    weekdays = _weekdays(block)
    picks = bool(block.weekdays) or block.away.said
    if block.through:
        yield _through(block, spans, picks=picks)
        return
    asks = block.spans[0].lacks and len(spans) == 1
    if picks and not asks and any(last is None for _, last in spans):
        day = next(first for first, last in spans if last is None)
        raise unread(f"le {jour(day)} n’est pas une période où prendre des jours")
    hull = min(first for first, _ in spans), max(last or first for first, last in spans)
    away = tuple(_left_out(span, hull) for span in block.away.spans)
    for first, last in spans:
        for start, end in _hours(block) or ((None, None),):
            session = Session(first, last, start, end=end, weekdays=weekdays, away=away)
            if not asks and next(session.days(), None) is None:
                names = " ou ".join(JOURS[rank] for rank in weekdays or _WEEK)
                raise unread(f"il n’y a pas de {names} {periode(first, last or first)}")
            yield session


def _hours(block: Block) -> tuple[Hours, ...]:
    if not block.minutes:
        return tuple(block.hours)
    if any(end for _, end in block.hours):
        raise several("la fin et la durée sont dites", "l’une des deux")
    day = date(2000, 1, 1)
    lasting = timedelta(minutes=block.minutes)
    if lasting >= timedelta(hours=16):
        raise unread("une séance ne dure pas si longtemps")
    return tuple((at, (datetime.combine(day, at) + lasting).time()) for at, _ in block.hours)


def _weekdays(block: Block) -> tuple[int, ...]:
    named = block.weekdays or tuple(_WEEK)
    gone = [rank for rank in block.away.weekdays if rank not in named]
    if gone:
        raise unread(f"« sauf {JOURS[gone[0]]} » retire un jour qui n’y est pas")
    remaining = tuple(rank for rank in named if rank not in block.away.weekdays)
    if not remaining:
        raise unread("« sauf » retire tous les jours")
    if len(remaining) == len(_WEEK):
        return ()
    return remaining


def _days(span: Span, today: date) -> tuple[date, date | None]:
    first = _dated(span.first, today) if span.first else None
    last = _dated(span.last, today) if span.last else None
    if first and last and last < first:
        raise backwards(first, last)
    if first and last and (last - first).days > _LONGEST_SPAN:
        raise unread("elle dit une période de plus de dix ans")
    day = first or last
    if day is None:
        raise unread("elle ne dit pas de jour")
    return day, last if first and last != first else None


def _through(block: Block, spans: Sequence[tuple[date, date | None]], *, picks: bool) -> Session:
    if block.through is None or picks or block.hours or len(spans) > 1:
        raise several("deux moments disent la période", "« du 9 octobre 2027 au 12 octobre 2027 »")
    _, start, _, end = block.through
    first, last = spans[0]
    if last is None and end <= start:
        raise backwards(f"{start:%H:%M}", f"{end:%H:%M}")
    return Session(first, last, start, end, through=last is not None)


def _left_out(span: Span, hull: tuple[date, date]) -> tuple[date, date]:
    # Days that « sauf » takes away, their month and year being those of the period.
    if span.lacks or span.first is None:
        raise unread("« sauf » n’a pas son premier ou son dernier jour")
    if span.last and not span.first.month:
        span.first.month = span.last.month
    first = _within(span.first, hull)
    last = _within(span.last, hull) if span.last else first
    if last < first:
        raise backwards(first, last, "sauf")
    return first, last


def _within(day: Day, hull: tuple[date, date]) -> date:
    first, last = hull
    named = [
        candidate
        for candidate in (first + timedelta(rank) for rank in range((last - first).days + 1))
        if candidate.day == day.day
        and day.month in (0, candidate.month)
        and day.year in (0, candidate.year)
    ]
    if len(named) != 1:
        reason = "plusieurs fois" if named else "pas"
        raise unread(f"le jour {day.day} que retire « sauf » n’est {reason} dans la période")
    _agree(day, named[0])
    return named[0]


# What a whole table may be asked once.
YEARLESS = "l’année n’est pas dite"


def _dated(day: Day, today: date) -> date:
    year = day.year or today.year + ((day.month, day.day) < (today.month, today.day))
    try:
        last = monthrange(year, day.month)[1] if day.ends_month else day.day
        resolved = date(year if year in _YEARS else 0, day.month, last)
    except ValueError:
        raise unread(f"le {day.day}/{day.month}/{year} n’existe pas") from None
    agrees = day.weekday == resolved.weekday()
    if day.short and not agrees:
        raise several("on ne sait pas où est l’année", f"{resolved:%d/%m/%Y}")
    if not day.year and not agrees:
        raise several(YEARLESS, f"{resolved:%d/%m/%Y}")
    _agree(day, resolved)
    return resolved


def _agree(day: Day, actual: date) -> None:
    if day.weekday not in (None, actual.weekday()):
        reason = f"le {jour(actual, semaine=False)} est un {JOURS[actual.weekday()]}"
        raise several(reason, f"{jour(actual)}, ou un autre jour")
