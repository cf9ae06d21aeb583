"""The data by which scripts narrow a list: ``/articles/facettes.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portail.agenda.loans import copies_of
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TextFile
from portail.outputs.drawn import text_file
from portail.outputs.facet_tables import Row, Table, Texts, data_text
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.facet_words import offered
from portail.outputs.pages.tool_cards import tool_cards
from portail.outputs.pages.views.cards import Card
from portail.site.item import Item
from portail.site.lists import LISTS, TOOLS
from portail.site.narrowed import narrowed
from portail.site.site import Site
from portail.site.urls import data_of
from portail.text.calendar_names import MOIS_COURTS
from portail.text.typography import typographie

__all__ = ["plan_lists"]

_OWN: Mapping[Kind, Mapping[str, Any]] = {
    Kind.ANNONCE: {"mois": MOIS_COURTS},
    Kind.RESSOURCE: {"clos": Kind.RESSOURCE.info.over.capitalize()},
}
"""Names of the months of leaves; what is said of what is over and stays."""
_WITH_DETAILS = frozenset({"gratuit", "pret"})


def plan_lists(site: Site) -> Iterator[TextFile]:
    """The data of every list that offers facets, but the directory, whose rows are lighter
    (``outputs.facet_lieux``)."""
    for liste in LISTS:
        found = narrowed(site, liste) if liste.kind is not Kind.LIEU else None
        if found and found.shown:
            yield text_file(site, data_of(liste.url), _list, liste.url)


def _list(site: Site, url: str) -> Iterator[str]:
    liste = next(one for one in LISTS if one.url == url)
    found, tools = narrowed(site, liste), tool_cards(site) if liste is TOOLS else None
    assert found is not None
    facets = [(facet.cle, values) for facet, values in offered(found, site.geography)]
    table, labels = Table(site.config.base, facets), Texts()
    rows = []
    for item in found.items:
        card = tools[item.ref] if tools else card_of(site, item.ref)
        pairs = found.facets.by_ref[item.ref]
        if liste is TOOLS:
            row = table.row(card, card.details, item.commune, pairs)
            rows.append([*row, _labels(card, labels), None, *_loans(item, site.day.date)])
        else:
            rows.append([*table.row(card, card.details, None, pairs), *_more(card, labels)])
    made = table.document(
        rows,
        noms=[liste.nom, liste.pluriel, liste.none_of_it],
        etiquettes=labels.values,
        **_OWN.get(liste.kind, {}),
    )
    return data_text(made)


def _more(card: Card, labels: Texts) -> Row:
    """Labels above the title; the last day of what ends."""
    return [_labels(card, labels), *([card.fin.isoformat()] if card.fin else [])]


def _labels(card: Card, labels: Texts) -> int:
    """Their rank; what does not always hold says until when it does."""
    return labels.rank(
        [
            [typographie(one.texte), one.code, int(one.forte)]
            + ([one.fin.isoformat()] if one.fin else [])
            for one in card.etiquettes
            if one.code not in _WITH_DETAILS
        ]
    )


def _loans(item: Item, day: date) -> Row:
    """Of a tool: how many copies there are, 0 when its sheet tells no loan; the loans that are not
    over on ``day``, each with its copy, as the page of the tool tells them to ``demande.js``."""
    entry = item.entry
    if not isinstance(entry, Ressource) or not entry.itinerance:
        return [0, ""]
    number = entry.exemplaires
    held = copies_of(entry.itinerance, number)
    told = (
        f"{copy} {one.du} {one.au}"
        for copy, one in zip(held, entry.itinerance, strict=True)
        if one.au >= day
    )
    return [number, ",".join(told)]
