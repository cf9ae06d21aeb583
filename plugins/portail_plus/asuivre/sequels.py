"""Which content continues which, and the promises that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.base import Fact, Value, names, naming
from portail.facts.when import day_of
from portail.model.collections import ArticleEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour


def sequels_of(item: Item, site: Site) -> list[Item]:
    sequels = (content for content in naming(item, site, "suite_de") if content.ref != item.ref)
    return sorted(sequels, key=lambda content: (content.entry.publie_le or date.min, content.ref))


def promised(entry: Entry) -> date | None:
    if isinstance(entry, ArticleEntry | Event):
        return entry.suite
    return None


def awaited_on(item: Item, site: Site) -> date | None:
    """The day of a promise that is not kept yet, as long as it is to come."""
    day = promised(item.entry)
    if day and day >= site.day.date and not sequels_of(item, site):
        return day
    return None


def sequel(item: Item, site: Site) -> Fact:
    """What continues a content; until then the day for which it is promised."""
    if sequels := sequels_of(item, site):
        return Fact("La suite", tuple(Value(content.name, content.url) for content in sequels))
    day = awaited_on(item, site)
    if day is None:
        return Fact("La suite")
    when = Value(f"Promise pour le {day_of(day)}")
    reminder = () if item.apart else (Value("M’en souvenir", reminder_of(item)),)
    return Fact("La suite", (when, *reminder))


def origin(item: Item, site: Site) -> Fact:
    return Fact("La suite de", names(item, site, "suite_de"))


def reminder_of(item: Item) -> str:
    return f"{item.url}suite.ics"


def overdue(draft: Draft) -> Iterator[Diagnostic]:
    """Promises whose day is over and that nothing keeps (C543)."""
    kept = set()
    for _, entry in draft.entries():
        if draft.visible(entry):
            for mention in draft.mentions(entry):
                if mention.loc[0] == "suite_de":
                    kept.add(mention.named(draft.known))
    for loaded, entry in draft.entries():
        day = promised(entry)
        if day and day < draft.day.date and entry.ref not in kept:
            place = draft.place(loaded, ("suite",))
            yield diagnostic("C543", place, jour=jour(day), nom=entry.slug)
