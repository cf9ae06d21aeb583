"""Archives of DATAtourisme: a file of JSON for each thing, events among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.terminal.text import counted
from portail_importer.tableurs.grid import DAMAGED, opened

from .items import SourceItem
from .prose import link
from .schema_org import Graph, in_plain_words, is_event
from .schema_things import event_of

# Bytes of a file, of all of them: an archive may be a bomb.
_FILE = 1_000_000
_WHOLE = 400_000_000
_OTHERS = ("fichier ne dit pas un événement", "fichiers ne disent pas un événement")
_AGAIN = "téléchargez de nouveau ce flux"


def recognised(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and b"objects/" in data and b"index.json" in data


def read(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    """The events of its files, then how many files are none. Raises ``Refused``."""
    ranks = count(1)
    others = 0
    for text in _files(data, name):
        try:
            thing: Any = in_plain_words(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            why = f"Ce fichier (JSON) est illisible : {_AGAIN}."
            yield SourceItem(row=next(ranks), refused=why)
            continue
        if is_event(thing):
            item = event_of(thing, Graph([thing]), next(ranks))
            yield replace(item, identifier=link(thing.get("@id")) or item.identifier)
        else:
            others += 1
    if others:
        yield SourceItem(row=next(ranks), refused=f"{counted(others, _OTHERS)}.")


def _files(data: bytes, name: str) -> Iterator[bytes]:
    weight = 0
    try:
        with opened(data) as archive:
            for info in archive.infolist():
                if not (info.filename.startswith("objects/") and info.filename.endswith(".json")):
                    continue
                with archive.open(info) as stream:
                    text = stream.read(_FILE + 1)
                weight += len(text)
                if len(text) > _FILE or weight > _WHOLE:
                    why = f"« {info.filename} » est trop lourd une fois décompressé."
                    raise Refused(f"« {name} » : {why}")
                yield text
    except (*DAMAGED, RuntimeError):  # a password
        raise Refused(f"« {name} » est abîmé, ou fermé à clé : {_AGAIN}.") from None
