"""The door of features: what a folder of ``portail/features`` brings to the portal, said in its
``__init__.py``.

The kernel names no feature: it is given the table of them (``portail.features``) with the site, and
asks their slots. A feature’s ``__init__`` is light: what it brings is named there, and imported
when it is used (``portail.late``): a portal that does not use a feature pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct, field

from .diagnostics import DataError
from .model.scalars import Reading
from .settings import Setting

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path, PurePosixPath

    from .agenda.occurrences import Occurrence
    from .config import SiteConfig
    from .day import Day
    from .diagnostics import Diagnostic
    from .geo.territories import Geography
    from .model.entry import Entry
    from .model.faults import Fault, FieldPath
    from .model.kinds import Kind
    from .model.scalars import Places
    from .model.vocabulary import Vocabularies
    from .resources import Folder
    from .source.loader import Listing, Media
    from .source.store import Loaded, Store

T = TypeVar("T")

CHANNELS = ("page", "carte", "lettre", "flux", "agenda")
"""Where a fact may show: the practical box of the page, the card, the line of the letter, the head
in a feed, the description in a calendar."""
ON_POSTER = "affiche"
"""The line of an event on a poster: its place is short, so that a fact is there by name only."""
IN_SEARCH = "recherche"
"""The words by which the search finds a content: the label and the values of the fact."""
FOR_CLASSES = "classes"
"""The line of what a class may book."""
CHOSEN_CHANNELS = (ON_POSTER, IN_SEARCH, FOR_CLASSES)
"""Channels that a fact is in only if it names them."""


class Around(Struct, frozen=True):
    """What a ``Source`` is read with."""

    folder: Path
    """The folder that holds the contents."""
    data: Folder
    """The reference tables."""
    config: SiteConfig
    geography: Geography
    vocabularies: Vocabularies
    day: date
    beside: Sequence[Media]
    """The files that features keep among the contents (``KindInfo.beside``)."""
    store: Store
    """What remembers of a file, by its digest, that it was read."""


def _nowhere(config: SiteConfig) -> str:
    return ""


class Source(NamedTuple):
    """Something that a feature reads besides the contents, when the site is assembled."""

    name: str
    """Its key in ``Site.part``."""
    load: Callable[[Around], tuple[object, Iterable[Diagnostic]]]
    """The value, made of plain frozen values; what editors are told of it."""
    folder: Callable[[SiteConfig], str] = _nowhere
    """The folder of the files that it reads, or its one file, from the folder that holds the
    contents, or from the root of the disk: a change there is a change of the site. ``""`` for what
    is read of the reference tables."""


class Derived(NamedTuple):
    """Something that a feature makes of all contents, once the site is assembled. It reads fields,
    never texts: it stands when nothing but texts changes."""

    name: str
    """Its key in ``Site.part``."""
    make: Callable[[Any], object]
    """Its value for a ``Site``, made of plain frozen values."""


class Output(NamedTuple):
    """Files that a feature adds to the site."""

    name: str
    """Heads its section of ``docs/technique/outputs.md``."""
    plan: Callable[..., Iterable[Any]]
    """Artifacts (``portail.outputs.base``) for a ``Site``, in a stable order; reads the site alone,
    neither file nor clock."""
    is_long: bool = False
    """Whether it begins work that another process does meanwhile: it is planned first."""
    is_survey: bool = False
    """Whether it describes the others: it is planned after them, and given after the site all that
    they plan."""
    is_last: bool = False
    """Whether its pages lead to others as long as these are there: it is planned after all the
    rest, and given after the site every address of a page or of a picture, in order."""


class FactSpec(Struct, frozen=True):
    """A fact of the contents of a kind (the folder ``events``), last in its ``channels``.

    ``states`` is given a content (``Item``) and the ``Site``, and gives a ``Fact``; one without
    values shows nowhere.
    """

    states: Callable[[Any, Any], Any]  # neither Site nor Draft: they hold these, or import them
    kind: str = "events"
    channels: tuple[str, ...] = CHANNELS


class FacetSpec(Struct, frozen=True):
    """A facet of the agenda: its key in addresses, its title, the labels of its values by code, in
    the order in which they are shown; without labels it is a switch, whose only code is ``oui``.

    ``reads`` gives the codes of an event, which receives its ``Item`` and all contents by
    reference. Of a switch, ``sessions`` gives those (``Occurrence``) of an event that bear it,
    where not all may: its page tells no other.
    ``page`` is the title and the description of the page of a value, where ``{nom}`` is its label,
    ``{bas}`` the same inside a sentence, ``{en_region}`` « en Normandie ».
    """

    key: str
    title: str
    reads: Callable[[Any, Mapping[str, Any]], Iterable[str]]
    values: Mapping[str, str] = field(default_factory=dict)
    page: tuple[str, str] = (
        "Agenda\u00a0: {bas}",
        "Les rendez-vous des sciences à venir{en_region}\u00a0: {bas}.",
    )
    sessions: Callable[[Any], Iterable[Any]] | None = None


class Finding(NamedTuple):
    """What a ``RuleSpec`` finds: a content as ``draft.entries()`` gives it, the path of the
    field (``("reservation", "url")``), what fills the sentences of the rule."""

    content: Loaded
    field: FieldPath = ("titre",)
    values: Mapping[str, object] = {}


class KindSpec(NamedTuple):
    """A kind of contents that a feature brings, whose row is ``kind.yml`` in its folder."""

    folder: str
    """Where its contents are, below ``content/``."""
    rows: Mapping[Any, Any] = MappingProxyType({})
    """What it is in tables of kinds (``portail.site.kind_tables``), imported when one is needed."""


def _nothing(draft: Any) -> Iterable[Finding]:
    return ()


class RuleSpec(Struct, frozen=True):
    """A rule whose code is not one of ours: its code (E, A or C for the severity, then X and two
    figures), its title, the message and the remedy, which ``values`` of a ``Finding`` fill, and
    ``finds``, which is given the contents before they are a site (``Draft``) and yields every
    ``Finding``; without it, the code is raised by what the feature reads, or by a rule of its own.

    ``page`` is what ``portail check --expliquer`` shows, in Markdown.
    """

    code: str
    title: str
    message: str
    remedy: str
    finds: Callable[[Any], Iterable[Finding]] = _nothing
    page: str = ""


class Checked(Protocol):
    """Contents that a command has read (``portail.cli.contents``)."""

    @property
    def content(self) -> Path:
        """Their folder."""

    @property
    def config(self) -> SiteConfig:
        """The settings of the instance."""

    @property
    def day(self) -> Day:
        """The day for which they were read."""

    @property
    def result(self) -> Any:
        """What reading gave (``portail.pipeline.Result``)."""

    def materials(self) -> tuple[Listing, frozenset[str], Reading]:
        """The texts, their references, the vocabularies and territories to read them."""


class Supply(Protocol):
    """Contents that no file tells, made of the reference tables."""

    def records(
        self, listing: Listing, geography: Geography, store: Store, reading: Reading
    ) -> list[Loaded]:
        """The record of each, of which the site may want none."""

    def completed(
        self, visible: Mapping[str, Loaded], derived: Iterable[Loaded], draft: Any
    ) -> Mapping[str, Loaded]:
        """What is published of a ``Draft``, by reference: files, then the records of ``derived``
        whose content none of them tells."""

    def without_empty(self, items: Mapping[str, Any], draft: Any) -> dict[str, Any]:
        """``items`` (``Item``, by reference) but those of which a page would say nothing."""

    def refs(self, draft: Any) -> frozenset[str]:
        """References of what it may add to a ``Draft``: a body may name them."""


class Role(Generic[T]):
    """What one feature alone brings, a ``T``: the key of ``Feature.roles``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def of(self, features: Iterable[Feature]) -> T | None:
        """What has that role among ``features``, which may be late; ``None`` where nothing has.
        Raises ``DataError`` where two have it."""
        bearers = [feature for feature in features if self in feature.roles]
        if bearers[1:]:
            names = " et ".join(f"« {feature.name} »" for feature in bearers)
            raise DataError(f"{names} ont le même rôle ({self.name}) : retirez-en une.")
        return bearers[0].roles[self] if bearers else None


SUPPLIES: Role[Supply] = Role("supplies")
"""Adds contents to those of files."""
ADOPTS: Role[Callable[[str, PurePosixPath, Kind, str, Reading], Any]] = Role("adopts")
"""Reads a text of a kind and of a slug whose header is not ours; gives its ``parts`` and how to
``read`` its header, or what is said of it instead; ``None`` for any other text."""
PACKS: Role[Callable[[str, str, Iterable[str], str], str]] = Role("packs")
"""The words by which a content is found, of its title, its summary, its headings and its text:
packed as it is read."""
LASTS: Role[Callable[[Entry, Sequence[Occurrence]], tuple[Entry, list[Fault]]]] = Role("lasts")
"""A content as it can be read on any day, given when it takes place; an advice for each of its
words that it replaces."""


class Press(Protocol):
    """What makes the documents for paper of an instance."""

    @property
    def salt(self) -> str:
        """Digest of what documents depend on beside what they tell."""

    def ready(self) -> None:
        """Raise ``ConfigError`` where nothing here can print."""

    def printed(self, template: str, view: object) -> bytes:
        """The document of a template and its sheet. Raises ``PlanError``, ``ConfigError``."""

    def weight(self, imprime: Any) -> str:
        """What a document (``Imprime``) weighs, in words."""


PRINTS: Role[Callable[..., Press]] = Role("prints")
"""Prints documents: given the templates, the settings, the theme, the contents and a cache, which a
build that is ``clean`` empties."""
CLOSES: Role[Callable[[Any], Iterable[str]]] = Role("closes")
"""References of contents of a ``Draft`` that change nothing any more: what they name may be
gone."""


def _always(config: SiteConfig) -> bool:
    return True


BROWSER, EDITORS = "Ce que garde votre navigateur", "Ce que garde la rédaction"
"""Who keeps something: the title of a table of the privacy page."""


class Keeping(NamedTuple):
    """Something that is kept of a person, in the words of the privacy page."""

    what: str
    until: str
    """How long, and how it goes."""
    who: str = BROWSER
    keys: tuple[str, ...] = ()
    """What its names in the storage of a browser begin with."""
    is_used: Callable[[SiteConfig], bool] = _always


class Judges(Struct, frozen=True):
    """What a feature finds wrong before there is a draft, or beside it; ``None`` judges nothing."""

    text: Callable[[Any, Any, PurePosixPath, Entry | None], Iterable[Diagnostic]] | None = None
    """In one content, as it is read: its front matter (``Node``, ``None`` where it cannot be read)
    and its text (``Parts``)."""
    data: Callable[[PurePosixPath, bytes], Iterable[Diagnostic]] | None = None
    """In the bytes of a text or of a table (CSV) of the contents, as it is read."""
    project: Callable[[Checked], Iterable[Diagnostic]] | None = None
    """Beside the contents that were read, or with what a build takes as it is: « portail check »
    alone asks."""
    proposal: Callable[[Listing, Listing, str], Iterable[Diagnostic]] | None = None
    """In what a proposal changes, of the contents without it and with it, and of the name of their
    folder."""
    settings: Callable[[SiteConfig, Path], Iterable[Diagnostic]] | None = None
    """In its settings, or in the files that these name, in the folder of the portal."""
    tables: Callable[[SiteConfig, Geography, Vocabularies], None] | None = None
    """Raises ``ConfigError`` for a setting that names what is in no reference table."""


class Feature(Struct, frozen=True):
    """Everything that one feature brings."""

    name: str
    """Of its folder here, of those of its templates, styles, scripts and tests, of its command."""
    title: str
    """What it is, in French, for who chooses."""
    is_used: Callable[[SiteConfig], bool] = _always
    """Whether a portal with these settings uses it; else nothing of it is asked, nor imported."""
    needs: tuple[str, ...] = ()
    """Other features that it imports; without these names it imports the kernel alone."""
    settings: tuple[Setting, ...] = ()
    kinds: tuple[KindSpec, ...] = ()
    reads: tuple[Source, ...] = ()
    outputs: tuple[Output, ...] = ()
    slots: Mapping[Any, Callable[..., Any]] = field(default_factory=dict)
    """What it puts in the ``portail.outputs.pages.slots`` of the kernel’s pages."""
    ways: Callable[[Any, str], Any] | None = None
    """What it adds to how one follows the page at a site path of a ``Site``
    (``portail.site.ways.Ways``)."""
    derives: tuple[Derived, ...] = ()
    rules: tuple[RuleSpec | Callable[[Any], Iterable[Diagnostic]], ...] = ()
    """What it refuses or advises about contents before they are a site (``Draft``): rules with a
    code of ours are functions that give diagnostics."""
    facts: tuple[FactSpec, ...] = ()
    """What it states of contents, after the facts of the kernel."""
    facets: tuple[FacetSpec, ...] = ()
    """By what else one narrows the agenda."""
    roles: Mapping[Role[Any], Any] = field(default_factory=dict)
    """What it alone does for the kernel."""
    pages: frozenset[str] = frozenset()
    """Addresses of its pages that a menu may name though there is nothing to show there yet."""
    judges: Judges = Judges()
    keeps: tuple[Keeping, ...] = ()
    """What it keeps of a person: the privacy page says it."""
    promises: Mapping[str, Any] = field(default_factory=dict)
    """What greffons import from ``portail.greffons`` as long as it is there, by its name there."""
    commands: Mapping[str, str] = field(default_factory=dict)
    """Its sub-commands of ``portail``, each with its sentence of ``portail --help``; they run
    ``main(argv)`` of its module ``command``."""


def reading_with(
    features: Sequence[Feature], vocabularies: Vocabularies, places: Places
) -> Reading:
    """What reads contents, with what features find in them."""
    judges = tuple(feature.judges.text for feature in features if feature.judges.text)
    of_bytes = tuple(feature.judges.data for feature in features if feature.judges.data)
    return Reading(
        vocabularies,
        places,
        adopts=ADOPTS.of(features),
        judges=judges,
        judges_bytes=of_bytes,
        packs=PACKS.of(features),
        lasts=LASTS.of(features),
    )


def proposal_faults(
    features: Iterable[Feature], before: Listing, after: Listing, name: str
) -> Iterator[Diagnostic]:
    """What a proposal changes that it may not: the contents are ``before`` without it, and
    ``after`` with it, in a folder called ``name``."""
    for feature in features:
        if feature.judges.proposal:
            yield from feature.judges.proposal(before, after, name)
