"""Addresses of the forms, and of what their scripts read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.model.kinds import Kind
from portail.text.normalise import slugify

if TYPE_CHECKING:
    from portail.site.site import Site

CONTRIBUTE = "/contribuer/"
"""The page where one chooses what to propose."""
LANDMARKS = f"{CONTRIBUTE}reperes/"
"""What a form completes names with: a file for each folder of contents, ``lieux.json``…"""
BODY_RULES = f"{CONTRIBUTE}corps.json"
"""The rules of texts."""
MATCHES = f"{CONTRIBUTE}correspondances.json"
"""Words by which a form finds the values of a text that is pasted."""
TEMPLATES = f"{CONTRIBUTE}modeles/"
"""The spreadsheets to fill in: ``evenements.xlsx``, ``outils.xlsx``…"""
PLACES = f"{CONTRIBUTE}communes/"
"""Every commune of the country, by a range of names or the first digit of a number."""


def form_of(kind: Kind) -> str:
    """Where a content of ``kind`` is proposed: ``/contribuer/evenement/``."""
    return f"{CONTRIBUTE}{slugify(kind.info.nom)}/"


def sources_of(kind: Kind) -> str:
    """Below which the form reads the contents of ``kind`` again, a few in each file:
    ``/contribuer/fichiers/events/``."""
    return f"{CONTRIBUTE}fichiers/{kind.info.folder}/"


def proposed(site: Site, kind: Kind | None) -> str:
    """Where one proposes a content of a kind, or any."""
    return form_of(kind) if kind else CONTRIBUTE


def moved(site: Site) -> Iterator[tuple[str, str, str]]:
    """Former addresses of the form."""
    for url in ("/admin/", f"{CONTRIBUTE}guides/editeur/"):
        yield url, CONTRIBUTE, "Contribuer"
