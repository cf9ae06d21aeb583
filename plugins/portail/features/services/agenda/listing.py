"""Views of the agenda: which ones exist, and the pages of each, day after day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import Dated, Lasting
from portail.agenda.weeks import Week, week_end
from portail.facts.place import PARTOUT
from portail.features.services.facettes.pages import about, list_words
from portail.model.kinds import DATED
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import ACCUEIL, kept_informed, linked_feeds, words_of
from portail.outputs.pages.lists.listings import kind_lists
from portail.outputs.pages.lists.paging import Grouped, Listing, page_urls
from portail.outputs.pages.slots import POSTER
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS
from portail.site.facets import RESERVED, Facet, Pair, Value
from portail.site.memo import answer, own_answer, per_site
from portail.site.outlook import Outlook, Tally
from portail.site.site import Site
from portail.site.urls import AGENDA, NOW, WEEK_END, archives_of, day_of, facet_of
from portail.text.dates import jour, periode
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre

from .filter import facettes_view
from .views import AgendaView, Duree, Line, bars_of, days_of, lines_of, running_text

# Lines of a view: what comes later is told by weeks, once; a script narrows the whole agenda.
_MOST = 100
_BARS = 3
# Bars of a page that tells nothing else: so many times the cards of a page.
_GRID = 2


class Section(Struct, frozen=True, kw_only=True):
    """One view of the agenda: what it shares with other lists, what lasts as bars, which empty days
    are shown, how much comes, what comes later.
    """

    listing: Listing
    rows: Sequence[Dated] = ()
    bars: Sequence[Lasting] = ()
    pair: Pair | None = None
    chapo: str = ""
    tous: Lien | None = None
    grille: bool = False
    cherches: Sequence[date] = ()
    places: bool = False
    venir: Tally = Tally(0)
    reste: Lien | None = None

    @property
    def attend(self) -> bool:
        """Whether it is of a value that nothing to come has: no page leads to it until the next
        season, and engines are kept away."""
        return bool(self.pair and self.listing.vide)


# What one page tells on its days, what lasts: a page draws its own, and reads no other.
Part: TypeAlias = tuple[Sequence[Dated], Sequence[Lasting]]


class AgendaPages(Struct, frozen=True, dict=True):
    """The pages of one view of the agenda."""

    site: Site
    section: Section

    def plan(self) -> Iterator[TemplatePage]:
        listing = self.section.listing
        hint = None if self.section.attend else SitemapHint()
        for number, url in enumerate(self.urls, start=1):
            yield drawn(self.site, url, "agenda.html", _show, listing.url, number, sitemap=hint)

    @cached_property
    def urls(self) -> tuple[str, ...]:
        return page_urls(self.section.listing.url, len(self.parts))

    @cached_property
    def parts(self) -> list[Part]:
        section = self.section
        if not section.grille:
            return [(section.rows, section.bars)]
        size = _GRID * self.site.config.taille_page
        bars = section.bars
        return [((), bars[start : start + size]) for start in range(0, max(1, len(bars)), size)]

    @property
    def coming(self) -> Tally:
        section = self.section
        ahead = self.site.ahead
        if section.pair and ahead.of(section.pair):
            return ahead.tally(section.pair)
        if section.listing.url == AGENDA:
            return Tally.among(ahead.all.refs)
        return Tally.among(Outlook(tuple(section.rows), tuple(section.bars)).refs)


def _show(site: Site, url: str, number: int) -> AgendaView:
    section, urls = _page(site, url, number)
    listing = section.listing
    first = number == 1

    ways = site.ways(url)
    whole = site.ways(AGENDA)
    lines = lines_of(site, section.rows)
    bars = bars_of(site, section.bars)
    if section.places:
        lines = [line._replace(groupe=_place(site, line.ligne.carte.ref)) for line in lines]
    drawn = bars if section.grille else bars[:_BARS]
    hidden = () if section.tous else bars[len(drawn) :]
    shown = listing.shown(site, number, urls)
    shown |= {
        "blocs": (),
        "boutons": (),
        "noindex": section.attend,
        "nombre": "",
        "chapo": section.chapo or _count(lines, bars, section.venir),
        "calendrier": ways.calendar or whole.calendar,
        "embarquer": ways.frame or whole.frame,
    }
    return AgendaView(
        **shown,
        jours=tuple(days_of(lines, site.day.date, section.cherches)),
        durees=tuple(drawn),
        aussi=_also(hidden),
        tous=section.tous if len(bars) > len(drawn) else None,
        reste=section.reste,
        grille=section.grille,
        facettes=None
        if section.grille
        else facettes_view(site, section.pair is None, section.pair),
        affiche=POSTER.ask(site, url) if first else "",
    )


def _also(bars: Sequence[Duree]) -> Bloc:
    cards = tuple(bar.carte for bar in bars)
    begun = all(bar.ecoule is not None for bar in bars)
    title = "Aussi en ce moment" if begun else "Ce qui dure aussi"
    return Bloc(title, cards, forme="simples", notes=tuple(bar.dates for bar in bars))


def _count(lines: Sequence[Line], bars: Sequence[Duree], coming: Tally) -> str:
    # « 21 rendez-vous du 27 septembre au 10 octobre 2021 », « 2 rendez-vous en ce moment »; before
    # them, when these are not what filters count too: « 82 événements et 3 autres rendez-vous à
    # venir. », « 20 événements à venir, 42 de chez vous. »
    if not lines:
        if bars:
            return f"{nombre(len(bars))} rendez-vous en ce moment"
        return ""
    count = f"{nombre(len(lines))} rendez-vous"
    days = periode(lines[0].day, lines[-1].day)
    if coming in (Tally(0), Tally(len(lines))):
        return f"{count} {days}"
    home = ""
    if coming.partout:
        home = f", {nombre(coming.partout)}\u00a0de chez vous"
    return f"{' et '.join(_sorts(coming))} à venir{home}. {capital(days)} : {count}"


def _sorts(coming: Tally) -> Iterator[str]:
    if coming.ici or not coming.autres:
        yield f"{nombre(coming.ici)} {DATED[0].info.counted(coming.ici)}"
    if coming.autres:
        other = ""
        if coming.ici:
            other = "autre" + "s" * (coming.autres > 1) + " "
        yield f"{nombre(coming.autres)}\u00a0{other}rendez-vous"


# Lines of a week-end from which they are grouped by département.
_MANY = 12
_NOWHERE = WORDS["agenda"]["sans_lieu"]


@own_answer
def _page(site: Site, url: str, number: int) -> tuple[Section, tuple[str, ...]]:
    pages = _views(site)[url]
    rows, bars = pages.parts[number - 1]
    coming = pages.coming if number == 1 else Tally(0)
    return replace(pages.section, rows=rows, bars=bars, venir=coming), pages.urls


@per_site
def _views(site: Site) -> Mapping[str, AgendaPages]:
    views = _Views(_heading(site), site)
    sections = (views.all(), views.week_end(), views.now(), *views.values())
    return {section.listing.url: AgendaPages(site, section) for section in sections}


@answer
def _heading(site: Site) -> Listing:
    return replace(kind_lists(site, DATED[0])[0], grouped=Grouped(), rangement=None)


@answer
def _has_past(site: Site) -> bool:
    return any(item.is_over for item in site.dated)


class _Views(Struct, frozen=True):
    """Makes the views; ``first`` says what they share with other lists."""

    first: Listing
    site: Site

    def all(self) -> Section:
        outlook = self.site.ahead.all
        count = nombre(len(outlook.lasting))
        link = Lien(running_text(self.site) or f"Tout ce qui dure ({count})", NOW)
        listing = self.first
        if outlook:
            listing = replace(listing, vide=None)
        return _begun(listing, outlook, tous=link)

    def values(self) -> Iterator[Section]:
        for facet, value in self.site.facets.pages():
            yield self._value(facet, value)

    def _value(self, facet: Facet, value: Value) -> Section:
        pair = (facet.cle, value.code)
        outlook = self.site.ahead.of(pair)
        listing = self._below(
            facet_of(AGENDA, *pair),
            *list_words(AGENDA, facet, value, self.site),
            voisins=(Lien("Tout l’agenda", AGENDA), *about(self.site, pair)),
            theme=value.code if facet.cle == "theme" else "",
            vide=None if outlook else Vide(WORDS["agenda"]["vide"], issues=self._ways()),
        )
        if pair == RESERVED:  # no week tells it
            return Section(listing=listing, bars=outlook.lasting, rows=outlook.rows, pair=pair)
        return _begun(listing, outlook, pair=pair)

    def _below(
        self,
        url: str,
        titre: str,
        chapo: str,
        voisins: tuple[Lien, ...],
        theme: str = "",
        vide: Vide | None = None,
    ) -> Listing:
        return replace(
            self.first,
            url=url,
            titre=titre,
            chapo=chapo,
            fil=(ACCUEIL, Lien(self.first.titre, AGENDA)),
            voisins=voisins,
            theme=theme,
            vide=vide,
            presentations=(),
            flux=linked_feeds(self.site, url, AGENDA),
        )

    def _of_moment(self, url: str, name: str) -> Listing:
        words = words_of(self.site, name)
        links = tuple(link for link in self._others() if link.url not in (url, AGENDA))
        below = self._below(url, words["titre"], words["chapo"], links)
        return replace(below, presentations=self.first.presentations)

    def _others(self) -> tuple[Lien, ...]:
        past = Lien(WORDS["agenda"]["passes"], archives_of(DATED[0]))
        return (
            Lien("Tout l’agenda", AGENDA),
            Lien("Ce week-end", WEEK_END),
            Lien("En ce moment", NOW),
            *((past,) if _has_past(self.site) else ()),
        )

    def _ways(self) -> tuple[Lien, ...]:
        calendar = self.site.ways(AGENDA).calendar  # these pages have it at their foot, or nothing
        informed = kept_informed(self.first.flux, calendar) if calendar else ()
        return (*self._others(), *informed)

    def now(self) -> Section:
        lasting = self.site.ahead.all.lasting
        listing = self._of_moment(NOW, "en-ce-moment")
        if not lasting:
            listing = replace(listing, vide=self._empty("Rien qui dure en ce moment"))
        return Section(listing=listing, bars=lasting, chapo=running_text(self.site), grille=True)

    def week_end(self) -> Section:
        today = self.site.day.date
        saturday, sunday = week_end(today)
        first = max(saturday, today)
        rows = self._days(first, sunday)
        lasting = [o for o in self.site.ahead.all.lasting if o.du <= sunday and o.au >= first]
        listing = self._of_moment(WEEK_END, "week-end")
        if not rows:
            listing = replace(listing, vide=self._empty(WORDS["agenda"]["week_end"]))
        count = len({event.ref for _, event in rows})
        days = capital(periode(first, sunday, semaine=True))
        return Section(
            listing=listing,
            rows=_by_departement(rows, self.site) if len(rows) > _MANY else rows,
            bars=lasting,
            pair=("quand", "week-end"),
            chapo=f"{days} : {nombre(count)} rendez-vous" if count else days,
            tous=Lien("Tout ce qui dure", NOW),
            cherches=tuple(dict.fromkeys((first, sunday))) if rows else (),
            places=len(rows) > _MANY,
        )

    def _days(self, first: date, last: date) -> list[Dated]:
        week = self.site.indexes.programme.week
        rows: list[Dated] = []
        for day in week(Week.of(last)).jours:
            if first <= day.jour <= last:
                rows += [(day.jour, meeting) for meeting in day.rendez_vous]
        return rows

    def _empty(self, phrase: str) -> Vide:
        rows = self.site.ahead.all.rows
        issues = self._ways()
        if not rows:
            return Vide(phrase, issues=issues)
        day, event = rows[0]
        entry = self.site.on(event.ref)
        near = Lien(entry.name, entry.url, jour(day))
        return Vide(phrase, "Le prochain :", issues, near)


def _begun(listing: Listing, outlook: Outlook, **more: Any) -> Section:
    rows = outlook.rows
    rest = next(map(_from, rows[_MOST:]), None)
    return Section(listing=listing, bars=outlook.lasting, rows=rows[:_MOST], reste=rest, **more)


def _from(row: Dated) -> Lien:
    # The day of a row in the whole agenda, noted for scripts.
    day = row[0]
    text = WORDS["agenda"]["reste"].format(jour=jour(day, semaine=False))
    return Lien(text, day_of(day), day.isoformat())


@answer
def _place(site: Site, ref: str) -> str:
    item = site.on(ref)
    if item.partout:
        return PARTOUT
    territories = item.territoires
    if len(territories) > 1:
        return territories[-2][1]
    return _NOWHERE


def _by_departement(rows: Sequence[Dated], site: Site) -> list[Dated]:
    # What is on each day by département, in the order of the names; then what is everywhere; what
    # has no place comes last.
    last = (PARTOUT, _NOWHERE)

    def order(row: Dated) -> tuple[date, int, object]:
        place = _place(site, row[1].ref)
        return row[0], last.index(place) if place in last else -1, sort_key(place)

    return sorted(rows, key=order)


def list_pages(site: Site, url: str) -> Iterator[TemplatePage]:
    """The pages of the agenda, which stand for those of its list."""
    if url == AGENDA:
        for pages in _views(site).values():
            yield from pages.plan()
