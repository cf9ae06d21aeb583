"""Details of a line of what is told of a week, as several kinds say them."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import in_words, owner, text_of
from portail.facts.slots import CARD
from portail.model.articles import AnnouncementEntry
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from .slots import WeeklyLines


def offered(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    entry = item.of(AnnouncementEntry, ResourceEntry)
    end = entry.limite
    until = ""
    if end:
        until = f"Jusqu’au {jour(end, annee=end.year != lines.day.year)}"
    yield until or capital(str(entry.echeance or ""))
    yield text_of(owner(item, lines.site))
    yield item.town
    yield "À emprunter" if isinstance(entry, ResourceEntry) and entry.itinerante else ""


def gathered(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    count = len(lines.site.indexes.gathered.get(item.ref, ()))
    yield f"{nombre(count)}\u00a0contenu{'s' * (count > 1)}" if count else ""


def listed(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    for make in CARD.of(lines.site.features, item.entry.kind) or ():
        yield in_words([value.text for value in make(item, lines.site).values])
