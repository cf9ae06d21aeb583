"""Addresses of figures and of loans, year after year."""

from __future__ import annotations

from portail.site.urls import CATALOGUE

FIGURES = "/en-chiffres/"
LOANS = f"{CATALOGUE}bilan/"
"""Figures of each year; those of what is lent."""


def figures_of(year: int) -> str:
    """Site path of the figures of a year: ``/en-chiffres/2021/``."""
    return f"{FIGURES}{year}/"


def loans_of(year: int) -> str:
    """Site path of the loans of a year: ``/catalogue/bilan/2021/``."""
    return f"{LOANS}{year}/"
