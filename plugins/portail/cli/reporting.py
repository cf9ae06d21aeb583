"""A report on a stream: as text, as GitHub annotations, as JSON."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from portail.cli.excerpt import Lines, excerpt, has_place, title_of
from portail.cli.terminal import (
    WIDTH,
    Run,
    Style,
    cells,
    counted,
    duration,
    faulty_files,
    outcome,
    repairable,
    safe,
    tally,
    wrap,
)
from portail.codes import all_codes
from portail.diagnostics import Diagnostic, Report, Severity

# A report for people: grouped by file on a terminal, one line per mistake elsewhere.

_HEADS = {
    Severity.ERREUR: ("erreur", "✗ Erreur"),
    Severity.AVERTISSEMENT: ("avertissement", "! Avertissement"),
    Severity.CONSEIL: ("conseil", "i Conseil"),
}
_INDENT = " " * 4
_RULE = "─" * 74
_PASTED = 200
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÀÂÉÈÊÎÔ])")


def render_text(report: Report, lines: Lines, run: Run, *, colour: bool) -> str:
    """The report of a terminal, at most 78 columns but for the lines to copy.

    ``lines`` gives the text of the files; ``colour`` paints with ANSI's 16 colours. Severity is
    said by a sign and a word too. A run without anything to say is one line.
    """
    style = Style(colour)
    if not len(report):
        return f"{style.paint('bon', '✓ Tout est bon.')} {_success(run)}\n"
    out = [_head(run, style)]
    for path, items in _by_file(report):
        text = lines(path)
        out += ["", _file_line(path, text, style)]
        for item in items:
            out += ["", *_explained(item, text, style)]
    return "\n".join([*out, "", *_foot(report, run, style), ""])


def render_lines(report: Report, run: Run) -> str:
    """The report of a log or a pipe: one line per mistake, then the counts."""
    out = [one_line(item) for item in report]
    if not len(report):
        out = [f"Tout est bon. {_success(run)}"]
    else:
        counts = ", ".join(words for _, words in tally(report))
        out += [f"{counts}{_where(report, run)}", outcome(report, run)]
        out += filter(None, [repairable(run)])
    return "\n".join([*out, ""])


def one_line(item: Diagnostic) -> str:
    """One mistake on one line: ``fichier:ligne:colonne CODE message → remède``.

    The lines to paste are given when the remedy announces them (« Écrivez : »), their line ends
    as « ⏎ ».
    """
    place = item.position
    text = f"{place.path}:{place.line}:{place.column} {item.code} {item.message}"
    if item.hint:
        text += f" → {item.hint}"
        if item.paste and item.hint.endswith(":"):
            text += f" {_on_one_line(item.paste)}"
    return safe(text)


def _on_one_line(paste: str) -> str:
    """Lines to paste, as many as a line of a log holds, none of them cut."""
    rows = paste.split("\n")
    ends = accumulate(len(row) + 3 for row in rows)
    kept = [row for row, end in zip(rows, ends, strict=True) if end <= _PASTED] or rows[:1]
    return " ⏎ ".join(kept if len(kept) == len(rows) else [*kept, "…"])


def _by_file(report: Report) -> Iterator[tuple[PurePosixPath, list[Diagnostic]]]:
    """Files in the order of the report, those with errors first."""
    faulty = report.faulty_paths
    groups = [
        (path, list(items)) for path, items in groupby(report, key=lambda item: item.position.path)
    ]
    yield from sorted(groups, key=lambda group: group[0] not in faulty)


def _head(run: Run, style: Style) -> str:
    head = style.paint("gras", safe(run.command))
    return f"{head}  {style.paint('terne', safe(run.subject))}" if run.subject else head


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
    tint, head = _HEADS[item.severity]
    line = f"  {style.paint(tint, f'{head} {item.code}')}"
    yield (
        f"{line}  {style.paint('terne', f'ligne {item.position.line}')}"
        if has_place(item)
        else line
    )
    for part in wrap(safe(item.message), WIDTH - len(_INDENT)):
        yield _INDENT + style.paint("gras", part)
    yield from excerpt(item, lines, style, tint)
    yield from _remedy(item, style)


def _remedy(item: Diagnostic, style: Style) -> Iterator[str]:
    hint, rows = remedy(item)
    if hint:
        first, *others = _sentences(hint, WIDTH - len(_INDENT) - 2)
        yield f"{_INDENT}{style.paint('bon', '→')} {first}"
        for part in others:
            yield f"{_INDENT}  {part}"
    for row in rows:
        yield f"{_INDENT}  {style.paint('bon', row)}"


def remedy(item: Diagnostic) -> tuple[str, list[str]]:
    """The remedy, and the lines to write instead, never cut, for they are to be copied.

    Both are safe to print. What the remedy says at its end and the lines repeat is left to them.
    """
    rows = [safe(row) for row in item.paste.split("\n")] if item.paste else []
    hint = safe(item.hint)
    if len(rows) == 1 and rows[0].strip():
        hint = hint.removesuffix(rows[0]).rstrip()
    return hint, rows


def _sentences(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells; what needs several starts one at each sentence."""
    if cells(text) <= width:
        return [text]
    return [line for sentence in _SENTENCE.split(text) for line in wrap(sentence, width)]


def _foot(report: Report, run: Run, style: Style) -> Iterator[str]:
    yield style.paint("terne", _RULE)
    counts = ", ".join(style.paint(_HEADS[severity][0], words) for severity, words in tally(report))
    yield counts + _where(report, run)
    yield outcome(report, run)
    first = min(report, key=lambda item: item.severity.rank)
    if repairable(run):
        yield style.paint("bon", f"→ {repairable(run)}")
    yield style.paint("terne", f"→ Un code expliqué : portail check --expliquer {first.code}")


def _where(report: Report, run: Run) -> str:
    """« dans 4 fichiers, sur 264 lus en 0,4 s. »"""
    files = counted(faulty_files(report), ("fichier", "fichiers"))
    time = "" if run.seconds is None else f" en {run.seconds:.1f} s".replace(".", ",")
    return f" dans {files}, sur {run.read} {'lus' if run.read > 1 else 'lu'}{time}."


def _success(run: Run) -> str:
    return f"{duration(run)}, 0 erreur, 0 avertissement."


# A report as workflow commands: GitHub shows each mistake on its line of the pull request.
#
# Form of the commands: « Workflow commands for GitHub Actions », *Setting an error message*.

_COMMANDS = {
    Severity.ERREUR: "error",
    Severity.AVERTISSEMENT: "warning",
    Severity.CONSEIL: "notice",
}


def render_github(report: Report, run: Run) -> str:
    """One annotation per mistake, then the counts on a plain line."""
    out = [_annotation(item) for item in report]
    counts = ", ".join(words for _, words in tally(report)) or "0 erreur"
    read = f"{run.read} fichier{'s' if run.read > 1 else ''}"
    return "\n".join([*out, f"{counts} ; {read}. {outcome(report, run)}", ""])


def _annotation(item: Diagnostic) -> str:
    place = item.position
    known = all_codes().get(item.code)
    title = f"{item.code} {known.titre}" if known else item.code
    properties = {
        "file": str(place.path),
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + max(place.length, 1)),
        "title": title,
    }
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[item.severity]} {shown}::{_message(item)}"


def _message(item: Diagnostic) -> str:
    hint, pasted = remedy(item)
    rows = [item.message, *([f"→ {hint}"] if hint else []), *pasted]
    # The log shows the message without the file: the first row says where.
    place = item.position
    rows[0] = f"{place.path}:{place.line} {rows[0]}"
    return "%0A".join(_data(row) for row in rows)


def _data(text: str) -> str:
    """Text of a command: what is not printable as ``\\uXXXX``, then GitHub's own escape."""
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# A report for programs: one JSON object, whose keys do not change.

VERSION = 1
"""Grows when a key changes its meaning or goes away, not when one is added."""

_GRAVITES = {
    Severity.ERREUR: "erreur",
    Severity.AVERTISSEMENT: "avertissement",
    Severity.CONSEIL: "conseil",
}


def render_json(report: Report, run: Run) -> str:
    """The report, indented, what is not printable escaped; the same text for the same report.

    The time that the run took is left out: it is never the same.
    """
    document = {
        "version": VERSION,
        "fichiers_lus": run.read,
        "publie": run.published,
        "corrections_possibles": run.repairs,
        **{f"{_GRAVITES[severity]}s": report.count(severity) for severity in Severity},
        "diagnostics": [_one(item) for item in report],
    }
    return printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def printable(text: str) -> str:
    """A JSON text whose signs that are not printable are escaped: those that ``json`` leaves as
    they are and a terminal or a log may obey (bidi marks, C1 controls…)."""
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text)


def _one(item: Diagnostic) -> dict[str, Any]:
    known = all_codes().get(item.code)
    return {
        "code": item.code,
        "gravite": _GRAVITES[item.severity],
        "titre": known.titre if known else "",
        "fichier": str(item.position.path),
        "ligne": item.position.line,
        "colonne": item.position.column,
        "longueur": item.position.length,
        "message": item.message,
        "remede": item.hint,
        "a_ecrire": item.paste,
        "etiquette": item.label,
    }


def _escape(sign: str) -> str:
    """``\\uXXXX``, in two halves above U+FFFF; such signs are in strings only."""
    number = ord(sign)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


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
        text = render_github(report, run)
    elif form == "json":
        text = render_json(report, run)
    elif form != "text":
        raise ValueError(f"unknown form of report: {form}")
    elif _is_terminal(stream, environ):
        colour = wants_colour(stream, environ)
        text = render_text(report, source_lines(root), run, colour=colour)
    else:
        text = render_lines(report, run)
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
