"""Filter data of lists of kinds (``table.py`` says the format), and the communes of the region.
Every text is the one that pages show."""

# Other lists add (the day of a leaf, if rows have one, is the last one):
#
# `noms` (« article », « articles », « Aucun article »), `etiquettes` (those that stand above the
# title), `clos` (what is said of a row that is over; without it, such a row is not shown);
#
# and to each row, the rank of its labels, then the ISO 8601 date of its last day if it ends. A
# label that does not always hold has a fourth part, its last day. The catalogue adds four columns
# more: copies (0 when the sheet tells no loan), loans that are not over, `1 2021-09-13
# 2021-10-15,…`: copy (0 when it fits none), first day, last day, and how many days before one asks;
# then, of a tool whose loans are told, the path of its six months
# (`features/kinds/ressources/tool_cards.py`). `/classes/` adds the rank of the section of a row
# among `parties`.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Card
from portail.site.facets import Value
from portail.site.indexes import LISTS, NarrowedList
from portail.site.memo import own_answer
from portail.site.narrowed import list_at, lists, narrowed
from portail.site.site import Site
from portail.site.urls import COMMUNES, data_of
from portail.text.typography import typeset

from .communes import communes_text
from .lieux import LISTS_OF_PLACES, plan_lieux
from .pages import offered
from .table import Row, Table, Texts, data_text

_WITH_DETAILS = frozenset({"gratuit", "pret"})


def narrows(site: Site, liste: NarrowedList) -> bool:
    narrowing = narrowed(site, liste)
    return bool(narrowing and narrowing.shown)


def plan_lists(site: Site) -> Iterator[TextFile]:
    """The data of every list of a kind that offers facets, but the directory, whose rows are
    lighter (``features.services.facettes.lieux``)."""
    for liste in LISTS:
        if liste not in LISTS_OF_PLACES and narrows(site, liste):
            yield text_file(site, data_of(liste.url), _list, liste.url)


@own_answer
def _held(site: Site, url: str) -> tuple[Sequence[tuple[str, Sequence[Value]]], Mapping[str, Any]]:
    # The facets that a list offers, with their values; those of each of its contents.
    narrowing = narrowed(site, list_at(site, url))
    assert narrowing is not None
    facets = [(facet.cle, values) for facet, values in offered(narrowing, site.geography)]
    return facets, {item.ref: narrowing.facets.by_ref[item.ref] for item in narrowing.items}


class ListData:
    """The data of the list at ``url``, which offers facets, in the making."""

    def __init__(self, site: Site, url: str) -> None:
        self.liste = list_at(site, url)
        facets, self.pairs = _held(site, url)
        self.table = Table(site.config.base, facets)
        self._labels = Texts()

    def labels(self, card: Card) -> int:
        """The rank of those above its title; what does not always hold says until when it does."""
        return self._labels.rank(
            [
                [typeset(label.texte), label.code, int(label.forte)]
                + ([label.fin.isoformat()] if label.fin else [])
                for label in card.etiquettes
                if label.code not in _WITH_DETAILS
            ]
        )

    def text(self, rows: Iterable[Row], **more: Any) -> Iterator[str]:
        liste = self.liste
        lines = [*rows]
        info = liste.kind.info
        stays = info.over and not info.coming
        closed = {"clos": info.over.capitalize()} if stays else {}
        names = [liste.nom, liste.pluriel, liste.none_of_it]
        document = self.table.document(
            lines, noms=names, etiquettes=self._labels.values, **closed, **more
        )
        return data_text(document)


def _list(site: Site, url: str) -> Iterator[str]:
    data = ListData(site, url)
    rows = []
    for ref, pairs in data.pairs.items():
        card = card_of(site, ref)
        row = data.table.row(card, card.details[card.tus :], None, pairs)
        end = [card.fin.isoformat()] if card.fin else []
        rows.append([*row, data.labels(card), *end])
    return data.text(rows)


def plan_facettes(site: Site) -> Iterator[TextFile]:
    """``facettes.json`` of the lists that facets narrow, of places; the communes of the region,
    when it is known."""
    yield from plan_lists(site)
    yield from plan_lieux(site, around=bool(site.dated and site.geography.home))
    if near_is_asked(site):
        yield text_file(site, COMMUNES, _communes)


def near_is_asked(site: Site) -> bool:
    """Whether a list of the region asks « près de chez moi »."""
    if site.geography.home is None:
        return False
    if site.dated or any(plan_lieux(site, around=False)):
        return True
    return any(liste.near and narrows(site, liste) for liste in lists(site))


def _communes(site: Site) -> Iterator[str]:
    home = site.geography.home
    assert home is not None
    yield from communes_text(site.geography, site.geography.communes_of(home))
