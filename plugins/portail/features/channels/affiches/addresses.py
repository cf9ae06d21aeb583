"""Addresses of posters."""

from __future__ import annotations

from portail.agenda.weeks import Month, Week

POSTERS = "/affiches/"


def poster_of(url: str, period: Week | Month) -> str:
    """Site path of the poster of a week or a month, below the page whose events it tells:
    ``/agenda/epci/ca-du-boulonnais/affiche/2021-10/``."""
    return f"{url}affiche/{period.slug.replace('/', '-')}/"
