"""The link to where one proposes a content."""

from __future__ import annotations

from collections.abc import Iterable

from portail.model.kinds import KINDS, Kind
from portail.outputs.pages.slots import PROPOSE
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site


def contributions(site: Site, kinds: Iterable[Kind]) -> tuple[Lien, ...]:
    """The links to where contents of each of these kinds are proposed."""
    return tuple(link for kind in kinds for link in contribution(site, kind))


def contribution(site: Site, kind: Kind | None = None, text: str = "") -> tuple[Lien, ...]:
    """The link to where contents, or those of a kind that the portal has, are proposed."""
    if kind and (kind not in KINDS or kind.value in site.config.sans):
        return ()
    noun = kind.info.un if kind else "un contenu"
    address = PROPOSE.ask(site, kind)
    return (Lien(text or f"Proposer {noun}", address),) if address else ()
