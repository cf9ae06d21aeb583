"""Front matter as whoever corrects a content reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portail.facts.base import unlinked
from portail.features.services.horaires.french import opening_lines
from portail.features.services.horaires.notation import read_opening_hours
from portail.model.registry import references_of
from portail.site.item import Item
from portail.site.site import Site

from .front_matter import front_matter_of


def readable(item: Item, site: Site) -> dict[str, Any]:
    """The front matter of a content, scalars as text, hours in French, those who left in words."""
    front = front_matter_of(item.entry, site.geography.label)
    for mention in references_of(item.entry):
        text = unlinked(mention)
        if text != mention.value and not mention.named(site.items):  # a person who left
            place: Any = front
            for step in mention.loc[:-1]:
                place = place[step]
            place[mention.loc[-1]] = text
    if hours := front.get("horaires_ouverture"):
        lines = opening_lines(read_opening_hours(hours))
        front["horaires_ouverture"] = " ; ".join(lines).replace("\u00a0", " ")
    return {key: as_text(value) for key, value in front.items()}


def as_text(value: Any) -> Any:
    """A front matter whose scalars are what a contributor writes.

    >>> as_text({"tarif": {"prix": 5.5, "gratuit": False}, "jauge": 40})
    {'tarif': {'prix': '5,50', 'gratuit': 'false'}, 'jauge': '40'}
    """
    if type(value) is str:  # the most
        return value
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    if isinstance(value, bool):
        if value:
            return "true"
        return "false"
    if isinstance(value, float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    # A price as it is printed; more decimals than cents are those of a position.
    cents = f"{value:.2f}"
    if float(cents) == value:
        return cents.replace(".", ",")
    return f"{Decimal(repr(value)):f}"
