"""``portail check --corriger``: what it does beside the text of files, their names and the
addresses that they had."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from portail.features.intake.corriger.names import (
    Renaming,
    addresses,
    extensions,
    former_address,
    with_former,
)
from portail.machine import reason_of
from portail.source.loader import SourceFile, list_content
from portail.terminal.text import safe
from portail.terminal.voice import say

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


class Former:
    """The addresses that texts of Pelican had, as their headers become ours: each is written once,
    in the first text that had it."""

    def __init__(self, read: Checked) -> None:
        site = read.result.site
        items = site.items.values() if site else ()
        self.taken = {url for item in items for url in item.entry.anciennes_urls}

    def written(self, before: bytes, after: bytes, file: SourceFile) -> bytes:
        """``after``, the mended bytes of a file, with the address that its title gave it."""
        address = former_address(before.decode("utf-8", "replace").replace("\r\n", "\n"), file.kind)
        if not address or address in self.taken:
            return after
        self.taken.add(address)
        return with_former(after, file, address)
