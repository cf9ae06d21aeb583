"""What waits of proposals by mail, on the editors’ desk: a round leaves it in a file beside the
contents, which names nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode, encode

from portail.diagnostics import DataError, Diagnostic
from portail.facts.when import day_of
from portail.feature import Around
from portail.files import atomic_write
from portail.outputs.pages.slots import DeskSection, DeskTable
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site
from portail.text.addresses import is_address

FILE = "courrier.json"
_LARGEST = 2_000_000


class Row(Struct, frozen=True):
    """What waits: a proposal that is open, or a message that a person has to read."""

    title: str
    since: date
    # Where it is; ``""`` for a message, which is in the box.
    url: str = ""
    # When and where it takes place, as it is written; by what way it came; what is doubted.
    day: str = ""
    place: str = ""
    way: str = "Courriel"
    doubt: str = ""
    # Whether the person who made it was asked something, and has not answered.
    asked: bool = False


def write_queue(folder: Path, rows: Sequence[Row]) -> None:
    atomic_write(
        folder / FILE, encode(sorted(rows, key=lambda row: (row.since, row.url))), durable=False
    )


def load(around: Around) -> tuple[tuple[Row, ...] | None, Iterable[Diagnostic]]:
    """What the last round left; ``None`` without a round. Raises ``DataError``."""
    path = around.folder / FILE
    if not around.config.apercu or not path.is_file():
        return None, ()
    try:
        rows = decode(path.read_bytes()[:_LARGEST], type=tuple[Row, ...])
    except (DecodeError, ValidationError):
        rows = None
    if rows is None or not all(is_address(row.url) for row in rows if row.url):
        raise DataError(f"{FILE} n’est pas ce que « portail relever » écrit : supprimez-le.")
    return rows, ()


def desk_section(site: Site) -> Iterator[DeskSection]:
    """Proposals by mail that are open, the oldest first; nothing where no round is made."""
    rows: tuple[Row, ...] | None = site.part("courrier")
    if rows is None:
        return
    table = DeskTable(
        ("Quoi", "Jour", "Lieu", "Par", "À regarder", "Depuis"),
        tuple((Lien(row.title, row.url), _cells(row)) for row in rows),
    )
    yield DeskSection(
        "Courrier",
        "Ce qui attend",
        "Accepter ou fermer, à la forge, répond à la personne. Sans lien : dossier « À voir ».",
        tables=(table,),
        empty="Rien n’attend.",
    )


def _cells(row: Row) -> tuple[str, ...]:
    doubt = ", ".join(filter(None, (row.doubt, "la personne doit répondre" * row.asked)))
    return row.day, row.place, row.way, doubt, day_of(row.since)
