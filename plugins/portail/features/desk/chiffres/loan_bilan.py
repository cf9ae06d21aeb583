"""The bilan of the loans of a year: sentences, counts, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.weeks import Month
from portail.features.desk.chiffres.addresses import loans_of
from portail.features.desk.chiffres.declared import all_years_tables, year_keys, year_tables
from portail.features.desk.chiffres.loans import (
    LoanYear,
    Out,
    given_as_examples,
    left_out,
    loan_years,
    loans_in,
    tools_of,
)
from portail.features.services.bilans.counting import MONTHS, Cut, Measure, Past, table_of
from portail.features.services.bilans.table import (
    Bilan,
    Column,
    Key,
    Row,
    Table,
    change,
    counted,
    share,
    uncounted,
)
from portail.model.resource import ResourceEntry
from portail.site.borrowed import borrowable
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import mois
from portail.text.typography import capital, nombre

ALL_YEARS = "Les prêts du catalogue"
_TOP = 10
_OTHER = "Autre, ou non précisé"
_NOWHERE = "Commune non précisée"
_NOBODY = "Non précisé"


class _LoanYear(Struct, frozen=True):
    """What a bilan tells of: the loans of a year, those of the year before if it has some."""

    site: Site
    year: LoanYear
    before: LoanYear | None

    @property
    def past(self) -> Past[Out] | None:
        """The year before, for tables."""
        before = self.before
        return Past(Column(str(before.annee)), before.rows) if before else None

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
    subject = _LoanYear(site, year, before if before.rows else None)
    return Bilan(
        loans_title(annee),
        annee,
        (*_first(site), *_phrases(subject)),
        (*_keys(subject), *year_keys(site, "prets", annee)),
        (*filter(None, _tables(subject)), *year_tables(site, "prets", annee)),
        tuple(_method(subject)),
    )


def loans_title(annee: int) -> str:
    """The title of the loans of a year."""
    return f"Les prêts de {annee}"


@per_site
def bilan_of_years(site: Site) -> Bilan:
    """The years side by side, then what reports announce, series by series."""
    years = loan_years(site)
    rows = []
    for loan_year in (loans_in(site, year, "") for year in reversed(years)):
        out = len(loan_year.lent)
        far = round(loan_year.route.km) if loan_year.route.connus else None
        lent = (len(loan_year.begun), loan_year.jours, out, share(out, len(loan_year.outils)))
        rows.append(
            Row(
                str(loan_year.annee),
                (*lent, len(loan_year.emprunteurs), far),
                loans_of(loan_year.annee),
            )
        )
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
        return (
            "Les prêts du catalogue sont donnés en exemple : ces chiffres "
            "montrent la page, ils ne disent rien de vrai."
        )
    return uncounted(left_out(site), "prêt")


def _first(site: Site) -> tuple[str, ...]:
    return tuple(filter(None, (warning(site),)))


def _phrases(subject: _LoanYear) -> Iterator[str]:
    year = subject.year
    begun = len(year.begun)
    tools = len(year.outils)
    out = len(year.lent)
    where = len({code for loan in year.begun if (code := _departement(loan))})
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
        detail = "" if way.connus == way.trajets else legs
        yield (
            f"{nombre(round(way.km))} km au moins, à vol d’oiseau, d’un emprunteur au "
            f"suivant{detail}."
        )
    if year.annee == subject.site.day.date.year:
        yield "L’année n’est pas finie : les prêts annoncés jusqu’au 31 décembre sont comptés."


def _keys(subject: _LoanYear) -> Iterator[Key]:
    year = subject.year
    way = subject.year.route
    out = len(year.lent)
    tools = len(year.outils)
    yield Key("Prêts", len(year.begun), "", subject.against(lambda loans: len(loans.begun)))
    time = share(year.jours, year.possible_days) or "moins de 1"
    days = f"{time}\u00a0% des {nombre(year.possible_days)} possibles"
    before = subject.against(lambda loans: loans.jours)
    yield Key("Jours de prêt", year.jours, "", " ; ".join(filter(None, (days, before))))
    yield Key("Outils sortis", share(out, tools), "%", f"{nombre(out)} sur {nombre(tools)}")
    note = subject.against(lambda loans: len(loans.emprunteurs))
    yield Key("Emprunteurs", len(year.emprunteurs), "", note)
    if way.connus:
        legs = f"{nombre(way.connus)} trajets connus sur {nombre(way.trajets)}"
        yield Key("Parcourus, au moins", round(way.km), "km", legs)


_LENT = Measure[Out](Column("Prêts"), lambda key, some: sum(loan.debut for loan in some))
_DAYS = Measure[Out](Column("Jours"), lambda key, some: sum(loan.jours for loan in some))


def _tables(subject: _LoanYear) -> Iterator[Table]:
    words = subject.site.vocabularies
    year = subject.year
    yield _by_month(subject)
    types = {term.code: capital(term.pluriel) for term in words["types-ressources"].values()}
    yield _spread(
        subject, Cut("types", "Par type d’outil", "Type", lambda loan: (loan.outil.type,), types)
    )
    themes = {term.code: capital(term.label) for term in words["themes"].values()}
    note = "Un outil de deux thèmes compte dans chacun."
    cut = Cut[Out]("themes", "Par thème", "Thème", lambda loan: loan.outil.themes, themes)
    yield _spread(subject, cut, note)
    yield _by_borrower(subject)
    cut = Cut[Out](
        "departements",
        "Par département où ils vont",
        "Département",
        lambda loan: (_departement(loan),),
        _departements(subject),
    )
    yield _spread(subject, cut)
    owners = {tool.preteur: tool.proprietaire or _NOBODY for tool in year.outils}
    lenders = ((code, subject.site.lieu(code)) for code in owners if code)
    pages = {code: place.url for code, place in lenders if place}
    titles = ("preteurs", "Par prêteur", "Prêteur")
    yield _spread(subject, Cut[Out](*titles, lambda loan: (loan.outil.preteur,), owners, pages))
    yield _best(subject)
    yield _never(subject)


def _by_borrower(subject: _LoanYear) -> Table:
    """Loans by the type of who borrows."""
    who = {
        term.code: capital(term.pluriel)
        for term in subject.site.vocabularies["types-lieux"].values()
    }
    who["autre"] = _OTHER
    named = sum(loan.pret.by_name_alone for loan in subject.year.begun)
    note = f"{counted(named, 'prêt')} d’après le premier mot du nom de l’emprunteur, hors annuaire."
    cut = Cut[Out](
        "emprunteurs",
        "Par type d’emprunteur",
        "Emprunteur",
        lambda loan: (loan.pret.type or "autre",),
        who,
    )
    return _spread(subject, cut, note if named else "")


def _departement(loan: Out) -> str:
    return loan.pret.commune.departement if loan.pret.commune else ""


def _departements(subject: _LoanYear) -> dict[str, str]:
    rows = (*subject.year.rows, *(subject.before.rows if subject.before else ()))
    codes = sorted({_departement(loan) for loan in rows} - {""})
    pairs = ((code, subject.site.geography.departement(code)) for code in codes)
    return {
        **{code: departement.nom if departement else code for code, departement in pairs},
        "": _NOWHERE,
    }


def _spread(subject: _LoanYear, cut: Cut[Out], note: str = "") -> Table:
    """Loans as they are sorted: how many, the share of all those of the year, days."""
    whole = len(subject.year.begun)
    part = Measure[Out](
        Column(f"Part de {nombre(whole)}", "%"),
        lambda key, some: share(sum(loan.debut for loan in some), whole),
    )
    return table_of(cut, (_LENT, part, _DAYS), subject.year.rows, subject.past, note)


def _by_month(subject: _LoanYear) -> Table:
    """Loans by the month of their first day, days in each month."""
    annee = subject.year.annee

    def months(loan: Out) -> range:
        first = loan.pret.du
        last = loan.pret.au
        return range(
            first.month if first.year == annee else 1,
            (last.month if last.year == annee else 12) + 1,
        )

    def begun(month: int, some: Sequence[Out]) -> int:
        return sum(loan.debut and loan.pret.du.month == month for loan in some)

    def lent(rank: int, some: Sequence[Out]) -> int:
        month = Month(annee, rank)
        return sum(loan.pret.days_between(month.first, month.last) for loan in some)

    cut = Cut[Out]("mois", "Mois par mois", "Mois", months, MONTHS, dessin="colonnes", every=True)
    measures = (
        Measure[Out](Column(f"Prêts en {annee}"), begun),
        Measure[Out](Column("Jours", "j"), lent),
    )
    note = "Un prêt compte dans le mois où il commence, ses jours là où ils tombent."
    return table_of(cut, measures, subject.year.rows, subject.past, note)


def _best(subject: _LoanYear) -> Table:
    """The tools that were out the longest."""
    whole = subject.year.jours
    tools = {tool.ref: tool for tool in subject.year.outils}
    part = Measure[Out](
        Column(f"Part de {nombre(whole)}", "%"),
        lambda key, some: share(sum(loan.jours for loan in some), whole),
    )
    several = len(subject.year.lent) > _TOP
    cut = Cut[Out](
        *(
            "palmares",
            "Les dix outils les plus prêtés" if several else "Les outils prêtés",
            "Outil",
        ),
        lambda loan: (loan.outil.ref,),
        {ref: tool.titre for ref, tool in tools.items()},
        {ref: tool.url for ref, tool in tools.items()},
    )
    table = table_of(cut, (_DAYS, part, _LENT), subject.year.rows)
    return replace(table, lignes=table.lignes[:_TOP])


def _never(subject: _LoanYear) -> Table:
    """Tools that nobody had all year long, and when each was last lent before."""
    tools = [tool for tool in subject.year.outils if tool.ref not in subject.year.lent]
    rows = []
    for tool in tools:
        ends = [loan.au for loan in tool.prets if loan.au.year < subject.year.annee]
        rows.append(Row(tool.titre, (mois(max(ends)) if ends else "aucun de noté",), tool.url))
    note = f"{counted(len(tools), 'outil')} sur {nombre(len(subject.year.outils))}."
    columns = (Column("Dernier prêt avant"),)
    return Table("jamais", "Restés sur place", "Outil", columns, tuple(rows), "", note)


def _method(subject: _LoanYear) -> Iterator[str]:
    yield (
        "Un prêt compte l’année où il commence ; ses jours, premier et dernier compris, comptent "
        "dans l’année où ils tombent."
    )
    silent = _silent(subject)
    if silent:
        yield (
            f"{counted(silent, 'outil')} du catalogue ne {'disent' if silent > 1 else 'dit'} "
            f"aucun prêt : {'ils ne sont pas comptés' if silent > 1 else 'il n’est pas compté'}."
        )
    copies = sum(tool.exemplaires for tool in subject.year.outils)
    yield (
        f"Jours possibles : ceux de l’année, pour {counted(copies, 'exemplaire')} de "
        f"{counted(len(subject.year.outils), 'outil')}."
    )
    unknown = sum(not loan.pret.qui for loan in subject.year.begun)
    if unknown:
        yield f"{counted(unknown, 'prêt')} sans emprunteur nommé."
    yield (
        "Kilomètres : de commune à commune et à vol d’oiseau, depuis le propriétaire, d’un "
        "emprunteur au suivant, puis retour ; l’outil a pu repasser chez son propriétaire entre "
        "deux prêts. Un trajet dont un bout n’est pas connu n’est pas compté."
    )
    yield "Les parts sont arrondies : leur somme peut différer de 100 %."


def _silent(subject: _LoanYear) -> int:
    """Tools of the catalogue that tell no loan, examples left out where they are not counted."""
    refs = {tool.ref for tool in tools_of(subject.site)}
    return sum(
        item.ref not in refs and not item.of(ResourceEntry).itinerance
        for item in borrowable(subject.site)
    )
