"""Files that a command proposes: tried among the contents, then written, all or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from portail.cli.contents import read_contents
from portail.diagnostics import Diagnostic, Report
from portail.files import Files, replace_files
from portail.terminal.text import Run

REFUSED = "Rien n’a été déposé : les contenus sont inchangés."


@contextmanager
def tried(files: Files, content: Path, date: str | None) -> Iterator[tuple[Report, Run, Path]]:
    """Report of ``files`` among the contents, and the folder that they stand in meanwhile."""
    near = content.parent / ".cache"
    near.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="depot-", dir=near) as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
        proposed = root / content.name
        read = read_contents(
            str(content), date, "portail deposer", proposed=proposed, before=content
        )
        of_files = Report(fault for fault in read.result.report if fault.position.path in files)
        run = replace(read.run, read=len(files), subject="", refused=REFUSED)
        yield of_files, run, root


def faults_among(files: Files, content: Path, date: str | None) -> list[Diagnostic]:
    """What the whole portal says of ``files`` among its contents."""
    with tried(files, content, date) as (report, _, _):
        return [*report]


def written(files: Files, content: Path) -> Iterator[str]:
    last = {".md": 1, ".json": 2}
    ordered = sorted(files.items(), key=lambda file: last.get(file[0].suffix, 0))
    before = replace_files({content.parent / path: data for path, data in ordered})
    for path in files:
        kind = "remplacé" if before[content.parent / path] is not None else "déposé"
        yield f"{path} : {kind}."
