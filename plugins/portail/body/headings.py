"""Where the headings of a body stand, for whoever mends their levels."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import cast

from portail.body.blocks import BlockReader, TooDeep
from portail.body.document import Document
from portail.body.markdown import instance
from portail.body.positions import Place, Places, cleaned

__all__ = ["heading_places"]

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def heading_places(text: str, first_line: int) -> list[tuple[int, Place]]:
    """Level (1–6) and place of every heading of ``text``, a body whose first line is
    ``first_line`` in its file; none when its blocks are nested beyond the limit."""
    document = Document(PurePosixPath(), cleaned(text).split("\n"), first_line, Places(first_line))
    markdown = instance()
    markdown.reset()
    reader = cast("BlockReader", markdown.parser)
    markdown.document = reader.document = document
    try:
        root = reader.parseDocument(document.source).getroot()
    except (TooDeep, RecursionError):
        instance.cache_clear()
        return []
    assert root is not None
    return [
        (_LEVELS[one.tag], document.places.at(one.attrib["@"]))
        for one in root.iter()
        if one.tag in _LEVELS and "@" in one.attrib
    ]
