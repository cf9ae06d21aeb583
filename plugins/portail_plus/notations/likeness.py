"""What looks like notation of science in a title or a summary, and is not (C271); Markdown that
they do not have (C282)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Fix
from portail.late import expression
from portail.source.document import Node, quoted, texts_of
from portail.text.notation import FORMULA, Likeness, likenesses

if TYPE_CHECKING:
    from portail.model.entry import Entry
    from portail.source.document import Parts

_KEYS = ("titre", "resume", "resume_falc")
# Code, links, bold, and the other mark of italics: a sign of each, what stands in their place in a
# field.
_MARKS = tuple(
    (sign, expression(pattern), instead)
    for sign, pattern, instead in (
        ("`", r"(?<!`)(`{1,2})(?=[^`\s])([^`]*[^`\s])\1(?!`)", r"\2"),
        ("](", r"!?\[([^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))+(?:\s+\"[^\"]*\")?\)", r"\1"),
        ("**", r"(?<![^\W_]|[*\\])\*\*(?=\S)(.*?\S)\*\*(?![^\W_])", r"\1"),
        ("_", r"(?<![\w*\\])_(?=[^\s_])([^_]*[^\s_])_(?!\w)", r"*\1*"),
    )
)
_SCRIPT = expression(r"([_^])\{?([\w+−-]{1,20})\}?")


def check_notation(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None
) -> Iterator[Diagnostic]:
    """Likenesses of the fields that show subscripts and exponents; a formula, which they do not
    draw, too; and what they say without marks of Markdown."""
    for key, node, text in texts_of(root, _KEYS):
        for likeness in _likenesses(text):
            place = node.piece(path, likeness.start, likeness.written)
            yield diagnostic("C271", place, valeur=likeness.written, attendu=likeness.instead)
        if (bare := without_marks(text)) != text:
            fix = Fix(yaml=quoted(bare))
            place = node.position(path)
            yield diagnostic("C282", place, fix, paste=f"{key}: {fix.yaml}", cle=key)


def without_marks(text: str) -> str:
    """Markdown as a title or a summary writes it: italics as ``*…*``, no other mark.

    >>> without_marks("Une **nuit** au [musée](https://a.test), `code`, _Bufo bufo_, nom_de_code")
    'Une nuit au musée, code, *Bufo bufo*, nom_de_code'
    """
    for sign, mark, instead in _MARKS:
        if sign in text:
            text = mark.sub(instead, text)
    return text


def _likenesses(text: str) -> Iterator[Likeness]:
    formulas = []
    prose = text
    if "$" in text:
        found = FORMULA.finditer(text)
        formulas = [Likeness(match.start(), match[0], _unformed(match[0])) for match in found]
        prose = FORMULA.sub(lambda match: " " * len(match[0]), text)
    yield from sorted([*formulas, *likenesses(prose, body=False)])


def _unformed(formula: str) -> str:
    # A formula with the marks that a field shows; what they cannot say stays as written.
    marks = {"_": "~", "^": "^"}
    return _SCRIPT.sub(
        lambda match: f"{marks[match[1]]}{match[2]}{marks[match[1]]}", formula.strip("$")
    )
