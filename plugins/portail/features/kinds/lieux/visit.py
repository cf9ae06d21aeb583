"""How one visits a place, as JSON-LD. Only types that are places for schema.org have hours, rooms
and amenities; what it cannot say (ranks in the month, school holidays, comments) is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import DAY, OpeningHours, Rule
from portail.features.services.moteurs.nodes import DAYS, Node, kept
from portail.site.site import Site
from portail.text.typography import capital, euros

from .model import Lieu
from .state import LieuState

# Types of structures that are places for schema.org; the others are organizations.
VENUES = frozenset(
    """Museum Library EventVenue CivicStructure Park LandmarksOrHistoricalBuildings Zoo
    TouristInformationCenter PerformingArtsTheater""".split()
)
# Those that are both (``LocalBusiness``).
BUSINESSES = {"Library", "TouristInformationCenter"}
_SCHEMA = "https://schema.org/"
# Opens and closes at midnight: closed all day.
_SHUT = (0, 0)


def visit_node(entry: Lieu, state: LieuState, kind: str, site: Site) -> Node:
    """What a visitor asks of a place whose type is ``kind``."""
    prices = [price.prix for price in entry.tarifs]
    low, high = (min(prices), max(prices)) if prices else (0, 0)
    span = euros(high) if low == high else f"{euros(low)} – {euros(high)}"
    closures = (
        _opening(_SHUT, du=closure.du, au=closure.au)
        for closure in (entry.fermetures[rank] for rank, _ in state.fermetures)
        if closure.equipement is None
    )
    return {
        "openingHoursSpecification": list(_hours(entry, state)),
        "specialOpeningHoursSpecification": list(closures),
        "amenityFeature": list(_amenities(entry, site)),
        "containsPlace": [
            {
                "@type": "Place",
                "name": capital(site.vocabularies.label("equipements", room.type)),
                "maximumAttendeeCapacity": room.places,
            }
            for room in entry.equipements
            if room.places
        ],
        "isAccessibleForFree": True if entry.prix_connu and not high else None,
        "priceRange": span if kind in BUSINESSES and high else None,
    }


def _hours(entry: Lieu, state: LieuState) -> Iterator[Node]:
    if not entry.horaires_ouverture:
        return
    hours = read_opening_hours(entry.horaires_ouverture)
    yield from _weekly(hours)
    seasons = iter(state.saisons)
    for rule in hours.regles:
        periods = [next(seasons, None) for _ in rule.dates]
        if rule.feries == ("PH",) and not (rule.dates or rule.jours):
            yield from _specifications(rule, ("PublicHolidays",))
        elif rule.dates and not rule.feries and not any(few.rangs for few in rule.jours):
            days = tuple(DAYS[day] for few in rule.jours for day in few.jours)
            for period in filter(None, periods):
                yield from _specifications(rule, days, *period)


def _weekly(hours: OpeningHours) -> Iterator[Node]:
    # The ordinary week: days that have the same span are told together.
    days_of: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for day, name in enumerate(DAYS):
        of_day = (
            rule
            for rule in hours.regles
            if rule.is_weekly and (not rule.jours or any(day in few.jours for few in rule.jours))
        )
        for rule in hours.among(of_day):
            for span in rule.heures:
                days_of[span.debut, span.fin].append(name)
    for bounds, names in days_of.items():
        yield _opening(bounds, names)


def _specifications(
    rule: Rule, days: Iterable[str], du: date | None = None, au: date | None = None
) -> Iterator[Node]:
    spans = [(span.debut, span.fin) for span in rule.heures] or [_SHUT] * rule.ferme
    for bounds in spans:
        yield _opening(bounds, days, du, au)


def _opening(
    bounds: tuple[int, int | None],
    days: Iterable[str] = (),
    du: date | None = None,
    au: date | None = None,
) -> Node:
    start, end = bounds
    closes = None
    if end is not None:
        closes = "23:59" if end == DAY else _clock(end % DAY)
    node = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"{_SCHEMA}{day}" for day in days],
        "opens": _clock(start),
        "closes": closes,
        "validFrom": du and du.isoformat(),
        "validThrough": au and au.isoformat(),
    }
    return kept(node)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _amenities(entry: Lieu, site: Site) -> Iterator[Node]:
    # Facilities, and to whom it is accessible or not; nothing unknown, nor in part only.
    for room in entry.equipements:
        yield _feature(site.vocabularies.label("equipements", room.type), available=True)
    if entry.accessibilite is None:
        return
    for code in entry.accessibilite.equipements:
        yield _feature(site.vocabularies.label("equipements-accessibilite", code), available=True)
    for name, level in entry.accessibilite.niveaux.items():
        if level in ("oui", "non"):
            yield _feature(
                f"Accessible : {site.vocabularies.label('handicaps', name)}",
                available=level == "oui",
            )


def _feature(name: str, *, available: bool) -> Node:
    return {"@type": "LocationFeatureSpecification", "name": capital(name), "value": available}
