"""The agenda of several portals: what neighbours announce, beside what is ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Around, Feature, Output, Source
from portail.outputs.pages.slots import FILTER_ROWS, LIST_BAR, NEAR_COMMUNES
from portail.settings import Setting, read_text

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.diagnostics import Diagnostic
    from portail.features.pages.voisins.copies import Neighbour
    from portail.features.pages.voisins.settings import Voisin
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site


_FOLDER = "PORTAIL_VOISINS_DOSSIER"


def _read_neighbours(value: object) -> tuple[Voisin, ...]:
    from portail.features.pages.voisins.settings import read_neighbours

    return read_neighbours(value)


def _load(around: Around) -> tuple[tuple[Neighbour, ...], Iterable[Diagnostic]]:
    from portail.features.pages.voisins.judge import load_neighbours

    return load_neighbours(around)


def _folder(config: SiteConfig) -> str:
    from portail.features.pages.voisins.settings import folder_of

    return folder_of(config)


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("voisins"))


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.voisins.filter import plan_filter
    from portail.features.pages.voisins.map import plan_ground
    from portail.features.pages.voisins.page import plan_network

    yield from plan_network(site)
    yield from plan_ground(site)
    yield from plan_filter(site)


def _list_bar(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.pages.voisins.network import list_links

    return list_links(site, kind)


def _communes(site: Site) -> str:
    from portail.features.pages.voisins.network import communes_file

    return communes_file(site)


def _filter_rows(site: Site) -> str:
    from portail.features.pages.voisins.network import filter_rows

    return filter_rows(site)


feature = Feature(
    name="voisins",
    title="Agenda des portails voisins",
    needs=(
        "agenda",
        "facettes",
        "fonds",
        "liens",  # portail_liens asks neighbours as it asks any site
    ),
    is_used=_is_used,
    settings=(
        Setting("PORTAIL_VOISINS", _read_neighbours, ()),
        Setting(_FOLDER, read_text(_FOLDER), ".cache/voisins"),
    ),
    reads=(Source("voisins", _load, _folder),),
    outputs=(Output("voisins", _plan),),
    slots={LIST_BAR: _list_bar, NEAR_COMMUNES: _communes, FILTER_ROWS: _filter_rows},
    pages=frozenset({"/reseau/"}),
    commands={"voisins": "demande aux portails voisins ce qu’ils annoncent"},
)
