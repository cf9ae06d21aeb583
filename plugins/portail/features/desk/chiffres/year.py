"""What a portal published in a year: contents, events, structures, territories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from portail.facts.place import PARTOUT
from portail.features.desk.chiffres.declared import reports_of, year_keys, year_tables
from portail.features.desk.chiffres.held import KINDS, Pair, Year, YearEvent, years
from portail.features.services.bilans.counting import MONTHS, Cut, Past, count, part, table_of
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, change, counted
from portail.model.articles import ArticleEntry
from portail.model.kinds import is_place
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.dates import jour
from portail.text.typography import capital, nombre

_MOST = 15
"""Rows of a table that could have hundreds."""


def years_with_figures(site: Site) -> tuple[int, ...]:
    """Years that have a page, latest first: those that have a content; none to come."""
    return tuple(year for year in years(site) if year <= site.day.date.year)


@answer
def has_figures(site: Site) -> bool:
    """Whether the site shows the figures of its years."""
    return bool(site.config.added.get("chiffres")) and bool(years_with_figures(site))


@per_site
def bilan_of_year(site: Site, annee: int) -> Bilan:
    """The figures of a year; sentences alone when nothing is known of it."""
    year = years(site).get(annee, Year(annee, ()))
    before = years(site).get(annee - 1)
    keys = list(year_keys(site, "portail", annee))
    tables = []
    if year.items:
        keys = [*_keys(year, before, site.day.date), *keys]
        tables = [table for table in _tables(site, year, before) if table]
    tables += year_tables(site, "portail", annee)
    title = f"{annee} en chiffres"
    method = tuple(_method(site, annee)) if year.items else ()
    return Bilan(title, annee, tuple(_phrases(site, year)), tuple(keys), tuple(tables), method)


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
    yield f"{counted(count, 'contenu')} : {', '.join(parts)}."
    if year.annee == site.day.date.year:
        day = jour(site.day.date, semaine=False)
        yield f"L’année n’est pas finie : ce qui est publié ou annoncé au {day} est compté."


def _keys(year: Year, before: Year | None, today: date) -> Iterator[Key]:
    """Main counts, each beside that of the year before when there is one. Those of a year that is
    not over are not all held yet."""

    def key(label: str, count: Callable[[Year], int]) -> Key:
        note = change(count(year), count(before), before.annee) if before else ""
        return Key(label, count(year), "", note)

    yield key("Contenus", lambda contents: len(contents.items))
    if year.events:
        label = "Rendez-vous tenus" if year.annee < today.year else "Rendez-vous"
        yield key(label, lambda contents: len(contents.events))
    if _towns(year):
        yield key("Communes", lambda contents: len(_towns(contents)))
    if year.structures:
        yield key("Structures actives", lambda contents: len(contents.structures))


def _towns(year: Year) -> frozenset[str]:
    return frozenset(event.item.commune.code for event in year.events if event.item.commune)


def _tables(site: Site, year: Year, before: Year | None) -> Iterator[Table]:
    lists = site.vocabularies
    last = before or Year(year.annee - 1, ())
    events = Pair(year.annee, year.events, last.events, bool(before))
    kinds = {kind.value: capital(kind.info.pluriel) for kind in KINDS}
    yield _contents(
        Cut(
            "genres", "Par genre de contenu", "Genre", lambda item: (item.entry.kind.value,), kinds
        ),
        year,
        before,
    )
    yield events.months()
    yield _publications(year, before)
    names = {code: capital(term.label) for code, term in lists["themes"].items()}
    themes = Cut[Item]("themes", "Par thème", "Thème", lambda item: item.entry.themes, names)
    yield _contents(themes, year, before, "Un contenu de deux thèmes compte dans chacun.")
    yield events.by("format", "Rendez-vous par format", "Format", "formats", lists)
    yield _articles(site, year)
    yield events.offered()
    yield _by_departement(site, year)
    yield _without(site, year)
    yield _structures(site, year)


def _contents(cut: Cut[Item], year: Year, before: Year | None, note: str = "") -> Table:
    """The contents of a year, beside the year before."""
    past = Past(Column(str(before.annee)), before.items) if before else None
    return table_of(cut, (count("Contenus"), part(len(year.items))), year.items, past, note)


def _publications(year: Year, before: Year | None) -> Table:
    """What is published each month, besides events."""

    def month(item: Item) -> tuple[int, ...]:
        day = item.entry.publie_le
        return (day.month,) if day and not item.entry.kind.info.dated else ()

    titles = ("publications", "Publications, mois par mois", "Mois")
    cut = Cut(*titles, month, MONTHS, dessin="colonnes", every=True)
    past = Past(Column(str(before.annee)), before.items) if before else None
    note = "Articles, annonces, ressources, dossiers, projets."
    return table_of(cut, (count(str(year.annee)),), year.items, past, note)


def _articles(site: Site, year: Year) -> Table:
    """Articles by genre."""
    every = [item for item in year.items if isinstance(item.entry, ArticleEntry)]
    articles = [item for item in every if item.of(ArticleEntry).genre]
    names = {code: capital(term.label) for code, term in site.vocabularies["genres"].items()}
    cut = Cut[Item](
        "articles",
        "Articles par genre",
        "Genre",
        lambda article: (article.of(ArticleEntry).genre,),
        names,
    )
    whole = len(every)
    return table_of(cut, (count("Articles"), part(whole)), articles)


def _by_departement(site: Site, year: Year) -> Table:
    """Events by département of the region, then those that are everywhere."""
    home = site.geography.home
    if home is None:
        return Table("departements", "", "", (), ())
    inside = site.geography.departements_of(home.code)
    names = {territory_code(departement): departement.nom for departement in inside}
    if any(event.item.partout for event in year.events):
        names[PARTOUT] = PARTOUT
    cut = Cut[YearEvent](
        "departements",
        "Par département",
        "Département",
        lambda event: (PARTOUT,) if event.item.partout else event.territoires,
        names,
        {code: site.territory_url(code) for code in names},
        every=True,
    )
    away = len(year.events) - _territories(year)[territory_code(home)]
    note = "Un rendez-vous qui vaut pour plusieurs départements compte dans chacun."
    if away:
        note += f" {nombre(away)} ailleurs, en ligne, ou sans commune connue."
    measures = (count("Rendez-vous"), part(len(year.events)))
    return table_of(cut, measures, year.events, note=note)


def _without(site: Site, year: Year) -> Table:
    """Intercommunalités of the region where no event of the year takes place, by département."""
    home = site.geography.home
    counts = _territories(year)
    rows = []
    for departement in site.geography.departements_of(home.code) if home and year.events else ():
        around = site.geography.home_epci_of(departement.code)
        without = sum(not counts[territory_code(epci)] for epci in around)
        rows.append(Row(departement.nom, (without, len(around))))
    columns = (Column("Sans rendez-vous"), Column("En tout"))
    title = "Intercommunalités sans rendez-vous"
    return Table("intercommunalites", title, "Département", columns, tuple(rows), "barres")


def _territories(year: Year) -> Counter[str]:
    return Counter(code for event in year.events for code in event.territoires)


def _structures(site: Site, year: Year) -> Table:
    """The most active places and structures, and how many were never named before."""
    counts = Counter(ref for item in year.items for ref in set(item.targets) if is_place(ref))
    earlier = frozenset[str]().union(
        *(contents.structures for past, contents in years(site).items() if past < year.annee)
    )
    order = sorted(counts, key=lambda ref: (-counts[ref], ref))
    rows = []
    for ref in order[:_MOST]:
        item = site.items.get(ref)
        if item and not item.entry.exemple:
            values = (counts[ref], *(("" if ref in earlier else "oui",) if earlier else ()))
            rows.append(Row(item.name, values, item.url))
    note = (
        f"{nombre(len(counts))} structures nommées par un contenu de l’année, sur "
        f"{nombre(len(site.places))} de l’annuaire"
    )
    if earlier:
        new = len(year.structures - earlier)
        note += f" ; {nombre(new)} ne l’étaient par aucun contenu plus ancien"
    columns = (Column("Contenus"), *([Column("Nouvelle")] if earlier else []))
    title = "Structures les plus actives"
    return Table("structures", title, "Structure", columns, tuple(rows), "barres", f"{note}.")


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
