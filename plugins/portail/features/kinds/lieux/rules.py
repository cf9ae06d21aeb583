"""Rules on the sheets of places."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.site.draft import Draft
from portail.text.dates import jour

from .model import Lieu


def check_age(draft: Draft) -> Iterator[Diagnostic]:
    """A sheet was checked within a year (C209)."""
    for loaded, entry in draft.entries(Lieu.kind):
        if isinstance(entry, Lieu) and entry.verifie_le and entry.a_verifier(draft.day.date):
            place = draft.place(loaded, ("verifie_le",))
            yield diagnostic("C209", place, jour=jour(entry.verifie_le, semaine=False))
