"""A fact: how long an event lasts, on its page, its card, in the letter, feeds and calendars."""

from __future__ import annotations

from datetime import timedelta

from portail.greffons import Fact, FactSpec, Feature, Item, Site, texts


def duree(item: Item, site: Site) -> Fact:
    """« 1 h 30 », when every séance is as long; nothing for whole days."""
    lengths = {None if one.journee else one.duree for one in item.occurrences}
    length = lengths.pop() if len(lengths) == 1 else None
    if not length:
        return Fact("Durée")
    text = en_mots(length)
    return Fact("Durée", texts(text), line=f"Durée : {text}", short=f"Dure {text}")


def en_mots(length: timedelta) -> str:
    """« 45 min », « 1 h 30 », « 2 h »."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return f"{minutes}\u00a0min"
    return f"{hours}\u00a0h\u00a0{minutes:02}" if minutes else f"{hours}\u00a0h"


feature = Feature("duree", "Durée", facts=(FactSpec(duree),))
