"""What is asked for, as editors see it: on their desk, where nothing happens yet."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import text_of
from portail.facts.when import day_of
from portail.features.demandes.asking import open_refs
from portail.features.demandes.facts import period, wish
from portail.features.demandes.helping import near_links
from portail.features.demandes.page import PAGE, page_links
from portail.model.articles import DEMANDE
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site

_WORDS = rows_of("demandes", "mots")["bureau"]


def desk_table(site: Site) -> Iterator[DeskTable]:
    """What waits for an answer: where, what, when, since when, who could answer; nothing in a
    portal where nothing was ever asked for."""
    if page_links(site):
        items = [site.items[ref] for ref in open_refs(site, DEMANDE)]
        yield DeskTable(
            "Demandes",
            PAGE.texte,
            _WORDS["phrase"],
            tuple(_WORDS["colonnes"]),
            tuple((item, _cells(item, site)) for item in items),
            _WORDS["vide"],
        )


def _cells(item: Item, site: Site) -> tuple[str | tuple[Lien, ...], ...]:
    told = (text_of(make(item, site).values) for make in (wish, period))
    return (
        item.town,
        ", ".join(filter(None, told)),
        day_of(item.entry.publie_le),
        near_links(site, item.ref),
    )


def asked_in(site: Site, siren: str) -> Iterator[Lien]:
    """What waits for an answer in an EPCI."""
    for ref in open_refs(site, DEMANDE):
        item = site.items[ref]
        if any(code == siren for code, _ in item.territoires):
            yield Lien(item.name, item.url)
