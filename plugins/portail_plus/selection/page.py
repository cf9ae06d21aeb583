"""``/ma-selection/``: scripts fill it with what the device keeps, or with what a link carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portail.model.event import Event
from portail.model.kinds import DATED, Kind
from portail.outputs.base import Artifact, drawn, text_file
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.outputs.spreadsheets import compact
from portail.resources import rows_of
from portail.site.redirections import former_paths
from portail.site.site import Site
from portail.site.urls import AGENDA

_WORDS: Mapping[str, Any] = rows_of("portail_plus.selection", "mots")
_PAGE = Lien(_WORDS["page"]["titre"], "/ma-selection/")
_ADDRESSES = f"{_PAGE.url}adresses.json"
# What one may keep: « SORTES » of etoile.js.
KEPT = (*DATED, Kind("temps-forts"), Kind("ressources"), Kind("annonces"))


def address(site: Site) -> str:
    """Where what is kept is shown, in a portal with an agenda."""
    if site.has(Event.kind):
        return _PAGE.url
    return ""


def plan(site: Site) -> Iterator[Artifact]:
    if url := address(site):
        yield drawn(site, url, "ma-selection.html", _show)
        yield text_file(site, _ADDRESSES, _addresses)


def _addresses(site: Site) -> Iterator[str]:
    # « evenements/nuit »: a link carries digests of these. Former ones are followed.
    every = set()
    for kind in KEPT:
        for item in site.of_kind(kind):
            every |= {item.url, *former_paths(item.entry)}
    ours = tuple(f"/{kind.info.segment}/" for kind in KEPT)
    yield compact([url.strip("/") for url in sorted(every) if url.startswith(ours)])


def links(site: Site) -> Sequence[Lien]:
    if address(site):
        return (_PAGE,)
    return ()


def _show(site: Site) -> PageView:
    return page_view(
        **page_of(site, _WORDS["page"], _PAGE.url),
        debut=Lien("Ouvrir l’agenda", AGENDA),
        adresses=_ADDRESSES,
        noindex=True,
    )
