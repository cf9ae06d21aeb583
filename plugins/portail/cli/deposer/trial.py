"""Received contents checked among the others, in a copy: the folder of contents is not touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from portail.cli.contents import read_contents
from portail.cli.deposer.placing import Files
from portail.cli.summary import Run
from portail.diagnostics import Report

__all__ = ["Trial", "tried"]


class Trial:
    """A folder that goes away with the block that uses it; ``path`` is where it is."""

    def __init__(self, near: Path) -> None:
        near.mkdir(exist_ok=True)
        self.path = Path(tempfile.mkdtemp(prefix="depot-", dir=near))

    def __enter__(self) -> Trial:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def tried(files: Files, content: Path, date: str | None) -> tuple[Report, Run, Trial]:
    """What ``portail check`` says of ``files`` once they are among the contents, and the copy where
    they stand, for the lines that a report quotes. Raises ``ConfigError``, ``OSError``."""
    trial = Trial(content.parent / ".cache")
    try:
        copy = trial.path / content.name
        shutil.copytree(content, copy, copy_function=_linked, symlinks=True)
        # What is known of the other contents serves here too: they are not read again.
        for name in ("data", ".cache"):
            if (content.parent / name).is_dir():
                (trial.path / name).symlink_to(content.parent / name)
        for path, text in files.items():
            target = trial.path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)  # a link: the file itself must not change
            target.write_bytes(text)
        read = read_contents(str(copy), date, "portail deposer")
    except BaseException:
        shutil.rmtree(trial.path, ignore_errors=True)
        raise
    own = Report(one for one in read.result.report if one.position.path in files)
    return own, replace(read.run, read=len(files), subject=""), trial


def _linked(source: str, target: str) -> str:
    """The same file under another name: nothing is copied where the disk allows it."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target
