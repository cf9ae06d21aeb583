"""What is told, discovered and discussed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output
from portail.late import late

if TYPE_CHECKING:
    from portail.features.kinds.articles import model, rows, texts
else:
    model, rows, texts = late(__name__, "model", "rows", "texts")


feature = Feature(
    name="articles",
    title="Articles",
    needs=("alentours", "moteurs"),
    kinds=(KindSpec("articles", rows.ROWS),),
    promises={"Article": model.Article},
    outputs=(Output("textes", texts.plan_texts),),
)
