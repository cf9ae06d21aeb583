"""What the day makes of a tool that is lent: where its copies are, how one reaches who lends it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.features.services.prets.loans import tracks
from portail.model.place import PlaceEntry
from portail.model.resource import Etape
from portail.site.memo import answer
from portail.site.positions import Position, position_of
from portail.site.site import Site

from .model import Ressource

# Weeks that the strip of loans shows.
WEEKS = 26

# How many of them are before the present one.
BEFORE = 4


class Preteur(Struct, frozen=True):
    """How to reach the place that lends a tool."""

    courriel: str
    telephone: str
    # Its site, when it says neither of the two.
    site: str


class CopyState(Struct, frozen=True):
    """Where a copy is (as in ``Track``)."""

    exemplaire: int
    rang: int | None
    au: date | None


class ToolState(Struct, frozen=True):
    """The state of a tool on the day of the build."""

    exemplaires: tuple[CopyState, ...]
    finies: int
    # The Monday on which its strip begins; ``None`` for no strip.
    debut: date | None
    preteur: Preteur | None
    # The first day that one may still ask for; ``None`` for a tool that can be had at once.
    des: date | None = None
    # Where each loan takes it.
    hotes: tuple[Position | None, ...] = ()


@answer
def tool_state(site: Site, ref: str) -> ToolState:
    entry = site.items[ref].of(Ressource)
    day = site.day.date
    return ToolState(
        tuple(_copies(entry, day)) if entry.itinerance else (),
        sum(loan.au < day for loan in entry.itinerance),
        _strip(entry, day),
        preteur=_lender(entry, site) if entry.itinerante else None,
        des=entry.had_from(day) if entry.delai else None,
        hotes=tuple(_host(loan, site) for loan in entry.itinerance),
    )


def _host(loan: Etape, site: Site) -> Position | None:
    place = site.lieu(loan.lieu)
    position = position_of(place, site) if place else None
    commune = None
    if loan.commune:
        commune = site.geography.by_code(loan.commune)
    if position or commune is None or commune.lat is None or commune.lon is None:
        return position
    return Position(commune.lat, commune.lon, commune)


def _copies(entry: Ressource, day: date) -> list[CopyState]:
    number = entry.exemplaires
    end = max(day, *(loan.au for loan in entry.itinerance))
    copies = []
    for track in tracks(entry.itinerance, number, day, end):
        span = track.spans[0]
        if track.exemplaire or span.du == day:
            planned = span.rang is not None or len(track.spans) > 1
            copies.append(CopyState(track.exemplaire, span.rang, span.au if planned else None))
    return copies


def _strip(entry: Ressource, day: date) -> date | None:
    first = Week.of(day).first - timedelta(weeks=BEFORE)
    last = first + timedelta(weeks=WEEKS)
    shown = any(loan.du < last and loan.au >= first for loan in entry.itinerance)
    if shown:
        return first
    return None


def _lender(entry: Ressource, site: Site) -> Preteur | None:
    owner = site.lieu(entry.proprietaire)
    place = owner.entry if owner else None
    if not isinstance(place, PlaceEntry):
        return None
    mail = place.courriel or ""
    phone = place.telephone or ""
    ways = (mail, phone, "" if mail or phone else place.site or "")
    if any(ways):
        return Preteur(*ways)
    return None
