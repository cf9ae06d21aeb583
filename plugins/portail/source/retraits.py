"""``content/retraits.yml``: the register of contents taken back, read as front matter is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import FieldPath
from portail.model.fields import Reading
from portail.model.retrait import Registre, Retrait
from portail.source.document import decode
from portail.source.frontmatter import Node, parse_front_matter
from portail.source.loader import REGISTER_FILE
from portail.source.validation import validate_group

__all__ = ["Register", "read_register"]


_HERE = PurePosixPath(REGISTER_FILE)


@dataclass(frozen=True, slots=True)
class Register:
    """What was taken back, and where each line stands; ``retraits`` is empty with an error."""

    path: PurePosixPath = _HERE
    retraits: tuple[Retrait, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    root: Node | None = None

    def place(self, rank: int, *keys: str) -> Position:
        """Where a field of the line ``rank`` (from 0) stands."""
        loc: FieldPath = ("retraits", rank, *keys)
        return self.root.at(loc).position(self.path) if self.root else Position(self.path)


def read_register(data: bytes, path: PurePosixPath, reading: Reading) -> Register:
    """Read the bytes of the register; what is wrong is in its ``diagnostics``."""
    text = decode(data, path, "")
    if not isinstance(text, str):
        return Register(path, diagnostics=tuple(text))
    root, found = parse_front_matter(text, path, 1, weighed=False)
    if root is None:
        return Register(path, diagnostics=tuple(found))
    registre, more = validate_group(Registre, root, path, reading)
    found = [*found, *more, *_doubles(registre, root, path)]
    if registre is None or found:
        return Register(path, diagnostics=tuple(found), root=root)
    return Register(path, registre.retraits, (), root)


def _doubles(registre: Registre | None, root: Node, path: PurePosixPath) -> list[Diagnostic]:
    """Contents that two lines take back (E238)."""
    seen: set[str] = set()
    found = []
    for rank, one in enumerate(registre.retraits if registre else ()):
        if one.ref in seen:
            place = root.at(("retraits", rank, "ref")).position(path)
            found.append(diagnostic("E238", place, valeur=one.ref, cle="retraits"))
        seen.add(one.ref)
    return found
