"""Values written as the YAML of a front matter, quoted only when they must be."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from portail.text.visible import NOTHING

__all__ = ["written"]

_FIRST = "!&*|>@`%#,[]{}\"'"
_FIRST_BEFORE_SPACE = "-?:"
_FLOW = ",[]{}"


def written(value: Any, *, flow: bool = False) -> str:
    """``value`` (text, number, list or mapping) on one line, as a front matter reads it back.

    ``flow`` says that it stands inside brackets or braces.

    >>> written({"min": "8", "lieu": "Rue A, Lille"})
    '{min: 8, lieu: "Rue A, Lille"}'
    >>> written("La science : une fête")
    '"La science : une fête"'
    """
    if isinstance(value, dict):
        rows = (
            f"{written(key, flow=True)}: {written(one, flow=True)}" for key, one in value.items()
        )
        return "{" + ", ".join(rows) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(one, flow=True) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    # « 1e-05 » is no number for a contributor.
    text = f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
    # A JSON string is a double-quoted scalar of YAML.
    return json.dumps(text, ensure_ascii=False) if _must_quote(text, flow) else text


def _must_quote(text: str, flow: bool) -> bool:
    if not text or text in NOTHING or text != text.strip() or not text.isprintable():
        return True
    apart = flow or text[1:2] in ("", " ")  # in brackets, « [:0] » is a key without a name
    opening = text[0] in _FIRST or (text[0] in _FIRST_BEFORE_SPACE and apart)
    inside = ": " in text or " #" in text or text[-1] == ":"
    return opening or inside or (flow and any(sign in text for sign in _FLOW))
