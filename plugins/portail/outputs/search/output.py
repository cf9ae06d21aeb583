"""Output « recherche »: what the search finds its way by, and what it shows of each content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import ClassVar

from portail.files import digest_bytes
from portail.outputs.base import TextFile
from portail.outputs.search.cards import card_files
from portail.outputs.search.columns import VERSION, index_document
from portail.outputs.search.order import order_mark, segments
from portail.outputs.search.rows import rows_of
from portail.site.site import Site
from portail.site.urls import SEARCH_INDEX, file_of

__all__ = ["SearchOutput"]


class SearchOutput:
    """``/recherche/index.json`` and ``/recherche/fiches/<n>.json``."""

    name: ClassVar[str] = "recherche"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """Every file, when there is something to find."""
        if not segments(site):
            return
        yield _index(site)
        yield from card_files(site)


def _index(site: Site) -> TextFile:
    seen = VERSION, site.day.date, order_mark(site), rows_of(site)
    key = digest_bytes(repr(seen).encode())
    return TextFile(file_of(SEARCH_INDEX), SEARCH_INDEX, (key,), lambda: _text(site))


def _text(site: Site) -> Iterator[str]:
    """A key a line."""
    said = index_document(site).items()
    rows = (f"{_json(name)}:{_json(value)}" for name, value in said)
    yield "{" + ",\n".join(rows) + "}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
