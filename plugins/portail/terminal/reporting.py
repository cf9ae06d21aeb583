"""A report on a stream, for people: on a terminal or elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from portail.diagnostics import Report, Severity
from portail.files import atomic_write

from .readable import counts, render_lines, render_text, source_lines
from .text import Run, Style, refusals, safe
from .voice import Voice, inform, is_terminal, say, voice


def write_report(
    report: Report,
    stream: TextIO,
    root: Path,
    run: Run,
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Write ``report`` on ``stream``; errors alone when the command is quiet or the run
    ``brief``.
    """
    if voice() is Voice.QUIET or run.brief:
        advice = Report(item for item in report if item.severity is not Severity.ERREUR)
        report = Report(item for item in report if item.severity is Severity.ERREUR)
        if len(advice):
            inform(f"{counts(advice, Style(False))} : portail check les montre.\n", stream)
        if not len(report):
            return
    if is_terminal(stream, environ):
        colour = wants_colour(stream, environ)
        text = render_text(report, source_lines(root), run, colour=colour)
    else:
        text = render_lines(report, run)
    say(text, stream)


def give(made: bytes, file: Path | None) -> None:
    """Write bytes to ``file``, else on the standard output. Raises ``ConfigError``."""
    if file:
        with refusals(f"{safe(str(file))} ne s’écrit pas"):
            atomic_write(file, made)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to paint: on a terminal that knows how, unless ``NO_COLOR`` (no-color.org) is set."""
    return is_terminal(stream, environ) and not environ.get("NO_COLOR")
