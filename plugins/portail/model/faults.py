"""How a model says what is wrong: a code, values for its sentence, a field to point at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic_core import PydanticCustomError

__all__ = ["Fault", "FieldPath", "fault", "raised"]

FieldPath = tuple[str | int, ...]
"""Where a value stands in the front matter: ``("seances", 1, "fin")``."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake found on values, before it is given a place in a file.

    ``loc`` is the path of the faulty field; ``values`` fill the templates of ``code``;
    ``paste`` is the line to write instead, ``label`` a word shown after the carets. ``needs``
    names the fields whose absence is the mistake: the fault is void if one of them is there but
    faulty, for that is said already.
    """

    code: str
    loc: FieldPath = ()
    values: dict[str, object] = field(default_factory=dict)
    paste: str = ""
    label: str = ""
    needs: tuple[str, ...] = ()


def fault(
    code: str, /, *, champ: FieldPath = (), paste: str = "", label: str = "", **values: object
) -> PydanticCustomError:
    """The exception by which a pydantic validator reports ``code``.

    ``champ`` points at a field below the validated value, for rules across fields.
    """
    return raised(Fault(code, champ, values, paste, label))


def raised(found: Fault) -> PydanticCustomError:
    """The exception by which a pydantic validator reports ``found``, its path below the value."""
    context: dict[str, Any] = {
        "champ": found.loc,
        "paste": found.paste,
        "label": found.label,
        "values": found.values,
    }
    return PydanticCustomError(found.code, "{values}", context)
