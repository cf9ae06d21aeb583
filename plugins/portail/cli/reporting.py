"""Write a report on a stream, in the form that suits it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TextIO

from portail.cli import report_github, report_json, report_text
from portail.cli.excerpt import Lines
from portail.cli.summary import Run
from portail.diagnostics import Report

__all__ = ["FORMATS", "Run", "say", "source_lines", "wants_colour", "write_report"]

FORMATS = ("text", "github", "json")
"""Names of the forms, as ``--format`` takes them."""

_MAX_BYTES = 4_000_000


def write_report(
    report: Report,
    stream: TextIO,
    root: Path,
    run: Run,
    form: str = "text",
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Write ``report`` on ``stream``.

    ``root`` is the folder that the paths of the report start from (the parent of ``content/``),
    read for the lines that a terminal is shown. ``form`` is one of ``FORMATS``: ``text`` is the
    grouped report on a terminal and one line per mistake elsewhere. Raises ``ValueError`` for
    another form.
    """
    if form == "github":
        text = report_github.render(report, run)
    elif form == "json":
        text = report_json.render(report, run)
    elif form != "text":
        raise ValueError(f"unknown form of report: {form}")
    elif _is_terminal(stream, environ):
        colour = wants_colour(stream, environ)
        text = report_text.render(report, source_lines(root), run, colour=colour)
    else:
        text = report_text.render_lines(report, run)
    say(text, stream)


def say(text: str, stream: TextIO) -> None:
    """Write ``text`` on ``stream``, in whatever encoding it has: a console in Latin-1 has no « ✗ »,
    and an ugly sign is better than no report."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to paint: on a terminal that knows how, unless ``NO_COLOR`` (no-color.org) is set."""
    return _is_terminal(stream, environ) and not environ.get("NO_COLOR")


def source_lines(root: Path) -> Lines:
    """A reader of the lines of files below ``root``; no line for a file that cannot be quoted.

    Lines end as the reading of contents has them end: LF, CR LF or CR, the BOM left out.
    """

    @cache
    def lines(path: PurePosixPath) -> Sequence[str]:
        file = root / path
        try:
            if file.is_symlink() or not file.is_file() or file.stat().st_size > _MAX_BYTES:
                return ()
            text = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        except (OSError, ValueError):
            return ()
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    return lines


def _is_terminal(stream: TextIO, environ: Mapping[str, str]) -> bool:
    return stream.isatty() and environ.get("TERM") != "dumb"
