"""What surrounds every page: menu, week, footer, preview banner.

Links that several pages give: how they are followed, where contents are proposed, what is for
the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from portail.clock import PARIS
from portail.diagnostics import Severity
from portail.forge import file_url
from portail.identity import Entry
from portail.model.kinds import KINDS, Kind, ranked
from portail.resources import rows
from portail.site import urls
from portail.site.memo import kept_answer
from portail.site.reader import digest_value
from portail.site.site import Site, may_be_empty
from portail.site.subscriptions import Address
from portail.text.typography import capital, typeset

from ..base import TemplatePage, drawn
from .slots import (
    ABOUT,
    EDITOR_SCRIPT,
    EXPLORE,
    FOLLOW_LINKS,
    KEPT,
    MAPS,
    MENU_MORE,
    OFFLINE,
    PROPOSE,
    RIBBON,
    SEARCH,
)
from .views.lists import RedirectView
from .views.shared import FaultyFile, FluxLie, Frame, Lien, NavGroup
from .words import WORDS

# What each format of ``FORMATS`` is called.
FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}

# Where every trail begins.
ACCUEIL = Lien("Accueil", urls.HOME)

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


_EXPLORED = 6  # links of the footer: the site plan has the rest

_MENU = ranked(lambda info: info.menu)
# Slugs of pages that an instance may have.
_ABOUT = "a-propos"
# Anchor of the heading under which it is told why some contents are invented.
_EXAMPLES = "exemples"
_EXPLORE = ranked(lambda info: info.explore)


@kept_answer
def frame_of(site: Site) -> Frame:
    config = site.config
    promised = promise(site)
    reasons = _reasons(site)
    faulty = tuple(_faulty_files(site)) if config.apercu else ()
    menu, groups, elsewhere = _menus(site)
    frame = Frame(
        nom=config.nom,
        region=config.region,
        menu=menu,
        pied=groups,
        ailleurs=elsewhere,
        date_epinglee=site.day.date if site.day.pinned else None,
        fuseau="" if config.fuseau == PARIS.key else config.fuseau,
        courriel=config.courriel,
        boite=config.boite or config.courriel,
        depot=config.depot,
        porteur=Lien(config.porteur.nom, config.porteur.lien) if config.porteur else None,
        promesse=promised,
        raisons=reasons,
        apercu=config.apercu,
        troubles=faulty,
        recherche=SEARCH.ask(site),
        ruban=next(RIBBON.ask(site), None),
        cartes=next(MAPS.ask(site), None),
        contribuer=PROPOSE.ask(site, None),
        hors_ligne=OFFLINE.ask(site),
        selection=KEPT.ask(site),
        tenu=config.tenu,
        editeur=EDITOR_SCRIPT.ask(site),
        digest="",
    )
    return replace(frame, digest=digest_value(frame))


def promise(site: Site) -> str:
    """What the portal is, in a sentence: that of the instance, else of the lists that it holds."""
    if site.config.promesse:
        return site.config.promesse
    promised = (kind.info.promise for kind in _MENU if site.indexes.by_kind.get(kind))
    *first, last = tuple(filter(None, promised)) or ("rendez-vous",)
    names = last
    if first:
        names = f"{', '.join(first)} et {last}"
    return capital(WORDS["accueil"]["promesse"].format(sorties=names))


def _reasons(site: Site) -> str:
    page = site.page(_ABOUT)
    if page is None:
        return ""
    if _EXAMPLES in page.facts.anchors:
        return f"{page.url}#{_EXAMPLES}"
    return page.url


def _links(site: Site, kinds: Iterable[Kind]) -> tuple[Lien, ...]:
    infos = (kind.info for kind in kinds if site.indexes.by_kind.get(kind))
    return tuple(Lien(info.rubrique, info.listing) for info in infos)


def _menus(site: Site) -> tuple[tuple[Lien, ...], tuple[NavGroup, ...], tuple[Lien, ...]]:
    chosen = site.config.menu
    menu = _links(site, _MENU)
    explored = _explored(site)
    groups = []
    if explored:
        groups = [NavGroup("Explorer", explored[:_EXPLORED])]
    pages = (Lien(item.name, item.url) for item in site.of_kind(Kind.PAGE))
    plan = Lien("Plan du site", urls.PLAN)
    about = (*pages, *trade_links(site), *ABOUT.ask(site), plan)
    elsewhere = tuple(MENU_MORE.ask(site))
    every = (*elsewhere, *menu, *explored, *FOLLOW_LINKS.ask(site), *about)
    links = _Chosen(site, {link.url: link.texte for link in every})
    if chosen.entete is not None:
        menu = links.of(chosen.entete)
    if chosen.pied is not None:
        groups = [*links.groups(chosen.pied)]
        placed: set[str] = set()
        for group in groups:
            placed.update(link.url for link in group.liens)
        about = tuple(link for link in about if link.url not in placed)
    groups.append(NavGroup("Le portail", about))
    return menu, tuple(groups), tuple(link for link in elsewhere if link not in menu)


def _explored(site: Site) -> tuple[Lien, ...]:
    lists = _links(site, _EXPLORE)
    themes = (Lien("Thèmes", urls.THEMES),) if site.indexes.by_theme else ()
    return (*lists[:2], *themes, *EXPLORE.ask(site), *lists[2:])


def besides(site: Site) -> tuple[NavGroup, ...]:
    """Groups of the site plan besides contents: what one explores, what one takes away."""
    groups = (("Explorer", _explored(site)), ("Suivre", tuple(FOLLOW_LINKS.ask(site))))
    return tuple(NavGroup(title, links) for title, links in groups if links)


class _Chosen(Struct, frozen=True):
    """Entries of ``PORTAIL_MENU`` as links; ``texts`` are the portal’s own that show something."""

    site: Site
    texts: Mapping[str, str]

    def of(self, entries: Iterable[Entry]) -> tuple[Lien, ...]:
        empty = may_be_empty(self.site.config, self.site.features) - self.texts.keys()
        return tuple(
            Lien(entry[0] or self._words(entry[1]), entry[1])
            for entry in entries
            if entry[1].partition("#")[0] not in empty
        )

    def groups(self, groups: Iterable[tuple[str, tuple[Entry, ...]]]) -> Iterator[NavGroup]:
        for title, entries in groups:
            if links := self.of(entries):
                yield NavGroup(title, links)

    def _words(self, url: str) -> str:
        of_items = (item.name for item in self.site.items.values() if item.url == url)
        last = url.strip("/").rpartition("/")[2].replace("-", " ")
        return self.texts.get(url) or next(of_items, capital(last))


_WORDS: Mapping[str, Mapping[str, str]] = rows("pages")


def title_of(page: str) -> str:
    return _WORDS[page]["titre"]


def words_of(site: Site, page: str | Mapping[str, str], **words: object) -> dict[str, Any]:
    """The frame and the words of a page, with ``words`` filled in: those of a feature, or those of
    that name in ``data/pages.yml``."""
    texts = {"en_region": site.config.en_region, **words}
    sentences = _WORDS[page] if isinstance(page, str) else page
    written = {key: text.format_map(texts) for key, text in sentences.items()}
    return {"cadre": frame_of(site), **written}


def page_of(
    site: Site, page: str | Mapping[str, str], url: str, *above: Lien, **words: object
) -> dict[str, Any]:
    """The same with the address of the page and its trail, which ends with ``above``."""
    return {**words_of(site, page, **words), "url": url, "fil": (ACCUEIL, *above)}


def _faulty_files(site: Site) -> Iterator[FaultyFile]:
    config = site.config
    for fault in site.report:
        if fault.severity is Severity.ERREUR:
            path = str(fault.position.path)
            line = fault.position.line
            url = ""
            if config.depot:
                url = f"{file_url(config.depot, config.branche, path)}#L{line}"
            yield FaultyFile(path, line, fault.message, url)


def redirect_page(
    site: Site, url: str, target: str, title: str, source: PurePosixPath | None = None
) -> TemplatePage:
    """The page at ``url`` that leads to ``target`` (site paths); ``title`` is the target's."""
    return drawn(site, url, "redirect.html", _show, url, target, title, source=source)


def _show(site: Site, url: str, target: str, title: str) -> RedirectView:
    return RedirectView(
        cadre=frame_of(site), titre=title, description=title, url=url, cible=target, noindex=True
    )
