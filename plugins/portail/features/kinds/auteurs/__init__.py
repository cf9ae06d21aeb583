"""Persons who sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.kinds.auteurs.rows import ROWS

    return ROWS


feature = Feature(
    name="auteurs", title="Auteurs", needs=("moteurs",), kinds=(KindSpec("auteurs", _rows),)
)
