"""« Près de chez moi »: the communes that a reader may name."""

from __future__ import annotations

from portail.outputs.pages.slots import NEAR_COMMUNES
from portail.site.site import Site
from portail.site.urls import COMMUNES


def communes_file(site: Site) -> str:
    """Address of the communes among which « près de chez moi » completes."""
    return NEAR_COMMUNES.ask(site) or COMMUNES
