"""The pages of the list of each kind, of its archives, of themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.agenda_views import plan_agenda
from portail.outputs.pages.feed_links import linked_calendar, linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.groups import by_kind, kinds_index
from portail.outputs.pages.kind_lists import kind_lists
from portail.outputs.pages.kit import kit_of
from portail.outputs.pages.narrowed_lists import folders_of_values, narrowed_to
from portail.outputs.pages.paging import Listing, Pages, last_change
from portail.outputs.pages.views.lists import ListingView, ThemesView
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.wheel import plan_wheel
from portail.site.embeds import embedding_of
from portail.site.item import Item
from portail.site.lists import LISTS
from portail.site.memo import answer, per_site
from portail.site.narrowed import page_of_value
from portail.site.site import Site
from portail.site.urls import CATALOGUE, HOME, THEMES, theme_of
from portail.text.numbers import nombre
from portail.text.typography import capital

__all__ = ["plan_listing", "plan_themes"]

_HOME = Lien("Accueil", HOME)
_NARROWED = {one.url: one for one in LISTS}


def plan_listing(site: Site, name: str) -> Iterator[TemplatePage]:
    """The list of a kind that holds something, and the archives of one that ends."""
    for listing in kind_lists(site, Kind(name)):
        if listing.url == Kind.EVENT.info.listing:
            yield from plan_agenda(site)
        elif listing.url in _NARROWED:
            yield from folders_of_values(site, listing, _NARROWED[listing.url])
    for url, pages in _lists(site, name).items():
        planned = pages.plan(_show, name, url)
        yield from plan_wheel(site, planned) if name == Kind.TEMPS_FORT.value else planned


@per_site
def _lists(site: Site, name: str) -> Mapping[str, Pages]:
    """The lists of a kind by address, those of its values too, but the agenda."""
    found: list[Listing] = []
    for listing in kind_lists(site, Kind(name)):
        if listing.url in _NARROWED:
            found += narrowed_to(site, listing, _NARROWED[listing.url])
        elif listing.url != Kind.EVENT.info.listing:
            found.append(listing)
    return {one.url: Pages(site, one) for one in found}


def _show(site: Site, name: str, url: str, number: int) -> ListingView:
    return _lists(site, name)[url].view(number)


def plan_themes(site: Site) -> Iterator[TemplatePage]:
    """The page of all themes and the list of each that has content, in the vocabulary's order."""
    used = _used(site)
    for code in used:
        yield from _theme(site, code).plan(_show_theme, code)
    if used:
        yield drawn(site, THEMES, "themes.html", _show_themes, sitemap=SitemapHint())


def _used(site: Site) -> list[str]:
    return [code for code in site.vocabularies["themes"] if code in site.indexes.by_theme]


def _items(site: Site, code: str) -> list[Item]:
    return [site.items[ref] for ref in site.indexes.by_theme[code]]


def _count(items: Sequence[Item]) -> str:
    return f"{nombre(len(items))} contenu{'s' * (len(items) > 1)}"


@per_site
def _theme(site: Site, code: str) -> Pages:
    """The list of a theme."""
    items, url = _items(site, code), theme_of(code)
    label, groups = capital(kit_of(site).label("themes", code)), by_kind(items, site)
    listing = Listing(
        url=url,
        titre=label,
        voisins=_ways(site, code),
        chapo=f"Tout ce que le portail publie sur le thème « {label} ».",
        kind="themes",
        nombre=_count(items),
        groups=groups,
        index=kinds_index(groups),
        theme=code,
        rubrique="",
        fil=(_HOME, Lien("Thèmes", THEMES)),
        calendrier=linked_calendar(site, url),
        embarquer=embedding_of(site, url),
        flux=linked_feeds(site, url),
        taille=2 * site.config.taille_page,
        change=last_change(items),
    )
    return Pages(site, listing)


@answer
def _ways(site: Site, code: str) -> tuple[Lien, ...]:
    """What else there is of a theme."""
    pair = ("theme", code)
    ways = {
        "L’agenda de ce thème": site.ahead.page_of(pair),
        "Les outils à emprunter": page_of_value(site, CATALOGUE, pair),
    }
    return tuple(Lien(text, url) for text, url in ways.items() if url)


def _show_theme(site: Site, code: str, number: int) -> ListingView:
    return _theme(site, code).view(number)


def _show_themes(site: Site) -> ThemesView:
    return ThemesView(
        cadre=frame_of(site),
        titre="Thèmes",
        description="Les contenus du portail par thème.",
        url=THEMES,
        fil=(_HOME,),
        flux=linked_feeds(site, THEMES),
        themes=tuple((code, _told(site, code)) for code in _used(site)),
    )


def _told(site: Site, code: str) -> Lien:
    """A theme, and how much it holds."""
    items, label = _items(site, code), capital(kit_of(site).label("themes", code))
    return Lien(label, theme_of(code), f"{_count(items)} : {_kinds(items)}")


def _kinds(items: Sequence[Item]) -> str:
    """« 12 articles, 1 dossier »."""
    counts = Counter(item.entry.kind for item in items)
    return ", ".join(f"{nombre(n)} {kind.info.counted(n)}" for kind, n in sorted(counts.items()))
