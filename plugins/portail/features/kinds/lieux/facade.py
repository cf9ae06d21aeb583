"""The façade of a place: that of its line, else one of its type or of its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from portail.features.services.facades.drawing import drawn
from portail.features.services.facades.notation import REFUSED, Body, Words, read_facade, words_of
from portail.files import digest_bytes
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.views.shared import Facade
from portail.site.item import Item
from portail.site.memo import kept_answer
from portail.site.site import Site
from portail.text.normalise import fold

from .model import Lieu

# Where no roof is known. What a type that has no line looks like.
_COVER = "ardoise"
_OTHERS = ("brique 4x2", "craie 4x2 pans arc", "brique 3x2 pignon")


def facades(site: Site, item: Item) -> Iterator[Facade]:
    """The drawing of a place, but for one that wants none."""
    if isinstance(item.entry, Lieu) and item.entry.facade != REFUSED:
        yield _facade(site, item.ref)


def is_step_free(place: Lieu) -> bool:
    """Whether one enters without a step, as far as its sheet tells."""
    access = place.accessibilite
    return bool(access and access.niveaux.get("moteur") == "oui")


@kept_answer
def _facade(site: Site, ref: str) -> Facade:
    item = site.items[ref]
    entry = item.of(Lieu)
    lists = site.vocabularies
    words = words_of(lists)
    seed = int(digest_bytes(ref.encode())[:12], 16)
    if entry.facade:
        bodies: Sequence[Body] = read_facade(entry.facade, lists)
    else:
        lines = _lines(entry, words, lists)
        bodies = _varied(read_facade(lines[seed % len(lines)], lists), words, seed >> 8)
    departement = site.departement_of(item)
    cover = words.covers.get(departement.region if departement else "", _COVER)
    return drawn(bodies, words.terms, seed, cover=cover, ramp=is_step_free(entry))


def _lines(entry: Lieu, words: Words, lists: Vocabularies) -> Sequence[str]:
    # Those of what its name says, else of its type.
    for word in fold(entry.titre).split():
        if word in words.named:
            return words.named[word]
    kind = lists["types-lieux"].get(entry.type or "")
    return kind.extra.get("facades", _OTHERS) if kind else _OTHERS


def _varied(bodies: Sequence[Body], words: Words, seed: int) -> Sequence[Body]:
    # Places of one type in a row are no twins: other sizes, and words that look nearly alike.
    new = []
    for body in bodies:
        said: dict[str, Any] = {}
        for rank, (name, code) in enumerate(body._asdict().items()):
            if near := words.near.get(code):
                said[name] = near[(seed >> 4 * rank) % len(near)]
        wide = body.travees and max(2, body.travees + (seed >> 24) % 3 - 1)
        new.append(body._replace(travees=wide, **said))
    if (seed >> 28) % 2:
        new.reverse()
    return new
