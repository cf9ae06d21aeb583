"""The page of a community: how one joins it."""

from __future__ import annotations

from typing import Any

from portail.facts.base import contacts
from portail.features.kinds.communautes.model import Communaute
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.links import contribution
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS
from portail.site.site import Site


def community_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """What the page of a community has of its own."""
    ways = contacts(inputs.item.of(Communaute).contact)
    empty = Vide(WORDS["blocs"]["sans_communaute"], issues=contribution(site))
    return {
        "boutons": (Lien("Rejoindre", ways[0].url),) if ways else (),
        "vide": None if inputs.related.blocs else empty,
    }
