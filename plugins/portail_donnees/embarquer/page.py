"""Frames that other sites show: the next events of each calendar, and the page where one takes the
code of a frame.

A frame has no header, menu, script nor font. It is made again when what it shows changes, so each
day too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import Dated, maintained
from portail.facts.place import address
from portail.facts.price import price as price_of
from portail.features.services.agenda.views import lines_of
from portail.features.services.calendriers.calendars import GROUPS, Calendar, calendars_of
from portail.model.event import Event
from portail.model.kinds import DATED, in_folders, info_of
from portail.outputs.base import Artifact, SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import contributions, page_of, redirect_page
from portail.outputs.pages.views.shared import Etiquette, Lien, PageView, page_view
from portail.resources import rows_of
from portail.site.memo import own_answer, per_site
from portail.site.reader import digest_value
from portail.site.redirections import former_paths
from portail.site.site import Site
from portail.site.subscriptions import Ways
from portail.site.urls import AGENDA, EMBEDS, facet_of
from portail.text.dates import JOURS, MOIS
from portail.text.typography import capital, typeset

_WORDS: Mapping[str, Any] = rows_of("portail_donnees.embarquer", "mots")
# Kinds whose pages have an agenda that other sites show.
_EMBEDDED = in_folders(("lieux", "temps-forts"))
# A frame is read at a glance and weighs less than 15 kB: it has so many events to come, and so many
# that have begun (exhibitions…).
_COMING = 10
_BEGUN = 3
# With more frames than this, their codes would weigh more than they are worth: each is only named,
# since its code is that of the region with another address.
_MOST_CODES = 300
# Pixels: four or five events; one scrolls to the others.
_HEIGHT = 600


def embed_of(page: str) -> str:
    """Site path of the frame that shows the agenda of a page: ``/embarquer/lieux/la-coupole/``."""
    return f"{EMBEDS[:-1]}{page}"


def ways(site: Site, page: str) -> Ways:
    calendar = calendars_of(site).by_page.get(page)
    framed = site.config.siteurl and calendar and calendar.refs
    return Ways(frame=f"{EMBEDS}#{calendar.anchor}" if calendar and framed else "")


def follow_links(site: Site) -> Sequence[Lien]:
    if site.ways(AGENDA).frame:
        return (Lien("Sur votre site", EMBEDS),)
    return ()


def former_pages(site: Site) -> Iterator[tuple[str, str]]:
    if not site.ways(AGENDA).frame:
        return
    for pair in site.facets.rare():
        if pair[0] in GROUPS:
            yield embed_of(facet_of(AGENDA, *pair)), embed_of(AGENDA)


def _framed(site: Site) -> Iterator[Calendar]:
    # Calendars that have a frame, even those with nothing to come, in their order.
    if site.config.siteurl:
        yield from calendars_of(site).every


class LigneEmbarque(Struct, frozen=True):
    """An event in a frame, as in the agenda except for its ``details``: its place and price.

    ``digest`` is that of all other fields: a line that several frames show is drawn once.
    """

    titre: str
    url: str
    theme: str
    heure: str
    suite: str
    iso: str
    details: tuple[str, ...]
    etiquettes: tuple[Etiquette, ...]
    annule: bool
    digest: str = ""


class CodeEmbarque(Struct, frozen=True):
    """A frame that one may take: its address, the HTML to copy (``""`` when there are too many)."""

    nom: str
    url: str
    ancre: str
    code: str


def plan(site: Site) -> Iterator[Artifact]:
    yield from _plan_frames(site)
    yield from _plan_codes(site)


def _plan_frames(site: Site) -> Iterator[TemplatePage]:
    frames = dict.fromkeys(calendar.page for calendar in _framed(site))
    if not frames:
        return
    for page in frames:
        yield drawn(site, embed_of(page), "embarque.html", _show_frame, page)
    for kind in _EMBEDDED:
        for item in site.of_kind(kind):
            for path in former_paths(item.entry):
                if item.url in frames and path.startswith(kind.info.listing) and path[-1] == "/":
                    target = embed_of(item.url)
                    yield redirect_page(site, embed_of(path), target, item.name, item.entry.source)


def _plan_codes(site: Site) -> Iterator[TemplatePage]:
    if _full_calendars(site):
        yield drawn(site, EMBEDS, "embarquer.html", _show_codes, sitemap=SitemapHint())


def _show_frame(site: Site, page: str) -> SimpleNamespace:
    return _FrameBuilder(site).view(*_contents_of(site, page))


@own_answer
def _contents_of(site: Site, page: str) -> tuple[Calendar, Sequence[Dated], Sequence[Dated]]:
    # The calendar of a page, its events to come, those that have begun.
    coming, begun = _rows_by_page(site)
    return calendars_of(site).by_page[page], coming.get(page, ()), begun.get(page, ())


@per_site
def _rows_by_page(site: Site) -> tuple[Mapping[str, list[Dated]], Mapping[str, list[Dated]]]:
    # What is to come and what has begun, by the page of each calendar: as many as a frame shows.
    frames = tuple(_framed(site))
    whole = [calendar.page for calendar in frames if calendar.groupe == "tout"]
    pages: dict[str, list[str]] = defaultdict(list)
    for calendar in frames:
        if calendar.groupe != "tout":
            for ref in calendar.refs:
                pages[ref].append(calendar.page)
    today = site.ahead.today
    outlook = site.ahead.all
    begun = [(stay.du, stay) for stay in outlook.lasting if stay.du <= today]
    later = [(stay.du, stay) for stay in outlook.lasting if stay.du > today]
    # What has begun says until when, on no day; what has not is on the day when it begins.
    coming = sorted((*later, *outlook.rows), key=lambda row: row[0])
    shares: list[dict[str, list[Dated]]] = []
    for source, most in ((coming, _COMING), (begun, _BEGUN)):
        rows: dict[str, list[Dated]] = defaultdict(list)
        for row in source:
            for page in (*whole, *pages.get(row[1].ref, ())):
                if len(rows[page]) < most:
                    rows[page].append(row)
        shares.append(rows)
    return shares[0], shares[1]


class _FrameBuilder(Struct, frozen=True):
    """Makes the view of a frame."""

    site: Site

    def view(
        self, calendar: Calendar, coming: Sequence[Dated], begun: Sequence[Dated]
    ) -> SimpleNamespace:
        nom = typeset(calendar.nom)
        config = self.site.config
        return SimpleNamespace(
            nom=nom if calendar.groupe != "tout" else f"Les sciences{config.en_region}",
            description=f"Les prochains rendez-vous des sciences : {nom}.",
            portail=config.nom,
            region=config.region,
            page=calendar.page,
            calendrier=calendar.url,
            en_ce_moment=self._lines(begun, calendar),
            jours=tuple(self._days(coming, calendar)),
            proposer=contributions(self.site, DATED),
        )

    def _days(self, rows: Sequence[Dated], calendar: Calendar) -> Iterator[SimpleNamespace]:
        for day, of_day in groupby(rows, key=lambda row: self._shown_on(row[0])):
            year = ""
            if not self.site.has_come(date(day.year, 1, 1)):
                year = f" {day.year}"
            name = capital(JOURS[day.weekday()])
            month = f"{MOIS[day.month - 1]}{year}"
            yield SimpleNamespace(
                jour=day, nom=name, mois=month, lignes=self._lines(tuple(of_day), calendar)
            )

    def _shown_on(self, day: date) -> date:
        # An event that began before today and is not over is one of today.
        if self.site.has_come(day):
            return self.site.day.date
        return day

    def _lines(self, rows: Sequence[Dated], calendar: Calendar) -> tuple[LigneEmbarque, ...]:
        return tuple(self._line(row, calendar) for row in rows)

    def _line(self, row: Dated, calendar: Calendar) -> LigneEmbarque:
        # An event in the frame of ``calendar``; that of a place does not name the place on each
        # line, but the room.
        _, event = row
        (line,) = lines_of(self.site, (row,))
        ligne = line.ligne
        item = self.site.on(event.ref)
        place = self.site.lieu_of(item.entry)
        is_on = maintained(event)
        price = ""
        if is_on and isinstance(item.entry, Event):
            price = price_of(item, self.site).short
        where = ligne.carte.details[1:]
        if place is not None and place.url == calendar.page:
            where = (address(item, self.site).salle, *where[1:])
        details = tuple(filter(None, (*where, price)))
        shown = LigneEmbarque(
            ligne.carte.titre,
            ligne.carte.url,
            ligne.carte.theme,
            heure=ligne.heure,
            suite=ligne.suite,
            iso=ligne.iso,
            details=details,
            etiquettes=tuple(label for label in ligne.etiquettes if label.texte not in details),
            annule=not is_on,
        )
        return replace(shown, digest=digest_value(shown))


def _full_calendars(site: Site) -> list[Calendar]:
    return [calendar for calendar in _framed(site) if calendar.refs]


def _show_codes(site: Site) -> PageView:
    calendars = _full_calendars(site)
    info = info_of(DATED)
    return page_view(
        **page_of(site, _WORDS["page"], EMBEDS, Lien(info.rubrique, info.listing)),
        rubrique=AGENDA,
        tout=next(
            _code(calendar, site, with_code=True)
            for calendar in calendars
            if calendar.groupe == "tout"
        ),
        groupes=tuple(_groups(calendars, site)),
        proposer=contributions(site, DATED),
        hauteur=_HEIGHT,
    )


def _groups(calendars: list[Calendar], site: Site) -> Iterator[SimpleNamespace]:
    few = len(calendars) <= _MOST_CODES
    for number, (title, groupe) in enumerate(_WORDS["groupes"], start=1):
        codes = tuple(
            _code(calendar, site, with_code=few)
            for calendar in calendars
            if calendar.groupe == groupe
        )
        if codes:
            yield SimpleNamespace(titre=title, ancre=f"Groupe-{number}", codes=codes)


def _code(calendar: Calendar, site: Site, *, with_code: bool) -> CodeEmbarque:
    nom = typeset(calendar.nom)
    url = embed_of(calendar.page)
    if calendar.groupe == "tout":
        nom = site.config.ensemble
    code = ""
    if with_code:
        code = code_html(site.config.absolute(url), nom)
    return CodeEmbarque(nom, url, calendar.anchor, code)


def code_html(address: str, name: str) -> str:
    """The HTML to paste in a page to show the frame at ``address``: an ``<iframe>``.

    It has a title (RGAA 2.1), loads once it is near the screen, and takes all the width there is.
    """
    title = escape(f"Agenda\u00a0: {name}")
    return (
        f'<iframe src="{escape(address)}" title="{title}" width="100%" height="{_HEIGHT}" '
        'loading="lazy" style="border:0"></iframe>'
    )
