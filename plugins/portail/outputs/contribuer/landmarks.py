"""What the form completes a reference with: the contents of a folder, by their titles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeAlias

from portail.agenda.occurrences import span
from portail.facts.base import sort
from portail.facts.where import place_of, town
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.lieu import Lieu
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire
from portail.outputs.opendata.catalogue import published
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.inline import plain
from portail.text.normalise import sort_key
from portail.text.typography import typographie

__all__ = ["BEFORE", "FOLDERS", "rows_of"]

Row: TypeAlias = tuple[str, ...]

BEFORE = timedelta(days=548)
"""How long ago an event may be over: eighteen months, so that last year's edition is there."""


FOLDERS = tuple(kind.value for kind in Kind if kind not in (Kind.PAGE, Kind.NEWSLETTER))
"""Folders that a form names, in a field or in the elements of a dossier, or adds a file to."""


def rows_of(folder: str, site: Site) -> list[Row]:
    """Published contents of a folder in alphabetical order: slug, title, what tells it from its
    homonyms; of an event, also its first and last days, the number of its commune, its lieu."""
    kind = BY_FOLDER[folder]
    items = published(site, kind)
    rows = list(_events(items, site) if kind is Kind.EVENT else _others(items, site))
    return sorted(rows, key=lambda row: (sort_key(row[1]), row[0]))


def _others(items: tuple[Item, ...], site: Site) -> Iterator[Row]:
    for item in items:
        yield item.entry.slug, _title(item), typographie(_precision(item, site))


def _title(item: Item) -> str:
    return typographie(plain(item.entry.titre))


def _precision(item: Item, site: Site) -> str:
    entry = item.entry
    if isinstance(entry, Lieu | Territoire):
        where = town(item.commune) if isinstance(entry, Lieu) else ""
        return ", ".join(filter(None, (sort(item, site).short, where)))
    if isinstance(entry, TempsFort):
        return entry.periode or ""
    return ""


def _events(items: tuple[Item, ...], site: Site) -> Iterator[Row]:
    since = site.day.date - BEFORE
    for item in items:
        entry = item.entry
        if not isinstance(entry, Event) or not item.occurrences:
            continue
        first, last = span(item.occurrences)
        if last < since:
            continue
        told = ", ".join(filter(None, (periode(first, last), place_of(item, site))))
        commune = item.commune.code if item.commune else ""
        dates = first.isoformat(), last.isoformat()
        yield entry.slug, _title(item), typographie(told), *dates, commune, entry.lieu or ""
