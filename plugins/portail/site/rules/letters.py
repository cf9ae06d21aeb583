"""The editor's word of a letter: of which week it is, what it asks for, whether it still can."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Week
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.kinds import Kind
from portail.site.draft import Draft
from portail.site.envoi_checks import YEARS
from portail.text.dates import jour

__all__ = ["check_letters", "check_wishes"]


def check_letters(draft: Draft) -> Iterator[Diagnostic]:
    """Words of no week (E508), of a week that is over and was not sent (C517), that changed since
    their letter was sent (C518)."""
    now = Week.of(draft.day.date)
    for loaded, entry in draft.entries():
        if entry.kind is not Kind.NEWSLETTER:
            continue
        place, week = Position(loaded.path), Week.parse(entry.slug)
        if week is None or week.year not in YEARS:
            near = Week.guess(entry.slug)
            near = near if near and near.year in YEARS else now
            yield diagnostic("E508", place, valeur=entry.slug, propose=near.slug)
        elif entry.brouillon or draft.scheduled(entry):
            continue
        elif sent := draft.sent.get(week.slug):
            if sent.redaction != loaded.digest:
                day = jour(sent.fige_le, semaine=False)
                yield diagnostic("C518", place, semaine=week.slug, jour=day)
        elif week < now and week.slug not in draft.envois.weeks:
            yield diagnostic("C517", place, semaine=week.slug, propose=now.slug)


def check_wishes(draft: Draft) -> Iterator[Diagnostic]:
    """Contents that a letter is asked to put first and to leave out (E248)."""
    for loaded, entry in draft.entries():
        if entry.kind is not Kind.NEWSLETTER:
            continue
        wishes = [(one.loc, one.named(draft.known) or one.value) for one in draft.mentions(entry)]
        pinned = {ref for loc, ref in wishes if loc[0] == "epingles"}
        for loc, ref in wishes:
            if loc[0] == "exclus" and ref in pinned:
                yield diagnostic("E248", draft.place(loaded, loc), valeur=ref)
