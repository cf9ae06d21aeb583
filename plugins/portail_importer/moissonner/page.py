"""Where the agenda comes from: a page for readers, a table for those who keep the sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from portail.features.services.bilans.page import bilan_view
from portail.features.services.bilans.table import Column, Row, Table
from portail.outputs.base import Artifact, SitemapHint, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import DeskSection, DeskTable
from portail.outputs.pages.views.shared import Lien, PageView
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour

from .record import Memory
from .sources import Source

ORIGINS: Final = "/provenance/"
# After so long without anything new, a source is worth a look.
_SILENT = timedelta(weeks=3)
WORDS = rows_of(__package__, "mots")


def sources_of(site: Site) -> Sequence[Source]:
    sources: Sequence[Source] = site.part("moisson") or ()
    return sources


def plan(site: Site) -> Iterator[Artifact]:
    """The page, in a portal that harvests."""
    if sources_of(site):
        yield drawn(site, ORIGINS, "bilan.html", _show, sitemap=SitemapHint())


def about_links(site: Site) -> Sequence[Lien]:
    """The link of the footer."""
    if sources_of(site):
        return (Lien(WORDS["page"]["titre"], ORIGINS),)
    return ()


def _show(site: Site) -> PageView:
    given = _given(site)
    words = WORDS["sources"]
    columns = tuple(map(Column, words["colonnes"]))
    rows = tuple(_row(source, given[source.slug], site) for source in sources_of(site))
    return bilan_view(
        **page_of(site, WORDS["page"], ORIGINS),
        chapo=words["chapo" if site.config.tenu else "chapo_seul"],
        mesures=(Table("sources", words["titre"], words["premiere"], columns, rows),),
        methode=(words["methode"],),
    )


def _given(site: Site) -> Mapping[str, Sequence[Item]]:
    # The contents that each source gave, by its slug.
    from ..importer.base import source_of  # and all that reads a source with it

    given: dict[str, list[Item]] = defaultdict(list)
    for item in site.items.values():
        if slug := source_of(item.entry):
            given[slug].append(item)
    return given


def _row(source: Source, items: Sequence[Item], site: Site) -> Row:
    coming = sum(item.entry.kind.info.dated and not item.is_over for item in items)
    last = _last(items)
    licence = site.vocabularies.label("licences", source.licence)
    place = site.lieu(source.lieu)
    values = (len(items), coming, jour(last, semaine=False) if last else None, licence or None)
    return Row(source.nom, values, place.url if place else "")


def _last(items: Sequence[Item]) -> date | None:
    # The last day on which a source said something new.
    return max((day for item in items if (day := item.entry.jour)), default=None)


def desk_section(site: Site) -> Iterator[DeskSection]:
    """The sources that ask for a look: those that fail, since when, those that give nothing, and
    those that say nothing new any more."""
    if not sources_of(site):
        return
    words = WORDS["bureau"]
    memories: Mapping[str, Memory] = site.part("moisson_memoire") or {}
    news = {slug: _last(items) for slug, items in _given(site).items()}
    rows = []
    for source in sources_of(site):
        failing = memories.get(source.slug, Memory()).failing
        last = news.get(source.slug)
        if failing:
            why = words["panne"].format(jour=jour(failing, semaine=False))
        elif source.dort or (last and site.day.date - last < _SILENT):
            continue
        else:
            why = words["muette" if last else "rien"].format(
                jour=last and jour(last, semaine=False)
            )
        url = "" if "${" in source.adresse else source.adresse
        rows.append((Lien(source.nom, url), (why,)))
    yield DeskSection(
        "Sources",
        words["titre"],
        words["phrase"],
        tables=(DeskTable(tuple(words["colonnes"]), tuple(rows)),),
        empty=words["vide"],
    )
