"""The one table of kinds. The feature that brings a kind says all of it in a row, ``kind.yml`` of
its folder; ``data/kind.yml`` is that of pages, which every portal has."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from msgspec import Struct, ValidationError, convert, field

from portail.diagnostics import DataError
from portail.resources import rows, rows_of, tables_of_features
from portail.text.typography import capital, this

# The kinds that code names, in the order of all; those of rows that it does not name come after.
_NAMED = {
    "ARTICLE": "articles",
    "EVENT": "events",
    "ANNONCE": "annonces",
    "RESSOURCE": "ressources",
    "LIEU": "lieux",
    "DOSSIER": "dossiers",
    "COMMUNAUTE": "communautes",
    "PROJET": "projets",
    "TERRITOIRE": "territoires",
    "TEMPS_FORT": "temps-forts",
    "AUTEUR": "auteurs",
    "NEWSLETTER": "newsletters",
    "PAGE": "pages",
}


class _Kinds(type):
    def __iter__(cls) -> Iterator[Kind]:
        return iter(tuple(_EVERY.values()))

    def __len__(cls) -> int:
        return len(_EVERY)


class Kind(metaclass=_Kinds):
    """A kind of content, one object for each; its value is its folder under ``content/``."""

    ARTICLE: ClassVar[Kind]
    EVENT: ClassVar[Kind]
    ANNONCE: ClassVar[Kind]
    RESSOURCE: ClassVar[Kind]
    LIEU: ClassVar[Kind]
    DOSSIER: ClassVar[Kind]
    COMMUNAUTE: ClassVar[Kind]
    PROJET: ClassVar[Kind]
    TERRITOIRE: ClassVar[Kind]
    TEMPS_FORT: ClassVar[Kind]
    AUTEUR: ClassVar[Kind]
    NEWSLETTER: ClassVar[Kind]
    PAGE: ClassVar[Kind]

    value: str
    # By which files of the package are named: « temps_fort ».
    name: str
    rank: int
    info: KindInfo

    def __new__(cls, value: str | Kind) -> Kind:
        """The kind of a folder, or itself. Raises ``ValueError`` for a folder of none."""
        if isinstance(value, Kind):
            return value
        if value not in _EVERY:
            raise ValueError(f"{value!r} is no kind")
        return _EVERY[value]

    def __reduce__(self) -> tuple[type[Kind], tuple[str]]:
        return Kind, (self.value,)

    def __repr__(self) -> str:
        return f"Kind({self.value!r})"

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Kind) and self.rank < other.rank


_EVERY: dict[str, Kind] = {}
# Those that left too, each with what said it: what was read before finds its kind where the same
# comes back; what is kept of a kind is not that of another of its name.
_MADE: dict[tuple[str, str], Kind] = {}


def _added(folder: str, name: str = "", version: str = "") -> Kind:
    if folder not in _EVERY:
        kind = _EVERY[folder] = _MADE.setdefault((folder, version), object.__new__(Kind))
        kind.value = folder
        kind.name = name or folder.upper().replace("-", "_")
        kind.rank = len(_EVERY)
    return _EVERY[folder]


for _name, _folder in _NAMED.items():
    setattr(Kind, _name, _added(_folder, _name))


class Sort(Struct, frozen=True, forbid_unknown_fields=True):
    """The field that sorts the contents of a kind: « musée », « atelier »."""

    label: str
    # The controlled list of its values.
    codes: str
    # Its key in front matter.
    field: str


class KindInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which the site calls a kind, where it puts it, and how it treats its contents.

    Ranks count from 1; 0 leaves a kind out.
    """

    folder: str
    class_name: str
    template: str
    nom: str
    pluriel: str
    article: str
    rubrique: str
    # First part of a page's address; empty at the root.
    segment: str = ""
    listing: str = ""
    # What it was before, the oldest first.
    former: tuple[str, ...] = ()
    # Title of several among related contents, where it is not its plural.
    ensemble: str = ""
    # Sentence below the title of its list; empty for a kind that has none.
    lead: str = ""
    # Sentence that describes its file of open data; empty for a kind that has none.
    opendata: str = ""
    # Words of the link to one, among the answers of the search.
    action: str = ""
    # Word for one that is over.
    over: str = ""
    # Title of those that are not over, for a kind whose contents end and are then archived.
    coming: str = ""
    # Sentence of a list where all are over.
    empty: str = ""
    # Its type of schema.org.
    schema: str = "WebPage"

    # How the names end of files that its feature keeps beside its texts, and alone can read; empty
    # where there are none. The rest of their names is that of the text.
    beside: str = ""

    # Its own fields, where they are said rather than written in its model (``model.genres.Champ``).
    champs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    # What a content of the kind is.

    # Whether a content has a page, is found and told of; else it is part of another page.
    has_page: bool = True
    # Whether a content is about something else than the portal: one that others gather, name and
    # look for.
    is_subject: bool = True
    # Order of its list: ``newest`` first, ``name``, ``date`` (what is next first), ``end`` (what
    # ends soonest first), ``open`` (the newest of what is open first), ``week``.
    order: str = "newest"
    # Whether its list is sorted around a commune.
    near: bool = False
    # What sorts its contents.
    sort: Sort | None = None
    # Whether its sort says what a content is, rather than how far it is.
    sort_says: bool = True
    # Key by which contents name those of this kind that gather them.
    gathers: str = ""
    # Whether its page names what gathers it in its head, without a card.
    names_gatherers: bool = False
    # Key of those who are part of a content.
    members: str = ""
    # Whether it is a person or a structure.
    actor: bool = False
    # Whether it is a person.
    person: bool = False
    # Whether editors gather in it what is to be read together.
    anthology: bool = False
    # Whether its page says who signs it.
    signed: bool = True
    # Whether it is a text of an author and a day, as one cites them.
    cited: bool = False
    # Whether it has a language of its own: neither a place, a person nor a structure has.
    speaks: bool = True
    # Whether it is what one reads about something else, in its own language.
    to_read: bool = False
    # Whether others publish its text again, as its licence says.
    republished: bool = False
    # Whether it is a territory, which holds other contents.
    territory: bool = False
    # Whether it comes back year after year, each with its edition.
    yearly: bool = False
    # Whether some are lent: tools.
    borrowed: bool = False
    # Rank among the kinds of which editors are told what readers miss.
    wanted: int = 0
    # Whether some are for the network alone.
    trade: bool = False
    # Whether it takes place on days.
    dated: bool = False
    # Whether it is where one goes, or a structure with whom one works: what others call their
    # ``lieu``.
    place: bool = False
    # Whether its titles and summaries speak of a day.
    of_a_day: bool = False

    # By what its list is narrowed, in order (``site.facets.Facet``).
    facets: tuple[Mapping[str, Any], ...] = ()

    # How one writes it.

    # Rank among the kinds that have a form.
    form: int = 0
    # Spreadsheets by which many are given at once.
    sheets: tuple[str, ...] = ()
    # What it needs besides required fields: one way to say when, where or what.
    minimum: Mapping[str, Any] = field(default_factory=dict)
    # Labels of the facts that its page misses when nobody has filled them in.
    expected: tuple[str, ...] = ()
    # Folders of other sites that tell of this kind.
    elsewhere: tuple[str, ...] = ()

    # Where it shows.

    # Form in which a group of them is shown.
    cards: str = "cartes"
    # Form of its list, where it is not that of its cards.
    layout: str = ""
    # What it is for networks where its address is shared (``og:type``).
    shared: str = "website"
    # Whether one without a picture is drawn as its theme: not what is only text, what has a map,
    # nor tools, of which a motif would say nothing.
    motif: bool = True
    # Whether engines show it with a picture: without one of its own, that of shared links.
    pictured: bool = False
    # Rank of its list in the menu.
    menu: int = 0
    # Rank of its list at the foot of pages.
    explore: int = 0
    # What it is in the sentence that says what the portal offers.
    promise: str = ""
    # Rank among the kinds that complete, in turn, what editors put forward.
    featured: int = 0
    # Rank among those that do so when these are not enough.
    completes: int = 0
    # Rank among what is news and counts as a contribution: neither the directory nor what sorts
    # other contents.
    news: int = 0
    # Rank among what comes year after year: what is cut by periods, what others take and tell.
    grows: int = 0
    # Rank among what is still worth reading long after.
    lasting: int = 0
    # Whether a page proposes it as what to read next.
    read_next: bool = False
    # Whether it is for anyone, since it has no field that says for whom it is.
    for_anyone: bool = False
    # Rank among the blocks of what is related to a content.
    related: int = 0
    # Whether kinds of which few are related to it share a block of its page.
    together: bool = False
    # Block of the page of a place where it stands.
    at_place: str = ""
    # Block of the page of a territory where it stands.
    at_territory: str = ""
    # Group of the feeds of its pages.
    feeds: str = ""
    # Words of the link to its list, for who has found nothing.
    all_of_it: str = ""
    # Rank among what the search proposes by name.
    suggested: int = 0
    # Words that the page of any of them is there to answer, filled in yet or not.
    searched: str = ""
    # Parts that open data computes for it, besides those of every kind.
    computed: tuple[str, ...] = ()

    @property
    def at_root(self) -> bool:
        """Whether a content has its page at the root of the site."""
        return self.has_page and not self.segment

    @property
    def names_others(self) -> bool:
        """Whether titles order its list, or name calendars, feeds and values of facets."""
        return self.order == "name" or bool(self.gathers or self.feeds)

    @property
    def un(self) -> str:
        return f"{self.article} {self.nom}"

    @property
    def passe(self) -> str:
        """« Cet événement est passé », « Cette bourse est terminée »."""
        return f"{capital(this(self.nom, self.article))} est {self.over}"

    @property
    def plusieurs(self) -> str:
        return capital(self.pluriel)

    @property
    def archives(self) -> str:
        """Title of those that are over: « Événements passés »."""
        return f"{self.plusieurs} {self.over}s"

    def counted(self, number: int) -> str:
        """Its noun, agreeing with ``number`` (French: plural from two)."""
        if number > 1:
            return self.pluriel
        return self.nom

    def url(self, slug: str) -> str:
        """Site path of one content (``/lieux/la-coupole/``), always with both slashes."""
        if self.segment:
            return f"/{self.segment}/{slug}/"
        return f"/{slug}/"


def _named(kind: Kind) -> dict[str, str]:
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
    """A kind and the module of the feature that brings it; ``""`` for the kernel."""

    feature: str
    kind: Kind
    info: KindInfo


def _row(feature: str, row: Mapping[str, Any]) -> Row:
    try:
        kind = _added(row["folder"])
        return Row(feature, kind, convert({**row, **_named(kind)}, KindInfo))
    except (TypeError, KeyError, ValidationError) as error:
        raise DataError(f"{feature}/kind.yml, {row}: {error}") from error


def _rows() -> dict[Kind, Row]:
    listed = [_row("", rows("kind"))]
    listed += (_row(feature, rows_of(feature, "kind")) for feature in tables_of_features("kind"))
    return {row.kind: row for row in sorted(listed, key=lambda row: row.kind)}


_rows_now = _rows()
# Kinds that the package brings: those of an instance are the others.
OURS = tuple(_EVERY.values())
# The kinds of a portal, in their order.
ROWS: Mapping[Kind, Row] = MappingProxyType(_rows_now)

_infos = {kind: row.info for kind, row in ROWS.items()}
KINDS: Mapping[Kind, KindInfo] = MappingProxyType(_infos)
for _kind in OURS:
    _kind.info = _infos.get(_kind) or _absent(_kind)


# What modules keep of the kinds of a portal: filled again in place where a portal brings its own,
# so that who reads it pays nothing for that.
_kept = list[tuple[Any, Callable[[], Any]]]()
_lists: WeakValueDictionary[int, Chosen] = WeakValueDictionary()
# What forgets, where a portal brings kinds of its own, what was remembered of others.
RENEWED = list[Callable[[], object]]()
# Controlled lists that kinds of an instance name, and that may be its own alone.
OWN_LISTS = set[str]()


class Chosen(list[Kind]):
    """Kinds of the portal that a question picks."""

    def __init__(self, pick: Callable[[], Iterable[Kind]]) -> None:
        super().__init__(pick())
        self.pick = pick
        _lists[id(self)] = self


_Kept = TypeVar("_Kept", bound=dict[Any, Any] | set[Any] | list[Any])


def kept(empty: _Kept, make: Callable[[], Any]) -> _Kept:
    """``empty``, filled with what ``make`` gives of the kinds of the portal."""
    _kept.append((empty, make))
    _fill(empty, make)
    return empty


def _fill(container: Any, make: Callable[[], Any]) -> None:
    made = make()
    container.clear()
    if isinstance(container, list):
        container.extend(made)
    else:
        container.update(made)


def bring(infos: Mapping[str, KindInfo], version: str = "") -> None:
    """The kinds of the portal are those of the package and these, by folder, in this order, said by
    files of the digest ``version``; what is kept of others is renewed by ``renew``, once their
    models are there."""
    for name in [kind.value for kind in _EVERY.values() if kind not in OURS]:
        kind = _EVERY.pop(name)
        del _infos[kind], _rows_now[kind]
    for name, info in infos.items():
        kind = _added(name, version=version)
        kind.info = _infos[kind] = info
        _rows_now[kind] = Row("", kind, info)


def renew() -> None:
    """Have what modules keep follow the kinds of the portal."""
    for listed in [*_lists.values()]:
        listed[:] = listed.pick()
    for container, make in _kept:
        _fill(container, make)
    for clear in RENEWED:
        clear()


BY_FOLDER: Mapping[str, Kind] = kept(
    dict[str, Kind](), lambda: {kind.value: kind for kind in KINDS}
)


def info_of(kinds: Sequence[Kind]) -> KindInfo:
    """The row of the first of some kinds; one without contents where no feature brings any."""
    if kinds:
        return kinds[0].info
    return _NOTHING


def ranked(rank: Callable[[KindInfo], int]) -> Chosen:
    """Kinds that have a rank, in its order."""

    def pick() -> Iterable[Kind]:
        having = (kind for kind, info in KINDS.items() if rank(info))
        return sorted(having, key=lambda kind: rank(kind.info))

    return Chosen(pick)


def in_folders(folders: Sequence[str]) -> Chosen:
    """Kinds that a page lists by their folders, those that the portal has."""
    return Chosen(lambda: (BY_FOLDER[folder] for folder in folders if folder in BY_FOLDER))


def where(chosen: Callable[[KindInfo], object]) -> Chosen:
    return Chosen(lambda: (kind for kind, info in KINDS.items() if chosen(info)))


# Kinds of what takes place on days: the agenda is their list.
DATED = where(lambda info: info.dated)

# Kinds of what is somewhere: the directory is their list.
PLACES = where(lambda info: info.place)

# Kinds of what holds other contents on a map.
TERRITORIES = where(lambda info: info.territory)

# Kinds of what comes back year after year.
YEARLY = where(lambda info: info.yearly)

# Kinds of who signs and takes part: structures, then people.
ACTORS = where(lambda info: info.actor)

# Kinds of those among them that are persons.
PEOPLE = where(lambda info: info.person)

# Kinds of what editors gather to be read together.
ANTHOLOGIES = where(lambda info: info.anthology)

# Kinds of what is open until a day that it says: announcements.
ENDING = where(lambda info: info.order == "end")

# Kinds of which some are lent.
BORROWED = where(lambda info: info.borrowed)

# Kinds of what is of a week, by which it is named.
WEEKLY = where(lambda info: info.order == "week")

_PLACES = frozenset(kind.value for kind in PLACES)
_DATED = kept(set[str](), lambda: {kind.value for kind in DATED})


def is_place(ref: str) -> bool:
    """Whether a reference is that of a place or structure.

    >>> is_place("lieux/la-coupole"), is_place("articles/sel")
    (True, False)
    """
    return ref.partition("/")[0] in _PLACES


def is_event(ref: str) -> bool:
    """An event, rather than what the agenda lists besides: editions of highlights, stays of
    tools.
    """
    return ref.partition("/")[0] in _DATED


def is_called_event(ref: str) -> bool:
    """The same, without what has the noun of a kind of the instance."""
    return ref.startswith(f"{Kind.EVENT.value}/")


def place_ref(name: str) -> str:
    """The reference of the place that a content names by its slug, or by its reference.

    >>> place_ref("la-coupole"), place_ref("lieux/la-coupole")
    ('lieux/la-coupole', 'lieux/la-coupole')
    """
    if "/" in name:
        return name
    return f"{info_of(PLACES).folder}/{name}"


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


# Kinds that have a form, in the order in which they are offered.
FORMS = ranked(lambda info: info.form)


def offered(sans: Container[str]) -> tuple[Kind, ...]:
    return tuple(kind for kind in FORMS if kind.value not in sans)


def served(sans: Container[str]) -> tuple[str, ...]:
    """The spreadsheets by which many contents are given at once, in a portal without the kinds of
    some folders (``SiteConfig.sans``)."""
    kinds = (kind for kind in _GIVEN if kind.value not in sans)
    return tuple(sheet for kind in kinds for sheet in kind.info.sheets)


# Kinds of which many are given at once, in the order of the menu.
_GIVEN = ranked(lambda info: (info.menu or len(_EVERY)) if info.sheets else 0)


# First path segments that the generator owns: refused as slugs of ``content/pages/``.
RESERVED_PAGE_SLUGS: AbstractSet[str] = kept(
    set[str](),
    lambda: (
        {info.segment for info in KINDS.values() if info.segment}
        | {info.listing.strip("/") for info in KINDS.values() if info.listing}
        | set(
            """themes sujets communes plan-du-site recherche carte catalogue classes boite-a-outils
        facile-a-lire hors-ligne embarquer ma-selection reseau api
        admin apercu redaction donnees flux calendriers affiches en-chiffres contribuer
        theme static medias empreintes fonds 404 index ruban robots sitemap brouillons""".split()
        )
        # Paths that hosts serve themselves: GitHub Pages (CNAME), Cloudflare, CGI servers.
        | {"cname", "cdn-cgi", "cgi-bin"}
    ),
)
