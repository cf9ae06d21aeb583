"""How much stands in each column of a page, so that both end together."""

from __future__ import annotations

from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.views.entry import EntryView
from portail.outputs.pages.views.shared import Lien

__all__ = ["layout_of"]

_LONG = 130
"""Words from which a body is better read in two columns, below the box."""

_BOX = 34
_TEXT = 70
"""Characters of a line of the box, of a line of text."""
_TALL = 14
"""Lines that a picture cannot fill by itself."""


def layout_of(inputs: EntryInputs, view: EntryView) -> str:
    """``disposition`` of a view: its lines are counted, those of the picture and of the head on
    one side, of the map and of the title of the box on the other."""
    words, resume = inputs.item.facts.words, inputs.item.entry.resume or ""
    if words > _LONG:
        return "longue"
    values = (one for fait in view.faits for one in (Lien(fait.libelle), *fait.valeurs))
    box = sum(1 + len(one.texte) // _BOX + bool(one.note) for one in values)
    box += 3 * (len(view.boutons) + bool(view.calendrier)) + (12 if view.carte else 4)
    text = 18 + words // 11 + len(resume) // _TEXT
    if box + 5 < text:
        return "pied-cote"
    return "haute" if box > text + _TALL else ""
