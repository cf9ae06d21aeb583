"""What the day and a lender make of a place or a tool: plain values, for its page and its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portail.agenda.loans import tracks
from portail.agenda.weeks import Week
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Etape, Ressource
from portail.outputs.pages.maps import Position, position_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.opening_hours_text import read_opening_hours

__all__ = ["BEFORE", "WEEKS", "CopyState", "LieuState", "Preteur", "RessourceState", "state_of"]

WEEKS = 26
"""Weeks that the strip of loans shows."""

BEFORE = 4
"""How many of them are before the present one."""


@dataclass(frozen=True, slots=True)
class LieuState:
    """Closures that are not over (rank, whether it runs), whether the sheet is too old; as first
    and last days, the school holidays that its hours depend on, and the present or next time of
    each season of its rules, in their order."""

    fermetures: tuple[tuple[int, bool], ...]
    a_verifier: bool
    vacances: tuple[tuple[date, date], ...] = ()
    saisons: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Preteur:
    """How to reach the place that lends a tool; its ``site`` when it says nothing else."""

    courriel: str
    telephone: str
    site: str


@dataclass(frozen=True, slots=True)
class CopyState:
    """Where a copy is: the rank of its loan, or ``None`` when nobody has it; ``au`` is its last
    day there, ``None`` when nothing is planned after. ``exemplaire`` is as in ``Track``."""

    exemplaire: int
    rang: int | None
    au: date | None


@dataclass(frozen=True, slots=True)
class RessourceState:
    """A tool that is lent: its copies today, how many stops are over, the Monday where its strip
    begins (``None``: no loan would show); where each loan takes it, when that is known."""

    exemplaires: tuple[CopyState, ...]
    finies: int
    debut: date | None
    preteur: Preteur | None
    hotes: tuple[Position | None, ...] = ()


def state_of(item: Item, site: Site) -> LieuState | RessourceState | None:
    """The state of a place or of a resource; ``None`` for another content."""
    entry, day = item.entry, site.day.date
    if isinstance(entry, Lieu):
        closures = tuple(entry.fermetures_au(day))
        hours = read_opening_hours(entry.horaires_ouverture or "off")
        return LieuState(
            closures,
            entry.a_verifier(day),
            tuple(_holidays(site)) if hours.scolaires else (),
            tuple(one.prochaine(day) for rule in hours.regles for one in rule.dates),
        )
    if isinstance(entry, Ressource):
        return RessourceState(
            tuple(_copies(entry, day)) if entry.itinerance else (),
            sum(one.au < day for one in entry.itinerance),
            _strip(entry, day),
            _lender(entry, site) if entry.itinerante else None,
            tuple(_host(one, site) for one in entry.itinerance),
        )
    return None


def _holidays(site: Site) -> Iterator[tuple[date, date]]:
    """School holidays to come or running."""
    known = site.holidays.own
    yield from ((one.du, one.au) for one in known if one.au >= site.day.date)


def _host(loan: Etape, site: Site) -> Position | None:
    """Where a loan takes the tool: its lieu, else its commune."""
    found = site.find(loan.lieu, Kind.LIEU) if loan.lieu else None
    known = position_of(found, site) if found else None
    commune = site.geography.by_code(loan.commune) if loan.commune else None
    if known or commune is None or commune.lat is None or commune.lon is None:
        return known
    return Position(commune.lat, commune.lon, commune)


def _copies(entry: Ressource, day: date) -> list[CopyState]:
    number = entry.exemplaires
    end = max(day, *(one.au for one in entry.itinerance))
    found = []
    for track in tracks(entry.itinerance, number, day, end):
        span = track.spans[0]
        if track.exemplaire or span.du == day:
            planned = span.rang is not None or len(track.spans) > 1
            found.append(CopyState(track.exemplaire, span.rang, span.au if planned else None))
    return found


def _strip(entry: Ressource, day: date) -> date | None:
    first = Week.of(day).first - timedelta(weeks=BEFORE)
    last = first + timedelta(weeks=WEEKS)
    shown = any(one.du < last and one.au >= first for one in entry.itinerance)
    return first if shown else None


def _lender(entry: Ressource, site: Site) -> Preteur | None:
    name = entry.proprietaire
    found = site.find(name, Kind.LIEU) if name else None
    lieu = found.entry if found else None
    if not isinstance(lieu, Lieu):
        return None
    mail, phone = lieu.courriel or "", lieu.telephone or ""
    return Preteur(mail, phone, "" if mail or phone else lieu.site or "")
