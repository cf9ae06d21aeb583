"""The practical box in few facts: those that one decides by; what else is known is folded where the
box stands above the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portail.model.kinds import Kind
from portail.outputs.pages.views.shared import Fait

_DECIDING: Mapping[Kind, frozenset[str]] = {
    Kind.EVENT: frozenset({"Où", "En ligne", "Tarif", "Public", "Inscription"}),
    Kind.LIEU: frozenset({"Adresse", "Tarifs", "Pour les autres structures"}),
    Kind.RESSOURCE: frozenset(
        {
            "Jusqu’au",
            "Échéance",
            "Montant",
            "Tarif du prêt",
            "Pour qui",
            "Prêteur",
            "Porteur",
            "À demander",
        }
    ),
}
"""Labels of what one reads before one decides, beside when an event is and when a place is open."""
_FEW = 5
"""Values that a line holds: where a place is takes four."""


def parted(kind: Kind, rows: tuple[Fait, ...], *, said: str = "") -> dict[str, Any]:
    """The rows of a box: ``faits``, five at most, and ``replis``, both in their order, without
    the one that is ``said`` elsewhere."""
    rows = tuple(one for one in rows if one.libelle != said)
    deciding = _DECIDING[kind]
    few = (one for one in rows if len(one.valeurs) <= _FEW)
    seen = [one for one in few if one.libelle in deciding][:5] or list(rows[:5])
    return {"faits": tuple(seen), "replis": tuple(one for one in rows if one not in seen)}
