"""Years in figures, each with one table of them all: of a portal, of loans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portail.features.desk.chiffres.addresses import FIGURES, LOANS, figures_of, loans_of
from portail.features.desk.chiffres.declared import all_years_tables
from portail.features.desk.chiffres.held import KINDS, years
from portail.features.desk.chiffres.loan_bilan import (
    ALL_YEARS,
    bilan_of_loans,
    bilan_of_years,
    loans_title,
)
from portail.features.desk.chiffres.loans import Out, has_loans, loan_years, loans_in
from portail.features.desk.chiffres.year import bilan_of_year, has_figures, years_with_figures
from portail.features.services.bilans.page import BilanView, shown_of, table_file, table_link
from portail.features.services.bilans.table import Bilan, Column, Row, Table, counted, uncounted
from portail.outputs.base import Artifact, SitemapHint, drawn, text_file
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import LENT
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import WORDS
from portail.outputs.spreadsheets import Numbers, written
from portail.resources import rows_of
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.typography import capital

MOTS: Mapping[str, Mapping[str, str]] = rows_of("desk.chiffres", "mots")
_TITLE = MOTS["annees"]["titre"]


def plan_figures(site: Site) -> Iterator[Artifact]:
    """The years side by side, one page for each that has a content; nothing unless the site shows
    it."""
    if not has_figures(site):
        return
    yield drawn(site, FIGURES, "bilan.html", _show_all, sitemap=SitemapHint())
    yield table_file(site, FIGURES, all_years)
    for year in years_with_figures(site):
        url = figures_of(year)
        yield drawn(site, url, "bilan.html", _show, year, sitemap=SitemapHint())
        yield table_file(site, url, bilan_of_year, year)


def _show_all(site: Site) -> BilanView:
    return BilanView(
        **page_of(site, MOTS["annees"], FIGURES),
        **shown_of(all_years(site)),
        annees=_years(site),
        liens=(table_link(FIGURES),),
        avis=_left_out(site),
    )


def _show(site: Site, year: int) -> BilanView:
    url = figures_of(year)
    return BilanView(
        **page_of(site, MOTS["annee"], url, Lien(_TITLE, FIGURES), annee=year),
        **shown_of(bilan_of_year(site, year)),
        annees=(Lien(WORDS["catalogue"]["annees"], FIGURES), *_years(site)),
        liens=(table_link(url),),
        avis=_left_out(site),
    )


def _years(site: Site) -> tuple[Lien, ...]:
    return tuple(Lien(str(year), figures_of(year)) for year in years_with_figures(site))


@per_site
def all_years(site: Site) -> Bilan:
    """What is counted of every year, then what reports announce, series by series."""
    by_year = years(site)
    pages = years_with_figures(site)
    shown = [
        kind for kind in KINDS if any(contents.kinds[kind.value] for contents in by_year.values())
    ]
    columns = ("Contenus", *(capital(kind.info.pluriel) for kind in shown), "Structures actives")
    rows = []
    for year in reversed(pages):
        contents = by_year[year]
        counted = (
            len(contents.items),
            *(contents.kinds[kind.value] for kind in shown),
            len(contents.structures),
        )
        rows.append(Row(str(year), counted, figures_of(year)))
    table = Table(
        "annees", "Ce que le portail publie", "Année", tuple(map(Column, columns)), tuple(rows)
    )
    return Bilan(_TITLE, 0, (), (), (table, *all_years_tables(site, "portail", pages)), ())


def _left_out(site: Site) -> str:
    """What sets these counts apart from lists: examples, which nothing counts; what is for the
    network alone, which they hold too."""
    items = [item for kind in KINDS for item in site.of_kind(kind)]
    trade = sum(item.reseau and not item.entry.exemple for item in items)
    words = MOTS["reseau"]
    also = f"{counted(trade, words['un'], words['plusieurs'])}{words['suite']}" if trade else ""
    examples = uncounted(sum(bool(item.entry.exemple) for item in items), "contenu")
    return " ".join(filter(None, (examples, also)))


_ALL = "prets.csv"
_COLUMNS = """outil type themes preteur exemplaire emprunteur type_emprunteur commune code_insee
    departement du au jours jours_de_l_annee exemple page""".split()


def plan_loans(site: Site) -> Iterator[Artifact]:
    """The years side by side, then each with its loans in a table; nothing unless the site shows it
    and something is lent."""
    if not has_loans(site):
        return
    yield drawn(site, LOANS, "bilan.html", _show_lent, sitemap=SitemapHint())
    yield table_file(site, LOANS, bilan_of_years)
    for year in loan_years(site):
        url = loans_of(year)
        yield drawn(site, url, "bilan.html", _show_loans, year, sitemap=SitemapHint())
        yield text_file(site, f"{url}{_ALL}", _loans, year)


def _show_lent(site: Site) -> BilanView:
    return BilanView(
        **page_of(site, MOTS["annees_de_prets"], LOANS, *_lent(site, "Catalogue")),
        **shown_of(bilan_of_years(site)),
        annees=_lent_years(site),
        liens=(table_link(LOANS), *_lent(site, "Tout le catalogue")),
    )


def _show_loans(site: Site, year: int) -> BilanView:
    url = loans_of(year)
    bilan = bilan_of_loans(site, year)
    above = (*_lent(site, "Catalogue"), Lien(ALL_YEARS, LOANS))
    loans = Lien(loans_title(year), f"{url}{_ALL}", "CSV, un par ligne")
    return BilanView(
        **page_of(site, MOTS["annee_de_prets"], url, *above, bilan=bilan.titre),
        **shown_of(bilan),
        annees=(Lien(WORDS["catalogue"]["annees"], LOANS), *_lent_years(site)),
        liens=(loans, *_lent(site, "Tout le catalogue")),
    )


def _lent(site: Site, text: str) -> tuple[Lien, ...]:
    """The link to what is lent, where a page lists it."""
    url = LENT.ask(site)
    return (Lien(text, url),) if url else ()


def _lent_years(site: Site) -> tuple[Lien, ...]:
    return tuple(Lien(str(year), loans_of(year)) for year in loan_years(site))


def _loans(site: Site, year: int) -> Iterable[str]:
    return written(_COLUMNS, (_cells(site, out) for out in loans_in(site, year, "").rows))


def _cells(site: Site, out: Out) -> tuple[str, ...]:
    tool = out.outil
    loan = out.pret
    words = site.vocabularies
    town = loan.commune
    departement = site.geography.departement(town.departement) if town else None
    return (
        tool.titre,
        words.label("types-ressources", tool.type),
        " | ".join(words.label("themes", code) for code in tool.themes),
        tool.proprietaire,
        Numbers(loan.exemplaire or ""),
        loan.nom,
        words.label("types-lieux", loan.type),
        town.nom if town else "",
        town.code if town else "",
        departement.nom if departement else "",
        Numbers(loan.du),
        Numbers(loan.au),
        Numbers((loan.au - loan.du).days + 1),
        Numbers(out.jours),
        "oui" if tool.exemple else "",
        site.config.absolute(tool.url),
    )


def plan(site: Site) -> Iterator[Artifact]:
    """The figures of each year, those of loans."""
    yield from plan_figures(site)
    yield from plan_loans(site)
