"""Output « termes »: what the search finds its way by, in which contents each term is
(``docs/technique/recherche.md``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

from portail.files import digest_bytes, digest_of
from portail.outputs.base import Tree
from portail.outputs.compact import compact
from portail.outputs.search.columns import index_document
from portail.outputs.search.order import Segment, segments
from portail.outputs.search.records import content_of, seen_of
from portail.outputs.search.rows import rows_of
from portail.search.cutting import borders, bounds, term_order
from portail.search.pieces import forms_of, lists_of, piece
from portail.search.vocabulary import vocabulary
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import SEARCH_INDEX, SEARCH_LISTS, SEARCH_TERMS, file_of

__all__ = ["VERSION", "TermsOutput"]

VERSION = 2
"""Grows when a script for the former format could not read the new one."""

ROOM = 6000
"""How many positions in bodies the list of a term holds, about: 10 kB once compressed."""

_FOLDER, _, _INDEX = file_of(SEARCH_INDEX).rpartition("/")
_NAME = 10
"""Signs of the name of a file: a digest of its bytes."""


class TermsOutput:
    """``/recherche/termes/``, when there is something to find."""

    name: ClassVar[str] = "termes"

    def plan(self, site: Site) -> Iterator[Tree]:
        """One folder: the names of its files follow from what is in them."""
        found = segments(site)
        if found:
            seen = VERSION, site.day.date, _marks(site), [tuple(row) for row in rows_of(site)]
            key = digest_bytes(repr(seen).encode())
            yield Tree(_FOLDER, (key,), partial(_write, site))


@per_site
def _marks(site: Site) -> tuple[str, ...]:
    """Of each segment, a digest of all that its piece depends on."""
    found = segments(site)
    room = _room(found)
    return tuple(
        digest_of(one.mark, room, [seen_of(site.items[ref], site) for ref in one.refs])
        for one in found
    )


def _room(found: Sequence[Segment]) -> int:
    """How many positions in bodies the list of a term holds in one segment. It halves when
    segments are twice as many: seldom, as it makes every piece another one."""
    return ROOM >> (len(found) - 1).bit_length()


def _write(site: Site, folder: Path) -> None:
    pieces = _pieces(site)
    lists = lists_of(pieces)
    terms = sorted(lists, key=term_order)
    first = bounds(lists, terms)
    names = []
    for start, end in pairwise([*first, len(terms)]):
        some = terms[start:end]
        names.append(_file(folder, termes=some, listes=[lists[term] for term in some]))
    index = {
        "version": VERSION,
        **index_document(site),
        "bornes": borders(terms, first),
        "fichiers": names,
        "vocabulaire": _file(folder, mots=vocabulary(forms_of(text for _, text in pieces))),
    }
    (folder / _INDEX).write_bytes(_json(index))


def _pieces(site: Site) -> list[tuple[int, str]]:
    """The number and the piece of each segment; those that did not change are not made again."""
    found, marks = segments(site), _marks(site)
    known = site.bodies.recall(TermsOutput.name, marks)
    made = {
        mark: known[mark] if mark in known else _piece(segment, site, _room(found))
        for mark, segment in zip(marks, found, strict=True)
    }
    site.bodies.remember(TermsOutput.name, made)
    return [(segment.number, made[mark]) for mark, segment in zip(marks, found, strict=True)]


def _piece(segment: Segment, site: Site, room: int) -> str:
    items = [site.items[ref] for ref in segment.refs]
    words = site.bodies.words([item.stored for item in items])
    contents = [content_of(*one, site) for one in zip(items, words, strict=True)]
    return piece(contents, room, site.vocabularies.synonymes)


def _file(folder: Path, **made: Any) -> str:
    """Write a file that its own bytes name; its name, from the folder of all."""
    data = _json({"version": VERSION, **made})
    name = f"{SEARCH_LISTS.removeprefix(SEARCH_TERMS)}{digest_bytes(data)[:_NAME]}"
    path = folder / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return name


def _json(made: dict[str, Any]) -> bytes:
    return f"{compact(made)}\n".encode()
