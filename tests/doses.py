"""How much of a proof is given at each change, and how much each week (``make endurance``)."""

from __future__ import annotations

import os

LONG = os.environ.get("SUITE_LONGUE") == "1"
"""Whether this run is the long one."""


def dose(few: int, many: int) -> int:
    """``few`` examples at each change, ``many`` in the long run."""
    return many if LONG else few
