"""Places of the kernel’s pages that features fill. A slot is asked with the site where it is shown,
and gives what each feature puts there, in the order of the table of features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from portail.site.kind_tables import OfKind
from portail.site.slots import Address, Many

if TYPE_CHECKING:
    from datetime import date, datetime

    from portail.agenda.weeks import Week
    from portail.model.kinds import Kind
    from portail.site.item import Item
    from portail.site.positions import Position
    from portail.site.site import Site

    from ..base import Artifact, TemplatePage
    from .views.lists import Bloc, Card
    from .views.shared import (
        Abonnement,
        Etiquette,
        Facade,
        Lien,
        Machine,
        MapView,
        NavGroup,
        Ouvert,
        Ruban,
        Soir,
        TempsView,
    )

# Details of a card, its labels.
CardParts: TypeAlias = "tuple[tuple[str, ...], tuple[Etiquette, ...]]"

CardFunction: TypeAlias = "Callable[[Item, Site], CardParts]"
# What the card of a content shows of its kind; the facts of cards of a kind without it.
CARD_PARTS: OfKind[CardFunction] = OfKind("CARD_PARTS")

ShortText: TypeAlias = "Callable[[Item, Card, Site], str]"

# What stands beside the title of an answer of the search: few words, no capital.
SEARCH_LINE: OfKind[ShortText] = OfKind("SEARCH_LINE")

# What stands below it, where it is not all that lists say.
SEARCH_BELOW: OfKind[ShortText] = OfKind("SEARCH_BELOW")


ActionsFunction: TypeAlias = "Callable[[Item, Site], Iterable[tuple[str, str]]]"

# What one does at once from an answer of the search, beside reading its page: words, address.
SEARCH_ACTIONS: OfKind[ActionsFunction] = OfKind("SEARCH_ACTIONS")


class WeeklyLines(Protocol):
    """Contents that are told one by one, a line each, to who reads about a week."""

    site: Site
    week: Week
    # The day of the week from which days are counted.
    day: date
    since: datetime
    """The instant from which hours are counted: what is over then is not told."""


WeeklyDetails: TypeAlias = "Callable[[Item, WeeklyLines, str], Iterable[str]]"

# What the line of a content says below its title, in a section of what is told of a week.
WEEKLY_DETAILS: OfKind[WeeklyDetails] = OfKind("WEEKLY_DETAILS")

EASY_TEXT: Address[[Item]] = Address("EASY_TEXT")

# Links of the footer where the portal speaks of itself, after its own pages.
ABOUT: Many[[], Lien] = Many("ABOUT")

# Links at the foot of each page, under « Explorer ».
EXPLORE: Many[[], Lien] = Many("EXPLORE")

CATALOGUE_BAR: Many[[], Lien] = Many("CATALOGUE_BAR")

# What the menu of a phone has besides the sections.
MENU_MORE: Many[[], Lien] = Many("MENU_MORE")

HOME_SHORTCUTS: Many[[], Lien] = Many("HOME_SHORTCUTS")

# Links to pages for schools: from the programme of an edition for them, from the catalogue.
FOR_SCHOOLS: Many[[], Lien] = Many("FOR_SCHOOLS")

# Groups of the site plan after the contents of a kind; at its top for ``None``.
PLAN_OF: Many[[Kind | None], NavGroup] = Many("PLAN_OF")

# Address where one proposes a content of a kind, or chooses what to propose; ``""`` where nobody is
# asked for any.
PROPOSE: Address[[Kind | None]] = Address("PROPOSE")

# Address where one tells how an event was; ``""`` for one of which nothing is asked.
RETURN: Address[[Item]] = Address("RETURN")

# Address of the script by which a device keeps pages for when there is no network; ``""`` where
# none does.
OFFLINE: Address[[]] = Address("OFFLINE")

# Address of the script by which who has an account goes from a content to its form in an editor, on
# pages of contents; ``""`` where there is no editor.
EDITOR_SCRIPT: Address[[]] = Address("EDITOR_SCRIPT")

# Address of that form; ``""`` without.
EDITED: Address[[Item]] = Address("EDITED")

# Address of the page of what a reader keeps by a star; ``""`` where nothing has one.
KEPT: Address[[]] = Address("KEPT")


class OwnFeed(NamedTuple):
    """A feed of texts that are no contents."""

    # Site path of the page whose news it tells.
    page: str
    groupe: str
    nom: str
    # Addresses (site paths) of the pages of its texts, the last published first.
    texts: tuple[str, ...]


class FeedText(NamedTuple):
    """A text of such a feed: its title and its summary, plain; its content as HTML with whole
    addresses."""

    titre: str
    resume: str
    contenu: str
    publie: datetime


# Feeds besides those of contents.
OWN_FEEDS: Many[[], OwnFeed] = Many("OWN_FEEDS")

# The text whose page is at a site path; the first is told.
FEED_TEXT: Many[[str], FeedText] = Many("FEED_TEXT")

# Lists that one follows besides those of kinds: site path, name, references of their contents.
FOLLOWED: Many[[], tuple[str, str, Iterable[str]]] = Many("FOLLOWED")

# Files, or folders of files, that the form of a kind reads besides its own: name, address.
FORM_FILES: Many[[Kind], tuple[str, str]] = Many("FORM_FILES")

# Spreadsheets to fill in, of the page of forms: the name of each.
SHEETS: Many[[], str] = Many("SHEETS")

# Address of the guides for who contributes; ``""`` without.
GUIDES: Address[[]] = Address("GUIDES")

# Address where fundings that are open are listed, asked when there is a funding.
OPEN_FUNDINGS: Address[[]] = Address("OPEN_FUNDINGS")

# Address where all tools that are lent are listed, asked when there is one; ``""`` where the list
# of resources alone has them.
LENT: Address[[]] = Address("LENT")

# Where subjects are looked up, when there are some.
SUBJECTS: Many[[], Lien] = Many("SUBJECTS")

# Views of the agenda that stand by themselves, in the site plan.
AGENDA_LINKS: Many[[], Lien] = Many("AGENDA_LINKS")

# Other views of the agenda, after these.
AGENDA_VIEWS: Many[[], Lien] = Many("AGENDA_VIEWS")

# Whose the data of others are that pages tell, beside those of all portals: sentences.
BORROWED: Many[[], str] = Many("BORROWED")

# Links of the site plan to what one takes away.
FOLLOW_LINKS: Many[[], Lien] = Many("FOLLOW_LINKS")

# Whose outlines the maps are drawn on, at the foot of pages, which show the first.
MAPS: Many[[], Lien] = Many("MAPS")

# The small map of where a content is, which has a name and a theme; its page shows the first.
PLACE_MAP: Many[[Position | None, str, str], MapView] = Many("PLACE_MAP")

WEEK_MAP: Many[[], MapView] = Many("WEEK_MAP")

MAP_LINKS: Many[[], Lien] = Many("MAP_LINKS")


# Addresses that had a page, each with what it leads to: only servers are told.
FORMER_PAGES: Many[[], tuple[str, str]] = Many("FORMER_PAGES")

# Addresses of pages that were, which may hold ``:names`` as those of servers do, each with what it
# leads to.
FORMER_ADDRESSES: Many[[], tuple[str, str]] = Many("FORMER_ADDRESSES")

# Address of the page where one searches; ``""`` when there is nothing to find.
SEARCH: Address[[]] = Address("SEARCH")


class Findable(NamedTuple):
    """A page that the search proposes while one types."""

    # What it is, beside its name: « Podcast ».
    sort: str
    name: str
    url: str
    # What tells it from its homonyms.
    hint: str = ""


# Pages that the search answers with: name, address, what one finds there, words that ask for it,
# with commas.
ASKED_FOR: Many[[], tuple[str, str, str, str]] = Many("ASKED_FOR")

# Pages that the search proposes by their name, after contents, sort after sort.
FINDABLE: Many[[], Findable] = Many("FINDABLE")

# Address of a poster of the agenda at a site path: of a period, by its slug, else the one to print
# today; ``""`` for none.
POSTER: Address[...] = Address("POSTER")

# Address of the file of an event that one adds to a calendar; ``""`` for none.
EVENT_FILE: Address[[Item]] = Address("EVENT_FILE")

# The pages of the list of a kind at a site path, of a feature that draws it in place of ours.
LIST_PAGES: Many[[str], TemplatePage] = Many("LIST_PAGES")

# Links above the list of a kind, last, to other pages that gather its contents.
LIST_MORE: Many[[Kind], Lien] = Many("LIST_MORE")

# Whom the outings of the season do not reach in a territory, by its key: a sentence, the address of
# its page and what that is called.
SEASON: Many[[str], Lien] = Many("SEASON")

# Files of open data that a feature writes below ``API``: their name, how many rows they have.
OPEN_FILES: Many[[], tuple[str, int]] = Many("OPEN_FILES")

# How one subscribes from the home page, which shows the first.
SUBSCRIPTION: Many[[], Abonnement] = Many("SUBSCRIPTION")

# Address where contents are told week after week; ``""`` where nothing does: forms show what it
# would say.
WEEKLY_PAGE: Address[[]] = Address("WEEKLY_PAGE")


class Mention(NamedTuple):
    """How the letter tells of a content, as HTML: in its first week, else why not."""

    # The day when it is told.
    jour: date
    dit: str = ""
    raison: str = ""


# How a content would be told of, for the preview of a proposal, which shows the first.
WEEKLY_MENTION: Many[[Item], Mention] = Many("WEEKLY_MENTION")

# Address of the page of a year that has something to tell, of the yearly rendezvous at a site path;
# ``""`` where years have none.
EDITION: Address[[str, int]] = Address("EDITION")

# Years of yearly rendezvous that are not over, for those who take part: their name, steps.
CALLS: Many[[], tuple[str, tuple[TempsView, ...]]] = Many("CALLS")

# Blocks of the page of a content that show others: what names it, what it gathers.
RELATED: Many[[Item], Bloc] = Many("RELATED")

# What is said of some sessions of an event beside their hours, before their own note: rank of the
# occurrence, words without a capital.
SESSION_NOTES: Many[[Item], tuple[int, str]] = Many("SESSION_NOTES")

# Blocks of the home page after articles.
HOME_BLOCS: Many[[], Bloc] = Many("HOME_BLOCS")


# The drawing of a place; none for one that wants none.
FACADE: Many[[Item], Facade] = Many("FACADE")


# Places that receive visitors on a day, at which hours; later than a minute of it, if it is given.
OPEN: Many[..., tuple[Item, Ouvert]] = Many("OPEN")


# The sky of this evening, on the home page, which shows the first.
TONIGHT: Many[[], Soir] = Many("TONIGHT")


# Lines on the sky of the seven days from a Thursday, the page that says more, and what the picture
# of its evening shows, if there is one.
WEEKLY_SKY: Many[[date], tuple[tuple[str, ...], Lien, str]] = Many("WEEKLY_SKY")
# Files of the picture of the evening of a day, below an address, the last of them the picture
# itself; so many windows are lit.
EVENING: Many[[str, date, int], Artifact] = Many("EVENING")


class DeskTable(NamedTuple):
    """A table of the desk: columns, then each content, or what is none, with its other cells; its
    name where the title of the section does not say it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Item | Lien, tuple[str | tuple[Lien, ...], ...]], ...]
    name: str = ""


class DeskSection(NamedTuple):
    """A section of the desk: anchor, title, sentence, tables, the rows of the first of which are
    its number."""

    anchor: str
    title: str
    phrase: str
    tables: tuple[DeskTable, ...]
    # What is said when there is no row.
    empty: str = ""
    notes: tuple[str, ...] = ()


# Sections of the editors’ desk, after what ends.
DESK_SECTIONS: Many[[], DeskSection] = Many("DESK_SECTIONS")

# What engines and networks are told of the page of a content, given what it is made of
# (``EntryInputs``); the page shows the first.
DESCRIBED: Many[[Any], Machine] = Many("DESCRIBED")

# Properties of the JSON-LD of a content, each in the place of the one that it would have.
MACHINE: Many[[Item], tuple[str, object]] = Many("MACHINE")

# The ribbon above every page, which shows the first.
RIBBON: Many[[], Ruban] = Many("RIBBON")

# Ready-made choices of the agenda, the week-end first; the note of each is a filter of an address
# (``public=familles``).
AGENDA_CHOICES: Many[[], Lien] = Many("AGENDA_CHOICES")

# Ways of showing the agenda, its list first.
AGENDA_FORMS: Many[[], Lien] = Many("AGENDA_FORMS")

# Years of the agenda with a page, the present one first, then those before it.
AGENDA_YEARS: Many[[], Lien] = Many("AGENDA_YEARS")
