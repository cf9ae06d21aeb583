"""Places to go to, structures to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import CARD, FEED
from portail.feature import Feature, KindSpec
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.slots import VALUES

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions
    from portail.outputs.pages.slots import CardFunction
    from portail.site.slots import ValuesFunction


# What the kind is in tables of kinds.


def _feed() -> FactFunctions:
    from portail.features.lieux.facts import FEED

    return FEED


def _card() -> FactFunctions:
    from portail.features.lieux.facts import CARD

    return CARD


def _card_parts() -> CardFunction:
    from portail.features.lieux.card import card_parts

    return card_parts


def _values() -> ValuesFunction:
    from portail.features.lieux.values import values

    return values


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    kinds=(
        KindSpec("lieux", {FEED: _feed, CARD: _card, CARD_PARTS: _card_parts, VALUES: _values}),
    ),
)
