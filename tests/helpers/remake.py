"""The same value but for some of its fields, whatever kind of record it is."""

import dataclasses

from msgspec import Struct, structs


def replace(value, /, **changes):
    """A copy of a ``Struct`` or of a dataclass: ``copy.replace`` of Python 3.13."""
    way = structs.replace if isinstance(value, Struct) else dataclasses.replace
    return way(value, **changes)
