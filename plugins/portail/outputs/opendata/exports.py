"""Output « exports »: open data for spreadsheets, maps and those who keep a copy, made of the
records that programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from portail.outputs.base import TextFile
from portail.outputs.opendata.catalogue import CHANGES, Fichier, catalogue
from portail.outputs.opendata.changes import changes_file
from portail.outputs.opendata.columns import COLUMNS
from portail.outputs.opendata.maps import MAPS, map_file
from portail.outputs.opendata.tables import table, table_of, table_schema
from portail.site.site import Site

__all__ = ["ExportsOutput"]

_WRITERS: Mapping[str, Callable[[Fichier, Site], TextFile]] = {
    **dict.fromkeys(COLUMNS, table),
    **dict.fromkeys(MAPS, map_file),
    CHANGES: changes_file,
}


class ExportsOutput:
    """The files of the catalogue that derive from records, and from the register of what was
    taken back."""

    name: ClassVar[str] = "exports"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Each of them, in the order of the catalogue."""
        files = catalogue(site)
        for fichier in files:
            if fichier.nom in _WRITERS:
                yield _WRITERS[fichier.nom](fichier, site)
        for kind in dict.fromkeys(one.kind for one in files if one.kind):
            if table_of(kind) in COLUMNS:
                yield table_schema(kind, site)
