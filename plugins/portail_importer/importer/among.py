"""Days and hours that a text says among other words: runs of words that ``when`` reads whole, the
longest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, product, takewhile

from msgspec import Struct
from msgspec.structs import replace

from portail.clock import portal_zone
from portail.text.hints import level

from .when import Session, When, read_tokens
from .when_words import Hours, NotRead, Token, scanned

# Signs of a text, words of a run that are looked at.
_LONGEST = 60_000
_MOST = 40
# What begins a run, what ends one, what is in none; « 14.30 » may be a price.
_BEGINS = frozenset("vdpDSNH")
_ENDS = frozenset("dpmDSYHMw")
_APART = frozenset("?O")
# Words before a day that is no day of it, before an hour that is none: a limit, a length.
_LIMITS = ("avant", "jusqu", "tard", "clotur", "inscri", "redig", "ecrit", "recu", "conseil")
_LENGTHS = ("dur", "pendant", "environ", "soit", "ouvert")
_LINKS = frozenset(":elu")
# Signs between a day and the hours behind it, and those before it.
_BEHIND = 160
_BEFORE = 12


class Run(Struct, frozen=True):
    """Where a text says days, hours, or both."""

    at: int
    end: int
    sessions: tuple[Session, ...]
    hours: tuple[Hours, ...]


class Moment(Struct, frozen=True):
    """Where a text says something to come."""

    at: int
    end: int
    session: Session


def runs_in(text: str, day: date) -> Iterator[Run]:
    """What ``text`` says of days and hours, in its order; a day without its year is that which is
    nearest to ``day``, over for two months at most."""
    text = text[:_LONGEST]
    pieces: list[Token] = []
    with suppress(NotRead):
        pieces += scanned(text, level(text), portal_zone())
    at = 0
    while at < len(pieces):
        first = pieces[at]
        before = [*reversed(pieces[max(0, at - 4) : at])]
        led = next((it.plain for it in before if it.sign not in _LINKS), "")
        is_length = first.sign == "H" and led.startswith(_LENGTHS)
        is_misnamed = first.sign in "DSN" and any(it.sign in "dp" for it in before[:1])
        count, when = 0, When()
        if not (is_length or is_misnamed):
            count, when = _longest(pieces[at : at + _MOST], day)
        if count and not led.startswith(_LIMITS):
            timed = [(it.start, it.end) for it in when.sessions if it.start]
            end = pieces[at + count - 1].end
            yield Run(first.end - len(first.text), end, when.sessions, (*timed, *when.hours))
        at += count or 1


def _longest(pieces: Sequence[Token], today: date) -> tuple[int, When]:
    # How many pieces, from the first, say something together, and what.
    stops = (rank for rank, it in enumerate(pieces) if it.sign in _APART or it.plain == "\n")
    count = next(stops, len(pieces)) if pieces[0].sign in _BEGINS else 0
    while count:
        if pieces[count - 1].sign in _ENDS:
            with suppress(NotRead):
                when = read_tokens(pieces[:count], today, supposed=True)
                if (when.sessions or when.hours) and not when.lacks:
                    return count, when
        count -= 1
    return 0, When()


def moments(text: str, day: date) -> list[Moment]:
    """What a text says to come, each with the hours of the day if it says them.

    >>> text = "Samedi 12 décembre de 14h à 16 h 30, puis le 5/1 à midi ; inscription avant le 1/12"
    >>> [(f"{it.session.first}", it.session.start) for it in moments(text, date(2026, 11, 27))]
    [('2026-12-12', datetime.time(14, 0)), ('2027-01-05', datetime.time(12, 0))]
    """
    runs = [*runs_in(text, day)]
    found = []
    for rank, run in enumerate(runs):
        coming = [it for it in run.sessions if (it.last or it.first) >= day]
        hours = next(_near(run, runs[:rank], runs[rank + 1 :]), run)
        if coming and not run.hours:
            timed = product(coming, hours.hours or ((None, None),))
            coming = [replace(it, start=start, end=end) for it, (start, end) in timed]
        end = max(run.end, hours.end)
        found += [Moment(run.at, end, session) for session in coming]
    return found


def _near(run: Run, before: Sequence[Run], after: Sequence[Run]) -> Iterator[Run]:
    # What says the hours of a day: what is behind it, before the next day; what is just before it.
    alone = takewhile(lambda it: not it.sessions, after)
    yield from (it for it in alone if it.at < run.end + _BEHIND)
    yield from (it for it in before[-1:] if it.hours and it.end > run.at - _BEFORE)


def hours_in(text: str, day: date) -> list[Hours]:
    """The hours of the day that a text says, each once, with their ends.

    >>> hours_in("À 16 h 30, ou de 14h à 17h ; durée : 2 h", date(2026, 11, 27))
    [(datetime.time(16, 30), None), (datetime.time(14, 0), datetime.time(17, 0))]
    """
    return [*dict.fromkeys(chain.from_iterable(run.hours for run in runs_in(text, day)))]
