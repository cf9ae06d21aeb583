"""Filter data of the catalogue (``docs/technique/facettes.md``): the loans of each tool too, from
which ``demande.js`` says when it is free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.features.kinds.ressources.model import Ressource
from portail.features.kinds.ressources.tool_cards import labelled, today_label, tool_cards
from portail.features.pages.catalogue.list import TOOLS
from portail.features.services.facettes.lists import ListData, narrows
from portail.features.services.facettes.table import Row
from portail.features.services.prets.loans import copies_of
from portail.outputs.base import TextFile, text_file
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import data_of


def plan_data(site: Site) -> Iterator[TextFile]:
    """The file, when the catalogue offers facets."""
    if narrows(site, TOOLS):
        yield text_file(site, data_of(TOOLS.url), _tools)


def _tools(site: Site) -> Iterator[str]:
    data = ListData(site, TOOLS.url)
    rows = []
    for ref, pairs in data.pairs.items():
        item = site.items[ref]
        card = tool_cards(site)[ref]
        entry = item.of(Ressource)
        told = labelled(card, today_label(entry, site))
        row = data.table.row(card, card.details, item.commune, pairs)
        strip = [card.prets.pris] if card.prets and card.prets.mois else []
        rows.append([*row, data.labels(told), None, *_loans(item, site.day.date), *strip])
    return data.text(rows)


def _loans(item: Item, day: date) -> Row:
    """Of a tool: how many copies there are, 0 when its sheet tells no loan; the loans that are not
    over on ``day``, each with its copy, as the page of the tool tells them to ``demande.js``; how
    many days before one asks."""
    entry = item.of(Ressource)
    if not entry.itinerance:
        return [0, "", entry.delai]
    number = entry.exemplaires
    copies = copies_of(entry.itinerance, number)
    current = (
        f"{copy} {loan.du} {loan.au}"
        for copy, loan in zip(copies, entry.itinerance, strict=True)
        if loan.au >= day
    )
    return [number, ",".join(current), entry.delai]
