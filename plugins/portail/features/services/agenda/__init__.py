"""The agenda: what is on day after day, narrowed to a value, in a week, a month, a year; the ribbon
of the week above every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import (
    AGENDA_CHOICES,
    AGENDA_FORMS,
    AGENDA_LINKS,
    AGENDA_YEARS,
    LIST_PAGES,
    RIBBON,
    WEEK,
)

if TYPE_CHECKING:
    from portail.agenda.weeks import Week
    from portail.outputs.base import Artifact, TemplatePage
    from portail.outputs.pages.views.shared import Lien, Ruban
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.services.agenda.periods import plan_periods

    return plan_periods(site)


def _plan_filter(site: Site) -> Iterator[Artifact]:
    from portail.features.services.agenda.filter import plan_filter

    return plan_filter(site)


def _plan_ribbon(site: Site) -> Iterator[Artifact]:
    from portail.features.services.agenda.ruban import plan_ruban

    return plan_ruban(site)


def _list_pages(site: Site, url: str) -> Iterator[TemplatePage]:
    from portail.site.urls import AGENDA

    if url == AGENDA:
        from portail.features.services.agenda.listing import plan_agenda

        yield from plan_agenda(site)


def _links(site: Site) -> Iterable[Lien]:
    from portail.features.services.agenda.links import agenda_links

    return agenda_links(site)


def _ribbon(site: Site) -> Iterable[Ruban]:
    from portail.features.services.agenda.ruban import ribbon

    return ribbon(site)


def _week(site: Site, week: Week) -> str:
    from portail.site.urls import week_of

    return week_of(week)


def _choices(site: Site) -> Iterable[Lien]:
    from portail.features.services.agenda.facets import shortcuts

    return shortcuts(site)


def _forms(site: Site) -> Iterable[Lien]:
    from portail.features.services.agenda.links import presentations

    return presentations(site)


def _years(site: Site) -> Iterable[Lien]:
    from portail.features.services.agenda.links import past_years

    return past_years(site)


feature = Feature(
    name="agenda",
    title="Agenda",
    needs=("facettes",),
    outputs=(
        Output("filtre de l’agenda", _plan_filter),
        Output("periodes", _plan),
        Output("ruban", _plan_ribbon),
    ),
    slots={
        LIST_PAGES: _list_pages,
        RIBBON: _ribbon,
        WEEK: _week,
        AGENDA_LINKS: _links,
        AGENDA_CHOICES: _choices,
        AGENDA_FORMS: _forms,
        AGENDA_YEARS: _years,
    },
)
