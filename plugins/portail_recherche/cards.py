"""Cards of the search (``/recherche/fiches/<n>.deflate``): what it shows of each content."""

# A card: `url`, `titre` (a text, or roman and italics by turns), `theme` (code), `sorte` and
# `petit` (« Article », « 9 min »), `sur` (line above the title of the best answer), `resume` and
# `texte` (what excerpts are taken from, 140 signs of a body at most), `meta` (line below),
# `etiquettes` (`[text, code, 1 if it changes something]`), `image`, `actions` (`[text, address]`),
# `fin` (`[last day, what is said after it]`), `agenda` (last day of each event to come at a lieu).
# Empty values are left out.

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from portail.facts.place import directions
from portail.files import DEFLATED
from portail.model.collections import ResourceEntry
from portail.model.event import Event
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.cards import card_of, joined
from portail.outputs.pages.slots import SEARCH_ACTIONS, SEARCH_BELOW, SEARCH_LINE
from portail.outputs.spreadsheets import compact
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import AGENDA, SEARCH
from portail.text.excerpts import cut
from portail.text.typography import capital, inline_parts, typeset

from .records import BLOCK, SEGMENT, segments


def agenda_around(name: str) -> str:
    return f"{AGENDA}?pres={quote(name)}"


def _actions(item: Item, site: Site, coming: Sequence[date]) -> Iterator[tuple[str, str]]:
    # Its page; then what its page offers at once: site paths, or whole addresses.
    yield item.entry.kind.info.action, item.url
    if of_kind := SEARCH_ACTIONS.of(site.features, item.entry.kind):
        yield from of_kind(item, site)
    for link in directions(item, site)[:1]:
        yield link.text, link.url
    if coming:
        yield "Agenda du lieu", f"{item.url}#Bloc-agenda"
    if isinstance(item.entry, ResourceEntry) and item.entry.itinerante:
        yield "Emprunter", f"{item.url}#Infos"


def _coming(lieu: Item, site: Site) -> Iterator[date]:
    # The last day of each event that a lieu's page announces.
    for ref in site.indexes.by_target.get(lieu.ref, ()):
        event = site.items[ref]
        if (
            isinstance(event.entry, Event)
            and not event.is_over
            and site.lieu_of(event.entry) is lieu
        ):
            last = event.last_day
            if last and event.shown and event.shown.maintained:
                yield last


# Grows when a script for the former format could not read the new one.
VERSION = 2

# Longest text from which excerpts are taken, in characters.
TEXT = 140


def card_files(site: Site) -> Iterator[TextFile]:
    """The files of cards, in the order of numbers; each is made when it is written."""
    for segment in segments(site):
        for start in range(0, len(segment.refs), BLOCK):
            refs = segment.refs[start : start + BLOCK]
            number = (segment.number * SEGMENT + start) // BLOCK
            yield text_file(site, f"{SEARCH}fiches/{number}{DEFLATED}", _text, segment.mark, refs)


def _text(site: Site, mark: str, refs: Sequence[str]) -> Iterator[str]:
    yield f'{{"version":{VERSION},"marque":"{mark}","fiches":[\n'
    yield ",\n".join(compact(_card(site.items[ref], site)) for ref in refs)
    yield "\n]}\n"


def _card(item: Item, site: Site) -> dict[str, Any]:
    # A card; what is empty is left out.
    card = card_of(site, item.ref)
    base = site.config.base
    kind = item.entry.kind
    short = SEARCH_LINE.of(site.features, kind)
    below = SEARCH_BELOW.of(site.features, kind)
    above = joined(capital(kind.info.nom), card.sorte)
    coming = sorted(_coming(item, site)) if kind.info.place else ()
    parts = inline_parts(card.titre)
    image = card.empreinte
    if card.image:  # the narrowest file of the picture
        image = card.image.variantes[0].url if card.image.variantes else card.image.url
    fields = {
        "url": base + card.url,
        "titre": parts if len(parts) > 1 else parts[0],
        "theme": card.theme,
        "sorte": above.partition(" · ")[0],
        "petit": typeset(short(item, card, site) if short else ""),
        "sur": typeset(above),
        "resume": "".join(inline_parts(card.resume)),
        "meta": typeset(below(item, card, site) if below else joined(*card.details)),
        "etiquettes": [
            [typeset(label.texte), label.code, int(label.forte)] for label in card.etiquettes
        ],
        "image": image and base + image,
        "actions": [
            [text, base + url if url[:1] == "/" else url]
            for text, url in _actions(item, site, coming)
        ],
        "fin": [card.fin.isoformat(), kind.info.over.capitalize()] if card.fin else [],
        "agenda": [day.isoformat() for day in coming],
        "texte": cut(site.bodies.body(item.stored).text, TEXT),
    }
    return {name: value for name, value in fields.items() if value}
