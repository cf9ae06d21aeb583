"""The catalogue of what can be borrowed: its list, and what is free month after month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from portail.agenda.weeks import Month
from portail.features.kinds.ressources.model import Ressource
from portail.features.kinds.ressources.tool_cards import (
    free_label,
    labelled,
    out_label,
    soonest,
    today_label,
    tool_cards,
    undated_cards,
)
from portail.features.services.facettes.lists import ListData, Row, narrows
from portail.features.services.facettes.pages import narrowed_to
from portail.features.services.prets.loans import copies_of, free_spans
from portail.model.kinds import BORROWED, Kind
from portail.outputs.base import Artifact, TemplatePage, TextFile, text_file
from portail.outputs.pages.frame import ACCUEIL, linked_feeds
from portail.outputs.pages.lists.paging import (
    Group,
    Grouped,
    Listing,
    counted,
    listed,
    plan_lists,
)
from portail.outputs.pages.slots import CATALOGUE_BAR, FOR_SCHOOLS
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette, Lien, NavGroup
from portail.outputs.pages.words import WORDS
from portail.resources import rows_of
from portail.site.facets import TOOL_FACETS, OwnValues, is_tool, lender_code
from portail.site.indexes import NarrowedList
from portail.site.item import Item
from portail.site.memo import borrowable
from portail.site.site import Site
from portail.site.urls import CATALOGUE, data_of
from portail.text.dates import MOIS, jour, periode
from portail.text.typography import capital, nombre


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


_WORDS: Mapping[str, str] = rows_of("portail_fonds.catalogue", "mots")
TITLE = WORDS["catalogue"]["titre"]
# Site path of what is free, month after month.
FREE = f"{CATALOGUE}libre/"
# Months that have a page, the present one first.
_AHEAD = 6
# Months before it whose address leads to the catalogue.
_FORMER = 12
# Lines of a month: so many times the cards of a page.
_DENSE = 8


def catalogue_links(site: Site) -> tuple[Lien, ...]:
    if borrowable(site):
        return (Lien(TITLE, CATALOGUE),)
    return ()


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    if kind is TOOLS.kind:
        return catalogue_links(site)
    return ()


def menu_links(site: Site) -> tuple[Lien, ...]:
    if borrowable(site):
        return (Lien("Catalogue", CATALOGUE),)
    return ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    if kind is TOOLS.kind and (links := catalogue_links(site)):
        yield NavGroup("Catalogue", (*links, *CATALOGUE_BAR.ask(site)))


def free_in(month: Month) -> str:
    """Site path of the tools that are free in a month.

    >>> free_in(Month(2021, 10))
    '/catalogue/libre/2021-10/'
    """
    return f"{FREE}{month.slug.replace('/', '-')}/"


def month_links(site: Site) -> tuple[Lien, ...]:
    year = site.day.date.year
    names = (
        (month, MOIS[month.month - 1] if month.year == year else _named(month))
        for month in _months(site)
    )
    return tuple(Lien(f"Libres en {name}", free_in(month)) for month, name in names)


def plan_catalogue(site: Site) -> Iterator[TemplatePage]:
    return plan_lists(_lists, site)


def former_months(site: Site) -> Iterator[tuple[str, str]]:
    """Addresses of the months that are over, since a tool was first shown, and of their folder:
    they lead to the catalogue."""
    if _months(site):
        former = Month.of(site.day.date)
        shown = (item.entry.publie_le for item in borrowable(site))
        first = Month.of(min(day or date.min for day in shown))
        for _ in range(_FORMER):
            former = former.previous
            if former >= first:
                yield free_in(former), CATALOGUE
        yield FREE, CATALOGUE


@listed
def _lists(site: Site) -> Iterator[Listing]:
    tools = borrowable(site)
    if not tools:
        return
    cards = tool_cards(site)
    ressources = TOOLS.kind.info

    def arranged(items: Sequence[Item]) -> Grouped:
        return Grouped([Group("Catalogue", tuple(cards[item.ref] for item in items))])

    first = Listing(
        url=CATALOGUE,
        titre=TITLE,
        chapo=_WORDS["chapo"],
        kind="outils",
        nombre=f"{nombre(len(tools))} {TOOLS.counted(len(tools))}",
        grouped=arranged(tools),
        rangement=arranged,
        rubrique=ressources.listing,
        voisins=(*month_links(site), *FOR_SCHOOLS.ask(site)),
        boutons=tuple(CATALOGUE_BAR.ask(site)),
        flux=linked_feeds(site, CATALOGUE, ressources.listing),
        template="catalogue.html",
    )
    yield from narrowed_to(site, first, TOOLS)
    for month in _months(site):
        yield _month(month, first, site)


def _months(site: Site) -> tuple[Month, ...]:
    known = any(item.of(Ressource).itinerance for item in borrowable(site))
    months = [Month.of(site.day.date)]
    while len(months) < _AHEAD:
        months.append(months[-1].next)
    if known:
        return tuple(months)
    return ()


def _named(month: Month) -> str:
    return f"{MOIS[month.month - 1]} {month.year}"


def _month(month: Month, first: Listing, site: Site) -> Listing:
    cards = undated_cards(site)
    day = site.day.date
    tools = [(item.of(Ressource), cards[item.ref]) for item in borrowable(site)]
    ranked = [
        (_rank(entry, month, site), labelled(card, month_label(entry, month, day)))
        for entry, card in tools
    ]
    ranked.sort(key=lambda row: row[0])
    free = sum(rank <= _PART for rank, *_ in ranked)
    to_ask = sum(rank == _ASKED for rank, *_ in ranked)
    return Listing(
        url=free_in(month),
        titre=f"Outils libres en {_named(month)}",
        chapo=_WORDS["mois"],
        kind="outils",
        nombre=_counted(free, to_ask),
        grouped=counted(_by_theme([card for _, card in ranked], site)),
        fil=(ACCUEIL, Lien("Catalogue", CATALOGUE)),
        rubrique=first.rubrique,
        taille=_DENSE,
        voisins=(Lien("Tout le catalogue", CATALOGUE), *month_links(site)),
        flux=first.flux,
        template="catalogue.html",
    )


def _counted(free: int, to_ask: int) -> str:
    # « 25 outils libres, 15 à demander »: what nobody tells is not said to be out.
    counted = f"{nombre(free)} {TOOLS.counted(free)} {'libres' if free > 1 else 'libre'}"
    if not to_ask:
        return counted
    if not free:
        return f"{nombre(to_ask)} {TOOLS.counted(to_ask)} à demander"
    return f"{counted}, {nombre(to_ask)} à demander"


# Ranks of tools in a month.
# Free all along.
_FREE = 0
# Free for a part of it.
_PART = 1
# Its sheet tells no loan: one asks.
_ASKED = 2
# Out all along.
_GONE = 3


def _rank(entry: Ressource, month: Month, site: Site) -> int:
    if not entry.itinerance:
        return _ASKED
    first = max(month.first, entry.had_from(site.day.date))
    spans = free_spans(entry.itinerance, entry.exemplaires, first, month.last)
    if not spans:
        return _GONE
    start = max(month.first, site.day.date)
    if (spans[0].du, spans[0].au) == (start, month.last):
        return _FREE
    return _PART


def _by_theme(cards: Sequence[Card], site: Site) -> Iterator[Group]:
    for code, title in theme_titles(site):
        if with_theme := tuple(card for card in cards if card.theme == code):
            yield Group(title, with_theme, "lignes", f"Theme-{code or 'autres'}")


def month_label(entry: Ressource, month: Month, day: date) -> Etiquette | None:
    """« Libre tout le mois », « En prêt tout le mois »… of what is left of a month on ``day``;
    ``None`` for a sheet that tells no loan.
    """
    if not entry.itinerance:
        return None
    first = max(month.first, day)
    last = month.last
    had = entry.had_from(day)
    if had > last:
        return Etiquette(capital(soonest(had, day)), "en-pret")
    until = "tout le mois" if first == month.first else _WORDS["fin_du_mois"]
    parts = []
    for span in free_spans(entry.itinerance, entry.exemplaires, max(first, had), last):
        if (span.du, span.au) == (first, last):
            parts = [until]
        elif span.du == first > month.first:
            parts.append(f"jusqu’au {jour(span.au, semaine=False, annee=False)}")
        else:
            parts.append(periode(span.du, span.au, annee=False))
    if not parts:
        return out_label(until)
    return free_label(f"{', '.join(parts[:-1])}{' ou ' * (len(parts) > 1)}{parts[-1]}")


def plan_data(site: Site) -> Iterator[TextFile]:
    """Its filter data (``facettes/lists.py``), when it offers facets: the loans of each
    tool too, from which ``demande.js`` says when it is free."""
    if narrows(site, TOOLS):
        yield text_file(site, data_of(TOOLS.url), _rows)


def _rows(site: Site) -> Iterator[str]:
    data = ListData(site, TOOLS.url)
    rows = []
    for ref, pairs in data.pairs.items():
        item = site.items[ref]
        card = tool_cards(site)[ref]
        entry = item.of(Ressource)
        label = labelled(card, today_label(entry, site))
        row = data.table.row(card, card.details, item.commune, pairs)
        strip = []
        if card.prets and card.prets.mois:
            strip = [card.prets.pris]
        rows.append([*row, data.labels(label), None, *_loans(item, site.day.date), *strip])
    return data.text(rows)


def _loans(item: Item, day: date) -> Row:
    # Of a tool: how many copies there are, 0 when its sheet tells no loan; the loans that are not
    # over on ``day``, each with its copy, as the page of the tool tells them to ``demande.js``; how
    # many days before one asks.
    entry = item.of(Ressource)
    if not entry.itinerance:
        return [0, "", entry.delai]
    number = entry.exemplaires
    copies = copies_of(entry.itinerance, number)
    current = (
        f"{copy} {loan.du} {loan.au}"
        for copy, loan in zip(copies, entry.itinerance, strict=True)
        if loan.au >= day
    )
    return [number, ",".join(current), entry.delai]


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_catalogue(site)
    yield from plan_data(site)


def address(site: Site) -> str:
    return CATALOGUE
