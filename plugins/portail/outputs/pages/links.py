"""Links that several pages give: how they are followed, where contents are proposed, what is for
the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from portail.model.kinds import KINDS, Kind
from portail.resources import rows
from portail.site import urls
from portail.site.site import Site
from portail.site.ways import Address
from portail.text.typography import typeset

from .slots import PROPOSE
from .views.shared import FluxLie, Lien
from .words import WORDS

# What each format of ``FORMATS`` is called.
FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}

# Longer lists of feeds, or of calendars, are folded.
LONG_LIST = 12


class Grouped(Protocol):
    """A feed or a calendar."""

    @property
    def groupe(self) -> str:
        """Its group, which a page names."""


T = TypeVar("T", bound=Grouped)


def grouped(
    every: Iterable[T], parts: Iterable[Sequence[str]]
) -> Iterator[tuple[str, tuple[T, ...]]]:
    """The title of each part of a page (its title, then its groups), and what it holds, if
    anything."""
    by_group: dict[str, list[T]] = {}
    for way in every:
        by_group.setdefault(way.groupe, []).append(way)
    for title, *names in parts:
        ways: list[T] = []
        for name in names:
            ways += by_group.get(name, ())
        yield title, tuple(ways)


def linked_feeds(site: Site, page: str, above: str = "") -> tuple[FluxLie, ...]:
    """The feeds of a page (site path), every form of them; without any, the first form of the first
    one of the list ``above``, else of the whole portal."""
    own = site.ways(page).feeds
    if own:
        links: list[FluxLie] = []
        for nom, addresses in own:
            links += [_link(nom, address, own=True) for address in addresses]
        return tuple(links)
    feeds = (site.ways(above).feeds if above else ()) or site.ways(urls.HOME).feeds
    return tuple(_link(nom, some[0], own=False) for nom, some in feeds[:1])


def kept_informed(feeds: tuple[FluxLie, ...], calendar: str) -> tuple[Lien, ...]:
    """Where there is nothing: a link to the foot of the page, which says how to be told;
    ``calendar`` is the address of its own, if it has one."""
    ways = ["flux"] * any(feed.propre for feed in feeds) + ["calendrier"] * bool(calendar)
    text = WORDS["courriel"]["prevenu"].format(moyens=", ".join(ways))
    if ways:
        return (Lien(text, "#Suivre"),)
    return ()


def contributions(site: Site, kinds: Iterable[Kind]) -> tuple[Lien, ...]:
    """The links to where contents of each of these kinds are proposed."""
    links: list[Lien] = []
    for kind in kinds:
        links += contribution(site, kind)
    return tuple(links)


def contribution(site: Site, kind: Kind | None = None, text: str = "") -> tuple[Lien, ...]:
    """The link to where contents, or those of a kind that the portal has, are proposed."""
    if kind and (kind not in KINDS or kind.value in site.config.sans):
        return ()
    noun = kind.info.un if kind else "un contenu"
    address = PROPOSE.ask(site, kind)
    if address:
        return (Lien(text or f"Proposer {noun}", address),)
    return ()


def trade_links(site: Site) -> tuple[Lien, ...]:
    """The link to what is for those who make the network, if there is something."""
    title = rows("pages")["vie-du-reseau"]["titre"]
    if site.trade():
        return (Lien(title, urls.TRADE),)
    return ()


def _link(nom: str, address: Address, *, own: bool) -> FluxLie:
    name = f"{typeset(nom)}, flux {FORMAT_NAMES[address.format]}"
    return FluxLie(name, address.url, address.type, own)
