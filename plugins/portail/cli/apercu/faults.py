"""What is wrong with a proposal, given to the content that it concerns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from portail.cli.apercu.changes import Change
from portail.cli.excerpt import Lines, excerpt, has_place
from portail.cli.report_text import remedy
from portail.cli.terminal import Style
from portail.diagnostics import Diagnostic, Report, Severity

__all__ = ["ExcerptLine", "Fault", "Told", "faults_of", "told_of"]

_MOST = 40
"""Faults of one file that are told one by one."""

_PLAIN = Style(False)


class ExcerptLine(NamedTuple):
    """A line of an excerpt; ``forte``: the faulty one, or its carets."""

    texte: str
    forte: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake or advice, ready to be told: ``ligne`` is 0 for a mistake of the whole file,
    ``ecrire`` the lines to write instead, ``extrait`` those of the file, carets under the fault.
    All are texts of strangers, which nothing has escaped yet."""

    code: str
    path: PurePosixPath
    ligne: int
    message: str
    remede: str
    ecrire: tuple[str, ...] = ()
    extrait: tuple[ExcerptLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one content: its errors, then warnings and advice; how many more there are
    than can be told."""

    erreurs: tuple[Diagnostic, ...] = ()
    conseils: tuple[Diagnostic, ...] = ()
    tues: int = 0


def told_of(
    changes: Sequence[Change], before: Report, after: Report
) -> tuple[list[Change], Mapping[PurePosixPath, Told]]:
    """Every change with what is told of it, by path; and, added to the changes, the files that
    did not change and have an error that they had not.

    An error of a file of the proposal is told even if it was there; advice, only if it is new.
    """
    former = {one.path: one.avant.path for one in changes if one.sorte == "renomme" and one.avant}
    known = {(item.position.path, item.code, item.message) for item in before}
    owner: dict[PurePosixPath, list[PurePosixPath]] = {}
    for one in changes:
        for path in one.paths:
            owner.setdefault(path, []).append(one.path)
    found: dict[PurePosixPath, list[Diagnostic]] = {}
    touched: list[PurePosixPath] = []
    for item in after:
        path, error = item.position.path, item.severity is Severity.ERREUR
        new = (former.get(path, path), item.code, item.message) not in known
        if path in owner and (new or error):
            for each in owner[path]:
                found.setdefault(each, []).append(item)
        elif path not in owner and new and error:
            touched.append(path)
            found.setdefault(path, []).append(item)
    others = [Change("touche", path, texte=False) for path in dict.fromkeys(touched)]
    return [*changes, *others], {path: _told(items) for path, items in found.items()}


def _told(items: Iterable[Diagnostic]) -> Told:
    ranked = sorted(items, key=lambda one: (one.severity.rank, one.sort_key))
    errors = [one for one in ranked if one.severity is Severity.ERREUR]
    advice = [one for one in ranked if one.severity is not Severity.ERREUR]
    left = max(len(errors) - _MOST, 0) + max(len(advice) - _MOST, 0)
    return Told(tuple(errors[:_MOST]), tuple(advice[:_MOST]), left)


def faults_of(items: Iterable[Diagnostic], lines: Lines) -> tuple[Fault, ...]:
    """``items`` as they are told, quoted from ``lines``."""
    return tuple(_fault(item, lines) for item in items)


def _fault(item: Diagnostic, lines: Callable[[PurePosixPath], Sequence[str]]) -> Fault:
    place = item.position
    hint, rows = remedy(item)
    quoted = tuple(_line(text, place.line) for text in excerpt(item, lines(place.path), _PLAIN, ""))
    # What the remedy announces at its end is written below it.
    return Fault(
        item.code,
        place.path,
        place.line if has_place(item) else 0,
        item.message,
        hint.removesuffix(":").rstrip(" \u00a0") if rows else hint,
        tuple(rows),
        quoted,
    )


def _line(text: str, line: int) -> ExcerptLine:
    return ExcerptLine(text[2:], bool(re.match(rf"\s*(?:{line})? │", text)))
