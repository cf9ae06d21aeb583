"""Headers of Jekyll and Hugo: of another site, which is imported whole, once built, not mended by
hand."""

from __future__ import annotations

from itertools import takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.source.document import is_fence

from .pelican import adopted

if TYPE_CHECKING:
    from portail.model.kinds import Kind
    from portail.model.scalars import Reading

    from .pelican import Adopted

# Keys of each tool that no content of ours has (https://jekyllrb.com/docs/front-matter/,
# https://gohugo.io/content-management/front-matter/).
_KEYS = {
    "jekyll": frozenset(
        "layout permalink published excerpt excerpt_separator categories category comments "
        "redirect_from last_modified_at".split()
    ),
    "hugo": frozenset(
        "draft weight aliases categories type linktitle publishdate expirydate lastmod cascade "
        "outputs menu series".split()
    ),
}
# Where each of them builds a site.
_BUILT = {"jekyll": "_site", "hugo": "public"}
_FEWEST = 2


def other_header(text: str, path: PurePosixPath) -> Diagnostic | None:
    """The diagnostic of a text whose header is that of Jekyll or Hugo (E105), else ``None``."""
    tool = "hugo" if text.startswith("+++\n") else _tool(text)
    if tool is None:
        return None
    remedy = f"Construisez ce site, puis importez-le : portail importer {_BUILT[tool]}"
    place = Position(path, 1, 1, len(text.partition("\n")[0]))
    return diagnostic("E105", place, raison=f"c’est celui de {tool.capitalize()}", remede=remedy)


def _tool(text: str) -> str | None:
    if "\ntitle:" not in text:
        return None
    first, *lines = text.split("\n")
    rows = [*takewhile(lambda line: not is_fence(line), lines)]
    written = {row.partition(":")[0] for row in rows if ":" in row}
    if not is_fence(first) or len(rows) == len(lines) or "title" not in written:
        return None
    keys = {key.lower() for key in written}
    if keys & {"titre", "resume", "publie_le"}:
        return None
    shares = {tool: len(keys & own) for tool, own in _KEYS.items()}
    likeliest = max(shares, key=lambda tool: shares[tool])
    return likeliest if shares[likeliest] >= _FEWEST else None


def read_header(
    text: str, path: PurePosixPath, kind: Kind, slug: str, reading: Reading
) -> Adopted | Diagnostic | None:
    """A header of Pelican as ours, or what is said of that of another tool; ``None`` for any
    other."""
    return adopted(text, path, kind, slug, reading) or other_header(text, path)
