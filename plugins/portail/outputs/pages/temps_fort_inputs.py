"""What only the page of a yearly rendezvous is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from portail.model.temps_fort import Edition, TempsFort
from portail.site.editions import is_to_come, shown, years_of
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import edition_of

__all__ = ["Annee", "TempsFortInputs", "temps_fort_inputs"]


class Annee(NamedTuple):
    """A year of a rendezvous: its edition if it is written, the address of its page (``""`` for
    none), how many events it has."""

    annee: int
    edition: Edition | None
    url: str
    nombre: int


@dataclass(frozen=True, slots=True)
class TempsFortInputs:
    """Years of a rendezvous, latest first; ``annee`` is the one that its page tells, ``attendu``
    when it is to come and has no event yet."""

    annees: tuple[Annee, ...] = ()
    annee: Annee | None = None
    attendu: bool = False


def temps_fort_inputs(item: Item, site: Site) -> TempsFortInputs:
    """Nothing for what is not a yearly rendezvous."""
    if not isinstance(item.entry, TempsFort):
        return TempsFortInputs()
    years = years_of(item, site)
    told = shown(years, site.day.date)
    rows = {
        one.annee: Annee(
            one.annee,
            one.edition,
            edition_of(item.url, one.annee) if one.told else "",
            len(one.heads),
        )
        for one in years
    }
    return TempsFortInputs(
        tuple(rows.values()),
        rows[told.annee] if told else None,
        told is not None and not told.events and is_to_come(told.edition, site.day.date),
    )
