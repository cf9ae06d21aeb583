"""Years of a yearly rendezvous, and which have a page of their own: one that is to come, or runs,
is told by the page of the rendezvous itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from portail.features.services.bilans.returns import is_over
from portail.features.services.editions.editions import (
    YearOf,
    expected_days,
    is_to_come,
    shares,
    shown,
    years_of,
)
from portail.model.collections import Edition
from portail.model.kinds import YEARLY
from portail.site.memo import answer, own_answer, per_site
from portail.site.site import Site


def edition_of(url: str, year: int) -> str:
    """Site path of one edition of a yearly rendezvous, below its page."""
    return f"{url}{year}/"


def programme_of(url: str, year: int, public: str) -> str:
    """Site path, below an edition, of its programme for some public: ``scolaires``
    (``/temps-forts/fete/2021/scolaires/``)."""
    return f"{edition_of(url, year)}{public}/"


@per_site
def told_years(site: Site, ref: str) -> tuple[YearOf, ...]:
    """Years of a rendezvous that have something to tell, latest first; none of a draft that is
    shared, whose years have no page."""
    item = site.items[ref]
    if item.apart:
        return ()
    return tuple(year for year in years_of(item, site) if year.told)


@per_site
def present_year(site: Site, ref: str) -> int | None:
    """The year that the page of a rendezvous tells; ``None`` where nothing is to come."""
    year = shown(years_of(site.items[ref], site), site.day.date)
    if year and not is_over(year, site):
        return year.annee
    return None


@answer
def page_of_year(site: Site, ref: str, year: int) -> str:
    url = site.items[ref].url
    if year == present_year(site, ref):
        return url
    return edition_of(url, year)


def led_years(site: Site) -> Iterator[tuple[str, str, str]]:
    """Addresses of the years that are told by the page of their rendezvous: where they lead."""
    for item in site.of_kinds(YEARLY):
        year = present_year(site, item.ref)
        if year in {edition.annee for edition in told_years(site, item.ref)} and year is not None:
            yield edition_of(item.url, year), item.url, item.name


class Annee(NamedTuple):
    """A year of a rendezvous."""

    annee: int
    edition: Edition | None
    url: str
    nombre: int
    exemples: int


class Annees(Struct, frozen=True):
    """The years of a rendezvous."""

    annees: tuple[Annee, ...]
    # The year that the page tells.
    annee: Annee | None
    # Whether that one is to come, and no event is announced yet.
    attendu: bool
    # Days that its rule lets expect, where no edition is to come.
    prochaine: str


@own_answer
def years_told(site: Site, ref: str) -> Annees:
    """The years of a rendezvous, by its reference."""
    item = site.items[ref]
    years = years_of(item, site)
    current = shown(years, site.day.date)
    shown_years = {year.annee for year in told_years(site, ref)}
    rows = {
        year.annee: Annee(
            year.annee,
            year.edition,
            page_of_year(site, ref, year.annee) if year.annee in shown_years else "",
            *shares(year.heads),
        )
        for year in years
    }
    today = site.day.date
    coming = current is not None and is_to_come(current.edition, today)
    return Annees(
        tuple(rows.values()),
        rows[current.annee] if current else None,
        coming and current is not None and not current.events,
        "" if coming else expected_days(item, today),
    )


def edition_at(site: Site, rendezvous: str, year: int) -> str:
    """Address of the edition of a year of the highlight at an address, which is all that a draft
    that is shared has."""
    refs = {item.url: item.ref for item in site.of_kinds(YEARLY)}
    if rendezvous in refs:
        return page_of_year(site, refs[rendezvous], year)
    return rendezvous
