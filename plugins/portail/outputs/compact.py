"""JSON as scripts read it: no blank, every letter as it is."""

from __future__ import annotations

import json

__all__ = ["compact"]


def compact(value: object) -> str:
    """``value`` on one line, keys in their order. Raises ``TypeError`` for what JSON cannot write.

    >>> compact({"nom": "Été", "jours": [1, 2]})
    '{"nom":"Été","jours":[1,2]}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
