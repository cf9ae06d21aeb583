"""What a portal published in a year: contents, events, structures, territories.

A content is of the year when it was published, an event of each year when it takes place. What is
given as an example is not counted. A year that is not over counts what is announced too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from portail.facts.price import is_free
from portail.figures.declared import declared_years, year_keys, year_tables
from portail.figures.table import Bilan, Column, Key, Row, Table, change, counts, share
from portail.model.articles import Article
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.site.editions import for_schools
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.dates import MOIS_COURTS, jour
from portail.text.typography import capital, nombre

KINDS = (Kind.EVENT, Kind.ARTICLE, Kind.ANNONCE, Kind.RESSOURCE, Kind.DOSSIER, Kind.PROJET)
"""What counts as a contribution: neither the directory nor what sorts the others."""
_OPEN = frozenset({"oui", "partiel"})
"""How an event answers that welcomes someone, at least in part."""
_MOST = 15
"""Rows of a table that could have hundreds."""


@dataclass(frozen=True)
class Year:
    """The contents of a year that are true, those of each kind in the order of its list."""

    annee: int
    items: tuple[Item, ...]

    @cached_property
    def events(self) -> tuple[Item, ...]:
        """Its events, those that were called off left out."""
        return tuple(one for one in self.items if _held(one))

    @cached_property
    def kinds(self) -> Counter[str]:
        """Its contents by kind."""
        return Counter(one.entry.kind.value for one in self.items)

    @cached_property
    def structures(self) -> frozenset[str]:
        """References of the places and structures that its contents name."""
        return frozenset(ref for one in self.items for ref in one.targets if _is_place(ref))

    @cached_property
    def themes(self) -> Counter[str]:
        """Its contents by theme: one that has two counts in both."""
        return Counter(code for one in self.items for code in one.entry.themes)

    def months(self, *kinds: Kind) -> list[int]:
        """Contents of ``kinds`` in each month, January first; an event counts in each month when
        it takes place."""
        found = Counter(
            month for one in self.items if one.entry.kind in kinds for month in _months(one, self)
        )
        return [found[month] for month in range(1, 13)]


def _is_place(ref: str) -> bool:
    return ref.startswith(f"{Kind.LIEU.value}/")


def _held(item: Item) -> bool:
    return isinstance(item.entry, Event) and any(one.etat != "annule" for one in item.occurrences)


def _months(item: Item, year: Year) -> set[int]:
    if isinstance(item.entry, Event):
        days = (one.premier_jour for one in item.occurrences if one.etat != "annule")
        return {day.month for day in days if day.year == year.annee}
    return {item.entry.publie_le.month} if item.entry.publie_le else set()


@per_site
def years(site: Site) -> Mapping[int, Year]:
    """Years that have a true content, latest first."""
    found: dict[int, list[Item]] = defaultdict(list)
    for kind in KINDS:
        for item in site.of_kind(kind):
            if not item.entry.exemple:
                for year in _years_of(item):
                    found[year].append(item)
    return {year: Year(year, tuple(found[year])) for year in sorted(found, reverse=True)}


def _years_of(item: Item) -> set[int]:
    """Of an event, when it takes place; of another, and of one whose day is still to be set, when
    it was published."""
    published = item.entry.publie_le
    days = {one.premier_jour.year for one in item.occurrences}
    return days or ({published.year} if published else set())


def told_years(site: Site) -> tuple[int, ...]:
    """Years that have something to tell, computed or declared, latest first; none to come."""
    known = {*years(site), *declared_years(site, "portail")}
    return tuple(year for year in sorted(known, reverse=True) if year <= site.day.date.year)


@answer
def has_figures(site: Site) -> bool:
    """Whether the site shows the figures of its years."""
    return site.config.chiffres and bool(told_years(site))


def published(site: Site) -> Mapping[str, Mapping[int, int]]:
    """What is counted of each year, beside what reports announce."""
    over = {year: len(one.items) for year, one in years(site).items()}
    return {"contributions": {year: over[year] for year in told_years(site) if year in over}}


@per_site
def bilan_of_year(site: Site, annee: int) -> Bilan:
    """The figures of a year; sentences alone when nothing is known of it."""
    year = years(site).get(annee, Year(annee, ()))
    before = years(site).get(annee - 1)
    keys, tables = list(year_keys(site, "portail", annee)), []
    if year.items:
        keys = [*_keys(year, before), *keys]
        tables = [one for one in _tables(site, year, before) if one]
    tables += year_tables(site, "portail", annee)
    return Bilan(
        f"{annee} en chiffres",
        annee,
        tuple(_phrases(site, year)),
        tuple(keys),
        tuple(tables),
        tuple(_method(site, annee)) if year.items else (),
    )


def _phrases(site: Site, year: Year) -> Iterator[str]:
    if not year.items:
        yield f"Le portail n’a pas de contenu daté de {year.annee} : rien n’y est compté."
        return
    count = len(year.items)
    parts = (
        f"{nombre(year.kinds[kind.value])} {kind.info.counted(year.kinds[kind.value])}"
        for kind in KINDS
        if year.kinds[kind.value]
    )
    yield f"{nombre(count)} contenu{'s' * (count > 1)} : {', '.join(parts)}."
    if year.annee == site.day.date.year:
        day = jour(site.day.date, semaine=False)
        yield f"L’année n’est pas finie : ce qui est publié ou annoncé au {day} est compté."


def _keys(year: Year, before: Year | None) -> Iterator[Key]:
    """Main counts, each beside that of the year before when there is one."""

    def key(label: str, now: int, last: int | None) -> Key:
        return Key(label, now, "", "" if last is None else change(now, last, year.annee - 1))

    yield key("Contenus", len(year.items), len(before.items) if before else None)
    if year.events:
        yield key("Rendez-vous tenus", len(year.events), len(before.events) if before else None)
    towns = _towns(year)
    if towns:
        yield key("Communes", len(towns), len(_towns(before)) if before else None)
    if year.structures:
        yield key("Structures actives", len(year.structures),
                  len(before.structures) if before else None)  # fmt: skip


def _towns(year: Year) -> frozenset[str]:
    return frozenset(one.commune.code for one in year.events if one.commune)


def _tables(site: Site, year: Year, before: Year | None) -> Iterator[Table]:
    last = [Column(str(before.annee))] if before else []
    kinds = {kind.value: capital(kind.info.pluriel) for kind in KINDS}
    rows = counts(year.kinds, kinds, len(year.items), before.kinds if before else None)
    shares = (Column("Contenus"), Column("Part", "%"), *last)
    yield Table("genres", "Par genre de contenu", "Genre", shares, rows, "barres")
    yield _by_month(year, before)
    yield _distribution(site, year, before, "themes", "Par thème", "Thème", year.themes,
                        before.themes if before else None, len(year.items), "Contenus",
                        "Un contenu de deux thèmes compte dans chacun.")  # fmt: skip
    formats, was = (_codes(one.events if one else (), "format") for one in (year, before))
    yield _distribution(site, year, before, "formats", "Rendez-vous par format", "Format", formats,
                        was if before else None, len(year.events), "Rendez-vous")  # fmt: skip
    articles = Counter(
        one.entry.genre for one in year.items if isinstance(one.entry, Article) and one.entry.genre
    )
    told = sum(articles.values())
    yield _distribution(site, year, None, "genres", "Articles par genre", "Genre", articles, None,
                        told, "Articles", code="articles")  # fmt: skip
    yield _welcome(year)
    yield _by_departement(site, year)
    yield _without(site, year)
    yield _structures(site, year)


def _by_month(year: Year, before: Year | None) -> Table:
    events = year.months(Kind.EVENT)
    others = year.months(*(kind for kind in KINDS if kind is not Kind.EVENT))
    columns, series = [Column("Rendez-vous")], [events]
    if before:
        columns.append(Column(f"Rendez-vous en {before.annee}"))
        series.append(before.months(Kind.EVENT))
    columns.append(Column("Publications"))
    series.append(others)
    rows = (Row(MOIS_COURTS[month], tuple(one[month] for one in series)) for month in range(12))
    note = "Un rendez-vous compte dans chaque mois où il a lieu."
    return Table("mois", "Mois par mois", "Mois", tuple(columns), tuple(rows), "colonnes", note)


def _codes(events: Iterable[Item], field: str) -> Counter[str]:
    return Counter(code for one in events for code in getattr(one.entry, field))


def _distribution(
    site: Site, year: Year, before: Year | None, vocabulary: str, title: str, first: str,
    found: Mapping[str, int], was: Mapping[str, int] | None, whole: int, what: str, note: str = "",
    *, code: str = "",
) -> Table:  # fmt: skip
    """Codes of a vocabulary, the most met first."""
    names = {one.code: capital(one.label) for one in site.vocabularies[vocabulary].values()}
    last = [Column(str(before.annee))] if before and was is not None else []
    rows = counts(found, names, whole, was)
    columns = (Column(what), Column("Part", "%"), *last)
    return Table(code or vocabulary, title, first, columns, rows, "barres", note)


def _welcome(year: Year) -> Table:
    """Free events, those open to someone with a handicap, those for classes; of each, how many
    say so, since what is not said is unknown."""
    events = [one.of(Event) for one in year.events]
    priced = [one for one in events if is_free(one) is not None]
    told = [one.accessibilite.niveaux.values() for one in events if one.accessibilite]
    known = [levels for levels in told if any(level != "inconnu" for level in levels)]
    free = sum(bool(is_free(one)) for one in priced)
    open_to = sum(not _OPEN.isdisjoint(levels) for levels in known)
    schools = sum(map(for_schools, events))
    rows = (
        ("Gratuits", free, len(priced)),
        ("Accessibles, au moins en partie, à un handicap", open_to, len(known)),
        ("Pour les classes", schools, len(events)),
    )
    return Table(
        "accueil",
        "Comment on y est reçu",
        "Rendez-vous",
        (Column("Nombre"), Column("Sur"), Column("Part", "%")),
        tuple(Row(name, (count, of, share(count, of))) for name, count, of in rows if of),
        "",
        "« Sur » : les rendez-vous qui disent leur prix, leur accessibilité. Ce qui n’est pas dit "
        "n’est pas compté.",
    )


def _by_departement(site: Site, year: Year) -> Table:
    """Events by département of the region."""
    home = site.geography.home
    if home is None:
        return Table("departements", "", "", (), ())
    found = _territories(year)
    rows = []
    for one in site.geography.departements_of(home.code):
        page = site.indexes.territory_pages.get(territory_code(one), "")
        count = found[territory_code(one)]
        url = site.items[page].url if page else ""
        rows.append(Row(one.nom, (count, share(count, len(year.events))), url))
    away = len(year.events) - found[territory_code(home)]
    note = "Un rendez-vous qui vaut pour plusieurs départements compte dans chacun."
    if away:
        note += f" {nombre(away)} ailleurs, en ligne, ou sans commune connue."
    columns = (Column("Rendez-vous"), Column("Part", "%"))
    return Table("departements", "Par département", "Département", columns, tuple(rows), "barres",
                 note)  # fmt: skip


def _without(site: Site, year: Year) -> Table:
    """Intercommunalités of the region where no event of the year takes place, by département."""
    home, found, rows = site.geography.home, _territories(year), []
    for one in site.geography.departements_of(home.code) if home and year.events else ():
        around = site.geography.home_epci_of(one.code)
        without = sum(not found[territory_code(epci)] for epci in around)
        rows.append(Row(one.nom, (without, len(around))))
    columns = (Column("Sans rendez-vous"), Column("En tout"))
    return Table("intercommunalites", "Intercommunalités sans rendez-vous", "Département", columns,
                 tuple(rows), "barres")  # fmt: skip


def _territories(year: Year) -> Counter[str]:
    return Counter(code for one in year.events for code, _ in one.territoires)


def _structures(site: Site, year: Year) -> Table:
    """The most active places and structures, and how many were never named before."""
    found = Counter(ref for one in year.items for ref in set(one.targets) if _is_place(ref))
    earlier = frozenset[str]().union(
        *(one.structures for past, one in years(site).items() if past < year.annee)
    )
    order = sorted(found, key=lambda ref: (-found[ref], ref))
    rows = (
        Row(site.items[ref].name, (found[ref], *(_new(ref, earlier) if earlier else ())),
            site.items[ref].url)
        for ref in order[:_MOST]
        if ref in site.items and not site.items[ref].entry.exemple
    )  # fmt: skip
    note = (
        f"{nombre(len(found))} structures nommées par un contenu de l’année, sur "
        f"{nombre(len(site.of_kind(Kind.LIEU)))} de l’annuaire"
    )
    if earlier:
        new = len(year.structures - earlier)
        note += f" ; {nombre(new)} ne l’étaient par aucun contenu plus ancien"
    columns = (Column("Contenus"), *([Column("Nouvelle")] if earlier else []))
    return Table("structures", "Structures les plus actives", "Structure", columns, tuple(rows),
                 "barres", f"{note}.")  # fmt: skip


def _new(ref: str, earlier: frozenset[str]) -> tuple[str]:
    return ("" if ref in earlier else "oui",)


def _method(site: Site, annee: int) -> Iterator[str]:
    yield "Un contenu compte l’année où il est publié ; un rendez-vous, chaque année où il a lieu."
    yield "Un rendez-vous annulé n’est pas compté parmi ceux qui se sont tenus."
    yield (
        "Une structure est active quand un contenu de l’année la nomme : elle organise, accueille, "
        "prête ou signe."
    )
    yield "Les parts sont arrondies : leur somme peut différer de 100 %."
    if any(one.annee == annee for file in site.declared for one in file.repartitions):
        yield "Ce qui a une source vient d’un rapport, et n’est pas recalculé ici."
