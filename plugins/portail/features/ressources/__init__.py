"""What one borrows, reads, watches or is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import FEED
from portail.feature import Feature, KindSpec
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.slots import VALUES

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions
    from portail.outputs.pages.slots import CardFunction
    from portail.site.slots import ValuesFunction


# What the kind is in tables of kinds.


def _feed() -> FactFunctions:
    from portail.features.ressources.facts import FEED

    return FEED


def _card_parts() -> CardFunction:
    from portail.features.ressources.card import card_parts

    return card_parts


def _values() -> ValuesFunction:
    from portail.features.ressources.values import values

    return values


feature = Feature(
    name="ressources",
    title="Ressources",
    kinds=(KindSpec("ressources", {FEED: _feed, CARD_PARTS: _card_parts, VALUES: _values}),),
)
