"""Links to the figures from elsewhere, and what was at addresses that are no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.features.desk.chiffres.addresses import FIGURES, LOANS
from portail.features.desk.chiffres.declared import declared_years
from portail.features.desk.chiffres.loan_bilan import ALL_YEARS
from portail.features.desk.chiffres.loans import has_loans, loan_years
from portail.features.desk.chiffres.year import has_figures, years_with_figures
from portail.outputs.pages.slots import Earlier
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.site import Site

_TITLE: str = rows_of("desk.chiffres", "mots")["annees"]["titre"]
_TABLES = {
    f"{FIGURES}:annee/": (
        "genres mois publications themes format articles accueil departements intercommunalites "
        "structures"
    ),
    f"{LOANS}:annee/": "mois types themes emprunteurs departements preteurs palmares jamais",
}
"""Tables that had a file each, by the pages that show them."""


def about_links(site: Site) -> Sequence[Lien]:
    """The link of the footer, when the site shows its years."""
    return (Lien(_TITLE, FIGURES),) if has_figures(site) else ()


def loan_links(site: Site) -> Sequence[Lien]:
    """The link to the loans in figures, if there are some."""
    return (Lien(ALL_YEARS, LOANS),) if has_loans(site) else ()


def former_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """Figures that have no page nor file of their own any more, each with the page that has them:
    years of which reports alone tell, lenders, tables."""
    for there, page, subject, pages in (
        (has_figures(site), FIGURES, "portail", years_with_figures(site)),
        (has_loans(site), LOANS, "prets", loan_years(site)),
    ):
        announced = declared_years(site, subject) if there else frozenset()
        yield from (Earlier(f"{page}{year}/", page) for year in sorted(announced.difference(pages)))
    if has_loans(site):
        year = f"{LOANS}:annee/"
        yield from (Earlier(f"{year}{below}", year) for below in (":preteur/", ":preteur/:tableau"))
    for page, codes in _TABLES.items():
        yield from (Earlier(f"{page}{code}.csv", page) for code in codes.split())
