"""Events on a map and in a list that its numbers tie to it: what not to miss (``/carte/``), and
what takes place this week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import SimpleNamespace
from typing import Any, NamedTuple

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import lasting, maintained
from portail.agenda.weeks import Week
from portail.facts.place import PARTOUT, online_link
from portail.facts.when import day_of, times
from portail.features.services.fondsdecarte import board as boards
from portail.features.services.fondsdecarte.atlas import WORDS, Atlas, atlas_of, communes_map, whole
from portail.features.services.fondsdecarte.board import Numbered, common_theme
from portail.features.services.fondsdecarte.drawing import DEPARTEMENTS
from portail.geo.coordinates import Projection
from portail.geo.places import Commune
from portail.model.event import Event
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.frame import contribution, frame_of, page_of
from portail.outputs.pages.slots import MAP_LINKS
from portail.outputs.pages.views.shared import Lien, MapPoint, MapView, PageView, Vide, page_view
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import AGENDA, DIRECTORY, MAP, NOW, THIS_WEEK
from portail.text.dates import jour, periode
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, small

_WORDS: Mapping[str, Any] = rows_of("pages.carte", "mots")


class Shown(NamedTuple):
    """A content, when it is on in words, its last day there, whether editors put it forward."""

    item: Item
    quand: str
    fin: date
    vedette: bool = False


@per_site
def this_week(site: Site) -> tuple[Shown, ...]:
    until = {item.ref: day for day, item in site.put_forward()}
    dated = _week(site)
    forward = (
        Shown(site.items[ref], "", day, True) for ref, day in until.items() if ref not in dated
    )
    rows = [
        _dated(site.items[ref], occurrences, ref in until) for ref, occurrences in dated.items()
    ]
    return (*(row for row in rows if row.vedette), *forward, *(r for r in rows if not r.vedette))


def _week(site: Site) -> dict[str, list[Occurrence]]:
    days = site.indexes.programme.week(Week.of(site.day.date)).jours
    by_time: dict[bool, dict[str, list[Occurrence]]] = {True: {}, False: {}}
    for day in days:
        for meeting in day.rendez_vous:
            if meeting.maintained and meeting.ref not in site.showings:
                occurrences = by_time[day.jour >= site.day.date].setdefault(meeting.ref, [])
                occurrences += [
                    occurrence
                    for occurrence in meeting.occurrences
                    if occurrence not in occurrences
                ]
    return by_time[True] or by_time[False]


def _dated(item: Item, occurrences: list[Occurrence], forward: bool) -> Shown:
    entry = item.of(Event)
    first, *following = (time.phrase for time in times(entry, occurrences))
    text = " ; ".join((first, *map(small, following)))
    return Shown(item, text, max(occurrence.last_day for occurrence in occurrences), forward)


@per_site
def now(site: Site) -> tuple[Shown, ...]:
    today = site.day.date
    return tuple(
        Shown(site.on(stay.ref), f"Jusqu’au {day_of(stay.au)}", stay.au)
        for stay in lasting(site.indexes.programme, today, today)
        if maintained(stay)
    )


@per_site
def places(site: Site) -> tuple[Shown, ...]:
    """Lieux where something is on or to come, the soonest first, with what comes first."""
    coming: dict[str, list[tuple[date, date, Item]]] = defaultdict(list)
    for first, last, ref in sorted(_coming(site)):
        item = site.on(ref)
        showing = site.showings.get(ref)
        where = ""
        if showing:
            where = showing.lieu
        elif isinstance(item.entry, Event) and (lieu := site.lieu_of(item.entry)):
            where = lieu.ref
        if where:
            coming[where].append((first, last, item))
    return tuple(
        Shown(
            site.items[ref],
            _next(occurrences, site.day.date),
            max(last for _, last, _ in occurrences),
        )
        for ref, occurrences in coming.items()
    )


def _coming(site: Site) -> Iterator[tuple[date, date, str]]:
    # First day from today on, last day, reference of what is on.
    outlook = site.ahead.all
    for stay in outlook.lasting:
        if maintained(stay):
            yield max(stay.du, site.day.date), stay.au, stay.ref
    for day, row in outlook.rows:
        if maintained(row):
            yield day, day, row.ref


def _next(events: list[tuple[date, date, Item]], today: date) -> str:
    # « 2 octobre : La nuit, et 3 autres » : how many other events there are.
    first, last, item = events[0]
    on = first == today and last > today
    when = f"Jusqu’au {day_of(last)}" if on else jour(first, annee=first.year != today.year)
    others_count = len({event.url for _, _, event in events}) - 1
    more = f", et {others_count} autre{'s' * (others_count > 1)}" if others_count else ""
    return f"{capital(when)} : {item.name}{more}"


class LigneCarte(Struct, frozen=True):
    """A content: its link, whose note says when and ``fin`` its last day; the code of its theme."""

    lien: Lien
    theme: str = ""


class DepartementCarte(Struct, frozen=True):
    """A département, whose page is ``lien.url`` if there is one; or what is elsewhere."""

    lien: Lien
    communes: tuple[SimpleNamespace, ...]


# Contents of a commune that the page tells; another has the others.
_LISTED = 8


class _Choice(Struct, frozen=True):
    """One page: what it shows, and where all of it is."""

    site: Site
    url: str
    onglet: str
    titre: str
    chapo: str
    shown: Sequence[Shown]
    tout: str

    def view(self, tabs: tuple[Lien, ...]) -> PageView:
        site = self.site
        here, elsewhere = self._by_commune()
        groups, numbered = self._numbered(here)
        if elsewhere:
            title = "Ailleurs, en ligne ou partout" if groups else "En ligne ou partout"
            elsewhere_town = SimpleNamespace(
                nom="",
                ancre="Ailleurs",
                numero=0,
                lignes=self._lines(elsewhere),
                reste=self._rest(elsewhere),
            )
            groups.append(DepartementCarte(Lien(title), (elsewhere_town,)))
        above = () if self.url == MAP else (Lien("À ne pas manquer", MAP),)
        region = site.config.en_region
        lower = self.onglet.lower()
        return page_view(
            **page_of(site, _WORDS["page"], self.url, *above, region=region, lower=lower),
            titre=self.titre,
            chapo=self.chapo,
            choix=tabs if len(tabs) > 1 else (),
            departements=tuple(groups),
            carte=communes_map(f"Carte : {self.titre}", numbered, atlas_of(site)),
            donnees=tuple(MAP_LINKS.ask(self.site)),
            vide=None if groups else self._nothing(),
        )

    def _by_commune(self) -> tuple[Mapping[Commune, list[Shown]], list[Shown]]:
        region = self.site.geography.home
        departements = self.site.geography.departements_of(region.code) if region else ()
        codes = {departement.code for departement in departements}
        here: dict[Commune, list[Shown]] = defaultdict(list)
        elsewhere = []
        for content in self.shown:
            commune = content.item.commune
            if commune and (commune.departement in codes or not codes):
                here[commune].append(content)
            else:
                elsewhere.append(content)
        return here, elsewhere

    def _numbered(
        self, here: Mapping[Commune, list[Shown]]
    ) -> tuple[list[DepartementCarte], list[Numbered]]:
        groups: list[DepartementCarte] = []
        numbered: list[Numbered] = []
        ordered = sorted(here, key=lambda commune: (commune.departement, sort_key(commune.nom)))
        for code, communes in groupby(ordered, key=lambda commune: commune.departement):
            rows = []
            for commune in communes:
                shown = here[commune]
                number = len(numbered) + 1
                numbered.append(self._point(commune, shown, number))
                lines = self._lines(shown)
                rest = self._rest(shown)
                rows.append(
                    SimpleNamespace(
                        nom=commune.nom,
                        ancre=_anchor(commune),
                        numero=number,
                        lignes=lines,
                        reste=rest,
                    )
                )
            departement = self.site.geography.departement(code)
            link = Lien(departement.nom if departement else code, self.site.territory_url(code))
            groups.append(DepartementCarte(link, tuple(rows)))
        return groups, numbered

    def _point(self, commune: Commune, shown: Sequence[Shown], number: int) -> Numbered:
        # A commune: its content, or how many it has below.
        item = shown[0].item
        link = Lien(item.short, item.url, commune.nom)
        if len(shown) > 1:
            link = Lien(commune.nom, f"#{_anchor(commune)}", f"{len(shown)} dans la liste")
        return Numbered(commune, number, link, common_theme(content.item for content in shown))

    def _lines(self, shown: Sequence[Shown]) -> tuple[LigneCarte, ...]:
        return tuple(map(self._line, shown[:_LISTED]))

    def _line(self, content: Shown) -> LigneCarte:
        card = card_of(self.site, content.item.ref)
        dated = isinstance(content.item.entry, Event) and card.details
        when = content.quand or (card.details[0] if dated else card.surtitre)
        return LigneCarte(Lien(card.titre, card.url, when, fin=content.fin), card.theme)

    def _rest(self, shown: Sequence[Shown]) -> Lien | None:
        more = len(shown) - _LISTED
        if more > 0:
            return Lien(f"Et {more} autre{'s' * (more > 1)}", self.tout)
        return None

    def _nothing(self) -> Vide:
        agenda = Lien("Tout l’agenda", AGENDA)
        ways = (agenda, *contribution(self.site, text=_WORDS["proposer"]))
        return Vide(_WORDS["vide"], "Les autres cartes montrent ce qui dure.", ways)


@per_site
def _choices(site: Site) -> tuple[_Choice, ...]:
    # Pages that show something; the first one as soon as there are events: menus lead to it.
    week = Week.of(site.day.date)
    days = periode(week.first, week.last, annee=False)
    weekly = this_week(site)
    forward = _WORDS["vedettes"] if any(row.vedette for row in weekly) else "Les"
    contents = {
        MAP: (weekly, THIS_WEEK),
        f"{MAP}en-ce-moment/": (now(site), NOW),
        f"{MAP}lieux/": (places(site), DIRECTORY),
    }
    choices = tuple(
        _Choice(
            site,
            url,
            onglet=tab,
            titre=title,
            chapo=lead.format(en_avant=forward, jours=days),
            shown=contents[url][0],
            tout=contents[url][1],
        )
        for url, (tab, title, lead) in _WORDS["pages"].items()
    )
    shown = tuple(choice for choice in choices if choice.shown)
    held_open = shown or site.has_dates
    if held_open and choices[0] not in shown:
        return (choices[0], *shown)
    return shown


@answer
def map_links(site: Site) -> tuple[Lien, ...]:
    """The pages of the map, for who leads to them."""
    first, *following = _choices(site) or (None,)
    more = [Lien(f"Carte : {choice.onglet}", choice.url) for choice in following if choice]
    if first:
        return (Lien(_WORDS["titre"], first.url), *more)
    return ()


def plan_map(site: Site) -> Iterator[TemplatePage]:
    for choice in _choices(site):
        yield drawn(site, choice.url, "carte.html", _show, choice.url, sitemap=SitemapHint())


def _show(site: Site, url: str) -> PageView:
    (choice,) = (choice for choice in _choices(site) if choice.url == url)
    return choice.view(tuple(Lien(choice.onglet, choice.url) for choice in _choices(site)))


def _anchor(commune: Commune) -> str:
    return f"commune-{commune.code}"


def menu_links(site: Site) -> tuple[Lien, ...]:
    if site.has_dates:
        return (Lien("Carte", MAP),)
    return ()


# Units: a point with its ring.
_RADIUS = 17


def week_maps(site: Site) -> Iterator[MapView]:
    week = Week.of(site.day.date)
    days = site.indexes.programme.week(week).jours
    refs: list[str] = []
    for day in days:
        refs.extend(meeting.ref for meeting in day.rendez_vous if meeting.maintained)
    events = [site.items[ref] for ref in dict.fromkeys(refs)]
    if not events:
        return
    atlas = atlas_of(site)
    projection = atlas.projection
    frame: tuple[float, int, str] = whole(projection) if projection else (0, 0, "0 0 0 0")
    ruban = frame_of(site).ruban
    page = ruban.url if ruban else events[0].entry.kind.info.listing
    points = _points(events, atlas, projection) if projection else ()
    yield MapView(
        "region",
        WORDS["semaine"],
        DEPARTEMENTS if projection else "",
        *frame,
        points=points,
        etiquettes=tuple(atlas.departements(points, _RADIUS)),
        legende=_legend(events, week),
        liste=tuple(_counts(events, site, page)),
    )


def _legend(events: Sequence[Item], week: Week) -> str:
    # « 12 rendez-vous du 4 au 10 octobre, dans 9 communes »: days, which stay true.
    towns = len({item.commune.code for item in events if item.commune})
    where = ""
    if towns:
        where = f", dans {towns} commune{'s' * (towns > 1)}"
    days = periode(week.first, week.last, annee=False)
    return f"{nombre(len(events))} rendez-vous {days}{where}."


def _points(events: Sequence[Item], atlas: Atlas, projection: Projection) -> tuple[MapPoint, ...]:
    # A point for each commune of the region; the list beside leads to what they show.
    by_commune: dict[Commune, list[Item]] = defaultdict(list)
    for item in events:
        if item.commune and atlas.draws(item.commune):
            by_commune[item.commune].append(item)
    numbered = [
        boards.Numbered(
            town,
            len(events_of_town) if len(events_of_town) > 1 else 0,
            Lien(""),
            boards.common_theme(events_of_town),
        )
        for town, events_of_town in by_commune.items()
    ]
    return boards.commune_points(numbered, projection, _RADIUS + 2)[0]


def _counts(events: Sequence[Item], site: Site, agenda: str) -> Iterator[Lien]:
    # What is in no département of here has no page of its own: the agenda stands above.
    geography = site.geography
    count = Counter(item.commune.departement for item in events if item.commune)
    home = geography.home.code if geography.home else ""
    for departement in geography.departements_of(home):
        number = count.pop(departement.code, 0)
        url = site.territory_url(departement.code) or (agenda if number else "")
        yield Lien(departement.nom, url, _several(number))
    if elsewhere := sum(count.values()):
        yield Lien("Ailleurs", note=_several(elsewhere))
    everywhere = sum(item.partout for item in events)
    if everywhere:
        yield Lien(PARTOUT, note=_several(everywhere))
    online = sum(isinstance(item.entry, Event) and bool(online_link(item.entry)) for item in events)
    if online:
        yield Lien("En ligne", note=_several(online))


def _several(number: int) -> str:
    if number:
        return f"{nombre(number)} rendez-vous"
    return "aucun"
