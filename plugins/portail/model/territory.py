"""What everyone knows of the page of a territory, whose model is that of its feature."""

from typing import TYPE_CHECKING

from .entry import Entry


class TerritoryEntry(Entry):
    """A content of a kind that is a territory (``territory`` of ``kind.yml``).

    Like ``PlaceEntry``, it names what others read, which the model of its kind declares.
    """

    if TYPE_CHECKING:
        type: str | None
        """``region``, ``departement``, else what kind of EPCI."""
        code: str | None
        """INSEE code, SIREN of an EPCI."""
