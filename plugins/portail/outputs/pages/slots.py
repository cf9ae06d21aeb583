"""Places of the kernel’s pages that features fill. A slot is asked with the site where it is shown,
and gives what each feature puts there, in the order of the table of features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from portail.site.kind_tables import OfKind
from portail.site.slots import Address, Many
from portail.site.urls import COMMUNES

if TYPE_CHECKING:
    from datetime import date, datetime

    from portail.agenda.weeks import Week
    from portail.model.kinds import Kind
    from portail.site.item import Item
    from portail.site.positions import Position
    from portail.site.site import Site

    from ..base import TemplatePage
    from .views.entry import Citation
    from .views.lists import Bloc, Card
    from .views.shared import (
        Abonnement,
        Etiquette,
        Imprime,
        Lien,
        Machine,
        MapView,
        NavGroup,
        Ruban,
        TempsView,
    )

CardParts: TypeAlias = "tuple[tuple[str, ...], tuple[Etiquette, ...]]"
"""Details of a card, its labels."""

CardFunction: TypeAlias = "Callable[[Item, Site], CardParts]"
CARD_PARTS: OfKind[CardFunction] = OfKind("CARD_PARTS")
"""What the card of a content shows of its kind; the facts of cards of a kind without it."""

ShortText: TypeAlias = "Callable[[Item, Card, Site], str]"

SEARCH_LINE: OfKind[ShortText] = OfKind("SEARCH_LINE")
"""What stands beside the title of an answer of the search: few words, no capital."""

SEARCH_BELOW: OfKind[ShortText] = OfKind("SEARCH_BELOW")
"""What stands below it, where it is not all that lists say."""


ActionsFunction: TypeAlias = "Callable[[Item, Site], Iterable[tuple[str, str]]]"

SEARCH_ACTIONS: OfKind[ActionsFunction] = OfKind("SEARCH_ACTIONS")
"""What one does at once from an answer of the search, beside reading its page: words, address."""


class WeeklyLines(Protocol):
    """Contents that are told one by one, a line each, to who reads about a week."""

    site: Site
    week: Week
    day: date
    """The day of the week from which days are counted."""
    since: datetime
    """The instant from which hours are counted: what is over then is not told."""

    def names(self, item: Item, key: str) -> str:
        """« A, B et C »: what a field of references names."""


WeeklyDetails: TypeAlias = "Callable[[Item, WeeklyLines, str], Iterable[str]]"

WEEKLY_DETAILS: OfKind[WeeklyDetails] = OfKind("WEEKLY_DETAILS")
"""What the line of a content says below its title, in a section of what is told of a week."""

EASY_TEXT: Address[[Item]] = Address("EASY_TEXT")
"""Address of the text of a content in easy French; ``""`` for none."""

ABOUT: Many[[], Lien] = Many("ABOUT")
"""Links of the footer where the portal speaks of itself, after its own pages."""

EXPLORE: Many[[], Lien] = Many("EXPLORE")
"""Links to what one explores besides the lists of contents, in the footer and the site plan."""

CATALOGUE_BAR: Many[[], Lien] = Many("CATALOGUE_BAR")
"""Links above the catalogue of what is lent, and beside it in the site plan."""

MENU_MORE: Many[[], Lien] = Many("MENU_MORE")
"""What the menu of a phone has besides the sections."""

HOME_SHORTCUTS: Many[[], Lien] = Many("HOME_SHORTCUTS")
"""Links of the home page beside the agenda, after its days and views."""

FOR_SCHOOLS: Many[[], Lien] = Many("FOR_SCHOOLS")
"""Links to pages for schools: from the programme of an edition for them, from the catalogue."""

PLAN_OF: Many[[Kind | None], NavGroup] = Many("PLAN_OF")
"""Groups of the site plan after the contents of a kind; at its top for ``None``."""

PROPOSE: Address[[Kind | None]] = Address("PROPOSE")
"""Address where one proposes a content of a kind, or chooses what to propose; ``""`` where nobody
is asked for any."""

RETURN: Address[[Item]] = Address("RETURN")
"""Address where one tells how an event was; ``""`` for one of which nothing is asked."""

OFFLINE: Address[[]] = Address("OFFLINE")
"""Address of the script by which a device keeps pages for when there is no network; ``""`` where
none does."""


class OwnFeed(NamedTuple):
    """A feed of texts that are no contents."""

    page: str
    """Site path of the page whose news it tells."""
    groupe: str
    """Its group, among those by which feeds are sorted."""
    nom: str
    texts: tuple[str, ...]
    """Addresses (site paths) of the pages of its texts, the last published first."""


class FeedText(NamedTuple):
    """A text of such a feed: its title and its summary, plain; its content as HTML with whole
    addresses."""

    titre: str
    resume: str
    contenu: str
    publie: datetime
    """When it went out, in the time zone of the portal."""


OWN_FEEDS: Many[[], OwnFeed] = Many("OWN_FEEDS")
"""Feeds besides those of contents."""

FEED_TEXT: Many[[str], FeedText] = Many("FEED_TEXT")
"""The text whose page is at a site path; the first is told."""

FOLLOWED: Many[[], tuple[str, str, Iterable[str]]] = Many("FOLLOWED")
"""Lists that one follows besides those of kinds: site path, name, references of their contents."""

FORM_FILES: Many[[Kind], tuple[str, str]] = Many("FORM_FILES")
"""Files, or folders of files, that the form of a kind reads besides its own: name, address."""

GUIDES: Address[[]] = Address("GUIDES")
"""Address of the guides for who contributes; ``""`` without."""

OPEN_FUNDINGS: Address[[]] = Address("OPEN_FUNDINGS")
"""Address where fundings that are open are listed, asked when there is a funding."""

LENT: Address[[]] = Address("LENT")
"""Address where all tools that are lent are listed, asked when there is one; ``""`` where the list
of resources alone has them."""

SUBJECTS: Many[[], Lien] = Many("SUBJECTS")
"""Where subjects are looked up, when there are some."""

AGENDA_LINKS: Many[[], Lien] = Many("AGENDA_LINKS")
"""Views of the agenda that stand by themselves, in the site plan."""

AGENDA_VIEWS: Many[[], Lien] = Many("AGENDA_VIEWS")
"""Other views of the agenda, after these."""

FOLLOW_LINKS: Many[[], Lien] = Many("FOLLOW_LINKS")
"""Links of the site plan to what one takes away."""

MAPS: Many[[], Lien] = Many("MAPS")
"""Whose outlines the maps are drawn on, at the foot of pages, which show the first."""

PLACE_MAP: Many[[Position | None, str, str], MapView] = Many("PLACE_MAP")
"""The small map of where a content is, which has a name and a theme; its page shows the first."""

WEEK_MAP: Many[[], MapView] = Many("WEEK_MAP")
"""The map of what takes place this week; the home page shows the first."""

MAP_LINKS: Many[[], Lien] = Many("MAP_LINKS")
"""Links below a map to what it shows."""


class Earlier(NamedTuple):
    """An address that portals of version 0.1.0 alone had, and what it leads to."""

    de: str
    vers: str


MOVED: Many[[], tuple[str, str, str]] = Many("MOVED")
"""Pages that portals of version 0.1.0 had, each with what it leads to and the title of that
page."""

FORMER_PAGES: Many[[], tuple[str, str]] = Many("FORMER_PAGES")
"""Addresses that had a page, or were ``Earlier``, each with what it leads to: only servers are
told."""

FORMER_ADDRESSES: Many[[], tuple[str, str]] = Many("FORMER_ADDRESSES")
"""Addresses of pages that were, which may hold ``:names`` as those of servers do, each with what it
leads to."""

SEARCH: Address[[]] = Address("SEARCH")
"""Address of the page where one searches; ``""`` when there is nothing to find."""


class Findable(NamedTuple):
    """A page that the search proposes while one types."""

    sort: str
    """What it is, beside its name: « Podcast »."""
    name: str
    url: str
    """Its site path."""
    hint: str = ""
    """What tells it from its homonyms."""


FINDABLE: Many[[], Findable] = Many("FINDABLE")
"""Pages that the search proposes by their name, after contents, sort after sort."""

POSTER: Address[...] = Address("POSTER")
"""Address of a poster of the agenda at a site path: of a period, by its slug, else the one to print
today; ``""`` for none."""

EVENT_FILE: Address[[Item]] = Address("EVENT_FILE")
"""Address of the file of an event that one adds to a calendar; ``""`` for none."""

PRINTED: Many[[str], Imprime] = Many("PRINTED")
"""Documents for paper that the build makes in the folder of a page (its site path)."""

LIST_PAGES: Many[[str], TemplatePage] = Many("LIST_PAGES")
"""The pages of the list of a kind at a site path, of a feature that draws it in place of ours."""

LIST_BAR: Many[[Kind], Lien] = Many("LIST_BAR")
"""Links above the list of a kind, beside its archives; those of events are in the agenda too."""

LIST_MORE: Many[[Kind], Lien] = Many("LIST_MORE")
"""Links above the list of a kind, last, to other pages that gather its contents."""

NEAR_COMMUNES: Address[[]] = Address("NEAR_COMMUNES", COMMUNES)
"""Address of the communes among which « près de chez moi » completes: the file of the region, but
for features."""

FILTER_ROWS: Address[[]] = Address("FILTER_ROWS")
"""Address of rows that the filter of the agenda shows beside ours, around a commune; ``""`` for
none."""

SUBSCRIPTION: Many[[], Abonnement] = Many("SUBSCRIPTION")
"""How one subscribes from the home page, which shows the first."""

WEEKLY_PAGE: Address[[]] = Address("WEEKLY_PAGE")
"""Address where contents are told week after week; ``""`` where nothing does: forms show what it
would say."""


class Mention(NamedTuple):
    """How what is told of a week tells of a content: in the first week to come that does, as a line
    or as an erratum, which templates know; else in the next week, and why it is left out."""

    jour: date
    """The day when it is told."""
    ligne: Any = None
    section: str = ""
    erratum: Any = None
    raison: str = ""


WEEKLY_MENTION: Many[[Item], Mention] = Many("WEEKLY_MENTION")
"""How a content would be told of, for the preview of a proposal, which shows the first."""

EDITION: Address[[str, int]] = Address("EDITION")
"""Address of the page of a year that has something to tell, of the yearly rendezvous at a site
path; ``""`` where years have none."""

CALLS: Many[[], tuple[str, tuple[TempsView, ...]]] = Many("CALLS")
"""Years of yearly rendezvous that are not over, for those who take part: their name, steps."""

CITATION: Many[[Item, tuple[Lien, ...]], Citation] = Many("CITATION")
"""How to cite a content, which is signed so; its page shows the first."""

ANSWERS: Many[[Item], Lien] = Many("ANSWERS")
"""What answers something that was asked, on its page: links in the order of reading."""

RELATED: Many[[Item], Bloc] = Many("RELATED")
"""Blocks of the page of a content that show others: what names it, what it gathers."""

ANNONCE_BLOCS: Many[[Item], Bloc] = Many("ANNONCE_BLOCS")
"""Blocks of the page of an announcement, before what names it."""

WEEKLY_ASKED: Many[[], Item] = Many("WEEKLY_ASKED")
"""What was asked and waits for an answer, which is told once: what ends soonest first."""

SESSION_NOTES: Many[[Item], tuple[int, str]] = Many("SESSION_NOTES")
"""What is said of some sessions of an event beside their hours, before their own note: rank of the
occurrence, words without a capital."""

HOME_BLOCS: Many[[], Bloc] = Many("HOME_BLOCS")
"""Blocks of the home page after articles."""


class DeskTable(NamedTuple):
    """What editors have to look at besides: its anchor, its title, a sentence, the names of its
    columns, the first of which is that of contents; each content with its other cells."""

    anchor: str
    title: str
    phrase: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Item, tuple[str | tuple[Lien, ...], ...]], ...]
    empty: str = ""
    """What is said when there is no row."""


DESK_TABLES: Many[[], DeskTable] = Many("DESK_TABLES")
"""Sections of the editors’ desk, after what ends."""

ZONE: Many[[str], Lien] = Many("ZONE")
"""What is asked for in an EPCI (its SIREN), on the map of where nothing happens yet."""

DESCRIBED: Many[[Any], Machine] = Many("DESCRIBED")
"""What engines and networks are told of the page of a content, given what it is made of
(``EntryInputs``); the page shows the first."""

MACHINE: Many[[Item], tuple[str, object]] = Many("MACHINE")
"""Properties of the JSON-LD of a content, each in the place of the one that it would have."""

RIBBON: Many[[], Ruban] = Many("RIBBON")
"""The ribbon above every page, which shows the first."""

WEEK: Address[[Week]] = Address("WEEK")
"""Address of the page of a week of the agenda; ``""`` where weeks have none."""

AGENDA_CHOICES: Many[[], Lien] = Many("AGENDA_CHOICES")
"""Ready-made choices of the agenda, the week-end first; the note of each is a filter of an address
(``public=familles``)."""

AGENDA_FORMS: Many[[], Lien] = Many("AGENDA_FORMS")
"""Ways of showing the agenda, its list first."""

AGENDA_YEARS: Many[[], Lien] = Many("AGENDA_YEARS")
"""Years of the agenda with a page, the present one first, then those before it."""
