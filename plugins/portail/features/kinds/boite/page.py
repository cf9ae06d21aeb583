"""``/boite-a-outils/``: what one needs to build a project, gathered from every kind of content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from msgspec import Struct

from portail.facts.base import names, text_of
from portail.facts.funding import deadline_today, eligible, is_closed, obtaining
from portail.facts.place import town
from portail.features.services.editions.editions import highlight_days
from portail.model.kinds import BORROWED, PLACES, TERRITORIES, YEARLY, Kind, info_of
from portail.model.place import PlaceEntry
from portail.model.resource import ResourceEntry
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import LENT
from portail.outputs.pages.views.shared import Lien, NavGroup, PageView
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.narrowed import page_of_value
from portail.site.site import Site
from portail.site.tools import is_tool
from portail.site.urls import COMMUNES, DIRECTORY, TOOLBOX
from portail.text.excerpts import unstopped
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, plain


class RayonView(Struct, frozen=True):
    """A part of the toolbox; ``tout`` leads to all of it, ``chapo`` is said below its title."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    tout: Lien | None = None
    chapo: str = ""


class RoleBoite(Struct, frozen=True):
    """Those who play a role: what it is, some of them, all of them."""

    titre: str
    definition: str
    acteurs: tuple[Lien, ...]
    tout: Lien


class FinancementView(Struct, frozen=True):
    """Who funds (``qui``) what for whom; ``delai`` in words, ``fin`` the last day, ``ou`` one
    asks."""

    lien: Lien
    qui: Lien | None
    pour: str
    montant: str
    delai: str = ""
    fin: date | None = None
    clos: bool = False
    ou: Lien | None = None


class BoiteView(PageView, frozen=True, kw_only=True):
    """``acteurs`` and ``outils`` are lists sorted around the commune typed, ``themes`` (code,
    label)."""

    chapo: str
    sommaire: tuple[Lien, ...]
    pres: Lien | None
    acteurs: str
    outils: str
    communes: str
    themes: tuple[tuple[str, str], ...]
    roles: tuple[RoleBoite, ...]
    emprunter: RayonView | None
    financements: tuple[FinancementView, ...]
    lire: RayonView | None
    reseaux: RayonView | None
    temps_forts: RayonView | None


_WORDS: Mapping[str, Any] = rows_of("kinds.boite", "mots")
_PAGE: Mapping[str, str] = _WORDS["page"]
_PARTS: Mapping[str, Sequence[str]] = _WORDS["parties"]
# Kinds in which one looks for what a project needs.
_FOR_PROJECTS = (*PLACES, *BORROWED, *TERRITORIES)
# Names of a role that the page tells; the directory has the others.
_NAMED = 8
_HELPER = "acteur-ressource"
_RESEAU = "reseau"


def toolbox_links(site: Site) -> tuple[Lien, ...]:
    has_some = site.listing((*PLACES, *BORROWED))
    if has_some:
        return (Lien(_PAGE["titre"], TOOLBOX),)
    return ()


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    if kind in _FOR_PROJECTS:
        return toolbox_links(site)
    return ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    if kind is None and (links := toolbox_links(site)):
        yield NavGroup("Monter un projet", links)


def fundings_url(site: Site) -> str:
    """Address of the fundings that are open."""
    return f"{TOOLBOX}#{_PARTS['financements'][1]}"


def _by_hand(site: Site) -> Lien | None:
    # Who can come is told by the pages of territories too.
    listing = site.listing(TERRITORIES)
    if listing:
        return Lien("Choisir un territoire", listing)
    return None


def plan_toolbox(site: Site) -> Iterator[TemplatePage]:
    if toolbox_links(site):
        yield drawn(site, TOOLBOX, "boite.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> BoiteView:
    return _Toolbox(site).view()


class _Toolbox:
    """Gathers the parts of the page."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.lieux = sorted(site.places, key=lambda lieu: sort_key(lieu.name))
        self.ressources = site.of_kinds(BORROWED)

    def view(self) -> BoiteView:
        near = self.site.geography.home is not None
        parts: dict[str, Any] = {
            "roles": tuple(self._roles()),
            "emprunter": self._tools(),
            "financements": tuple(self._funding()),
            "lire": self._reading(),
            "reseaux": self._networks(),
            "temps_forts": self._yearly(),
        }
        return BoiteView(
            **page_of(self.site, _PAGE, TOOLBOX),
            sommaire=tuple(
                Lien(text, f"#{anchor}")
                for name, (text, anchor, *_) in _PARTS.items()
                if parts[name]
            ),
            pres=_by_hand(self.site),
            acteurs=f"{DIRECTORY}?role={_HELPER}" if near and self.lieux else "",
            outils=LENT.ask(self.site) if near and parts["emprunter"] else "",
            communes=COMMUNES,
            themes=tuple(self._themes()),
            **parts,
        )

    def _themes(self) -> Iterator[tuple[str, str]]:
        used = set(
            chain.from_iterable(item.entry.themes for item in (*self.lieux, *self.ressources))
        )
        for code, term in self.site.vocabularies["themes"].items():
            if code in used:
                yield code, capital(term.label)

    def _roles(self) -> Iterator[RoleBoite]:
        for code, term in self.site.vocabularies["roles"].items():
            some = [lieu for lieu in self.lieux if code in lieu.of(PlaceEntry).roles]
            if some and code != _RESEAU:
                title = term.pluriel if len(some) > 1 else term.label
                page, held = page_of_value(self.site, DIRECTORY, ("role", code))
                text = f"Les {nombre(held)} {title}" if held > 1 else "Dans l’annuaire"
                # Those that say what they offer first, then those that have an address.
                some.sort(key=lambda lieu: (not lieu.of(PlaceEntry).offre, lieu.commune is None))
                yield RoleBoite(
                    str(term.extra.get("titre", capital(title))),
                    str(term.extra.get("definition", "")),
                    tuple(map(self._lieu, some[:_NAMED])),
                    Lien(text, page or DIRECTORY),
                )

    def _lieu(self, item: Item) -> Lien:
        entry = item.of(PlaceEntry)
        offers = (self.site.vocabularies.label("offres", code) for code in entry.offre)
        note = filter(None, (town(item.commune), capital(", ".join(offers))))
        return Lien(plain(entry.titre), item.url, " · ".join(note))

    def _tools(self) -> RayonView | None:
        tools = list(filter(is_tool, self.ressources))
        url = LENT.ask(self.site) or info_of(BORROWED).listing
        if tools:
            return _shelf("emprunter", self._types(tools, url), url)
        return None

    def _reading(self) -> RayonView | None:
        resources = ((item, item.of(ResourceEntry)) for item in self.ressources)
        listing = info_of(BORROWED).listing
        readings = [item for item, entry in resources if not entry.itinerante and not entry.finance]
        if readings:
            return _shelf("lire", self._types(readings, listing), listing)
        return None

    def _types(self, items: Sequence[Item], listing: str) -> tuple[Lien, ...]:
        counts = Counter(getattr(item.entry, "type", None) for item in items)
        links = []
        for code, term in self.site.vocabularies["types-ressources"].items():
            if counts[code]:
                page, held = page_of_value(self.site, listing, ("type", code))
                count = held if page else counts[code]
                name = capital(term.pluriel if count > 1 else term.label)
                links.append(Lien(name, page, nombre(count)))
        return tuple(links)

    def _funding(self) -> Iterator[FinancementView]:
        today = self.site.day.date
        fundings = [
            (item, item.of(ResourceEntry))
            for item in self.ressources
            if item.of(ResourceEntry).finance
        ]

        def rank(row: tuple[Item, ResourceEntry]) -> tuple[bool, bool, object, object]:
            end = row[1].limite
            return row[1].clos(today), end is None, end or today, row[1].titre

        for item, entry in sorted(fundings, key=rank):
            yield FinancementView(
                Lien(plain(entry.titre), item.url, entry.resume or ""),
                next((Lien(*who) for who in names(item, self.site, "porteur")), None),
                text_of(eligible(item, self.site).values),
                montant=unstopped(entry.montant or ""),
                delai=deadline_today(item, self.site),
                fin=entry.limite,
                clos=is_closed(item, self.site),
                ou=next((Lien(*way[:2]) for way in obtaining(entry) if way.url), None),
            )

    def _networks(self) -> RayonView | None:
        some = [lieu for lieu in self.lieux if _RESEAU in lieu.of(PlaceEntry).roles]
        links = tuple(Lien(lieu.name, lieu.url, self._members(lieu)) for lieu in some)
        lead = self.site.vocabularies.detail("roles", _RESEAU, "definition")
        url = page_of_value(self.site, DIRECTORY, ("role", _RESEAU))[0] or DIRECTORY
        if links:
            return _shelf("reseaux", links, url, lead)
        return None

    def _members(self, item: Item) -> str:
        count = sum(item.entry.slug in lieu.of(PlaceEntry).membre_de for lieu in self.lieux)
        if count:
            return f"{nombre(count)} membre{'s' * (count > 1)} dans l’annuaire"
        return ""

    def _yearly(self) -> RayonView | None:
        site = self.site
        today = self.site.day.date
        links = tuple(
            Lien(
                plain(highlight.entry.titre), highlight.url, highlight_days(highlight, site, today)
            )
            for highlight in site.of_kinds(YEARLY)
        )
        if links:
            return _shelf("temps_forts", links, info_of(YEARLY).listing)
        return None


def _shelf(name: str, links: tuple[Lien, ...], url: str, lead: str = "") -> RayonView:
    title, anchor, more, *words = _PARTS[name]
    return RayonView(title, anchor, links, Lien(more, url), lead or "".join(words))
