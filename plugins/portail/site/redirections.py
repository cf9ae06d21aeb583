"""Addresses that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from portail.model.kinds import RESERVED_PAGE_SLUGS, Kind
from portail.model.retrait import Retrait
from portail.site.ahead import agenda_of
from portail.site.lists import LISTS
from portail.site.narrowed import narrowed
from portail.site.reserved import former_path
from portail.site.site import Site
from portail.site.urls import CONTRIBUTE, GUIDES, listing_of
from portail.text.inline import plain

__all__ = ["MOVED", "Redirection", "redirections", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Redirection:
    """An address that leads elsewhere: site paths ``de`` and ``vers``, the title of what is there,
    and the content whose file says so, if one does."""

    de: str
    vers: str
    titre: str
    source: PurePosixPath | None = None


_TERRITORIES = listing_of(Kind.TERRITOIRE)
MOVED = tuple(
    Redirection(url, CONTRIBUTE, "Contribuer") for url in ("/admin/", f"{GUIDES}editeur/")
)
"""Pages that every portal had."""


def redirections(site: Site) -> Iterator[Redirection]:
    """Every address that leads elsewhere: pages that moved, the folder of events, the values that
    are not listed apart, former addresses in the order of contents, then the addresses of contents
    taken back for another."""
    yield from MOVED
    if site.of_kind(Kind.TERRITOIRE):
        yield Redirection(f"{_TERRITORIES}couverture/", _TERRITORIES, Kind.TERRITOIRE.info.rubrique)
    agenda = Kind.EVENT.info
    if site.indexes.by_kind.get(Kind.EVENT):
        yield Redirection(f"/{agenda.segment}/", listing_of(Kind.EVENT), agenda.rubrique)
    yield from _values(site)
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


def _values(site: Site) -> Iterator[Redirection]:
    """Values that too few contents have: to the list, which scripts narrow in place."""
    agenda = Kind.EVENT.info
    for pair in site.facets.rare():
        target = f"{agenda.listing}?{'='.join(pair)}"
        yield Redirection(agenda_of(pair), target, agenda.rubrique)
    for liste in LISTS:
        found = narrowed(site, liste)
        for pair in found.rare if found else ():
            target = f"{liste.url}?{'='.join(pair)}"
            yield Redirection(liste.page_of(pair), target, liste.all_of_it)


def withdrawn(site: Site) -> Iterator[Retrait]:
    """Contents taken back whose address leads nowhere else: what still links to them (a letter, a
    feed, a bookmark) is told so there. That of a letter is its issue's."""
    led = {one.de for one in redirections(site)}
    taken = {f"/{slug}/" for slug in RESERVED_PAGE_SLUGS}
    for one in site.retraits:
        if one.url not in led | taken and one.kind is not Kind.NEWSLETTER:
            yield one
