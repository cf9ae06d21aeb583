"""Where what is read is written down, while somebody wants to know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["note", "noting"]

_stack: list[set[str]] = []


def note(read: str) -> None:
    """Write down a read, if anybody asks for it."""
    if _stack:
        _stack[-1].add(read)


@contextmanager
def noting() -> Iterator[set[str]]:
    """What is read meanwhile, but for what inner blocks note for themselves."""
    reads: set[str] = set()
    _stack.append(reads)
    try:
        yield reads
    finally:
        _stack.pop()
