"""Jobs, calls, offers and requests, until they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import BOX, FEED
from portail.feature import Feature, KindSpec
from portail.outputs.pages.slots import CARD_PARTS
from portail.site.slots import VALUES

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions
    from portail.outputs.pages.slots import CardFunction
    from portail.site.slots import ValuesFunction


# What the kind is in tables of kinds.


def _box() -> FactFunctions:
    from portail.features.annonces.facts import BOX

    return BOX


def _feed() -> FactFunctions:
    from portail.features.annonces.facts import FEED

    return FEED


def _card_parts() -> CardFunction:
    from portail.features.annonces.card import card_parts

    return card_parts


def _values() -> ValuesFunction:
    from portail.features.annonces.values import values

    return values


feature = Feature(
    name="annonces",
    title="Annonces",
    kinds=(
        KindSpec("annonces", {BOX: _box, FEED: _feed, CARD_PARTS: _card_parts, VALUES: _values}),
    ),
)
