"""Addresses of the search that it alone names."""

from __future__ import annotations

from urllib.parse import quote

from portail.site.urls import AGENDA, SEARCH


def search_cards(number: int) -> str:
    """Site path of one file, from 0, of the cards that the search shows:
    ``/recherche/fiches/12.json``."""
    return f"{SEARCH}fiches/{number}.json"


def agenda_around(name: str) -> str:
    """Site path of the agenda around a commune: ``/agenda/?pres=Saint-Omer``."""
    return f"{AGENDA}?pres={quote(name)}"
