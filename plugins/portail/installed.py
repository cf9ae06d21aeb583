"""What installed packages declare by name (entry points), looked up once."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import metadata
from typing import Any


def entry_points(*, group: str, **wanted: str) -> metadata.EntryPoints:
    """Those of a group, and of a ``name``."""
    found: metadata.EntryPoints = _every(*sys.path).select(group=group, **wanted)
    return found


def own_entry_points(*, group: str) -> metadata.EntryPoints:
    """Those of a group that the package of Portail declares."""
    found: metadata.EntryPoints = metadata.distribution("portail").entry_points.select(group=group)
    return found


@lru_cache(1)
def _every(*path: str) -> Any:
    """All of them: to list the packages of ``path`` costs more than to read what they declare."""
    return metadata.entry_points()
