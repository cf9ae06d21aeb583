"""Output « recherche »: what the field of every page completes with, and what the search shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.files import digest_bytes
from portail.outputs.base import TextFile
from portail.outputs.compact import compact
from portail.outputs.search.cards import card_files
from portail.outputs.search.order import segments
from portail.outputs.search.suggestions import SORTS, suggestions
from portail.site.site import Site
from portail.site.urls import SUGGESTIONS, file_of

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
        yield _suggestions(site)
        yield from card_files(site)


def _suggestions(site: Site) -> TextFile:
    """A key a line."""
    rows = [*suggestions(site)]

    def produce() -> Iterator[str]:
        told = [[one.nom, one.sorte, site.config.base + one.url, one.precision] for one in rows]
        made = {"version": _VERSION, "sortes": SORTS, "suggestions": told}
        yield "{" + ",\n".join(f'"{name}":{compact(value)}' for name, value in made.items()) + "}\n"

    key = digest_bytes(repr((_VERSION, rows)).encode())
    return TextFile(file_of(SUGGESTIONS), SUGGESTIONS, (key,), produce)
