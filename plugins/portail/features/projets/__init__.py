"""What structures build together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import BOX, CARD, FEED
from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions


# What the kind is in tables of kinds.


def _box() -> FactFunctions:
    from portail.features.projets.facts import BOX

    return BOX


def _feed() -> FactFunctions:
    from portail.features.projets.facts import FEED

    return FEED


def _card() -> FactFunctions:
    from portail.features.projets.facts import CARD

    return CARD


feature = Feature(
    name="projets",
    title="Projets",
    kinds=(KindSpec("projets", {BOX: _box, FEED: _feed, CARD: _card}),),
)
