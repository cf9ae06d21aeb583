"""Calendars that one subscribes to: which pages have one, and the events that each holds.

A calendar exists as soon as some published event belongs to it (of a value of a facet, as soon as
it is listed apart; of a lieu, as soon as it has as many events), even one of long ago: the address
that a telephone asks each day must not vanish between two seasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from portail.agenda.occurrences import span
from portail.geo.places import short_name
from portail.geo.territories import Geography
from portail.model.articles import Annonce
from portail.model.collections import Territoire
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.ressource import Ressource
from portail.model.vocabulary import Vocabularies
from portail.site import urls
from portail.site.facets import EVENT_FACETS, RESERVED, Facets, territory_pair
from portail.site.indexes import Indexes
from portail.site.urls import agenda_below, calendar_of, facet_of, listing_of, theme_of
from portail.text.normalise import sort_key
from portail.text.typography import plain

if TYPE_CHECKING:
    from portail.site.item import Item

_AGENDA = listing_of(Kind.EVENT)
_FIELDS = {
    "lieu": "lieu",
    "organisateurs": "lieu",
    "partenaires": "lieu",
    "temps_fort": "temps-fort",
    "evenement_parent": "evenement",
}
"""Fields of an event that name what has a calendar, and the group of that calendar."""
_PLACES = ("departement", "epci")
_ORDERED = tuple(facet.cle for facet in EVENT_FACETS if facet.cle not in _PLACES)
_GATHERED = ("lieu", "temps-fort", "communaute", "evenement")
GROUPS = ("tout", *_PLACES, *_ORDERED, *_GATHERED, "echeances")
"""Groups of calendars, in the order in which they are told: facets have their own key."""

# Agendas that other sites show: which calendars have a frame, and where its code is given.
#
# A frame is for the calendar of the region, of a territory, of a theme, of a temps fort or of a
# lieu. It exists as soon as that calendar does, and its address, made of that of the calendar's
# page, does not change with the pages that editors write: other sites hold it. What is shown
# elsewhere needs whole addresses: a site without SITEURL has none.

FRAMED = frozenset({"tout", "departement", "epci", "theme", "temps-fort", "lieu"})
"""Groups of calendars that have a frame."""

MOST = 300
"""Events of one calendar: some 250 kB, which telephones ask for several times a day."""

_NAMES = {
    "gratuit": "Gratuit",
    "en-ligne": "En ligne",
    "partout": "Partout, de chez vous",
    "groupes": "Pour les groupes",
}


class Calendar(Struct, frozen=True):
    """A calendar: the page whose events it holds and its own address (site paths), its name.

    ``groupe`` is one of ``GROUPS``, or the key of a facet that an instance adds; ``refs`` are
    its events, in the order of references.
    """

    page: str
    url: str
    groupe: str
    nom: str
    refs: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where the page of frames gives the code of its own: ``Cadre-lieux-la-coupole``."""
        return f"Cadre{self.page.rstrip('/').replace('/', '-')}"


class Calendars(Struct, frozen=True):
    """Every calendar, in the order of ``GROUPS`` then of names, and those of pages.

    ``by_page`` knows every page that has one by its site path: also pages that share the calendar
    of another (a territory, a theme: that of their facet of the agenda). ``since`` is the day
    from which calendars hold events: the first of last month. It moves once a month, so that a new
    day writes no calendar again; what is older is on pages and in open data. Of more than ``MOST``
    events, those that come next as seen from Monday, then the last ones that are over: a new week
    writes such a calendar again. None holds what is reserved to some.
    """

    every: tuple[Calendar, ...]
    by_page: Mapping[str, Calendar]
    since: date


def single_of(item: Item) -> str:
    """Site path of the file of an event, which one adds to a calendar once; ``""`` once it is
    over. One that is cancelled keeps it until then: who has it learns so there."""
    return calendar_of(item.url) if item.occurrences and not item.passe else ""


def build_calendars(
    items: Mapping[str, Item],
    indexes: Indexes,
    facets: Facets,
    geography: Geography,
    today: date,
    lists: Vocabularies,
) -> Calendars:
    """The calendars of a site; none when it has no event, nor call or funding that ends."""
    since = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    every = (items[ref] for ref in sorted(indexes.by_kind.get(Kind.EVENT, ())))
    events = [one for one in every if not (one.reserve or one.reseau)]
    recent = {one.ref for one in events if any(o.dernier_jour >= since for o in one.occurrences)}
    monday = today - timedelta(days=today.weekday())
    distance = cache(lambda ref: _distance(items[ref], monday))

    def calendar(page: str, groupe: str, nom: str, refs: Iterable[str]) -> Calendar:
        held = recent.intersection(refs)
        if len(held) > MOST:
            held = set(sorted(held, key=distance)[:MOST])
        return Calendar(page, agenda_below(page), groupe, nom, tuple(sorted(held)))

    found = [calendar(_AGENDA, "tout", "Tout l’agenda", recent)] if events else []
    found += [calendar(*one) for one in _by_facet(facets, geography)]
    for (groupe, ref), some in (*_named(events, items).items(), *_gathered(indexes, items)):
        if groupe == "lieu" and len(some) < facets.seuil:
            continue
        found.append(calendar(items[ref].url, groupe, plain(items[ref].entry.titre), some))
    ends = _deadlines(items.values(), lists, since)
    found += [ends] if ends else []
    added = (one.cle for one in facets.facets if one.cle not in GROUPS)
    ranks = {groupe: rank for rank, groupe in enumerate((*GROUPS, *added))}
    found.sort(key=lambda one: (ranks[one.groupe], _rank(one)))
    pages = {one.page: one for one in found if one.page != urls.CALENDARS}
    if ends:
        told = ((Kind.ANNONCE, listing_of(Kind.ANNONCE)), (Kind.RESSOURCE, urls.TOOLBOX))
        pages |= {page: ends for kind, page in told if indexes.by_kind.get(kind)}
    for page, known in _shared(items, indexes, geography, facets):
        if known in pages:
            pages[page] = pages[known]
    return Calendars(tuple(found), pages, since)


def _by_facet(
    facets: Facets, geography: Geography
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Page, group, name and events of the values of facets that have a list of their own."""
    for facet, value in facets.pairs():
        if not facets.listed((facet.cle, value.code)) or facet.cle == RESERVED[0]:
            continue
        code = "" if facet.bascule else value.code
        territory = geography.territoire(value.code) if facet.cle == "epci" else None
        nom = short_name(territory) if territory else _NAMES.get(facet.cle, value.label)
        refs = facets.refs[facet.cle, value.code]
        yield facet_of(_AGENDA, facet.cle, code), facet.cle, nom, refs


def _deadlines(items: Iterable[Item], lists: Vocabularies, since: date) -> Calendar | None:
    """The last days of calls and fundings; ``None`` when none has one."""
    found = {}
    for item in items:
        entry = item.entry
        if not isinstance(entry, Annonce | Ressource) or not entry.limite:
            continue
        kind = entry.categorie if isinstance(entry, Annonce) else None
        call = lists.detail("categories", kind, "famille") == "appel"
        if call or (isinstance(entry, Ressource) and entry.finance):
            found[item.ref] = entry.limite
    if not found:
        return None
    refs = tuple(sorted(ref for ref, last in found.items() if last >= since))
    nom = "Échéances des appels et des financements"
    return Calendar(urls.CALENDARS, urls.DEADLINES, "echeances", nom, refs)


def _distance(item: Item, monday: date) -> tuple[int, str]:
    """What comes or lasts first, by its next day; then what is over, the last first."""
    days = [one.premier_jour for one in item.occurrences if one.dernier_jour >= monday]
    if days:
        return max(0, (min(days) - monday).days), item.ref
    _, last = span(item.occurrences)
    return date.max.toordinal() - last.toordinal(), item.ref


def _rank(one: Calendar) -> tuple[object, ...]:
    """Vocabularies keep their order, as what an instance adds; the others follow the alphabet."""
    return (
        () if one.groupe in _ORDERED or one.groupe not in GROUPS else (sort_key(one.nom), one.page)
    )


def _named(
    events: Iterable[Item], items: Mapping[str, Item]
) -> dict[tuple[str, str], dict[str, None]]:
    """Events by (group, reference) of what their fields name."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for item in events:
        for mention in references_of(item.entry):
            groupe = _FIELDS.get(str(mention.loc[0]))
            ref = mention.named(items) if groupe else None
            if groupe and ref and items[ref].entry.kind is not Kind.AUTEUR:
                found[groupe, ref][item.ref] = None
    return found


def _gathered(
    indexes: Indexes, items: Mapping[str, Item]
) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Communities, with their events if they have some."""
    for ref in indexes.by_kind.get(Kind.COMMUNAUTE, ()):
        refs = [one for one in indexes.gathered[ref] if items[one].entry.kind is Kind.EVENT]
        if refs:
            yield ("communaute", ref), refs


def _shared(
    items: Mapping[str, Item], indexes: Indexes, geography: Geography, facets: Facets
) -> Iterator[tuple[str, str]]:
    """Pages of territories and themes, each with the page of the agenda that tells of it."""
    for value in facets.values.get("theme", ()):
        yield theme_of(value.code), facet_of(_AGENDA, "theme", value.code)
    for ref in indexes.by_kind.get(Kind.TERRITOIRE, ()):
        entry = items[ref].of(Territoire)
        code, home = entry.code or "", geography.home
        near, wide = geography.epci(code), geography.departement(code)
        if entry.type == "region":
            if home and home.code == code:
                yield items[ref].url, _AGENDA
        elif known := near or wide:
            yield items[ref].url, facet_of(_AGENDA, *territory_pair(known, geography))
