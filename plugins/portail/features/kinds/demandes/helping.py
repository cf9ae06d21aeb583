"""Who and what could answer a demande, the nearest first, on the desk of editors: readers are told
it by the page of who is not reached in a territory."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import text_of
from portail.facts.when import day_of
from portail.features.services.alentours.relations import (
    is_helper,
    nearest,
    nearest_by_lender,
)
from portail.model.collections import DEMANDE, AnnouncementEntry
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer, borrowable
from portail.site.site import Site

from .board import BOARD, waiting
from .facts import period, wish

# Kilometres, as the crow flies, from which one may come or lend.
_REACH = 60.0
_MOST = 4
_TOOL = "outil"
_WORDS = rows_of("kinds.demandes", "mots")


def near_links(site: Site, ref: str) -> tuple[Lien, ...]:
    near = ((site.items[helper], distance) for helper, distance in _near(site, ref))
    return tuple(Lien(item.name, item.url, distance) for item, distance in near)


@answer
def _near(site: Site, ref: str) -> tuple[tuple[str, str], ...]:
    # References and distances in words.
    item = site.items[ref]
    point = item.commune and item.commune.point
    if not point:
        return ()
    if item.of(AnnouncementEntry).souhait == _TOOL:
        around = nearest_by_lender(point, borrowable(site), _MOST, _REACH)
    else:
        helpers = filter(is_helper, site.places)
        around = nearest(point, helpers, _MOST, _REACH)
    return tuple((near.item.ref, near.loin) for near in around)


_DESK = _WORDS["bureau"]


def desk_table(site: Site) -> Iterator[DeskTable]:
    """What waits for an answer: where, what, when, since when, who could answer."""
    if BOARD.links(site):
        yield DeskTable(
            "Demandes",
            BOARD.title,
            _DESK["phrase"],
            columns=tuple(_DESK["colonnes"]),
            rows=tuple((item, _cells(item, site)) for item in waiting(site, DEMANDE)),
            empty=_DESK["vide"],
        )


def _cells(item: Item, site: Site) -> tuple[str | tuple[Lien, ...], ...]:
    wished = (text_of(make(item, site).values) for make in (wish, period))
    return (
        item.town,
        ", ".join(filter(None, wished)),
        day_of(item.entry.publie_le),
        near_links(site, item.ref),
    )


def asked_in(site: Site, siren: str) -> Iterator[Lien]:
    """What waits for an answer in an EPCI."""
    for item in waiting(site, DEMANDE):
        if any(code == siren for code, _ in item.territoires):
            yield Lien(item.name, item.url)
