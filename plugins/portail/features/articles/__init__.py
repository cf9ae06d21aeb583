"""What is told, discovered and discussed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import BOX, CARD
from portail.feature import Feature, KindSpec
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.slots import VALUES

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions
    from portail.outputs.pages.slots import CardFunction
    from portail.site.slots import ValuesFunction


# What the kind is in tables of kinds.


def _box() -> FactFunctions:
    from portail.features.articles.facts import BOX

    return BOX


def _card() -> FactFunctions:
    from portail.features.articles.facts import CARD

    return CARD


def _card_parts() -> CardFunction:
    from portail.features.articles.card import card_parts

    return card_parts


def _values() -> ValuesFunction:
    from portail.features.articles.values import values

    return values


feature = Feature(
    name="articles",
    title="Articles",
    kinds=(
        KindSpec("articles", {BOX: _box, CARD: _card, CARD_PARTS: _card_parts, VALUES: _values}),
    ),
)
