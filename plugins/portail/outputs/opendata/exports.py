"""Output « exports »: open data for spreadsheets, made of the records that programs read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.outputs.base import TextFile
from portail.outputs.opendata.catalogue import catalogue
from portail.outputs.opendata.columns import COLUMNS
from portail.outputs.opendata.tables import table
from portail.site.site import Site

__all__ = ["ExportsOutput"]


class ExportsOutput:
    """The files of the catalogue that derive from records."""

    name: ClassVar[str] = "exports"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Each of them, in the order of the catalogue."""
        for fichier in catalogue(site):
            if fichier.nom in COLUMNS:
                yield table(fichier, site)
