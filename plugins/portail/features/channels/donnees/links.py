"""Links to open data from elsewhere, and what was at addresses that are no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.model.kinds import DATED, PLACES
from portail.outputs.pages.slots import Earlier
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site

from .addresses import DATA, FORMER_DICTIONARY
from .catalogue import KINDS, catalogue, has_data
from .page import TITLE, data_files


def follow_links(site: Site) -> Sequence[Lien]:
    if has_data(site):
        return (Lien(TITLE, DATA),)
    return ()


def map_links(site: Site) -> Iterator[Lien]:
    for kind in (*DATED, *PLACES):
        for file in data_files(site, kind.value):
            if file.url.endswith(".geojson"):
                yield Lien(f"{kind.info.rubrique}, {file.format}", file.url, file.precision)


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """The former address of the list of the parts of each kind."""
    for file in catalogue(site):
        if file.cut:
            yield f"{file.url.removesuffix('.json')}/index.json", file.url


def former_pages(site: Site) -> Iterator[tuple[str, str]]:
    if catalogue(site):
        for name in ("", *(f"{kind.info.segment or kind.info.folder}/" for kind in KINDS)):
            yield Earlier(f"{FORMER_DICTIONARY}{name}", DATA)
