"""What a community states: who animates it."""

from __future__ import annotations

from portail.facts.base import named
from portail.facts.common import CONTACT

BOX = (named("Animée par", "animateurs"), CONTACT)
