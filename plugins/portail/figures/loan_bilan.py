"""The bilan of the loans of a year: sentences, counts, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial

from msgspec import Struct

from portail.agenda.weeks import Month
from portail.figures.declared import all_years_tables, year_keys, year_tables
from portail.figures.loans import (
    LoanYear,
    Out,
    given_as_examples,
    left_out,
    loan_years,
    loans_in,
    tools_of,
)
from portail.figures.table import (
    Bilan,
    Column,
    Key,
    Row,
    Table,
    Value,
    change,
    counted,
    share,
    uncounted,
)
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.tools import is_tool
from portail.site.urls import loans_of
from portail.text.dates import MOIS_COURTS, mois
from portail.text.typography import capital, nombre

ALL_YEARS = "Les prêts du catalogue"
_TOP = 10
_NO_URLS: Mapping[str, str] = {}
_OTHER = "Autre, ou non précisé"
_NOWHERE = "Commune non précisée"
_NOBODY = "Non précisé"


class _LoanYear(Struct, frozen=True, dict=True):
    """What a bilan tells of: the loans of a year, those of the year before if it has some."""

    site: Site
    year: LoanYear
    before: LoanYear | None

    @cached_property
    def last(self) -> tuple[Column, ...]:
        """The column of the year before."""
        return (Column(str(self.before.annee)),) if self.before else ()

    def against(self, count: Callable[[LoanYear], int]) -> str:
        """A count compared with that of the year before."""
        if not self.before:
            return ""
        return change(count(self.year), count(self.before), self.before.annee)


@per_site
def bilan_of_loans(site: Site, annee: int) -> Bilan:
    """The figures of a year that has loans, then what reports announce of it."""
    year = loans_in(site, annee, "")
    before = loans_in(site, annee - 1, "")
    told = _LoanYear(site, year, before if before.rows else None)
    return Bilan(
        loans_title(annee),
        annee,
        (*_first(site), *_phrases(told)),
        (*_keys(told), *year_keys(site, "prets", annee)),
        (*filter(None, _tables(told)), *year_tables(site, "prets", annee)),
        tuple(_method(told)),
    )


def loans_title(annee: int) -> str:
    """The title of the loans of a year."""
    return f"Les prêts de {annee}"


@per_site
def bilan_of_years(site: Site) -> Bilan:
    """The years side by side, then what reports announce, series by series."""
    years = loan_years(site)
    rows = []
    for one in (loans_in(site, year, "") for year in reversed(years)):
        out = len(one.sortis)
        far = round(one.route.km) if one.route.connus else None
        lent = (len(one.begun), one.jours, out, share(out, len(one.outils)))
        rows.append(Row(str(one.annee), (*lent, len(one.emprunteurs), far), loans_of(one.annee)))
    names = ("Prêts", "Jours", "Outils sortis", "Part", "Emprunteurs", "Au moins")
    columns = tuple(map(Column, names, ("", "j", "", "%", "", "km")))
    title = "Ce que le catalogue prête"
    counted = Table("annees", title, "Année", columns, tuple(rows), "colonnes")
    tables = (counted, *all_years_tables(site, "prets", years))
    return Bilan(ALL_YEARS, 0, _first(site), (), tables)


def warning(site: Site) -> str:
    """What is to be known first: that loans are invented, all that are counted or some that are
    not."""
    if given_as_examples(site):
        count = sum(len(one.prets) for one in tools_of(site))
        return (
            f"Les {nombre(count)} prêts du catalogue sont donnés en exemple : ces chiffres "
            "montrent la page, ils ne disent rien de vrai."
        )
    return uncounted(left_out(site), "prêt")


def _first(site: Site) -> tuple[str, ...]:
    return tuple(filter(None, (warning(site),)))


def _phrases(told: _LoanYear) -> Iterator[str]:
    year = told.year
    begun = len(year.begun)
    tools = len(year.outils)
    out = len(year.sortis)
    where = len({code for one in year.begun if (code := _departement(one))})
    yield (
        f"{counted(begun, 'prêt')} en {year.annee}, chez "
        f"{counted(len(year.emprunteurs), 'emprunteur')}, dans "
        f"{counted(where, 'département')}. {counted(out, 'outil')} sur {nombre(tools)} "
        f"{'sont sortis' if out > 1 else 'est sorti'}, pendant {counted(year.jours, 'jour')} en "
        "tout."
    )
    way = year.route
    if way.connus:
        legs = f" : {counted(way.connus, 'trajet connu')} sur {nombre(way.trajets)}"
        known = "" if way.connus == way.trajets else legs
        yield (
            f"{nombre(round(way.km))} km au moins, à vol d’oiseau, d’un emprunteur au "
            f"suivant{known}."
        )
    if year.annee == told.site.day.date.year:
        yield "L’année n’est pas finie : les prêts annoncés jusqu’au 31 décembre sont comptés."


def _keys(told: _LoanYear) -> Iterator[Key]:
    year = told.year
    way = told.year.route
    out = len(year.sortis)
    tools = len(year.outils)
    yield Key("Prêts", len(year.begun), "", told.against(lambda one: len(one.begun)))
    time = share(year.jours, year.possibles) or "moins de 1"
    days = f"{time}\u00a0% des {nombre(year.possibles)} possibles"
    before = told.against(lambda one: one.jours)
    yield Key("Jours de prêt", year.jours, "", " ; ".join(filter(None, (days, before))))
    yield Key("Outils sortis", share(out, tools), "%", f"{nombre(out)} sur {nombre(tools)}")
    known = told.against(lambda one: len(one.emprunteurs))
    yield Key("Emprunteurs", len(year.emprunteurs), "", known)
    if way.connus:
        legs = f"{nombre(way.connus)} trajets connus sur {nombre(way.trajets)}"
        yield Key("Parcourus, au moins", round(way.km), "km", legs)


def _tables(told: _LoanYear) -> Iterator[Table]:
    words = told.site.vocabularies
    year = told.year
    yield _by_month(told)
    spread = partial(_spread, told)
    types = {one.code: capital(one.pluriel) for one in words["types-ressources"].values()}
    yield spread("types", ("Par type d’outil", "Type"), types, lambda one: (one.outil.type,))
    themes = {one.code: capital(one.label) for one in words["themes"].values()}
    note = "Un outil de deux thèmes compte dans chacun."
    yield spread("themes", ("Par thème", "Thème"), themes, lambda one: one.outil.themes, note)
    who = {one.code: capital(one.pluriel) for one in words["types-lieux"].values()}
    who["autre"] = _OTHER
    named = sum(one.pret.selon_nom for one in year.begun)
    note = f"{counted(named, 'prêt')} d’après le premier mot du nom de l’emprunteur, hors annuaire."
    borrower = ("Par type d’emprunteur", "Emprunteur")
    note = note if named else ""
    yield spread("emprunteurs", borrower, who, lambda one: (one.pret.type or "autre",), note)
    where = ("Par département où ils vont", "Département")
    yield spread("departements", where, _departements(told), lambda one: (_departement(one),))
    owners = {one.preteur: one.proprietaire or _NOBODY for one in year.outils}
    known = ((code, told.site.find(code, Kind.LIEU)) for code in owners if code)
    pages = {code: place.url for code, place in known if place}
    lender = ("Par prêteur", "Prêteur")
    yield spread("preteurs", lender, owners, lambda one: (one.outil.preteur,), urls=pages)
    yield _best(told)
    yield _never(told)


def _departement(one: Out) -> str:
    return one.pret.commune.departement if one.pret.commune else ""


def _departements(told: _LoanYear) -> dict[str, str]:
    rows = (*told.year.rows, *(told.before.rows if told.before else ()))
    codes = sorted({_departement(one) for one in rows} - {""})
    known = ((code, told.site.geography.departement(code)) for code in codes)
    return {**{code: one.nom if one else code for code, one in known}, "": _NOWHERE}


def _spread(
    told: _LoanYear,
    code: str,
    titles: tuple[str, str],
    names: Mapping[str, str],
    keys: Callable[[Out], Iterable[str]],
    note: str = "",
    urls: Mapping[str, str] = _NO_URLS,
) -> Table:
    """Loans by what ``keys`` say of each: how many, the share of all those of the year, days, how
    many the year before; the most first. ``titles`` are that of the table, that of its rows."""
    found = Counter[str]()
    days = Counter[str]()
    for one in told.year.rows:
        for key in keys(one):
            found[key] += one.debut
            days[key] += one.jours
    last = Counter(key for one in told.before.begun for key in keys(one)) if told.before else found
    whole = len(told.year.begun)
    rows = []
    for key in sorted(
        (one for one in names if days[one] or last[one]), key=lambda one: (-found[one], -days[one])
    ):
        values: tuple[Value, ...] = (found[key], share(found[key], whole), days[key])
        told_of = (*values, last[key]) if told.before else values
        rows.append(Row(names[key], told_of, urls.get(key, "")))
    columns = (Column("Prêts"), Column(f"Part de {nombre(whole)}", "%"), Column("Jours"))
    return Table(code, *titles, (*columns, *told.last), tuple(rows), "barres", note)


def _by_month(told: _LoanYear) -> Table:
    """Loans by the month of their first day, days in each month."""
    year = told.year
    before = told.before
    begun = Counter(one.pret.du.month for one in year.begun)
    last = Counter(one.pret.du.month for one in before.begun) if before else begun
    rows = []
    for rank, name in enumerate(MOIS_COURTS, 1):
        month = Month(year.annee, rank)
        days = sum(one.pret.days_between(month.first, month.last) for one in year.rows)
        rows.append(Row(name, (begun[rank], *((last[rank],) if before else ()), days)))
    columns = (Column(f"Prêts en {year.annee}"), *told.last, Column("Jours", "j"))
    note = "Un prêt compte dans le mois où il commence, ses jours là où ils tombent."
    return Table("mois", "Mois par mois", "Mois", columns, tuple(rows), "colonnes", note)


def _best(told: _LoanYear) -> Table:
    """The tools that were out the longest."""
    days = Counter[str]()
    begun = Counter[str]()
    for one in told.year.rows:
        days[one.outil.ref] += one.jours
        begun[one.outil.ref] += one.debut
    tools = [one for one in told.year.outils if days[one.ref]]
    tools.sort(key=lambda one: (-days[one.ref], -begun[one.ref]))
    whole = told.year.jours
    rows = (
        Row(one.titre, (days[one.ref], share(days[one.ref], whole), begun[one.ref]), one.url)
        for one in tools[:_TOP]
    )
    columns = (Column("Jours"), Column(f"Part de {nombre(whole)}", "%"), Column("Prêts"))
    title = "Les dix outils les plus prêtés" if len(tools) > _TOP else "Les outils prêtés"
    return Table("palmares", title, "Outil", columns, tuple(rows), "barres")


def _never(told: _LoanYear) -> Table:
    """Tools that nobody had all year long, and when each was last lent before."""
    tools = [one for one in told.year.outils if one.ref not in told.year.sortis]
    rows = []
    for one in tools:
        ends = [loan.au for loan in one.prets if loan.au.year < told.year.annee]
        rows.append(Row(one.titre, (mois(max(ends)) if ends else "aucun de noté",), one.url))
    note = f"{counted(len(tools), 'outil')} sur {nombre(len(told.year.outils))}."
    columns = (Column("Dernier prêt avant"),)
    return Table("jamais", "Restés sur place", "Outil", columns, tuple(rows), "", note)


def _method(told: _LoanYear) -> Iterator[str]:
    yield (
        "Un prêt compte l’année où il commence ; ses jours, premier et dernier compris, comptent "
        "dans l’année où ils tombent."
    )
    silent = _silent(told)
    if silent:
        yield (
            f"{counted(silent, 'outil')} du catalogue ne {'disent' if silent > 1 else 'dit'} "
            f"aucun prêt : {'ils ne sont pas comptés' if silent > 1 else 'il n’est pas compté'}."
        )
    copies = sum(one.exemplaires for one in told.year.outils)
    yield (
        f"Jours possibles : ceux de l’année, pour {counted(copies, 'exemplaire')} de "
        f"{counted(len(told.year.outils), 'outil')}."
    )
    unknown = sum(not one.pret.qui for one in told.year.begun)
    if unknown:
        yield f"{counted(unknown, 'prêt')} sans emprunteur nommé."
    yield (
        "Kilomètres : de commune à commune et à vol d’oiseau, depuis le propriétaire, d’un "
        "emprunteur au suivant, puis retour ; l’outil a pu repasser chez son propriétaire entre "
        "deux prêts. Un trajet dont un bout n’est pas connu n’est pas compté."
    )
    yield "Les parts sont arrondies : leur somme peut différer de 100 %."


def _silent(told: _LoanYear) -> int:
    """Tools of the catalogue that tell no loan, examples left out where they are not counted."""
    known = {one.ref for one in tools_of(told.site)}
    return sum(
        is_tool(item) and item.ref not in known and not item.of(Ressource).itinerance
        for item in told.site.of_kind(Kind.RESSOURCE)
    )
