"""Python's garbage collector, kept quiet where it would only cost."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_gc"]


@contextmanager
def quiet_gc() -> Iterator[None]:
    """No garbage collection inside: thousands of objects are being made, and they stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            # All goes to the oldest generation unvisited, else the next allocation would visit it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
