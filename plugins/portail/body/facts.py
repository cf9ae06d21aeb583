"""What the site needs to know of a body without reading it again."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BodyFacts", "BodyHtml", "Heading", "ImageRef", "Link"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: ``level`` 2–6, ``anchor`` its id, ``text`` plain."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An internal link: ``target`` as written (``lieux/la-coupole#acces``); line and column from 1
    in the file, ``length`` of the address in characters."""

    target: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture of the body: ``source`` as written (``photo.jpg``), position as for ``Link``."""

    source: str
    alt: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """Slim facts on one body; ``digest`` covers its rendered HTML, ``words`` counts its words,
    ``excerpt`` is plain text of at most 300 characters."""

    toc: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[ImageRef, ...]
    external: tuple[str, ...]
    words: int
    excerpt: str
    digest: str

    @property
    def anchors(self) -> frozenset[str]:
        """Ids that a link may point to."""
        return frozenset(heading.anchor for heading in self.toc)


@dataclass(frozen=True, slots=True)
class BodyHtml:
    """A rendered body: sanitised HTML with unresolved internal links, its plain text.

    ``words`` are those by which its content is found (``search.words``), given to the store, which
    gives them back apart (``Store.words``); so is ``source``, the Markdown as the file writes it,
    without empty lines around (``Store.source``).
    """

    html: str
    text: str
    words: str = ""
    source: str = ""
