"""What organisers told of the events of an edition, and what these add up to. An event counts once,
with what it holds; one that was called off is left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from portail.features.bilans.table import counted
from portail.model.event import Event, Retour
from portail.site.editions import YearOf, last_day, parent_of, years_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import fold
from portail.text.typography import nombre

_SINGLE = "ponctuel"


class ParentEvent(Struct, frozen=True, dict=True):
    """An event that no other holds, with what it holds."""

    item: Item
    inside: tuple[Item, ...]

    @cached_property
    def returns(self) -> tuple[Retour, ...]:
        """What was told of it; else of each event that it holds."""
        own = _return_of(self.item)
        return (own,) if own else self._within

    @cached_property
    def _within(self) -> tuple[Retour, ...]:
        return tuple(filter(None, map(_return_of, self.inside)))

    @property
    def off(self) -> bool:
        """Whether it did not take place."""
        own = _return_of(self.item)
        called_off = all(one.etat == "annule" for one in self.item.occurrences)
        return called_off or bool(own and own.annule)

    @property
    def awaited(self) -> bool:
        """Whether its organiser has still to tell of it."""
        return not self.returns and not self.off

    def count(self, *names: str) -> int | None:
        """What its return says of ``names`` together, else what those of the events that it holds
        add up to, so that nobody counts twice; ``None`` when none tells."""
        for some in (self.returns, self._within):
            values: Iterator[int | None] = (getattr(one, name) for one in some for name in names)
            found = [value for value in values if value is not None]
            if found:
                return sum(found)
        return None


def _return_of(item: Item) -> Retour | None:
    told = item.of(Event).retour
    return told if told and told.dit else None


class EditionEvents(Struct, frozen=True, dict=True):
    """Events of an edition; ``invented`` when they are examples."""

    events: tuple[ParentEvent, ...]
    invented: bool = False

    @cached_property
    def held(self) -> tuple[ParentEvent, ...]:
        """Those that took place."""
        return tuple(one for one in self.events if not one.off)

    @cached_property
    def told(self) -> tuple[ParentEvent, ...]:
        """Those of which something was told, even that they did not take place."""
        return tuple(one for one in self.events if one.returns)

    @property
    def asked(self) -> int:
        """Of how many something is told or awaited."""
        return len(self.told) + sum(one.awaited for one in self.events)

    def total(self, *names: str) -> int | None:
        """What all returns add up to of ``names``; ``None`` when none tells."""
        found = [value for one in self.held if (value := one.count(*names)) is not None]
        return sum(found) if found else None

    @property
    def visitors(self) -> int | None:
        """Visitors of every sort."""
        known = [
            one for one in (self.total("tout_public"), self.total("eleves")) if one is not None
        ]
        return sum(known) if known else None

    @property
    def rate(self) -> str:
        """« 42 retours sur 101 »."""
        return f"{counted(len(self.told), 'retour')} sur {nombre(self.asked)}"


@per_site
def edition_of(
    site: Site, ref: str, annee: int
) -> tuple[YearOf | None, EditionEvents, EditionEvents]:
    """A year of a rendezvous, its true events, those that returns tell of: the same, or the
    examples while no true event has any and examples do."""
    years = (one for one in years_of(site.items[ref], site) if one.annee == annee)
    year = next(years, None)
    true, made = (EditionEvents(tuple(_gathered(year, made)), made) for made in (False, True))
    return year, true, made if made.told and not true.told else true


def _gathered(year: YearOf | None, invented: bool) -> Iterator[ParentEvent]:
    """Each event that no other holds, with all that it holds."""
    events = {one.ref: one for one in (year.events if year else ())}

    def head(item: Item) -> Item:
        seen = {item.ref}
        while (above := events.get(parent_of(item.entry))) and above.ref not in seen:
            item = above
            seen.add(item.ref)
        return item

    held: dict[str, list[Item]] = {}
    for one in events.values():
        if bool(one.entry.exemple) is invented:
            held.setdefault(head(one).ref, []).append(one)
    for ref, items in held.items():
        whole = events[ref] if events[ref] in items else items[0]
        yield ParentEvent(whole, tuple(one for one in items if one is not whole))


def is_over(year: YearOf, site: Site) -> bool:
    """Whether the last day of an edition is past: its own, else that of its events."""
    last = last_day(year.edition)
    if last:
        return last < site.day.date
    return bool(year.events) and all(one.passe for one in year.events)


def lacking_returns(site: Site, ref: str, annee: int) -> tuple[Item, ...]:
    """True events of an edition that is over of which nothing was told; examples too, where the
    site has no true one."""
    year, true, told = edition_of(site, ref, annee)
    if year is None or not is_over(year, site):
        return ()
    return tuple(one.item for one in (true if true.events else told).events if one.awaited)


def porteur(one: Item) -> str:
    """Who holds an event: the first of its organisers, else its place, else itself."""
    entry = one.of(Event)
    return fold(next(iter(entry.organisateurs), "") or entry.lieu or one.ref)


def scale_of(one: ParentEvent, site: Site) -> str:
    """Its label, else its format when this is one, else « ponctuel »."""
    entry = one.item.of(Event)
    scales = site.vocabularies["envergures"]
    known = (entry.envergure, *entry.format)
    return next((code for code in known if code and code in scales), _SINGLE)


def measures(found: EditionEvents) -> dict[str, int | None]:
    """What events count, by the codes of ``data/retours.yml``; ``None`` for what none tells."""
    items = [each for one in found.held for each in (one.item, *one.inside)]
    holders = {porteur(one.item) for one in found.held}
    fresh = {porteur(one) for one in items if (told := _return_of(one)) and told.premiere_fois}
    return {
        "porteurs": len(holders),
        "nouveaux": len(fresh & holders) if found.told else None,
        "evenements": len(found.held),
        "communes": len({one.commune.code for one in items if one.commune}),
        "visiteurs": found.visitors,
        "tout_public": found.total("tout_public"),
        "scolaires": found.total("eleves"),
        "equipes": found.total("equipes"),
    }


RESTING = frozenset({"nouveaux", "visiteurs", "tout_public", "scolaires", "equipes"})
"""Measures that rest on returns."""


def last_over(site: Site, ref: str) -> YearOf | None:
    """The latest edition of a rendezvous that is over and has events."""
    years = years_of(site.items[ref], site)
    return next((one for one in years if one.events and is_over(one, site)), None)
