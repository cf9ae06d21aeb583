"""Jobs, calls, offers and requests, until they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.features.annonces.model import Annonce
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.annonces.rows import ROWS

    return ROWS


def _model() -> type[Annonce]:
    from portail.features.annonces.model import Annonce

    return Annonce


feature = Feature(
    name="annonces",
    title="Annonces",
    needs=("alentours",),
    kinds=(KindSpec("annonces", _rows),),
    promises={"Annonce": _model},
)
