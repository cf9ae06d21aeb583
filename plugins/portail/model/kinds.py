"""The one table of kinds. The feature that brings a kind says all of it in a row, ``kind.yml`` of
its folder; ``data/kind.yml`` is that of pages, which every portal has."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec import Struct, ValidationError, convert, field

from portail.diagnostics import DataError
from portail.resources import rows, rows_of, tables_of_features
from portail.text.typography import capital


class Kind(Enum):
    """A kind of content; its value is its folder under ``content/``."""

    ARTICLE = "articles"
    EVENT = "events"
    ANNONCE = "annonces"
    RESSOURCE = "ressources"
    LIEU = "lieux"
    DOSSIER = "dossiers"
    COMMUNAUTE = "communautes"
    PROJET = "projets"
    TERRITOIRE = "territoires"
    TEMPS_FORT = "temps-forts"
    AUTEUR = "auteurs"
    NEWSLETTER = "newsletters"
    PAGE = "pages"

    # Members are singletons; ``Enum.__hash__`` is written in Python, and five times slower.
    __hash__ = object.__hash__

    @property
    def info(self) -> KindInfo:
        """Its row of the table; a kind that no feature brings has neither words nor contents."""
        return KINDS[self] if self in KINDS else _absent(self)

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Kind) and _ORDER[self] < _ORDER[other]


_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


class Sort(Struct, frozen=True, forbid_unknown_fields=True):
    """The field that sorts the contents of a kind: « musée », « atelier »."""

    label: str
    """Its title: « Type »."""
    codes: str
    """The controlled list of its values."""
    field: str
    """Its key in front matter."""


class KindInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which the site calls a kind, where it puts it, and how it treats its contents.

    A rank is a number from 1, in the order of which kinds stand together somewhere; 0 leaves a
    kind out.
    """

    folder: str
    class_name: str
    template: str
    nom: str
    """Its noun, lower-case."""
    pluriel: str
    article: str
    """The indefinite article of its noun."""
    rubrique: str
    """Title of the list of all."""
    segment: str = ""
    """First part of a page's address; empty at the root."""
    listing: str = ""
    """Address of the list of all; empty where there is none."""
    ensemble: str = ""
    """Title of several among related contents, where it is not its plural."""
    lead: str = ""
    """Sentence below the title of its list; empty for a kind that has none."""
    opendata: str = ""
    """Sentence that describes its file of open data; empty for a kind that has none."""
    action: str = ""
    """Words of the link to one, among the answers of the search."""
    over: str = ""
    """Word for one that is over."""
    coming: str = ""
    """Title of those that are not over, for a kind whose contents end and are then archived."""
    empty: str = ""
    """Sentence of a list where all are over."""
    schema: str = "WebPage"
    """Its type of schema.org."""

    beside: str = ""
    """How the names end of files that its feature keeps beside its texts, and alone can read;
    empty where there are none. The rest of their names is that of the text."""

    # What a content of the kind is.

    has_page: bool = True
    """Whether a content has a page, is found and told of; else it is part of another page."""
    is_subject: bool = True
    """Whether a content is about something else than the portal: one that others gather, name and
    look for."""
    order: str = "newest"
    """Order of its list: ``newest`` first, ``name``, ``date`` (what is next first), ``end`` (what
    ends soonest first), ``open`` (the newest of what is open first), ``week``."""
    near: bool = False
    """Whether its list is sorted around a commune."""
    sort: Sort | None = None
    """What sorts its contents."""
    sort_says: bool = True
    """Whether its sort says what a content is, rather than how far it is."""
    gathers: str = ""
    """Key by which contents name those of this kind that gather them."""
    names_gatherers: bool = False
    """Whether its page names what gathers it in its head, without a card."""
    members: str = ""
    """Key of those who are part of a content."""
    actor: bool = False
    """Whether it is a person or a structure."""
    person: bool = False
    """Whether it is a person."""
    anthology: bool = False
    """Whether editors gather in it what is to be read together."""
    signed: bool = True
    """Whether its page says who signs it."""
    cited: bool = False
    """Whether it is a text of an author and a day, as one cites them."""
    speaks: bool = True
    """Whether it has a language of its own: neither a place, a person nor a structure has."""
    to_read: bool = False
    """Whether it is what one reads about something else, in its own language."""
    republished: bool = False
    """Whether others publish its text again, as its licence says."""
    territory: bool = False
    """Whether it is a territory, which holds other contents."""
    yearly: bool = False
    """Whether it comes back year after year, each with its edition."""
    borrowed: bool = False
    """Whether some are lent: tools."""
    wanted: int = 0
    """Rank among the kinds of which editors are told what readers miss."""
    trade: bool = False
    """Whether some are for the network alone."""
    dated: bool = False
    """Whether it takes place on days."""
    place: bool = False
    """Whether it is where one goes, or a structure with whom one works: what others call their
    ``lieu``."""
    answers: bool = False
    """Whether it may answer what is asked to come somewhere."""
    of_a_day: bool = False
    """Whether its titles and summaries speak of a day."""

    facets: tuple[Mapping[str, Any], ...] = ()
    """By what its list is narrowed, in order (``site.facets.Facet``)."""

    # How one writes it.

    form: int = 0
    """Rank among the kinds that have a form."""
    sheets: tuple[str, ...] = ()
    """Spreadsheets by which many are given at once."""
    minimum: Mapping[str, Any] = field(default_factory=dict)
    """What it needs besides required fields: one way to say when, where or what."""
    expected: tuple[str, ...] = ()
    """Labels of the facts that its page misses when nobody has filled them in."""
    twins: int = 0
    """Rank among the kinds of which editors are told that two may be one."""
    elsewhere: tuple[str, ...] = ()
    """Folders of other sites that tell of this kind."""

    booked: int = 0
    """Rank among what a class may book."""
    checked: int = 0
    """Rank among the sheets that are to be read again once a year."""

    # Where it shows.

    cards: str = "cartes"
    """Form in which a group of them is shown."""
    layout: str = ""
    """Form of its list, where it is not that of its cards."""
    shared: str = "website"
    """What it is for networks where its address is shared (``og:type``)."""
    motif: bool = True
    """Whether one without a picture is drawn as its theme: not what is only text, what has a map,
    nor tools, of which a motif would say nothing."""
    pictured: bool = False
    """Whether engines show it with a picture: without one of its own, that of shared links."""
    menu: int = 0
    """Rank of its list in the menu."""
    explore: int = 0
    """Rank of its list at the foot of pages."""
    promise: str = ""
    """What it is in the sentence that says what the portal offers."""
    tally: bool = False
    """Whether the home page counts them."""
    new: str = ""
    """Title of the newest on the home page."""
    featured: int = 0
    """Rank among the kinds that complete, in turn, what editors put forward."""
    completes: int = 0
    """Rank among those that do so when these are not enough."""
    news: int = 0
    """Rank among what is news and counts as a contribution: neither the directory nor what sorts
    other contents."""
    grows: int = 0
    """Rank among what comes year after year: what is cut by periods, what others take and tell."""
    lasting: int = 0
    """Rank among what is still worth reading long after."""
    read_next: bool = False
    """Whether a page proposes it as what to read next."""
    for_anyone: bool = False
    """Whether it is for anyone, since it has no field that says for whom it is."""
    related: int = 0
    """Rank among the blocks of what is related to a content."""
    together: bool = False
    """Whether kinds of which few are related to it share a block of its page."""
    told_of: bool = False
    """Whether its page also shows what tells of it without naming it."""
    at_place: str = ""
    """Block of the page of a place where it stands."""
    at_territory: str = ""
    """Block of the page of a territory where it stands."""
    feeds: str = ""
    """Group of the feeds of its pages."""
    embedded: bool = False
    """Whether other sites show the agenda of each of its pages."""
    all_of_it: str = ""
    """Words of the link to its list, for who has found nothing."""
    suggested: int = 0
    """Rank among what the search proposes by name."""
    searched: str = ""
    """Words that the page of any of them is there to answer, filled in yet or not."""
    former_feed: bool = False
    """Whether each of its pages had a feed of its own."""
    computed: tuple[str, ...] = ()
    """Parts that open data computes for it, besides those of every kind."""

    @property
    def at_root(self) -> bool:
        """Whether a content has its page at the root of the site."""
        return self.has_page and not self.segment

    @property
    def un(self) -> str:
        """Its noun with its article: « un événement »."""
        return f"{self.article} {self.nom}"

    @property
    def plusieurs(self) -> str:
        """Its plural as a title: « Événements »."""
        return capital(self.pluriel)

    @property
    def archives(self) -> str:
        """Title of those that are over: « Événements passés »."""
        return f"{self.plusieurs} {self.over}s"

    def counted(self, number: int) -> str:
        """Its noun, agreeing with ``number`` (French: plural from two)."""
        return self.pluriel if number > 1 else self.nom

    def url(self, slug: str) -> str:
        """Site path of one content (``/lieux/la-coupole/``), always with both slashes."""
        return f"/{self.segment}/{slug}/" if self.segment else f"/{slug}/"


def _named(kind: Kind) -> dict[str, str]:
    """Names that follow from that of a kind."""
    name = kind.name.title().replace("_", "")
    return {"class_name": name, "template": f"{kind.name.lower()}.html"}


def _absent(kind: Kind) -> KindInfo:
    name = kind.value
    words = {"nom": name, "pluriel": name, "article": "un", "rubrique": name}
    nothing = {"has_page": False, "is_subject": False, "motif": False}
    return convert({"folder": name, **words, **nothing, **_named(kind)}, KindInfo)


_NOTHING = convert(
    {
        "folder": "",
        "class_name": "",
        "template": "",
        "nom": "",
        "pluriel": "",
        "article": "",
        "rubrique": "",
        "has_page": False,
        "is_subject": False,
    },
    KindInfo,
)


class Row(NamedTuple):
    """A kind and the feature that brings it, with its street; ``""`` for the kernel."""

    feature: str
    kind: Kind
    info: KindInfo


def _row(feature: str, row: Mapping[str, Any]) -> Row:
    try:
        kind = Kind(row["folder"])
        return Row(feature, kind, convert({**row, **_named(kind)}, KindInfo))
    except (TypeError, ValueError, KeyError, ValidationError) as error:
        raise DataError(f"{feature}/kind.yml, {row}: {error}") from error


def _rows() -> dict[Kind, Row]:
    listed = [_row("", rows("kind"))]
    listed += (_row(feature, rows_of(feature, "kind")) for feature in tables_of_features("kind"))
    return {row.kind: row for row in sorted(listed, key=lambda row: row.kind)}


ROWS: Mapping[Kind, Row] = MappingProxyType(_rows())
"""The kinds of a portal, in their order."""

KINDS: Mapping[Kind, KindInfo] = MappingProxyType({kind: row.info for kind, row in ROWS.items()})

BY_FOLDER: Mapping[str, Kind] = MappingProxyType({kind.value: kind for kind in KINDS})


def info_of(kinds: Sequence[Kind]) -> KindInfo:
    """The row of the first of some kinds; one without contents where no feature brings any."""
    return kinds[0].info if kinds else _NOTHING


def ranked(rank: Callable[[KindInfo], int]) -> tuple[Kind, ...]:
    """Kinds that have a rank, in its order."""
    return tuple(sorted(where(rank), key=lambda kind: rank(kind.info)))


def where(chosen: Callable[[KindInfo], object]) -> tuple[Kind, ...]:
    """Kinds of which something is true, in their order."""
    return tuple(kind for kind, info in KINDS.items() if chosen(info))


DATED = where(lambda info: info.dated)
"""Kinds of what takes place on days: the agenda is their list."""

PLACES = where(lambda info: info.place)
"""Kinds of what is somewhere: the directory is their list."""

TERRITORIES = where(lambda info: info.territory)
"""Kinds of what holds other contents on a map."""

YEARLY = where(lambda info: info.yearly)
"""Kinds of what comes back year after year."""

ACTORS = where(lambda info: info.actor)
"""Kinds of who signs and takes part: structures, then people."""

PEOPLE = where(lambda info: info.person)
"""Kinds of those among them that are persons."""

ANTHOLOGIES = where(lambda info: info.anthology)
"""Kinds of what editors gather to be read together."""

ENDING = where(lambda info: info.order == "end")
"""Kinds of what is open until a day that it says: announcements."""

BORROWED = where(lambda info: info.borrowed)
"""Kinds of which some are lent."""

WEEKLY = where(lambda info: info.order == "week")
"""Kinds of what is of a week, by which it is named."""

_PLACES = frozenset(kind.value for kind in PLACES)
_DATED = frozenset(kind.value for kind in DATED)


def is_place(ref: str) -> bool:
    """Whether a reference is that of a place or structure.

    >>> is_place("lieux/la-coupole"), is_place("articles/sel")
    (True, False)
    """
    return ref.partition("/")[0] in _PLACES


def is_event(ref: str) -> bool:
    """Whether a reference is that of an event, and not of what the agenda tells besides: editions
    of highlights, stays of what is lent."""
    return ref.partition("/")[0] in _DATED


def place_ref(name: str) -> str:
    """The reference of the place that a content names by its slug, or by its reference.

    >>> place_ref("la-coupole"), place_ref("lieux/la-coupole")
    ('lieux/la-coupole', 'lieux/la-coupole')
    """
    return name if "/" in name else f"{info_of(PLACES).folder}/{name}"


def territory_ref(slug: str) -> str:
    """The reference of the page of a territory, by the slug that contents name.

    >>> territory_ref("somme")
    'territoires/somme'
    """
    return f"{info_of(TERRITORIES).folder}/{slug}"


def yearly_ref(slug: str) -> str:
    """The reference of what comes back every year, by the slug that its editions name.

    >>> yearly_ref("fete-de-la-science")
    'temps-forts/fete-de-la-science'
    """
    return f"{info_of(YEARLY).folder}/{slug}"


FORMS = ranked(lambda info: info.form)
"""Kinds that have a form, in the order in which they are offered."""


def offered(sans: Container[str]) -> tuple[Kind, ...]:
    """Kinds that have a form in a portal without those of some folders (``SiteConfig.sans``)."""
    return tuple(kind for kind in FORMS if kind.value not in sans)


ANSWERING = where(lambda info: info.answers)
"""Kinds that may answer what is asked to come somewhere."""


def served(sans: Container[str]) -> tuple[str, ...]:
    """The spreadsheets by which many contents are given at once, in a portal without the kinds of
    some folders (``SiteConfig.sans``)."""
    kinds = (kind for kind in ranked(lambda info: info.menu) if kind.value not in sans)
    return tuple(sheet for kind in kinds for sheet in kind.info.sheets)


RESERVED_PAGE_SLUGS: frozenset[str] = frozenset(
    {info.segment for info in KINDS.values() if info.segment}
    | {info.listing.strip("/") for info in KINDS.values() if info.listing}
    | set(
        """themes sujets communes plan-du-site recherche carte catalogue classes boite-a-outils
        demandes questions facile-a-lire hors-ligne embarquer ma-lettre reseau api admin apercu
        redaction donnees flux calendriers affiches en-chiffres presse contribuer theme static
        medias empreintes fonds 404 index ruban robots sitemap brouillons""".split()
    )
    # Paths that hosts serve themselves: GitHub Pages (CNAME), Cloudflare, CGI servers.
    | {"cname", "cdn-cgi", "cgi-bin"}
)
"""First path segments that the generator owns: refused as slugs of ``content/pages/``."""
