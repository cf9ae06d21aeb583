"""Sheets of styles, read as their declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portail.late import expression

_COMMENT = expression(r"/\*.*?\*/", re.DOTALL)
_PIECE = expression(r"([^{};]*)([{};])")


def declarations(css: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """The declarations of a sheet: what stands around, at-rules then selector, the text of each,
    where it begins."""
    nested = []
    blank = _COMMENT.sub(lambda comment: " " * len(comment[0]), css)
    for piece in _PIECE.finditer(blank):
        text = piece[1]
        mark = piece[2]
        if mark == "{":
            nested.append(text.strip())
            continue
        if nested and text.strip():
            yield tuple(nested), text, piece.start()
        if mark == "}" and nested:
            nested.pop()
