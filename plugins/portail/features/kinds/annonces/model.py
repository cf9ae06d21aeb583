"""Announcements, which end on a day: ``content/annonces/``."""

from typing import ClassVar

from portail.model.collections import AnnouncementEntry
from portail.model.kinds import Kind
from portail.model.rules import Needs, Order, Rule, Within

_UN_AN = 366


class Annonce(AnnouncementEntry):
    """A job, a call, an offer… that ends on a day."""

    kind: ClassVar[Kind] = Kind.ANNONCE
    regles: ClassVar[tuple[Rule, ...]] = (
        Order("publie_le", "echeance"),
        Within("publie_le", "echeance", _UN_AN, "E235"),
        Needs("edition", "temps_fort"),
    )
