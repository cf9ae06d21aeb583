"""The list of what can be borrowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portail.features.kinds.ressources.model import Ressource
from portail.model.kinds import BORROWED
from portail.site.facets import TOOL_FACETS
from portail.site.indexes import NarrowedList, OwnValues
from portail.site.item import Item
from portail.site.site import Site
from portail.site.tools import is_tool, lender_code
from portail.site.urls import CATALOGUE
from portail.text.typography import capital


def _lenders(site: Site, items: Sequence[Item]) -> OwnValues:
    # The names of those who lend these tools, by value of the facet ``proprietaire``: as lists say
    # it, or what the sheet says.
    names: dict[tuple[str, str], str] = {}
    for item in items:
        entry = item.of(Ressource)
        if name := entry.proprietaire:
            lieu = site.lieu(name)
            pair = ("proprietaire", lender_code(entry))
            if lieu or pair not in names:
                names[pair] = lieu.short if lieu else name
    return OwnValues(names)


TOOLS = NarrowedList(
    CATALOGUE,
    BORROWED[0],
    TOOL_FACETS,
    nom="outil",
    pluriel="outils",
    article="un",
    holds=is_tool,
    near=True,
    values=_lenders,
)


def lists(site: Site) -> Iterable[NarrowedList]:
    """The tools that are lent, a list that facets narrow."""
    return (TOOLS,)


def theme_titles(site: Site) -> Iterator[tuple[str, str]]:
    """Codes and titles of themes in the order of the vocabulary, then of what has none."""
    for code in site.vocabularies["themes"]:
        yield code, capital(site.vocabularies.label("themes", code))
    yield "", "Autres outils"
