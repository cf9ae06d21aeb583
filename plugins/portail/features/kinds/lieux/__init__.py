"""Places to go to, structures to work with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.features.kinds.lieux.model import Lieu
    from portail.site.draft import Draft
    from portail.site.kind_tables import Rows


def _rows() -> Rows:
    from portail.features.kinds.lieux.rows import ROWS

    return ROWS


def _model() -> type[Lieu]:
    from portail.features.kinds.lieux.model import Lieu

    return Lieu


def _check(draft: Draft) -> Iterator[Diagnostic]:
    from portail.features.kinds.lieux.rules import check_age

    return check_age(draft)


feature = Feature(
    name="lieux",
    title="Annuaire des lieux et des structures",
    needs=("fonds", "horaires", "moteurs", "prets"),
    kinds=(KindSpec("lieux", _rows),),
    rules=(_check,),
    promises={"Lieu": _model},
)
