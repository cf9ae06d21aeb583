"""Addresses of the letter on the site."""

from __future__ import annotations

from portail.model.kinds import WEEKLY, info_of

from .settings import REGION

# The issues: ``/newsletter/``.
LETTERS = info_of(WEEKLY).listing
# The page that says how to leave; a mail sent to one subscriber has an address of its own.
LEAVE = f"{LETTERS}desabonnement/"


def letters_of(edition: str, year: int | None = None) -> str:
    """Site path of the issues of an edition: all, or those of a year (``/newsletter/``,
    ``/newsletter/somme/``, ``/newsletter/2021/``)."""
    page = LETTERS if edition == REGION else f"{LETTERS}{edition}/"
    if year:
        return f"{page}{year}/"
    return page


def issue_of(week: str, edition: str) -> str:
    page = f"{LETTERS}{week}/"
    if edition == REGION:
        return page
    return f"{page}{edition}/"
