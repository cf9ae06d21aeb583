"""Addresses of calendars."""

from __future__ import annotations

from portail.model.kinds import DATED, info_of

CALENDARS = "/calendriers/"


def calendar_of(url: str) -> str:
    """Site path of the calendar of the events that the page at ``url`` gathers; of one event, below
    its page: ``/lieux/la-coupole/agenda.ics``, ``/evenements/nuit/evenement.ics``."""
    single = url.startswith(f"/{info_of(DATED).segment}/")
    return f"{url}evenement.ics" if single else f"{url}agenda.ics"
