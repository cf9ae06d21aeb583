"""Mistakes of content as values (positions, diagnostics, report), and errors of the environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import PurePosixPath

from msgspec import Struct


class Severity(Enum):
    """Weight of a diagnostic; its value is the first letter of the code."""

    ERREUR = "E"
    AVERTISSEMENT = "A"
    CONSEIL = "C"

    @property
    def rank(self) -> int:
        return "EAC".index(self.value)


# The code of a draft of which a field is still to be written.
INCOMPLETE = "C283"


class Position(Struct, frozen=True, order=True):
    """A place in a source file: a path from the project (``content/events/nuit.md``), line and
    column from 1, width of the faulty span on that line (0: unknown), in characters."""

    path: PurePosixPath
    line: int = 1
    column: int = 1
    length: int = 0


class Fix(Struct, frozen=True):
    """What to write where a fault is, for a machine; one that is not ``sure`` is shown to a
    person.
    """

    value: str = ""
    yaml: str = ""
    key: str = ""
    beside: tuple[str, str] | None = None
    sure: bool = True


NO_FIX = Fix()


class Diagnostic(Struct, frozen=True):
    """One mistake or advice, in French texts of one paragraph free of control characters."""

    code: str
    position: Position
    message: str
    hint: str = ""
    paste: str = ""
    label: str = ""
    fix: Fix = NO_FIX

    @property
    def severity(self) -> Severity:
        return Severity(self.code[0])

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Order of a report: by file, then by place, gravest first."""
        where = (str(self.position.path), self.position.line, self.position.column)
        return (*where, self.severity.rank, self.code, self.message)


class Report:
    """An ordered set of diagnostics, without doubles."""

    __slots__ = ("_items",)

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self._items = tuple(sorted(set(diagnostics), key=lambda item: item.sort_key))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Report) and self._items == other._items

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return f"Report({self._items!r})"  # by which pages of a preview tell that it changed

    def __add__(self, other: Iterable[Diagnostic]) -> Report:
        return Report((*self._items, *other))

    @property
    def has_errors(self) -> bool:
        return any(item.severity is Severity.ERREUR for item in self._items)

    def count(self, severity: Severity) -> int:
        return sum(item.severity is severity for item in self._items)

    @property
    def faulty_paths(self) -> frozenset[PurePosixPath]:
        """Files with an error, and unfinished drafts: a preview leaves them out."""
        return frozenset(
            diagnostic.position.path
            for diagnostic in self._items
            if diagnostic.severity is Severity.ERREUR or diagnostic.code == INCOMPLETE
        )


# Exceptions of Portail: for bugs and broken environments, never for a contributor's mistake.


class PortailError(Exception):
    """Base of every exception that Portail raises on purpose."""


class ConfigError(PortailError, ValueError):
    """A setting is missing, unknown or malformed; the text says what to write instead."""


class DataError(PortailError, ValueError):
    """A reference table under ``data/`` is missing or malformed."""


class PlanError(PortailError, RuntimeError):
    """The plan of the site cannot be carried out (missing template, failed producer)."""


class CacheError(PortailError, OSError):
    """A store under ``.cache/`` cannot be read or written."""


class Refused(PortailError):
    """A file that somebody gives, or an address, cannot be read; the text is the French reason and
    remedy."""
