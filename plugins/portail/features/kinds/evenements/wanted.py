"""What readers look for in an event, the most useful first."""

from __future__ import annotations

from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.site.kind_tables import UNKNOWN_ACCESS, Wanted


def _has_place(entry: Event, _: Vocabularies) -> bool:
    """Whether one goes there."""
    return entry.mode != "en-ligne" and not entry.partout


WANTED_FIELDS = (
    Wanted(("tarif",), "« non précisé » se lit « payant »"),
    Wanted(("publics",), "les filtres de l’agenda le demandent"),
    Wanted(("accessibilite",), UNKNOWN_ACCESS, _has_place),
    Wanted(("inscription",), "on ne sait pas s’il faut réserver"),
    Wanted(("organisateurs", "lieu"), "on veut savoir qui invite"),
)
