"""Questions and the articles that answer them, and their list ``/questions/``.

A question and its article lead to each other, and both are one QAPage of JSON-LD
(https://schema.org/QAPage). The list has what waits for an answer, then what has one; what waits is
on the home page, in the letter and on the editors’ desk too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.facts.base import Fact, names, naming, text_of
from portail.facts.when import day_of
from portail.features.kinds.demandes.board import Board, open_refs, waiting
from portail.features.services.referencement import nodes
from portail.model.collections import QUESTION, AnnouncementEntry, ArticleEntry
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked, card_of
from portail.outputs.pages.lists.paging import Group, Listing, listed, plan_lists
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
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


_WORDS = rows_of("kinds.questions", "mots")


def _waiting(site: Site, items: Sequence[Item]) -> Iterator[Group]:
    yield Group(_WORDS["attendent"], asked(items), "lignes", "Ouvertes", avenir=True)


# Articles answer questions.
BOARD = Board(QUESTION, "/questions/", _WORDS, (Kind.ANNONCE, Kind.ARTICLE), grouped=_waiting)
links = BOARD.links
list_links = BOARD.list_links
plan_groups = BOARD.plan_groups


def plan_questions(site: Site) -> Iterator[TemplatePage]:
    return plan_lists(_lists, site)


@listed
def _lists(site: Site) -> Iterator[Listing]:
    return BOARD.listings(site)


# Questions of the home page.
_FEW = 3


def home_bloc(site: Site) -> Iterator[Bloc]:
    shown = tuple(card_of(site, ref) for ref in open_refs(site, QUESTION)[:_FEW])
    if shown:
        yield Bloc(
            BOARD.title,
            shown,
            BOARD.url,
            "simples",
            lien=_WORDS["toutes"],
            ancre="Questions",
            avenir=True,
        )


def desk_table(site: Site) -> Iterator[DeskTable]:
    """Those that wait, who asks, since when; nothing in a portal where nobody asked anything."""
    if BOARD.links(site):
        rows = (
            (item, (text_of(names(item, site, "organisme")), day_of(item.entry.publie_le)))
            for item in waiting(site, QUESTION)
        )
        words = _WORDS["bureau"]
        yield DeskTable(
            "Questions",
            BOARD.title,
            words["phrase"],
            columns=tuple(words["colonnes"]),
            rows=tuple(rows),
            empty=_WORDS["rien"],
        )


def waiting_questions(site: Site) -> Iterator[Item]:
    return waiting(site, QUESTION)
