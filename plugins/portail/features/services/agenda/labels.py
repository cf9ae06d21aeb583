"""Labels of the state of an event, of a séance."""

from __future__ import annotations

from datetime import date

from portail.agenda.programme import RendezVous
from portail.facts.when import STATES
from portail.outputs.pages.views.shared import Etiquette
from portail.text.dates import jour


def state_labels(etat: str) -> tuple[Etiquette, ...]:
    """The label of an event's or a séance's state; none when it goes as planned."""
    if etat in STATES:
        return (Etiquette(STATES[etat], etat, True),)
    return ()


def day_labels(rendez_vous: RendezVous, day: date) -> tuple[Etiquette, ...]:
    """The label of what is on one day: its state, its new date where it was first announced."""
    if not rendez_vous.reporte_au:
        return state_labels(rendez_vous.etat)
    new = jour(rendez_vous.reporte_au, semaine=False, annee=rendez_vous.reporte_au.year != day.year)
    return (Etiquette(f"Reporté au {new}", "reporte", True),)
