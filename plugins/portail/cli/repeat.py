"""The answer of a command that is asked again, without anything that reads contents or settings."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from time import time_ns
from typing import Any

from msgspec.structs import astuple, replace

from portail.diagnostics import Diagnostic, Position, Report
from portail.terminal.text import Run
from portail.terminal.voice import Voice, detail, inform, set_voice, voice

from .again import STARTED
from .programs import write_as


def answer_of(
    code: int,
    report: Report,
    run: Run,
    root: Path,
    *,
    form: str = "text",
    errors: bool = False,
    notes: Iterable[str] = (),
    lines: Iterable[str] = (),
    done: str = "",
) -> dict[str, Any]:
    """An answer as ``Again.keep`` takes it: ``report`` on stderr with ``errors`` unless it is
    empty, then ``notes`` on stderr, ``lines`` and ``done`` on stdout.
    """
    places = [(item, astuple(item.position)) for item in report]
    return {
        "code": code,
        "report": [
            [item.code, [str(path), *numbers], *astuple(item)[2:-1]]
            for item, (path, *numbers) in places
        ],
        "run": astuple(replace(run, seconds=None)),
        "root": str(root),
        "form": form,
        "errors": errors,
        "notes": [*notes],
        "lines": [*lines],
        "done": done,
        "voice": int(voice()),
    }


def last_line(done: str, seconds: float) -> str:
    """The last line of a build: what it read and made."""
    return f"Site construit en {f'{seconds:.1f}'.replace('.', ',')} s : {done}.\n"


def repeat(answer: Mapping[str, Any]) -> int:
    """Give ``answer`` again; returns the exit code of the command."""
    seconds = (time_ns() - STARTED) / 1e9
    set_voice(Voice(answer["voice"]))
    detail("Rien n’a changé depuis la dernière fois.")
    report = Report(
        Diagnostic(code, Position(PurePosixPath(path), *numbers), *texts)
        for code, (path, *numbers), *texts in answer["report"]
    )
    run = replace(Run(*answer["run"]), seconds=seconds)
    if len(report) or not answer["errors"]:
        stream = sys.stderr if answer["errors"] else sys.stdout
        write_as(answer["form"], report, stream, Path(answer["root"]), run)
    for note in answer["notes"]:
        inform(note, sys.stderr)
    for line in answer["lines"]:
        inform(line, sys.stdout)
    if answer["done"]:
        inform(last_line(answer["done"], seconds), sys.stdout)
    return int(answer["code"])
