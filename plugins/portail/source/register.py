"""``content/retraits.yml``: the register of contents taken back, read as front matter is."""

from __future__ import annotations

from pathlib import PurePosixPath

from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import FieldPath
from portail.model.retraits import Registre, Retrait
from portail.model.scalars import Reading

from .document import Node, decode, parse_front_matter
from .loader import REGISTER_FILE
from .validation import validate_group

_HERE = PurePosixPath(REGISTER_FILE)


class Register(Struct, frozen=True):
    """What was taken back, and where each line stands; ``retraits`` is empty with an error."""

    path: PurePosixPath = _HERE
    retraits: tuple[Retrait, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    root: Node | None = None

    def place(self, rank: int, *keys: str) -> Position:
        loc: FieldPath = ("retraits", rank, *keys)
        if self.root:
            return self.root.at(loc).position(self.path)
        return Position(self.path)


def read_register(data: bytes, path: PurePosixPath, reading: Reading) -> Register:
    """Read the bytes of the register; what is wrong is in its ``diagnostics``."""
    text = decode(data, path, "")
    if not isinstance(text, str):
        return Register(path, diagnostics=tuple(text))
    root, diagnostics = parse_front_matter(text, path, 1, weighed=False)
    if root is None:
        return Register(path, diagnostics=tuple(diagnostics))
    registre, more = validate_group(Registre, root, path, reading)
    diagnostics = [*diagnostics, *more, *_doubles(registre, root, path)]
    if registre is None or diagnostics:
        return Register(path, diagnostics=tuple(diagnostics), root=root)
    return Register(path, registre.retraits, (), root)


def _doubles(registre: Registre | None, root: Node, path: PurePosixPath) -> list[Diagnostic]:
    refs = set()
    diagnostics = []
    for rank, retrait in enumerate(registre.retraits if registre else ()):
        if retrait.ref in refs:
            place = root.at(("retraits", rank, "ref")).position(path)
            diagnostics.append(diagnostic("E238", place, valeur=retrait.ref, cle="retraits"))
        refs.add(retrait.ref)
    return diagnostics
