"""The scripts of `outils/` are run as files: their folder is on the path, as it is then.

So is `tests/`, for the helpers that tests share.
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
for folder in (TESTS.parent / "outils", TESTS):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
