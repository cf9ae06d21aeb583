"""Rules on yearly rendezvous: editions that others name, or that a rule of days forgets."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.features.services.editions.editions import edition_days
from portail.model.collections import AnnouncementEntry
from portail.model.event import Event
from portail.model.kinds import yearly_ref
from portail.site.draft import Draft
from portail.text.typography import plain, small
from portail.text.yearly import yearly_days

from .model import TempsFort


def check_rule(draft: Draft) -> Iterator[Diagnostic]:
    """Each edition has the days of the rule of its sheet (A511)."""
    for loaded, entry in draft.entries():
        if not isinstance(entry, TempsFort) or not entry.regle:
            continue
        for edition in entry.editions:
            if edition.jours and edition.jours not in yearly_days(entry.regle, edition.annee):
                yield diagnostic(
                    "A511",
                    draft.place(loaded, ("regle",)),
                    valeur=entry.regle,
                    annee=edition.annee,
                    dates=small(edition_days(edition)),
                )


def check_editions(draft: Draft) -> Iterator[Diagnostic]:
    """The year of the temps fort of an event, or of a call to it, is one of its editions (E413)."""
    for loaded, entry in draft.entries():
        if (
            not isinstance(entry, Event | AnnouncementEntry)
            or not entry.temps_fort
            or not entry.edition
        ):
            continue
        ref = yearly_ref(entry.temps_fort)
        highlight = draft.entry(ref)
        if not isinstance(highlight, TempsFort) or not highlight.editions or ref in draft.faulty:
            continue
        edition = next(
            (candidate for candidate in highlight.editions if candidate.annee == entry.edition),
            None,
        )
        if edition is None:
            years = ", ".join(str(candidate.annee) for candidate in highlight.editions)
            yield diagnostic(
                "E413",
                draft.place(loaded, ("edition",)),
                valeur=entry.edition,
                temps_fort=plain(highlight.titre),
                remede=f"Éditions connues : {years}.",
            )
