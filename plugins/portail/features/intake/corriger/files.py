"""``portail check --corriger``: the safe repairs of all the contents, shown and written."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from portail.diagnostics import Diagnostic
from portail.files import atomic_write, bytes_in
from portail.machine import reason_of
from portail.source.loader import SourceFile, list_content
from portail.terminal.reporting import wants_colour
from portail.terminal.text import Style, counted, diff_rows, safe
from portail.terminal.voice import say

from .engine import REPAIRS, Mended, mend
from .names import rename_files as rename_files

if TYPE_CHECKING:
    from portail.feature import Checked
    from portail.features.roles import Seal

# Codes of what is mended.
CODES: Collection[str] = REPAIRS

_LEFT = ("laissé tel quel", "laissés tels quels")


def repair_files(read: Checked, stream: TextIO, *, write: bool, seal: Seal | None = None) -> int:
    """Mend every text of ``read`` that can be, whole files only, and show what changes on
    ``stream``; returns how many were written, none unless ``write``."""
    style = Style(wants_colour(stream, os.environ))
    files = repairs = written = 0
    for document, data, mended in _mended(read):
        after = seal(data, mended.data, document.path) if seal else mended.data
        files += 1
        repairs += mended.count
        rows = [*_shown(document.path, data, mended, style)]
        refused = _replace(document.file, data, after) if write else ""
        written += write and not refused
        rows += [f"{safe(str(document.path))} {refused}"] if refused else []
        say("\n".join([*rows, "", ""]), stream)
    say(f"{_total(repairs, files, written, write=write)}\n\n", stream)
    return written


def repairs_of(read: Checked) -> int:
    """Number of diagnostics of ``read`` that can be mended."""
    return sum(mended.count for _, _, mended in _mended(read))


def _mended(read: Checked) -> Iterator[tuple[SourceFile, bytes, Mended]]:
    # The texts that change, as they are and mended.
    by_path: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
    for item in read.result.report:
        if item.code in REPAIRS:
            by_path[item.position.path].append(item)
    if not by_path:
        return
    for document in list_content(read.content, read.config.statiques).documents:
        items = by_path.get(document.path)
        if items and (data := bytes_in(document.file)) is not None:
            mended = mend(data, document, items)
            if mended.data != data:
                yield document, data, mended


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
    repairs = (f"{code} × {many}" if many > 1 else code for code, many in mended.done.items())
    yield f"{style.paint('gras', name)}  {style.paint('terne', ', '.join(repairs))}"
    yield from diff_rows(name, data, mended.data, style)


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
