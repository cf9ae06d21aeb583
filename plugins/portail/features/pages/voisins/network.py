"""Whether a neighbour is known, and what then leads to what it announces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from portail.model.kinds import Kind
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import data_of

if TYPE_CHECKING:
    from .copies import Neighbour


NETWORK = "/reseau/"
NETWORK_COMMUNES = f"{NETWORK}communes.json"

WORDS: Mapping[str, Any] = rows_of("pages.voisins", "mots")
PAGE: Mapping[str, str] = WORDS["page"]


def neighbours(site: Site) -> tuple[Neighbour, ...]:
    copies: tuple[Neighbour, ...] = site.part("voisins") or ()
    return copies


@answer
def has_network(site: Site) -> bool:
    return any(neighbour.fetched for neighbour in neighbours(site))


def list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    if not kind.info.dated or not has_network(site):
        return ()
    return (Lien(PAGE["nom_court"], NETWORK),)


def communes_file(site: Site) -> str:
    return NETWORK_COMMUNES if has_network(site) else ""


def filter_rows(site: Site) -> str:
    return data_of(NETWORK) if has_network(site) else ""
