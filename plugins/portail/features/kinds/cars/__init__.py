"""A coach for two classes: the seats left in one that already comes to an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from portail.feature import CLASSES, RECHERCHE, Facette, Fait, Feature

if TYPE_CHECKING:
    from portail.agenda.occurrences import Occurrence
    from portail.diagnostics import Diagnostic
    from portail.facts.base import Fact
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _seats(item: Item, site: Site) -> Fact:
    from portail.features.kinds.cars.seats import seats

    return seats(item, site)


def _switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    from portail.features.kinds.cars.seats import is_to_come

    return ("oui",) if is_to_come(item) else ()


def _sessions(item: Item) -> Iterable[Occurrence]:
    from portail.features.kinds.cars.seats import sessions_served

    return sessions_served(item)


def _check(draft: Draft) -> Iterable[Diagnostic]:
    from portail.features.kinds.cars.seats import other_days

    return other_days(draft)


feature = Feature(
    name="cars",
    title="Car à partager",
    rules=(_check,),
    # Neither in feeds nor in calendars, which tell the same whatever the day: the seats go by then.
    facts=(Fait(_seats, canaux=("page", "carte", "lettre", CLASSES, RECHERCHE)),),
    facets=(
        Facette(
            "car-a-partager",
            "Un car à partager",
            _switch,
            page=(
                "Agenda\u00a0: {bas}",
                "Rendez-vous des sciences{en_region}\u00a0: des places dans un car de classe.",
            ),
            seances=_sessions,
        ),
    ),
)
