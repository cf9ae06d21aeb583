"""Those whom a subject or a trade brings together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.facts.slots import BOX
from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.facts.base import FactFunctions


# What the kind is in tables of kinds.


def _box() -> FactFunctions:
    from portail.features.communautes.facts import BOX

    return BOX


feature = Feature(
    name="communautes", title="Communautés", kinds=(KindSpec("communautes", {BOX: _box}),)
)
