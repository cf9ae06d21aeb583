"""The page of a project: its steps, how one takes part."""

from __future__ import annotations

from typing import Any

from portail.facts.base import contacts
from portail.features.kinds.projets.model import Projet
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.entry.tables import titled
from portail.outputs.pages.views.shared import Fait, Lien
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.typography import capital


def project_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """What the page of a project has of its own."""
    project = inputs.item.of(Projet)
    return {"boutons": _buttons(project), "tableaux": titled("Étapes", _steps(project))}


def _steps(project: Projet) -> tuple[Fait, ...]:
    """Each step on its day."""
    rows = []
    for step in project.etapes:
        day = jour(step.date.jour, semaine=False) if step.date else "Date à préciser"
        if step.date and step.date.heure:
            day += f", {heure(step.date.heure)}"
        rows.append(Fait(capital(day), (Lien(step.titre, note="fait" if step.fait else ""),)))
    return tuple(rows)


def _buttons(project: Projet) -> tuple[Lien, ...]:
    """Taking part, as long as the project goes on."""
    ways = contacts(project.contact)
    if not ways or project.avancement == "termine":
        return ()
    return (Lien("Participer", ways[0].url),)
