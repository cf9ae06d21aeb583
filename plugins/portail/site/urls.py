"""Every address of the site, in one place."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from portail.agenda.weeks import Month, Week
from portail.model.entry import Entry
from portail.model.kinds import DATED, PLACES, Kind, info_of
from portail.source.medias import published_path

HOME = "/"
PLAN = "/plan-du-site/"
THEMES = "/themes/"
CATALOGUE = "/catalogue/"
"""Tools that are lent."""
CLASSES = "/classes/"
"""What a class may book."""
MAP = "/carte/"
"""What not to miss, on a map."""
TOOLBOX = "/boite-a-outils/"
SUBJECTS = "/sujets/"
"""The alphabetical index of subjects."""
FORMER_COMMUNES = "/communes/"
FORMER_NEAR = f"{TOOLBOX}pres-de-chez-moi/"
"""Where indexes of communes were."""
NOT_FOUND = "/404.html"
RUBAN = "/ruban.css"
MANIFEST = "/manifest.webmanifest"
CALENDARS = "/calendriers/"
POSTERS = "/affiches/"
COMMUNES = "/communes.json"
TRADE = "/vie-du-reseau/"
"""What is for those who make the network."""
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
REDIRECTS = "_redirects"
"""Name of the file, at the root of the site, that Netlify and Cloudflare Pages read."""
FIGURES = "/en-chiffres/"
LOANS = f"{CATALOGUE}bilan/"
"""Figures of each year; those of what is lent."""
FEEDS = "/flux/"
DATA = "/donnees/"
EMBEDS = "/embarquer/"
OPML = f"{FEEDS}abonnements.opml"
FEED_SHEET = "/flux.css"
FORMER_DICTIONARY = f"{DATA}dictionnaire/"
"""Where fields were told, before schemas."""
API = "/api/v1/"
SEARCH = "/recherche/"
SEARCH_TERMS = f"{SEARCH}termes/"
"""The lists of terms."""
SEARCH_INDEX = f"{SEARCH_TERMS}index.json"
"""What can be found: the values by which it is narrowed and sorted."""
SEARCH_FILES = f"{SEARCH_TERMS}fichiers.json"
"""The files of terms."""
SEARCH_LISTS = f"{SEARCH_TERMS}f/"
"""Files that a digest of their bytes names: apart, since they can be kept for ever."""
SUGGESTIONS = f"{SEARCH}suggestions.json"
OPENSEARCH = f"{SEARCH}opensearch.xml"
DRAFTS = "/brouillons/"
"""Above the pages of drafts that are shared."""
MAIL = "courriel.html"
"""Name of a mail, below its page."""
MAIL_DATA = "selection.json"
"""Name of the data of a mail, below its page."""
WEEK_END = "/agenda/week-end/"
NOW = "/agenda/en-ce-moment/"
COMING_FEED = "/agenda/a-venir.xml"
"""The feed of the events to come, by the day when they take place."""
_FEEDS = {"rss": "flux.xml", "atom": "atom.xml", "json": "flux.json"}


def path_of(entry: Entry) -> str:
    """Site path of an entry's page: ``/lieux/la-coupole/``."""
    return entry.kind.info.url(entry.slug)


def draft_path(slug: str) -> str:
    """Site path of the page of a draft that is shared: ``/brouillons/nuit-des-papillons/``."""
    return f"{DRAFTS}{slug}/"


def listing_of(kind: Kind) -> str:
    """Site path of the list of a kind; empty when it has none."""
    return kind.info.listing


AGENDA = info_of(DATED).listing
"""The list of events to come."""
DIRECTORY = info_of(PLACES).listing
"""The list of places and structures."""


def archives_of(kind: Kind) -> str:
    """Site path of the list of a kind's contents that are over: ``/agenda/archives/``."""
    return f"{kind.info.listing}archives/"


def theme_of(code: str) -> str:
    """Site path of a theme's page."""
    return f"{THEMES}{code}/"


def week_of(week: Week) -> str:
    """Site path of a week of the agenda: ``/agenda/2021-s39/``."""
    return f"{AGENDA}{week.slug}/"


def month_of(month: Month) -> str:
    """Site path of a month of the agenda: ``/agenda/2021/10/``."""
    return f"{AGENDA}{month.slug}/"


def year_of(year: int) -> str:
    """Site path of a year of the agenda: ``/agenda/2021/``."""
    return f"{AGENDA}{year}/"


def facet_of(listing: str, cle: str, code: str = "") -> str:
    """Site path of what a list holds for one value of a facet, or for a switch:
    ``/agenda/theme/numerique/``, ``/agenda/gratuit/``."""
    return f"{listing}{cle}/{code}/" if code else f"{listing}{cle}/"


def data_of(listing: str) -> str:
    """Site path of the data that the filters of a list read: ``/agenda/facettes.json``."""
    return f"{listing}facettes.json"


def calendar_of(url: str) -> str:
    """Site path of the calendar of the events that the page at ``url`` gathers; of one event, below
    its page: ``/lieux/la-coupole/agenda.ics``, ``/evenements/nuit/evenement.ics``."""
    single = url.startswith(f"/{info_of(DATED).segment}/")
    return f"{url}evenement.ics" if single else f"{url}agenda.ics"


def feed_of(page: str, format: str) -> str:
    """Site path of the news of a page as a feed: ``rss``, ``atom`` or ``json`` (``/flux.xml``,
    ``/themes/numerique/flux.json``)."""
    return f"{page}{_FEEDS[format]}"


def search_cards(number: int) -> str:
    """Site path of one file, from 0, of the cards that the search shows:
    ``/recherche/fiches/12.json``."""
    return f"{SEARCH}fiches/{number}.json"


def api_of(kind: Kind) -> str:
    """Site path of the open data of a kind: ``/api/v1/evenements.json``, ``/api/v1/pages.json``."""
    return f"{API}{kind.info.segment or kind.info.folder}.json"


def embed_of(page: str) -> str:
    """Site path of what another site shows of the agenda of a page:
    ``/embarquer/lieux/la-coupole/``."""
    return f"{EMBEDS[:-1]}{page}"


def figures_of(year: int) -> str:
    """Site path of the figures of a year: ``/en-chiffres/2021/``."""
    return f"{FIGURES}{year}/"


def loans_of(year: int) -> str:
    """Site path of the loans of a year: ``/catalogue/bilan/2021/``."""
    return f"{LOANS}{year}/"


def table_of(page: str) -> str:
    """Site path of every figure of a page, in one table: ``/en-chiffres/2021/chiffres.csv``."""
    return f"{page}chiffres.csv"


def poster_of(url: str, period: Week | Month) -> str:
    """Site path of the poster of a week or a month, below the page whose events it tells:
    ``/agenda/epci/ca-du-boulonnais/affiche/2021-10/``."""
    return f"{url}affiche/{period.slug.replace('/', '-')}/"


def agenda_around(name: str) -> str:
    """Site path of the agenda around a commune: ``/agenda/?pres=Saint-Omer``."""
    return f"{AGENDA}?pres={quote(name)}"


def page_of(listing: str, number: int) -> str:
    """Site path of one page, from 1, of a list: ``/articles/page/2/``."""
    return listing if number == 1 else f"{listing}page/{number}/"


def text_url(url: str) -> str:
    """Site path, below the page of an article, of its Markdown."""
    return f"{url}texte.md"


def sitemap_of(family: str, number: int) -> str:
    """Site path of one file, from 1, of what the sitemap tells of a family of pages:
    ``/sitemap-articles.xml``, ``/sitemap-articles-2.xml``. At the top: a sitemap only speaks of
    what is below its own folder (sitemaps.org, « location »)."""
    rank = f"-{number}" if number > 1 else ""
    return f"/sitemap-{family}{rank}.xml"


def media_url(path: PurePosixPath) -> str:
    """Site path of a published media, ``path`` starting with the content folder's name; signs
    that mean something in an address, or are not ASCII, are escaped (RFC 3986)."""
    return "/" + quote(str(published_path(path)))


DEEP = "profond"
"""The ground of a drawing besides the tint of its theme: its full colour, in the same file, which a
fragment asks for."""


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
    return f"{clean}index.html" if not clean or clean.endswith("/") else clean
