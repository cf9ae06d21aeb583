"""State labels of contents, last days that scripts compare with today, short dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from portail.agenda.loans import tracks
from portail.agenda.weeks import Week
from portail.facts.price import booking_day
from portail.model.articles import Annonce
from portail.model.lieu import Lieu
from portail.model.ressource import Etape, Ressource
from portail.outputs.pages.maps.board import Position, position_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.narrowed import lasting_of
from portail.site.site import Site
from portail.text.opening_hours_text import read_opening_hours

WEEKS = 26
"""Weeks that the strip of loans shows."""

BEFORE = 4
"""How many of them are before the present one."""


class LieuState(Struct, frozen=True):
    """Closures not over (rank, whether it runs), whether the sheet is too old; first and last days
    of the school holidays that its hours depend on, of the present or next time of each season."""

    fermetures: tuple[tuple[int, bool], ...]
    a_verifier: bool
    vacances: tuple[tuple[date, date], ...] = ()
    saisons: tuple[tuple[date, date], ...] = ()


class Preteur(Struct, frozen=True):
    """How to reach the place that lends a tool; its ``site`` when it says nothing else."""

    courriel: str
    telephone: str
    site: str


class CopyState(Struct, frozen=True):
    """Where a copy is (as in ``Track``): the rank of its loan, ``None`` for nobody."""

    exemplaire: int
    rang: int | None
    au: date | None


class RessourceState(Struct, frozen=True):
    """Its copies today, stops over, the Monday where its strip begins (``None``: no strip), where
    each loan takes it."""

    exemplaires: tuple[CopyState, ...]
    finies: int
    debut: date | None
    preteur: Preteur | None
    hotes: tuple[Position | None, ...] = ()


@answer
def state_of(site: Site, ref: str) -> LieuState | RessourceState | None:
    """The state of a place or of a resource; ``None`` for another content."""
    entry = site.items[ref].entry
    day = site.day.date
    if isinstance(entry, Lieu):
        closures = tuple(entry.fermetures_au(day))
        hours = read_opening_hours(entry.horaires_ouverture or "off")
        holidays = site.holidays.own if hours.scolaires else ()
        return LieuState(
            closures,
            entry.a_verifier(day),
            tuple((holiday.du, holiday.au) for holiday in holidays if holiday.au >= day),
            tuple(season.prochaine(day) for rule in hours.regles for season in rule.dates),
        )
    if isinstance(entry, Ressource):
        return RessourceState(
            tuple(_copies(entry, day)) if entry.itinerance else (),
            sum(loan.au < day for loan in entry.itinerance),
            _strip(entry, day),
            _lender(entry, site) if entry.itinerante else None,
            tuple(_host(loan, site) for loan in entry.itinerance),
        )
    return None


def _host(loan: Etape, site: Site) -> Position | None:
    host = site.lieu(loan.lieu)
    position = position_of(host, site) if host else None
    commune = site.geography.by_code(loan.commune) if loan.commune else None
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
    return first if shown else None


def _lender(entry: Ressource, site: Site) -> Preteur | None:
    name = entry.proprietaire
    owner = site.lieu(name)
    lieu = owner.entry if owner else None
    if not isinstance(lieu, Lieu):
        return None
    mail = lieu.courriel or ""
    phone = lieu.telephone or ""
    ways = (mail, phone, "" if mail or phone else lieu.site or "")
    return Preteur(*ways) if any(ways) else None


# A page says of each thing that ends its last day (``data-fin``), which the script of the theme
# compares with the reader’s: facts of the content, so that a new day changes no page.

_NEXT = 7
"""Dates of a card: what has more in a week lasts, and is told by all its days."""


class Ends(NamedTuple):
    """The last day of what is not over yet; the day that its card tells, then those that follow."""

    fin: date | None = None
    suite: tuple[date, ...] = ()


def ends_of(item: Item, site: Site) -> Ends:
    """When ``item`` ends; nothing once it is over, which its card says."""
    if showing := site.showings.get(item.ref):
        return Ends(showing.au)
    last = last_day(item)
    if last is None or last < site.day.date:
        return Ends()
    lasting = lasting_of(item, site)
    return Ends(last, () if lasting else _following(item))


def last_day(item: Item) -> date | None:
    """The last day of a content, over or not; ``None`` for what does not end."""
    entry = item.entry
    if isinstance(entry, Annonce | Ressource):
        return entry.limite
    return max((occurrence.dernier_jour for occurrence in item.occurrences), default=None)


def _following(item: Item) -> tuple[date, ...]:
    """Days of the séances to come, when there are several and the one told is among them."""
    shown = item.prochaine
    if shown is None or not shown.maintenue or shown.etat == "reprogramme":
        return ()
    left = (occurrence for occurrence in item.occurrences[shown.rang :] if occurrence.maintenue)
    days = dict.fromkeys(
        occurrence.premier_jour for occurrence in left if occurrence.nombre_de_jours == 1
    )
    dates = tuple(islice(days, _NEXT))
    return dates if len(dates) > 1 and dates[0] == shown.premier_jour else ()


def booking_end(item: Item) -> date | None:
    """The last day when an event can be booked: its deadline, else its own last day."""
    last = last_day(item)
    deadline = booking_day(item)
    return min(last, deadline) if last and deadline else last
