"""What one may choose in a letter of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from portail.geo.places import Departement, Epci, short_name
from portail.model.kinds import Kind
from portail.outputs.pages.views.services import ChoixLettre, GroupeChoix
from portail.outputs.pages.views.shared import Lien
from portail.site.facets import Pair, territory_pair
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import facet_of, listing_of, theme_of
from portail.text.normalise import sort_key
from portail.text.typography import capital, typographie


@per_site
def choices(site: Site) -> tuple[GroupeChoix, ...]:
    """What one may choose, facet by facet; nothing with neither a place nor a theme to choose."""
    if Kind.NEWSLETTER.value in site.config.sans:
        return ()
    found = (
        *_territories(site),
        GroupeChoix("theme", "Thèmes", tuple(_themes(site))),
        GroupeChoix("public", "Publics", tuple(_publics(site))),
    )
    held = tuple(one for one in found if one.choix)
    return held if any(one.cle != "public" for one in held) else ()


def _territories(site: Site) -> Iterator[GroupeChoix]:
    """Départements and EPCI of the region that hold some content, by name."""
    home, geography = site.geography.home, site.geography
    if home is None:
        return
    wide = geography.departements_of(home.code)
    near = geography.epci_of([one.code for one in wide])
    for cle, titre, some in (
        ("departement", "Départements", wide),
        ("epci", "Intercommunalités", near),
    ):
        held = [one for one in some if territory_code(one) in site.indexes.by_territoire]
        found = [_territory(site, one) for one in held]
        found.sort(key=lambda one: (sort_key(one.texte), one.code))
        if found:
            yield GroupeChoix(cle, titre, tuple(found))


def _territory(site: Site, one: Departement | Epci) -> ChoixLettre:
    pair = territory_pair(one, site.geography)
    page = site.territory_url(territory_code(one))
    return ChoixLettre(pair[1], typographie(capital(short_name(one))), _followed(site, pair, page))


def _themes(site: Site) -> Iterator[ChoixLettre]:
    for term in site.vocabularies["themes"].values():
        if term.code in site.indexes.by_theme:
            ways = _followed(site, ("theme", term.code), theme_of(term.code))
            yield ChoixLettre(term.code, typographie(term.label), ways, term.code)


def _publics(site: Site) -> Iterator[ChoixLettre]:
    for value in site.facets.values.get("public", ()):
        ways = _followed(site, ("public", value.code), "")
        yield ChoixLettre(value.code, typographie(value.label), ways)


def _followed(site: Site, pair: Pair, page: str) -> tuple[Lien, ...]:
    agenda = facet_of(listing_of(Kind.EVENT), *pair)
    calendar = site.ways(agenda).calendar
    feeds = site.feeds.of(page) if page else ()
    links = (
        Lien("Agenda", agenda if calendar else "", "agenda"),
        Lien("Calendrier", calendar, "ics"),
        Lien("Flux", feeds[0].adresses[0].url if feeds else "", "flux"),
    )
    return tuple(one for one in links if one.url)
