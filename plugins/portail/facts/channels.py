"""Facts of each kind that channels show, in order: the single place to add a fact to all."""

from __future__ import annotations

from collections.abc import Iterator

from portail.diagnostics import PlanError
from portail.model.collections import AnnouncementEntry
from portail.site.item import Item
from portail.site.site import Site

from .audience import audience, reserved, spoken
from .base import BOX, Fact, FactFunction, lacking
from .place import online
from .price import booking, price
from .when import awaited

BEFORE: tuple[FactFunction, ...] = (reserved, awaited)
CALENDAR: tuple[FactFunction, ...] = (reserved, price, audience, spoken, booking, online)


def added(site: Site, channel: str, item: Item) -> Iterator[Fact]:
    """The facts with a value that features add to a channel, those of the instance too.
    Raises ``PlanError`` for what is no fact."""
    folder = item.entry.kind.value
    for feature in site.features:
        for spec in feature.facts:
            if spec.kind != folder or channel not in spec.channels:
                continue
            fact = spec.states(item, site)
            if not isinstance(fact, Fact):
                raise PlanError(
                    f"Le greffon « {feature.name} » donne à {item.ref} ce qui n’est pas un "
                    "« Fact »."
                )
            if fact.values:
                yield fact


def box_of(item: Item, site: Site) -> tuple[Fact, ...]:
    """Facts of the practical box of a content; those that it lacks are a last fact, when few."""
    entry = item.entry
    boxes = (make(item, site) for make in BOX.of(site.features, entry.kind) or ())
    facts = (*boxes, *added(site, "page", item))
    if item.is_over or getattr(entry, "etat", "") == "annule":
        return facts
    if getattr(entry, "avancement", "") == "termine":
        return facts
    expected = entry.kind.info.expected
    if item.partout:
        expected = tuple(label for label in expected if label != "Accessibilité")
    if isinstance(entry, AnnouncementEntry) and family_of(entry, site) == "emploi":
        expected = ("Contrat", "Durée", "Rémunération", *expected)
    return (*facts, lacking(facts, *expected))


def family_of(entry: AnnouncementEntry, site: Site) -> str:
    return site.vocabularies.detail("categories", entry.categorie, "famille")
