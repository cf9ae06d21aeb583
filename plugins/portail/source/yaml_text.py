"""Values as a front matter writes them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from portail.text.visible import NOTHING

_FIRST = "!&*|>@`%#,[]{}\"'"
_FIRST_BEFORE_SPACE = "-?:"
_FLOW = ",[]{}?"


def written(value: Any, *, flow: bool = False) -> str:
    """``value`` (text, number, list or mapping) on one line, as a front matter reads it back.

    ``flow`` says that it stands inside brackets or braces.

    >>> written({"min": "8", "lieu": "Rue A, Ici"})
    '{min: 8, lieu: "Rue A, Ici"}'
    >>> written("La science : une fête")
    '"La science : une fête"'
    """
    if isinstance(value, dict):
        rows = (
            f"{written(key, flow=True)}: {written(inner, flow=True)}"
            for key, inner in value.items()
        )
        return "{" + ", ".join(rows) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(inner, flow=True) for inner in value) + "]"
    if isinstance(value, bool):
        if value:
            return "true"
        return "false"
    # « 1e-05 » is no number for a contributor.
    text = f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
    # A JSON string is a double-quoted scalar of YAML.
    if _must_quote(text, flow):
        return json.dumps(text, ensure_ascii=False)
    return text


def _must_quote(text: str, flow: bool) -> bool:
    if not text or text in NOTHING or text != text.strip() or not text.isprintable():
        return True
    apart = flow or text[1:2] in ("", " ")  # in brackets, « [:0] » is a key without a name
    opening = text[0] in _FIRST or (text[0] in _FIRST_BEFORE_SPACE and apart)
    inside = ": " in text or " #" in text or text[-1] == ":"
    return opening or inside or (flow and any(sign in text for sign in _FLOW))
