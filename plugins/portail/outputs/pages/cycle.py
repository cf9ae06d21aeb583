"""The cycle of an edition: the call, the programme, what organisers tell once it is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from portail.agenda.occurrences import span
from portail.figures.edition import bilan_of_edition
from portail.figures.returns import edition_of, is_over, lacking_returns
from portail.model.articles import Annonce
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.entry.state import count_of
from portail.outputs.pages.kit import WORDS
from portail.outputs.pages.views.programme import TempsView
from portail.outputs.pages.views.shared import Lien
from portail.site.editions import YearOf, edition_days, first_day, last_day, parent_of, shares
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import edition_of as edition_url
from portail.site.urls import form_of
from portail.text.dates import jour, periode
from portail.text.typography import capital

RETURNS = "Retours"
"""Anchor of what organisers told, on the page of an edition."""
_FEW = 2
"""Events from which an edition without a call has a cycle."""


def return_form(item: Item) -> str:
    """Site path of the form of an event, opened on its return."""
    return f"{form_of(Kind.EVENT)}?retour={item.entry.slug}"


def asks_return(item: Item, site: Site) -> bool:
    """Whether an event has still to be told of: it is over, took place, and is part, or is held by
    one that is part, of a yearly rendezvous."""
    event = item.of(Event)
    if not item.passe or event.etat == "annule" or (event.retour and event.retour.dit):
        return False
    seen = set[str]()
    above: Item | None = item
    while above and above.ref not in seen:
        if isinstance(above.entry, Event) and above.entry.temps_fort:
            return not above.entry.brouillon
        seen.add(above.ref)
        above = site.items.get(parent_of(above.entry))
    return False


def awaited(site: Site, ref: str, annee: int) -> tuple[Lien, ...]:
    """Events of an edition that is over whose organiser is asked how it was, in order."""
    return tuple(
        Lien(one.name, return_form(one), capital(periode(*span(one.occurrences))))
        for one in lacking_returns(site, ref, annee)
    )


@answer
def steps(site: Site, ref: str, annee: int) -> tuple[TempsView, ...]:
    """The call, if an announcement is; the programme; the returns. None for a rendezvous that
    nobody is called to."""
    year, _, _ = edition_of(site, ref, annee)
    if year is None:
        return ()
    calls = tuple(_calls(site, ref, annee))
    return tuple(_steps(site, ref, year, calls)) if calls or len(year.heads) >= _FEW else ()


def _calls(site: Site, ref: str, annee: int) -> Iterator[tuple[Item, date]]:
    """Announcements that call to an edition, with their last day."""
    for name in site.indexes.by_target.get(ref, ()):
        item = site.items[name]
        entry = item.entry
        if not isinstance(entry, Annonce) or not entry.echeance:
            continue
        if annee == (entry.edition or entry.echeance.year):
            yield item, entry.echeance


def _steps(
    site: Site, ref: str, year: YearOf, calls: Sequence[tuple[Item, date]]
) -> Iterator[TempsView]:
    day, edition = site.day.date, year.edition
    for call, last_of_call in sorted(calls, key=lambda one: (one[1], one[0].ref))[-1:]:
        until = f"Jusqu’au {jour(last_of_call, semaine=False)}"
        state = "passe" if call.passe else "present"
        yield TempsView(Lien("L’appel", call.url, "clos" if call.passe else ""), until, state)
    page = edition_url(site.items[ref].url, year.annee) if year.told else ""
    over = is_over(year, site)
    first, last = first_day(edition), last_day(edition)
    running = not over and first is not None and first <= day
    state = "passe" if over else "present" if running else "futur"
    told = count_of(*shares(year.heads)) or WORDS["editions"]["pas_encore"]
    yield TempsView(Lien("Le programme", page, told), edition_days(edition), state)
    if over:
        _, true, shown = edition_of(site, ref, year.annee)
        known = true if true.events else shown
        there = f"{page}#{RETURNS}" if bilan_of_edition(site, ref, year.annee).tables else ""
        yield TempsView(Lien("Les retours", there, known.rate), "", "present")
    elif last:
        after = jour(last + timedelta(days=1), semaine=False)
        later = Lien("Les retours", "", WORDS["editions"]["retours"])
        yield TempsView(later, f"À partir du {after}", "futur")
