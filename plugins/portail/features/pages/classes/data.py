"""Filter data of what a class may book (``docs/technique/facettes.md``): the section of each row
too, the last day on which one may book it."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.pages.classes.list import OFFERS
from portail.features.pages.classes.page import SECTIONS, offer_card, plan_classes
from portail.features.services.facettes.lists import ListData, narrows
from portail.outputs.base import Artifact, TextFile, text_file
from portail.site.site import Site
from portail.site.urls import data_of


def plan_data(site: Site) -> Iterator[TextFile]:
    """The file, when the list offers facets."""
    if narrows(site, OFFERS):
        yield text_file(site, data_of(OFFERS.url), _offers)


def _offers(site: Site) -> Iterator[str]:
    data = ListData(site, OFFERS.url)
    sections = list(SECTIONS)
    rows = []
    for ref, pairs in data.pairs.items():
        card = offer_card(site, ref)
        row = data.table.row(card, card.details, site.items[ref].commune, pairs)
        last = card.fin.isoformat() if card.fin else None
        rows.append([*row, data.labels(card), last, sections.index(card.kind)])
    return data.text(rows, parties=[*SECTIONS.values()])


def plan(site: Site) -> Iterator[Artifact]:
    """The page for classes and its data."""
    yield from plan_classes(site)
    yield from plan_data(site)
