"""What everyone knows of the page of a territory, whose model is that of its feature."""

from typing import TYPE_CHECKING

from .entry import Entry


class TerritoryEntry(Entry):
    """A content of a kind that is a territory (``territory`` of ``kind.yml``)."""

    if TYPE_CHECKING:
        type: str | None
        # INSEE code, SIREN of an EPCI.
        code: str | None
