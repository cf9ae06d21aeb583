"""What is asked for, as editors see it: on their desk, where nothing happens yet."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import text_of
from portail.facts.when import day_of
from portail.features.kinds.demandes.board import waiting
from portail.features.kinds.demandes.facts import period, wish
from portail.features.kinds.demandes.helping import near_links
from portail.features.kinds.demandes.page import BOARD
from portail.model.articles import DEMANDE
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site

_WORDS = rows_of("kinds.demandes", "mots")["bureau"]


def desk_table(site: Site) -> Iterator[DeskTable]:
    """What waits for an answer: where, what, when, since when, who could answer; nothing in a
    portal where nothing was ever asked for."""
    if BOARD.links(site):
        yield DeskTable(
            "Demandes",
            BOARD.title,
            _WORDS["phrase"],
            tuple(_WORDS["colonnes"]),
            tuple((item, _cells(item, site)) for item in waiting(site, DEMANDE)),
            _WORDS["vide"],
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
