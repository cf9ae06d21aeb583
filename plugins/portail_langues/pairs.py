"""Which pages exist in each language, below ``/en/``, and the French page that each stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.weeks import Month, Week
from portail.features.kinds.lieux.model import Lieu
from portail.features.services.agenda.links import periods_of
from portail.model.kinds import PLACES as KINDS_OF_PLACES
from portail.model.kinds import info_of
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.showings import is_visited
from portail.site.site import Site
from portail.site.subscriptions import Ways
from portail.site.urls import HOME, month_of

from .catalogues import LANGUAGES, name_of

# Below the address of a language: the same words for all of them.
PLACES = "places/"
LIST = info_of(KINDS_OF_PLACES).listing
# « The next fourteen days », today among them.
_WINDOW = timedelta(days=13)
# References of contents, in the order of pages.
Refs: TypeAlias = tuple[str, ...]
# What orders an event among others: whether it lasts, the day on which it is told there, when it
# begins.
_Row: TypeAlias = tuple[bool, date, datetime, str]


class _Coming(NamedTuple):
    soon: list[_Row]
    months: Mapping[Month, list[_Row]]
    # Where each event is told first.
    first: Mapping[str, Month]


@per_site
def _coming(site: Site) -> _Coming:
    today = site.day.date
    pages = {month for month in periods_of(site).months if month.last >= today}
    soon: dict[str, _Row] = {}
    months: dict[Month, dict[str, _Row]] = defaultdict(dict)
    first: dict[str, Month] = {}
    for item in site.dated:
        if item.is_over or not item.listed:
            continue
        for occurrence in item.coming:
            start = max(occurrence.first_day, today)
            end = occurrence.last_day
            if start - today <= _WINDOW:
                soon.setdefault(item.ref, (occurrence.is_long, start, occurrence.debut, item.ref))
            month = Month.of(start)
            while month.first <= end:
                if month in pages:
                    first.setdefault(item.ref, month)
                    row = occurrence.is_long, max(start, month.first), occurrence.debut, item.ref
                    months[month].setdefault(item.ref, row)
                month = month.next
    return _Coming(
        sorted(soon.values()),
        {month: sorted(rows.values()) for month, rows in sorted(months.items())},
        first,
    )


class Told(Struct, frozen=True):
    """What a page tells of events: its days, those of a day, those that last."""

    first: date
    last: date
    dated: Refs
    lasting: Refs
    # Those of the week-end that comes, or is here, which ``dated`` has not.
    week_end: Refs = ()


@answer
def fortnight(site: Site) -> Told:
    today = site.day.date
    told = _told(today, today + _WINDOW, _coming(site).soon)
    last = Week.of(today).last
    days = last - timedelta(days=1), last
    items = (site.items[ref] for ref in told.dated)
    soon = tuple(
        item.ref
        for item in items
        if any(occurrence.first_day in days for occurrence in item.coming)
    )
    return replace(told, dated=tuple(ref for ref in told.dated if ref not in soon), week_end=soon)


@answer
def of_month(site: Site, year: int, number: int) -> Told:
    month = Month(year, number)
    rows = _coming(site).months[month]
    return _told(max(month.first, site.day.date), month.last, rows)


def _told(first: date, last: date, rows: Sequence[_Row]) -> Told:
    of_a_day, lasting = (
        tuple(ref for lasts, _, _, ref in rows if lasts is sort) for sort in (False, True)
    )
    return Told(first, last, of_a_day, lasting)


@answer
def months(site: Site) -> tuple[Month, ...]:
    return tuple(_coming(site).months)


@answer
def places(site: Site) -> Refs:
    """Places where one goes, in the order of lists."""
    return tuple(item.ref for item in site.places if _is_here(item, site))


def _is_here(lieu: Item, site: Site) -> bool:
    # Whether one goes there without leaving the region.
    home = site.geography.home
    ground = site.departement_of(lieu)
    here = home is None or (ground is not None and ground.region == home.code)
    return here and is_visited(lieu.entry, site.vocabularies)


@answer
def is_indexed(site: Site) -> bool:
    """Whether something that is told is no example: else engines are kept away."""
    refs = {*_coming(site).first, *places(site)}
    return any(not site.items[ref].entry.exemple for ref in refs)


def has_page(lieu: Item, site: Site) -> bool:
    """Whether a place has a page in other languages: one goes there, and knows when, or for how
    much."""
    entry = lieu.of(Lieu)
    visit_facts = entry.horaires_ouverture or entry.tarifs
    return bool(visit_facts) and _is_here(lieu, site)


def below(month: Month) -> str:
    return f"{month.year:04d}-{month.month:02d}/"


def place_below(lieu: Item) -> str:
    return f"{PLACES}{lieu.entry.slug}/"


@per_site
def _pages(site: Site) -> Mapping[str, str]:
    """What stands, below the address of a language, for a French page, by its site path."""
    pages = {HOME: ""}
    pages |= {month_of(month): below(month) for month in months(site)}
    if places(site):
        pages[LIST] = PLACES
    lieux = (site.items[ref] for ref in places(site))
    pages |= {lieu.url: place_below(lieu) for lieu in lieux if has_page(lieu, site)}
    events = ((site.items[ref], month) for ref, month in _coming(site).first.items())
    return pages | {item.url: f"{below(month)}#{item.entry.slug}" for item, month in events}


@per_site
def _names(site: Site) -> tuple[tuple[str, str], ...]:
    return tuple((code, name_of(code)) for code in site.config.added[LANGUAGES])


@per_site
def _ways(site: Site) -> Mapping[str, Ways]:
    names = _names(site)
    return {
        url: Ways(langues=tuple([(code, name, f"/{code}/{path}") for code, name in names]))
        for url, path in _pages(site).items()
    }


def ways(site: Site, page: str) -> Ways:
    """Pages that tell in other languages what a French page does."""
    return _ways(site).get(page, _NO_WAYS)


_NO_WAYS = Ways()


def former(site: Site) -> Iterator[tuple[str, str]]:
    """Months that are over, places that are there no more."""
    for code, _ in _names(site):
        yield f"/{code}/{PLACES}:slug/", f"/{code}/{PLACES}"
        yield f"/{code}/:mois/", f"/{code}/"
