"""Few words of a content for an answer of the search, as several kinds say them."""

from __future__ import annotations

from datetime import date, timedelta

from portail.facts.when import day_of
from portail.model.articles import AnnouncementEntry
from portail.model.entry import REDACTION
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import nombre

from .slots import SEARCH_LINE
from .views.lists import Card

_WORDS_A_MINUTE = 220


def minutes_of(words: int) -> int:
    """Minutes that reading so many words takes, one at least."""
    return max(1, round(words / _WORDS_A_MINUTE))


def reading_time(item: Item) -> str:
    """« 4 min »: how long reading a content takes."""
    return f"{minutes_of(item.facts.words)}\u00a0min"


# Days ahead from which a day says its year.
_FAR = timedelta(days=300)


def joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))


def shows_year(day: date, site: Site) -> bool:
    """Whether a day needs its year to be understood: it is of a year that is over, or far."""
    return site.is_over(date(day.year, 12, 31)) or not site.has_come(day - _FAR)


def gathering(item: Item, card: Card, site: Site) -> str:
    count = len(site.indexes.gathered.get(item.ref, ()))
    if count:
        return f"{nombre(count)} contenu{'s' * (count > 1)}"
    return ""


def uncapitalised(text: str) -> str:
    if text[:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def sort_line(item: Item, card: Card, site: Site) -> str:
    return uncapitalised(card.sorte)


def signed(item: Item, card: Card, site: Site) -> str:
    """« La rédaction · 23 septembre 2021 »."""
    day = day_of(item.entry.publie_le)
    line = SEARCH_LINE.of(site.features, item.entry.kind)
    apart = {day, line(item, card, site) if line else ""}
    names = [text for text in card.details if text not in apart]
    return joined(*(names or (REDACTION,)), day)


def owned(item: Item, card: Card, site: Site) -> str:
    end = item.of(AnnouncementEntry, ResourceEntry).echeance
    owner = card.details[1:] if end else card.details
    town = item.commune.nom if item.commune else ""
    return joined(*owner, "" if town in owner else town)
