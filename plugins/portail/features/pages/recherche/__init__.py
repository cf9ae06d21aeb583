"""The search of the site: its page, its index of terms, its suggestions and cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import SEARCH

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan_terms(site: Site) -> Iterable[Artifact]:
    from portail.features.pages.recherche.terms import plan_terms

    return plan_terms(site)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.recherche.opensearch import plan_opensearch
    from portail.features.pages.recherche.page import plan_page
    from portail.features.pages.recherche.terms import plan_search

    yield from plan_page(site)
    yield from plan_opensearch(site)
    yield from plan_search(site)


def _packs(title: str, summary: str, headings: Iterable[str], text: str) -> str:
    from portail.features.pages.recherche.words import packed

    return packed(title, summary, headings, text)


def _search(site: Site) -> str:
    from portail.features.pages.recherche.records import segments
    from portail.site.urls import SEARCH as PAGE

    return PAGE if segments(site) else ""


feature = Feature(
    name="recherche",
    title="Recherche",
    needs=("editions", "facettes", "horaires"),
    outputs=(
        Output("termes", _plan_terms, is_long=True),
        Output("recherche", _plan),
    ),
    slots={SEARCH: _search},
    packs=_packs,
    pages=frozenset({"/recherche/"}),
)
