"""Errors of libyaml, in French and at the place to correct."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, NamedTuple

import yaml

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.late import expression
from portail.model.faults import fill
from portail.resources import rows
from portail.text.normalise import glued_colon, key_of


class _Reason(NamedTuple):
    """``clue`` is a part of libyaml's message; ``opening``: the fault is where the value begins,
    not where its end was missed."""

    reason: str
    remedy: str = ""
    clue: str = ""
    opening: bool = False


_SPACES = {2: "deux espaces", 4: "quatre espaces"}
_ROW = expression(r"([ \t]*(?:- )?[\w-]+[ \t]*:[ \t]+)(\S.*?)[ \t]*")
_PAIRS = {'"': '"', "'": "'", "[": "]", "{": "}"}


def yaml_error(
    error: yaml.YAMLError, text: str, path: PurePosixPath, first_line: int
) -> Diagnostic:
    """The diagnostic (E105) for what stopped the reading of ``text``, whose first line is line
    ``first_line`` of ``path``."""
    lines = text.split("\n")
    table = rows("yaml")
    problem = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    ends = _place(getattr(error, "problem_mark", None), lines)
    reasons = [_Reason(**message) for message in table["messages"]]
    cause = next(candidate for candidate in reasons if candidate.clue in problem)
    row, column = _place(getattr(error, "context_mark", None), lines) if cause.opening else ends
    line = lines[ends[0]]
    details = {"ligne": _quoted(lines[row])}
    if "\t" in line[: len(line) - len(line.lstrip())]:
        cause = _Reason(**table["tabulation"], remedy=_untabbed(lines, ends[0]))
        row, column = ends
    elif cause is reasons[0] or cause.clue.startswith("could not"):
        glued = _glued(lines, row)
        if glued is not None:
            cause = _Reason(**table["colle"])
            details, column = _spaced(lines[glued])
            row = glued
        elif cause is reasons[0] and ": " not in line[:column]:
            cause = _Reason(**table["suite"])
    elif cause.clue.endswith("expected key"):
        name, values = _closed(lines, row, column, first_line)
        if name:
            cause = _Reason(**table[name])
            details = details | values
    place = Position(path, row + first_line, column + 1)
    reason = fill(cause.reason, details)
    remedy = fill(cause.remedy, details)
    return diagnostic("E105", place, raison=reason, remede=remedy)


def _quoted(line: str) -> str:
    """``line`` with its whole value between quotes, as someone copies it; quotes that are around
    it already are not part of it.

    >>> _quoted("titre: Été : la fête"), _quoted("titre: 'Un'")
    ('titre: "Été : la fête"', 'titre: "Un"')
    """
    row = _ROW.fullmatch(line)
    key, value = (row[1], row[2]) if row else ("clé: ", line.strip())
    if len(value) > 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    if '"' in value and "'" not in value:
        return f"{key.strip()} '{value}'"
    return f"{key.strip()} {in_quotes(value)}"


def in_quotes(value: str) -> str:
    """``value`` as YAML reads it whole, between double quotes."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _glued(lines: list[str], row: int) -> int | None:
    first = row
    while first and glued_colon(lines[first - 1]):
        first -= 1
    if glued_colon(lines[first]):
        return first
    return None


def _spaced(line: str) -> tuple[dict[str, str], int]:
    # A line with the space that its colon lacks, and the column where it is missing.
    at = glued_colon(line)
    if at:
        return ({"ligne": f"{line[:at].strip()} {line[at:]}"}, at)
    return ({}, 0)


def _closed(lines: list[str], row: int, column: int, first_line: int) -> tuple[str, dict[str, str]]:
    # Which reason tells that a quote or a bracket closed before ``column``, and its words: that of
    # the value itself, or one that an earlier line opened.
    match = _ROW.fullmatch(lines[row])
    value = ""
    if match:
        value = lines[row][len(match[1]) : column].rstrip()
    if not value or value[0] not in _PAIRS:
        return "", {}
    if len(value) > 1 and value[-1] == _PAIRS[value[0]]:
        return "refermee", {"signe": value[-1]}
    opened = (
        rank
        for rank in range(row - 1, -1, -1)
        if (above := _ROW.fullmatch(lines[rank]))
        and above[2][0] == value
        and above[2].count(value) == 1
    )
    first = next(opened, None)
    if first is None or value != value[0]:
        return "", {}
    return "reste_ouverte", {"signe": value, "premiere": str(first + first_line)}


def _untabbed(lines: list[str], row: int) -> str:
    # What to write instead of the tabs that begin a line.
    indent = indent_of(lines, row)
    if not indent:
        return "Effacez-la : la clé s’écrit au tout début de sa ligne."
    spaces = _SPACES.get(len(indent), f"{len(indent)} espaces")
    return f"Commencez la ligne par {spaces}."


def indent_of(lines: list[str], row: int) -> str:
    r"""The spaces with which line ``row`` of a front matter most likely begins.

    >>> indent_of(["image:", "\talt: x"], 1), indent_of(["titre: A", "\tlieu: x"], 1)
    ('  ', '')
    """
    above = next((line for line in reversed(lines[:row]) if line.strip()), "")
    base = " " * (len(above) - len(above.lstrip()))
    content = lines[row].strip()
    item = above.lstrip().startswith("- ")
    opens = above.rstrip().endswith((":", "|", ">")) or (item and not content.startswith("- "))
    goes_on = not key_of(content) and not content.startswith(("- ", "]", "}", "#"))
    if opens or goes_on:
        return base + "  "
    return base


def _place(mark: Any, lines: list[str]) -> tuple[int, int]:
    if mark is None:
        return 0, 0
    if mark.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return mark.line, mark.column
