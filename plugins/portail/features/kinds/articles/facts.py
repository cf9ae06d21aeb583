"""What an article states: who signs and reads it, where it takes one."""

from __future__ import annotations

from portail.facts.base import Fact, made, named, names, texts
from portail.facts.common import whereabouts
from portail.facts.when import day_of
from portail.model.entry import REDACTION
from portail.site.item import Item
from portail.site.site import Site


def _signed(item: Item, site: Site) -> Fact:
    """Signature of a content, when it is not that of the editors."""
    alone = item.entry.auteurs == (REDACTION,)
    return Fact("Par", () if alone else names(item, site, "auteurs"))


BOX = (whereabouts, named("Relu par", "relu_par"))
CARD = (made("Publié le", lambda entry: texts(day_of(entry.publie_le))), _signed)
