"""The pages of one view of the agenda: what lasts, then day after day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.agenda_lines import Line, days_of
from portail.outputs.pages.facettes import facettes_view
from portail.outputs.pages.feed_links import linked_calendar
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.paging import Listing, folder_of_pages, page_urls
from portail.outputs.pages.views.agenda import AgendaView, Duree
from portail.outputs.pages.views.cards import Bloc
from portail.outputs.pages.views.shared import Lien, Pagination
from portail.site.embeds import embedding_of
from portail.site.facets import Pair
from portail.site.site import Site
from portail.site.urls import listing_of
from portail.text.dates import periode
from portail.text.numbers import nombre

__all__ = ["AgendaPages", "Section"]

_AGENDA = listing_of(Kind.EVENT)
_DENSE, _MOST = 4, 200
"""Lines of a page: so many times the cards of a page, whole days if it can; at most so many."""
_BARS = 3
_GRID = 2
"""Bars of a page that tells nothing else: so many times the cards of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One view of the agenda: ``listing`` says what it shares with other lists, ``pair`` to what
    it is narrowed.

    ``chapo`` is said under its title, else how much each page tells. ``tous`` leads to all that
    lasts; without it, what is not drawn as a bar is told in short. A ``grille`` draws every bar,
    and no days.
    """

    listing: Listing
    lines: Sequence[Line] = ()
    bars: Sequence[Duree] = ()
    pair: Pair | None = None
    chapo: str = ""
    tous: Lien | None = None
    grille: bool = False


Part: TypeAlias = tuple[Sequence[Line], Sequence[Duree]]
"""What one page tells: its lines, its bars."""


@dataclass(frozen=True)
class AgendaPages:
    """The pages of one view of the agenda."""

    site: Site
    section: Section

    def plan(self, show: Callable[..., object]) -> Iterator[TemplatePage]:
        """Each of them: what ``show`` gives of the address of the view and of its number."""
        listing = self.section.listing
        # Nothing leads to a value that nothing to come has: its page waits for the next season.
        hint = None if self.section.pair and listing.vide else SitemapHint()
        for number, url in enumerate(self._urls, start=1):
            yield drawn(self.site, url, "agenda.html", show, listing.url, number, sitemap=hint)
        yield from folder_of_pages(self.site, self._urls, listing.titre)

    @cached_property
    def _urls(self) -> tuple[str, ...]:
        return page_urls(self.section.listing.url, len(self._parts))

    @cached_property
    def _parts(self) -> list[Part]:
        return self._grid() if self.section.grille else self._days()

    def _days(self) -> list[Part]:
        """Pages of whole days, unless a day is very full; the first one tells two weeks."""
        size, window = _DENSE * self.site.config.taille_page, self.site.ahead.window
        pages: list[list[Line]] = [[]]
        for line in self.section.lines:
            page = pages[-1]
            new_day = bool(page) and page[-1].day != line.day
            wide = len(pages) == 1 and line.day <= window
            if len(page) >= _MOST or (new_day and len(page) >= size and not wide):
                pages.append([])
            pages[-1].append(line)
        return [(page, () if rank else self.section.bars) for rank, page in enumerate(pages)]

    def _grid(self) -> list[Part]:
        size, bars = _GRID * self.site.config.taille_page, self.section.bars
        return [((), bars[start : start + size]) for start in range(0, max(1, len(bars)), size)]

    def view(self, number: int) -> AgendaView:
        """One of them; facets say how much each value holds on the first page of all only."""
        section, listing = self.section, self.section.listing
        lines, bars = self._parts[number - 1]
        drawn = bars if section.grille else bars[:_BARS]
        others = () if section.tous else bars[len(drawn) :]
        site, first = self.site, number == 1
        counted = first and section.pair is None
        return AgendaView(
            cadre=frame_of(site),
            titre=listing.titre if first else f"{listing.titre}, page {number}",
            description=listing.chapo,
            url=self._urls[number - 1],
            fil=listing.fil,
            rubrique=listing.rubrique,
            chapo=section.chapo or _count(lines, bars),
            kind=listing.kind,
            blocs=(),
            nombre="",
            pagination=Pagination(number, len(self._urls), self._urls),
            voisins=listing.voisins,
            presentations=listing.presentations,
            vide=listing.vide,
            theme=listing.theme,
            jours=tuple(days_of(lines, site.day.date)),
            durees=tuple(drawn),
            aussi=_also(others),
            tous=section.tous if len(bars) > len(drawn) else None,
            grille=section.grille,
            calendrier=linked_calendar(site, listing.url) or linked_calendar(site, _AGENDA),
            flux=listing.flux,
            facettes=None if section.grille else facettes_view(site, counted, section.pair),
            affiche=site.posters.proposed(listing.url) if first else "",
            embarquer=embedding_of(site, listing.url) or embedding_of(site, _AGENDA),
            donnees=listing.donnees if first and listing.url == _AGENDA else (),
        )


def _also(bars: Sequence[Duree]) -> Bloc:
    """What lasts and is told in short."""
    told = tuple(bar.carte for bar in bars)
    return Bloc("Aussi en ce moment", told, forme="simples", notes=tuple(bar.dates for bar in bars))


def _count(lines: Sequence[Line], bars: Sequence[Duree]) -> str:
    """« 21 rendez-vous du 27 septembre au 10 octobre 2021 », « 2 rendez-vous en ce moment »."""
    if lines:
        return f"{nombre(len(lines))} rendez-vous {periode(lines[0].day, lines[-1].day)}"
    return f"{nombre(len(bars))} rendez-vous en ce moment" if bars else ""
