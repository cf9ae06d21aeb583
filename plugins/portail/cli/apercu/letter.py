"""What the letter to come would say of a content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.agenda.weeks import Week
from portail.model.issue import Erratum, Line
from portail.outputs.newsletter.issues import draft_of
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["InLetter", "letter_of"]

_WEEKS = 6
"""Letters that are looked at: beyond, what they tell will have changed."""


@dataclass(frozen=True, slots=True)
class InLetter:
    """The first letter to come that tells a content, on ``jour``: its line in the section
    ``section``, or an erratum; without either, the next letter, and why it is silent."""

    jour: date
    ligne: Line | None = None
    section: str = ""
    erratum: Erratum | None = None
    raison: str = ""


def letter_of(item: Item, site: Site) -> InLetter:
    """How the edition of the region would tell ``item``, by the contents of ``site``."""
    edition = site.config.lettre.editions[0]
    week = Week.of(site.day.date)
    while week.thursday < site.day.date or week.slug in site.envois:
        week = week.next
    silent: InLetter | None = None
    for _ in range(_WEEKS):
        draft = draft_of(site, week, edition)
        for erratum in draft.issue.errata:
            if erratum.ref == item.ref:
                return InLetter(week.thursday, erratum=erratum)
        for section in draft.issue.sections:
            for line in section.lignes:
                if line.ref == item.ref:
                    return InLetter(week.thursday, line, section.cle)
        if silent is None:
            left = {one.ref: one.raison for one in draft.selection.laisses}
            silent = InLetter(week.thursday, raison=left.get(item.ref, ""))
        week = week.next
    assert silent is not None
    return silent
