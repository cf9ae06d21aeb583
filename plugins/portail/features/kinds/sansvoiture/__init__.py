"""Coming without a car, and going home: the nearest station or stop, the last way back, as the
organiser says them. Nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portail.feature import AFFICHE, CLASSES, RECHERCHE, Facette, Fait, Feature

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.facts.base import Fact
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _way(item: Item, site: Site) -> Fact:
    from portail.features.kinds.sansvoiture.way import way

    return way(item, site)


def _switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    from portail.features.kinds.sansvoiture.way import both_ways

    return ("oui",) if both_ways(item) else ()


def _check(draft: Draft) -> Iterable[Diagnostic]:
    from portail.features.kinds.sansvoiture.way import late_without_return

    return late_without_return(draft)


feature = Feature(
    name="sansvoiture",
    title="Sans voiture",
    rules=(_check,),
    # Not on cards: a row of the agenda has no room for it, and its filter finds it.
    facts=(Fait(_way, canaux=("page", "lettre", "flux", "agenda", AFFICHE, CLASSES, RECHERCHE)),),
    facets=(
        Facette(
            "sans-voiture",
            "Sans voiture",
            _switch,
            page=(
                "Agenda\u00a0: {bas}, retour compris",
                "Rendez-vous des sciences{en_region}\u00a0: gare ou arrêt proche, dernier retour.",
            ),
        ),
    ),
)
