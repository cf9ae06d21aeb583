"""The answer of a command to programs: a report for GitHub, GitLab or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TextIO

from portail.codes import code_of
from portail.diagnostics import Diagnostic, Report, Severity
from portail.files import digest_of
from portail.terminal.readable import WORDS, counts, outcome, remedy, say, write_report
from portail.terminal.text import Run, Style, counted, printable, safe

# GitHub shows each mistake on its line of the pull request. Form of the commands: « Workflow
# commands for GitHub Actions », *Setting an error message*.


def render_github(report: Report, run: Run) -> str:
    out = [_annotation(item) for item in report]
    totals = counts(report, Style(False)) or "0 erreur"
    read = counted(run.read, ("fichier", "fichiers"))
    return "\n".join([*out, f"{totals} ; {read}. {outcome(report, run)}", ""])


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
    # The log shows the message without the file: the first row has its place.
    message, *following = _lines(item)
    rows = [f"{place.path}:{place.line} {message}", *following]
    return f"::{WORDS[item.severity][2]} {shown}::{'%0A'.join(map(_data, rows))}"


def _data(value: object) -> str:
    # Text of a command: what is not printable as ``\uXXXX``, then GitHub's own escape.
    return safe(str(value)).replace("%", "%25")


# One JSON object, whose keys do not change.

# Grows when a key changes its meaning or goes away, not when one is added.
VERSION = 1


def render_json(report: Report, run: Run) -> str:
    """The report, indented, what is not printable escaped, without the time that the run took."""
    document = {
        "version": VERSION,
        "fichiers_lus": run.read,
        "publie": run.published,
        "corrections_possibles": run.repairs,
        **{f"{WORDS[severity][0]}s": report.count(severity) for severity in Severity},
        "diagnostics": [_row(item) for item in report],
    }
    return printable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _row(item: Diagnostic) -> dict[str, Any]:
    entry = code_of(item.code)
    return {
        "code": item.code,
        "gravite": WORDS[item.severity][0],
        "titre": entry.titre if entry else "",
        "fichier": str(item.position.path),
        "ligne": item.position.line,
        "colonne": item.position.column,
        "longueur": item.position.length,
        "message": item.message,
        "remede": item.hint,
        "a_ecrire": item.paste,
        "etiquette": item.label,
    }


# GitLab shows what a merge request adds to the mistakes of its branch: « Code Quality », *Code
# Quality report format*.

_GRAVE = {
    Severity.ERREUR: "critical",
    Severity.AVERTISSEMENT: "minor",
    Severity.CONSEIL: "info",
}


def render_gitlab(report: Report, run: Run) -> str:
    rows = [
        {
            "description": "\n".join(_lines(item)),
            "check_name": item.code,
            "fingerprint": mark,
            "severity": _GRAVE[item.severity],
            "location": {
                "path": str(item.position.path),
                "lines": {"begin": item.position.line},
            },
        }
        for item, mark in zip(report, _fingerprints(report), strict=True)
    ]
    return printable(json.dumps(rows, ensure_ascii=False, indent=2)) + "\n"


def _lines(item: Diagnostic) -> list[str]:
    hint, pasted = remedy(item)
    if hint:
        pasted = [f"→ {hint}", *pasted]
    return [item.message, *pasted]


def _fingerprints(report: Report) -> Iterable[str]:
    # A digest for each mistake, the same in the next report when only lines above have moved; two
    # that are alike in a file are told apart by their order.
    repeats: dict[tuple[str, ...], int] = {}
    for item in report:
        key = (str(item.position.path), item.code, item.message)
        repeats[key] = repeats.get(key, 0) + 1
        yield digest_of(*key, str(repeats[key]))


_PROGRAMS: Mapping[str, Callable[[Report, Run], str]] = MappingProxyType(
    {
        "github": render_github,
        "gitlab": render_gitlab,
        "json": render_json,
    }
)
FORMATS = ("text", *_PROGRAMS)


def write_as(form: str, report: Report, stream: TextIO, root: Path, run: Run) -> None:
    """Write ``report`` on ``stream`` in one of ``FORMATS``; ``text`` as ``write_report``."""
    if form == "text":
        write_report(report, stream, root, run)
    else:
        say(_PROGRAMS[form](report, run), stream)
