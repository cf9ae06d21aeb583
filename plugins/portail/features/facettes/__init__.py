"""Filters of lists: the data by which scripts narrow them in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FILTER_DATA

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.facettes.lists import plan_facettes

    return plan_facettes(site)


def _data(site: Site, url: str) -> str:
    from portail.site.urls import data_of

    return data_of(url)


feature = Feature(
    name="facettes",
    title="Filtres des listes",
    outputs=(Output("facettes", _plan),),
    slots={FILTER_DATA: _data},
)
