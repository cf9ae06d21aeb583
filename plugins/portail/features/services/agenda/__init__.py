"""The agenda: what is on day after day, narrowed to a value, in a week, a month, a year; the ribbon
of the week above every page."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import (
    AGENDA_CHOICES,
    AGENDA_FORMS,
    AGENDA_LINKS,
    AGENDA_YEARS,
    LIST_PAGES,
    RIBBON,
)
from portail.site.slots import LACKS

with late(__name__):
    from . import filter, holidays, links, listing, periods


feature = Feature(
    name="agenda",
    title="Agenda",
    needs=("facettes",),
    outputs=(
        Output("filtre de l’agenda", filter.plan_filter),
        Output("periodes", periods.plan_periods),
        Output("ruban", links.plan_ruban),
    ),
    slots={
        LIST_PAGES: listing.list_pages,
        RIBBON: links.ribbon,
        LACKS: holidays.lacks,
        AGENDA_LINKS: links.agenda_links,
        AGENDA_CHOICES: filter.shortcuts,
        AGENDA_FORMS: links.presentations,
        AGENDA_YEARS: links.past_years,
    },
)
