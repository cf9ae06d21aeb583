"""What a dossier is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.features.services.referencement.nodes import JSON_LD, work_node
from portail.model.registry import references_of
from portail.outputs.pages.cards import card_of, gathered, gathering, signed
from portail.outputs.pages.entry.inputs import BLOCS, TAKING_PART, OwnBlocs, described
from portail.outputs.pages.slots import SEARCH_BELOW, SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.kind_tables import Rows
from portail.site.site import Site
from portail.site.urls import theme_of

from .model import Dossier

# Contents that its rule gathers and that its page shows, beside those that it names.
_GATHERED = 48


def dossier_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    gathered = site.indexes.gathered.get(item.ref, ())
    elements = _elements(item.of(Dossier), gathered, site)
    return OwnBlocs((elements,), [ref for ref in related if ref not in gathered])


def _elements(dossier: Dossier, gathered: Sequence[str], site: Site) -> Bloc:
    notes = {
        mention.named(site.items): dossier.elements[int(mention.loc[1])].note
        for mention in references_of(dossier, "elements")
    }
    shown = gathered[: len(dossier.elements) + _GATHERED]
    theme = dossier.regle and dossier.regle.theme
    return Bloc(
        WORDS["blocs"]["dossiers"],
        tuple(card_of(site, ref) for ref in shown),
        theme_of(theme) if theme and len(shown) < len(gathered) else "",
        "dossier",
        tuple(notes.get(ref) or "" for ref in shown),
    )


# People and places of a dossier, at most.
_SHOWN = 24


def taking_part(item: Item, site: Site) -> Iterator[Lien]:
    """People and places that the contents of a dossier name, the most frequent first."""
    gathered = site.indexes.gathered.get(item.ref, ())
    count: dict[str, int] = {}
    for ref in gathered:
        for target in site.items[ref].targets:
            if target in site.items and site.items[target].entry.kind.info.actor:
                count[target] = count.get(target, 0) + 1
    actors = sorted(set(count) - set(gathered), key=lambda ref: (-count[ref], ref))
    return (described(site.items[ref], site) for ref in actors[:_SHOWN])


ROWS: Rows = {
    SEARCH_LINE: gathering,
    SEARCH_BELOW: signed,
    WEEKLY_DETAILS: gathered,
    JSON_LD: work_node,
    BLOCS: dossier_blocs,
    TAKING_PART: taking_part,
}
