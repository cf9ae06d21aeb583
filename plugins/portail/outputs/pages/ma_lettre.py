"""The page where one composes a letter of one's own: what there is to choose."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Week
from portail.files import digest_bytes
from portail.geo.places import short_name
from portail.geo.territories import Departement, Epci
from portail.letters import REGION
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.newsletter.releases import has_letter
from portail.outputs.pages.kit import capital
from portail.outputs.pages.subscribing import LETTER
from portail.outputs.pages.views import ChoixLettre, Frame, GroupeChoix, Lien, MaLettreView
from portail.site.facets import Pair, territory_pair
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import (
    HOME,
    LETTERS,
    MY_LETTER,
    WEEK_DATA,
    facet_of,
    file_of,
    letters_of,
    listing_of,
    theme_of,
)
from portail.text.normalise import sort_key
from portail.text.typography import typographie

__all__ = ["choices", "plan_my_letter"]


@per_site
def choices(site: Site) -> tuple[GroupeChoix, ...]:
    """What one may choose, facet by facet; nothing where contents say neither where they are nor
    what they are about."""
    found = (
        *_territories(site),
        GroupeChoix("theme", "Thèmes", tuple(_themes(site))),
        GroupeChoix("public", "Publics", tuple(_publics(site))),
    )
    held = tuple(one for one in found if one.choix)
    return held if any(one.cle != "public" for one in held) else ()


def plan_my_letter(site: Site, frame: Frame) -> Iterator[TemplatePage]:
    """``/ma-lettre/``, when there is something to choose."""
    groups = choices(site)
    if not groups:
        return
    week, editions = Week.of(site.day.date), tuple(_editions(site))
    archive = tuple(Lien(LETTER, LETTERS) for _ in editions[:1])

    def view() -> MaLettreView:
        return MaLettreView(
            cadre=frame,
            titre="Ma lettre",
            description=f"La lettre des sciences {site.config.en_region}, pour votre territoire et "
            "vos thèmes : sans adresse ni compte.",
            url=MY_LETTER,
            fil=(Lien("Accueil", HOME), *archive),
            jour=week.thursday,
            semaine=week.libelle.lower(),
            donnees=WEEK_DATA,
            agenda=listing_of(Kind.EVENT),
            groupes=groups,
            editions=editions,
        )

    key = (frame.digest, digest_bytes(repr((week, groups, editions)).encode()))
    yield TemplatePage(
        file_of(MY_LETTER), MY_LETTER, "ma-lettre.html", key, view, sitemap=SitemapHint()
    )


def _editions(site: Site) -> Iterator[Lien]:
    """The archive of each edition."""
    for one in site.config.lettre.editions if has_letter(site) else ():
        name = "Toute la région" if one.code == REGION else one.nom
        yield Lien(typographie(name), letters_of(one.code))


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
    """The agenda of a value and its calendar, the feed of its ``page``."""
    agenda = facet_of(listing_of(Kind.EVENT), *pair)
    calendar = site.calendars.url_of(agenda)
    feeds = site.feeds.of(page) if page else ()
    links = (
        Lien("Agenda", agenda if calendar else "", "agenda"),
        Lien("Calendrier", calendar, "ics"),
        Lien("Flux", feeds[0].adresses[0].url if feeds else "", "flux"),
    )
    return tuple(one for one in links if one.url)
