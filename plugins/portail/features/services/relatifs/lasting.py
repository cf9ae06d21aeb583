"""Titles and summaries that stay true: what they say of « ce soir » is told with its date.

They are read on other days than the one they were written: in lists, feeds, letters. The file keeps
its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from portail.agenda.occurrences import Occurrence
from portail.model.entry import SHOWN_ELSEWHERE, Entry
from portail.model.faults import Fault, phrase
from portail.model.kinds import Kind

from .relative import Reference, Relative, dated, relatives

_LASTS = timedelta(days=7)


def reference_of(entry: Entry, occurrences: Sequence[Occurrence]) -> Reference:
    """The days that an entry may speak of."""
    days = tuple(sorted({occurrence.first_day for occurrence in occurrences}))
    ends = [occurrence.last_day for occurrence in occurrences]
    lasts = bool(days) and max(ends) - days[0] > _LASTS
    return Reference(entry.publie_le, days, lasts)


def lasting(entry: Entry, occurrences: Sequence[Occurrence]) -> tuple[Entry, list[Fault]]:
    """``entry`` with dates in the place of words true of one day only, and an advice for each."""
    if not entry.kind.info.of_a_day:  # the word of the editors is of its own week
        return entry, []
    reference = reference_of(entry, occurrences)
    texts = {key: getattr(entry, key) or "" for key in SHOWN_ELSEWHERE}
    update: dict[str, str | None] = {}
    faults: list[Fault] = []
    for key, text in texts.items():
        aging = [relative for relative in relatives(text, reference) if _ages(entry.kind, relative)]
        if not aging:
            continue
        dated_text = dated(text, reference)
        faults += (
            _advice(key, dated_text if dated_text != text else "", relative) for relative in aging
        )
        unknown = any(relative.certain and relative.written is None for relative in aging)
        update[key] = None if unknown and key != "titre" else dated_text
    return (entry.model_copy(update=update) if update else entry), faults


def _ages(kind: Kind, relative: Relative) -> bool:
    nowadays = relative.written is None and relative.words.lower().startswith("aujourd")
    return not nowadays or bool(kind.info.coming)


def _advice(key: str, dated_text: str, relative: Relative) -> Fault:
    remedy = phrase("relatif", texte=dated_text) if dated_text else phrase("relatif_sans_date")
    values = {
        "mots": relative.words,
        "remede": remedy,
        "_signe": relative.start,
        "trouve": relative.words,
    }
    return Fault("C270", (key,), values)
