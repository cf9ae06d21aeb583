"""The portals of neighbours: whether there is one, and what completes a commune then."""

from __future__ import annotations

from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import COMMUNES, NETWORK_COMMUNES


@answer
def has_network(site: Site) -> bool:
    """Whether a copy of a neighbour is there: what leads to ``/reseau/`` rests on that alone."""
    return any(one.fetched for one in site.neighbours)


def communes_file(site: Site) -> str:
    """Address of the communes among which « près de chez moi » completes."""
    return NETWORK_COMMUNES if has_network(site) else COMMUNES
