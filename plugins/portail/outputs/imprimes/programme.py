"""The printed programme of an edition: by département, by commune, then by day."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.audience import audience
from portail.facts.price import booking, price
from portail.outputs.imprimes.views import Lieux, LigneImprimee, ProgrammeImprime, told_of
from portail.outputs.pages.editions import by_place, events_for, line_of
from portail.outputs.pages.entry.state import count_of
from portail.outputs.pages.kit import WORDS, Kit, kit_of
from portail.site.editions import YearOf, by_town, edition_days, shares, years_of
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import programme_of
from portail.text.normalise import slugify

PUBLICS = {"grand-public": "grand public", "scolaires": "des scolaires"}
"""Programmes of an edition, and how each is called."""


def year_of(site: Site, ref: str, year: int) -> YearOf | None:
    """One year of a rendezvous; ``None`` when it has no event."""
    found = (one for one in years_of(site.items[ref], site) if one.annee == year and one.events)
    return next(found, None)


def departements(site: Site) -> dict[str, str]:
    """Names of the départements of the region, by what they are called in addresses."""
    home = site.geography.home
    found = site.geography.departements_of(home.code) if home else ()
    return {slugify(one.nom): one.nom for one in found}


def programme(site: Site, ref: str, annee: int, public: str, departement: str) -> ProgrammeImprime:
    """The programme of a year of a rendezvous, for some public (a key of ``PUBLICS``), of one
    département (its name, ``""``: all)."""
    item, kit, year = site.items[ref], kit_of(site), year_of(site, ref, annee)
    assert year
    schools = public == "scolaires"
    found = by_place(events_for(year, public), kit)
    places = {name: some for name, some in found.items() if departement in ("", name)}
    events = [one for some in places.values() for one in some]
    edition, where = f"{item.name} {annee}", f", {departement}" if departement else ""
    return ProgrammeImprime(
        **told_of(
            site,
            f"{edition}, programme {PUBLICS[public]}{where}",
            WORDS["editions"]["imprime"].format(public=PUBLICS[public]),
            programme_of(item.url, annee, public),
        ),
        edition=edition,
        public=f"Programme {PUBLICS[public]}{where}",
        theme=item.theme,
        jours=edition_days(year.edition),
        nombre=count_of(*shares(events)),
        exemples=any(one.entry.exemple for one in events),
        lieux=tuple(
            Lieux(
                name,
                slugify(name),
                count_of(*shares(some)),
                tuple(
                    (town, tuple(_line(one, site, kit, schools) for one in rows))
                    for town, rows in by_town(some)
                ),
            )
            for name, some in places.items()
            if some
        ),
        sans=tuple(name for name, some in places.items() if not some),
    )


def _line(item: Item, site: Site, kit: Kit, schools: bool) -> LigneImprimee:
    told = line_of(item, site, kit, schools=schools)
    practical = () if told.annule else tuple(filter(None, _practical(item, site, schools)))
    return LigneImprimee(
        told.titre,
        told.theme,
        item.url,
        told.quand,
        told.details,
        (*told.niveaux, *practical),
        told.annule,
    )


def _practical(item: Item, site: Site, schools: bool) -> Iterator[str]:
    """Price, public, how one books."""
    if not schools:
        yield audience(item, site).short
    yield price(item, site).short
    how, *ways = [one.text for one in booking(item, site).values if one.text != "réserver"] or [""]
    yield f"{how} : {', '.join(ways)}" if ways else how
