"""The values of events, by which the agenda is narrowed."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.event import Event
from portail.model.parts import Age
from portail.model.vocabulary import Vocabularies
from portail.site.facet_readers import accessible
from portail.site.facets import AGES, OUI, PARTOUT, RESERVED, Pair
from portail.site.item import Item


def _holds(youngest: int, oldest: int, code: str) -> bool:
    """Whether some age of a value (« 7-9 ») is among those of an event, both bounds included.

    >>> _holds(8, 120, "7-9"), _holds(8, 120, "4-6"), _holds(0, 9, "10-12")
    (True, False, False)
    """
    first, last = map(int, code.split("-"))
    return youngest <= last and oldest >= first


def _ages(age: Age | None) -> Iterator[Pair]:
    """The ages that an event says it is for."""
    if bounds := age.bornes if age else None:
        yield from (("age", value.code) for value in AGES if _holds(*bounds, value.code))


def event_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    """Those of its own facets."""
    entry = item.of(Event)
    yield from _ages(entry.age)
    yield from (("format", code) for code in entry.format)
    yield from (("dedans-dehors", code) for code in entry.dedans_dehors)
    if entry.temps_fort:
        yield "temps-fort", entry.temps_fort.rpartition("/")[2]
    yield from accessible(entry.accessibilite)
    if entry.tarif and entry.tarif.nul:
        yield "gratuit", OUI
    if entry.en_ligne:
        yield "en-ligne", OUI
    if entry.partout:
        yield PARTOUT
    if entry.groupes:
        yield "groupes", OUI
    yield from (("langue", code) for code in entry.langues_parlees)
    if item.reserve:
        yield RESERVED
