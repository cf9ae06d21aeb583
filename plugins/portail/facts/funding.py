"""Deadlines of announcements and fundings, who may ask for a funding."""

from __future__ import annotations

from portail.model.collections import AnnouncementEntry, ResourceEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import capital

from .base import Fact, Value, texts, web_site
from .when import day_of, full_day


def deadline(item: Item, site: Site) -> Fact:
    entry = item.of(AnnouncementEntry, ResourceEntry)
    text = full_day(entry.limite) if entry.limite else str(entry.echeance or "")
    label = "Échéance" if isinstance(entry, ResourceEntry) else "Jusqu’au"
    return Fact(label, texts(capital(text)), value=entry.limite)


def until(item: Item, site: Site) -> Fact:
    """The deadline in a feed, where it holds whatever the day of the build."""
    entry = item.of(AnnouncementEntry, ResourceEntry)
    if entry.echeance and not entry.limite:
        return Fact("Échéance", texts(str(entry.echeance)))
    return Fact("Jusqu’au", texts(day_of(entry.limite)))


def deadline_today(item: Item, site: Site) -> str:
    """« Jusqu’au 15 décembre 2021 », « Échéance passée le 15 décembre 2021 », « Au fil de
    l’eau »."""
    entry = item.of(AnnouncementEntry, ResourceEntry)
    if not entry.limite:
        return capital(str(entry.echeance or ""))
    if is_closed(item, site):
        return past(item)
    return f"Jusqu’au {day_of(entry.limite)}"


def is_closed(item: Item, site: Site) -> bool:
    last = item.entry.limite
    return last is not None and site.is_over(last)


def past(item: Item) -> str:
    """« Échéance passée le 15 décembre 2021 », as one says it from the day after."""
    word = "Terminée le" if isinstance(item.entry, AnnouncementEntry) else "Échéance passée le"
    return f"{word} {day_of(item.entry.limite)}"


def eligible(item: Item, site: Site) -> Fact:
    return Fact("Pour qui", texts(capital(", ".join(item.of(ResourceEntry).eligibles))))


def obtaining(entry: ResourceEntry) -> tuple[Value, ...]:
    """Where a resource is, or where one asks for a funding, and what it costs."""
    if entry.acces:
        return (*web_site(entry.acces.url), *texts(entry.acces.tarif))
    return ()
