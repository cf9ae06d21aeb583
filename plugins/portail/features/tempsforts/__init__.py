"""Pages of the editions of yearly rendezvous: each year’s, its programmes, its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.outputs.pages.slots import CARD_PARTS, EDITION, EDITION_STEPS

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.slots import CardFunction
    from portail.outputs.pages.views.programme import TempsView
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.tempsforts.page import plan_editions

    return plan_editions(site)


def _edition(site: Site, rendezvous: str, year: int) -> str:
    from portail.features.tempsforts.addresses import edition_of

    return edition_of(rendezvous, year)


def _steps(site: Site, ref: str, year: int) -> Iterable[TempsView]:
    from portail.features.tempsforts.steps import steps

    return steps(site, ref, year)


# What the kind is in tables of kinds.


def _card_parts() -> CardFunction:
    from portail.features.tempsforts.card import card_parts

    return card_parts


feature = Feature(
    name="tempsforts",
    title="Éditions des temps forts",
    kinds=(KindSpec("temps-forts", {CARD_PARTS: _card_parts}),),
    outputs=(Output("editions", _plan),),
    slots={EDITION: _edition, EDITION_STEPS: _steps},
)
