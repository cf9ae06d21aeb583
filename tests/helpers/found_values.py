"""What was found in a source, as plain texts."""

from msgspec import Struct
from msgspec.structs import astuple


def leaves(value):
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
    elif isinstance(value, Struct):
        for inner in astuple(value):
            yield from leaves(inner)
