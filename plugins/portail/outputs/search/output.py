"""Output « recherche »: what the search finds its way by, and what it shows of each content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from portail.files import digest_bytes
from portail.outputs.base import TextFile
from portail.outputs.compact import compact
from portail.outputs.search.cards import card_files
from portail.outputs.search.columns import VERSION as INDEX_VERSION
from portail.outputs.search.columns import index_document
from portail.outputs.search.order import order_mark, segments
from portail.outputs.search.rows import rows_of
from portail.outputs.search.suggestions import SORTS, Suggestion, suggestions
from portail.site.site import Site
from portail.site.urls import SEARCH_INDEX, SUGGESTIONS, file_of

__all__ = ["SearchOutput"]

_SUGGESTIONS = 1
"""Version of the suggestions: grows when a former script could not read them."""


class SearchOutput:
    """``/recherche/index.json``, ``/recherche/suggestions.json``, ``/recherche/fiches/``."""

    name: ClassVar[str] = "recherche"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Every file, when there is something to find."""
        if not segments(site):
            return
        seen = INDEX_VERSION, site.day.date, order_mark(site), [tuple(row) for row in rows_of(site)]
        yield _file(SEARCH_INDEX, seen, lambda: index_document(site))
        rows = [*suggestions(site)]
        yield _file(SUGGESTIONS, (_SUGGESTIONS, rows), lambda: _suggested(rows, site.config.base))
        yield from card_files(site)


def _suggested(rows: list[Suggestion], base: str) -> Mapping[str, Any]:
    told = [[one.nom, one.sorte, base + one.url, one.precision] for one in rows]
    return {"version": _SUGGESTIONS, "sortes": SORTS, "suggestions": told}


def _file(url: str, seen: object, document: Callable[[], Mapping[str, Any]]) -> TextFile:
    """A document, a key a line; it is made when it is written."""

    def produce() -> Iterator[str]:
        rows = (f"{compact(name)}:{compact(value)}" for name, value in document().items())
        yield "{" + ",\n".join(rows) + "}\n"

    return TextFile(file_of(url), url, (digest_bytes(repr(seen).encode()),), produce)
