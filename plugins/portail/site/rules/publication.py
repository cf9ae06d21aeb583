"""Rules on publication: dates, addresses, contents taken back."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import timedelta
from pathlib import PurePosixPath

from portail.codes import diagnostic
from portail.diagnostics import INCOMPLETE, Diagnostic, Position
from portail.model.retraits import Retrait
from portail.text.dates import jour

from ..draft import Draft
from ..redirections import former_path, is_owned, reserved_slugs
from ..urls import draft_path, path_of
from .references import state_of

_AHEAD = timedelta(366)


def check_dates(draft: Draft) -> Iterator[Diagnostic]:
    """Scheduled (C207), draft (C208, C210)."""
    for loaded, entry in draft.entries():
        if entry.partage:
            url = draft_path(entry, draft.key)
            yield diagnostic("C210", draft.place(loaded, ("statut",)), url=url)
        elif entry.brouillon and INCOMPLETE in {fault.code for fault in loaded.diagnostics}:
            continue
        elif entry.brouillon:
            yield diagnostic("C208", draft.place(loaded, ("statut",)))
        elif draft.scheduled(entry) and entry.publie_le:
            place = draft.place(loaded, ("publie_le",))
            yield diagnostic("C207", place, jour=jour(entry.publie_le, semaine=False))


def check_looked_at(draft: Draft) -> Iterator[Diagnostic]:
    """Changed or verified on a day to come (A247), looked at before its newest source (E285)."""
    for loaded, entry in draft.entries():
        for field in ("modifie", "verifie_le"):
            day = getattr(entry, field, None)
            if day and day > draft.day.date and not (entry.brouillon or draft.scheduled(entry)):
                place = draft.place(loaded, (field,))
                yield diagnostic("A247", place, champ=field, jour=jour(day, semaine=False))
        field, day = entry.relu
        newest, source = entry.source_recente
        # A title may end with when it is: nobody says so more than a year before.
        starts = any(one.first_day == newest for one in loaded.occurrences)
        if day and day < newest and not (starts and newest - day <= _AHEAD):
            place = draft.place(loaded, (field,))
            said = jour(day, semaine=False)
            yield diagnostic("E285", place, champ=field, jour=said, source=source)


def check_examples(draft: Draft) -> Iterator[Diagnostic]:
    """Examples, told once for the whole site where the first one is (C521)."""
    examples = [loaded for loaded, entry in draft.entries() if entry.exemple]
    if examples:
        first = min(examples, key=lambda loaded: loaded.path)
        yield diagnostic("C521", draft.place(first, ("exemple",)), nombre=len(examples))


def check_slugs(draft: Draft) -> Iterator[Diagnostic]:
    """Slugs whose address is the site's own (E502)."""
    for loaded, entry in draft.entries():
        if entry.slug in reserved_slugs(entry.kind):
            yield diagnostic("E502", Position(loaded.path), url=path_of(entry))


def check_former_addresses(draft: Draft) -> Iterator[Diagnostic]:
    """Former addresses that are taken (E503), or told twice but for their capitals (E238)."""
    moved = [(loaded, entry) for loaded, entry in draft.entries() if entry.anciennes_urls]
    if not moved:
        return
    owners = {path_of(entry).casefold(): loaded.path for loaded, entry in draft.entries()}
    former: dict[str, tuple[PurePosixPath, str]] = {}
    for loaded, entry in moved:
        for rank, url in enumerate(entry.anciennes_urls):
            path = former_path(url)
            first, written = former.setdefault(path.casefold(), (loaded.path, path))
            taken: object = owners.get(path.casefold())
            if first != loaded.path:
                taken = taken or first
            elif written != path:
                place = draft.place(loaded, ("anciennes_urls", rank))
                yield diagnostic("E238", place, valeur=url, cle="anciennes_urls")
            if is_owned(path) or _is_below(path, owners):
                taken = "le site lui-même"
            if taken:
                place = draft.place(loaded, ("anciennes_urls", rank))
                yield diagnostic("E503", place, url=path, autre=taken)


def _is_below(path: str, owners: Container[str]) -> bool:
    parts = path.casefold().strip("/").split("/")
    return len(parts) > 2 and f"/{parts[0]}/{parts[1]}/" in owners


# The register of contents taken back agrees with the contents that are there.


def check_retraits(draft: Draft) -> Iterator[Diagnostic]:
    """Contents taken back that are still there (E507) or lead nowhere good (E401, E403, E502,
    E503).
    """
    entries = draft.entries() if draft.register.retraits else ()
    claimed = {}
    for _, entry in entries:
        for url in entry.anciennes_urls:
            claimed[former_path(url)] = entry.ref
    for rank, retrait in enumerate(draft.register.retraits):
        if retrait.ref in draft.known:
            place = draft.register.place(rank, "ref")
            yield diagnostic("E507", place, valeur=retrait.ref, autre=draft.known[retrait.ref])
        elif retrait.kind.info.has_page and is_owned(retrait.url):
            yield diagnostic("E502", draft.register.place(rank, "ref"), url=retrait.url)
        if retrait.vers:
            yield from _destination(draft, rank, retrait)
            owner = claimed.get(retrait.url)
            if owner and owner != retrait.vers:
                place = draft.register.place(rank, "vers")
                yield diagnostic("E503", place, url=retrait.url, autre=owner)


def _destination(draft: Draft, rank: int, retrait: Retrait) -> Iterator[Diagnostic]:
    place = draft.register.place(rank, "vers")
    ref = retrait.vers or ""
    if ref not in draft.known:
        near = draft.refs.nearest(ref)
        remedy = "Retirez « vers »."
        paste = ""
        if near:
            remedy = f"Le plus proche : « {near} »."
            paste = f"vers: {near}"
        yield diagnostic("E401", place, paste=paste, valeur=ref, remede=remedy)
    elif ref in draft.hidden and ref not in draft.faulty and retrait.connu(draft.day.date):
        yield diagnostic("E403", place, valeur=ref, etat=state_of(draft, ref))
