"""The home page: what is put forward, what is near, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, filterfalse, islice, repeat, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.occurrences import local
from portail.agenda.programme import Lasting, lasting, maintained, upcoming
from portail.facts.base import below_title
from portail.facts.place import place_of
from portail.facts.when import short_day, spoken_hours, to_come
from portail.model.event import Event
from portail.model.kinds import (
    ANTHOLOGIES,
    DATED,
    ENDING,
    Kind,
    info_of,
    ranked,
    where,
)
from portail.outputs.base import SitemapHint, TemplatePage, drawn, form_origins
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.frame import contribution, frame_of, linked_feeds
from portail.outputs.pages.slots import (
    AGENDA_CHOICES,
    AGENDA_VIEWS,
    HOME_BLOCS,
    HOME_SHORTCUTS,
    OPEN,
    SUBSCRIPTION,
    TONIGHT,
    WEEK_MAP,
)
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import Lien, Vide
from portail.outputs.pages.words import WORDS
from portail.site.facets import is_tool
from portail.site.item import SCHOOL, Item, for_classes, lineage
from portail.site.lists import lasting_of
from portail.site.site import Site
from portail.site.urls import COMMUNES, HOME, archives_of
from portail.text.normalise import fold
from portail.text.typography import capital

_LEAD = "Agenda, articles, annonces, ressources et annuaire des sciences"
_FEATURED = 5
# Lines of the page that one festival has, its own and those of what it contains; a yearly
# rendezvous too, which has more where there is nothing else.
_OF_ONE = 2
_NEXT = 4
_LONG = 2
_DOSSIERS = 2
_WAITING = 1
# One that leads, lines beside it.
_ARTICLES = 3
_SIDE = 2
# Open places: a row on a desk, three on a phone.
_OPEN = 6
# Contents among which each block looks for those that come first, as a multiple of what it shows.
_SOUGHT = 4
_SOON = timedelta(days=21)
_WEEK = timedelta(weeks=1)
_TEXTS = where(lambda info: info.to_read)
_FIRST = ranked(lambda info: info.featured)
# Kinds that complete what editors put forward, each in its turn; the second when short.
_THEN = ranked(lambda info: info.completes)


def plan_home(site: Site) -> Iterator[TemplatePage]:
    yield drawn(site, HOME, "index.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> shared.PageView:
    featured = _featured(site)
    maker = _Blocs(site, frozenset(item.ref for item in featured))
    agenda = maker.agenda()
    subscribing = next(SUBSCRIPTION.ask(site), None) if featured else None
    evening = next(TONIGHT.ask(site), None)
    doors = tuple(_doors(site))
    empty = None if featured else _nothing(site)
    frame = frame_of(site)
    return shared.page_view(
        cadre=frame,
        titre=frame.nom,
        description=f"{_LEAD}{frame.en_region}.",
        url=HOME,
        flux=linked_feeds(site, HOME),
        langues=site.ways(HOME).langues,
        une=tuple(card_of(site, item.ref).retold(titre=item.headline) for item in featured),
        agenda=agenda,
        en_ce_moment=maker.running(agenda),
        carte=next(WEEK_MAP.ask(site), None),
        grande_carte=next((link.url for link in AGENDA_VIEWS.ask(site)), ""),
        articles=maker.articles(),
        dossiers=maker.dossiers(),
        annonces=maker.ending(),
        ouverts=tuple(one for _, one in islice(OPEN.ask(site, site.day.date), _OPEN)),
        appels=tuple(HOME_BLOCS.ask(site)),
        qui=WORDS["accueil"]["qui"][site.config.tenu].format(en_region=site.config.en_region),
        portes=doors,
        vide=empty,
        abonnement=subscribing,
        soir=evening,
        machine=shared.Machine(evening.image) if evening and evening.image else None,
        communes=COMMUNES if site.has_dates and site.geography.home else "",
        formulaires=form_origins(subscribing.action) if subscribing else (),
    )


def _featured(site: Site) -> list[Item]:
    # What editors put forward, then the best of the week; what is invented leads alone, and no
    # invented event stands before a true one.
    forward = [item for _, item in site.put_forward()]
    pool = map(_in_turn, repeat(site), (_FIRST, _THEN))
    items = {item.ref: item for item in chain(forward, _of_the_week(site)[:1], *pool)}
    invented = {ref: bool(item.entry.exemple) for ref, item in items.items()}
    ranked = dict.fromkeys([*[ref for ref in items if not invented[ref]][:1], *items])
    dated = [ref for ref in ranked if items[ref].entry.kind.info.dated]
    events = iter(sorted(dated, key=invented.__getitem__))
    spread = _spread(site, [next(events) if ref in dated else ref for ref in ranked], frozenset())
    return [items[ref] for ref in islice(spread, _FEATURED)]


def _of_the_week(site: Site) -> list[Item]:
    # News; without any, what takes place in seven days.
    today = site.day.date
    news = [
        one for one in _live(site, *_TEXTS) if (one.entry.publie_le or date.min) > today - _WEEK
    ]
    dated = {
        (item.precedence(days[0].debut, local(today)), item.ref): item
        for item in _live(site, *DATED)
        if (days := to_come(item, today)) and days[0].first_day < today + _WEEK
        if not (for_classes(item) and SCHOOL.issuperset(item.of(Event).publics))
    }
    return news or [dated[rank] for rank in sorted(dated)]


def _spread(site: Site, refs: Iterable[str], told: frozenset[str]) -> Iterator[str]:
    # In their order, without what is told, nor what would follow two lines of its festival; last
    # what would follow two of its yearly rendezvous.
    lines = Counter[str]()
    more = []
    for ref in dict.fromkeys((*told, *refs)):
        *_, festival = lineage(site.on(ref).entry, site.items).values()
        holder = getattr(festival, "temps_fort", None) or festival.ref
        lines[holder] += 1
        if ref in told:
            continue
        if lines[holder] <= _OF_ONE:
            yield ref
        elif holder != festival.ref:
            more.append(ref)
    yield from more


def _in_turn(site: Site, kinds: Sequence[Kind]) -> Iterator[Item]:
    # Without what structures alone may borrow.
    most = _SOUGHT * _FEATURED
    columns = (islice(filterfalse(is_tool, _live(site, kind)), most) for kind in kinds)
    return filter(None, chain.from_iterable(zip_longest(*columns)))


def _live(site: Site, *kinds: Kind) -> Iterator[Item]:
    # Contents of kinds that may be put forward, in the order of their list; in school holidays,
    # none that is for classes alone.
    free = any(site.day.date in holiday for holiday in site.holidays.own)
    found = filter(site.is_topical, (item for kind in kinds for item in site.for_all(kind)))
    return (item for item in found if not (free and _is_school(item)))


def _is_school(item: Item) -> bool:
    publics = getattr(item.entry, "publics", ())
    named = any(fold(word).startswith("enseignant") for word in item.entry.mots_cles)
    return named or (bool(publics) and SCHOOL.issuperset(publics))


def _doors(site: Site) -> Iterator[Lien]:
    # Where most visitors go: the week-end, what is for families, what a class may book.
    if site.has_dates:
        yield from AGENDA_CHOICES.ask(site)
    yield from HOME_SHORTCUTS.ask(site)


class _Blocs(Struct, frozen=True):
    """Makes the blocks of the page; ``shown`` is what is put forward above them."""

    site: Site
    shown: frozenset[str]

    def agenda(self) -> Bloc:
        today = self.site.day.date
        following = dict.fromkeys(
            meeting.ref
            for _, meeting in upcoming(self.site.indexes.programme, today, today)
            if maintained(meeting)
        )
        # What is invented takes no line of a festival from what is true.
        true_first = sorted(following, key=lambda ref: bool(self.site.on(ref).entry.exemple))
        spread = map(self.site.on, _spread(self.site, true_first, self.shown))
        dated = (item for item in spread if item.entry.kind.info.dated)
        coming = sorted(self._left(dated, _NEXT + _WAITING), key=[*following].index)
        bloc = self._bloc("L’agenda", DATED, coming, "Tout l’agenda", "lignes")
        return replace(
            bloc,
            cartes=tuple(_line(self.site, ref) for ref in coming),
            reserve=max(0, len(coming) - _NEXT),
        )

    def running(self, agenda: Bloc) -> Bloc:
        today = self.site.day.date
        stays = {
            stay.ref: stay
            for stay in lasting(self.site.indexes.programme, today, today)
            if maintained(stay)
        }
        told = self.shown.union(card.ref for card in agenda.cartes)
        shown = [stays[ref] for ref in islice(_spread(self.site, stays, told), _LONG)]
        return Bloc(
            "En ce moment",
            tuple(map(self._lasting, shown)),
            forme="simples",
            notes=tuple(f"Jusqu’au {short_day(stay.au, today)}" for stay in shown),
            avenir=True,
            fins=tuple(stay.au for stay in shown),
        )

    def _lasting(self, stay: Lasting) -> Card:
        # Its title, then where: a note says until when.
        item = self.site.on(stay.ref)
        details = ("", *below_title(item.entry, filter(None, [place_of(item, self.site)])))
        return card_of(self.site, stay.ref).retold(precision="", details=details)

    def articles(self) -> Bloc:
        refs = self._left(_live(self.site, *_TEXTS), _ARTICLES)
        return self._bloc("Derniers articles", _TEXTS, refs, "Tous les articles", "simples")

    def dossiers(self) -> Bloc:
        refs = self._left(_live(self.site, *ANTHOLOGIES), _DOSSIERS)
        return self._bloc("Dossiers", ANTHOLOGIES, refs, "Tous les dossiers")

    def ending(self) -> Bloc:
        last = self.site.day.date + _SOON
        soon = (
            annonce
            for annonce in _live(self.site, *ENDING[:1])
            if (annonce.entry.limite or date.max) <= last
            if getattr(annonce.entry, "publics", ())  # a deadline of a trade is not for all
        )
        return self._bloc(
            "Annonces qui se terminent",
            ENDING,
            self._left(soon, _SIDE),
            "Toutes les annonces",
            "simples",
        )

    def _left(self, items: Iterable[Item], most: int) -> list[str]:
        # An example only where nothing true follows soon; then in their order.
        near = islice((item for item in items if item.ref not in self.shown), _SOUGHT * most)
        left = {item.ref: bool(item.entry.exemple) for item in near}
        kept = sorted(left, key=left.__getitem__)[:most]
        return [ref for ref in left if ref in kept]

    def _bloc(
        self, title: str, kinds: Sequence[Kind], refs: list[str], link: str, form: str = "cartes"
    ) -> Bloc:
        info = info_of(kinds)
        cards = tuple(card_of(self.site, ref) for ref in refs)
        url = info.listing if cards else ""
        return Bloc(title, cards, url, form, lien=link, avenir=bool(info.coming))


def _line(site: Site, ref: str) -> Card:
    # A line of the agenda: its leaf gives the day, hence only the hours are told.
    card = card_of(site, ref)
    item = site.on(ref)
    shown = item.shown
    details = card.details
    if shown and not card.ancien:
        lasts = lasting_of(item, site) or shown.day_count > 1
        own = card.details[1:]
        if not lasts:
            hours = capital(spoken_hours([shown], shown.first_day))
            own = (hours, *card.on(set(shown.days()))[1:])
        details = tuple(filter(None, own))
    leaf = card.feuille and replace(card.feuille, dite=details != card.details)
    return card.retold(surtitre="", precision="", details=details, feuille=leaf)


def _nothing(site: Site) -> Vide:
    # What to do when there is nothing to put forward: all is over, or the portal is new.
    words = WORDS["accueil"]
    ended = [
        kind
        for kind in where(lambda info: info.coming)
        if any(item.is_over and not item.reseau for item in site.untitled_of([kind]))
    ]
    ways = contribution(site, text="" if ended else "Proposer un premier contenu")
    if not ended:
        return Vide("Ce portail attend son premier contenu.", words["nouveau"], ways)
    past = (Lien(kind.info.archives, archives_of(kind)) for kind in ended)
    return Vide(words["vide"], words["passe"], (*past, *ways))
