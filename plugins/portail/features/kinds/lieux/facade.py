"""The drawing of a place: the façade of its line, else the sign of its type."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.services.facades.drawing import drawn, sign
from portail.features.services.facades.notation import REFUSED, read_facade, words_of
from portail.outputs.pages.views.shared import Facade
from portail.site.item import Item
from portail.site.memo import kept_answer
from portail.site.site import Site

from .model import Lieu

# Where no roof is known; the sign of a type that has none.
_COVER = "ardoise"
_SIGN = "signe-lieu"


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
    ramp = is_step_free(entry)
    if not entry.facade:
        code = lists.detail("types-lieux", entry.type, "signe", _SIGN)
        return sign(words.terms[code], ramp=ramp)
    departement = site.departement_of(item)
    cover = words.covers.get(departement.region if departement else "", _COVER)
    return drawn(read_facade(entry.facade, lists), words.terms, cover=cover, ramp=ramp)
