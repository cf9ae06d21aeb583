"""The bilan of the loans of a year: sentences, counts, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from portail.agenda.weeks import Month
from portail.features.services.bilans.counting import MONTHS, Measure, labels, table
from portail.features.services.bilans.table import (
    Bilan,
    Column,
    Key,
    Row,
    Table,
    counted,
    share,
    uncounted,
)
from portail.model.resource import ResourceEntry
from portail.site.borrowed import borrowable
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import mois
from portail.text.typography import nombre

from .loans import (
    LoanYear,
    Out,
    beginnings,
    borrowers,
    days,
    given_as_examples,
    left_out,
    loan_years,
    loans_in,
    loans_of,
    tools_of,
)
from .reports import all_years_tables, year_keys, year_tables

ALL_YEARS = "Les prêts du catalogue"
_TOP = 10
_OTHER = "Autre, ou non précisé"
_NOWHERE = "Commune non précisée"
_NOBODY = "Non précisé"


@per_site
def bilan_of_loans(site: Site, annee: int) -> Bilan:
    """The figures of a year that has loans, then what reports announce of it."""
    year = loans_in(site, annee)
    return Bilan(
        loans_title(annee),
        annee,
        (*_first(site), *_phrases(year)),
        (*_keys(year), *year_keys(site, "prets", annee)),
        (*filter(None, _tables(year)), *year_tables(site, "prets", annee)),
        tuple(_method(year)),
    )


def loans_title(annee: int) -> str:
    return f"Les prêts de {annee}"


@per_site
def bilan_of_years(site: Site) -> Bilan:
    """The years side by side, then what reports announce, series by series."""
    years = loan_years(site)
    rows = []
    for year in (loans_in(site, annee) for annee in reversed(years)):
        out = len(year.lent)
        far = round(year.route.km) if year.route.connus else None
        lent = (len(year.begun), days(year.now), out, share(out, len(year.outils)))
        rows.append(Row(str(year.annee), (*lent, borrowers(year.now), far), loans_of(year.annee)))
    tables = (table("prets.annees", rows), *all_years_tables(site, "prets", years))
    return Bilan(ALL_YEARS, 0, tuple(_first(site)), (), tables)


def _first(site: Site) -> Iterator[str]:
    # What is to be known first: that loans are invented, all that are counted or some that are not.
    if given_as_examples(site):
        yield (
            "Les prêts du catalogue sont donnés en exemple : ces chiffres "
            "montrent la page, ils ne disent rien de vrai."
        )
    elif left_out(site):
        yield uncounted(left_out(site), "prêt")


def _phrases(year: LoanYear) -> Iterator[str]:
    out = len(year.lent)
    where = len({code for loan in year.begun if (code := _departement(loan))})
    yield (
        f"{counted(len(year.begun), 'prêt')} en {year.annee}, chez "
        f"{counted(borrowers(year.now), 'emprunteur')}, dans "
        f"{counted(where, 'département')}. {counted(out, 'outil')} sur {nombre(len(year.outils))} "
        f"{'sont sortis' if out > 1 else 'est sorti'}, pendant {counted(days(year.now), 'jour')} "
        "en tout."
    )
    way = year.route
    if way.connus:
        legs = f" : {counted(way.connus, 'trajet connu')} sur {nombre(way.trajets)}"
        detail = "" if way.connus == way.trajets else legs
        yield (
            f"{nombre(round(way.km))} km au moins, à vol d’oiseau, d’un emprunteur au "
            f"suivant{detail}."
        )
    if year.annee == year.site.day.date.year:
        yield "L’année n’est pas finie : les prêts annoncés jusqu’au 31 décembre sont comptés."


def _keys(year: LoanYear) -> Iterator[Key]:
    way = year.route
    out = len(year.lent)
    tools = len(year.outils)
    yield year.key("Prêts", beginnings)
    lent = year.key("Jours de prêt", days)
    time = share(days(year.now), year.possible_days) or "moins de 1"
    possible = f"{time}\u00a0% des {nombre(year.possible_days)} possibles"
    yield lent._replace(note=" ; ".join(filter(None, (possible, lent.note))))
    yield Key("Outils sortis", share(out, tools), "%", f"{nombre(out)} sur {nombre(tools)}")
    yield year.key("Emprunteurs", borrowers)
    if way.connus:
        legs = f"{nombre(way.connus)} trajets connus sur {nombre(way.trajets)}"
        yield Key("Parcourus, au moins", round(way.km), "km", legs)


_LENT = Measure[Out](Column("Prêts"), lambda key, some: beginnings(some))
_DAYS = Measure[Out](Column("Jours"), lambda key, some: days(some))


def _part(whole: int, of: Callable[[Sequence[Out]], int]) -> Measure[Out]:
    return Measure(
        Column(f"Part de {nombre(whole)}", "%"), lambda key, some: share(of(some), whole)
    )


def _tables(year: LoanYear) -> Iterator[Table]:
    site = year.site
    tools = {tool.ref: tool for tool in year.outils}

    def spread(
        code: str,
        keys: Callable[[Out], Iterable[Any]],
        names: Mapping[Any, str] | None = None,
        urls: Mapping[Any, str] | None = None,
        note: str = "",
    ) -> Table:
        measures = (_LENT, _part(len(year.begun), beginnings), _DAYS)
        return year.by(f"prets.{code}", keys, names, *measures, urls=urls, note=note)

    yield _by_month(year)
    types = labels(site, "types-ressources", plural=True)
    yield spread("types", lambda loan: (loan.outil.type,), types)
    yield spread("themes", lambda loan: loan.outil.themes)
    who = labels(site, "types-lieux", plural=True) | {"autre": _OTHER}
    named = sum(loan.pret.by_name_alone for loan in year.begun)
    note = f"{counted(named, 'prêt')} d’après le premier mot du nom de l’emprunteur, hors annuaire."
    yield spread(
        "emprunteurs", lambda loan: (loan.pret.type or "autre",), who, note=note if named else ""
    )
    yield spread("departements", lambda loan: (_departement(loan),), _departements(year))
    owners = {tool.preteur: tool.proprietaire or _NOBODY for tool in year.outils}
    lenders = ((code, site.lieu(code)) for code in owners if code)
    pages = {code: place.url for code, place in lenders if place}
    yield spread("preteurs", lambda loan: (loan.outil.preteur,), owners, pages)
    best = year.by(
        "prets.palmares",
        lambda loan: (loan.outil.ref,),
        {ref: tool.titre for ref, tool in tools.items()},
        *(_DAYS, _part(days(year.now), days), _LENT),
        urls={ref: tool.url for ref, tool in tools.items()},
    )
    titre = "Les dix outils les plus prêtés" if len(best.lignes) > _TOP else best.titre
    yield replace(best, titre=titre, lignes=best.lignes[:_TOP])
    yield _never(year)


def _departement(loan: Out) -> str:
    return loan.pret.commune.departement if loan.pret.commune else ""


def _departements(year: LoanYear) -> dict[str, str]:
    codes = sorted({_departement(loan) for loan in (*year.now, *year.before)} - {""})
    pairs = ((code, year.site.geography.departement(code)) for code in codes)
    return {
        **{code: departement.nom if departement else code for code, departement in pairs},
        "": _NOWHERE,
    }


def _by_month(year: LoanYear) -> Table:
    def begun(month: int, some: Sequence[Out]) -> int:
        return sum(loan.debut and loan.pret.du.month == month for loan in some)

    def lent(rank: int, some: Sequence[Out]) -> int:
        month = Month(year.annee, rank)
        return sum(loan.pret.days_between(month.first, month.last) for loan in some)

    measures = (
        Measure[Out](Column(f"Prêts en {year.annee}"), begun),
        Measure[Out](Column("Jours", "j"), lent),
    )
    return year.by("prets.mois", lambda loan: MONTHS, MONTHS, *measures)


def _never(year: LoanYear) -> Table:
    # Tools that nobody had all year long, and when each was last lent before.
    tools = [tool for tool in year.outils if tool.ref not in year.lent]
    rows = []
    for tool in tools:
        ends = [loan.au for loan in tool.prets if loan.au.year < year.annee]
        rows.append(Row(tool.titre, (mois(max(ends)) if ends else "aucun de noté",), tool.url))
    note = f"{counted(len(tools), 'outil')} sur {nombre(len(year.outils))}."
    return table("prets.jamais", rows, note=note)


def _method(year: LoanYear) -> Iterator[str]:
    yield (
        "Un prêt compte l’année où il commence ; ses jours, premier et dernier compris, comptent "
        "dans l’année où ils tombent."
    )
    silent = _silent(year.site)
    if silent:
        yield (
            f"{counted(silent, 'outil')} du catalogue ne {'disent' if silent > 1 else 'dit'} "
            f"aucun prêt : {'ils ne sont pas comptés' if silent > 1 else 'il n’est pas compté'}."
        )
    copies = sum(tool.exemplaires for tool in year.outils)
    yield (
        f"Jours possibles : ceux de l’année, pour {counted(copies, 'exemplaire')} de "
        f"{counted(len(year.outils), 'outil')}."
    )
    unknown = sum(not loan.pret.qui for loan in year.begun)
    if unknown:
        yield f"{counted(unknown, 'prêt')} sans emprunteur nommé."
    yield (
        "Kilomètres : de commune à commune et à vol d’oiseau, depuis le propriétaire, d’un "
        "emprunteur au suivant, puis retour ; l’outil a pu repasser chez son propriétaire entre "
        "deux prêts. Un trajet dont un bout n’est pas connu n’est pas compté."
    )
    yield "Les parts sont arrondies : leur somme peut différer de 100 %."


def _silent(site: Site) -> int:
    # Tools of the catalogue that tell no loan, examples left out where they are not counted.
    refs = {tool.ref for tool in tools_of(site)}
    return sum(
        item.ref not in refs and not item.of(ResourceEntry).itinerance for item in borrowable(site)
    )
