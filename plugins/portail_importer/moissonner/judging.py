"""Harvests tried among the contents: what the whole portal refuses of them is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import Diagnostic, Severity

from ..importer.judging import Trial
from .changes import Change, Fate, Harvest, reasons

# Leaving a file out may break another that refers to it.
_TRIES = 4


def judged(harvests: Sequence[Harvest], trial: Trial) -> Sequence[Harvest]:
    """``harvests`` without the files that have an error among the contents."""
    for _ in range(_TRIES):
        files = {path: data for harvest in harvests for path, data in harvest.files.items()}
        if not files:
            break
        bad: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        for fault in trial(files):
            if fault.severity is Severity.ERREUR and fault.position.path in files:
                bad[fault.position.path].append(fault)
        if not bad:
            return harvests
        harvests = [_without(harvest, bad) for harvest in harvests]
    return harvests


def _without(harvest: Harvest, bad: dict[PurePosixPath, list[Diagnostic]]) -> Harvest:
    changes = [
        _left(change, bad[change.path]) if change.is_written and change.path in bad else change
        for change in harvest.changes
    ]
    identities = {change.identity for change in changes if change.fate is Fate.LEFT}
    proposed = {key: it for key, it in harvest.proposed.items() if key not in identities}
    return replace(harvest, changes=changes, proposed=proposed)


def _left(change: Change, faults: Sequence[Diagnostic]) -> Change:
    return replace(change, fate=Fate.LEFT, after=b"", beside={}, note=reasons(faults))
