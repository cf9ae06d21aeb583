"""What only the page of a place shows."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.shared import Fait, Message

__all__ = ["LieuView"]


@dataclass(frozen=True, slots=True)
class LieuView:
    """``roles`` are labels, ``liens`` rows about what ties to others a place that offers them
    something."""

    roles: tuple[str, ...] = ()
    liens: tuple[Fait, ...] = ()
    fermetures: tuple[Message, ...] = ()
