"""Output « redirects »: former addresses, and folders without a list of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar
from urllib.parse import quote

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import Artifact, TextFile
from portail.outputs.pages.frame import build_frame
from portail.outputs.pages.redirection import redirect_page
from portail.site.site import Site
from portail.site.urls import former_path, listing_of
from portail.text.inline import plain

__all__ = ["REDIRECTS", "Redirection", "RedirectsOutput", "redirections"]

REDIRECTS = "_redirects"
"""Name of the file, at the root of the site, that Netlify and Cloudflare Pages read."""


@dataclass(frozen=True, slots=True)
class Redirection:
    """An address that leads elsewhere: site paths ``de`` and ``vers``, the title of what is there,
    and the content whose file says so, if one does."""

    de: str
    vers: str
    titre: str
    source: PurePosixPath | None = None


class RedirectsOutput:
    """One page for each address that leads elsewhere, and the list of them for servers."""

    name: ClassVar[str] = "redirects"

    def plan(self, site: Site) -> Iterator[Artifact]:
        """Pages in the order of contents, then the list; a preview, where an address that moved
        may be taken, has none."""
        frame, found = build_frame(site), tuple(redirections(site))
        for one in found:
            yield redirect_page(one.de, one.vers, one.titre, frame, one.source)
        if found and not site.config.apercu:
            text = "".join(_rules(found, site.config.base))
            key = (digest_of(text),)
            yield TextFile(PurePosixPath(REDIRECTS), f"/{REDIRECTS}", key, lambda: iter((text,)))


def redirections(site: Site) -> Iterator[Redirection]:
    """Every address that leads elsewhere: the folder of events, former addresses in the order of
    contents, then the addresses of contents taken back for another."""
    agenda = Kind.EVENT.info
    if site.indexes.by_kind.get(Kind.EVENT):
        yield Redirection(f"/{agenda.segment}/", listing_of(Kind.EVENT), agenda.rubrique)
    former = set()
    for item in site.items.values():
        entry = item.entry
        for path in dict.fromkeys(map(former_path, entry.anciennes_urls)):
            former.add(path)
            yield Redirection(path, item.url, plain(entry.titre), entry.source)
    for one in site.retraits:
        there = site.items.get(one.vers or "")
        if there and one.url not in former:
            yield Redirection(one.url, there.url, plain(there.entry.titre))


def _rules(found: Iterable[Redirection], base: str) -> Iterator[str]:
    """One a line; escaped, so that nothing cuts it (a blank) or is a pattern (``:``, ``*``)."""
    for one in found:
        yield f"{base}{quote(one.de)} {base}{quote(one.vers)} 301\n"
