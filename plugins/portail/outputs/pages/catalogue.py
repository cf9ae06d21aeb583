"""The catalogue of tools to borrow, and what is free month after month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portail.agenda.loans import free_spans
from portail.agenda.weeks import Month
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TemplatePage
from portail.outputs.pages.follow_links import linked_feeds
from portail.outputs.pages.lists.facettes import narrowed_to
from portail.outputs.pages.lists.indexes import kinds_index
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, Pages
from portail.outputs.pages.page_context import WORDS, PageContext, context_of
from portail.outputs.pages.section_links import class_links
from portail.outputs.pages.slots import CATALOGUE_BAR
from portail.outputs.pages.tool_cards import (
    free_label,
    labelled,
    out_label,
    tool_cards,
    undated_cards,
)
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.site.indexes import TOOLS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.tools import FREE, free_in, is_tool
from portail.site.urls import CATALOGUE, HOME
from portail.text.dates import MOIS, jour, periode
from portail.text.typography import capital, nombre

_WORDS = WORDS["catalogue"]
TITLE = _WORDS["titre"]
_AHEAD, _FORMER = 6, 12
"""Months that have a page, the present one first; those before it whose address leads on."""
_DENSE = 8
"""Lines of a month: so many times the cards of a page."""
_ABOVE = (Lien("Accueil", HOME), Lien("Catalogue", CATALOGUE))


def catalogue_links(site: Site) -> tuple[Lien, ...]:
    """The link to the catalogue, when something can be borrowed."""
    return (Lien(TITLE, CATALOGUE),) if _tools(site) else ()


def month_links(site: Site) -> tuple[Lien, ...]:
    """The months that have a page: none when no sheet tells of loans."""
    year = site.day.date.year
    names = (
        (one, MOIS[one.month - 1] if one.year == year else _named(one)) for one in _months(site)
    )
    return tuple(Lien(f"Libres en {name}", free_in(one)) for one, name in names)


def plan_catalogue(site: Site) -> Iterator[TemplatePage]:
    """The catalogue, the pages of its values, those of its months."""
    if not _tools(site):
        return
    for pages in _lists(site).values():
        yield from pages.plan(_lists)


def former_months(site: Site) -> Iterator[str]:
    """Addresses of the months that are over, and of their folder: they lead to the catalogue."""
    if _months(site):
        former = Month.of(site.day.date)
        for _ in range(_FORMER):
            former = former.previous
            yield free_in(former)
        yield FREE


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    tools = _tools(site)
    cards = tool_cards(site)
    ressources = Kind.RESSOURCE.info

    def arranged(items: Sequence[Item]) -> Grouped:
        return Grouped([Group("Catalogue", tuple(cards[item.ref] for item in items))])

    first = Listing(
        url=CATALOGUE,
        titre=TITLE,
        chapo=_WORDS["chapo"],
        kind="outils",
        nombre=f"{nombre(len(tools))} {TOOLS.counted(len(tools))}",
        groups=arranged(tools).groups,
        rangement=arranged,
        fil=(Lien("Accueil", HOME),),
        rubrique=ressources.listing,
        taille=site.config.taille_page,
        voisins=(*month_links(site), *class_links(site)),
        boutons=tuple(CATALOGUE_BAR.ask(site)),
        flux=linked_feeds(site, CATALOGUE, ressources.listing),
        template="catalogue.html",
        papier=True,
    )
    months = (_month(month, first, site) for month in _months(site))
    return {one.url: Pages(site, one) for one in (*narrowed_to(site, first, TOOLS), *months)}


@per_site
def _tools(site: Site) -> tuple[Item, ...]:
    return tuple(item for item in site.of_kind(Kind.RESSOURCE) if is_tool(item))


def _months(site: Site) -> tuple[Month, ...]:
    """The present month and those that follow; none when nobody tells of any loan."""
    known = any(isinstance(one.entry, Ressource) and one.entry.itinerance for one in _tools(site))
    months = [Month.of(site.day.date)]
    while len(months) < _AHEAD:
        months.append(months[-1].next)
    return tuple(months) if known else ()


def _named(month: Month) -> str:
    return f"{MOIS[month.month - 1]} {month.year}"


def _month(month: Month, first: Listing, site: Site) -> Listing:
    """What is free in a month, by theme: all along, for a part of it, to be asked, then out."""
    cards = undated_cards(site)
    day = site.day.date
    tools = [(item.of(Ressource), cards[item.ref]) for item in _tools(site)]
    ranked = [
        (_rank(entry, month, site), labelled(card, month_label(entry, month, day)))
        for entry, card in tools
    ]
    ranked.sort(key=lambda row: row[0])
    free = sum(rank <= _PART for rank, *_ in ranked)
    asked = sum(rank == _ASKED for rank, *_ in ranked)
    groups = list(_by_theme([card for _, card in ranked], context_of(site)))
    return Listing(
        url=free_in(month),
        titre=f"Outils libres en {_named(month)}",
        chapo=_WORDS["mois"],
        kind="outils",
        nombre=_counted(free, asked),
        groups=groups,
        fil=_ABOVE,
        rubrique=first.rubrique,
        taille=_DENSE * site.config.taille_page,
        index=kinds_index(groups),
        voisins=(Lien("Tout le catalogue", CATALOGUE), *month_links(site)),
        flux=first.flux,
        template="catalogue.html",
        papier=True,
    )


def _counted(free: int, asked: int) -> str:
    """« 25 outils libres, 15 à demander »: what nobody tells is not said to be out."""
    told = f"{nombre(free)} {TOOLS.counted(free)} {'libres' if free > 1 else 'libre'}"
    if not asked:
        return told
    if not free:
        return f"{nombre(asked)} {TOOLS.counted(asked)} à demander"
    return f"{told}, {nombre(asked)} à demander"


_PART, _ASKED, _GONE = 1, 2, 3
"""Ranks, in a month, of what is free for a part of it (0: all along), to be asked, out."""


def _rank(entry: Ressource, month: Month, site: Site) -> int:
    if not entry.itinerance:
        return _ASKED
    first = max(month.first, site.day.date)
    spans = free_spans(entry.itinerance, entry.exemplaires, first, month.last)
    if not spans:
        return _GONE
    return _PART if (spans[0].du, spans[0].au) != (first, month.last) else 0


def _by_theme(cards: Sequence[Card], context: PageContext) -> Iterator[Group]:
    for code in (*context.vocabularies["themes"], ""):
        if some := tuple(card for card in cards if card.theme == code):
            title = capital(context.label("themes", code)) if code else "Autres outils"
            yield Group(title, some, "lignes", f"Theme-{code or 'autres'}")


def month_label(entry: Ressource, month: Month, day: date) -> Etiquette | None:
    """« Libre tout le mois », « Libre du 9 au 20 octobre », « En prêt tout le mois », of what is
    left of a month on ``day``; ``None``: not told."""
    if not entry.itinerance:
        return None
    first = max(month.first, day)
    last = month.last
    rest = "tout le mois" if first == month.first else WORDS["prets"]["fin_du_mois"]
    said = []
    for one in free_spans(entry.itinerance, entry.exemplaires, first, last):
        if (one.du, one.au) == (first, last):
            said = [rest]
        elif one.du == first > month.first:
            said.append(f"jusqu’au {jour(one.au, semaine=False, annee=False)}")
        else:
            said.append(periode(one.du, one.au, annee=False))
    if not said:
        return out_label(rest)
    return free_label(f"{', '.join(said[:-1])}{' ou ' * (len(said) > 1)}{said[-1]}")
