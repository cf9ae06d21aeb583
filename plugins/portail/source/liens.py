"""The file of checked addresses, that ``portail liens`` writes and previews read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from portail.model.liens import Constat, Releve

__all__ = ["VERSION", "liens_text", "read_liens"]

VERSION = 1
"""Of the format (``docs/technique/liens.md``): another one is not read."""
_KEYS = frozenset(one.name for one in fields(Releve))


def read_liens(path: Path) -> Mapping[str, Releve] | None:
    """Records by address, in their order; ``None`` without a file, or when it is cut, foreign or of
    another version: it is a cache, which the next check makes again."""
    try:
        told = json.loads(path.read_bytes())
        if told["version"] != VERSION:
            return None
        return {url: _record(one) for url, one in sorted(told["adresses"].items())}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _record(told: dict[str, Any]) -> Releve:
    if not _KEYS.issuperset(told):
        raise ValueError("unknown key")
    first = told.get("premier_echec")
    texts = {name: str(told.get(name, "")) for name in ("vers", "detail")}
    return Releve(
        jour=date.fromisoformat(told["jour"]),
        constat=Constat(told["constat"]),
        code=int(told.get("code", 0)),
        premier_echec=date.fromisoformat(first) if first else None,
        echecs=int(told.get("echecs", 0)),
        **texts,
    )


def liens_text(records: Mapping[str, Releve]) -> str:
    """The text of the file: addresses in order, only what each record says."""
    told = {url: _told(records[url]) for url in sorted(records)}
    document = {"version": VERSION, "adresses": told}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _told(record: Releve) -> dict[str, object]:
    values = {one.name: getattr(record, one.name) for one in fields(Releve)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }
