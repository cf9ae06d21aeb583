"""What changed since a letter announced it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from portail.newsletter.announced import announced, change
from portail.newsletter.choice import Choice
from portail.newsletter.picks import Changed
from portail.newsletter.rules import AHEAD
from portail.newsletter.told import Told
from portail.site.site import Site

__all__ = ["changed_since", "errata"]


def errata(choice: Choice) -> tuple[Changed, ...]:
    """What the letter of a week tells of the last ones. Told once, since the letter that tells it
    announces them anew; what the editor excludes is not told."""
    return changed_since(choice.site, choice.told, choice.jour, choice.matter.connu, choice.exclus)


def changed_since(
    site: Site, told: Told, jour: date, connu: date, exclus: Collection[str] = ()
) -> tuple[Changed, ...]:
    """Events of the last letters whose announced days are still to come on ``jour``, and that are
    no more as announced on the day ``connu``, with the days that changed; the first day announced
    comes first."""
    found: list[Changed] = []
    for ref, promise in told.promises.items():
        before, item = promise.how, site.items.get(ref)
        if before is None or ref in exclus:
            continue
        if item is None or not item.entry.paru(connu):
            if any(day >= jour.isoformat() for day in before.jours):
                found.append(Changed(ref, promise.titre, before, None, promise.week))
            continue
        now = announced(item, site, jour)
        seen = promise.week.thursday + AHEAD
        both = change(before, item, now, jour, seen)
        if both:
            found.append(Changed(ref, promise.titre, *both, promise.week))
    return tuple(sorted(found, key=lambda one: (one.avant.jours, one.ref)))
