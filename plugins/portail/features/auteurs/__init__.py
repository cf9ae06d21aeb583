"""Persons who sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import BOX, CARD
from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions


# What the kind is in tables of kinds.


def _box() -> FactFunctions:
    from portail.features.auteurs.facts import BOX

    return BOX


def _card() -> FactFunctions:
    from portail.features.auteurs.facts import CARD

    return CARD


feature = Feature(
    name="auteurs", title="Auteurs", kinds=(KindSpec("auteurs", {BOX: _box, CARD: _card}),)
)
