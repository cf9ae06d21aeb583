"""Years in figures, of a portal and of its loans: a page and a table for each, links to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from portail.features.services.bilans.page import bilan_view, shown_of, table_file, table_link
from portail.features.services.bilans.table import Bilan, uncounted
from portail.features.services.fiches.records import Answer
from portail.outputs.base import Artifact, SitemapHint, drawn, text_file
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import LENT, SEASON
from portail.outputs.pages.views.shared import Lien, PageView
from portail.outputs.pages.words import WORDS
from portail.outputs.spreadsheets import Numbers, written
from portail.resources import rows_of
from portail.site.site import Site
from portail.site.territories import territory_code

from .counts import KINDS, asked
from .loan_bilan import (
    ALL_YEARS,
    LOANS,
    bilan_of_loans,
    bilan_of_years,
    has_loans,
    loan_years,
    loans_title,
)
from .year import (
    FIGURES,
    all_years,
    bilan_of_year,
    has_figures,
    years_with_figures,
)

MOTS: Mapping[str, Mapping[str, str]] = rows_of(__package__, "mots")


class Subject(NamedTuple):
    """What has a page for each of its years, and one for them all at ``url``."""

    url: str
    titre: str
    mots: str
    has: Callable[[Site], bool]
    years: Callable[[Site], tuple[int, ...]]
    every: Callable[[Site], Bilan]
    of: Callable[[Site, int], Bilan]


SUBJECTS: Mapping[str, Subject] = {
    "portail": Subject(
        FIGURES,
        MOTS["annees"]["titre"],
        "",
        has=has_figures,
        years=years_with_figures,
        every=all_years,
        of=bilan_of_year,
    ),
    "prets": Subject(
        LOANS,
        ALL_YEARS,
        "_de_prets",
        has=has_loans,
        years=loan_years,
        every=bilan_of_years,
        of=bilan_of_loans,
    ),
}
_ALL = "prets.csv"


def plan(site: Site) -> Iterator[Artifact]:
    """The years of each subject side by side, then a page for each; nothing unless the site shows
    them."""
    for name, subject in SUBJECTS.items():
        if subject.has(site):
            for year in (0, *subject.years(site)):
                url = _url(subject, year)
                yield drawn(site, url, "bilan.html", _show, name, year, sitemap=SitemapHint())
                if not year:
                    yield table_file(site, url, subject.every)
                elif subject.url == LOANS:
                    yield text_file(site, f"{url}{_ALL}", _loans, year)
                else:
                    yield table_file(site, url, subject.of, year)


def _url(subject: Subject, year: int) -> str:
    if year:
        return f"{subject.url}{year}/"
    return subject.url


def _show(site: Site, name: str, year: int) -> PageView:
    subject = SUBJECTS[name]
    url = _url(subject, year)
    bilan = subject.of(site, year) if year else subject.every(site)
    above = []
    years = [Lien(str(year), _url(subject, year)) for year in subject.years(site)]
    table = table_link(url)
    if year:
        above.append(Lien(subject.titre, subject.url))
        years.insert(0, Lien(WORDS["catalogue"]["annees"], subject.url))
    if name == "prets" and year:
        table = Lien(loans_title(year), f"{url}{_ALL}", "CSV, un par ligne")
    words = MOTS[f"{'annee' if year else 'annees'}{subject.mots}"]
    lent = ""
    if name == "prets":
        lent = LENT.ask(site)
    catalogue = [Lien("Catalogue", lent)] if lent else []
    return bilan_view(
        **page_of(site, words, url, *catalogue, *above, annee=year, bilan=bilan.titre),
        **shown_of(bilan),
        annees=tuple(years),
        liens=(table, *([Lien("Tout le catalogue", lent)] if lent else _season(site))),
        avis="" if name == "prets" else _left_out(site),
    )


def _season(site: Site) -> Iterator[Lien]:
    # Whom the season does not reach in the region.
    home = site.geography.home
    for told in SEASON.ask(site, territory_code(home)) if home else ():
        yield Lien(told.note, told.url)


def _left_out(site: Site) -> str:
    items = (item for kind in KINDS for item in site.of_kind(kind))
    return uncounted(sum(bool(item.entry.exemple) for item in items), "contenu")


_COLUMNS = """outil type themes preteur exemplaire emprunteur type_emprunteur commune code_insee
    departement du au jours jours_de_l_annee exemple page""".split()


def _loans(site: Site, year: int) -> Iterable[str]:
    return written(_COLUMNS, (_cells(site, row) for row in asked(site, "prets.csv", annee=year)))


def _cells(site: Site, row: Answer) -> list[str]:
    *cells, url = row
    texts = (Numbers(cell) if isinstance(cell, int) else cell or "" for cell in cells)
    return [*texts, site.config.absolute(url)]


def about_links(site: Site) -> Sequence[Lien]:
    return _link(site, "portail")


def loan_links(site: Site) -> Sequence[Lien]:
    return _link(site, "prets")


def _link(site: Site, name: str) -> Sequence[Lien]:
    subject = SUBJECTS[name]
    if subject.has(site):
        return (Lien(subject.titre, subject.url),)
    return ()
