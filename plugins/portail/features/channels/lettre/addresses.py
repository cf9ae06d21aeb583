"""Addresses of the letter on the site."""

from __future__ import annotations

from portail.model.kinds import WEEKLY, info_of

from .settings import REGION

LETTERS = info_of(WEEKLY).listing
"""The issues: ``/newsletter/``."""
FORMER_LETTER = "/ma-lettre/"
LEAVE = f"{LETTERS}desabonnement/"
"""The page that says how to leave; a mail sent to one subscriber has an address of its own."""


def letters_of(edition: str, year: int | None = None) -> str:
    """Site path of the issues of an edition: all, or those of a year (``/newsletter/``,
    ``/newsletter/somme/``, ``/newsletter/2021/``)."""
    page = LETTERS if edition == REGION else f"{LETTERS}{edition}/"
    return f"{page}{year}/" if year else page


def issue_of(week: str, edition: str) -> str:
    """Site path of one edition of the issue of a week, given by its slug:
    ``/newsletter/2021-s39/``, ``/newsletter/2021-s39/somme/``."""
    page = f"{LETTERS}{week}/"
    return page if edition == REGION else f"{page}{edition}/"


def urgent_of(week: str, edition: str) -> str:
    """Site path below which are the files of an erratum that does not wait for the next issue:
    ``/newsletter/2021-s39/erratum/``."""
    return f"{issue_of(week, edition)}erratum/"
