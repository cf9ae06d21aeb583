"""The year of the yearly rendezvous: a wheel of months, then their list; and the next of them, on
the home page of a portal that announces no outing of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, radians, sin
from types import SimpleNamespace

from msgspec import Struct
from msgspec.structs import asdict, replace

from portail.agenda.programme import upcoming
from portail.features.services.editions.editions import (
    coming_edition,
    edition_days,
    expected,
    expected_days,
    is_to_come,
    shown,
    years_of,
)
from portail.model.kinds import YEARLY, info_of
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.lists.listings import kind_lists
from portail.outputs.pages.lists.paging import Listing, filled, listed, plan_lists
from portail.outputs.pages.slots import EDITION
from portail.outputs.pages.views.lists import Bloc, ListingView
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.dates import MOIS, MOIS_COURTS
from portail.text.typography import capital, plain, small

from .model import TempsFort


class RangRoue(Struct, frozen=True):
    """A rendezvous in the table: its number on the wheel, in the order of the table (0: not on it),
    its days, or why not."""

    numero: int
    lien: Lien
    dates: Lien
    theme: str


class Roue(Struct, frozen=True):
    """A square of ``cote`` units; ``mois`` begin with the present one; ``toute_annee`` are those of
    no month in particular."""

    cote: float
    epaisseur: float
    mois: tuple[SimpleNamespace, ...]
    arcs: tuple[SimpleNamespace, ...]
    toute_annee: tuple[RangRoue, ...]


class RoueView(ListingView, frozen=True, kw_only=True):
    roue: Roue


# The wheel is an image of the table: January at the top, months turn as the hands of a clock, a
# rendezvous is an arc over its months, as far outside as those of the same months allow.

# Side of the square that holds the wheel.
_SIDE = 440.0
# Radius of the circle on which the names of months stand.
_NAMES = 199.0
# Outer radius of the ring of arcs.
_OUTER = 172.0
# Its inner radius.
_INNER = 58.0
_MIDDLE = _SIDE / 2
# Thickness of an arc at most.
_THICKEST = 36.0
# Space between an arc and the next one outside it.
_BETWEEN = 4.0
# Degrees left free at each end of an arc: two rendezvous that follow each other stay apart.
_GAP = 1.5
_MONTH = 30


def plan_list(site: Site) -> Iterator[TemplatePage]:
    """The pages of the list, whose first one has the wheel."""
    if pages := [*plan_lists(_list, site)]:
        first, *rest = pages
        yield drawn(site, first.url, "temps-forts.html", _show_first, sitemap=first.sitemap)
        yield from rest


@listed
def _list(site: Site) -> tuple[Listing, ...]:
    return kind_lists(site, YEARLY[0])


def _show_first(site: Site) -> RoueView:
    (pages,) = _list(site).values()
    first = filled(site, *pages.told(1))
    return RoueView(**asdict(first), roue=_wheel(site))


def _wheel(site: Site) -> Roue:
    spread = [(item, _months(item, site)) for item in site.of_kinds(YEARLY)]
    placed = sorted(
        (pair for pair in spread if pair[1]), key=lambda pair: (pair[1][0], -len(pair[1]))
    )
    order = _from_now(site)
    listed = sorted(placed, key=lambda pair: min(map(order.index, pair[1])))
    numbers = {item.ref: rank for rank, (item, _) in enumerate(listed, start=1)}
    rows = {item.ref: _row(item, site, numbers.get(item.ref, 0)) for item, _ in spread}
    rings = _rings([months for _, months in placed])
    step = min(_THICKEST + _BETWEEN, (_OUTER - _INNER) / (max(rings, default=0) + 1))
    arcs: list[SimpleNamespace] = []
    for (item, months), ring in zip(placed, rings, strict=True):
        arcs.extend(
            _arc(rows[item.ref], run, _OUTER - step * (ring + 0.5)) for run in _runs(months)
        )
    return Roue(
        _SIDE,
        round(step - _BETWEEN, 1),
        tuple(
            _month(
                number,
                [
                    _month_row(number, rows[item.ref], months, item, site)
                    for item, months in listed
                    if number in months
                ],
            )
            for number in order
        ),
        tuple(arcs),
        tuple(rows[item.ref] for item, months in spread if not months),
    )


@answer
def _from_now(site: Site) -> tuple[int, ...]:
    first = site.day.date.month
    return (*range(first, 13), *range(1, first))


def _months(item: Item, site: Site) -> tuple[int, ...]:
    return tuple(sorted(set(item.of(TempsFort).mois))) or _months_of_edition(item, site)


def _months_of_edition(item: Item, site: Site) -> tuple[int, ...]:
    year = shown(years_of(item, site), site.day.date)
    edition = year.edition if year else None
    if edition is None or edition.jours is None:
        return ()
    first, last = edition.jours
    count = min(12, 12 * (last.year - first.year) + last.month - first.month + 1)
    return tuple(sorted((first.month + n - 1) % 12 + 1 for n in range(count)))


def _month_row(
    month: int, row: RangRoue, months: tuple[int, ...], item: Item, site: Site
) -> RangRoue:
    # The row of one of its months; for the days of an edition that are in another season, those
    # that its rule lets expect in this one.
    edition_months = set(_months_of_edition(item, site))
    seasons = ({(first + n - 1) % 12 + 1 for n in range(count)} for first, count in _runs(months))
    season = next(season_months for season_months in seasons if month in season_months)
    if edition_months.isdisjoint(months) or not edition_months.isdisjoint(season):
        return row
    days = expected_days(item, site.day.date, season)
    return replace(row, dates=Lien(days or WORDS["listes"]["sans_dates"]))


def _row(item: Item, site: Site, number: int) -> RangRoue:
    entry = item.of(TempsFort)
    year = shown(years_of(item, site), site.day.date)
    today = site.day.date
    words = WORDS["listes"]
    edition = year.edition if year else None
    days = edition_days(edition)
    when = days
    if not is_to_come(edition, today):
        last = days and words["derniere"].format(jours=small(days))
        when = expected_days(item, today) or last
    page = ""
    if when and year and year.told:
        page = EDITION.ask(site, item.url, year.annee)
    return RangRoue(
        number,
        Lien(plain(entry.titre), item.url),
        Lien(when or words["sans_dates"], page),
        item.theme,
    )


def _rings(spread: Sequence[Sequence[int]]) -> list[int]:
    # For each list of months, the outermost ring where none of them is taken.
    taken: list[set[int]] = []
    rings = []
    for months in spread:
        ring = next(
            (n for n, taken_months in enumerate(taken) if taken_months.isdisjoint(months)),
            len(taken),
        )
        if ring == len(taken):
            taken.append(set())
        taken[ring].update(months)
        rings.append(ring)
    return rings


def _runs(months: Sequence[int]) -> Iterator[tuple[int, int]]:
    # Months on end, as the first and how many; December and January follow one another.
    if len(months) == 12:
        yield 1, 12
        return
    month_set = set(months)
    for first in months:
        if (first - 2) % 12 + 1 not in month_set:
            count = 1
            while (first + count - 1) % 12 + 1 in month_set:
                count += 1
            yield first, count


def _arc(row: RangRoue, run: tuple[int, int], radius: float) -> SimpleNamespace:
    first, count = run
    start = (first - 1) * _MONTH + _GAP
    end = (first - 1 + count) * _MONTH - _GAP
    last = (first + count - 2) % 12
    when = MOIS[first - 1] if count == 1 else f"{MOIS[first - 1]} – {MOIS[last]}"
    x, y = _at(radius, (start + end) / 2)
    link = Lien(row.lien.texte, row.lien.url, when)
    return SimpleNamespace(
        lien=link, numero=row.numero, theme=row.theme, trace=_path(radius, start, end), x=x, y=y
    )


def _month(number: int, rows: Sequence[RangRoue]) -> SimpleNamespace:
    start = (number - 1) * _MONTH
    end = number * _MONTH
    x, y = _at(_NAMES, (start + end) / 2)
    inner = _path(_INNER, end, start, back=True)
    corner = _at(_OUTER, start)
    sector = f"{_path(_OUTER, start, end)}L{inner[1:]}L{corner[0]:g} {corner[1]:g}"
    name = capital(MOIS[number - 1])
    return SimpleNamespace(
        numero=number,
        nom=name,
        court=MOIS_COURTS[number - 1],
        x=x,
        y=y,
        trace=sector,
        rangs=tuple(rows),
    )


def _at(radius: float, degrees: float) -> tuple[float, float]:
    # A point, from the top, as the hands of a clock turn.
    angle = radians(degrees)
    return round(_MIDDLE + radius * sin(angle), 1), round(_MIDDLE - radius * cos(angle), 1)


def _path(radius: float, start: float, end: float, *, back: bool = False) -> str:
    # An arc of a circle as an SVG path; ``back`` against the hands of the clock.
    (x1, y1), (x2, y2) = _at(radius, start), _at(radius, end)
    large = int(abs(end - start) > 180)
    sweep = int(not back)
    return f"M{x1:g} {y1:g}A{radius:g} {radius:g} 0 {large} {sweep} {x2:g} {y2:g}"


_FEW = 6


def home_bloc(site: Site) -> Iterator[Bloc]:
    refs = _next(site)
    if refs:
        cards = tuple(card_of(site, ref) for ref in refs)
        url = info_of(YEARLY).listing
        yield Bloc(WORDS["accueil"]["annee"], cards, url, "simples", ancre="Annee", avenir=True)


@answer
def _next(site: Site) -> tuple[str, ...]:
    """The rendezvous whose days come first; none where an outing that is true is announced."""
    today = site.day.date
    announced = {showing.ref for _, showing in upcoming(site.indexes.programme, today, today)}
    if not all(site.on(ref).entry.exemple for ref in announced - site.told.keys()):
        return ()
    days = (
        (day, item.ref)
        for item in site.of_kinds(YEARLY)
        if not item.entry.exemple and (day := _next_day(item, site, today))
    )
    return tuple(ref for _, ref in sorted(days)[:_FEW])


def _next_day(item: Item, site: Site, today: date) -> date | None:
    edition = coming_edition(item, site, today)
    span = (edition and edition.jours) or expected(item, today)
    return span and span[0]
