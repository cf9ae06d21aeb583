"""Events of an edition as lines of its programmes."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.event import Event, Groupes
from portail.outputs.pages.cards import place_of
from portail.outputs.pages.kit import Kit, capital
from portail.outputs.pages.views.edition import LigneProgramme
from portail.outputs.pages.whens import whens
from portail.site.editions import SCHOOL
from portail.site.hierarchy import parent_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["line_of"]


def line_of(item: Item, site: Site, kit: Kit, *, schools: bool) -> LigneProgramme:
    """The line of an event, under the name of its commune."""
    entry = item.entry
    assert isinstance(entry, Event)
    times = tuple(whens(entry, item.occurrences))
    parent = site.items.get(parent_of(entry))
    details = (
        kit.labels("formats", entry.format[:1]),
        place_of(item, site, commune=False),
        "En ligne" if entry.mode == "hybride" else "",
        plain(parent.entry.titre) if parent else "",
    )
    return LigneProgramme(
        entry.titre,
        item.url,
        entry.themes[0] if entry.themes else "",
        times,
        tuple(filter(None, details)),
        tuple(filter(None, _levels(entry, kit))) if schools else (),
        all(one.barre for one in times),
    )


def _levels(entry: Event, kit: Kit) -> Iterator[str]:
    """Who comes, how long, how many, at what price."""
    group = entry.groupes or Groupes()
    publics = [code for code in entry.publics if code in SCHOOL]
    yield capital(", ".join(group.niveaux)) or kit.labels("publics", publics)
    yield group.duree or ""
    yield f"{group.effectif_max} au plus" if group.effectif_max else ""
    yield group.tarif or ""
    yield "pass Culture" if group.pass_culture else ""
