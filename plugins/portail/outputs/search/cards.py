"""``/recherche/fiches/<n>.json``: what the search shows of each content.

The format is told in ``docs/technique/recherche.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from portail.outputs.base import TextFile
from portail.outputs.compact import compact
from portail.outputs.drawn import text_file
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.shared import Picture
from portail.outputs.search.order import BLOCK, SEGMENT, segments
from portail.outputs.search.told import told_of
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import search_cards
from portail.text.inline import inline_parts
from portail.text.typography import typographie

__all__ = ["TEXT", "VERSION", "card_files", "cut"]

VERSION = 2
"""Grows when a script for the former format could not read the new one."""

TEXT = 600
"""Longest text from which excerpts are taken, in characters."""

_READ_BY_ALL = "image/webp"


def card_files(site: Site) -> Iterator[TextFile]:
    """The files of cards, in the order of numbers; each is made when it is written."""
    for segment in segments(site):
        for start in range(0, len(segment.refs), BLOCK):
            refs = segment.refs[start : start + BLOCK]
            url = search_cards((segment.number * SEGMENT + start) // BLOCK)
            yield text_file(site, url, _text, segment.mark, refs)


def _text(site: Site, mark: str, refs: Sequence[str]) -> Iterator[str]:
    yield f'{{"version":{VERSION},"marque":"{mark}","fiches":[\n'
    yield ",\n".join(compact(_card(site.items[ref], site)) for ref in refs)
    yield "\n]}\n"


def _card(item: Item, site: Site) -> dict[str, Any]:
    """A card; what is empty is left out."""
    card, told, base = card_of(site, item.ref), told_of(item, site), site.config.base
    parts = inline_parts(card.titre)
    image = _smallest(card.image) if card.image else card.empreinte
    said = {
        "url": base + card.url,
        "titre": parts if len(parts) > 1 else parts[0],
        "theme": card.theme,
        "sorte": told.sur.partition(" · ")[0],
        "petit": typographie(told.petit),
        "sur": typographie(told.sur),
        "resume": "".join(inline_parts(card.resume)),
        "meta": typographie(told.meta),
        "etiquettes": [
            [typographie(one.texte), one.code, int(one.forte)] for one in card.etiquettes
        ],
        "image": image and base + image,
        "actions": [[text, base + url if url[:1] == "/" else url] for text, url in told.actions],
        "fin": [card.fin.isoformat(), item.entry.kind.info.over.capitalize()] if card.fin else [],
        "agenda": [day.isoformat() for day in told.agenda],
        "texte": cut(site.bodies.body(item.stored).text, TEXT),
    }
    return {name: value for name, value in said.items() if value}


def _smallest(picture: Picture) -> str:
    """The narrowest file of a picture that any browser shows."""
    known = [one for one in picture.variantes if one.type == _READ_BY_ALL]
    return known[0].url if known else picture.url


def cut(text: str, limit: int) -> str:
    """The beginning of ``text`` in at most ``limit`` characters, cut after a word.

    >>> cut("La Lune se lève", 10), cut("La Lune", 10)
    ('La Lune se', 'La Lune')
    """
    if len(text) <= limit:
        return text
    kept = text[: limit + 1]
    words = kept.rstrip(" \n")
    if len(words) > limit:
        words = words[: max(words.rfind(" "), words.rfind("\n"))]
    return words[:limit].rstrip(" \n")
