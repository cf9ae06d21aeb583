"""What organisers told of the events of an edition, and what these add up to. An event counts once,
with what it holds; one that was called off is left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from portail.features.services.editions.editions import YearOf, last_day, years_of
from portail.model.event import Event, Retour
from portail.site.contained import lineage
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import fold
from portail.text.typography import nombre

from .table import counted

_SINGLE = "ponctuel"


class ParentEvent(Struct, frozen=True, dict=True):
    """An event that no other holds, with what it holds."""

    item: Item
    inside: tuple[Item, ...]

    @cached_property
    def returns(self) -> tuple[Retour, ...]:
        own = _return_of(self.item)
        return (own,) if own else self._within

    @cached_property
    def _within(self) -> tuple[Retour, ...]:
        return tuple(filter(None, map(_return_of, self.inside)))

    @property
    def off(self) -> bool:
        own = _return_of(self.item)
        called_off = all(occurrence.etat == "annule" for occurrence in self.item.occurrences)
        return called_off or bool(own and own.annule)

    @property
    def awaited(self) -> bool:
        return not self.returns and not self.off

    def count(self, *names: str) -> int | None:
        """What its return says of ``names`` together, else the sum of the events it holds; ``None``
        when none tells.
        """
        for some in (self.returns, self._within):
            values: Iterator[int | None] = (
                getattr(answer, name) for answer in some for name in names
            )
            numbers = [value for value in values if value is not None]
            if numbers:
                return sum(numbers)
        return None


def _return_of(item: Item) -> Retour | None:
    answer = item.of(Event).retour
    return answer if answer and answer.dit else None


class EditionEvents(Struct, frozen=True, dict=True):
    """Events of an edition; ``invented`` when they are examples."""

    events: tuple[ParentEvent, ...]
    invented: bool = False

    @cached_property
    def took_place(self) -> tuple[ParentEvent, ...]:
        return tuple(event for event in self.events if not event.off)

    @cached_property
    def with_returns(self) -> tuple[ParentEvent, ...]:
        """Those of which something was told, even that they did not take place."""
        return tuple(event for event in self.events if event.returns)

    @property
    def expected(self) -> int:
        return len(self.with_returns) + sum(event.awaited for event in self.events)

    def total(self, *names: str) -> int | None:
        """What all returns add up to of ``names``; ``None`` when none tells."""
        numbers = [value for event in self.took_place if (value := event.count(*names)) is not None]
        return sum(numbers) if numbers else None

    @property
    def visitors(self) -> int | None:
        numbers = [
            number
            for number in (self.total("tout_public"), self.total("eleves"))
            if number is not None
        ]
        return sum(numbers) if numbers else None

    @property
    def rate(self) -> str:
        """« 42 retours sur 101 »."""
        return f"{counted(len(self.with_returns), 'retour')} sur {nombre(self.expected)}"


@per_site
def edition_of(
    site: Site, ref: str, annee: int
) -> tuple[YearOf | None, EditionEvents, EditionEvents]:
    """A year of a rendezvous, its true events, those that returns tell of."""
    years = (candidate for candidate in years_of(site.items[ref], site) if candidate.annee == annee)
    year = next(years, None)
    true, examples = (
        EditionEvents(tuple(_gathered(year, invented)), invented) for invented in (False, True)
    )
    return year, true, examples if examples.with_returns and not true.with_returns else true


def _gathered(year: YearOf | None, invented: bool) -> Iterator[ParentEvent]:
    events = {event.ref: event for event in (year.events if year else ())}
    by_head: dict[str, list[Item]] = {}
    for event in events.values():
        if bool(event.entry.exemple) is invented:
            *_, head = lineage(event.entry, events)
            by_head.setdefault(head, []).append(event)
    for ref, items in by_head.items():
        whole = events[ref] if events[ref] in items else items[0]
        yield ParentEvent(whole, tuple(item for item in items if item is not whole))


def is_over(year: YearOf, site: Site) -> bool:
    """Whether the last day of an edition is past: its own, else that of its events."""
    last = last_day(year.edition)
    if last:
        return last < site.day.date
    return bool(year.events) and all(event.is_over for event in year.events)


def lacking_returns(site: Site, ref: str, annee: int) -> tuple[Item, ...]:
    """True events of a past edition of which nothing was told."""
    year, true, shown = edition_of(site, ref, annee)
    if year is None or not is_over(year, site):
        return ()
    return tuple(event.item for event in (true if true.events else shown).events if event.awaited)


def porteur(item: Item) -> str:
    """Who holds an event: the first of its organisers, else its place, else itself."""
    entry = item.of(Event)
    return fold(next(iter(entry.organisateurs), "") or entry.lieu or item.ref)


def scale_of(event: ParentEvent, site: Site) -> str:
    """Its label, else its format when this is one, else « ponctuel »."""
    entry = event.item.of(Event)
    scales = site.vocabularies["envergures"]
    codes = (entry.envergure, *entry.format)
    return next((code for code in codes if code and code in scales), _SINGLE)


def measures(edition: EditionEvents) -> dict[str, int | None]:
    """What events count, by the codes of ``data/retours.yml``; ``None`` for what none tells."""
    items = [item for event in edition.took_place for item in (event.item, *event.inside)]
    holders = {porteur(event.item) for event in edition.took_place}
    fresh = {
        porteur(item) for item in items if (answer := _return_of(item)) and answer.premiere_fois
    }
    return {
        "porteurs": len(holders),
        "nouveaux": len(fresh & holders) if edition.with_returns else None,
        "evenements": len(edition.took_place),
        "communes": len({item.commune.code for item in items if item.commune}),
        "visiteurs": edition.visitors,
        "tout_public": edition.total("tout_public"),
        "scolaires": edition.total("eleves"),
        "equipes": edition.total("equipes"),
    }


# Measures that rest on returns.
RESTING = frozenset({"nouveaux", "visiteurs", "tout_public", "scolaires", "equipes"})


def last_over(site: Site, ref: str) -> YearOf | None:
    years = years_of(site.items[ref], site)
    return next((year for year in years if year.events and is_over(year, site)), None)
