"""A report as workflow commands: GitHub shows each mistake on its line of the pull request.

Form of the commands: « Workflow commands for GitHub Actions », *Setting an error message*.
"""

from __future__ import annotations

from portail.cli.report_text import remedy
from portail.cli.summary import Run, outcome, tally
from portail.cli.terminal import safe
from portail.codes import all_codes
from portail.diagnostics import Diagnostic, Report, Severity

__all__ = ["render"]

_COMMANDS = {
    Severity.ERREUR: "error",
    Severity.AVERTISSEMENT: "warning",
    Severity.CONSEIL: "notice",
}


def render(report: Report, run: Run) -> str:
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
