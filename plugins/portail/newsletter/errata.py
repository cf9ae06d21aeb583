"""What changed since a letter announced it."""

from __future__ import annotations

from portail.newsletter.announced import announced, has_changed
from portail.newsletter.choice import Choice
from portail.newsletter.picks import Changed

__all__ = ["errata"]


def errata(choice: Choice) -> tuple[Changed, ...]:
    """Events of the last letters whose announced days are still to come, and that are no more as
    announced; told once, since the letter that tells it announces them anew. The first day
    announced comes first; what the editor excludes is not told."""
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
        if has_changed(before, item, now, jour):
            found.append(Changed(ref, promise.titre, before, now, promise.week))
    return tuple(sorted(found, key=lambda one: (one.avant.jours, one.ref)))
