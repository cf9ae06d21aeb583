"""Several files for one address: which of them keeps it, and what is said of the others.

Two proposals, each without a fault, may give two files one address: Git merges them without a word.
The file that came first keeps it. A check refuses the others (E501); a publication leaves them out
and says so (A509), so that the rest of the site goes on being published.
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
from portail.diagnostics import Diagnostic, Position, Report
from portail.history import arrivals
from portail.source.loader import Listing
from portail.source.store import Loaded

_CODES = frozenset({"E501", "A509"})
_KNOWN = "déjà publié"
_OLDER = "venu avant lui dans l’historique de Git"
_DATED = "publié avant lui (« publie_le »)"
_ALONE = "qui dit seul quand il est publié (« publie_le »)"
_UNKNOWN = "et rien ne dit lequel est venu le premier : l’ordre des noms décide"
"""Why a file keeps an address, as a message says it after the name of the file."""


class Late(NamedTuple):
    """A file whose address another keeps, and why that one does."""

    path: PurePosixPath
    url: str
    first: PurePosixPath
    reason: str


class _Rank(NamedTuple):
    """The order of files that claim one address: the least keeps it."""

    proposed: bool
    commit: float
    publie_le: date
    path: PurePosixPath


def late_files(
    listing: Listing, records: Sequence[Loaded], content: Path, before: Collection[PurePosixPath]
) -> list[Late]:
    """The documents of ``listing`` whose address another keeps: one of ``before``, the files that
    were there when the others were proposed, else the one that Git, then ``publie_le``, then its
    name puts first. Git is asked when there are any, and only then."""
    groups = _rivals(listing)
    names = {rank: os.path.relpath(listing.documents[rank].at, content) for rank in chain(*groups)}
    commits = arrivals(content, names.values())
    late: list[Late] = []
    for group in groups:
        first, *rest = sorted(
            _rank(listing.documents[rank].path, records[rank], before, commits.get(names[rank]))
            for rank in group
        )
        doc = listing.documents[group[0]]
        url = doc.kind.info.url(doc.slug)
        late += (Late(claim.path, url, first.path, _reason(first, claim)) for claim in rest)
    return late


def _rivals(listing: Listing) -> list[list[int]]:
    """Ranks of the documents of a listing that share an address."""
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
        return _ALONE if late.publie_le == date.max else _DATED
    return _UNKNOWN


def told_of(late: Iterable[Late], *, publishes: bool) -> list[Diagnostic]:
    """What is said at these files: by what ``publishes`` the others, or refuses them all."""
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


def rests_on_history(report: Report) -> bool:
    """Whether a report may change with the history of Git, no file having changed."""
    return any(fault.code in _CODES for fault in report)
