"""Addresses of the pages of the kernel, and of those that several features name; what one feature
alone names is in its ``addresses``."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

from portail.agenda.weeks import Month, Week
from portail.files import digest_of
from portail.model.entry import Entry
from portail.model.kinds import DATED, PLACES, Kind, info_of
from portail.source.medias import published_path
from portail.text.dates import JOURS

HOME = "/"
PLAN = "/plan-du-site/"
THEMES = "/themes/"
CATALOGUE = "/catalogue/"
MAP = "/carte/"
TOOLBOX = "/boite-a-outils/"
SUBJECTS = "/sujets/"
NOT_FOUND = "/404.html"
MANIFEST = "/manifest.webmanifest"
COMMUNES = "/communes.json"
HOURS = "/lieux/horaires.json"
TRADE = "/vie-du-reseau/"
ROBOTS = "/robots.txt"
# Name of the file, at the root of the site, that Netlify and Cloudflare Pages read.
REDIRECTS = "_redirects"
EMBEDS = "/embarquer/"
API = "/api/v1/"
SEARCH = "/recherche/"
SEARCH_TERMS = f"{SEARCH}termes/"
SEARCH_INDEX = f"{SEARCH_TERMS}index.json"
# Files that a digest of their bytes names: apart, since they can be kept for ever.
SEARCH_LISTS = f"{SEARCH_TERMS}f/"
SUGGESTIONS = f"{SEARCH}suggestions.json"
OPENSEARCH = f"{SEARCH}opensearch.xml"
# Above the pages of drafts that are shared.
DRAFTS = "/brouillons/"
MAIL = "courriel.html"
# Name of the data of a mail, below its page.
MAIL_DATA = "selection.json"
WEEK_END = "/agenda/week-end/"
NOW = "/agenda/en-ce-moment/"
# The present week, written anew each Monday: what leads to it from every page stays as it is.
THIS_WEEK = "/agenda/semaine/"
_FEEDS = {"rss": "flux.xml", "atom": "atom.xml", "json": "flux.json"}


def path_of(entry: Entry) -> str:
    return entry.kind.info.url(entry.slug)


def draft_path(entry: Entry, key: str) -> str:
    """Site path of a shared draft: only who knows the ``key`` (``PORTAIL_BROUILLONS``) can guess
    it.
    """
    return f"{DRAFTS}{entry.slug}-{digest_of(key, entry.kind.value, entry.slug)[:12]}/"


def listing_of(kind: Kind) -> str:
    return kind.info.listing


AGENDA = info_of(DATED).listing
DIRECTORY = info_of(PLACES).listing


def archives_of(kind: Kind) -> str:
    """Site path of the list of a kind's contents that are over: ``/agenda/archives/``."""
    return f"{kind.info.listing}archives/"


def theme_of(code: str) -> str:
    return f"{THEMES}{code}/"


def week_of(week: Week) -> str:
    """Site path of a week of the agenda: ``/agenda/2021-s39/``."""
    return f"{AGENDA}{week.slug}/"


# Anchors of the days in the page of a week, from Monday.
ANCHORS = tuple(name.capitalize() for name in JOURS)


def day_of(day: date) -> str:
    """A day, in its week: ``/agenda/2021-s39/#Lundi``."""
    return f"{week_of(Week.of(day))}#{ANCHORS[day.weekday()]}"


def month_of(month: Month) -> str:
    """Site path of a month of the agenda: ``/agenda/2021/10/``."""
    return f"{AGENDA}{month.slug}/"


def facet_of(listing: str, cle: str, code: str = "") -> str:
    """Site path of what a list holds of a value; that of a switch is not said.

    >>> facet_of(AGENDA, "theme", "numerique"), facet_of(AGENDA, "gratuit", "oui")
    ('/agenda/theme/numerique/', '/agenda/gratuit/')
    """
    if code in ("", "oui"):
        return f"{listing}{cle}/"
    return f"{listing}{cle}/{code}/"


def data_of(listing: str) -> str:
    return f"{listing}facettes.json"


def feed_of(page: str, format: str) -> str:
    return f"{page}{_FEEDS[format]}"


def page_of(listing: str, number: int) -> str:
    if number == 1:
        return listing
    return f"{listing}page/{number}/"


def text_url(url: str) -> str:
    return f"{url}texte.md"


def media_url(path: PurePosixPath) -> str:
    """Site path of a published media, ``path`` starting with the content folder's name; signs
    that mean something in an address, or are not ASCII, are escaped (RFC 3986)."""
    return "/" + quote(str(published_path(path)))


# The ground of a drawing besides the tint of its theme: its full colour, in the same file, which a
# fragment asks for.
DEEP = "profond"


def empreinte_of(theme: str, rank: int, fond: str = "") -> str:
    """Site path of a drawing in the colours of a theme, given by its code (``""``: none).

    >>> empreinte_of("numerique", 2), empreinte_of("", 4, DEEP)
    ('/empreintes/numerique-2.svg', '/empreintes/portail-4.svg#profond')
    """
    return f"/empreintes/{theme or 'portail'}-{rank}.svg{fond and '#'}{fond}"


def shared_of(theme: str) -> str:
    """Site path of what networks show of a page of a theme without a picture (``""``: none).

    >>> shared_of("numerique"), shared_of("")
    ('/theme/partage/numerique.png', '/theme/partage/portail.png')
    """
    return f"/theme/partage/{theme or 'portail'}.png"


def file_of(url: str) -> str:
    """File, relative to the output folder, that serves a site path."""
    clean = url.lstrip("/")
    if not clean or clean.endswith("/"):
        return f"{clean}index.html"
    return clean
