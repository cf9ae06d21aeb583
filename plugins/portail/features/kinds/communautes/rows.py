"""What a community is in tables of kinds."""

from __future__ import annotations

from typing import Any

from portail.facts.base import BOX, named
from portail.facts.common import CONTACT
from portail.outputs.pages.cards import gathered, gathering
from portail.outputs.pages.entry.inputs import ENTRY_FIELDS, EntryInputs
from portail.outputs.pages.frame import contribution
from portail.outputs.pages.slots import SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS
from portail.site.kind_tables import Rows
from portail.site.site import Site


def community_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    ways = CONTACT(inputs.item, site).values
    empty = Vide(WORDS["blocs"]["sans_communaute"], issues=contribution(site))
    return {
        "boutons": (Lien("Rejoindre", ways[0].url),) if ways else (),
        "vide": None if inputs.related.blocs else empty,
    }


ROWS: Rows = {
    BOX: (named("Animée par", "animateurs"), CONTACT),
    SEARCH_LINE: gathering,
    WEEKLY_DETAILS: gathered,
    ENTRY_FIELDS: community_fields,
}
