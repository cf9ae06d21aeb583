"""Alphabetical indexes, for whoever looks something up without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.groups import anchor_of, letter_of, letters
from portail.outputs.pages.near import near_communes
from portail.outputs.pages.paging import page_urls
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.subjects import Subject, communes, subjects
from portail.outputs.pages.views import (
    EntreeIndex,
    Frame,
    IndexView,
    LettreIndex,
    Lien,
    Pagination,
)
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
    file_of,
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
    frame = frame_of(site)
    others = index_links(site)
    for index in _indexes(site):
        yield from _pages(index, others, frame)


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


def _pages(index: _Index, others: tuple[Lien, ...], frame: Frame) -> Iterator[TemplatePage]:
    """An index cut in pages, each with the exact key of what it shows."""
    rows = [_Row(rank, lien) for rank, one in enumerate(index.entries) for lien in one.liens]
    size = _SIMPLE if index.simple else _LINES
    urls = page_urls(index.lien.url, -(-len(rows) // size))
    leads = tuple(_leads(index.entries, rows, urls, size))
    for number, url in enumerate(urls, start=1):
        start = (number - 1) * size
        shown = tuple(_letters(index.entries, rows[: start + size], start))
        pages = Pagination(number, len(urls), urls)
        key = digest_bytes(
            repr((index[:4], index.parent, len(index.entries), others, leads, shown)).encode()
        )
        yield TemplatePage(
            file_of(url),
            url,
            "index-alphabetique.html",
            (frame.digest, key),
            _viewer(index, others, frame, leads, shown, pages),
            sitemap=SitemapHint(),
        )
    if len(urls) > 1:
        yield redirect_page(f"{index.lien.url}page/", index.lien.url, index.lien.texte, frame)


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


def _viewer(
    index: _Index,
    others: tuple[Lien, ...],
    frame: Frame,
    leads: tuple[Lien, ...],
    shown: tuple[LettreIndex, ...],
    pages: Pagination,
) -> Callable[[], IndexView]:
    count = len(index.entries)
    title = index.lien.texte

    def view() -> IndexView:
        number = pages.numero
        return IndexView(
            cadre=frame,
            titre=title if number == 1 else f"{title}, page {number}",
            description=index.chapo,
            url=pages.pages[number - 1],
            fil=(Lien("Accueil", HOME), index.parent),
            rubrique=index.parent.url,
            chapo=index.chapo,
            nombre=f"{nombre(count)} {index.pluriel if count > 1 else index.nom}",
            lettres=shown,
            index=leads,
            voisins=others,
            pagination=pages,
            simple=index.simple,
        )

    return view
