"""How tools show in the catalogue: what each is made of, who lends it, for how much, to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from portail.facts.audience import audience
from portail.facts.base import names, text_of
from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.model.ressource import Pret, Ressource
from portail.outputs.pages.availability import today_label
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.kit import Kit, kit_of
from portail.outputs.pages.views.cards import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.tools import is_tool
from portail.text.numbers import nombre
from portail.text.typography import capital

__all__ = ["contents_of", "labelled", "tool_cards", "undated_cards"]

_ASK = "Tarif à demander"
_KEPT = frozenset({"brouillon", "programme", "passe"})
"""Labels that the catalogue says too: what a preview tells, what is closed."""


@per_site
def tool_cards(site: Site) -> Mapping[str, Card]:
    """The card of every tool as the catalogue shows it, by reference: with how it stands today."""
    return {
        ref: labelled(card, today_label(entry, site))
        for ref, card in undated_cards(site).items()
        if isinstance(entry := site.items[ref].entry, Ressource)
    }


@per_site
def undated_cards(site: Site) -> Mapping[str, Card]:
    """The same, which say nothing of when tools are free: whoever shows them says it."""
    kit = kit_of(site)
    return {
        item.ref: _card(card_of(site, item.ref), item, entry, site, kit)
        for item in site.of_kind(Kind.RESSOURCE)
        if is_tool(item) and isinstance(entry := item.entry, Ressource)
    }


def labelled(card: Card, label: Etiquette) -> Card:
    """A card that says when its tool is free, too."""
    labels = (*card.etiquettes, label)
    return replace(
        card, etiquettes=labels, digest=digest_bytes(repr((card.digest, label)).encode())
    )


def _card(card: Card, item: Item, entry: Ressource, site: Site, kit: Kit) -> Card:
    precision = " · ".join(filter(None, (card.sorte, contents_of(entry.pret))))
    details = tuple(filter(None, _details(item, entry, site, kit)))
    labels = tuple(one for one in card.etiquettes if one.code in _KEPT)
    seen = digest_bytes(repr((card.digest, precision, details, labels)).encode())
    return replace(card, precision=precision, details=details, etiquettes=labels, digest=seen)


def contents_of(pret: Pret | None) -> str:
    """What a tool is made of: « 16 panneaux », else « 3 caisses »."""
    if pret and pret.panneaux:
        return f"{nombre(pret.panneaux)} panneau{'x' * (pret.panneaux > 1)}"
    if pret and pret.caisses:
        return f"{nombre(pret.caisses)} caisse{'s' * (pret.caisses > 1)}"
    return ""


def _details(item: Item, entry: Ressource, site: Site, kit: Kit) -> Iterator[str]:
    """Who lends it and where from, for how much, for whom."""
    owner = text_of(names(item, site, "proprietaire"))
    yield ", ".join(filter(None, (owner, item.commune.nom if item.commune else "")))
    yield capital(entry.pret.tarif) if entry.pret and entry.pret.tarif else _ASK
    yield text_of(audience(item, site).values)
