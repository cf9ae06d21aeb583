"""``/questions/``: what waits for an answer, then what has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portail.features.questions.answers import answers_of, is_question
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.paging import Group, Listing, Pages
from portail.outputs.pages.page_context import contribution
from portail.outputs.pages.views.shared import Lien, NavGroup, Vide
from portail.resources import rows_of
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import HOME
from portail.text.typography import nombre

QUESTIONS = "/questions/"
_WORDS: Mapping[str, Any] = rows_of("questions", "mots")
TITLE: str = _WORDS["page"]["titre"]


@answer
def open_refs(site: Site) -> tuple[str, ...]:
    """References of questions that wait for an answer, the soonest deadline first."""
    found = (one for one in site.of_kind(Kind.ANNONCE) if is_question(one) and not one.passe)
    return tuple(one.ref for one in found)


@answer
def answered_refs(site: Site) -> tuple[str, ...]:
    """References of those that were answered, the latest deadline first."""
    found = (one for one in site.of_kind(Kind.ANNONCE) if is_question(one) and one.repondu)
    return tuple(one.ref for one in found)


def page_links(site: Site) -> tuple[Lien, ...]:
    """The link to the page, when something is or was asked."""
    return (Lien(TITLE, QUESTIONS),) if open_refs(site) or answered_refs(site) else ()


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    """The same, above the lists of announcements and of articles."""
    return page_links(site) if kind in (Kind.ANNONCE, Kind.ARTICLE) else ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan, after announcements."""
    if kind is Kind.ANNONCE and (links := page_links(site)):
        yield NavGroup(TITLE, links)


def plan_questions(site: Site) -> Iterator[TemplatePage]:
    """The page, when something is or was asked."""
    if page_links(site):
        for pages in _lists(site).values():
            yield from pages.plan(_lists)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    opened = [site.items[ref] for ref in open_refs(site)]
    words = words_of(site, _WORDS["page"])
    many = _WORDS["ouvertes"]["plusieurs" if len(opened) > 1 else "une"]
    waiting = Group(_WORDS["attendent"], asked(opened), "lignes", "Ouvertes", avenir=True)
    listing = Listing(
        url=QUESTIONS,
        titre=TITLE,
        chapo=words["chapo"],
        kind=Kind.ANNONCE.value,
        nombre=f"{nombre(len(opened))} {many}" if opened else "",
        groups=(
            *((waiting,) if opened else ()),
            *_answered(site),
        ),
        fil=(Lien("Accueil", HOME), Lien(Kind.ANNONCE.info.rubrique, Kind.ANNONCE.info.listing)),
        rubrique=Kind.ANNONCE.info.listing,
        taille=site.config.taille_page,
        vide=None if opened else Vide(_WORDS["rien"]),
        boutons=contribution(site, Kind.ANNONCE, _WORDS["poser"]),
        template="questions.html",
    )
    return {QUESTIONS: Pages(site, listing)}


def _answered(site: Site) -> Iterator[Group]:
    """Each with the article that answers it."""
    found = [site.items[ref] for ref in answered_refs(site)]
    if found:
        notes = [", ".join(one.name for one in answers_of(item, site)) for item in found]
        yield Group(_WORDS["repondues"], asked(found), "simples", "Repondues", notes)
