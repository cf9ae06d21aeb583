"""Articles: ``content/articles/``."""

from typing import ClassVar

from portail.model.collections import ArticleEntry
from portail.model.kinds import Kind


class Article(ArticleEntry):
    kind: ClassVar[Kind] = Kind.ARTICLE
    texte_obligatoire: ClassVar[bool] = True
