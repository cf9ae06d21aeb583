"""``portail check --corriger``: the safe repairs of all the contents, shown and written."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from portail.files import atomic_write, bytes_in
from portail.machine import reason_of
from portail.terminal.reporting import wants_colour
from portail.terminal.text import Style, counted, diff_rows, safe
from portail.terminal.voice import say

from .bodies import RENAMED, renamed
from .engine import REPAIRS, Mended, mend
from .names import rename_files as rename_files

if TYPE_CHECKING:
    from portail.feature import Checked
    from portail.features.roles import Seal

# Code of a header of Pelican, whose text was at another address.
# Codes of what is mended.
CODES: Collection[str] = REPAIRS
# Files whose repairs a report counts, at most: each is read several times.
_COUNTED = 100

_LEFT = ("laissé tel quel", "laissés tels quels")


def repair_files(read: Checked, stream: TextIO, *, write: bool, seal: Seal | None = None) -> int:
    """Mend every text of ``read`` that can be, whole files only, and show what changes on
    ``stream``; returns how many were written, none unless ``write``."""
    style = Style(wants_colour(stream, os.environ))
    listing, refs, reading = read.materials()
    files = repairs = written = 0
    for document in listing.documents:
        if (data := bytes_in(document.file)) is None:
            continue
        named, many = renamed(data, document, read.result.report)
        mended = mend(named, document, reading, refs)
        if many:
            mended = replace(mended, done={RENAMED: many, **mended.done})
        rows = list(_shown(document.path, data, mended, style))
        if mended.data != data:
            after = seal(data, mended.data, document.path) if seal else mended.data
            files = files + 1
            repairs = repairs + mended.count
            refused = _replace(document.file, data, after) if write else ""
            written += write and not refused
            rows += [f"{safe(str(document.path))} {refused}"] if refused else []
        if rows:
            say("\n".join([*rows, "", ""]), stream)
    say(f"{_total(repairs, files, written, write=write)}\n\n", stream)
    return written


def repairs_of(read: Checked) -> tuple[int, bool]:
    """Number of diagnostics of ``read`` that can be mended; true when there may be more."""
    if not len(read.result.report):
        return 0, False
    number = sum(item.code == RENAMED for item in read.result.report)
    paths = {item.position.path for item in read.result.report if item.code in REPAIRS}
    if not paths:
        return number, False
    listing, refs, reading = read.materials()
    documents = [document for document in listing.documents if document.path in paths]
    for document in documents[:_COUNTED]:
        if (data := bytes_in(document.file)) is not None:
            number += mend(data, document, reading, refs, tidy=False).count
    return number, len(documents) > _COUNTED


def _replace(file: Path, before: bytes, after: bytes) -> str:
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or file.read_bytes() != before:
            return "a changé entre-temps : il est laissé tel quel."
        atomic_write(file, after)
        file.chmod(stat.S_IMODE(status.st_mode))
    except OSError as error:
        return f"ne peut pas être écrit : {reason_of(error)}."
    return ""


def _shown(path: PurePosixPath, data: bytes, mended: Mended, style: Style) -> Iterator[str]:
    name = safe(str(path))
    if mended.data != data:
        repairs = (f"{it} × {many}" if many > 1 else it for it, many in mended.done.items())
        yield f"{style.paint('gras', name)}  {style.paint('terne', ', '.join(repairs))}"
        yield from diff_rows(name, data, mended.data, style)
    for item, raised in mended.left:
        why = "ce qui serait écrit ne dirait pas la même chose."
        if raised is not None:
            why = f"il en naîtrait une autre faute, {raised.code} : {safe(raised.message)}"
        yield f"{name}:{item.position.line} {item.code} est laissé, {why}"


def _total(repairs: int, files: int, written: int, *, write: bool) -> str:
    if not files:
        return "Rien ne se corrige sans vous."
    many = counted(repairs, ("correction", "corrections"))
    where = counted(files, ("fichier", "fichiers"))
    if not write:
        return f"{many} dans {where} ; rien n’est écrit."
    if written == files:
        return f"{many} dans {where}."
    return f"{many} dans {where}, dont {counted(files - written, _LEFT)}."
