"""Jobs, calls, offers and requests, until they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.features.kinds.annonces.model import Annonce
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.kinds.annonces.rows import ROWS

    return ROWS


def _model() -> type[Annonce]:
    from portail.features.kinds.annonces.model import Annonce

    return Annonce


feature = Feature(
    name="annonces",
    title="Annonces",
    needs=("alentours", "editions"),
    kinds=(KindSpec("annonces", _rows),),
    promises={"Annonce": _model},
)
