"""What is published when, and at which address."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.site.draft import Draft
from portail.site.reserved import former_path, is_owned, reserved_slugs
from portail.site.urls import path_of
from portail.text.dates import jour

__all__ = ["check_dates", "check_former_addresses", "check_parents", "check_slugs"]


def check_dates(draft: Draft) -> Iterator[Diagnostic]:
    """Scheduled (C207), draft (C208), changed on a day to come (A247), sheet to verify (C209)."""
    for loaded, entry in draft.entries():
        if entry.brouillon:
            yield diagnostic("C208", draft.place(loaded, ("statut",)))
        elif draft.scheduled(entry) and entry.publie_le:
            place = draft.place(loaded, ("publie_le",))
            yield diagnostic("C207", place, jour=jour(entry.publie_le, semaine=False))
        elif entry.modifie and entry.modifie > draft.day.date:
            place = draft.place(loaded, ("modifie",))
            yield diagnostic("A247", place, jour=jour(entry.modifie, semaine=False))
        if isinstance(entry, Lieu) and entry.verifie_le and entry.a_verifier(draft.day.date):
            place = draft.place(loaded, ("verifie_le",))
            yield diagnostic("C209", place, jour=jour(entry.verifie_le, semaine=False))


def check_slugs(draft: Draft) -> Iterator[Diagnostic]:
    """Slugs whose address is the site's own (E502)."""
    for loaded, entry in draft.entries():
        if entry.slug in reserved_slugs(entry.kind):
            yield diagnostic("E502", Position(loaded.path), url=path_of(entry))


def check_former_addresses(draft: Draft) -> Iterator[Diagnostic]:
    """Former addresses that are taken (E503)."""
    moved = [(loaded, entry) for loaded, entry in draft.entries() if entry.anciennes_urls]
    if not moved:
        return
    owners = {path_of(entry).casefold(): loaded.path for loaded, entry in draft.entries()}
    former: dict[str, PurePosixPath] = {}
    for loaded, entry in moved:
        for rank, url in enumerate(entry.anciennes_urls):
            path = former_path(url)
            first = former.setdefault(path.casefold(), loaded.path)
            taken: object = owners.get(path.casefold())
            if first != loaded.path:
                taken = taken or first
            if is_owned(path) or _is_below(path, owners):
                taken = "le site lui-même"
            if taken:
                place = draft.place(loaded, ("anciennes_urls", rank))
                yield diagnostic("E503", place, url=path, autre=taken)


def _is_below(path: str, owners: Container[str]) -> bool:
    """Whether ``path`` is below the page of a content, where the site makes others: its poster,
    its calendar, its years. Pages at the root have none."""
    parts = path.casefold().strip("/").split("/")
    return len(parts) > 2 and f"/{parts[0]}/{parts[1]}/" in owners


def check_parents(draft: Draft) -> Iterator[Diagnostic]:
    """No event is among its own parents or former editions (E414)."""
    for loaded, entry in draft.entries():
        if not isinstance(entry, Event):
            continue
        for key in ("evenement_parent", "edition_precedente"):
            seen, slug = {entry.slug}, getattr(entry, key)
            while slug and slug not in seen:
                seen.add(slug)
                parent = draft.entry(f"{Kind.EVENT.value}/{slug}")
                slug = getattr(parent, key) if parent else None
            if slug == entry.slug:
                yield diagnostic("E414", draft.place(loaded, (key,)), valeur=entry.slug, cle=key)
