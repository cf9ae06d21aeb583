"""Titled lists of rows under the text: key figures, steps of a project, loans, editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.model.event import Event
from portail.model.lieu import Lieu
from portail.model.parts import Chiffre
from portail.model.projet import Projet
from portail.model.territoire import Territoire
from portail.outputs.pages.event_box import event_tables
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.views.shared import Fait, Lien
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.typography import capital

Table = tuple[str, tuple[Fait, ...]]


def entry_tables(inputs: EntryInputs, site: Site) -> tuple[Table, ...]:
    """The tables of a content; one without rows is not there."""
    return tuple((title, rows) for title, rows in _tables(inputs, site) if rows)


def _tables(inputs: EntryInputs, site: Site) -> Iterator[Table]:
    entry = inputs.item.entry
    if isinstance(entry, (Lieu, Territoire)):
        yield "Chiffres clés", figures(entry.chiffres)
    elif isinstance(entry, Event):
        yield from event_tables(site, inputs.item.ref)
    elif isinstance(entry, Projet):
        yield "Étapes", tuple(_steps(entry))


def figures(chiffres: Iterable[Chiffre]) -> tuple[Fait, ...]:
    """Key figures, each with its year and its source."""
    rows = []
    for one in chiffres:
        year = str(one.annee or "")
        said = year in (one.source or "")
        origin = ", ".join(filter(None, ("" if said else year, one.source)))
        rows.append(Fait(capital(one.libelle), (Lien(one.valeur, note=origin),)))
    return tuple(rows)


def _steps(entry: Projet) -> Iterator[Fait]:
    for step in entry.etapes:
        day = jour(step.date.jour, semaine=False) if step.date else "Date à préciser"
        if step.date and step.date.heure:
            day += f", {heure(step.date.heure)}"
        yield Fait(capital(day), (Lien(step.titre, note="fait" if step.fait else ""),))
