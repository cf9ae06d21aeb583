"""What libyaml reproaches a front matter with, said in French at the place to mend."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import yaml

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.resources import rows


class _Reason(NamedTuple):
    """``clue`` is a part of libyaml's message; ``opening``: the fault is where the value begins,
    not where its end was missed."""

    reason: str
    remedy: str = ""
    clue: str = ""
    opening: bool = False


_SPACES = {2: "deux espaces", 4: "quatre espaces"}
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_KEY_GLUED = re.compile(r"\s*[\w-]+:\S")


def yaml_error(
    error: yaml.YAMLError, text: str, path: PurePosixPath, first_line: int
) -> Diagnostic:
    """The diagnostic (E105) for what stopped the reading of ``text``, whose first line is line
    ``first_line`` of ``path``."""
    lines, known = text.split("\n"), rows("yaml")
    told = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    ends = _place(getattr(error, "problem_mark", None), lines)
    reasons = [_Reason(**one) for one in known["messages"]]
    found = next(one for one in reasons if one.clue in told)
    row, column = _place(getattr(error, "context_mark", None), lines) if found.opening else ends
    line = lines[ends[0]]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        found = _Reason(**known["tabulation"], remedy=_untabbed(lines, ends[0]))
        row, column = ends
    elif found is reasons[0] and ": " not in line[:column]:
        found = _Reason(**known["suite"])
    elif found.clue.startswith("could not") and _KEY_GLUED.match(lines[row]):
        found = _Reason(**known["colle"])
    place = Position(path, row + first_line, column + 1)
    return diagnostic("E105", place, raison=found.reason, remede=found.remedy)


def _untabbed(lines: list[str], row: int) -> str:
    """What to write instead of the tabs that begin a line."""
    indent = indent_of(lines, row)
    if not indent:
        return "Effacez-la : la clé s’écrit au tout début de sa ligne."
    spaces = _SPACES.get(len(indent), f"{len(indent)} espaces")
    return f"Commencez la ligne par {spaces}."


def indent_of(lines: list[str], row: int) -> str:
    """The spaces with which line ``row`` of a front matter most likely begins, from the line above:
    it opens a group, goes on in one, or is beside it.

    >>> indent_of(["image:", "\\talt: x"], 1), indent_of(["titre: A", "\\tlieu: x"], 1)
    ('  ', '')
    """
    above = next((one for one in reversed(lines[:row]) if one.strip()), "")
    base = " " * (len(above) - len(above.lstrip()))
    told, item = lines[row].strip(), above.lstrip().startswith("- ")
    opens = above.rstrip().endswith((":", "|", ">")) or (item and not told.startswith("- "))
    goes_on = not _KEY.match(told) and not told.startswith(("- ", "]", "}", "#"))
    return base + "  " if opens or goes_on else base


def _place(mark: Any, lines: list[str]) -> tuple[int, int]:
    """Row and column, from 0, that exist in ``lines``: libyaml may point behind the last one."""
    if mark is None:
        return 0, 0
    if mark.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return mark.line, mark.column
