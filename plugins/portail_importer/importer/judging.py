"""What sources come to, tried among the contents: what the whole portal refuses is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import Diagnostic, Severity
from portail.files import Files

from .base import Base
from .changes import Change, Fate, Harvest
from .files import path_of

# From proposed files to the diagnostics of the whole portal with them.
Trial = Callable[[Files], Iterable[Diagnostic]]

# Contacts that may be those of persons, meetings, secrets: told of what is written.
PRIVATE = frozenset({"C331", "A338", "A339"})
# Leaving a file out may break another that refers to it.
_TRIES = 4


def judged(
    harvests: Sequence[Harvest],
    trial: Trial,
    base: Base,
    among: Mapping[PurePosixPath, bytes] | None = None,
) -> Sequence[Harvest]:
    """``harvests`` without the files that have an error among the contents, and the proposed files
    ``among``."""
    for _ in range(_TRIES):
        files: dict[PurePosixPath, bytes] = {}
        for harvest in harvests:
            files.update(harvest.files)
        if not files:
            break
        bad: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        private: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        for fault in trial({**(among or {}), **files}):
            if fault.severity is Severity.ERREUR and fault.position.path in files:
                bad[fault.position.path].append(fault)
            elif fault.code in PRIVATE:
                private[fault.position.path].append(fault)
        if not bad:
            return [_advised(harvest, private) for harvest in harvests]
        harvests = [_without(harvest, bad, base) for harvest in harvests]
    return harvests


def _advised(harvest: Harvest, told: Mapping[PurePosixPath, Sequence[Diagnostic]]) -> Harvest:
    changes = [
        replace(change, advice=(*change.advice, *told[change.path]))
        if change.path in told
        else change
        for change in harvest.changes
    ]
    return replace(harvest, changes=changes)


def _without(
    harvest: Harvest, bad: Mapping[PurePosixPath, Sequence[Diagnostic]], base: Base
) -> Harvest:
    changes = [
        _left(change, bad[change.path], base)
        if change.is_written and change.path in bad
        else change
        for change in harvest.changes
    ]
    identities = {change.identity for change in changes if change.fate is Fate.LEFT}
    proposed = {key: it for key, it in harvest.proposed.items() if key not in identities}
    return replace(harvest, changes=changes, proposed=proposed)


def _left(change: Change, faults: Sequence[Diagnostic], base: Base) -> Change:
    told = tuple(change.place(fault, path_of(change.after, fault, base)) for fault in faults)
    path = change.path if change.before else PurePosixPath()
    return replace(change, fate=Fate.LEFT, path=path, after=b"", beside={}, faults=told)
