"""Puts the helpers of whole sites on the path: ``tests/projects.py``, ``outils/corpus.py``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / "tests", ROOT / "outils"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
