"""``moisson.json``: what was proposed of each source, so that what an editor took away is not
proposed again, and since when a source cannot be read.

Digests alone: no name, no address. A line goes with the item it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field

from portail.diagnostics import ConfigError, Diagnostic
from portail.feature import Around
from portail.files import bytes_in

FILE: Final = "moisson.json"
_VERSION = 1


class Memory(Struct, omit_defaults=True):
    """Of one source."""

    # By digest of an identity, that of when and where it takes place.
    proposed: dict[str, str] = field(name="proposes", default_factory=dict)
    failing: date | None = field(name="en_panne_depuis", default=None)


class _Record(Struct):
    version: int = _VERSION
    sources: dict[str, Memory] = field(default_factory=dict)


def read_record(file: Path) -> dict[str, Memory]:
    data = bytes_in(file)
    if data is None:
        return {}
    try:
        record = msgspec.json.decode(data, type=_Record)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        record = _Record(version=0)
    if record.version != _VERSION:
        raise ConfigError(
            f"{file} n’est plus lisible : reprenez-en la version précédente (git), ou supprimez-le "
            "(ce qui avait été refusé sera proposé de nouveau)."
        )
    return record.sources


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
