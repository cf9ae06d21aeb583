"""Addresses of other sites in published contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct
from pydantic import BaseModel

from portail.diagnostics import Position
from portail.model.entry import doi_url
from portail.model.faults import FieldPath
from portail.site.draft import position_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.source.document import Parts, decode, split


class Written(Struct, frozen=True):
    """An address that a content writes, without its anchor: in the field ``loc``, or in its text
    (``None``); ``texte`` is how it is written there."""

    ref: str
    url: str
    texte: str
    loc: FieldPath | None = None


@per_site
def outside_of(site: Site) -> Mapping[str, tuple[Written, ...]]:
    by_url: dict[str, list[Written]] = {}
    home = f"{site.config.siteurl}/" if site.config.siteurl else ""
    for item in site.items.values():
        for written in written_by(item):
            if not (home and f"{written.url}/".startswith(home)):
                by_url.setdefault(written.url, []).append(written)
    return {url: tuple(by_url[url]) for url in sorted(by_url)}


def written_by(item: Item) -> Iterator[Written]:
    """The addresses that one content writes: those of its fields, then those of its text."""
    for loc, text in _values(item.entry, ()):
        yield Written(item.ref, text.partition("#")[0], text, loc)
    for text in item.facts.external:
        yield Written(item.ref, text.partition("#")[0], text)


def _values(value: object, loc: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    # Fields whose value is an address, whatever group they are in; a DOI is one (doi.org).
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name == "doi" and inner:
                yield (*loc, name), doi_url(inner)
            else:
                yield from _values(inner, (*loc, name))
    elif isinstance(value, tuple):
        for rank, inner in enumerate(value):
            # A mapping of free keys: social networks, identifiers elsewhere.
            if (
                isinstance(inner, tuple)
                and len(inner) == 2
                and all(isinstance(value, str) for value in inner)
            ):
                yield from _values(inner[1], (*loc, inner[0]))
            else:
                yield from _values(inner, (*loc, rank))
    elif isinstance(value, str) and _is_address(value):
        yield loc, value


def place_of(
    written: Written, path: PurePosixPath, bytes_of: Callable[[PurePosixPath], bytes]
) -> Position:
    """Where the file at ``path`` writes the address; the whole of it when the text writes it
    otherwise than the page shows it (``&amp;``)."""
    data = bytes_of(path)
    if written.loc is not None:
        return position_of(path, data, written.loc)
    text = decode(data, path, "")
    parts = split(text, path) if isinstance(text, str) else None
    if isinstance(parts, Parts):
        for rank, line in enumerate(parts.body.split("\n"), parts.body_line):
            start = line.find(written.texte)
            if start >= 0:
                return Position(path, rank, start + 1, len(written.texte))
    return Position(path)


def _is_address(value: str) -> bool:
    return value[:8].lower().startswith(("http://", "https://")) and len(value.split()) == 1
