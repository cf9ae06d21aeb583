"""What changed since a letter announced it."""

from __future__ import annotations

from portail.newsletter.announced import announced, change
from portail.newsletter.choice import Choice
from portail.newsletter.picks import Changed
from portail.newsletter.rules import AHEAD

__all__ = ["errata"]


def errata(choice: Choice) -> tuple[Changed, ...]:
    """Events of the last letters whose announced days are still to come, and that are no more as
    announced, with the days that changed. Told once, since the letter that tells it announces them
    anew; the first day announced comes first; what the editor excludes is not told."""
    site, jour = choice.site, choice.jour
    found: list[Changed] = []
    for ref, promise in choice.told.promises.items():
        before, item = promise.how, site.items.get(ref)
        if before is None or ref in choice.exclus:
            continue
        if item is None or not item.entry.paru(choice.matter.connu):
            if any(day >= jour.isoformat() for day in before.jours):
                found.append(Changed(ref, promise.titre, before, None, promise.week))
            continue
        now = announced(item, site, jour)
        seen = promise.week.thursday + AHEAD
        both = change(before, item, now, jour, seen)
        if both:
            found.append(Changed(ref, promise.titre, *both, promise.week))
    return tuple(sorted(found, key=lambda one: (one.avant.jours, one.ref)))
