"""A report for people: grouped by file on a terminal, one line per mistake elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import PurePosixPath

from portail.cli.excerpt import Lines, excerpt, has_place, title_of
from portail.cli.summary import (
    Run,
    counted,
    duration,
    faulty_files,
    outcome,
    repairable,
    tally,
)
from portail.cli.terminal import WIDTH, Style, cells, safe, wrap
from portail.diagnostics import Diagnostic, Report, Severity

__all__ = ["one_line", "remedy", "render", "render_lines"]

_HEADS = {
    Severity.ERREUR: ("erreur", "✗ Erreur"),
    Severity.AVERTISSEMENT: ("avertissement", "! Avertissement"),
    Severity.CONSEIL: ("conseil", "i Conseil"),
}
_INDENT = " " * 4
_RULE = "─" * 74
_PASTED = 200
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÀÂÉÈÊÎÔ])")


def render(report: Report, lines: Lines, run: Run, *, colour: bool) -> str:
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
            out += ["", *_one(item, text, style)]
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


def _one(item: Diagnostic, lines: Sequence[str], style: Style) -> Iterator[str]:
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
