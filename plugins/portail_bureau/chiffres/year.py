"""What a portal published in a year: contents, events, structures, territories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from portail.facts.place import PARTOUT
from portail.features.services.bilans.counting import (
    MONTHS,
    Counts,
    Measure,
    count,
    part,
    table,
)
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, counted
from portail.model.articles import ArticleEntry
from portail.model.kinds import is_place
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.dates import jour
from portail.text.typography import nombre

from .counts import (
    KINDS,
    Events,
    Year,
    YearEvent,
    plurals,
    structures_of,
    years,
)
from .reports import (
    all_years_tables,
    reports_of,
    year_keys,
    year_tables,
)

# Site path of the years side by side.
FIGURES = "/en-chiffres/"
# Rows of a table that could have hundreds.
_MOST = 15


def figures_of(year: int) -> str:
    return f"{FIGURES}{year}/"


def years_with_figures(site: Site) -> tuple[int, ...]:
    """Years that have a page, latest first: those that have a content; none to come."""
    return tuple(year for year in years(site) if year <= site.day.date.year)


@answer
def has_figures(site: Site) -> bool:
    return bool(site.config.added.get("chiffres")) and bool(years_with_figures(site))


@per_site
def all_years(site: Site) -> Bilan:
    """What is counted of every year, then what reports announce, series by series."""
    by_year = years(site)
    pages = years_with_figures(site)
    shown = [kind for kind in KINDS if any(year.kinds[kind] for year in by_year.values())]
    network = [_NETWORK] if any(_trade(year.items) for year in by_year.values()) else []
    columns = ("Contenus", *plurals(shown).values(), "Structures actives", *network)
    rows = []
    for annee in reversed(pages):
        year = by_year[annee]
        kinds = (year.kinds[kind] for kind in shown)
        trade = (_trade(year.items) for _ in network)
        values = (len(year.items), *kinds, len(year.structures), *trade)
        rows.append(Row(str(annee), values, figures_of(annee)))
    note = _NOT_LISTED if network else ""
    counts = table("portail.annees", rows, *map(Column, columns), note=note)
    return Bilan("En chiffres", 0, tables=(counts, *all_years_tables(site, "portail", pages)))


@per_site
def bilan_of_year(site: Site, annee: int) -> Bilan:
    """The figures of a year; sentences alone when nothing is known of it."""
    year = years(site).get(annee, Year(annee, ()))
    announced = tuple(year_keys(site, "portail", annee))
    tables = tuple(year_tables(site, "portail", annee))
    title = f"{annee} en chiffres"
    if not year.items:
        empty = f"Le portail n’a pas de contenu daté de {annee} : rien n’y est compté."
        return Bilan(title, annee, (empty,), announced, tables)
    before = years(site).get(annee - 1, Year(annee - 1, ()))
    compared = bool(before.items)
    contents = Counts(site, annee, year.items, before.items, compared)
    events = Events(site, annee, year.events, before.events, compared)
    return Bilan(
        title,
        annee,
        tuple(_phrases(site, year)),
        (*_keys(contents, events), *announced),
        (*filter(None, _tables(contents, events)), *tables),
        tuple(_method(site, annee)),
    )


_NETWORK = "Pour le réseau"
# Why these counts are higher than those of lists.
_NOT_LISTED = "« Pour le réseau » : ce que les listes du public ne montrent pas."


def _trade(items: Iterable[Item]) -> int:
    return sum(item.reseau for item in items)


def _phrases(site: Site, year: Year) -> Iterator[str]:
    parts = []
    for kind in KINDS:
        if number := year.kinds[kind]:
            trade = _trade(item for item in year.items if item.entry.kind is kind)
            detail = f" (dont {nombre(trade)} pour le réseau)" if trade else ""
            parts.append(f"{nombre(number)} {kind.info.counted(number)}{detail}")
    yield f"{counted(len(year.items), 'contenu')} : {', '.join(parts)}."
    if year.annee == site.day.date.year:
        day = jour(site.day.date, semaine=False)
        yield f"L’année n’est pas finie : ce qui est publié ou annoncé au {day} est compté."


def _keys(contents: Counts[Item], events: Events) -> Iterator[Key]:
    # Main counts, each beside that of the year before when there is one. Those of a year that is
    # not over are not all held yet.
    yield contents.key("Contenus")
    if events.now:
        over = contents.annee < contents.site.day.date.year
        yield events.key("Rendez-vous tenus" if over else "Rendez-vous")
    if _towns(events.now):
        yield events.key("Communes", _towns)
    if structures_of(contents.now):
        yield contents.key("Structures actives", lambda items: len(structures_of(items)))


def _towns(events: Sequence[YearEvent]) -> int:
    return len({event.item.commune.code for event in events if event.item.commune})


def _tables(contents: Counts[Item], events: Events) -> Iterator[Table]:
    trade = Measure[Item](Column(_NETWORK), lambda key, some: _trade(some))
    network = [trade] if _trade((*contents.now, *contents.before)) else []
    yield contents.by(
        "portail.genres",
        lambda item: (item.entry.kind,),
        plurals(KINDS),
        *(count("Contenus"), part(len(contents.now)), *network),
        note=_NOT_LISTED if network else "",
    )
    yield events.months()
    yield contents.by("portail.publications", _month, MONTHS)
    yield contents.by("portail.themes", lambda item: item.entry.themes)
    yield events.by_field("format", "portail")
    articles = tuple(item for item in contents.now if isinstance(item.entry, ArticleEntry))
    yield Counts(contents.site, contents.annee, articles).by(
        "portail.articles", lambda item: filter(None, (item.of(ArticleEntry).genre,))
    )
    yield events.offered()
    yield from _territories(events)
    yield _structures(contents)


def _month(item: Item) -> tuple[int, ...]:
    day = item.entry.publie_le
    return (day.month,) if day and not item.entry.kind.info.dated else ()


def _territories(events: Events) -> Iterator[Table]:
    # Events by département of the region, then those that are everywhere; its intercommunalités
    # where none takes place.
    site = events.site
    home = site.geography.home
    if home is None:
        return
    counts = Counter(code for event in events.now for code in event.territoires)
    inside = site.geography.departements_of(home.code)
    names = {territory_code(departement): departement.nom for departement in inside}
    if any(event.item.partout for event in events.now):
        names[PARTOUT] = PARTOUT
    away = len(events.now) - counts[territory_code(home)]
    note = "Un rendez-vous qui vaut pour plusieurs départements compte dans chacun."
    if away:
        note += f" {nombre(away)} ailleurs, en ligne, ou sans commune connue."
    yield events.by(
        "portail.departements",
        lambda event: (PARTOUT,) if event.item.partout else event.territoires,
        names,
        urls={code: site.territory_url(code) for code in names},
        note=note,
    )
    rows = []
    for departement in inside if events.now else ():
        around = site.geography.home_epci_of(departement.code)
        without = sum(not counts[territory_code(epci)] for epci in around)
        rows.append(Row(departement.nom, (without, len(around))))
    yield table("portail.intercommunalites", rows)


def _structures(contents: Counts[Item]) -> Table:
    site = contents.site
    counts = Counter(ref for item in contents.now for ref in set(item.targets) if is_place(ref))
    earlier = frozenset[str]().union(
        *(year.structures for past, year in years(site).items() if past < contents.annee)
    )
    rows = []
    for ref in sorted(counts, key=lambda ref: (-counts[ref], ref))[:_MOST]:
        item = site.items.get(ref)
        if item and not item.entry.exemple:
            new = ("" if ref in earlier else "oui",) if earlier else ()
            rows.append(Row(item.name, (counts[ref], *new), item.url))
    note = (
        f"{nombre(len(counts))} structures nommées par un contenu de l’année, sur "
        f"{nombre(len(site.places))} de l’annuaire"
    )
    if earlier:
        new_ones = len(counts.keys() - earlier)
        note += f" ; {nombre(new_ones)} ne l’étaient par aucun contenu plus ancien"
    more = [Column("Nouvelle")] if earlier else []
    return table("portail.structures", rows, *more, note=f"{note}.")


def _method(site: Site, annee: int) -> Iterator[str]:
    yield "Un contenu compte l’année où il est publié ; un rendez-vous, chaque année où il a lieu."
    yield "Un rendez-vous annulé n’est pas compté."
    yield (
        "Une structure est active quand un contenu de l’année la nomme : elle organise, accueille, "
        "prête ou signe."
    )
    yield "Les parts sont arrondies : leur somme peut différer de 100 %."
    if any(row.annee == annee for file in reports_of(site) for row in file.repartitions):
        yield "Ce qui a une source vient d’un rapport, et n’est pas recalculé ici."
