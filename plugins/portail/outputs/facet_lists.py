"""The data by which scripts narrow a list: ``/articles/facettes.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from portail.agenda.loans import copies_of
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TextFile
from portail.outputs.facet_tables import Row, Table, Texts, data_file
from portail.outputs.pages.cards import all_cards
from portail.outputs.pages.facet_words import offered
from portail.outputs.pages.tool_cards import tool_cards
from portail.outputs.pages.views import Card
from portail.site.facets import Pair
from portail.site.lists import LISTS, TOOLS
from portail.site.narrowed import Narrowed, narrowed
from portail.site.site import Item, Site
from portail.site.urls import data_of
from portail.text.calendar_names import MOIS_COURTS
from portail.text.typography import typographie

__all__ = ["plan_lists"]

_OWN: Mapping[Kind, Mapping[str, Any]] = {
    Kind.ANNONCE: {"mois": MOIS_COURTS},
    Kind.RESSOURCE: {"clos": "Clos"},
}
"""Names of the months of leaves; what is said of what is over and stays."""
_WITH_DETAILS = frozenset({"gratuit", "pret"})


def plan_lists(site: Site) -> Iterator[TextFile]:
    """The data of every list that offers facets, but the directory, whose rows are lighter
    (``outputs.facet_lieux``)."""
    for liste in LISTS:
        found = narrowed(site, liste) if liste.kind is not Kind.LIEU else None
        if found and found.shown:
            yield _list(site, found)


def _list(site: Site, found: Narrowed) -> TextFile:
    cards = tool_cards(site) if found.liste is TOOLS else all_cards(site)
    by_ref = found.facets.by_ref
    shown = [(cards[item.ref], item, by_ref[item.ref]) for item in found.items]
    seen = [
        (card.digest, pairs, _loans(item, site.day.date) if found.liste is TOOLS else ())
        for card, item, pairs in shown
    ]
    return data_file(data_of(found.liste.url), (seen, found.shown), _maker(site, found, shown))


def _maker(
    site: Site, found: Narrowed, shown: Sequence[tuple[Card, Item, Sequence[Pair]]]
) -> Callable[[], Mapping[str, Any]]:
    def document() -> Mapping[str, Any]:
        facets = [(facet.cle, values) for facet, values in offered(found, site.geography)]
        table, labels, liste = Table(site.config.base, facets), Texts(), found.liste
        rows = [
            [*table.row(card, card.details, None, pairs), *_more(card, labels)]
            if liste is not TOOLS
            else [
                *table.row(card, card.details, item.commune, pairs),
                _labels(card, labels),
                None,
                *_loans(item, site.day.date),
            ]
            for card, item, pairs in shown
        ]
        return table.document(
            rows,
            noms=[liste.nom, liste.pluriel, liste.none_of_it],
            etiquettes=labels.values,
            **_OWN.get(liste.kind, {}),
        )

    return document


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
