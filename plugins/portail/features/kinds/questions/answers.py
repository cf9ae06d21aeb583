"""A question and the articles that answer it: each page leads to the other."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, names, naming
from portail.model.articles import QUESTION, AnnouncementEntry, ArticleEntry
from portail.model.registry import references_of
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site


def is_question(item: Item) -> bool:
    """Whether a content asks structures something."""
    return isinstance(item.entry, AnnouncementEntry) and item.entry.categorie == QUESTION


def answers_of(item: Item, site: Site) -> Iterator[Item]:
    """Articles that answer a question, in the order of lists."""
    if is_question(item):
        yield from naming(item, site, "question")


def asked_by(article: Item, site: Site) -> str:
    """Reference of the question that an article answers; ``""`` for none."""
    found = (one.named(site.items) for one in references_of(article.of(ArticleEntry), "question"))
    return next(filter(None, found), "")


def answer_links(site: Site, item: Item) -> Iterator[Lien]:
    """The articles that answer a question, each with who signs."""
    for article in answers_of(item, site):
        signed = ", ".join(value.text for value in names(article, site, "auteurs"))
        yield Lien(article.name, article.url, signed)


def question_of(item: Item, site: Site) -> Fact:
    """The question that an article answers."""
    return Fact("Répond à", names(item, site, "question"))
