"""The façade of a place: that of its line, else one of its type or of its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from portail.features.services.facades.drawing import drawn
from portail.features.services.facades.notation import LIST, REFUSED, Body, read_facade
from portail.features.services.horaires.french import short_span
from portail.features.services.horaires.rules import DAY
from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies, Vocabulary
from portail.outputs.pages.views.shared import Facade, Lien, Ouvert
from portail.site.item import Item
from portail.site.memo import kept_answer
from portail.site.positions import position_of
from portail.site.site import Site
from portail.text.normalise import fold

from .model import Lieu
from .state import spans_of

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
    open_places = [item for item in site.of_kind(Kind.LIEU) if spans_of(item, day, site)]
    turns = {item.ref: digest_bytes(f"{day} {item.ref}".encode()) for item in open_places}
    for item in sorted(open_places, key=lambda item: (not item.of(Lieu).facade, turns[item.ref])):
        yield item, opened(item, day, site)


def opened(item: Item, day: date, site: Site) -> Ouvert:
    """A place, drawn, with its hours of a day; without any where it does not open surely."""
    spans = spans_of(item, day, site)
    bounds = [*chain.from_iterable((span.debut, span.fin or DAY) for span in spans)]
    position = position_of(item, site)
    return Ouvert(
        lien=Lien(item.short, item.url, ", ".join(map(short_span, spans))),
        jour=day,
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
    words = lists[LIST]
    seed = int(digest_bytes(ref.encode())[:12], 16)
    if entry.facade:
        bodies: Sequence[Body] = read_facade(entry.facade, lists)
    else:
        lines = _lines(entry, lists)
        bodies = _varied(read_facade(lines[seed % len(lines)], lists), words, seed >> 8)
    departement = site.departement_of(item)
    region = departement.region if departement else ""
    covers = (term.code for term in words.values() if region in term.extra.get("regions", ()))
    return drawn(bodies, words, seed, cover=next(covers, _COVER), ramp=is_step_free(entry))


def _lines(entry: Lieu, lists: Vocabularies) -> Sequence[str]:
    # Those of what its name says, else of its type.
    said = fold(entry.titre).split()
    for term in lists[LIST].values():
        if term.extra["sorte"] == "nom" and not set(map(fold, term.names)).isdisjoint(said):
            return tuple(term.extra["facades"])
    kind = lists["types-lieux"].get(entry.type or "")
    if kind:
        return tuple(kind.extra.get("facades", _OTHERS))
    return _OTHERS


def _varied(bodies: Sequence[Body], words: Vocabulary, seed: int) -> Sequence[Body]:
    # Places of one type in a row are no twins: other bays, and words that look nearly alike.
    near = {code: term.extra["proches"] for code, term in words.items() if "proches" in term.extra}
    new = []
    for body in bodies:
        said = {
            name: near[code][(seed >> 4 * rank) % len(near[code])]
            for rank, (name, code) in enumerate(body._asdict().items())
            if code in near
        }
        wide = body.travees and max(2, body.travees + (seed >> 24) % 3 - 1)
        new.append(body._replace(travees=wide, **said))
    return new[:: -1 if (seed >> 28) % 2 else 1]
