"""What a portal published in a year: contents, events, structures, territories."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from portail.features.services.bilans.table import (
    Bilan,
    Column,
    Key,
    Row,
    Table,
    counted,
    table,
)
from portail.features.services.fiches.records import Answer
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from . import readers
from .counts import KINDS, PORTAL, Figures, asked, years
from .reports import (
    all_years_tables,
    reports_of,
    year_keys,
    year_tables,
)

# Site path of the years side by side.
FIGURES = "/en-chiffres/"
_NETWORK = "Pour le réseau"
# Why these counts are higher than those of lists.
_NOT_LISTED = "« Pour le réseau » : ce que les listes du public ne montrent pas."


def figures_of(year: int) -> str:
    return f"{FIGURES}{year}/"


def years_with_figures(site: Site) -> tuple[int, ...]:
    """Years that have a page, latest first: those that have a content; none to come."""
    return tuple(year for year in years(site) if year <= site.day.date.year)


def active_in(site: Site) -> dict[int, int]:
    """How many structures a content of each year names."""
    return {int(year): int(number) for year, number in asked(site, "actives")}


@answer
def has_figures(site: Site) -> bool:
    return bool(site.config.added.get("chiffres")) and bool(years_with_figures(site))


@per_site
def all_years(site: Site) -> Bilan:
    """What is counted of every year, then what reports announce, series by series."""
    pages = years_with_figures(site)
    by_year = {(year, kind): (count, trade) for year, kind, count, trade in asked(site, "genres")}
    active = active_in(site)
    shown = [kind for kind in KINDS if any(code == kind.value for _, code in by_year)]
    network = []
    if any(trade for _, trade in by_year.values()):
        network = [_NETWORK]
    rows = []
    for year in reversed(pages):
        kinds, trades = zip(
            *(by_year.get((year, kind.value), (0, 0)) for kind in shown), strict=True
        )
        values = (sum(kinds), *kinds, active.get(year, 0), *(sum(trades) for _ in network))
        rows.append(Row(str(year), values, figures_of(year)))
    names = (capital(kind.info.pluriel) for kind in shown)
    columns = ("Contenus", *names, "Structures actives", *network)
    note = _NOT_LISTED if network else ""
    counts = table("portail.annees", rows, *map(Column, columns), note=note)
    read = readers.years_table(site)
    return Bilan("En chiffres", 0, tables=(counts, read, *all_years_tables(site, "portail", pages)))


@per_site
def bilan_of_year(site: Site, annee: int) -> Bilan:
    """The figures of a year; sentences alone when nothing is known of it."""
    year = Year.of(site, PORTAL, annee)
    announced = (*readers.keys(site, annee), *year_keys(site, "portail", annee))
    read = filter(None, readers.tables(site, annee))
    tables = (*read, *year_tables(site, "portail", annee))
    title = f"{annee} en chiffres"
    if not year.contents(annee):
        empty = f"Le portail n’a pas de contenu daté de {annee} : rien n’y est compté."
        return Bilan(title, annee, (empty,), announced, tables)
    return Bilan(
        title,
        annee,
        phrases=tuple(_phrases(year)),
        cles=(*_keys(year), *announced),
        tables=tuple(filter(None, (*_tables(year), *tables))),
        methode=tuple(_method(site, annee)),
    )


class Year(Figures, frozen=True, dict=True, kw_only=True):
    """The contents of a year, and those of the year before."""

    @cached_property
    def kinds(self) -> list[Answer]:
        """How many of each kind, and for the network."""
        years = (self.annee, self.annee - 1)
        return [row for row in asked(self.site, "genres") if row[0] in years]

    def contents(self, annee: int) -> int:
        return sum(count for year, _, count, _ in self.kinds if year == annee)


def _phrases(year: Year) -> Iterator[str]:
    site = year.site
    by_kind = {
        kind: (count, trade)
        for row_year, kind, count, trade in year.kinds
        if row_year == year.annee
    }
    parts = []
    for kind in KINDS:
        if kind.value in by_kind:
            number, trade = by_kind[kind.value]
            detail = f" (dont {nombre(trade)} pour le réseau)" if trade else ""
            parts.append(f"{nombre(number)} {kind.info.counted(number)}{detail}")
    yield f"{counted(year.contents(year.annee), 'contenu')} : {', '.join(parts)}."
    if year.annee == site.day.date.year:
        day = jour(site.day.date, semaine=False)
        yield f"L’année n’est pas finie : ce qui est publié ou annoncé au {day} est compté."


def _keys(year: Year) -> Iterator[Key]:
    # Main counts, each beside that of the year before when there is one. Those of a year that is
    # not over are not all held yet.
    both = year.annee, year.annee - 1
    yield year.key("Contenus", *map(year.contents, both))
    now, before = year.totals
    if now.rendez_vous:
        over = year.annee < year.site.day.date.year
        yield year.events_key("Rendez-vous tenus" if over else "Rendez-vous")
    if now.communes:
        yield year.key("Communes", now.communes, before.communes)
    active = active_in(year.site)
    if year.annee in active:
        yield year.key("Structures actives", *(active.get(side, 0) for side in both))


def _tables(year: Year) -> Iterator[Table]:
    trade = any(trade for *_, trade in year.kinds)
    without = () if trade else (_NETWORK,)
    yield year.told("portail.genres", without=without, note=_NOT_LISTED if trade else "")
    yield from map(year.told, ("evenements.mois", "portail.publications", "portail.themes"))
    yield year.by_field("format", "portail.format")
    yield year.told("portail.articles")
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
    region = {"region": territory_code(home)}
    note = "Un rendez-vous qui vaut pour plusieurs départements compte dans chacun."
    ((away,),) = year.asked("ailleurs", **region)
    if away:
        note += f" {nombre(away)} ailleurs, en ligne, ou sans commune connue."
    yield table("portail.departements", year.rows("portail.departements", **region), note=note)
    name = "portail.intercommunalites"
    yield table(name, year.rows(name, **region) if year.number else ())


def _structures(year: Year) -> Table:
    ((named, earlier, new),) = year.asked("structures")
    note = (
        f"{nombre(named)} structures nommées par un contenu de l’année, sur "
        f"{nombre(len(year.site.places))} de l’annuaire"
    )
    if earlier:
        note += f" ; {nombre(new)} ne l’étaient par aucun contenu plus ancien"
    without = () if earlier else ("Nouvelle",)
    return year.told("portail.structures", without=without, note=f"{note}.")


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
