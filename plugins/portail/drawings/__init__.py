"""Drawings computed without a browser: covers of contents, QR codes, the PNG of a mail."""

COUNT = 24
"""How many drawings there are of each family, on each ground."""
NEAR = 2
"""How many cards back a list must not have shown the same drawing."""


def after(rank: int, step: int) -> int:
    """The rank of a drawing of a family ``step`` after another; the first follows the last.

    >>> after(7, 1), after(24, 2)
    (8, 2)
    """
    return (rank + step - 1) % COUNT + 1
