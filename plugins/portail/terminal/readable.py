"""What a command tells people: a report, and what happens while it works.

A report is grouped by file on a terminal, and has one line per mistake elsewhere. ``-q`` leaves
its errors and what was asked for; ``-v`` adds what is done, with the time of each stage. Reports
for programs (JSON, annotations…) say all in any case.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from functools import cache
from itertools import accumulate, chain, groupby
from pathlib import Path, PurePosixPath
from time import perf_counter
from typing import Any, Protocol, TextIO

from portail.diagnostics import Diagnostic, Report, Severity
from portail.files import atomic_write
from portail.late import expression

from .text import (
    WIDTH,
    Lines,
    Run,
    Style,
    cells,
    counted,
    excerpt,
    has_place,
    refusals,
    safe,
    title_of,
    wrap,
)

WORDS = {
    Severity.ERREUR: ("erreur", "✗ Erreur", "error"),
    Severity.AVERTISSEMENT: ("avertissement", "! Avertissement", "warning"),
    Severity.CONSEIL: ("conseil", "i Conseil", "notice"),
}
_INDENT = " " * 4
_RULE = "─" * 74
_PASTED = 200
_SENTENCE = expression(r"(?<=[.!?]) (?=[A-ZÀÂÉÈÊÎÔ])")


def render_text(report: Report, lines: Lines, run: Run, *, colour: bool) -> str:
    """The report of a terminal, at most 78 columns but for the lines to copy, in ANSI's 16 colours
    when ``colour``; ``lines`` gives the text of the files."""
    style = Style(colour)
    if not len(report):
        return f"{style.paint('bon', '✓ Tout est bon.')} {_success(run)}\n"
    head = style.paint("gras", safe(run.command))
    out = [f"{head}  {style.paint('terne', safe(run.subject))}" if run.subject else head]
    for path, items in _by_file(report):
        text = lines(path)
        out += ["", _file_line(path, text, style)]
        for item in items:
            out += ["", *_explained(item, text, style)]
    return "\n".join([*out, "", *_foot(report, run, style), ""])


def render_lines(report: Report, run: Run) -> str:
    """The report of a log or a pipe: one line per mistake, then the counts."""
    if not len(report):
        return f"Tout est bon. {_success(run)}\n"
    out = [one_line(item) for item in report]
    out += [counts(report, Style(False)) + _where(report, run), outcome(report, run)]
    if run.repairs:
        out.append(_repairs(run))
    return "\n".join([*out, ""])


def one_line(item: Diagnostic) -> str:
    """``fichier:ligne:colonne CODE message → remède`` on one line, lines to paste parted by « ⏎
    ».
    """
    place = item.position
    text = f"{place.path}:{place.line}:{place.column} {item.code} {item.message}"
    if item.hint:
        text += f" → {item.hint}"
        if item.paste and item.hint.endswith(":"):
            rows = item.paste.split("\n")
            ends = accumulate(len(row) + 3 for row in rows)
            kept = [row for row, end in zip(rows, ends, strict=True) if end <= _PASTED] or rows[:1]
            text += f" {' ⏎ '.join(kept if len(kept) == len(rows) else [*kept, '…'])}"
    return safe(text)


def _by_file(report: Report) -> Iterator[tuple[PurePosixPath, list[Diagnostic]]]:
    groups = groupby(report, key=lambda item: item.position.path)
    whole = [(path, list(items)) for path, items in groups]
    yield from sorted(whole, key=lambda group: group[0] not in report.faulty_paths)


def _file_line(path: PurePosixPath, lines: Sequence[str], style: Style) -> str:
    name = safe(str(path))
    title = safe(title_of(lines))
    room = WIDTH - cells(name) - 6
    if not title or room < 12:
        return style.paint("gras", name)
    if cells(title) > room:
        title = wrap(title, room - 1)[0] + "…"
    return f"{style.paint('gras', name)}  {style.paint('terne', f'« {title} »')}"


def _explained(item: Diagnostic, lines: Sequence[str], style: Style) -> Iterator[str]:
    tint, head, _ = WORDS[item.severity]
    line = ""
    if has_place(item):
        line = f"  {style.paint('terne', f'ligne {item.position.line}')}"
    yield f"  {style.paint(tint, f'{head} {item.code}')}{line}"
    for part in wrap(safe(item.message), WIDTH - len(_INDENT)):
        yield _INDENT + style.paint("gras", part)
    yield from excerpt(item, lines, style, tint)
    yield from _remedy(item, style)


def _remedy(item: Diagnostic, style: Style) -> Iterator[str]:
    hint, rows = remedy(item)
    if hint:
        first, *sentences = _sentences(hint, WIDTH - len(_INDENT) - 2)
        yield f"{_INDENT}{style.paint('bon', '→')} {first}"
        for part in sentences:
            yield f"{_INDENT}  {part}"
    for row in rows:
        yield f"{_INDENT}  {style.paint('bon', row)}"


def remedy(item: Diagnostic) -> tuple[str, list[str]]:
    """The remedy and the lines to write instead, safe to print."""
    rows = []
    if item.paste:
        rows = [safe(row) for row in item.paste.split("\n")]
    hint = safe(item.hint)
    if len(rows) == 1 and rows[0].strip():
        hint = hint.removesuffix(rows[0]).rstrip()
    return hint, rows


def _sentences(text: str, width: int) -> list[str]:
    if cells(text) <= width:
        return [text]
    return list(chain.from_iterable(wrap(sentence, width) for sentence in _SENTENCE.split(text)))


def _foot(report: Report, run: Run, style: Style) -> Iterator[str]:
    yield style.paint("terne", _RULE)
    yield counts(report, style) + _where(report, run)
    yield outcome(report, run)
    first = min(report, key=lambda item: item.severity.rank)
    if run.repairs:
        yield style.paint("bon", f"→ {_repairs(run)}")
    yield style.paint("terne", f"→ Un code expliqué : portail check --expliquer {first.code}")


def _where(report: Report, run: Run) -> str:
    files = counted(len({item.position.path for item in report}), ("fichier", "fichiers"))
    return f" dans {files}, sur {run.read} {'lus' if run.read > 1 else 'lu'}{_time(run)}."


def _success(run: Run) -> str:
    read = counted(run.read, ("fichier lu", "fichiers lus"))
    return f"{read}{_time(run)}, 0 erreur, 0 avertissement."


def _time(run: Run) -> str:
    if run.seconds is None:
        return ""
    return f" en {run.seconds:.1f} s".replace(".", ",")


def counts(report: Report, style: Style) -> str:
    counts = ((word, report.count(severity)) for severity, (word, *_) in WORDS.items())
    return ", ".join(style.paint(noun, counted(n, (noun, f"{noun}s"))) for noun, n in counts if n)


def outcome(report: Report, run: Run) -> str:
    """What becomes of the site, in a sentence."""
    if not report.has_errors:
        return "Rien n’empêche la publication."
    if run.published:
        return "Le reste est visible dans cet aperçu ; ces fichiers en sont absents."
    return run.refused


def _repairs(run: Run) -> str:
    words = counted(run.repairs, ("correction possible", "corrections possibles"))
    return f"{words} : portail check --corriger"


_MAX_BYTES = 4_000_000


def source_lines(root: Path) -> Lines:
    """A reader of the lines of files below ``root``, ended as contents are read, without BOM; no
    line for a file that cannot be quoted."""

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


class Voice(IntEnum):
    QUIET = 0
    USUAL = 1
    FULL = 2


class Told(Protocol):
    """Is given how many things of a stage are done, and of how many when that is known late."""

    def __call__(self, done: int, total: int | None = None, /) -> None:
        """See above."""


class _State:
    voice = Voice.USUAL
    console: Any = None
    shows = True


def set_voice(voice: Voice) -> None:
    _State.voice = voice


def show_stages(console: Any = None, *, shows: bool = True) -> None:
    """Show stages on ``console`` (of rich), else on the terminal that errors go to."""
    _State.console = console
    _State.shows = shows


def voice() -> Voice:
    return _State.voice


def inform(text: str, stream: TextIO) -> None:
    if _State.voice is not Voice.QUIET:
        say(text, stream)


def detail(text: str) -> None:
    if _State.voice is Voice.FULL:
        say(f"{text}\n", sys.stderr)


def say(text: str, stream: TextIO) -> None:
    """Write ``text`` whatever the encoding; a reader who left (``| head -1``) stops nothing."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # what the stream still holds goes there too
        os.close(nowhere)


def is_terminal(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    return stream.isatty() and environ.get("TERM") != "dumb"


@contextmanager
def stage(title: str, total: int | None = None) -> Iterator[Told]:
    """A stage of a command: a bar on a terminal, its seconds when all is to be said, else
    nothing.
    """
    started = perf_counter()
    with _shown(title, total) as told:
        yield told
    detail(f"{title} : {perf_counter() - started:.1f} s".replace(".", ","))


@contextmanager
def _shown(title: str, total: int | None) -> Iterator[Told]:
    console = _State.console
    in_terminal = console.is_terminal if console else is_terminal(sys.stderr)
    if _State.voice is Voice.QUIET or not (in_terminal and _State.shows):
        yield lambda done, total=None: None
        return
    from rich import progress as rich  # here: only a terminal has a bar
    from rich.console import Console

    columns = [rich.TextColumn(title), rich.BarColumn()]  # one that pulses without a total
    if total:
        columns += [rich.MofNCompleteColumn()]
    where = console or Console(stderr=True)
    with rich.Progress(*columns, console=where, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done, total=total: bar.update(task, completed=done, total=total)


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
