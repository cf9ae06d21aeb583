"""Alphabetical indexes, for whoever looks something up without a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.groups import anchor_of, letter_of, letters
from portail.outputs.pages.near import near_communes
from portail.outputs.pages.paging import folder_of_pages, page_urls
from portail.outputs.pages.subjects import Subject, communes, subjects
from portail.outputs.pages.views.indexes import EntreeIndex, IndexView, LettreIndex
from portail.outputs.pages.views.shared import Lien, Pagination
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import (
    COMMUNES_PAGE,
    HOME,
    NEAR,
    PLAN,
    SUBJECTS,
    THEMES,
    TOOLBOX,
    listing_of,
)  # fmt: skip
from portail.text.numbers import nombre

__all__ = ["index_links", "plan_indexes"]

_LINES, _SIMPLE = 150, 360
"""Links of a page; of one where each is an entry."""


class _Index(NamedTuple):
    """One index: its link, its lead, the words that count its entries, what is in it; ``simple``
    when each entry is but one link; ``parent`` the page above it."""

    lien: Lien
    chapo: str
    nom: str
    pluriel: str
    entries: Sequence[Subject]
    simple: bool = False
    parent: Lien = Lien("Plan du site", PLAN)


class _Row(NamedTuple):
    """One link of an index and its entry, given by its rank."""

    rank: int
    lien: Lien


def plan_indexes(site: Site) -> Iterator[TemplatePage]:
    """The pages of each index."""
    for index in _indexes(site):
        url, urls = index.lien.url, _cut(site, index.lien.url).urls
        for number, page in enumerate(urls, start=1):
            hint = SitemapHint()
            yield drawn(site, page, "index-alphabetique.html", _show, url, number, sitemap=hint)
        yield from folder_of_pages(site, urls, index.lien.texte)


def index_links(site: Site) -> tuple[Lien, ...]:
    """Where one looks things up: indexes, places, themes, the plan of the site."""
    found = [index.lien for index in _indexes(site)]
    if site.of_kind(Kind.LIEU):
        found.append(Lien("Lieux et structures", listing_of(Kind.LIEU)))
    if site.indexes.by_theme:
        found.append(Lien("Thèmes", THEMES))
    return (*found, Lien("Plan du site", PLAN))


@per_site
def _indexes(site: Site) -> tuple[_Index, ...]:
    """The indexes that have something."""
    known = (
        _Index(
            Lien("Index des sujets", SUBJECTS),
            "Les thèmes et les mots-clés du portail, et ce qui en parle.",
            *("sujet", "sujets"),
            subjects(site),
        ),
        _Index(
            Lien("Index des communes", COMMUNES_PAGE),
            "Ce qu’il y a dans chaque commune : lieux, rendez-vous, ressources, annonces.",
            *("commune", "communes"),
            communes(site),
        ),
        _Index(
            Lien("Près de chez moi", NEAR),
            "Toutes les communes de la région : choisissez la vôtre pour voir qui peut vous aider, "
            "et ce que l’on peut emprunter autour.",
            *("commune", "communes"),
            tuple(Subject(one.texte, "", (one,)) for one in near_communes(site)),
            simple=True,
            parent=Lien("Boîte à outils", TOOLBOX),
        ),
    )
    return tuple(index for index in known if index.entries)


@dataclass(frozen=True, slots=True)
class _Cut:
    """An index cut in pages: its links, how many a page holds, addresses, its letters."""

    index: _Index
    rows: Sequence[_Row]
    size: int
    urls: tuple[str, ...]
    leads: tuple[Lien, ...]


@per_site
def _cut(site: Site, url: str) -> _Cut:
    index = next(one for one in _indexes(site) if one.lien.url == url)
    rows = [_Row(rank, lien) for rank, one in enumerate(index.entries) for lien in one.liens]
    size = _SIMPLE if index.simple else _LINES
    urls = page_urls(url, -(-len(rows) // size))
    return _Cut(index, rows, size, urls, tuple(_leads(index.entries, rows, urls, size)))


def _show(site: Site, url: str, number: int) -> IndexView:
    """A page of the index at ``url``."""
    cut = _cut(site, url)
    index, urls, rows = cut.index, cut.urls, cut.rows
    start, count, title = (number - 1) * cut.size, len(index.entries), index.lien.texte
    return IndexView(
        cadre=frame_of(site),
        titre=title if number == 1 else f"{title}, page {number}",
        description=index.chapo,
        url=urls[number - 1],
        fil=(Lien("Accueil", HOME), index.parent),
        rubrique=index.parent.url,
        chapo=index.chapo,
        nombre=f"{nombre(count)} {index.pluriel if count > 1 else index.nom}",
        lettres=tuple(_letters(index.entries, rows[: start + cut.size], start)),
        index=cut.leads,
        voisins=index_links(site),
        pagination=Pagination(number, len(urls), urls),
        simple=index.simple,
    )


def _leads(
    entries: Sequence[Subject], rows: Sequence[_Row], urls: Sequence[str], size: int
) -> Iterator[Lien]:
    """Each letter leads to the page where it begins."""
    known: dict[str, str] = {}
    for number, row in enumerate(rows):
        letter = letter_of(entries[row.rank].titre)
        known.setdefault(letter, f"{urls[number // size]}#{anchor_of(letter)}")
    return (Lien(letter, known.get(letter, "")) for letter in letters(known))


def _letters(entries: Sequence[Subject], rows: Sequence[_Row], start: int) -> Iterator[LettreIndex]:
    """What the page that begins at row ``start`` shows, letter after letter, up to the last row."""
    before = rows[start - 1].rank if start else -1
    for letter, some in groupby(rows[start:], key=lambda row: letter_of(entries[row.rank].titre)):
        found = []
        for rank, held in groupby(some, key=lambda row: row.rank):
            entry = entries[rank]
            links = tuple(row.lien for row in held)
            found.append(EntreeIndex(entry.titre, links, entry.note, rank == before))
        yield LettreIndex(letter, anchor_of(letter), tuple(found))
