"""Weeks, months and years of the agenda, and the ribbon of the week above every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import AGENDA_FORMS, AGENDA_YEARS, RIBBON, WEEK

if TYPE_CHECKING:
    from portail.agenda.weeks import Week
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien, Ruban
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.agenda.periods import plan_periods

    return plan_periods(site)


def _plan_ribbon(site: Site) -> Iterator[Artifact]:
    from portail.features.agenda.ruban import plan_ruban

    return plan_ruban(site)


def _ribbon(site: Site) -> Iterable[Ruban]:
    from portail.features.agenda.ruban import ribbon

    return ribbon(site)


def _week(site: Site, week: Week) -> str:
    from portail.site.urls import week_of

    return week_of(week)


def _forms(site: Site) -> Iterable[Lien]:
    from portail.features.agenda.links import presentations

    return presentations(site)


def _years(site: Site) -> Iterable[Lien]:
    from portail.features.agenda.links import past_years

    return past_years(site)


feature = Feature(
    name="agenda",
    title="Semaines, mois et années de l’agenda",
    outputs=(Output("periodes", _plan), Output("ruban", _plan_ribbon)),
    slots={RIBBON: _ribbon, WEEK: _week, AGENDA_FORMS: _forms, AGENDA_YEARS: _years},
)
