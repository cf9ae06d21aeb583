"""The pages of one view of the agenda: what lasts, then day after day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import Digest, SitemapHint, TemplatePage
from portail.outputs.pages.agenda_lines import Bar, Line, days_of
from portail.outputs.pages.facettes import choosing, facettes_view
from portail.outputs.pages.paging import Listing, page_urls
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views import (
    AgendaView,
    Bloc,
    FacettesView,
    FichierDonnees,
    Frame,
    Lien,
    Pagination,
)
from portail.site.embeds import embedding_of
from portail.site.facets import Pair
from portail.site.site import Site
from portail.site.urls import file_of, listing_of
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
    bars: Sequence[Bar] = ()
    pair: Pair | None = None
    chapo: str = ""
    tous: Lien | None = None
    grille: bool = False


Part: TypeAlias = tuple[Sequence[Line], Sequence[Bar]]
"""What one page tells: its lines, its bars."""


@dataclass(frozen=True)
class AgendaPages:
    """Plans the pages of views of the agenda."""

    site: Site
    frame: Frame

    def plan(self, section: Section) -> Iterator[TemplatePage]:
        """The pages of a view, each with the exact key of what it shows."""
        listing = section.listing
        # Nothing leads to a value that nothing to come has: its page waits for the next season.
        hint = None if section.pair and listing.vide else SitemapHint()
        parts = self._grid(section) if section.grille else self._days(section)
        urls = page_urls(listing.url, len(parts))
        for number, (url, part) in enumerate(zip(urls, parts, strict=True), start=1):
            yield TemplatePage(
                file_of(url),
                url,
                "agenda.html",
                (self.frame.digest, self._key(section, part, number, len(urls))),
                self._viewer(section, part, Pagination(number, len(urls), urls)),
                sitemap=hint,
            )
        if len(urls) > 1:  # the folder of its pages: an address cut at any slash gives a page
            yield redirect_page(f"{listing.url}page/", listing.url, listing.titre, self.frame)

    def _days(self, section: Section) -> list[Part]:
        """Pages of whole days, unless a day is very full; the first one tells two weeks."""
        size, window = _DENSE * self.site.config.taille_page, self.site.ahead.window
        pages: list[list[Line]] = [[]]
        for line in section.lines:
            page = pages[-1]
            new_day = bool(page) and page[-1].day != line.day
            wide = len(pages) == 1 and line.day <= window
            if len(page) >= _MOST or (new_day and len(page) >= size and not wide):
                pages.append([])
            pages[-1].append(line)
        return [(page, () if rank else section.bars) for rank, page in enumerate(pages)]

    def _grid(self, section: Section) -> list[Part]:
        size = _GRID * self.site.config.taille_page
        starts = range(0, max(1, len(section.bars)), size)
        return [((), section.bars[start : start + size]) for start in starts]

    def _key(self, section: Section, part: Part, number: int, total: int) -> Digest:
        listing, (lines, bars) = section.listing, part
        shown = bars[:_BARS] if section.tous and not section.grille else bars
        seen = (
            listing.titre, listing.chapo, listing.fil, listing.voisins, listing.presentations,
            listing.vide, listing.flux, section.pair, section.chapo,
            section.tous if len(bars) > len(shown) else None, _count(lines, bars),
            number, total, self._filters(section, number), self._poster(section, number),
            self.site.day.date.year, self._code(section), self._data(section, number),
            [(line.day, line.groupe, line.ligne.digest) for line in lines],
            [bar.digest for bar in shown],
        )  # fmt: skip
        return digest_bytes(repr(seen).encode())

    def _poster(self, section: Section, number: int) -> str:
        """What one prints of a view, on its first page."""
        return self.site.posters.proposed(section.listing.url) if number == 1 else ""

    def _code(self, section: Section) -> str:
        """Where the code is that shows a view on another site, else the whole agenda."""
        return embedding_of(self.site, section.listing.url) or embedding_of(self.site, _AGENDA)

    def _data(self, section: Section, number: int) -> tuple[FichierDonnees, ...]:
        """The files of all events, told by the agenda itself."""
        whole = section.listing.url == _AGENDA and number == 1
        return section.listing.donnees if whole else ()

    def _filters(self, section: Section, number: int) -> Digest:
        """Digest of the facets of a page, without the value that is chosen."""
        if section.grille:
            return ""
        return self._counted if _is_counted(section, number) else self._plain

    @cached_property
    def _counted(self) -> Digest:
        return digest_bytes(repr(self._counted_facets).encode())

    @cached_property
    def _plain(self) -> Digest:
        return digest_bytes(repr(self._plain_facets).encode())

    @cached_property
    def _counted_facets(self) -> FacettesView:
        return facettes_view(self.site, _AGENDA, counted=True)

    @cached_property
    def _plain_facets(self) -> FacettesView:
        return facettes_view(self.site, _AGENDA, counted=False)

    def _facets(self, pair: Pair | None, *, counted: bool) -> FacettesView:
        view = self._counted_facets if counted else self._plain_facets
        return choosing(view, pair) if pair else view

    def _viewer(
        self, section: Section, part: Part, pagination: Pagination
    ) -> Callable[[], AgendaView]:
        def view() -> AgendaView:
            return self._view(section, part, pagination)

        return view

    def _view(self, section: Section, part: Part, pagination: Pagination) -> AgendaView:
        listing, (lines, bars), number = section.listing, part, pagination.numero
        drawn = bars if section.grille else bars[:_BARS]
        others = () if section.tous else bars[len(drawn) :]
        counted, calendars = _is_counted(section, number), self.site.calendars
        return AgendaView(
            cadre=self.frame,
            titre=listing.titre if number == 1 else f"{listing.titre}, page {number}",
            description=listing.chapo,
            url=pagination.pages[number - 1],
            fil=listing.fil,
            rubrique=listing.rubrique,
            chapo=section.chapo or _count(lines, bars),
            kind=listing.kind,
            blocs=(),
            nombre="",
            pagination=pagination,
            voisins=listing.voisins,
            presentations=listing.presentations,
            vide=listing.vide,
            theme=listing.theme,
            jours=tuple(days_of(lines, self.site.day.date)),
            durees=tuple(bar.duree for bar in drawn),
            aussi=Bloc(
                "Aussi en ce moment",
                tuple(bar.duree.carte for bar in others),
                forme="simples",
                notes=tuple(bar.duree.dates for bar in others),
            ),
            tous=section.tous if len(bars) > len(drawn) else None,
            grille=section.grille,
            calendrier=calendars.url_of(listing.url) or calendars.url_of(_AGENDA),
            flux=listing.flux,
            facettes=None if section.grille else self._facets(section.pair, counted=counted),
            affiche=self._poster(section, number),
            embarquer=self._code(section),
            donnees=self._data(section, number),
        )


def _is_counted(section: Section, number: int) -> bool:
    """Whether the facets of a page say how much each value holds: on the first of all only."""
    return section.pair is None and number == 1


def _count(lines: Sequence[Line], bars: Sequence[Bar]) -> str:
    """« 21 rendez-vous du 27 septembre au 10 octobre 2021 », « 2 rendez-vous en ce moment »."""
    if lines:
        return f"{nombre(len(lines))} rendez-vous {periode(lines[0].day, lines[-1].day)}"
    return f"{nombre(len(bars))} rendez-vous en ce moment" if bars else ""
