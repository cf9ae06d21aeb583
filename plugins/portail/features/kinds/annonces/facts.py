"""What an announcement states: until when, who proposes it, the job that it is."""

from __future__ import annotations

from portail.facts.base import Fact, named, names, sort
from portail.facts.common import CONTACT, JOB, whereabouts
from portail.facts.funding import deadline, until
from portail.features.kinds.annonces.model import Annonce
from portail.model.articles import DEMANDE, QUESTION
from portail.site.item import Item
from portail.site.site import Site

_ASKED = {DEMANDE: "Demandé par", QUESTION: "Posée par"}


def _proposed(item: Item, site: Site) -> Fact:
    """Who publishes an announcement, or who asks."""
    label = _ASKED.get(item.of(Annonce).categorie or "", "Proposé par")
    return Fact(label, names(item, site, "organisme"))


_YEARLY = named("Temps fort", "temps_fort")

BOX = (deadline, _proposed, _YEARLY, whereabouts, *JOB, CONTACT)
FEED = (until, sort, _proposed, whereabouts, *JOB, CONTACT)
