"""Which reader a source is for, by its first bytes: names and types of files are not believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from portail.imports import openagenda
from portail.imports.found import Found
from portail.imports.sources import text_of

_HEAD = 8_192


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that is read item by item."""

    name: str
    unit: str
    """What its ``Found.row`` counts."""
    read: Callable[[bytes, str, date], Iterator[Found]]


_OPENAGENDA = Reader("export d’OpenAgenda", "élément", openagenda.read)


def reader_of(data: bytes, name: str) -> Reader | None:
    """The reader of ``data``; ``None`` for what may be a spreadsheet. Raises ``Refused``."""
    text = text_of(data, name)
    return _OPENAGENDA if openagenda.recognised(text) else None
