"""The agenda of several portals: what neighbours announce, beside what is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Command, Feature, Output, Source
from portail.late import late
from portail.outputs.pages.slots import FILTER_ROWS, LIST_BAR, NEAR_COMMUNES
from portail.settings import Setting, read_text

if TYPE_CHECKING:
    from portail.config import SiteConfig

with late(__name__):
    from . import judge, network, page, settings


_FOLDER = "PORTAIL_VOISINS_DOSSIER"


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("voisins"))


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
        Setting("PORTAIL_VOISINS", settings.read_neighbours, ()),
        Setting(_FOLDER, read_text(_FOLDER), ".cache/voisins"),
    ),
    reads=(Source("voisins", judge.load_neighbours, settings.folder_of),),
    outputs=(Output("voisins", page.plan),),
    slots={
        LIST_BAR: network.list_links,
        NEAR_COMMUNES: network.communes_file,
        FILTER_ROWS: network.filter_rows,
    },
    pages=frozenset({"/reseau/"}),
    commands={"voisins": Command("demande aux portails voisins ce qu’ils annoncent", "Reprendre")},
)
