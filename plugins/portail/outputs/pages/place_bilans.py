"""The year of a structure or of a territory in figures: ``/lieux/la-coupole/bilan/2021/``, for
those that the setting ``PORTAIL_BILANS`` names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.facts.base import Fact, Value
from portail.figures.bilan import asked, bilan_for, bilan_years, trimmed
from portail.outputs.base import Artifact, SitemapHint, drawn
from portail.outputs.pages.bilans import BilanView, files_of, rows_of, shown_of
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import bilan_of


def plan_bilans(site: Site) -> Iterator[Artifact]:
    """A page for each year that has something to count, and the file of each of its tables.
    Raises ``ConfigError`` when the setting names what is not there."""
    for ref in asked(site):
        for year in bilan_years(site, ref):
            url, bilan = bilan_of(site.items[ref].url, year), bilan_for(site, ref, year)
            yield drawn(site, url, "bilan.html", _show, ref, year, sitemap=SitemapHint())
            yield from files_of(site, bilan, url, _file, ref, year)


def bilans(item: Item, site: Site) -> Fact:
    """The last year of a structure or territory that has a page, which leads to the others."""
    years = bilan_years(site, item.ref) if site.config.bilans else ()
    last = (Value(f"{one} en chiffres", bilan_of(item.url, one)) for one in years[:1])
    return Fact("Bilan", tuple(last))


def _show(site: Site, ref: str, year: int) -> BilanView:
    item, bilan = site.items[ref], trimmed(bilan_for(site, ref, year))
    url, above = bilan_of(item.url, year), Lien(item.name, item.url)
    others = (Lien(str(one), bilan_of(item.url, one)) for one in bilan_years(site, ref))
    return BilanView(
        **page_of(site, "bilan", url, above, nom=item.short, annee=year),
        **shown_of(bilan, url),
        annees=tuple(others),
        liens=(above,),
    )


def _file(site: Site, ref: str, year: int, code: str) -> Iterable[str]:
    return rows_of(bilan_for(site, ref, year), code)
