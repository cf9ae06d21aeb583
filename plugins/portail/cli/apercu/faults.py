"""What is wrong with a proposal, given to the content that it concerns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from portail.cli.apercu.changes import Change
from portail.cli.excerpt import Lines, excerpt, has_place
from portail.cli.reporting import remedy
from portail.cli.terminal import Style
from portail.diagnostics import Diagnostic, Report, Severity
from portail.model.scalars import Reading
from portail.repair.engine import mend
from portail.repair.sheet import Edit, Sheet
from portail.site.draft import read_document
from portail.source.loader import SourceFile

_MOST = 40
"""Faults of one file that are told one by one."""

_PLAIN = Style(False)


class ExcerptLine(NamedTuple):
    """A line of an excerpt; ``forte``: the faulty one, or its carets."""

    texte: str
    forte: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake or advice, ready to be told: ``ligne`` is 0 for a mistake of the whole file,
    ``ecrire`` the lines to write instead, ``extrait`` those of the file, carets under the fault.
    All are texts of strangers, which nothing has escaped yet."""

    code: str
    path: PurePosixPath
    ligne: int
    message: str
    remede: str
    ecrire: tuple[str, ...] = ()
    extrait: tuple[ExcerptLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one content: its errors, then warnings and advice; how many more there are
    than can be told."""

    erreurs: tuple[Diagnostic, ...] = ()
    conseils: tuple[Diagnostic, ...] = ()
    tues: int = 0


def told_of(
    changes: Sequence[Change], before: Report, after: Report
) -> tuple[list[Change], Mapping[PurePosixPath, Told]]:
    """Every change with what is told of it, by path; and, added to the changes, the files that
    did not change and have an error that they had not.

    An error of a file of the proposal is told even if it was there; advice, only if it is new.
    """
    former = {one.path: one.avant.path for one in changes if one.sorte == "renomme" and one.avant}
    known = {(item.position.path, item.code, item.message) for item in before}
    owner: dict[PurePosixPath, list[PurePosixPath]] = {}
    for one in changes:
        for path in one.paths:
            owner.setdefault(path, []).append(one.path)
    found: dict[PurePosixPath, list[Diagnostic]] = {}
    touched: list[PurePosixPath] = []
    for item in after:
        path, error = item.position.path, item.severity is Severity.ERREUR
        new = (former.get(path, path), item.code, item.message) not in known
        if path in owner and (new or error):
            for each in owner[path]:
                found.setdefault(each, []).append(item)
        elif path not in owner and new and error:
            touched.append(path)
            found.setdefault(path, []).append(item)
    others = [Change("touche", path, texte=False) for path in dict.fromkeys(touched)]
    return [*changes, *others], {path: _told(items) for path, items in found.items()}


def _told(items: Iterable[Diagnostic]) -> Told:
    ranked = sorted(items, key=lambda one: (one.severity.rank, one.sort_key))
    errors = [one for one in ranked if one.severity is Severity.ERREUR]
    advice = [one for one in ranked if one.severity is not Severity.ERREUR]
    left = max(len(errors) - _MOST, 0) + max(len(advice) - _MOST, 0)
    return Told(tuple(errors[:_MOST]), tuple(advice[:_MOST]), left)


def faults_of(items: Iterable[Diagnostic], lines: Lines) -> tuple[Fault, ...]:
    """``items`` as they are told, quoted from ``lines``."""
    return tuple(_fault(item, lines) for item in items)


def _fault(item: Diagnostic, lines: Callable[[PurePosixPath], Sequence[str]]) -> Fault:
    place = item.position
    hint, rows = remedy(item)
    quoted = tuple(_line(text, place.line) for text in excerpt(item, lines(place.path), _PLAIN, ""))
    # What the remedy announces at its end is written below it.
    return Fault(
        item.code,
        place.path,
        place.line if has_place(item) else 0,
        item.message,
        hint.removesuffix(":").rstrip(" \u00a0") if rows else hint,
        tuple(rows),
        quoted,
    )


def _line(text: str, line: int) -> ExcerptLine:
    return ExcerptLine(text[2:], bool(re.match(rf"\s*(?:{line})? │", text)))


# The front matter of a faulty file, corrected as far as a machine may, to copy and paste.

# A header that nobody wrote by hand is read many times for nothing: it would not be shown.
_LONGEST = 20_000
_PROPOSED = 40
_PASTED = re.compile(r"([A-Za-z_][\w-]*):[ ](\S.*)")


class Header(NamedTuple):
    """A front matter, its two ``---`` included; ``reste`` counts the errors that are left in it,
    each announced by a remark above its line."""

    texte: str
    reste: int


def corrected(
    data: bytes,
    file: SourceFile,
    reading: Reading,
    refs: frozenset[str],
    errors: Sequence[Diagnostic],
) -> Header | None:
    """The front matter of ``file`` after the safe repairs and the lines that ``errors`` propose.

    A proposal is kept if the file, read again, has no error that it had not. ``None`` when nothing
    of it changes, when the file is no text, has no front matter that can be told from its body, or
    a too long one.
    """
    try:
        head = _head(data, file)
        if len(head) > _LONGEST:
            return None
        raw = mend(head, file, reading, refs).data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    sheet = Sheet(file, raw, refs)
    left: list[Diagnostic] = []
    for item in _again(sheet, file, reading, errors)[:_PROPOSED]:
        tried = _pasted(sheet, item)
        if tried is not None and not _worse(sheet, tried, reading, item):
            sheet = tried
        else:
            left.append(item)
    header, written = _header(sheet, left), _header(Sheet(file, head.decode("utf-8")), ())
    return None if header and written and header.texte == written.texte else header


def _head(data: bytes, file: SourceFile) -> bytes:
    """The front matter and a word: a body takes long to read, as many times as there are repairs.
    All of it when they cannot be told apart: a repair may part them."""
    sheet = Sheet(file, data.decode("utf-8"))
    if sheet.parts is None:
        return data
    return f"{sheet.text[: sheet.body_start]}\nTexte.\n".encode()


def _again(
    sheet: Sheet, file: SourceFile, reading: Reading, errors: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """What is still wrong once mended, from the last line up, so that lines keep their numbers;
    what only other documents show (a place that does not exist) is looked for by its text."""
    own = _errors(sheet, reading)
    found = {(one.code, one.message): one for one in own}
    for item in errors:
        if item.position.path == file.path and (item.code[1] == "4" or item.code[1] == "5"):
            moved = _found_again(sheet, item)
            if moved is not None:
                found.setdefault((item.code, item.message), moved)
    return sorted(found.values(), key=lambda one: one.sort_key, reverse=True)


def _errors(sheet: Sheet, reading: Reading) -> list[Diagnostic]:
    loaded, _ = read_document(sheet.raw.encode(), sheet.file, reading)
    return [one for one in loaded.diagnostics if one.severity is Severity.ERREUR]


def _found_again(sheet: Sheet, item: Diagnostic) -> Diagnostic | None:
    """``item``, if the line that it points at is still the same: repairs may have moved others."""
    quoted = re.search(r"« (.+?) »", item.message)
    start, end = sheet.span(item)
    return item if quoted and quoted[1] in sheet.text[start:end] else None


def _pasted(sheet: Sheet, item: Diagnostic) -> Sheet | None:
    """The file with what ``item`` proposes to write, in its front matter."""
    parts = sheet.parts
    if parts is None or not item.paste:
        return None
    place, pasted = item.position, _PASTED.fullmatch(item.paste)
    if item.code == "E201":  # a line that is missing goes to the end of the front matter
        at = sheet.offset(_last_line(sheet))
        return sheet.mended([Edit(at, at, f"{item.paste}\n")])
    if place.line >= parts.body_line or not place.length or pasted is None:
        return None
    start, end = sheet.span(item)
    written = sheet.text[start:end]
    line = sheet.text[slice(*sheet.line(start))]
    if line.lstrip(" -").startswith(f"{pasted[1]}:") and not written.startswith(f"{pasted[1]}:"):
        return sheet.mended([Edit(start, end, pasted[2])])
    if line.lstrip(" -").startswith(f"{written}:"):  # a key that has another name
        return sheet.mended([Edit(start, end, pasted[1])])
    return None


def _worse(sheet: Sheet, tried: Sheet, reading: Reading, item: Diagnostic) -> bool:
    before = {(one.code, one.message) for one in _errors(sheet, reading)}
    after = {(one.code, one.message) for one in _errors(tried, reading)}
    return bool(after - before) or (item.code, item.message) in after


def _last_line(sheet: Sheet) -> int:
    """Number of the line that ends the front matter."""
    assert sheet.parts is not None
    lines = sheet.text.split("\n")
    for number in range(min(sheet.parts.body_line - 1, len(lines)), 1, -1):
        if lines[number - 1].rstrip() in ("---", "..."):
            return number
    return sheet.parts.body_line


def _header(sheet: Sheet, left: Sequence[Diagnostic]) -> Header | None:
    """The lines of the front matter; what is left is announced above its line."""
    parts = sheet.parts
    if parts is None:
        return None
    last = _last_line(sheet)
    lines = sheet.text.split("\n")[:last]
    inside = [one for one in left if 1 < one.position.line < last]
    for item in sorted(inside, key=lambda one: one.position.line, reverse=True):
        rank = item.position.line - 1
        indent = re.match(r"\s*", lines[rank])
        lines.insert(rank, f"{indent[0] if indent else ''}# À corriger : {item.message}")
    return Header("\n".join(lines), len(left))
