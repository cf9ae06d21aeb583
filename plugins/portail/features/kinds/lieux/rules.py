"""Rules on the sheets of places."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.site.draft import Draft
from portail.text.dates import jour

from .model import Lieu


def check_verified(draft: Draft) -> Iterator[Diagnostic]:
    """A sheet was checked within a year (C209)."""
    for loaded, entry in draft.entries(Lieu.kind):
        if not isinstance(entry, Lieu) or not entry.verifie_le:
            continue
        if entry.a_verifier(draft.day.date):
            said = jour(entry.verifie_le, semaine=False)
            yield diagnostic("C209", draft.place(loaded, ("verifie_le",)), jour=said)
