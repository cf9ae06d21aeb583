"""The page of a person: what stands where nothing of theirs is published yet."""

from __future__ import annotations

from typing import Any

from portail.model.kinds import Kind
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.links import contribution
from portail.outputs.pages.views.shared import Vide
from portail.outputs.pages.words import WORDS
from portail.site.site import Site


def author_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """What the page of a person has of its own."""
    empty = Vide(WORDS["blocs"]["sans_auteur"], issues=contribution(site, Kind.ARTICLE))
    return {"vide": None if inputs.related.blocs else empty}
