"""Output « opml »: every feed in one file, which readers of feeds import."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from typing import ClassVar

from portail.config import SiteConfig
from portail.files import digest_bytes
from portail.outputs.base import TextFile
from portail.outputs.pages.flux import feed_groups
from portail.site.feeds import Feed
from portail.site.site import Site
from portail.site.urls import OPML
from portail.text.typography import typographie

__all__ = ["OpmlOutput"]

_Groups = tuple[tuple[str, tuple[Feed, ...]], ...]


class OpmlOutput:
    """``/flux/abonnements.opml`` (OPML 2.0, http://opml.org/spec2.opml): an outline for each group
    of ``/flux/``, in it one for the RSS form of each feed; no day, which would change its bytes."""

    name: ClassVar[str] = "opml"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """The file, when there is a feed."""
        groups = tuple(feed_groups(site.feeds))
        if not groups:
            return
        seen = [(title, one.nom, one.page, one.adresses) for title, held in groups for one in held]
        key = (digest_bytes(repr(seen).encode()),)
        yield TextFile(PurePosixPath(OPML[1:]), OPML, key, lambda: _text(groups, site.config))


def _text(groups: _Groups, config: SiteConfig) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield f"<head><title>{escape(config.nom)} {escape(config.en_region)}</title></head>\n<body>\n"
    for title, held in groups:
        yield f"<outline text={_quoted(title)}>\n"
        for one in held:
            name, page = _quoted(one.nom), _quoted(config.absolute(one.page))
            feed = _quoted(config.absolute(one.adresses[0].url))
            yield f'<outline type="rss" text={name} title={name} xmlUrl={feed} htmlUrl={page}/>\n'
        yield "</outline>\n"
    yield "</body>\n</opml>\n"


def _quoted(text: str) -> str:
    return f'"{escape(typographie(text))}"'
