"""The same value but for some of its fields, whatever kind of record it is."""

import dataclasses
from types import SimpleNamespace

from msgspec import Struct, structs

from portail.outputs.pages.views.shared import OwnView


def replace(value, /, **changes):
    """A copy of a ``Struct``, of a dataclass, of what a template alone shows."""
    if isinstance(value, SimpleNamespace):
        return SimpleNamespace(**vars(value) | changes)
    if isinstance(value, OwnView):
        own = {
            name: changes.pop(name) for name in [*changes] if name not in value.__struct_fields__
        }
        dit = {**changes.pop("dit", value.dit), **own}
        return structs.replace(value, dit=dit, **changes)
    way = structs.replace if isinstance(value, Struct) else dataclasses.replace
    return way(value, **changes)
