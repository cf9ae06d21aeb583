"""The list of the yearly rendezvous begins with their year: a wheel, and the table that tells it.

The wheel is an image of the table. January is at the top, months turn as the hands of a clock; a
rendezvous is an arc over its months, as far outside as those of the same months allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from math import cos, radians, sin

from portail.model.kinds import Kind
from portail.model.temps_fort import TempsFort
from portail.outputs.base import TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.kind_lists import kind_lists
from portail.outputs.pages.paging import Pages
from portail.outputs.pages.temps_fort import days_of
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.views.wheel import ArcRoue, MoisRoue, RangRoue, Roue, RoueView
from portail.site.editions import is_to_come, shown, years_of
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import edition_of
from portail.text.calendar_names import MOIS, MOIS_COURTS
from portail.text.inline import plain
from portail.text.typography import capital, small

__all__ = ["plan_wheel"]

_SIDE, _NAMES, _OUTER, _INNER = 440.0, 199.0, 172.0, 58.0
"""The square; radii of the names of months, of the ring of arcs and of its hole."""
_MIDDLE = _SIDE / 2
_THICKEST, _BETWEEN, _GAP = 36.0, 4.0, 1.5
"""Units of an arc at most, of the space to the next; degrees left free at each end of an arc."""
_MONTH = 30


def plan_wheel(site: Site, planned: Iterator[TemplatePage]) -> Iterator[TemplatePage]:
    """The pages of the list, the first one with the wheel."""
    first = next(planned)
    yield drawn(site, first.url, "temps-forts.html", _show, sitemap=first.sitemap)
    yield from planned


def _show(site: Site) -> RoueView:
    (listing,) = kind_lists(site, Kind.TEMPS_FORT)
    view = Pages(site, listing).view(1)
    shown = {one.name: getattr(view, one.name) for one in fields(view)}
    return RoueView(**shown, roue=_wheel(site))


def _wheel(site: Site) -> Roue:
    spread = [(item, _months(item, site)) for item in site.of_kind(Kind.TEMPS_FORT)]
    placed = sorted((one for one in spread if one[1]), key=lambda one: (one[1][0], -len(one[1])))
    numbers = {item.ref: rank for rank, (item, _) in enumerate(placed, start=1)}
    rows = {item.ref: _row(item, site, numbers.get(item.ref, 0)) for item, _ in spread}
    rings = _rings([months for _, months in placed])
    step = min(_THICKEST + _BETWEEN, (_OUTER - _INNER) / (max(rings, default=0) + 1))
    arcs = [
        _arc(rows[item.ref], run, _OUTER - step * (ring + 0.5))
        for (item, months), ring in zip(placed, rings, strict=True)
        for run in _runs(months)
    ]
    return Roue(
        _SIDE,
        round(step - _BETWEEN, 1),
        tuple(
            _month(number, [rows[item.ref] for item, months in placed if number in months])
            for number in range(1, 13)
        ),
        tuple(arcs),
        tuple(rows[item.ref] for item, months in spread if not months),
    )


def _months(item: Item, site: Site) -> tuple[int, ...]:
    """Its months, else those of the edition that its page tells; in order."""
    entry = item.entry
    assert isinstance(entry, TempsFort)
    if entry.mois:
        return tuple(sorted(set(entry.mois)))
    told = shown(years_of(item, site), site.day.date)
    edition = told.edition if told else None
    first = edition and (edition.du or edition.au)
    last = edition and (edition.au or edition.du)
    if not first or not last:
        return ()
    count = min(12, 12 * (last.year - first.year) + last.month - first.month + 1)
    return tuple(sorted((first.month + n - 1) % 12 + 1 for n in range(count)))


def _row(item: Item, site: Site, number: int) -> RangRoue:
    entry = item.entry
    assert isinstance(entry, TempsFort)
    told = shown(years_of(item, site), site.day.date)
    days = days_of(told.edition) if told else ""
    over = days and told and not is_to_come(told.edition, site.day.date)
    when = f"Dernière édition : {small(days)}" if over else days
    page = edition_of(item.url, told.annee) if told and told.told else ""
    return RangRoue(
        number,
        Lien(plain(entry.titre), item.url),
        Lien(when, page) if when else Lien("Dates non précisées"),
        entry.themes[0] if entry.themes else "",
    )


def _rings(spread: Sequence[Sequence[int]]) -> list[int]:
    """For each list of months, the outermost ring where none of them is taken."""
    taken: list[set[int]] = []
    found = []
    for months in spread:
        ring = next((n for n, some in enumerate(taken) if some.isdisjoint(months)), len(taken))
        if ring == len(taken):
            taken.append(set())
        taken[ring].update(months)
        found.append(ring)
    return found


def _runs(months: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Months on end, as the first and how many; December and January follow one another."""
    if len(months) == 12:
        yield 1, 12
        return
    held = set(months)
    for first in months:
        if (first - 2) % 12 + 1 not in held:
            count = 1
            while (first + count - 1) % 12 + 1 in held:
                count += 1
            yield first, count


def _arc(row: RangRoue, run: tuple[int, int], radius: float) -> ArcRoue:
    first, count = run
    start, end = (first - 1) * _MONTH + _GAP, (first - 1 + count) * _MONTH - _GAP
    last = (first + count - 2) % 12
    when = MOIS[first - 1] if count == 1 else f"{MOIS[first - 1]} – {MOIS[last]}"
    x, y = _at(radius, (start + end) / 2)
    link = Lien(row.lien.texte, row.lien.url, when)
    return ArcRoue(link, row.numero, row.theme, _path(radius, start, end), x, y)


def _month(number: int, rows: Sequence[RangRoue]) -> MoisRoue:
    start, end = (number - 1) * _MONTH, number * _MONTH
    x, y = _at(_NAMES, (start + end) / 2)
    inner, corner = _path(_INNER, end, start, back=True), _at(_OUTER, start)
    sector = f"{_path(_OUTER, start, end)}L{inner[1:]}L{corner[0]:g} {corner[1]:g}"
    name = capital(MOIS[number - 1])
    return MoisRoue(number, name, MOIS_COURTS[number - 1], x, y, sector, tuple(rows))


def _at(radius: float, degrees: float) -> tuple[float, float]:
    """A point, from the top, as the hands of a clock turn."""
    angle = radians(degrees)
    return round(_MIDDLE + radius * sin(angle), 1), round(_MIDDLE - radius * cos(angle), 1)


def _path(radius: float, start: float, end: float, *, back: bool = False) -> str:
    """An arc of a circle as an SVG path; ``back`` against the hands of the clock."""
    (x1, y1), (x2, y2) = _at(radius, start), _at(radius, end)
    large, sweep = int(abs(end - start) > 180), int(not back)
    return f"M{x1:g} {y1:g}A{radius:g} {radius:g} 0 {large} {sweep} {x2:g} {y2:g}"
