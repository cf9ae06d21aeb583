"""What names a content as it was called before (C406): told by the other files, not by this one."""

from __future__ import annotations

from collections.abc import Iterable

from portail.diagnostics import Diagnostic
from portail.repair.fields import written_over
from portail.repair.sheet import Edit, Sheet
from portail.source.loader import SourceFile

__all__ = ["RENAMED", "renamed"]

RENAMED = "C406"


def renamed(data: bytes, file: SourceFile, told: Iterable[Diagnostic]) -> tuple[bytes, int]:
    """The bytes of ``file`` with the names of now, where ``told`` says what they are, and how many
    there were."""
    items = [one for one in told if one.code == RENAMED and one.position.path == file.path]
    try:
        sheet = Sheet(file, data.decode("utf-8")) if items else None
    except UnicodeDecodeError:
        sheet = None
    if sheet is None:
        return data, 0
    edits = {edit for item in items for edit in _edits(sheet, item)}
    return sheet.mended(edits).raw.encode(), len(edits)


def _edits(sheet: Sheet, item: Diagnostic) -> list[Edit]:
    start, end = sheet.span(item)
    if start >= sheet.body_start:
        return [Edit(start, end, item.paste)]
    found = sheet.value_at(item)
    return [written_over(sheet, found, item.paste)] if found else []
