"""The file of checked addresses, that ``portail liens`` writes and previews read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from portail.model.parts import Releve

VERSION: Literal[1] = 1
"""Of the format (``docs/technique/liens.md``): another one is not read."""


class _Checked(Struct):
    version: Literal[1]
    adresses: dict[str, Releve]


def read_liens(path: Path) -> Mapping[str, Releve] | None:
    """Records by address, in their order; ``None`` without a file, or when it is cut, foreign or of
    another version: it is a cache, which the next check makes again."""
    try:
        checked = msgspec.json.decode(path.read_bytes(), type=_Checked)
    except (OSError, ValueError):
        return None
    return dict(sorted(checked.adresses.items()))


def liens_text(records: Mapping[str, Releve]) -> str:
    """The text of the file: addresses in order, only what each record says."""
    document = {"version": VERSION, "adresses": dict(sorted(records.items()))}
    return json.dumps(msgspec.to_builtins(document), ensure_ascii=False, indent=1) + "\n"
