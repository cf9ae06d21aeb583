"""``portail check --corriger``: the safe repairs of all the contents, shown and written.

A repair is what a diagnostic says to write, where nobody could mean something else.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from portail.diagnostics import Diagnostic
from portail.files import atomic_write, bytes_in
from portail.machine import reason_of
from portail.model.kinds import BY_FOLDER, Kind
from portail.source.loader import SourceFile, list_content
from portail.terminal.readable import say, wants_colour
from portail.terminal.text import Style, counted, diff_rows, safe
from portail.text.normalise import SLUG_LENGTH, is_slug, slug_of_filename
from portail_plume.sheet import Edit, Sheet, apart

if TYPE_CHECKING:
    from portail.feature import Checked
    from portail.roles import Seal


from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from . import fields

# Gives the edits that mend one diagnostic, made together; none when the meaning is unsure.
Repair = Callable[[Sheet, Diagnostic], list[Edit]]

# Codes whose faults hold what is to be written.
_FIXED = ("C205 C206 C280 C282 C406 E203 E204 E208 E210 E211 E214 E219 E233 E240 E411 E412").split()

REPAIRS: Mapping[str, Repair] = {
    "C284": fields.spelled,
    "E102": fields.hidden_character,
    "E106": fields.double_key,
    "E115": fields.first_fence,
    **dict.fromkeys(_FIXED, fields.sure_proposal),
    "E206": fields.empty_key,
    "E238": fields.double_value,
    "E313": fields.heading_levels,
    "E314": fields.heading_levels,
    "E316": fields.without_scheme,
}

# Of the diagnostics of a file that is written to keep us busy.
_MOST = 200


class Mended(Struct, frozen=True):
    """The bytes of a file after its repairs, and the number of these by code of diagnostic."""

    data: bytes
    done: Counter[str]


def mend(
    data: bytes, file: SourceFile, items: Sequence[Diagnostic], *, likely: bool = False
) -> Mended:
    """``data``, the bytes of ``file``, without the faults that ``items`` say and that can be mended
    together; with ``likely``, what may be meant is written too."""
    try:
        sheet = Sheet(file, data.decode("utf-8"))
    except UnicodeDecodeError:
        return Mended(data, Counter())
    proposed: list[tuple[str, list[Edit]]] = []
    for item in items[:_MOST]:
        # The example of a missing field (E201), copied, would announce what nobody wrote.
        edits = []
        if likely and item.code != "E201":
            edits = fields.proposal(sheet, item)
        if not edits and item.code in REPAIRS:
            edits = REPAIRS[item.code](sheet, item)
        if edits:
            proposed.append((item.code, edits))
    ranks = apart([edits for _, edits in proposed])
    written = set(chain.from_iterable(proposed[rank][1] for rank in ranks))
    # One outline mends several headings: all of them count.
    done = Counter(code for code, edits in proposed if written.issuperset(edits))
    return Mended(sheet.mended(written).raw.encode(), done)


# Repairs of the names of files (``portail check --corriger``): other extensions of Markdown,
# addresses that only a day told apart.


def rename_files(read: Checked, stream: TextIO, *, write: bool) -> int:
    """Give the files of ``read`` the names that they should have, none unless ``write``; returns
    how many have changed."""
    report = read.result.report
    first = [*extensions(report)]
    done = _renamed(first, read.content.parent, stream, write=write)
    listing = list_content(read.content, read.config.statiques)
    fresh = {renaming.after for renaming in first}
    second = [*addresses(report, listing.documents, fresh)]
    done += _renamed(second, read.content.parent, stream, write=write)
    if first or second:
        say("\n", stream)
    return done


def _renamed(rows: Iterable[Renaming], root: Path, stream: TextIO, *, write: bool) -> int:
    done = 0
    for renaming in rows:
        line = f"{safe(str(renaming.path))} → {safe(renaming.name)}  {renaming.code}"
        refused = ""
        if (root / renaming.after).exists():
            refused = "ce nom est déjà pris"
        elif write:
            try:
                (root / renaming.path).rename(root / renaming.after)
                done += 1
            except OSError as error:
                refused = reason_of(error)
        say(f"{line}{f', laissé : {refused}' if refused else ''}\n", stream)
    return done


# Ends of the names of Markdown files, in lower case; ours is the first.
MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})

EXTENSION = "E112"
ADDRESS = "E501"


class Renaming(Struct, frozen=True):
    """A file, or the folder of a text, that is to be called otherwise; ``code`` says why."""

    path: PurePosixPath
    name: str
    code: str

    @property
    def after(self) -> PurePosixPath:
        return self.path.with_name(self.name)


def extensions(report: Iterable[Diagnostic]) -> Iterator[Renaming]:
    """Texts of contents whose extension is another one of Markdown (``.markdown``), or that an
    editor has hidden behind its own (``.md.txt``)."""
    for item in report:
        path = item.position.path
        name = path.with_suffix("") if path.name.lower().endswith(".md.txt") else path
        is_text = name.suffix.lower() in MARKDOWN and len(path.parts) > 2
        if item.code == EXTENSION and is_text and path.parts[1] in BY_FOLDER:
            yield Renaming(path, f"{name.stem}.md", EXTENSION)


def addresses(
    report: Iterable[Diagnostic],
    documents: Iterable[SourceFile],
    renamed: Collection[PurePosixPath],
) -> Iterator[Renaming]:
    """Texts whose address is another's although a day before their name told them apart: the day
    goes behind.
    """
    late = {item.position.path for item in report if item.code == ADDRESS}
    by_address: dict[tuple[Kind, str], list[SourceFile]] = {}
    for document in documents:
        by_address.setdefault((document.kind, document.slug), []).append(document)
    taken = set(by_address)
    for group in by_address.values():
        movable = [
            document for document in group if document.path in late or document.path in renamed
        ]
        for document in movable[len(movable) == len(group) :]:
            path = document.path
            if path.name == "index.md":
                path = path.parent
            stem = path.name.removesuffix(".md")
            day = ""
            if slug_of_filename(stem) != stem:
                day = stem[:10]
            slug = f"{document.slug[: SLUG_LENGTH - 11].rstrip('-')}-{day}"
            if day and is_slug(slug) and (document.kind, slug) not in taken:
                taken.add((document.kind, slug))
                yield Renaming(path, f"{slug}{path.name[len(stem) :]}", ADDRESS)


# Codes of what is mended, names of files too.
CODES = frozenset({*REPAIRS, EXTENSION, ADDRESS})

_LEFT = ("laissé tel quel", "laissés tels quels")


def repair_files(read: Checked, stream: TextIO, *, write: bool, seal: Seal | None = None) -> int:
    """Mend every text of ``read`` that can be, whole files only, and show what changes on
    ``stream``; returns how many were written, none unless ``write``."""
    style = Style(wants_colour(stream, os.environ))
    files = repairs = written = 0
    for document, data, mended in _mended(read):
        after = mended.data
        if seal:
            after = seal(data, after, document.path)
        files += 1
        repairs += mended.done.total()
        rows = [*_shown(document.path, data, mended, style)]
        refused = ""
        if write:
            refused = _replace(document.file, data, after)
        written += write and not refused
        if refused:
            rows += [f"{safe(str(document.path))} {refused}"]
        say("\n".join([*rows, "", ""]), stream)
    say(f"{_total(repairs, files, written, write=write)}\n\n", stream)
    return written


def repairs_of(read: Checked) -> int:
    """Number of diagnostics of ``read`` that can be mended."""
    return sum(mended.done.total() for _, _, mended in _mended(read))


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
