"""What a portal published in a year: contents, events, structures, territories."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from portail.facts.place import PARTOUT
from portail.features.services.bilans.counting import MONTHS, table
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, counted
from portail.features.services.fiches.base import Answer
from portail.model.kinds import Kind
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.dates import jour
from portail.text.typography import nombre

from .counts import EVERYWHERE, KINDS, PORTAL, Figures, asked, plurals, years
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
_NETWORK = "Pour le réseau"
# Why these counts are higher than those of lists.
_NOT_LISTED = "« Pour le réseau » : ce que les listes du public ne montrent pas."


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
    pages = years_with_figures(site)
    found = {(year, kind): (count, trade) for year, kind, count, trade in asked(site, "tout")}
    active = dict(asked(site, "actives"))
    there = {kind for _, kind in found}
    shown = {kind: name for kind, name in plurals(KINDS).items() if kind in there}
    network = [_NETWORK] if any(trade for _, trade in found.values()) else []
    rows = []
    for year in reversed(pages):
        counts = [found.get((year, kind), (0, 0)) for kind in shown]
        kinds, trades = zip(*counts, strict=True)
        trade = [sum(trades) for _ in network]
        values = (sum(kinds), *kinds, active.get(year, 0), *trade)
        rows.append(Row(str(year), values, figures_of(year)))
    columns = ("Contenus", *shown.values(), "Structures actives", *network)
    note = _NOT_LISTED if network else ""
    counts_of_years = table("portail.annees", rows, *map(Column, columns), note=note)
    tables = (counts_of_years, *all_years_tables(site, "portail", pages))
    return Bilan("En chiffres", 0, tables=tables)


@per_site
def bilan_of_year(site: Site, annee: int) -> Bilan:
    """The figures of a year; sentences alone when nothing is known of it."""
    year = Year.of(site, PORTAL, annee)
    announced = tuple(year_keys(site, "portail", annee))
    tables = tuple(year_tables(site, "portail", annee))
    title = f"{annee} en chiffres"
    if not year.contents[0]:
        empty = f"Le portail n’a pas de contenu daté de {annee} : rien n’y est compté."
        return Bilan(title, annee, (empty,), announced, tables)
    return Bilan(
        title,
        annee,
        tuple(_phrases(year)),
        (*_keys(year), *announced),
        (*filter(None, _tables(year)), *tables),
        tuple(_method(site, annee)),
    )


class Year(Figures, frozen=True, dict=True, kw_only=True):
    """The contents of a year, and those of the year before."""

    @cached_property
    def kinds(self) -> list[Answer]:
        return asked(self.site, "genres", self.annee)

    @property
    def contents(self) -> tuple[int, int]:
        """How many in the year, in the year before."""
        found = [(year, count) for year, _, count, _ in self.kinds]
        now, before = (
            sum(count for year, count in found if year == one)
            for one in (self.annee, self.annee - 1)
        )
        return now, before

    @property
    def network(self) -> bool:
        """Whether some are for the network alone."""
        return any(trade for *_, trade in self.kinds)


def _phrases(year: Year) -> Iterator[str]:
    site = year.site
    found = {kind: (count, trade) for one, kind, count, trade in year.kinds if one == year.annee}
    parts = []
    for kind in KINDS:
        if kind.value in found:
            number, trade = found[kind.value]
            detail = f" (dont {nombre(trade)} pour le réseau)" if trade else ""
            parts.append(f"{nombre(number)} {kind.info.counted(number)}{detail}")
    yield f"{counted(year.contents[0], 'contenu')} : {', '.join(parts)}."
    if year.annee == site.day.date.year:
        day = jour(site.day.date, semaine=False)
        yield f"L’année n’est pas finie : ce qui est publié ou annoncé au {day} est compté."


def _keys(year: Year) -> Iterator[Key]:
    # Main counts, each beside that of the year before when there is one. Those of a year that is
    # not over are not all held yet.
    yield year.key("Contenus", *year.contents)
    now, before = year.totals
    if now.rendez_vous:
        over = year.annee < year.site.day.date.year
        yield year.events_key("Rendez-vous tenus" if over else "Rendez-vous")
    if now.communes:
        yield year.key("Communes", now.communes, before.communes)
    active = dict(asked(year.site, "actives"))
    if year.annee in active:
        counts = (active.get(one, 0) for one in (year.annee, year.annee - 1))
        yield year.key("Structures actives", *counts)


def _tables(year: Year) -> Iterator[Table]:
    site = year.site
    whole = year.contents[0]
    network = [Column(_NETWORK)] if year.network else []
    note = _NOT_LISTED if network else ""
    names = plurals(KINDS)
    yield year.by("portail.genres", year.kinds, names, *network, whole=whole, note=note)
    yield year.months()
    yield year.by("portail.publications", asked(site, "publications", year.annee), MONTHS)
    yield year.by("portail.themes", asked(site, "themes", year.annee), whole=whole)
    yield year.by_field("format", "portail")
    articles = [count for _, kind, count, _ in year.kinds if kind == Kind.ARTICLE.value]
    genres = asked(site, "articles", year.annee)
    yield year.by("portail.articles", genres, whole=articles[0] if articles else 0)
    yield year.offered()
    yield from _territories(year)
    yield _structures(year)


def _territories(year: Year) -> Iterator[Table]:
    # Events by département of the region, then those that are everywhere; its intercommunalités
    # where none takes place.
    site = year.site
    home = site.geography.home
    if home is None:
        return
    found = year.asked("endroits")
    counts = {code: count for one, code, count in found if one == year.annee}
    inside = site.geography.departements_of(home.code)
    names = {territory_code(departement): departement.nom for departement in inside}
    if EVERYWHERE in counts:
        names[EVERYWHERE] = PARTOUT
    away = year.number - counts.get(territory_code(home), 0)
    note = "Un rendez-vous qui vaut pour plusieurs départements compte dans chacun."
    if away:
        note += f" {nombre(away)} ailleurs, en ligne, ou sans commune connue."
    urls = {code: site.territory_url(code) for code in names}
    yield year.by("portail.departements", found, names, whole=year.number, urls=urls, note=note)
    rows = []
    for departement in inside if year.number else ():
        around = site.geography.home_epci_of(departement.code)
        without = sum(territory_code(epci) not in counts for epci in around)
        rows.append(Row(departement.nom, (without, len(around))))
    yield table("portail.intercommunalites", rows)


def _structures(year: Year) -> Table:
    site = year.site
    found = asked(site, "structures", year.annee)
    ((earlier,),) = asked(site, "anciennes", year.annee)
    rows = []
    for ref, count, new in found[:_MOST]:
        item = site.items.get(ref)
        if item and not item.entry.exemple:
            words = ("oui" if new else "",) if earlier else ()
            rows.append(Row(item.name, (count, *words), item.url))
    note = (
        f"{nombre(len(found))} structures nommées par un contenu de l’année, sur "
        f"{nombre(len(site.places))} de l’annuaire"
    )
    if earlier:
        number = sum(new for *_, new in found)
        note += f" ; {nombre(number)} ne l’étaient par aucun contenu plus ancien"
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
