"""A question and the articles that answer it: each page leads to the other, and
both are one QAPage of JSON-LD (https://schema.org/QAPage)."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, names, naming
from portail.features.services.moteurs import nodes
from portail.model.articles import QUESTION, AnnouncementEntry, ArticleEntry
from portail.model.registry import references_of
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import plain


def is_question(item: Item) -> bool:
    return isinstance(item.entry, AnnouncementEntry) and item.entry.categorie == QUESTION


def answers_of(item: Item, site: Site) -> Iterator[Item]:
    if is_question(item):
        yield from naming(item, site, "question")


def asked_by(article: Item, site: Site) -> str:
    answers = (
        reference.named(site.items)
        for reference in references_of(article.of(ArticleEntry), "question")
    )
    return next(filter(None, answers), "")


def answer_links(site: Site, item: Item) -> Iterator[Lien]:
    for article in answers_of(item, site):
        signed = ", ".join(value.text for value in names(article, site, "auteurs"))
        yield Lien(article.name, article.url, signed)


def question_of(item: Item, site: Site) -> Fact:
    return Fact("Répond à", names(item, site, "question"))


def question(site: Site, item: Item) -> Iterator[tuple[str, object]]:
    """A question that waits; once it is answered, a page of a question and its answers. An article
    mentions the question that it answers."""
    if isinstance(item.entry, ArticleEntry):
        asked = asked_by(item, site)
        if asked:
            yield "mentions", _asked(site.items[asked], site)
        return
    if not is_question(item):
        return
    answers = [_answer(answer, site) for answer in answers_of(item, site)]
    if not answers:
        yield "@type", "Question"
        yield "text", plain(item.entry.resume or "")
        yield "answerCount", 0
        return
    yield "@type", "QAPage"
    yield (
        "mainEntity",
        nodes.kept({**_asked(item, site), "answerCount": len(answers), "acceptedAnswer": answers}),
    )


def _asked(item: Item, site: Site) -> nodes.Node:
    day = item.entry.publie_le
    return nodes.kept(
        {
            "@type": "Question",
            "@id": f"{site.config.absolute(item.url)}#question",
            "name": item.name,
            "text": plain(item.entry.resume or item.entry.titre),
            "datePublished": day and day.isoformat(),
            "url": site.config.absolute(item.url),
        }
    )


def _answer(item: Item, site: Site) -> nodes.Node:
    entry = item.of(ArticleEntry)
    day = entry.publie_le
    signed = [
        {"@type": "Organization", "name": author.text, "url": site.config.absolute(author.url)}
        for author in names(item, site, "auteurs")
        if author.url
    ]
    return nodes.kept(
        {
            "@type": "Answer",
            "text": plain(entry.a_retenir or entry.resume or ""),
            "url": site.config.absolute(item.url),
            "datePublished": day and day.isoformat(),
            "author": signed,
        }
    )
