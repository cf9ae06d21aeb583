"""Facets of lists as pages show them: words, values, addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from portail.geo.names import of_territory
from portail.geo.places import short_name
from portail.geo.territories import Geography
from portail.outputs.pages.frame import ACCUEIL, linked_feeds
from portail.outputs.pages.lists.paging import Listing, last_change
from portail.outputs.pages.views.lists import FacettesView, FacetteView, ValeurView
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS
from portail.resources import rows_of
from portail.site import extensions
from portail.site.facets import AILLEURS, Facet, Offered, Pair, Value, by_label
from portail.site.indexes import NarrowedList
from portail.site.lists import Narrowed, narrowed
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import COMMUNES, data_of, facet_of, theme_of
from portail.text.typography import capital, nombre, small

# Title and description of the page of a value, by list, then by facet or value.
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = rows_of("services.facettes", "listes")


def about(site: Site, pair: Pair) -> Iterator[Lien]:
    """Links to the page of a theme, or of a territory that has one."""
    cle, code = pair
    if cle == "theme":
        yield Lien(WORDS["listes"]["theme"], theme_of(code))
    territory = None
    if cle in ("departement", "epci"):
        territory = site.geography.territoire(code)
    page = ""
    if territory:
        page = site.territory_url(territory_code(territory))
    if page:
        yield Lien("Tout sur ce territoire", page)


def list_words(url: str, facet: Facet, value: Value, site: Site) -> tuple[str, str]:
    """Title and description of the page of a value, from its texts: ``nom``, ``bas`` inside a
    sentence, ``de`` the territory after « de »."""
    words = _WORDS[url]
    cle = facet.cle
    territory = None
    if cle in ("departement", "epci"):
        territory = site.geography.territoire(value.code)
    around = of_territory(territory) if territory else f": {value.label}"
    names = {
        "nom": value.label,
        "bas": small(value.label),
        "de": WORDS["listes"]["ailleurs"] if (cle, value.code) == AILLEURS else around,
        "en_region": site.config.en_region,
    }
    spec = extensions.facet_of(site.features, cle)
    texts = spec.page if spec else words.get(f"{cle}={value.code}") or words[cle]
    title, description = (text.format(**names) for text in texts)
    return title, description


def named_values(facet: Facet, values: Iterable[Value], geography: Geography) -> tuple[Value, ...]:
    """Values as a narrow column names them: an EPCI has its short name."""
    if facet.cle != "epci":
        return tuple(values)
    named = ((geography.territoire(code), code, name) for code, name in values)
    return by_label(
        Value(code, capital(short_name(territory) if territory else name))
        for territory, code, name in named
    )


def offered(narrowing: Narrowed, geography: Geography) -> Iterator[Offered]:
    for facet, values in narrowing.shown:
        yield facet, named_values(facet, values, geography)


_OPEN = {"theme", "departement", "genre", "categorie", "type", "niveau", "matiere"}


def facette_of(
    facet: Facet,
    values: Iterable[Value],
    page: Callable[[Pair], str],
    count: Callable[[Pair], int] | None,
) -> FacetteView:
    """A facet; ``page`` tells that of each of its values, ``count`` how many contents have it."""
    shown = (
        ValeurView(
            value.code,
            value.label,
            page((facet.cle, value.code)),
            count((facet.cle, value.code)) if count else None,
            value.code if facet.cle == "theme" else "",
        )
        for value in values
    )
    return FacetteView(
        facet.cle,
        facet.titre,
        tuple(shown),
        bascule=facet.bascule or facet.moitie,
        ouverte=facet.cle in _OPEN,
        tue=facet.sans_rang,
    )


def panels_of(site: Site, narrowing: Narrowed) -> tuple[FacettesView, FacettesView] | None:
    """The facets of the first page of a list, with counts, and of the others, without: counts
    change with every edit.
    """
    data = ""
    if narrowing.shown:
        data = data_of(narrowing.liste.url)
    if not data:
        return None
    return _panel(site, narrowing, data, counted=True), _panel(site, narrowing, data, counted=False)


def _panel(site: Site, narrowing: Narrowed, data: str, *, counted: bool) -> FacettesView:
    listing = narrowing.liste.url
    count = narrowing.counts.__getitem__ if counted else None
    facettes = (
        facette_of(facet, values, narrowing.facets.page_of, count)
        for facet, values in offered(narrowing, site.geography)
    )
    near = ""
    if narrowing.liste.near and site.geography.home:
        near = COMMUNES
    # Ready-made choices of the directory: what one looks for in it.
    uses = []
    for facet, values in narrowing.shown:
        if facet.cle == "pour":
            uses += [
                Lien(value.label, url, f"pour={value.code}")
                for value in values
                if (url := narrowing.facets.page_of(("pour", value.code)))
            ]
    return FacettesView(
        listing, data, tuple(facettes), etat="", raccourcis=tuple(uses), communes=near
    )


def narrowed_to(site: Site, first: Listing, liste: NarrowedList) -> Iterator[Listing]:
    """A list with its facets, then that of each value that is or was held: addresses stay."""
    narrowing = narrowed(site, liste)
    if narrowing is None:
        yield first
        return
    panels = panels_of(site, narrowing)
    yield replace(first, facettes=panels)
    for facet, value in narrowing.facets.pages():
        listing = _value(first, narrowing, site, facet, value)
        if panels:
            pair = facet.cle, value.code
            listing = replace(listing, facettes=(panels[1], panels[1]), choix=pair)
        yield listing


def _value(first: Listing, narrowing: Narrowed, site: Site, facet: Facet, value: Value) -> Listing:
    pair = (facet.cle, value.code)
    liste = narrowing.liste
    items = narrowing.of(pair)
    url = facet_of(liste.url, *pair)
    title, description = list_words(liste.url, facet, value, site)
    assert first.rangement
    everything = Lien(liste.all_of_it, first.url)
    nothing = f"{liste.none_of_it} en ce moment"
    return replace(
        first,
        url=url,
        titre=title,
        chapo=description,
        nombre=f"{nombre(len(items))} {liste.counted(len(items))}",
        grouped=first.rangement(items),
        fil=(ACCUEIL, Lien(first.titre, first.url)),
        voisins=(everything, *about(site, pair)),
        vide=None if items else Vide(nothing, issues=(everything, *first.voisins)),
        theme=value.code if facet.cle == "theme" else "",
        change=last_change(items) if first.change else None,
        flux=linked_feeds(site, url, first.url),
        calendrier="",
        langues=(),
    )
