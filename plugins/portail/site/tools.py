"""Touring tools, and the classes by which lists narrow them."""

from __future__ import annotations

from typing import NamedTuple

from portail.model.resource import ResourceEntry
from portail.text.normalise import slugify

from .item import Item


class Size(NamedTuple):
    """A class of sizes: its code in addresses, its label."""

    code: str
    label: str


UNKNOWN = Size("non-precise", "À demander")

TRANSPORTS = (
    Size("voiture", "Dans une voiture"),
    Size("utilitaire", "Dans un utilitaire"),
    Size("camion", "Dans un camion"),
    UNKNOWN,
)
SURFACES = (
    Size("jusqu-a-20", "Jusqu’à 20 m²"),
    Size("20-a-60", "De 20 à 60 m²"),
    Size("plus-de-60", "Plus de 60 m²"),
    UNKNOWN,
)


def is_tool(item: Item) -> bool:
    return isinstance(item.entry, ResourceEntry) and item.entry.itinerante


def lender_code(entry: ResourceEntry) -> str:
    """Who lends a tool, as addresses say it: the slug of a lieu, or that of a name.

    >>> from types import SimpleNamespace
    >>> lender_code(SimpleNamespace(proprietaire="Ville d’Exemple"))
    'ville-d-exemple'
    """
    return slugify(entry.proprietaire or "")
