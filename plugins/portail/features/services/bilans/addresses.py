"""Addresses of tables of figures."""

from __future__ import annotations


def table_of(page: str) -> str:
    """Site path of every figure of a page, in one table: ``/en-chiffres/2021/chiffres.csv``."""
    return f"{page}chiffres.csv"
