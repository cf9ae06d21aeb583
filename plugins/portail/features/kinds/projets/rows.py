"""What a project is in tables of kinds."""

from __future__ import annotations

from typing import Any

from portail.facts.base import BOX, CARD, FEED, contacts, field, sort
from portail.facts.common import CARRIED, CONTACT, whereabouts
from portail.outputs.pages.cards import listed, sort_line
from portail.outputs.pages.entry.inputs import ENTRY_FIELDS, EntryInputs, titled
from portail.outputs.pages.slots import SEARCH_LINE, WEEKLY_DETAILS
from portail.outputs.pages.views.shared import Fait, Lien
from portail.site.kind_tables import Rows
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.typography import capital


def project_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    project: Any = inputs.item.entry
    return {"boutons": _buttons(project), "tableaux": titled("Étapes", _steps(project))}


def _steps(project: Any) -> tuple[Fait, ...]:
    rows = []
    for step in project.etapes:
        day = jour(step.date.jour, semaine=False) if step.date else "Date à préciser"
        if step.date and step.date.heure:
            day += f", {heure(step.date.heure)}"
        rows.append(Fait(capital(day), (Lien(step.titre, note="fait" if step.fait else ""),)))
    return tuple(rows)


def _buttons(project: Any) -> tuple[Lien, ...]:
    ways = contacts(project.contact)
    if not ways or project.avancement == "termine":
        return ()
    return (Lien("Participer", ways[0].url),)


ROWS: Rows = {
    BOX: (CARRIED, whereabouts, CONTACT),
    FEED: (sort, CARRIED, field("Il manque", "besoins"), CONTACT),
    CARD: (CARRIED,),
    SEARCH_LINE: sort_line,
    WEEKLY_DETAILS: listed,
    ENTRY_FIELDS: project_fields,
}
