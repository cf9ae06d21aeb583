"""Announcements, which end on a day: ``content/annonces/``."""

from typing import Annotated, ClassVar

from portail.model.collections import ASKING, DEMANDE, AnnouncementEntry
from portail.model.fields import (
    NomOuRef,
)
from portail.model.kinds import ANSWERING, Kind
from portail.model.rules import Needs, NotFor, OnlyFor, Order, Rule, When, Within

_UN_AN = 366
# What may answer a request.
Reponse = Annotated[str, NomOuRef(*ANSWERING)]


class Annonce(AnnouncementEntry):
    """A job, a call, an offer, something asked for… that ends on a day."""

    kind: ClassVar[Kind] = Kind.ANNONCE
    regles: ClassVar[tuple[Rule, ...]] = (
        Order("publie_le", "echeance"),
        Within("publie_le", "echeance", _UN_AN, "E235"),
        Needs("edition", "temps_fort"),
        When("categorie", DEMANDE, ("souhait",), "E275"),
        When("categorie", DEMANDE, ("lieu", "commune", "territoires"), "E276"),
        OnlyFor("categorie", (DEMANDE,), ("souhait", "du", "au", "reponse"), "E277"),
        NotFor("categorie", ASKING, "contact", "telephone", "E278"),
        Order("du", "au"),
        Order("publie_le", "au"),
    )
