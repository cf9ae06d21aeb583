"""What is told, discovered and discussed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.articles.rows import ROWS

    return ROWS


feature = Feature(name="articles", title="Articles", kinds=(KindSpec("articles", _rows),))
