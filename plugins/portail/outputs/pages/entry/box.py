"""The practical box in few facts: those that one decides by; what else is known is folded where the
box stands above the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portail.facts.channels import box_of
from portail.model.kinds import Kind
from portail.resources import rows
from portail.site.memo import own_answer
from portail.site.site import Site

from ..views.shared import Fait
from .tables import faits

# Labels of what one reads before one decides, by kind, beside when an event is and when a place is
# open.
_DECIDING: Mapping[str, Sequence[str]] = rows("decisifs")
# Values that a line holds: where a place is takes four.
_FEW = 5


# Facts that are not folded, at most.
_SHOWN = 5


@own_answer
def practical_box(site: Site, ref: str) -> tuple[Fait, ...]:
    return faits(box_of(site.items[ref], site))


def parted(kind: Kind, facts: tuple[Fait, ...], *, without: str = "") -> dict[str, Any]:
    """The facts of a box: ``faits``, five at most, and ``replis``; ``without`` is shown
    elsewhere.
    """
    facts = tuple(fact for fact in facts if fact.libelle != without)
    deciding = _DECIDING.get(kind.value, ())
    short = (fact for fact in facts if len(fact.valeurs) <= _FEW)
    shown = [fact for fact in short if fact.libelle in deciding][:_SHOWN] or facts[:_SHOWN]
    folded = (fact for fact in facts if fact not in shown)
    return {"faits": tuple(shown), "replis": tuple(folded)}
