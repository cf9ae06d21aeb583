"""Steps of a year of a yearly rendezvous: the call, the programme, the returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from portail.agenda.occurrences import span
from portail.features.services.bilans.returns import is_over, lacking_returns, told_of, year_of
from portail.features.services.editions.editions import (
    YearOf,
    edition_days,
    first_day,
    last_day,
    shares,
    years_of,
)
from portail.features.services.editions.returns import return_form
from portail.model.articles import AnnouncementEntry
from portail.model.kinds import YEARLY
from portail.outputs.pages.views.shared import Lien, TempsView
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.dates import jour, periode
from portail.text.typography import capital

from .bilan import bilan_of_edition
from .counts import count_of
from .words import WORDS
from .years import page_of_year

# Anchor of what organisers told, on the page of an edition.
RETURNS = "Retours"
# Events from which an edition without a call has a cycle.
_LEAST = 2


def awaited(site: Site, ref: str, annee: int) -> tuple[Lien, ...]:
    """Events of an edition that is over whose organiser is asked how it was, in order."""
    return tuple(
        Lien(event.name, return_form(event, site), capital(periode(*span(event.occurrences))))
        for event in lacking_returns(site, ref, annee)
    )


def open_years(site: Site) -> Iterator[tuple[str, tuple[TempsView, ...]]]:
    """Years that are not over and call for proposals, by name, the nearest first."""
    for item in site.of_kinds(YEARLY):
        for year in sorted(edition.annee for edition in years_of(item, site)):
            cycle = steps(site, item.ref, year)
            if cycle and not is_over(year_of(site, item.ref, year), site):
                yield f"{item.name} {year}", cycle


@answer
def steps(site: Site, ref: str, annee: int) -> tuple[TempsView, ...]:
    """The call, if there is one; the programme; the returns. None where nobody is called."""
    year = year_of(site, ref, annee)
    if year is None:
        return ()
    calls = tuple(_calls(site, ref, annee))
    if calls or len(year.heads) >= _LEAST:
        return tuple(_steps(site, ref, year, calls))
    return ()


def _calls(site: Site, ref: str, annee: int) -> Iterator[tuple[Item, date]]:
    for item in map(site.items.__getitem__, site.indexes.by_target.get(ref, ())):
        last = None
        if isinstance(item.entry, AnnouncementEntry):
            last = item.entry.echeance
        if last and annee == (item.of(AnnouncementEntry).edition or last.year):
            yield item, last


def _steps(
    site: Site, ref: str, year: YearOf, calls: Sequence[tuple[Item, date]]
) -> Iterator[TempsView]:
    day = site.day.date
    edition = year.edition
    for call, last_of_call in sorted(calls, key=lambda row: (row[1], row[0].ref))[-1:]:
        until = f"Jusqu’au {jour(last_of_call, semaine=False)}"
        state = "passe" if call.is_over else "present"
        yield TempsView(Lien("L’appel", call.url, "clos" if call.is_over else ""), until, state)
    page = page_of_year(site, ref, year.annee) if year.told else ""
    over = is_over(year, site)
    first = first_day(edition)
    last = last_day(edition)
    state = "futur"
    if over:
        state = "passe"
    elif first is not None and first <= day:
        state = "present"
    count = count_of(*shares(year.heads)) or WORDS["pas_encore"]
    yield TempsView(Lien("Le programme", page, count), edition_days(edition), state)
    if over:
        true, _ = told_of(site, ref, year.annee)
        there = ""
        if bilan_of_edition(site, ref, year.annee).tables:
            there = f"{page}#{RETURNS}"
        yield TempsView(Lien("Les retours", there, true.rate), "", "present")
    elif last:
        after = jour(last + timedelta(days=1), semaine=False)
        later = Lien("Les retours", "", WORDS["retours"])
        yield TempsView(later, f"À partir du {after}", "futur")
