"""What an article that closes a question must be (E417)."""

from __future__ import annotations

from collections.abc import Iterator

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.model.collections import QUESTION, AnnouncementEntry, ArticleEntry
from portail.model.kinds import is_place
from portail.model.registry import references_of
from portail.resources import rows_of
from portail.site.draft import Draft

_WORDS = rows_of("kinds.questions", "mots")["reponses"]
_GENRE = "question"


def check_answers(draft: Draft) -> Iterator[Diagnostic]:
    """An article answers a question, is of that genre, and signed by a structure (E417)."""
    for loaded, entry in draft.entries():
        if not isinstance(entry, ArticleEntry) or not entry.question:
            continue
        if (wrong := _wrong(entry, draft)) is not None:
            field, (reason, remedy) = wrong
            place = draft.place(loaded, (field,))
            yield diagnostic("E417", place, raison=reason, remede=remedy)


def _wrong(entry: ArticleEntry, draft: Draft) -> tuple[str, tuple[str, str]] | None:
    named = next(
        (reference.named(draft.known) for reference in references_of(entry, "question")), None
    )
    asked = None
    if named and named not in draft.faulty:
        asked = draft.entry(named)
    if isinstance(asked, AnnouncementEntry) and asked.categorie != QUESTION:
        return "question", _WORDS["autre"]
    if entry.genre != _GENRE:
        return "genre" if entry.genre else "question", _WORDS["genre"]
    signed = (reference.named(draft.known) or "" for reference in references_of(entry, "auteurs"))
    if not any(is_place(ref) for ref in signed):
        return "auteurs" if entry.auteurs else "question", _WORDS["signature"]
    return None
