"""Which content continues which, and the promises that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.base import Fact, Value, names
from portail.facts.when import day_of
from portail.model.articles import Article
from portail.model.entry import Entry
from portail.model.event import Event
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour

Sequels: TypeAlias = Mapping[str, tuple[str, ...]]
"""References of what continues a content, by its own, the oldest first."""


def sequels_of(site: Site) -> Sequels:
    """What continues each content that something continues."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in site.items.values():
        name = _continued(item.entry)
        for mention in (name,) if name else ():
            original = site.find(mention, Article.kind) or site.find(mention, Event.kind)
            if original and original.ref != item.ref:
                found[original.ref].append(item.ref)
    ordered = {
        ref: tuple(sorted(some, key=lambda one: (site.items[one].entry.publie_le or date.min, one)))
        for ref, some in found.items()
    }
    return MappingProxyType(ordered)


def _continued(entry: Entry) -> str:
    """The name of what a content continues, as it is written; ``""`` for none."""
    return (entry.suite_de or "") if isinstance(entry, Article | Event) else ""


def promised(entry: Entry) -> date | None:
    """The day for which a content promises its sequel."""
    return entry.suite if isinstance(entry, Article | Event) else None


def awaited_on(item: Item, site: Site) -> date | None:
    """The day of a promise that is not kept yet, as long as it is to come."""
    day = promised(item.entry)
    kept: Sequels = site.part("suites")
    return day if day and day >= site.day.date and item.ref not in kept else None


def sequel(item: Item, site: Site) -> Fact:
    """What continues a content; until then the day for which it is promised, which one may add to
    one’s calendar."""
    kept: Sequels = site.part("suites")
    if refs := kept.get(item.ref):
        links = (Value(site.items[ref].name, site.items[ref].url) for ref in refs)
        return Fact("La suite", tuple(links))
    day = awaited_on(item, site)
    if day is None:
        return Fact("La suite")
    when = Value(f"Promise pour le {day_of(day)}")
    return Fact("La suite", (when, Value("M’en souvenir", reminder_of(item))))


def origin(item: Item, site: Site) -> Fact:
    """What a content continues."""
    return Fact("La suite de", names(item, site, "suite_de"))


def reminder_of(item: Item) -> str:
    """Site path of the file that reminds of a promise."""
    return f"{item.url}suite.ics"


def overdue(draft: Draft) -> Iterator[Diagnostic]:
    """Promises whose day is over and that nothing keeps (C543)."""
    kept = {
        mention.named(draft.known)
        for _, entry in draft.entries()
        if draft.visible(entry)
        for mention in draft.mentions(entry)
        if mention.loc[0] == "suite_de"
    }
    for loaded, entry in draft.entries():
        day = promised(entry)
        if day and day < draft.day.date and entry.ref not in kept:
            place = draft.place(loaded, ("suite",))
            yield diagnostic("C543", place, jour=jour(day), nom=entry.slug)
