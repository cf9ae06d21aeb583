"""Forms, drawn and opened."""

from __future__ import annotations

import sys
from pathlib import Path

from drawn_pages import (  # noqa: F401  # fixtures
    drawn,
    drawn_proxy,
    kept,
    opened,
    pool,
    rendu,
    rendu_publie,
    rendu_sur,
    tab,
    theme,
    trees,
)

sys.path.append(str(Path(__file__).parent))
