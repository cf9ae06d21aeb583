"""Output « opml »: every feed in one file, which readers of feeds import."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import ClassVar

from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.flux import grouped
from portail.outputs.pages.kit import PARTS
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import OPML
from portail.text.typography import typographie


class OpmlOutput:
    """``/flux/abonnements.opml`` (OPML 2.0, http://opml.org/spec2.opml): an outline for each group
    of ``/flux/``, in it one for the RSS form of each feed; no day, which would change its bytes."""

    name: ClassVar[str] = "opml"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """The file, when there is a feed."""
        if site.feeds.every:
            yield text_file(site, OPML, _text)


@answer
def _text(site: Site) -> tuple[str, ...]:
    return tuple(_pieces(site))


def _pieces(site: Site) -> Iterator[str]:
    config = site.config
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield f"<head><title>{escape(config.nom)}{escape(config.en_region)}</title></head>\n<body>\n"
    for title, held in grouped(site.feeds.every, PARTS["flux"]):
        if held:
            yield f"<outline text={_quoted(title)}>\n"
        for one in held:
            name, page = _quoted(one.nom), _quoted(config.absolute(one.page))
            feed = _quoted(config.absolute(one.adresses[0].url))
            yield f'<outline type="rss" text={name} title={name} xmlUrl={feed} htmlUrl={page}/>\n'
        if held:
            yield "</outline>\n"
    yield "</body>\n</opml>\n"


def _quoted(text: str) -> str:
    return f'"{escape(typographie(text))}"'
