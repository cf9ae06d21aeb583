"""Places abroad, and coordinates judged by their commune."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans import Tree, entry, said

TOURNAI = "{nom: Halle aux draps, rue: Grand-Place, code_postal: '7500', commune: Tournai, pays: Belgique}"


def event(**fields: str) -> str:
    return entry("events", debut="2027-10-09 14:00", format="atelier", **fields)
