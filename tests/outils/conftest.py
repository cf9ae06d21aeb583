"""The scripts of `outils/` are run as files: their folder is on the path, as it is then."""

from __future__ import annotations

import sys
from pathlib import Path

OUTILS = str(Path(__file__).resolve().parents[2] / "outils")
if OUTILS not in sys.path:
    sys.path.insert(0, OUTILS)
