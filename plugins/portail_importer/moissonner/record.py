"""``moisson.json``: what each source said, so that it is known what it says otherwise, that what an
editor took away is not proposed again, and since when a source cannot be read.

Digests alone: no name, no address. A line goes with the item it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from msgspec import Struct, field

from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.feature import Around
from portail.files import bytes_in
from portail.source.document import check_merged

FILE: Final = "moisson.json"
_VERSION = 1


class Memory(Struct, omit_defaults=True):
    """Of one source."""

    # By digest of an identity, that of its state, of when and where it takes place.
    proposed: dict[str, str] = field(name="proposes", default_factory=dict)
    # The digest of its address: it may be called otherwise.
    address: str = field(name="adresse", default="")
    failing: date | None = field(name="en_panne_depuis", default=None)


class _Record(Struct):
    version: int = _VERSION
    sources: dict[str, Memory] = field(default_factory=dict)


_AGAIN = (
    "reprenez-en la version précédente (git), ou supprimez-le (ce qui avait été refusé sera "
    "proposé de nouveau)"
)


def read_record(file: Path) -> dict[str, Memory]:
    data = bytes_in(file)
    record = _Record() if data is None else _decoded(data)
    if record is None:
        raise ConfigError(f"{file} n’est plus lisible : {_AGAIN}.")
    return record.sources


def _decoded(data: bytes) -> _Record | None:
    with suppress(msgspec.MsgspecError, ValueError, RecursionError):
        record = msgspec.json.decode(data, type=_Record)
        if record.version == _VERSION:
            return record
        return None
    return None


def judge_record(folder: Path) -> Iterator[Diagnostic]:
    """What keeps the record of ``folder`` from being read: a merge (E143), or what it holds
    (E127)."""
    data = bytes_in(folder / FILE) or b"{}"
    path = PurePosixPath(FILE)
    merged = check_merged(path, data)
    yield from merged
    if _decoded(data) is None and not merged:
        reason = "ce n’est pas ce que la moisson y a écrit"
        remedy = f"{_AGAIN.capitalize()}."
        yield diagnostic("E127", Position(path), raison=reason, remede=remedy)


def load_memories(around: Around) -> tuple[Mapping[str, Memory], Iterable[Diagnostic]]:
    """What a preview tells editors of sources; nothing elsewhere, nor of a file that is broken,
    which a harvest refuses."""
    if around.config.apercu:
        with suppress(ConfigError):
            return read_record(around.folder / FILE), ()
    return {}, ()


def record_text(sources: Mapping[str, Memory]) -> bytes:
    told = {name: memory for name, memory in sorted(sources.items()) if memory != Memory()}
    record = _Record(sources=told)
    return msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=1) + b"\n"
