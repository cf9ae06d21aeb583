"""What a mail has attached and an import reads: spreadsheets, calendars, exports."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from msgspec.structs import replace

from portail.files import Files

from ..importer.base import Base
from ..importer.ground import Ground, Trial, judged
from ..importer.imports import Import, import_bytes
from ..importer.values import Change, doubt
from .parcels import Source


def imported(
    sources: Sequence[Source], files: Files, ground: Ground, trial: Trial, command: Namespace
) -> list[Import]:
    """What each of ``sources`` comes to among the contents and the ``files`` deposited with it. A
    content that is there changes if ``command`` says so."""
    options = Namespace(
        type=None,
        feuille=None,
        avec=command.avec,
        images=False,
        nom=None,
        confirmer=True,
        liste=None,
    )
    portal = ground.base
    read: list[Import] = []
    for source in sources:
        base = replace(portal, source=source.name, sender=source.sender)
        done = import_bytes(source.data, base, ground, options)
        changes = [_waiting(change, base, command.remplacer) for change in done.harvest.changes]
        read.append(replace(done, harvest=replace(done.harvest, changes=changes)))
    if any(it.is_blocked for it in read):
        return read
    harvests = judged([it.harvest for it in read], trial, portal, files)
    return [replace(it, harvest=harvest) for it, harvest in zip(read, harvests, strict=True)]


def _waiting(change: Change, base: Base, accepted: bool) -> Change:
    # What changes a content that is there waits, and may be doubtful.
    if not change.before:
        return change
    note = doubt({row.field for row in change.differences}, base.sender)
    note = " ; ".join(filter(None, (change.note, note)))
    return replace(change, note=note, after=change.after if accepted else b"")
