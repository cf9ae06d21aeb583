"""Addresses of the pages of an edition."""

from __future__ import annotations


def edition_of(url: str, year: int) -> str:
    """Site path of one edition of a yearly rendezvous, below its page."""
    return f"{url}{year}/"


def programme_of(url: str, year: int, public: str) -> str:
    """Site path, below an edition, of its programme for some public: ``scolaires``
    (``/temps-forts/fete/2021/scolaires/``)."""
    return f"{edition_of(url, year)}{public}/"
