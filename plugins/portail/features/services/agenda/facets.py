"""The facets of the agenda: the panel of its pages, ready-made choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from portail.agenda.weeks import Week
from portail.features.services.facettes.pages import facette_of, named_values
from portail.outputs.pages.views.lists import FacettesView, FacetteView, ValeurView
from portail.outputs.pages.views.shared import Lien
from portail.site.coming import agenda_of
from portail.site.facets import Facet, Pair, Value
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import AGENDA, COMMUNES, DIRECTORY, WEEK_END, data_of

# What a script reckons at the reader's date.
_WHEN = {
    "aujourdhui": "Aujourd’hui",
    "week-end": "Ce week-end",
    "semaine": "Cette semaine",
    "mois": "Ce mois-ci",
    "vacances": "Vacances scolaires",
}
_PAGES = {"week-end": WEEK_END}

_FAMILIES = ("public", "familles")


def facettes_view(site: Site, counted: bool, chosen: Pair | None = None) -> FacettesView:
    """The facets of the agenda; ``counted`` tells how many are on for each."""
    view = _unchosen(site, counted, chosen[0] if chosen else "")
    if chosen:
        return view.choosing(chosen)
    return view


@answer
def _unchosen(site: Site, counted: bool, chosen: str) -> FacettesView:
    count = partial(_count, site) if counted else None
    page = partial(_page, site)
    by_facet = groupby(site.ahead.pairs(), key=lambda pair: pair[0])
    offered = (
        (facet, named_values(facet, (value for _, value in pairs), site.geography))
        for facet, pairs in by_facet
    )
    facettes = (
        facette_of(facet, values, page, count)
        for facet, values in offered
        if facet.cle in (chosen, "reserve")  # what is reserved shows nowhere else
        or (_is_told(site, facet, values) and _has_several(site, facet, values))
    )
    near = site.geography.home is not None
    return FacettesView(
        AGENDA,
        data_of(AGENDA),
        (_when(site), *facettes),
        communes=COMMUNES if near else "",
        lieux=data_of(DIRECTORY) if near and site.places else "",
    )


def _has_several(site: Site, facet: Facet, values: Sequence[Value]) -> bool:
    return any(_count(site, (facet.cle, value.code)) > 1 for value in values)


def _is_told(site: Site, facet: Facet, values: Sequence[Value]) -> bool:
    if not facet.moitie:
        return True
    telling = set[str]().union(*(site.ahead.of((facet.cle, v.code)).refs for v in values))
    return 2 * len(telling) >= len(site.ahead.all.refs)


def _when(site: Site) -> FacetteView:
    everything = ValeurView("", "Tout ce qui vient", AGENDA, choisie=True)
    holidays = any(holiday.au >= site.day.date for holiday in site.holidays.own)
    moments = (
        ValeurView(code, text, _PAGES.get(code, ""))
        for code, text in _WHEN.items()
        if holidays or code != "vacances"
    )
    return FacetteView("quand", "Quand", (everything, *moments), ouverte=True, unique=True)


def _page(site: Site, pair: Pair) -> str:
    if site.facets.listed(pair):
        return agenda_of(pair)
    return ""


def _count(site: Site, pair: Pair) -> int:
    tally = site.ahead.tally(pair)
    return tally.ici + tally.autres


def shortcuts(site: Site) -> Iterator[Lien]:
    """Ready-made choices: the week-end, then what is for families if something is."""
    yield Lien("Ce week-end", WEEK_END, "quand=week-end", fin=Week.of(site.day.date).last)
    if url := site.ahead.page_of(_FAMILIES):
        yield Lien("En famille", url, "=".join(_FAMILIES))
