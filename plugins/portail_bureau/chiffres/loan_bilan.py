"""The bilan of the loans of a year: sentences, counts, tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from portail.features.services.bilans.table import (
    Bilan,
    Key,
    Row,
    Table,
    counted,
    share,
    table,
    uncounted,
)
from portail.model.collections import ResourceEntry
from portail.site.memo import answer, borrowable, per_site
from portail.site.site import Site
from portail.site.urls import CATALOGUE
from portail.text.dates import mois
from portail.text.typography import nombre

from .counts import Asked, asked
from .reports import all_years_tables, year_keys, year_tables

# Site path of the loans, year after year.
LOANS = f"{CATALOGUE}bilan/"
ALL_YEARS = "Les prêts du catalogue"
_TOP = 10


class Lent(NamedTuple):
    """The loans of a year: how many begin, their days in it, the tools that are out, who borrows;
    begun loans of nobody, and of those that their name alone tells."""

    annee: int
    prets: int = 0
    jours: int = 0
    outils: int = 0
    emprunteurs: int = 0
    inconnus: int = 0
    nommes: int = 0


class Way(NamedTuple):
    """Kilometres of the legs whose ends are known, how many they are, out of how many."""

    km: float
    connus: int
    trajets: int


class LoanYear(Asked, frozen=True, dict=True):
    """The loans of a year, beside those of the year before."""

    @cached_property
    def lent(self) -> tuple[Lent, Lent]:
        known = {row[0]: Lent(*row) for row in self.asked("prets")}
        now, before = (known.get(year, Lent(year)) for year in (self.annee, self.annee - 1))
        return now, before

    @cached_property
    def tools(self) -> tuple[int, int]:
        """How many tools could be lent, their copies. A tool that appeared later could not, unless
        a loan says otherwise."""
        ((tools, copies),) = self.asked("outils")
        return tools, copies or 0

    @cached_property
    def route(self) -> Way:
        """How far copies went, from town to town and back, as the crow flies."""
        ((km, known, every),) = self.asked("trajets")
        return Way(km, known, every)


def loans_in(site: Site, year: int) -> LoanYear:
    return LoanYear(
        site, year, any(loan_year == year - 1 for (loan_year,) in asked(site, "annees_de_prets"))
    )


@per_site
def loan_years(site: Site) -> tuple[int, ...]:
    return tuple(year for (year,) in asked(site, "annees_de_prets") if year <= site.day.date.year)


@answer
def has_loans(site: Site) -> bool:
    return bool(site.config.added.get("chiffres")) and bool(loan_years(site))


@per_site
def bilan_of_loans(site: Site, annee: int) -> Bilan:
    """The figures of a year that has loans, then what reports announce of it."""
    year = loans_in(site, annee)
    return Bilan(
        loans_title(annee),
        annee,
        tuple(_first(site)),
        cles=(*_keys(year), *year_keys(site, "prets", annee)),
        tables=(*filter(None, _tables(year)), *year_tables(site, "prets", annee)),
        methode=tuple(_method(year)),
    )


def loans_title(annee: int) -> str:
    return f"Les prêts de {annee}"


@per_site
def bilan_of_years(site: Site) -> Bilan:
    """The years side by side, then what reports announce, series by series."""
    years = loan_years(site)
    rows = []
    for year in (loans_in(site, annee) for annee in reversed(years)):
        lent = year.lent[0]
        far = None
        if year.route.connus:
            far = round(year.route.km)
        part = share(lent.outils, year.tools[0])
        values = (lent.prets, lent.jours, lent.outils, part, lent.emprunteurs, far)
        rows.append(Row(str(year.annee), values, f"{LOANS}{year.annee}/"))
    tables = (table("prets.annees", rows), *all_years_tables(site, "prets", years))
    return Bilan(ALL_YEARS, 0, tuple(_first(site)), (), tables)


def _first(site: Site) -> Iterator[str]:
    # What is to be known first: that loans are invented, all that are counted or some that are not.
    ((invented, left_out),) = asked(site, "inventes")
    if invented:
        yield (
            "Les prêts du catalogue sont donnés en exemple : ces chiffres "
            "montrent la page, ils ne disent rien de vrai."
        )
    elif left_out:
        yield uncounted(left_out, "prêt")


def _keys(year: LoanYear) -> Iterator[Key]:
    way = year.route
    now, before = year.lent
    tools, copies = year.tools
    yield year.key("Prêts", now.prets, before.prets)
    lent = year.key("Jours de prêt", now.jours, before.jours)
    days = copies * (date(year.annee + 1, 1, 1) - date(year.annee, 1, 1)).days
    time = share(now.jours, days) or "moins de 1"
    possible = f"{time}\u00a0% des {nombre(days)} possibles"
    yield lent._replace(note=" ; ".join(filter(None, (possible, lent.note))))
    out = f"{nombre(now.outils)} sur {nombre(tools)}"
    yield Key("Outils sortis", share(now.outils, tools), "%", out)
    yield year.key("Emprunteurs", now.emprunteurs, before.emprunteurs)
    if way.connus:
        legs = f"{nombre(way.connus)} trajets connus sur {nombre(way.trajets)}"
        yield Key("Parcourus, au moins", round(way.km), "km", legs)


def _tables(year: LoanYear) -> Iterator[Table]:
    lent = year.lent[0]
    yield year.table("prets.mois", year.rows("prets.mois"))
    first = "d’après le premier mot du nom de l’emprunteur, hors annuaire"
    named = f"{counted(lent.nommes, 'prêt')} {first}." if lent.nommes else ""
    for code in ("types", "themes", "emprunteurs", "departements", "preteurs"):
        note = named if code == "emprunteurs" else ""
        rows = year.rows("prets_par", par=code)
        yield year.table(f"prets.{code}", rows, note=note, total=nombre(lent.prets))
    best = year.rows("prets.palmares")
    ten = table("prets.palmares", best[:_TOP], total=nombre(lent.jours))
    yield replace(ten, titre="Les dix outils les plus prêtés") if len(best) > _TOP else ten
    yield _never(year)


def _never(year: LoanYear) -> Table:
    # Tools that nobody had all year long, and when each was last lent before.
    rows = [
        Row(title, (mois(date.fromisoformat(last)) if last else "aucun de noté",), url)
        for title, url, last in year.asked("prets.jamais")
    ]
    note = f"{counted(len(rows), 'outil')} sur {nombre(year.tools[0])}."
    return table("prets.jamais", rows, note=note)


def _method(year: LoanYear) -> Iterator[str]:
    if year.annee == year.site.day.date.year:
        yield "L’année n’est pas finie : les prêts annoncés jusqu’au 31 décembre sont comptés."
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
    tools, copies = year.tools
    yield (
        f"Jours possibles : ceux de l’année, pour {counted(copies, 'exemplaire')} de "
        f"{counted(tools, 'outil')}."
    )
    if unknown := year.lent[0].inconnus:
        yield f"{counted(unknown, 'prêt')} sans emprunteur nommé."
    yield (
        "Kilomètres : de commune à commune et à vol d’oiseau, depuis le propriétaire, d’un "
        "emprunteur au suivant, puis retour ; l’outil a pu repasser chez son propriétaire entre "
        "deux prêts. Un trajet dont un bout n’est pas connu n’est pas compté."
    )
    yield "Les parts sont arrondies : leur somme peut différer de 100 %."


def _silent(site: Site) -> int:
    # Tools of the catalogue that tell no loan.
    return sum(not item.of(ResourceEntry).itinerance for item in borrowable(site))
