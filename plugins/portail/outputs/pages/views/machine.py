"""What a page tells machines: search engines, and the cards of shared links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portail.outputs.pages.views.shared import Picture

__all__ = ["Machine"]


@dataclass(frozen=True, slots=True)
class Machine:
    """Open Graph (https://ogp.me) and JSON-LD (https://schema.org) of a page.

    ``type`` is ``website`` or ``article``; ``image`` what a shared link shows; ``donnees`` the
    nodes of its JSON-LD graph, whose addresses are absolute; ``etat`` what its title must not
    leave unsaid, « Annulé ».
    """

    image: Picture
    type: str = "website"
    donnees: tuple[Mapping[str, Any], ...] = ()
    etat: str = ""
