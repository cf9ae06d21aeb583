"""Output « termes »: in which contents each term is (``docs/technique/recherche.md``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

from portail.files import digest_bytes
from portail.outputs.base import Tree
from portail.outputs.search.order import Segment, order_mark, segments
from portail.outputs.search.records import record_of, seen_of
from portail.search.cutting import bounds, term_order
from portail.search.merging import merged, piece
from portail.search.postings import postings
from portail.site.site import Site
from portail.site.urls import SEARCH_TERMS, file_of

__all__ = ["VERSION", "TermsOutput"]

VERSION = 1
"""Grows when a script for the former format could not read the new one."""

_NAME = 12
"""Signs of the name of a file: a digest of its bytes."""


class TermsOutput:
    """``/recherche/termes/``, when there is something to find."""

    name: ClassVar[str] = "termes"

    def plan(self, site: Site) -> Iterator[Tree]:
        """One folder: the names of its files follow from what is in them."""
        found = segments(site)
        if found:
            marks = [_mark(segment, site) for segment in found]
            key = digest_bytes(repr(marks).encode())
            folder = file_of(f"{SEARCH_TERMS}repertoire.json").parent
            yield Tree(folder, (key,), partial(_write, site))


def _mark(segment: Segment, site: Site) -> str:
    """A digest of all that the lists of a segment depend on."""
    seen = [seen_of(site.items[ref], site) for ref in segment.refs]
    return digest_bytes(repr((segment.mark, seen)).encode())


def _write(site: Site, folder: Path) -> None:
    lists = merged((segment.number, _piece(segment, site)) for segment in segments(site))
    terms = sorted(lists, key=term_order)
    first = bounds(lists, terms)
    names = []
    for start, end in pairwise([*first, len(terms)]):
        some = terms[start:end]
        made = {"termes": some, "listes": [lists[term] for term in some]}
        names.append(_file(folder, made))
    directory = {
        "version": VERSION,
        "ordre": order_mark(site),
        "total": sum(len(segment.refs) for segment in segments(site)),
        "bornes": [terms[rank] for rank in first],
        "fichiers": names,
    }
    (folder / "repertoire.json").write_bytes(_json(directory))


def _piece(segment: Segment, site: Site) -> str:
    items = [site.items[ref] for ref in segment.refs]
    bodies = site.bodies.words([item.digest for item in items])
    return piece(postings(record_of(*one, site) for one in zip(items, bodies, strict=True)))


def _file(folder: Path, made: dict[str, Any]) -> str:
    """Write a file that its own bytes name; its name."""
    data = _json({"version": VERSION, **made})
    name = digest_bytes(data)[:_NAME]
    (folder / f"{name}.json").write_bytes(data)
    return name


def _json(made: dict[str, Any]) -> bytes:
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()
