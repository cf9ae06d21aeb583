"""A report on a stream: as text, as GitHub annotations, as JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from portail.codes import code_of
from portail.diagnostics import Diagnostic, Report, Severity
from portail.files import atomic_write
from portail.terminal.excerpt import Lines, excerpt, has_place, title_of
from portail.terminal.text import WIDTH, Run, Style, cells, counted, refusals, safe, wrap

# A report for people: grouped by file on a terminal, one line per mistake elsewhere.

_WORDS = {
    Severity.ERREUR: ("erreur", "✗ Erreur", "error"),
    Severity.AVERTISSEMENT: ("avertissement", "! Avertissement", "warning"),
    Severity.CONSEIL: ("conseil", "i Conseil", "notice"),
}
"""French word of each severity, which names its style too; its head; its command for GitHub."""
_INDENT = " " * 4
_RULE = "─" * 74
_PASTED = 200
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÀÂÉÈÊÎÔ])")


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
    out += [_counts(report, Style(False)) + _where(report, run), _outcome(report, run)]
    return "\n".join([*out, *([_repairs(run)] if run.repairs else []), ""])


def one_line(item: Diagnostic) -> str:
    """One mistake on one line: ``fichier:ligne:colonne CODE message → remède``, with the lines to
    paste, parted by « ⏎ », when the remedy announces them (« Écrivez : »)."""
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
    """Files in the order of the report, those with errors first."""
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
    tint, head, _ = _WORDS[item.severity]
    line = f"  {style.paint('terne', f'ligne {item.position.line}')}" if has_place(item) else ""
    yield f"  {style.paint(tint, f'{head} {item.code}')}{line}"
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
    """The remedy and the lines to write instead, safe to print; the remedy without the line that it
    ends with when that is the only one."""
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
    yield _counts(report, style) + _where(report, run)
    yield _outcome(report, run)
    first = min(report, key=lambda item: item.severity.rank)
    if run.repairs:
        yield style.paint("bon", f"→ {_repairs(run)}")
    yield style.paint("terne", f"→ Un code expliqué : portail check --expliquer {first.code}")


def _where(report: Report, run: Run) -> str:
    """« dans 4 fichiers, sur 264 lus en 0,4 s. »"""
    files = counted(len({item.position.path for item in report}), ("fichier", "fichiers"))
    return f" dans {files}, sur {run.read} {'lus' if run.read > 1 else 'lu'}{_time(run)}."


def _success(run: Run) -> str:
    read = counted(run.read, ("fichier lu", "fichiers lus"))
    return f"{read}{_time(run)}, 0 erreur, 0 avertissement."


def _time(run: Run) -> str:
    return "" if run.seconds is None else f" en {run.seconds:.1f} s".replace(".", ",")


def _counts(report: Report, style: Style) -> str:
    """« 2 erreurs, 1 conseil », the gravest first."""
    counts = ((word, report.count(severity)) for severity, (word, *_) in _WORDS.items())
    return ", ".join(style.paint(it, counted(n, (it, f"{it}s"))) for it, n in counts if n)


def _outcome(report: Report, run: Run) -> str:
    if not report.has_errors:
        return "Rien n’empêche la publication."
    if run.published:
        return "Le reste est visible dans cet aperçu ; ces fichiers en sont absents."
    return run.refused


def _repairs(run: Run) -> str:
    words = counted(run.repairs, ("correction possible", "corrections possibles"))
    return f"{words}{' au moins' if run.more_repairs else ''} : portail check --corriger"


# A report as workflow commands: GitHub shows each mistake on its line of the pull request.
#
# Form of the commands: « Workflow commands for GitHub Actions », *Setting an error message*.


def render_github(report: Report, run: Run) -> str:
    """One annotation per mistake, then the counts on a plain line."""
    out = [_annotation(item) for item in report]
    counts = _counts(report, Style(False)) or "0 erreur"
    read = counted(run.read, ("fichier", "fichiers"))
    return "\n".join([*out, f"{counts} ; {read}. {_outcome(report, run)}", ""])


def _annotation(item: Diagnostic) -> str:
    place = item.position
    code = code_of(item.code)
    properties = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + max(place.length, 1),
        "title": f"{item.code} {code.titre}" if code else item.code,
    }
    texts = {name: _data(value).replace(":", "%3A") for name, value in properties.items()}
    shown = ",".join(f"{name}={text.replace(',', '%2C')}" for name, text in texts.items())
    hint, pasted = remedy(item)
    # The log shows the message without the file: the first row has its place.
    rows = [f"{place.path}:{place.line} {item.message}", *([f"→ {hint}"] if hint else []), *pasted]
    return f"::{_WORDS[item.severity][2]} {shown}::{'%0A'.join(map(_data, rows))}"


def _data(value: object) -> str:
    """Text of a command: what is not printable as ``\\uXXXX``, then GitHub's own escape."""
    return safe(str(value)).replace("%", "%25")


# A report for programs: one JSON object, whose keys do not change.

VERSION = 1
"""Grows when a key changes its meaning or goes away, not when one is added."""


def render_json(report: Report, run: Run) -> str:
    """The report, indented, what is not printable escaped, without the time that the run took."""
    document = {
        "version": VERSION,
        "fichiers_lus": run.read,
        "publie": run.published,
        "corrections_possibles": run.repairs,
        **{f"{_WORDS[severity][0]}s": report.count(severity) for severity in Severity},
        "diagnostics": [_row(item) for item in report],
    }
    return printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def printable(text: str) -> str:
    """A JSON text, escaping too what a terminal or a log may obey (bidi marks, C1 controls…)."""
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def _row(item: Diagnostic) -> dict[str, Any]:
    known = code_of(item.code)
    return {
        "code": item.code,
        "gravite": _WORDS[item.severity][0],
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


FORMATS = ("text", "github", "json")

_MAX_BYTES = 4_000_000


def write_report(
    report: Report,
    stream: TextIO,
    root: Path,
    run: Run,
    form: str = "text",
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Write ``report`` on ``stream`` in one of ``FORMATS``, ``text`` being one line per mistake
    elsewhere than on a terminal; paths of the report start from ``root``. Raises ``ValueError``."""
    if form not in FORMATS:
        raise ValueError(f"unknown form of report: {form}")
    if form != "text":
        text = (render_github if form == "github" else render_json)(report, run)
    elif _is_terminal(stream, environ):
        colour = wants_colour(stream, environ)
        text = render_text(report, source_lines(root), run, colour=colour)
    else:
        text = render_lines(report, run)
    say(text, stream)


def say(text: str, stream: TextIO) -> None:
    """Write ``text`` on ``stream``, whatever its encoding: an escape is better than no report."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


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
    return _is_terminal(stream, environ) and not environ.get("NO_COLOR")


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


def _is_terminal(stream: TextIO, environ: Mapping[str, str]) -> bool:
    return stream.isatty() and environ.get("TERM") != "dumb"
