"""When a tool is free, in words: the same on cards, in the months of the catalogue, in its planner.

A sheet that tells no loan says nothing of when the tool is free: it is to be asked, never « free ».
"""

from __future__ import annotations

from datetime import date

from portail.agenda.loans import Availability, availability, free_spans
from portail.agenda.weeks import Month
from portail.facts.where import host_of
from portail.geo.articles import at_town
from portail.model.ressource import Ressource
from portail.outputs.pages.views.shared import Etiquette
from portail.site.site import Site
from portail.text.dates import jour, periode

FREE, OUT, UNKNOWN = "Libre", "En prêt", "Disponibilité à confirmer"
"""What a tool is, in words: one may have it, someone has it, nobody has told."""

_FREE, _OUT, _UNKNOWN = "libre", "en-pret", "a-confirmer"
"""The same, as codes of labels."""


def today_label(entry: Ressource, site: Site) -> Etiquette:
    """« Libre jusqu’au 9 octobre », « En prêt jusqu’au 8 octobre à Saint-Omer »; until which day
    this holds."""
    if not entry.itinerance:
        return Etiquette(UNKNOWN, _UNKNOWN)
    copies, day = entry.exemplaires, site.day.date
    found = availability(entry.itinerance, copies, day)
    if not found.libres:
        loan = None if found.rang is None else entry.itinerance[found.rang]
        commune = host_of(loan, site)[1] if loan else None
        place = at_town(commune.nom) if commune else ""
        text = " ".join(filter(None, (OUT, _until(found, day), place)))
        return Etiquette(text, _OUT, fin=found.tant)
    count = f", {found.libres} exemplaire{'s' * (found.libres > 1)} sur {copies}"
    text = " ".join(filter(None, (FREE, _until(found, day))))
    return Etiquette(text + (count if copies > 1 else ""), _FREE, fin=found.tant)


def _until(found: Availability, day: date) -> str:
    if found.au is None:
        return ""
    return f"jusqu’au {jour(found.au, semaine=False, annee=found.au.year != day.year)}"


def month_label(entry: Ressource, month: Month, day: date) -> Etiquette:
    """When a tool is free in a month, of which what is over on ``day`` is left out: « Libre tout
    le mois », « Libre du 9 au 20 octobre », « En prêt tout le mois »."""
    if not entry.itinerance:
        return Etiquette(UNKNOWN, _UNKNOWN)
    first, last = max(month.first, day), month.last
    rest = "tout le mois" if first == month.first else "jusqu’à la fin du mois"
    said = []
    for one in free_spans(entry.itinerance, entry.exemplaires, first, last):
        if (one.du, one.au) == (first, last):
            said = [rest]
        elif one.du == first > month.first:
            said.append(f"jusqu’au {jour(one.au, semaine=False, annee=False)}")
        else:
            said.append(periode(one.du, one.au, annee=False))
    if not said:
        return Etiquette(f"{OUT} {rest}", _OUT)
    return Etiquette(f"{FREE} {', '.join(said[:-1])}{' ou ' * (len(said) > 1)}{said[-1]}", _FREE)
