"""Pages of the theme, drawn and opened."""

from __future__ import annotations

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
