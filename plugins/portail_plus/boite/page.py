"""``/boite-a-outils/``: what one needs to build a project, gathered from every kind of content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from portail.facts.base import names, text_of
from portail.facts.funding import deadline_today, eligible, is_closed, obtaining
from portail.facts.place import town
from portail.features.services.fiches.records import asked
from portail.model.collections import PlaceEntry, ResourceEntry
from portail.model.kinds import BORROWED, PLACES, TERRITORIES, Kind, info_of
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import LENT
from portail.outputs.pages.views.shared import Lien, NavGroup, PageView, page_view
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.lists import page_of_value
from portail.site.site import Site
from portail.site.urls import DIRECTORY, TOOLBOX
from portail.text.excerpts import unstopped
from portail.text.typography import capital, nombre, plain

_WORDS: Mapping[str, Any] = rows_of("portail_plus.boite", "mots")
_PAGE: Mapping[str, str] = _WORDS["page"]
_PARTS: Mapping[str, Sequence[str]] = _WORDS["parties"]
# Kinds in which one looks for what a project needs.
_FOR_PROJECTS = (*PLACES, *BORROWED, *TERRITORIES)
# Names of a role that the page tells; the directory has the others.
_NAMED = 8
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


def _show(site: Site) -> PageView:
    return _Toolbox(site).view()


class _Toolbox:
    """Gathers the parts of the page."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.acteurs = asked(site, __name__, "acteurs")

    def view(self) -> PageView:
        parts: dict[str, Any] = {
            "roles": tuple(self._roles()),
            "emprunter": self._types("emprunter", LENT.ask(self.site) or info_of(BORROWED).listing),
            "financements": tuple(self._funding()),
            "lire": self._types("lire", info_of(BORROWED).listing),
            "reseaux": self._networks(),
        }
        return page_view(
            **page_of(self.site, _PAGE, TOOLBOX),
            sommaire=tuple(
                Lien(text, f"#{anchor}")
                for name, (text, anchor, *_) in _PARTS.items()
                if parts[name]
            ),
            pres=_by_hand(self.site),
            **parts,
        )

    def _roles(self) -> Iterator[SimpleNamespace]:
        for code, term in self.site.vocabularies["roles"].items():
            some = [self.site.items[ref] for role, ref, _ in self.acteurs if role == code]
            if some and code != _RESEAU:
                title = term.pluriel if len(some) > 1 else term.label
                page, held = page_of_value(self.site, DIRECTORY, ("role", code))
                text = f"Les {nombre(held)} {title}" if held > 1 else "Dans l’annuaire"
                yield SimpleNamespace(
                    titre=str(term.extra.get("titre", capital(title))),
                    definition=str(term.extra.get("definition", "")),
                    acteurs=tuple(map(self._lieu, some[:_NAMED])),
                    tout=Lien(text, page or DIRECTORY),
                )

    def _lieu(self, item: Item) -> Lien:
        entry = item.of(PlaceEntry)
        offers = (self.site.vocabularies.label("offres", code) for code in entry.offre)
        note = filter(None, (town(item.commune), capital(", ".join(offers))))
        return Lien(plain(entry.titre), item.url, " · ".join(note))

    def _types(self, name: str, listing: str) -> SimpleNamespace | None:
        links = []
        found = asked(self.site, __name__, "types", outils=name == "emprunter")
        for code, label, plural, number in found:
            page, held = page_of_value(self.site, listing, ("type", code))
            count = held if page else number
            links.append(Lien(capital(plural if count > 1 else label), page, nombre(count)))
        if not links:
            return None
        return _shelf(name, tuple(links), listing)

    def _funding(self) -> Iterator[SimpleNamespace]:
        today = self.site.day.date
        fundings = [
            (item, item.of(ResourceEntry))
            for item in self.site.of_kinds(BORROWED)
            if item.of(ResourceEntry).finance
        ]

        def rank(row: tuple[Item, ResourceEntry]) -> tuple[bool, bool, object, object]:
            end = row[1].limite
            return row[1].clos(today), end is None, end or today, row[1].titre

        for item, entry in sorted(fundings, key=rank):
            yield SimpleNamespace(
                lien=Lien(plain(entry.titre), item.url, entry.resume or ""),
                qui=next((Lien(*who) for who in names(item, self.site, "porteur")), None),
                pour=text_of(eligible(item, self.site).values),
                montant=unstopped(entry.montant or ""),
                delai=deadline_today(item, self.site),
                fin=entry.limite,
                clos=is_closed(item, self.site),
                ou=next((Lien(*way[:2]) for way in obtaining(entry) if way.url), None),
            )

    def _networks(self) -> SimpleNamespace | None:
        some = [(self.site.items[ref], n) for role, ref, n in self.acteurs if role == _RESEAU]
        links = tuple(Lien(lieu.name, lieu.url, _members(number)) for lieu, number in some)
        lead = self.site.vocabularies.detail("roles", _RESEAU, "definition")
        url = page_of_value(self.site, DIRECTORY, ("role", _RESEAU))[0] or DIRECTORY
        if links:
            return _shelf("reseaux", links, url, lead)
        return None


def _members(count: int) -> str:
    if count:
        return f"{nombre(count)} membre{'s' * (count > 1)} dans l’annuaire"
    return ""


def _shelf(name: str, links: tuple[Lien, ...], url: str, lead: str = "") -> SimpleNamespace:
    title, anchor, more, *words = _PARTS[name]
    return SimpleNamespace(
        titre=title, ancre=anchor, liens=links, tout=Lien(more, url), chapo=lead or "".join(words)
    )
