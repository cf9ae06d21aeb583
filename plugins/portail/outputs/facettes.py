"""Output « facettes »: the data by which scripts narrow lists, and the communes of the region.

The format is told in ``docs/technique/facettes.md``. Every text is the one that pages show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise
from typing import Any, ClassVar

from portail.agenda.loans import copies_of
from portail.geo.places import Commune
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TextFile, text_file
from portail.outputs.facet_agenda import agenda_text, network_text
from portail.outputs.facet_lieux import VERSION, Row, Table, Texts, data_text, plan_lieux
from portail.outputs.far import known_communes
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.catalogue import tool_cards
from portail.outputs.pages.classes import SECTIONS, offer_cards
from portail.outputs.pages.lists.facettes import offered
from portail.outputs.pages.views.lists import Card
from portail.site.indexes import LISTS, OFFERS, TOOLS
from portail.site.item import Item
from portail.site.narrowed import narrowed
from portail.site.outside import has_network
from portail.site.site import Site
from portail.site.urls import COMMUNES, NETWORK, NETWORK_COMMUNES, data_of, listing_of
from portail.text.typography import typographie

# The data by which scripts narrow a list: ``/articles/facettes.json``.

_KEPT: Mapping[Kind, str] = {Kind.RESSOURCE: Kind.RESSOURCE.info.over.capitalize()}
"""What is said of what is over and stays."""
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
    found, tools = narrowed(site, liste), liste is TOOLS
    own = tool_cards(site) if tools else offer_cards(site) if liste is OFFERS else None
    assert found is not None
    facets = [(facet.cle, values) for facet, values in offered(found, site.geography)]
    table, labels = Table(site.config.base, facets), Texts()
    rows = []
    for item in found.items:
        card = own[item.ref] if own else card_of(site, item.ref)
        pairs = found.facets.by_ref[item.ref]
        if own:
            row = table.row(card, card.details, item.commune, pairs)
            more = _loans(item, site.day.date) if tools else [list(SECTIONS).index(card.kind)]
            end = card.fin.isoformat() if card.fin and not tools else None
            rows.append([*row, _labels(card, labels), end, *more])
        else:
            told = table.row(card, card.details[card.tus :], None, pairs)
            rows.append([*told, *_more(card, labels)])
    made = table.document(
        rows,
        noms=[liste.nom, liste.pluriel, liste.none_of_it],
        etiquettes=labels.values,
        **({"clos": _KEPT[liste.kind]} if liste.kind in _KEPT else {}),
        **({"parties": [*SECTIONS.values()]} if liste is OFFERS else {}),
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


_PER_DEGREE = 100


class FacettesOutput:
    """``/agenda/facettes.json``, ``/lieux/facettes.json`` and ``/communes.json``; those of the
    lists that facets narrow; what neighbours announce around ours."""

    name: ClassVar[str] = "facettes"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Those of lists; those of the agenda when there is one, of places when the region is
        known."""
        events, home = site.of_kind(Kind.EVENT), site.geography.home
        yield from plan_lists(site)
        places = tuple(plan_lieux(site, around=bool(events and home)))
        yield from places
        found = (narrowed(site, one) for one in (TOOLS, OFFERS))
        if home and (events or places or any(one and one.shown for one in found)):
            yield text_file(site, COMMUNES, _communes_text)
            if has_network(site):
                yield text_file(site, NETWORK_COMMUNES, _known_text)
        if events:
            yield text_file(site, data_of(listing_of(Kind.EVENT)), agenda_text)
            if has_network(site):
                yield text_file(site, data_of(NETWORK), network_text)


def _communes_text(site: Site) -> Iterator[str]:
    home = site.geography.home
    assert home is not None
    return data_text(_communes(site, site.geography.communes_of(home)))


def _known_text(site: Site) -> Iterator[str]:
    return data_text(_communes(site, known_communes(site)))


def _communes(site: Site, known: Iterable[Commune]) -> Mapping[str, Any]:
    """Postcodes, names between bars (towns first, the most populous), département when the
    postcodes do not begin by it; then, name after name, steps of latitude and longitude in
    hundredths of a degree."""
    towns = {one.code: rank for rank, one in enumerate(site.geography.towns)}
    ordered = sorted(
        (one for one in known if one.lat is not None),
        key=lambda one: (
            one.departement, one.codes_postaux, towns.get(one.code, len(towns)), one.nom, one.code,
        ),
    )  # fmt: skip
    rows, lats, lons = [], [0], [0]
    for (dep, posts), some in groupby(
        ordered, key=lambda one: (one.departement, one.codes_postaux)
    ):
        here = list(some)
        told = not posts or not posts[0].startswith(dep)
        names = "|".join(one.nom for one in here)
        rows.append([" ".join(posts), names, *([dep] if told else [])])
        lats += (round(_PER_DEGREE * one.lat) for one in here if one.lat is not None)
        lons += (round(_PER_DEGREE * one.lon) for one in here if one.lon is not None)
    steps = ([b - a for a, b in pairwise(some)] for some in (lats, lons))
    return {"version": VERSION, "pas": list(steps), "lignes": rows}
