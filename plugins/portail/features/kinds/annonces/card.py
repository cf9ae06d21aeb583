"""The card of an announcement."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import owner, text_of
from portail.facts.funding import deadline_today
from portail.features.kinds.annonces.model import Annonce
from portail.model.articles import ASKING
from portail.outputs.pages.slots import CardParts
from portail.outputs.pages.views.shared import Etiquette
from portail.site.item import Item
from portail.site.site import Site

_SOON = 3
"""From how many days to its end an announcement says what is left."""


def annonce_card(item: Item, site: Site) -> CardParts:
    """Until when, where something is asked for, who proposes it; whether it is over, or nearly."""
    owners = text_of(owner(item, site))
    asks = item.of(Annonce).categorie in ASKING
    where = item.town if asks else ""
    if item.is_answered:
        return (owners, where), (Etiquette("Répondue", "passe"),)
    labels = (Etiquette("Terminée", "passe"),) if item.is_over else tuple(_last_days(item, site))
    return (deadline_today(item, site), where, owners), labels


def _last_days(item: Item, site: Site) -> Iterator[Etiquette]:
    """« Plus que 2 jours », « Dernier jour »: true on the day of the build alone."""
    today = site.day.date
    last = item.of(Annonce).limite
    left = (last - today).days if last else _SOON + 1
    if 0 <= left <= _SOON:
        told = f"Plus que {left}\u00a0jour{'s' * (left > 1)}" if left else "Dernier jour"
        yield Etiquette(told, "bientot", forte=True, fin=today)
