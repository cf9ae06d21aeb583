"""Addresses of the agenda that it alone names."""

from __future__ import annotations

from portail.site.urls import AGENDA


def year_of(year: int) -> str:
    """Site path of a year of the agenda: ``/agenda/2021/``."""
    return f"{AGENDA}{year}/"
