"""``portail check --corriger``: the safe repairs of all the contents, shown and written."""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from portail.cli.contents import Contents, tables_of
from portail.cli.reporting import say, wants_colour
from portail.cli.summary import counted
from portail.cli.terminal import Style, safe
from portail.files import atomic_write
from portail.source.loader import Listing, list_content, reason_of

if TYPE_CHECKING:
    from portail.model.fields import Reading
    from portail.repair.engine import Mended

__all__ = ["repair_files", "repairs_of"]

_COUNTED = 100
"""Files whose repairs a report counts, at most: each is read several times."""

_LEFT = ("laissé tel quel", "laissés tels quels")
_ENDS = re.compile(r"\r\n|\r")
_TINTS = {"+": "bon", "-": "erreur", "@": "terne", " ": ""}


def repair_files(read: Contents, stream: TextIO, *, write: bool) -> int:
    """Mend every text of ``read`` that can be, and show what changes on ``stream``.

    Files are replaced whole, only those that change; ``write`` false shows and writes nothing. A
    file that changed since it was read is left. Returns how many files were written.
    """
    style = Style(wants_colour(stream, os.environ))
    listing, refs, reading = _materials(read)
    files = repairs = written = 0
    from portail.repair.engine import Done, mend
    from portail.repair.renamed import RENAMED, renamed

    for document in listing.documents:
        try:
            data = document.file.read_bytes()
        except OSError:
            continue  # the report says so
        named, many = renamed(data, document, read.result.report)
        mended = mend(named, document, reading, refs)
        if many:
            mended = replace(mended, done=(Done(RENAMED, many), *mended.done))
        rows = list(_shown(document.path, data, mended, style))
        if mended.data != data:
            files, repairs = files + 1, repairs + mended.count
            refused = _replace(document.file, data, mended.data) if write else ""
            written += write and not refused
            rows += [f"{safe(str(document.path))} {refused}"] if refused else []
        if rows:
            say("\n".join([*rows, "", ""]), stream)
    say(f"{_total(repairs, files, written, write=write)}\n\n", stream)
    return written


def repairs_of(read: Contents) -> tuple[int, bool]:
    """How many diagnostics of ``read`` can be mended, and whether there may be more.

    Only those files are read again of which a diagnostic has a repair.
    """
    if not len(read.result.report):
        return 0, False
    from portail.repair.engine import mend
    from portail.repair.renamed import RENAMED
    from portail.repair.table import REPAIRS

    number = sum(item.code == RENAMED for item in read.result.report)
    paths = {item.position.path for item in read.result.report if item.code in REPAIRS}
    if not paths:
        return number, False
    listing, refs, reading = _materials(read)

    documents = [one for one in listing.documents if one.path in paths]
    for document in documents[:_COUNTED]:
        try:
            data = document.file.read_bytes()
        except OSError:
            continue
        number += mend(data, document, reading, refs, tidy=False).count
    return number, len(documents) > _COUNTED


def _materials(read: Contents) -> tuple[Listing, frozenset[str], Reading]:
    """The texts, the references of all of them, and what reading them needs."""
    from portail.geo.territories import Geography
    from portail.model.fields import Reading
    from portail.model.vocabulary import Vocabularies

    data = tables_of(read.content)
    listing = list_content(read.content, read.config.statiques)
    refs = frozenset(f"{one.kind.value}/{one.slug}" for one in listing.documents)
    reading = Reading(Vocabularies.load(data), Geography.load(data, read.config.region))
    return listing, refs, reading


def _replace(file: Path, before: bytes, after: bytes) -> str:
    """Write ``after``; why not, in French, when the file is not what it was or refuses."""
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
    """What was mended in a file, as a unified diff, then what was left."""
    name = safe(str(path))
    if mended.data != data:
        told = ", ".join(
            f"{one.name} × {one.count}" if one.count > 1 else one.name for one in mended.done
        )
        yield f"{style.paint('gras', name)}  {style.paint('terne', told)}"
        before, after = _lines(data), _lines(mended.data)
        diff = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
        for rank, row in enumerate(diff):
            tint = "terne" if rank < 2 else _TINTS[row[0]]
            yield style.paint(tint, safe(row)) if tint else safe(row)
    for item in mended.left:
        yield f"{name}:{item.position.line} {item.code} est laissé : une autre faute en naîtrait."


def _lines(data: bytes) -> Sequence[str]:
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return _ENDS.sub("\n", text).removesuffix("\n").split("\n")


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
