"""The practical box in few facts: those that one decides by; what else is known is folded where the
box stands above the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portail.model.kinds import Kind
from portail.outputs.pages.views.shared import Fait
from portail.resources import rows

_DECIDING: Mapping[str, list[str]] = rows("decisifs")
"""Labels of what one reads before one decides, by kind, beside when an event is and when a place is
open."""
_FEW = 5
"""Values that a line holds: where a place is takes four."""


def parted(kind: Kind, known: tuple[Fait, ...], *, said: str = "") -> dict[str, Any]:
    """The facts of a box: ``faits``, five at most, and ``replis``, both in their order, without
    the one that is ``said`` elsewhere."""
    known = tuple(fact for fact in known if fact.libelle != said)
    deciding = _DECIDING[kind.value]
    short = (fact for fact in known if len(fact.valeurs) <= _FEW)
    seen = [fact for fact in short if fact.libelle in deciding][:5] or list(known[:5])
    return {"faits": tuple(seen), "replis": tuple(fact for fact in known if fact not in seen)}
