"""What lasts: sessions that are together an exhibition rather than rendez-vous of each day."""

from __future__ import annotations

from portail.agenda.programme import Lasting
from portail.site.memo import answer
from portail.site.site import Site

__all__ = ["lasting_of"]


@answer
def lasting_of(site: Site, ref: str) -> Lasting | None:
    """What the occurrences of a content are together, if it lasts."""
    return site.indexes.programme.durables.get(ref)
