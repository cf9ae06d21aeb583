"""QR codes: as SVG paths, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

# Light modules around a symbol, which readers need (ISO/IEC 18004).
QUIET = 4

# The pattern that is laid over every symbol, which says which: readers know all eight. Looking for
# the one of least penalty takes four fifths of the time, and sheets are many.
_MASK = 3


class Qr(NamedTuple):
    """A symbol: the side of its box in modules, ``QUIET`` included; the path of its dark ones."""

    cote: int
    trace: str


@lru_cache(64)
def qr(text: str) -> Qr:
    """The QR code of an address, error level M: it is still read with 15 % of it lost. Raises
    ``ValueError`` when ``text`` is too long (more than 2,331 bytes)."""
    import segno  # here: a build that makes no sheet draws none

    symbol = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    bars = []
    for y, row in enumerate(symbol.matrix, start=QUIET):
        bars += [f"M{x} {y}h{length}v1h-{length}z" for x, length in _runs(row)]
    return Qr(len(symbol.matrix) + 2 * QUIET, "".join(bars))


# Two modules of a column in one sign: none, the lower, the upper, both.
_HALVES = " ▄▀█"


def qr_text(text: str) -> str:
    """The same for a terminal, the light modules in the colour of the text."""
    import segno  # here: a build shows none

    symbol = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    rows = [[not dark for dark in row] for row in symbol.matrix_iter(border=QUIET)]
    if len(rows) % 2:
        rows += [[True] * len(rows[0])]
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = (
        "".join(_HALVES[2 * up + low] for up, low in zip(*pair, strict=True)) for pair in pairs
    )
    return "".join(f"{line}\n" for line in lines)


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    x = QUIET
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield x, length
        x += length
