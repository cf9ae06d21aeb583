"""What looks like notation of science in a title or a summary, and is not (C271)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.source.document import Node
from portail.text.notation import FORMULA, Likeness, likenesses

_KEYS = ("titre", "resume", "resume_falc")
_SCRIPT = re.compile(r"([_^])\{?([\w+−-]{1,20})\}?")


def check_notation(root: Node | None, path: PurePosixPath) -> Iterator[Diagnostic]:
    """Likenesses of the fields that show subscripts and exponents; a formula, which they do not
    draw, too."""
    fields = root.value if root is not None and isinstance(root.value, dict) else {}
    for key in _KEYS:
        node = fields.get(key)
        if node is None or not isinstance(node.value, str):
            continue
        for likeness in _likenesses(node.value):
            place = node.piece(path, likeness.start, likeness.written)
            yield diagnostic("C271", place, valeur=likeness.written, attendu=likeness.instead)


def _likenesses(text: str) -> Iterator[Likeness]:
    """Those of a field, in order."""
    formulas = [
        Likeness(match.start(), match[0], _unformed(match[0])) for match in FORMULA.finditer(text)
    ]
    rest = FORMULA.sub(lambda match: " " * len(match[0]), text)
    yield from sorted([*formulas, *likenesses(rest, body=False)])


def _unformed(formula: str) -> str:
    """A formula with the marks that a field shows; what they cannot say stays as written."""
    marks = {"_": "~", "^": "^"}
    return _SCRIPT.sub(
        lambda match: f"{marks[match[1]]}{match[2]}{marks[match[1]]}", formula.strip("$")
    )
