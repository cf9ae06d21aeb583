"""What the press page rests on: figures that are true, who answers journalists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from portail.model.collections import YearlyEntry
from portail.model.kinds import YEARLY, where
from portail.model.parts import Chiffre
from portail.model.place import PlaceEntry
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site

PRESS = "/presse/"
PRESS_FIGURES = f"{PRESS}chiffres.csv"

WORDS: Mapping[str, str] = rows_of("pages.presse", "mots")


class DatedFigure(NamedTuple):
    """A figure of a content, its year when it is known."""

    item: Item
    figure: Chiffre
    annee: int | None


@answer
def has_press(site: Site) -> bool:
    return any(True for _ in figures(site)) or any(True for _ in voices(site))


def figures(site: Site) -> Iterator[DatedFigure]:
    """Figures that are true: those of temps forts, the last edition first, then of places."""
    editions: list[tuple[int, Item, Chiffre]] = []
    for item in site.of_kinds(YEARLY):
        for edition in item.of(YearlyEntry).editions if not item.entry.exemple else ():
            editions += [(edition.annee, item, figure) for figure in edition.chiffres]
    for year, item, figure in sorted(editions, key=lambda row: (-row[0], row[1].ref)):
        yield DatedFigure(item, figure, figure.annee or year)
    for item in site.places:
        if not item.entry.exemple:
            yield from (
                DatedFigure(item, figure, figure.annee) for figure in item.of(PlaceEntry).chiffres
            )


def voices(site: Site) -> Iterator[Item]:
    actors = where(lambda info: info.actor)
    for kind in sorted(actors, key=lambda kind: kind.info.place):
        for item in site.of_kind(kind):
            if vars(item.entry).get("presse"):
                yield item


def network_heads(site: Site) -> Iterator[Item]:
    """Structures that are there for others and say where to reach them: they know who knows."""
    for item in site.places:
        lieu = item.of(PlaceEntry)
        if "reseau" in lieu.roles and (lieu.telephone or lieu.courriel) and not lieu.exemple:
            yield item


def press_link(site: Site) -> tuple[Lien, ...]:
    if has_press(site):
        return (Lien(WORDS["titre"], PRESS),)
    return ()
