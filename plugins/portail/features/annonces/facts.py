"""What an announcement states: until when, who proposes it, the job that it is."""

from __future__ import annotations

from portail.facts.base import named, sort
from portail.facts.common import CONTACT, JOB, whereabouts
from portail.facts.funding import deadline, until

_PROPOSED = named("Proposé par", "organisme")
_YEARLY = named("Temps fort", "temps_fort")

BOX = (deadline, _PROPOSED, _YEARLY, whereabouts, *JOB, CONTACT)
FEED = (until, sort, _PROPOSED, whereabouts, *JOB, CONTACT)
