"""Output « recherche »: what the field of every page completes with, and what the search shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.outputs.base import TextFile
from portail.outputs.compact import compact
from portail.outputs.drawn import text_file
from portail.outputs.search.cards import card_files
from portail.outputs.search.order import segments
from portail.outputs.search.suggestions import SORTS, suggestions
from portail.site.site import Site
from portail.site.urls import SUGGESTIONS

__all__ = ["SearchOutput"]

_VERSION = 1
"""Version of the suggestions: grows when a former script could not read them."""


class SearchOutput:
    """``/recherche/suggestions.json``, ``/recherche/fiches/``."""

    name: ClassVar[str] = "recherche"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Every file, when there is something to find."""
        if not segments(site):
            return
        yield text_file(site, SUGGESTIONS, _suggestions)
        yield from card_files(site)


def _suggestions(site: Site) -> Iterator[str]:
    """A key a line."""
    base, found = site.config.base, suggestions(site)
    told = [[one.nom, one.sorte, base + one.url, one.precision] for one in found]
    made = {"version": _VERSION, "sortes": SORTS, "suggestions": told}
    yield "{" + ",\n".join(f'"{name}":{compact(value)}' for name, value in made.items()) + "}\n"
