"""Received contents checked among the others, in a copy: the folder of contents is not touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from portail.cli.contents import read_contents
from portail.cli.deposer.placing import Files
from portail.cli.summary import Run
from portail.diagnostics import Report

__all__ = ["tried"]

_REFUSED = "Rien n’a été déposé : les contenus sont inchangés."


@contextmanager
def tried(files: Files, content: Path, date: str | None) -> Iterator[tuple[Report, Run, Path]]:
    """What ``portail check`` says of ``files`` once they are among the contents, and the parent of
    the copy where they stand, for the lines that a report quotes: it goes away with the block.

    Raises ``ConfigError``, ``OSError``.
    """
    near = content.parent / ".cache"
    near.mkdir(exist_ok=True)
    root = Path(mkdtemp(prefix="depot-", dir=near))
    try:
        copy = root / content.name
        shutil.copytree(content, copy, copy_function=_linked, symlinks=True)
        # What is known of the other contents serves here too: they are not read again.
        for name in ("data", ".cache"):
            if (content.parent / name).is_dir():
                (root / name).symlink_to(content.parent / name)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)  # a link: the file itself must not change
            target.write_bytes(text)
        read = read_contents(str(copy), date, "portail deposer")
        own = Report(one for one in read.result.report if one.position.path in files)
        run = replace(read.run, read=len(files), subject="", refused=_REFUSED)
        yield own, run, root
    finally:
        # Not TemporaryDirectory, which changes the mode of what it cannot remove: through links,
        # that of the contents.
        shutil.rmtree(root, ignore_errors=True)


def _linked(source: str, target: str) -> str:
    """The same file under another name: nothing is copied where the disk allows it."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target
