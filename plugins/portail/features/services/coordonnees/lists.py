"""Lists of e-mail addresses: refused among the contents, looked for in the project. What Git has
once kept is public for ever.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import SKIPPED
from portail.text.mail import mailbox_list
from portail.text.normalise import with_newlines

if TYPE_CHECKING:
    from portail.feature import Checked

_TEXTS = frozenset({".csv", ".tsv", ".txt", ".vcf"})
# Spreadsheets are archives; the member that holds the words of their cells.
_SHEETS = {".ods": "content.xml", ".xlsx": "xl/sharedStrings.xml"}
_PROJECT = ("pelicanconf.py", ".git")
_DEPTH = 2
_BYTES = 5_000_000


def check_addresses(path: PurePosixPath, data: bytes) -> list[Diagnostic]:
    """Why a text or a table (CSV) may not be kept: it is, or holds, a list of addresses (E132)."""
    if b"@" not in data and b"%40" not in data:
        return []
    text = with_newlines(data.decode("utf-8", "replace"))
    listing = mailbox_list(text, table=path.suffix.lower() != ".md")
    if listing:
        return [diagnostic("E132", Position(path, listing.line), nombre=listing.total)]
    return []


def stray_lists(root: Path, content: Path) -> list[Diagnostic]:
    """Lists of addresses among texts and spreadsheets of the project, at its root and two folders
    down; hidden folders and builds aside.
    """
    if not any((root / name).exists() for name in _PROJECT):
        return []
    diagnostics = []
    for path in _candidates(root, content, _DEPTH):
        name = PurePosixPath(path.relative_to(root).as_posix())
        try:
            if path.stat().st_size <= _BYTES:
                diagnostics += check_addresses(name, _words(path))
        except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
            continue  # nobody could read addresses in it either
    return diagnostics


def _candidates(folder: Path, content: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            continue
        if entry.is_dir():
            hidden = entry.name.startswith(".") or entry.name in SKIPPED
            if depth and not hidden and path != content:
                yield from _candidates(path, content, depth - 1)
        elif path.suffix.lower() in _TEXTS or path.suffix.lower() in _SHEETS:
            yield path


def _words(path: Path) -> bytes:
    # Bytes of a text; of a spreadsheet, the first megabytes of its cells, one a line.
    member = _SHEETS.get(path.suffix.lower())
    if member is None:
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        return stream.read(_BYTES).replace(b">", b"\n").replace(b"<", b"\n<")


def judge_project(read: Checked) -> Iterable[Diagnostic]:
    """Lists of subscribers beside the contents."""
    return stray_lists(read.content.parent, read.content)
