"""Since which version a portal is one: what ``portail init`` writes down beside its settings."""

from __future__ import annotations

import json
from pathlib import Path

from portail.settings import RECORD


def first_version(folder: Path) -> str:
    """The version that wrote the portal in ``folder``; ``""`` where nothing says it: version 0.1.0
    did not, nor does a portal that was not written by ``portail init``. What ``portail migrer``
    refuses says nothing here."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    first = record.get("depuis") if isinstance(record, dict) else None
    return first if isinstance(first, str) else ""
