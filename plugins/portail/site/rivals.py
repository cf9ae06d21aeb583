"""Several files for one address: which of them keeps it, and what is said of the others.

Two proposals, each without a fault, may give two files one address. The first keeps it; a check
refuses the others (E501), a publication leaves them out and says so (A509).
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from msgspec.structs import replace

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.history import arrivals
from portail.source.loader import Listing
from portail.source.store import Loaded

_KNOWN = "déjà publié"
_OLDER = "venu avant lui dans l’historique de Git"
_DATED = "publié avant lui (« publie_le »)"
_ALONE = "qui dit seul quand il est publié (« publie_le »)"
# Why a file keeps an address, as a message says it after the name of the file.
_UNKNOWN = "et rien ne dit lequel est venu le premier : l’ordre des noms décide"


class Late(NamedTuple):
    """A file whose address another keeps, and why that one does."""

    path: PurePosixPath
    url: str
    first: PurePosixPath
    reason: str


class _Rank(NamedTuple):
    proposed: bool
    commit: float
    publie_le: date
    path: PurePosixPath


def late_files(
    listing: Listing, records: Sequence[Loaded], content: Path, before: Collection[PurePosixPath]
) -> list[Late]:
    """The documents of ``listing`` whose address another keeps: one of ``before``, else the one
    that Git, then ``publie_le``, then its name puts first.
    """
    groups = _rivals(listing)
    names = {rank: os.path.relpath(listing.documents[rank].at, content) for rank in chain(*groups)}
    commits = arrivals(content, names.values())
    late: list[Late] = []
    for group in groups:
        first, *later = sorted(
            _rank(listing.documents[rank].path, records[rank], before, commits.get(names[rank]))
            for rank in group
        )
        doc = listing.documents[group[0]]
        url = doc.kind.info.url(doc.slug)
        late += (Late(claim.path, url, first.path, _reason(first, claim)) for claim in later)
    return late


def _rivals(listing: Listing) -> list[list[int]]:
    first_ranks: dict[str, int] = {}
    shared: dict[int, list[int]] = {}
    for rank, doc in enumerate(listing.documents):
        first = first_ranks.setdefault(f"{doc.kind.value}/{doc.slug}", rank)
        if first != rank:
            shared.setdefault(first, [first]).append(rank)
    return [*shared.values()]


def _rank(
    path: PurePosixPath, record: Loaded, before: Collection[PurePosixPath], commit: int | None
) -> _Rank:
    published = record.entry.publie_le if record.entry else None
    proposed = bool(before) and path not in before
    return _Rank(proposed, math.inf if commit is None else commit, published or date.max, path)


def _reason(first: _Rank, late: _Rank) -> str:
    if first.proposed != late.proposed:
        return _KNOWN
    if first.commit != late.commit:
        return _OLDER
    if first.publie_le != late.publie_le:
        if late.publie_le == date.max:
            return _ALONE
        return _DATED
    return _UNKNOWN


def told_of(late: Iterable[Late], *, publishes: bool) -> list[Diagnostic]:
    """The faults of these files, by whether the command ``publishes`` the others."""
    code = "A509" if publishes else "E501"
    return [
        diagnostic(
            code, Position(claim.path), url=claim.url, autre=claim.first, ordre=f", {claim.reason}"
        )
        for claim in late
    ]


def without_late(
    listing: Listing, records: list[Loaded], late: Collection[Late]
) -> tuple[Listing, list[Loaded]]:
    """A listing and its records as if these files were not there."""
    if not late:
        return listing, records
    gone = {claim.path for claim in late}
    documents = [doc for doc in listing.documents if doc.path not in gone]
    return replace(listing, documents=documents), [
        record for record in records if record.path not in gone
    ]
