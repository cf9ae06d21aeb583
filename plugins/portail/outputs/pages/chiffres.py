"""The years of a portal in figures: ``/en-chiffres/``, a page and the tables of each year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.figures.contents import KINDS, years
from portail.figures.declared import series_tables
from portail.figures.table import Bilan, Column, Row, Table, uncounted
from portail.figures.year import bilan_of_year, has_figures, published, told_years
from portail.outputs.base import Artifact, SitemapHint, drawn
from portail.outputs.pages.bilans import BilanView, files_of, rows_of, shown_of
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.kit import WORDS
from portail.outputs.pages.views.shared import Lien
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import FIGURES, figures_of
from portail.text.typography import capital

_TITLE = "En chiffres"


def plan_figures(site: Site) -> Iterator[Artifact]:
    """The years side by side, one page each with its tables; nothing unless the site shows it."""
    if not has_figures(site):
        return
    yield drawn(site, FIGURES, "bilan.html", _show_all, sitemap=SitemapHint())
    yield from files_of(site, _all_years(site), FIGURES, _file_of_all)
    for year in told_years(site):
        url = figures_of(year)
        yield drawn(site, url, "bilan.html", _show, year, sitemap=SitemapHint())
        yield from files_of(site, bilan_of_year(site, year), url, _file, year)


def _show_all(site: Site) -> BilanView:
    return BilanView(
        **page_of(site, "chiffres", FIGURES),
        **shown_of(_all_years(site), FIGURES),
        annees=_years(site),
        avis=_left_out(site),
    )


def _show(site: Site, year: int) -> BilanView:
    url = figures_of(year)
    return BilanView(
        **page_of(site, "chiffres-annee", url, Lien(_TITLE, FIGURES), annee=year),
        **shown_of(bilan_of_year(site, year), url),
        annees=(Lien(WORDS["catalogue"]["annees"], FIGURES), *_years(site)),
        avis=_left_out(site) if year in years(site) else "",
    )


def _file_of_all(site: Site, code: str) -> Iterable[str]:
    return rows_of(_all_years(site), code)


def _file(site: Site, year: int, code: str) -> Iterable[str]:
    return rows_of(bilan_of_year(site, year), code)


def _years(site: Site) -> tuple[Lien, ...]:
    return tuple(Lien(str(year), figures_of(year)) for year in told_years(site))


@per_site
def _all_years(site: Site) -> Bilan:
    """What is counted of every year, then what reports announce, series by series."""
    known = years(site)
    shown = [kind for kind in KINDS if any(one.kinds[kind.value] for one in known.values())]
    columns = ("Contenus", *(capital(kind.info.pluriel) for kind in shown), "Structures actives")
    rows = []
    for year in sorted(published(site)["contributions"]):
        one = known[year]
        counted = (len(one.items), *(one.kinds[kind.value] for kind in shown), len(one.structures))
        rows.append(Row(str(year), counted, figures_of(year)))
    table = Table(
        "annees", "Ce que le portail publie", "Année", tuple(map(Column, columns)), tuple(rows)
    )
    declared = series_tables(site, "portail", published(site))
    return Bilan(_TITLE, 0, (), (), (table, *declared), ())


def _left_out(site: Site) -> str:
    """How many contents are given as examples, which nothing counts."""
    items = (item for kind in KINDS for item in site.of_kind(kind))
    return uncounted(sum(bool(item.entry.exemple) for item in items), "contenu")
