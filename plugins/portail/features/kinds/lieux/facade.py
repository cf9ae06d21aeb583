"""The façade of a place: that of its line, else one of its type or of its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from portail.features.services.facades.drawing import drawn
from portail.features.services.facades.notation import REFUSED, Body, Words, read_facade, words_of
from portail.features.services.horaires.french import short_span
from portail.features.services.horaires.rules import DAY, Span
from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.views.shared import Facade, Lien, Ouvert
from portail.site.item import Item
from portail.site.memo import kept_answer
from portail.site.positions import position_of
from portail.site.site import Site
from portail.text.normalise import fold

from .model import Lieu
from .structures import spans_of

# Where no roof is known. What a type that has no line looks like.
_COVER = "ardoise"
_OTHERS = ("brique 4x2", "craie 4x2 pans arc", "brique 3x2 pignon")


def facades(site: Site, item: Item) -> Iterator[Facade]:
    """The drawing of a place, but for one that wants none."""
    if isinstance(item.entry, Lieu) and item.entry.facade != REFUSED:
        yield _facade(site, item.ref)


def open_hours(site: Site, day: date) -> Iterator[tuple[Item, Ouvert]]:
    """Places that receive visitors on a day, without a condition, and at which hours; in an order
    that changes from day to day, so that each has its turn, those with a line of their own first.
    """
    for ref, spans in hours_of(site, day.isoformat()):
        item = site.items[ref]
        yield item, opened(item, site, day=day, spans=spans)


@kept_answer
def hours_of(site: Site, day: str) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The same as plain values, worked out once for all that tell of a day."""
    when = date.fromisoformat(day)
    found = [(item, tuple(spans_of(item, when, site))) for item in site.of_kind(Kind.LIEU)]
    turns = {item.ref: digest_bytes(f"{day} {item.ref}".encode()) for item, spans in found if spans}
    found.sort(key=lambda one: (not one[0].of(Lieu).facade, turns.get(one[0].ref, "")))
    return tuple((item.ref, spans) for item, spans in found if spans)


def opened(item: Item, site: Site, *, day: date, spans: Sequence[Span]) -> Ouvert:
    """A place, drawn, with its hours of a day; without any where it does not open surely."""
    bounds = [*chain.from_iterable((span.debut, span.fin or DAY) for span in spans)]
    position = position_of(item, site)
    return Ouvert(
        lien=Lien(item.short, item.url, ", ".join(map(short_span, spans))),
        jour=day if spans else None,
        heures=" ".join(map(str, (day, *bounds))) if spans else "",
        fin=max(bounds, default=0),
        facade=next(facades(site, item), None),
        plain_pied=is_step_free(item.of(Lieu)),
        point=position.point if position else None,
        commune=item.town,
    )


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
