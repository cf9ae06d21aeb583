"""Articles: ``content/articles/``."""

from typing import ClassVar

from portail.model.articles import ArticleEntry
from portail.model.kinds import Kind


class Article(ArticleEntry):
    kind: ClassVar[Kind] = Kind.ARTICLE
    texte_obligatoire: ClassVar[bool] = True
