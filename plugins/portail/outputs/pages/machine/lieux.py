"""A place for engines: when it is open, what one finds there (https://schema.org/Place).

Only types that are places for schema.org have hours, rooms and amenities; what the vocabulary
cannot say (ranks in the month, school holidays, comments) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from portail.model.lieu import Lieu
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.machine.nodes import BUSINESSES, Node, kept
from portail.outputs.pages.states import LieuState
from portail.text.numbers import euros
from portail.text.opening_hours import DAY, OpeningHours, Rule
from portail.text.opening_hours_text import read_opening_hours
from portail.text.typography import capital

__all__ = ["visit_node"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SCHEMA = "https://schema.org/"
_SHUT = (0, 0)
"""Opens and closes at midnight: closed all day."""


def visit_node(entry: Lieu, state: LieuState | None, kind: str, kit: Kit) -> Node:
    """What a visitor asks of a place whose type is ``kind``."""
    prices = [one.prix for one in entry.tarifs]
    low, high = (min(prices), max(prices)) if prices else (0, 0)
    span = euros(high) if low == high else f"{euros(low)} – {euros(high)}"
    closures = (
        _opening(_SHUT, du=one.du, au=one.au)
        for rank, _ in (state.fermetures if state else ())
        for one in (entry.fermetures[rank],)
    )
    return {
        "openingHoursSpecification": list(_hours(entry, state)),
        "specialOpeningHoursSpecification": list(closures),
        "amenityFeature": list(_amenities(entry, kit)),
        "containsPlace": list(_rooms(entry, kit)),
        "isAccessibleForFree": True if prices and not high else None,
        "priceRange": span if kind in BUSINESSES and high else None,
    }


def _hours(entry: Lieu, state: LieuState | None) -> Iterator[Node]:
    if not entry.horaires_ouverture:
        return
    hours = read_opening_hours(entry.horaires_ouverture)
    yield from _weekly(hours)
    seasons = iter(state.saisons if state else ())
    for rule in hours.regles:
        periods = [next(seasons, None) for _ in rule.dates]
        if rule.feries == ("PH",) and not (rule.dates or rule.jours):
            yield from _specifications(rule, ("PublicHolidays",))
        elif rule.dates and not rule.feries and not any(one.rangs for one in rule.jours):
            days = tuple(_DAYS[one] for span in rule.jours for one in span.jours)
            for period in filter(None, periods):
                yield from _specifications(rule, days, *period)


def _weekly(hours: OpeningHours) -> Iterator[Node]:
    """The ordinary week: days that have the same span are told together."""
    found: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for day, name in enumerate(_DAYS):
        about = (
            one
            for one in hours.regles
            if one.hebdomadaire and (not one.jours or any(day in few.jours for few in one.jours))
        )
        for rule in hours.among(about):
            for span in rule.heures:
                found[span.debut, span.fin].append(name)
    for bounds, names in found.items():
        yield _opening(bounds, names)


def _specifications(
    rule: Rule, days: Iterable[str], du: date | None = None, au: date | None = None
) -> Iterator[Node]:
    bounds = [(one.debut, one.fin) for one in rule.heures] or [_SHUT] * rule.ferme
    for one in bounds:
        yield _opening(one, days, du, au)


def _opening(
    bounds: tuple[int, int | None],
    days: Iterable[str] = (),
    du: date | None = None,
    au: date | None = None,
) -> Node:
    start, end = bounds
    return kept({
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"{_SCHEMA}{one}" for one in days],
        "opens": _clock(start),
        "closes": None if end is None else "23:59" if end == DAY else _clock(end % DAY),
        "validFrom": du.isoformat() if du else None,
        "validThrough": au.isoformat() if au else None,
    })  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _amenities(entry: Lieu, kit: Kit) -> Iterator[Node]:
    """Facilities that are there, and to whom it is accessible or not; nothing of what is unknown,
    nor of what is so in part only."""
    for room in entry.equipements:
        yield _feature(kit.label("equipements", room.type), there=True)
    if entry.accessibilite is None:
        return
    for code in entry.accessibilite.equipements:
        yield _feature(kit.label("equipements-accessibilite", code), there=True)
    for name, level in entry.accessibilite.niveaux.items():
        if level in ("oui", "non"):
            yield _feature(f"Accessible : {kit.label('handicaps', name)}", there=level == "oui")


def _feature(name: str, *, there: bool) -> Node:
    return {"@type": "LocationFeatureSpecification", "name": capital(name), "value": there}


def _rooms(entry: Lieu, kit: Kit) -> Iterator[Node]:
    """Rooms whose seats are told."""
    for room in entry.equipements:
        if room.places:
            name = capital(kit.label("equipements", room.type))
            yield {"@type": "Place", "name": name, "maximumAttendeeCapacity": room.places}
