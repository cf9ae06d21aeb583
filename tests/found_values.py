"""What was found in a source, as plain texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

__all__ = ["leaves"]


def leaves(value: Any) -> Iterator[str]:
    """Every text in a value: keys count too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from leaves(getattr(value, one.name))
