"""What is lent, year by year: ``/catalogue/bilan/``, the years side by side, then a page for each
and one for each of its main lenders, with their tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.figures.loan_bilan import ALL_YEARS, bilan_of_loans, bilan_of_years, loans_title
from portail.figures.loans import Out, has_loans, lenders, loan_years, loans_in, years_of_lender
from portail.model.kinds import Kind
from portail.outputs.base import Artifact, SitemapHint, drawn, text_file
from portail.outputs.pages.bilans import BilanView, files_of, rows_of, shown_of
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.kit import WORDS
from portail.outputs.pages.views.shared import Lien
from portail.outputs.spreadsheets import Numbers, written
from portail.site.narrowed import page_of_value
from portail.site.site import Site
from portail.site.urls import CATALOGUE, LOANS, loans_of

_ALL = "prets.csv"
_COLUMNS = """outil type themes preteur exemplaire emprunteur type_emprunteur commune code_insee
    departement du au jours jours_de_l_annee exemple page""".split()
_ABOVE = Lien("Catalogue", CATALOGUE), Lien(ALL_YEARS, LOANS)


def plan_loans(site: Site) -> Iterator[Artifact]:
    """The years, each with its lenders; nothing unless the site shows it and something is lent."""
    if not has_loans(site):
        return
    yield drawn(site, LOANS, "bilan.html", _show_all, sitemap=SitemapHint())
    yield from files_of(site, bilan_of_years(site), LOANS, _file_of_all)
    for year in loan_years(site):
        for lender in ("", *lenders(site, year)):
            url = loans_of(year, lender)
            yield drawn(site, url, "bilan.html", _show, year, lender, sitemap=SitemapHint())
            yield from files_of(site, bilan_of_loans(site, year, lender), url, _file, year, lender)
            if loans_in(site, year, lender).rows:
                yield text_file(site, f"{url}{_ALL}", _loans, year, lender)


def loan_links(site: Site) -> tuple[Lien, ...]:
    """The link to the loans in figures, if there are some."""
    return (Lien(ALL_YEARS, LOANS),) if has_loans(site) else ()


def _show_all(site: Site) -> BilanView:
    return BilanView(
        **page_of(site, "prets", LOANS, _ABOVE[0]),
        **shown_of(bilan_of_years(site), LOANS),
        annees=_years(site),
        liens=(Lien("Tout le catalogue", CATALOGUE),),
    )


def _show(site: Site, year: int, lender: str) -> BilanView:
    url, bilan = loans_of(year, lender), bilan_of_loans(site, year, lender)
    whole = (Lien(loans_title(year), loans_of(year)),) if lender else ()
    every = () if lender else (Lien(WORDS["catalogue"]["annees"], LOANS),)
    return BilanView(
        **page_of(site, "prets-annee", url, *_ABOVE, *whole, bilan=bilan.titre),
        **shown_of(bilan, url),
        annees=(*every, *_years(site, lender)),
        liens=tuple(_links(site, year, lender)),
    )


def _years(site: Site, lender: str = "") -> tuple[Lien, ...]:
    years = years_of_lender(site, lender) if lender else loan_years(site)
    return tuple(Lien(str(year), loans_of(year, lender)) for year in years)


def _links(site: Site, year: int, lender: str) -> Iterator[Lien]:
    if loans_in(site, year, lender).rows:
        yield Lien(loans_title(year), f"{loans_of(year, lender)}{_ALL}", "CSV, un par ligne")
    if not lender:
        yield Lien("Tout le catalogue", CATALOGUE)
        return
    if place := site.find(lender, Kind.LIEU):
        yield Lien(place.name, place.url)
    if shelf := page_of_value(site, CATALOGUE, ("proprietaire", lender)):
        yield Lien("Ses outils au catalogue", shelf)


def _file_of_all(site: Site, code: str) -> Iterable[str]:
    return rows_of(bilan_of_years(site), code)


def _file(site: Site, year: int, lender: str, code: str) -> Iterable[str]:
    return rows_of(bilan_of_loans(site, year, lender), code)


def _loans(site: Site, year: int, lender: str) -> Iterable[str]:
    """Every loan that has a day in the year."""
    return written(_COLUMNS, (_cells(site, one) for one in loans_in(site, year, lender).rows))


def _cells(site: Site, one: Out) -> tuple[str, ...]:
    tool, loan, words = one.outil, one.pret, site.vocabularies
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
        Numbers(one.jours),
        "oui" if tool.exemple else "",
        site.config.absolute(tool.url),
    )
