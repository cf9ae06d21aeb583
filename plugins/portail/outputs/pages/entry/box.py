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


def parted(kind: Kind, every: tuple[Fait, ...], *, apart: str = "") -> dict[str, Any]:
    """The facts of a box: ``faits``, five at most, and ``replis``, both in their order, without
    the one labelled ``apart``, which the page says elsewhere."""
    facts = tuple(fact for fact in every if fact.libelle != apart)
    deciding = _DECIDING[kind.value]
    short = (fact for fact in facts if len(fact.valeurs) <= _FEW)
    shown = [fact for fact in short if fact.libelle in deciding][:5] or list(facts[:5])
    return {"faits": tuple(shown), "replis": tuple(fact for fact in facts if fact not in shown)}
