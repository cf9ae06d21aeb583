"""The page of the search: ways in, drawn from what the site holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.indexes import index_links
from portail.outputs.pages.kit import contribution, kit_of
from portail.outputs.pages.views.facettes import ValeurView
from portail.outputs.pages.views.recherche import RechercheView
from portail.outputs.pages.views.shared import Lien
from portail.outputs.search.order import segments
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import HOME, PLAN, SEARCH, THEMES, listing_of, theme_of
from portail.text.normalise import fold, sort_key
from portail.text.numbers import nombre
from portail.text.typography import capital

__all__ = ["plan_search_page", "search_for"]

_IDEAS, _PLACES = 6, 3
_LEAST = 2
"""Contents that say a word, below which it is no idea of a query."""
_NO_WAY_IN = (Kind.NEWSLETTER, Kind.PAGE)


def plan_search_page(site: Site) -> Iterator[TemplatePage]:
    """``/recherche/``, when there is something to find."""
    if segments(site):
        yield drawn(site, SEARCH, "recherche.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> RechercheView:
    return RechercheView(
        cadre=frame_of(site),
        titre="Recherche",
        description=f"Chercher un lieu, un événement, un article, une ressource "
        f"{site.config.en_region}.",
        url=SEARCH,
        fil=(Lien("Accueil", HOME),),
        idees=tuple(_ideas(site)),
        sortes=tuple(_kinds(site)),
        themes=tuple(_themes(site)),
        territoires=tuple(_territories(site)),
        index=tuple(
            one for one in index_links(site) if one.url not in (THEMES, listing_of(Kind.LIEU))
        ),
        issues=tuple(_ways_out(site)),
        contribuer=contribution("Proposer un contenu"),
    )


def search_for(query: str) -> str:
    """Address of the results of ``query``.

    >>> search_for("éducation populaire")
    '/recherche/?q=%C3%A9ducation+populaire'
    """
    return f"{SEARCH}?{urlencode({'q': query})}"


def _ideas(site: Site) -> Iterator[Lien]:
    """Queries: the keywords and the communes that most contents say."""
    words: Counter[str] = Counter()
    shown: dict[str, str] = {}
    places: Counter[str] = Counter()
    for item in site.items.values():
        for word in {fold(one): one for one in item.entry.mots_cles}.values():
            words[fold(word)] += 1
            shown.setdefault(fold(word), word)
        if item.commune:
            places[item.commune.nom] += 1
    for found, most, names in ((words, _IDEAS, shown), (places, _PLACES, {})):
        for word, number in sorted(found.items(), key=lambda one: (-one[1], one[0]))[:most]:
            if number >= _LEAST:
                text = names.get(word, word)
                yield Lien(text, search_for(text))


def _kinds(site: Site) -> Iterator[Lien]:
    for kind in Kind:
        number = len(site.of_kind(kind))
        if number and kind not in _NO_WAY_IN:
            name = capital(kind.info.counted(number))
            yield Lien(name, listing_of(kind), nombre(number))


def _themes(site: Site) -> Iterator[ValeurView]:
    for code in site.vocabularies["themes"]:
        if refs := site.indexes.by_theme.get(code):
            name = capital(kit_of(site).label("themes", code))
            yield ValeurView(code, name, theme_of(code), len(refs), code)


def _territories(site: Site) -> Iterator[Lien]:
    """The départements of the region that have a page; then all territories."""
    home, geography = site.geography.home, site.geography
    wide = geography.departements_of(home.code) if home else ()
    for one in sorted(wide, key=lambda one: sort_key(one.nom)):
        if page := site.territory_url(territory_code(one)):
            yield Lien(one.nom, page)
    if site.of_kind(Kind.TERRITOIRE):
        yield Lien("Tous les territoires", listing_of(Kind.TERRITOIRE))


def _ways_out(site: Site) -> Iterator[Lien]:
    for kind, text in ((Kind.EVENT, "Tout l’agenda"), (Kind.LIEU, "Tout l’annuaire")):
        if site.of_kind(kind):
            yield Lien(text, listing_of(kind))
    yield Lien("Plan du site", PLAN)
