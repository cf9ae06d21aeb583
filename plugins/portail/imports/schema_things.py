"""Articles in the words of schema.org."""

from __future__ import annotations

from typing import Any

from portail.imports.found import Found
from portail.imports.moments import of_iso
from portail.imports.prose import clear, link, many_lines, text_field
from portail.imports.schema_event import language, picture_in
from portail.imports.schema_org import (
    Graph,
    Node,
    listed,
    name_of,
    node,
    types,
    untaken,
    word,
)
from portail.model.kinds import Kind

ARTICLES = frozenset(
    "Article NewsArticle BlogPosting Report ScholarlyArticle TechArticle LiveBlogPosting "
    "OpinionNewsArticle AnalysisNewsArticle ReviewNewsArticle ReportageNewsArticle".split()
)
_ARTICLE = frozenset(
    """headline name alternativeHeadline description abstract articleBody text url
    mainEntityOfPage mainEntityOfPage.* datePublished dateCreated dateModified author author.name
    keywords keywords.name articleSection inLanguage inLanguage.name inLanguage.alternateName image
    image.* thumbnailUrl
    publisher.* isPartOf.* wordCount commentCount copyrightYear potentialAction.*
    speakable.*""".split()
)


def is_article(value: Any) -> bool:
    """Whether a node is an article."""
    return not ARTICLES.isdisjoint(types(value))


def article_of(article: Node, graph: Graph, row: int, base: str = "") -> Found:
    """The article of a node."""
    body = many_lines(article.get("articleBody")) or many_lines(article.get("text"))
    authors = [clear(name_of(one)) for one in graph.inside(article.get("author"))]
    words = [*map(name_of, listed(article.get("keywords")))]
    words += [*map(name_of, listed(article.get("articleSection")))]
    page = article.get("mainEntityOfPage")
    told = word(page) or word(node(page).get("@id")) or word(node(page).get("url"))
    url = link(word(article.get("url"))) or link(told)
    return Found(
        row=row,
        kind=Kind.ARTICLE,
        namespace="page",
        identifier=url or link(word(article.get("@id")).partition("#")[0]),
        titre=clear(word(article.get("headline")) or name_of(article.get("name"))),
        resume=clear(word(article.get("description")) or word(article.get("abstract"))),
        mots=tuple(part for one in words for part in map(clear, one.split(",")) if part),
        langue=language(article.get("inLanguage")),
        publie_le=day_of(article.get("datePublished") or article.get("dateCreated")),
        modifie=day_of(article.get("dateModified")),
        url=url,
        picture=picture_in(article, graph, base),
        others={"auteurs": authors} if any(authors) else {},
        losses=untaken(article, _ARTICLE),
        **text_field(body),
    )


def day_of(value: Any) -> str:
    """The day of a date of ISO 8601, on the clock of the portal; empty when it is none."""
    return (of_iso(word(value)) or "")[:10]
