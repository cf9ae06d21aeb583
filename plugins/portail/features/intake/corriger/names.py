"""Repairs of the names of files (``portail check --corriger``): other extensions of Markdown,
addresses that only a day told apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from portail.diagnostics import Diagnostic
from portail.machine import reason_of
from portail.model.kinds import BY_FOLDER, Kind
from portail.source.loader import SourceFile, list_content
from portail.terminal.text import safe
from portail.terminal.voice import say
from portail.text.normalise import SLUG_LENGTH, is_slug, slug_of_filename

if TYPE_CHECKING:
    from portail.feature import Checked


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
            path = document.path.parent if document.path.name == "index.md" else document.path
            stem = path.name.removesuffix(".md")
            day = stem[:10] if slug_of_filename(stem) != stem else ""
            slug = f"{document.slug[: SLUG_LENGTH - 11].rstrip('-')}-{day}"
            if day and is_slug(slug) and (document.kind, slug) not in taken:
                taken.add((document.kind, slug))
                yield Renaming(path, f"{slug}{path.name[len(stem) :]}", ADDRESS)
