"""What is told, discovered and discussed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, KindSpec, Output

if TYPE_CHECKING:
    from portail.features.kinds.articles.model import Article
    from portail.outputs.base import Artifact
    from portail.site.kind_tables import Rows
    from portail.site.site import Site


def _rows() -> Rows:
    from portail.features.kinds.articles.rows import ROWS

    return ROWS


def _plan_texts(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.articles.texts import plan_texts

    return plan_texts(site)


def _model() -> type[Article]:
    from portail.features.kinds.articles.model import Article

    return Article


feature = Feature(
    name="articles",
    title="Articles",
    needs=("alentours", "moteurs"),
    kinds=(KindSpec("articles", _rows),),
    promises={"Article": _model},
    outputs=(Output("textes", _plan_texts),),
)
