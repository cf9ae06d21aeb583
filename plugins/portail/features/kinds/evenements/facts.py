"""What an event states: when and where it is, for whom, at what price, how one books."""

from __future__ import annotations

from portail.facts.audience import (
    access,
    audience,
    capacity,
    formats,
    language,
    sheltered,
    spoken,
)
from portail.facts.base import opened
from portail.facts.place import online, venue, where
from portail.facts.price import booking, price
from portail.facts.when import dates, state
from portail.features.kinds.evenements.booking import booking_contact, booking_today

_KNOWN = (formats, sheltered, language, spoken, access, capacity)
_BOOKED = (booking_today, booking_contact)

BOX = (where, opened(online), price, opened(audience), *_KNOWN, *_BOOKED)
FEED = (state, dates, venue, online, price, audience, spoken, booking)
