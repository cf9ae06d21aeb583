"""What a project states: who carries it, where, what it lacks."""

from __future__ import annotations

from portail.facts.base import field, sort
from portail.facts.common import CARRIED, CONTACT, whereabouts

BOX = (CARRIED, whereabouts, CONTACT)
FEED = (sort, CARRIED, field("Il manque", "besoins"), CONTACT)
CARD = (CARRIED,)
