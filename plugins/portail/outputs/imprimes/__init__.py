"""Documents for paper: what is printed of a page. Their maker is imported when a portal asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portail.outputs.pages.views.shared import Imprime
    from portail.site.site import Site


def printed(site: Site, url: str) -> tuple[Imprime, ...]:
    """The documents that a build makes in the folder of a page."""
    if not site.config.imprimes:
        return ()
    from portail.outputs.imprimes.output import offered

    return tuple(offered(site, url))
