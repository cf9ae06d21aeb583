"""What libyaml reproaches a front matter with, said in French at the place to mend."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import yaml

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position


class _Reason(NamedTuple):
    """``clue`` is a part of libyaml's message; ``opening``: the fault is where the value begins,
    not where its end was missed."""

    clue: str
    opening: bool
    reason: str
    remedy: str


_TAB = _Reason("", False, "une tabulation est utilisée comme retrait", "")
_SPACES = {2: "deux espaces", 4: "quatre espaces"}
_CONTINUED = _Reason(
    "",
    False,
    "cette ligne est prise pour la suite de la précédente",
    "Alignez-la avec les autres clés ; la ligne précédente a-t-elle son deux-points ?",
)
_GLUED = _Reason(
    "",
    True,
    "le deux-points n’est pas suivi d’une espace",
    "Écrivez « clé: valeur », avec l’espace.",
)
_REASONS = (
    _Reason(
        "mapping values are not allowed",
        False,
        "un deux-points suivi d’une espace est au milieu d’une valeur",
        'Mettez la valeur entre guillemets : titre: "La science : une fête"',
    ),
    _Reason(
        "while scanning a quoted scalar",
        True,
        "un guillemet n’est jamais refermé",
        "Ajoutez le guillemet qui manque.",
    ),
    _Reason(
        "did not find expected ',' or ']'",
        True,
        "un crochet n’est jamais refermé",
        "Ajoutez le « ] » qui manque.",
    ),
    _Reason(
        "did not find expected ',' or '}'",
        True,
        "une accolade n’est jamais refermée",
        "Ajoutez le « } » qui manque.",
    ),
    _Reason(
        "could not find expected ':'",
        True,
        "une ligne n’a pas de deux-points",
        "Écrivez « clé: valeur ».",
    ),
    _Reason(
        "cannot start any token",
        False,
        "une valeur commence par un signe réservé",
        "Mettez-la entre guillemets.",
    ),
    _Reason(
        "did not find expected alphabetic",
        True,
        "une valeur commence par « * » ou « & »",
        "Mettez-la entre guillemets.",
    ),
    _Reason(
        "did not find expected key",
        False,
        "le retrait de cette ligne ne suit pas celui des autres, ou un guillemet est refermé "
        "trop tôt",
        "Alignez-la, ou mettez toute la valeur entre guillemets doubles.",
    ),
    _Reason(
        "did not find expected <document start>",
        False,
        "le retrait de cette ligne ne suit pas celui des autres",
        "Écrivez chaque clé au tout début de sa ligne.",
    ),
    _Reason(
        "block sequence entries are not allowed",
        False,
        "une liste commence sur la ligne de sa clé",
        "Mettez chaque tiret sur sa propre ligne, ou écrivez : clé: [un, deux]",
    ),
    _Reason(
        "while parsing a quoted scalar",
        False,
        "entre guillemets doubles, « \\ » a un sens particulier",
        "Mettez la valeur entre apostrophes, ou doublez la barre : « \\\\ ».",
    ),
    _Reason(
        "did not find expected node content",
        False,
        "une valeur manque, ou un signe est de trop",
        "Vérifiez les virgules et les crochets, ou mettez la valeur entre guillemets.",
    ),
    _Reason("", False, "la ligne est mal formée", "Écrivez « clé: valeur », un champ par ligne."),
)
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_KEY_GLUED = re.compile(r"\s*[\w-]+:\S")


def yaml_error(
    error: yaml.YAMLError, text: str, path: PurePosixPath, first_line: int
) -> Diagnostic:
    """The diagnostic (E105) for what stopped the reading of ``text``, whose first line is line
    ``first_line`` of ``path``."""
    lines = text.split("\n")
    told = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    ends = _place(getattr(error, "problem_mark", None), lines)
    found = next(one for one in _REASONS if one.clue in told)
    row, column = _place(getattr(error, "context_mark", None), lines) if found.opening else ends
    line = lines[ends[0]]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        found, (row, column) = _TAB._replace(remedy=_untabbed(lines, ends[0])), ends
    elif found is _REASONS[0] and ": " not in line[:column]:
        found = _CONTINUED
    elif found.clue.startswith("could not") and _KEY_GLUED.match(lines[row]):
        found = _GLUED
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
