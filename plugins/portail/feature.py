"""The door of features: what a folder of ``portail/features`` brings, said in its ``__init__.py``.

The kernel names no feature: it is given the table of them with the site. A feature’s ``__init__``
is light: what it names is imported when used (``portail.late``).
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

    from .config import SiteConfig
    from .day import Day
    from .diagnostics import Diagnostic
    from .geo.territories import Geography
    from .model.entry import Entry, Groupe
    from .model.faults import FieldPath
    from .model.scalars import Places
    from .model.vocabulary import Vocabularies
    from .resources import Folder
    from .source.loader import Listing, Media
    from .source.store import Loaded, Store

T = TypeVar("T")

# Where a fact may show: the practical box of the page, the card, the line of the letter, the head
# in a feed, the description in a calendar.
CHANNELS = ("page", "carte", "lettre", "flux", "agenda")
# The line of an event on a poster: its place is short, so that a fact is there by name only.
ON_POSTER = "affiche"
# The words by which the search finds a content: the label and the values of the fact.
IN_SEARCH = "recherche"
# The line of what a class may book.
FOR_CLASSES = "classes"
# The page of an event, among what one reads before one decides: small screens do not fold it.
DECIDING = "decisif"
# Channels that a fact is in only if it names them.
CHOSEN_CHANNELS = (ON_POSTER, IN_SEARCH, FOR_CLASSES, DECIDING)


class Around(Struct, frozen=True):
    """What a ``Source`` is read with."""

    folder: Path
    data: Folder
    config: SiteConfig
    geography: Geography
    vocabularies: Vocabularies
    day: date
    beside: Sequence[Media]
    # What remembers of a file, by its digest, that it was read.
    store: Store


class Source(NamedTuple):
    """Something that a feature reads besides the contents, when the site is assembled."""

    # Its key in ``Site.part``.
    name: str
    # The value, made of plain frozen values; what editors are told of it.
    load: Callable[[Around], tuple[object, Iterable[Diagnostic]]]
    # The file or the folder without which the value is ``None``, and nothing is imported.
    of: Callable[[Around], Path] | None = None


class Derived(NamedTuple):
    """Something that a feature makes of the fields of all contents, once the site is assembled: not
    of titles and summaries (``Site.untitled``)."""

    name: str
    # Its value for a ``Site``, made of plain frozen values; a ``Struct``, said as what it returns,
    # is kept from a build to the next.
    make: Callable[[Any], object]


class Output(NamedTuple):
    """Files that a feature adds to the site."""

    name: str
    # Artifacts (``portail.outputs.base``) for a ``Site``, in a stable order; reads the site alone,
    # neither file nor clock.
    plan: Callable[..., Iterable[Any]]
    # Whether it begins work that another process does meanwhile: it is planned first.
    is_long: bool = False
    # Whether it describes the others: it is planned after them, and given after the site all that
    # they plan.
    is_survey: bool = False
    # Whether its pages lead to others as long as these are there: it is planned after all the rest,
    # and given after the site every address of a page or of a picture, in order.
    is_last: bool = False


class FactSpec(Struct, frozen=True):
    """A fact of the contents of a kind, last in its ``channels``; one without values shows
    nowhere.
    """

    states: Callable[[Any, Any], Any]  # neither Site nor Draft: they hold these, or import them
    kind: str = "events"
    channels: tuple[str, ...] = CHANNELS


class FacetSpec(Struct, frozen=True):
    """A facet of the agenda: key, title, labels of its values by code; without labels it is a
    switch.

    ``reads`` gives the codes of an event; ``sessions``, for a switch, the sessions that bear it.
    ``page`` is the title and description of a value's page: ``{nom}``, ``{bas}``, ``{en_region}``.
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
    """What a ``RuleSpec`` finds: a content, the path of the field, what fills the sentences."""

    content: Loaded
    field: FieldPath = ("titre",)
    values: Mapping[str, object] = {}


class Command(NamedTuple):
    """A sub-command as ``portail --help`` lists it: sentence, group, a line to type after it."""

    sentence: str
    group: str = "Tenir"
    example: str = ""


class KindSpec(NamedTuple):
    """A kind of contents that a feature brings, whose row is ``kind.yml`` in its folder."""

    folder: str
    # What it is in tables of kinds (``portail.site.kind_tables``), imported when one is needed.
    rows: Mapping[Any, Any] = MappingProxyType({})


def _nothing(draft: Any) -> Iterable[Finding]:
    return ()


class RuleSpec(Struct, frozen=True):
    """A rule with a code of its own (E, A or C, then X and two figures).

    ``finds`` is given the ``Draft`` and yields every ``Finding``; ``page`` is what ``--expliquer``
    shows.
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

    def materials(self) -> tuple[Listing, Reading]:
        """The texts, the vocabularies and territories to read them."""


class Supply(Protocol):
    """Contents that no file tells, made of the reference tables."""

    def records(
        self, listing: Listing, geography: Geography, store: Store, reading: Reading
    ) -> list[Loaded]:
        """The record of each, of which the site may want none."""

    def completed(
        self, visible: Mapping[str, Loaded], derived: Iterable[Loaded], draft: Any
    ) -> Mapping[str, Loaded]:
        """What is published of a ``Draft``: files, then ``derived`` records that none of them
        tells.
        """

    def without_empty(self, items: Mapping[str, Any], draft: Any) -> dict[str, Any]:
        """``items`` (``Item``, by reference) but those of which a page would say nothing."""

    def refs(self, draft: Any) -> frozenset[str]:
        """References of what it may add to a ``Draft``: a body may name them."""


class Role(Generic[T]):
    """What one feature alone brings, a ``T``: the key of ``Feature.roles``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def of(self, features: Iterable[Feature]) -> T | None:
        """What has that role among ``features``, or ``None``. Raises ``DataError`` where two have
        it.
        """
        bearers = [feature for feature in features if self in feature.roles]
        if bearers[1:]:
            names = " et ".join(f"« {feature.name} »" for feature in bearers)
            raise DataError(f"{names} ont le même rôle ({self.name}) : retirez-en une.")
        return bearers[0].roles[self] if bearers else None


# Adds contents to those of files.
SUPPLIES: Role[Supply] = Role("supplies")
# The feature that a kind of the instance is (``portail.model.genres.Genre``).
BRINGS: Role[Callable[[Any], Feature]] = Role("brings")
# The words by which a content is found, of its title, its summary, its headings and its text:
# packed as it is read.
PACKS: Role[Callable[[str, str, Iterable[str], str], str]] = Role("packs")


# What takes place and has neither file nor page, once a ``Draft`` is read: where each is told (site
# path) and its record. The agenda tells of it, and the feed and calendars of what is to come; no
# list, no figure and no table does.
TELLS: Role[Callable[[Any], Iterable[tuple[str, Loaded]]]] = Role("tells")
# References of contents of a ``Draft`` that change nothing any more: what they name may be gone.
CLOSES: Role[Callable[[Any], Iterable[str]]] = Role("closes")


def _always(config: SiteConfig) -> bool:
    return True


def is_set(key: str) -> Callable[[SiteConfig], bool]:
    """Whether the setting that features read as ``key`` (``Setting.key``) says yes or names
    something."""
    return lambda config: bool(config.added.get(key))


def is_kept(config: SiteConfig) -> bool:
    """Whether somebody keeps the portal, and reads what is proposed."""
    return config.tenu


# Who keeps something: the title of a table of the privacy page.
BROWSER = "Ce que garde votre navigateur"
EDITORS = "Ce que garde la rédaction"


class Keeping(NamedTuple):
    """Something that is kept of a person, in the words of the privacy page. What is not kept in
    their browser says on what ground, and who reads it."""

    what: str
    # How long, and how it goes.
    until: str
    who: str = BROWSER
    # What its names in the storage of a browser begin with.
    keys: tuple[str, ...] = ()
    is_used: Callable[[SiteConfig], bool] = _always
    basis: str = "votre demande (loi Informatique et Libertés, article 82)"
    readers: str = "personne, cela reste sur votre appareil"


class Judges(Struct, frozen=True):
    """What a feature finds wrong before there is a draft, or beside it; ``None`` judges nothing."""

    # In one content, as it is read: its front matter (``Node``, ``None`` where it cannot be read)
    # and its text (``Parts``).
    text: Callable[[Any, Any, PurePosixPath, Entry | None], Iterable[Diagnostic]] | None = None
    # In the bytes of a text or of a table (CSV) of the contents, as it is read.
    data: Callable[[PurePosixPath, bytes], Iterable[Diagnostic]] | None = None
    # Beside the contents that were read, or with what a build takes as it is: « portail check »
    # alone asks.
    project: Callable[[Checked], Iterable[Diagnostic]] | None = None
    # In what a proposal changes, of the contents without it and with it, and of the name of their
    # folder.
    proposal: Callable[[Listing, Listing, str], Iterable[Diagnostic]] | None = None
    # In its settings, or in the files that these name, in the folder of the portal.
    settings: Callable[[SiteConfig, Path], Iterable[Diagnostic]] | None = None
    # Raises ``ConfigError`` for a setting that names what is in no reference table.
    tables: Callable[[SiteConfig, Geography, Vocabularies], None] | None = None


class Feature(Struct, frozen=True):
    """Everything that one feature brings."""

    name: str
    title: str
    # Whether a portal with these settings uses it; else nothing of it is asked, nor imported.
    is_used: Callable[[SiteConfig], bool] = _always
    # Other features that it imports; without these names it imports the kernel alone.
    needs: tuple[str, ...] = ()
    # Features that it follows wherever features are asked in their order, those that are there:
    # what a package brings is last without.
    after: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    kinds: tuple[KindSpec, ...] = ()
    reads: tuple[Source, ...] = ()
    outputs: tuple[Output, ...] = ()
    # What it puts in the ``portail.outputs.pages.slots`` of the kernel’s pages.
    slots: Mapping[Any, Callable[..., Any]] = field(default_factory=dict)
    # What it adds to how one follows the page at a site path of a ``Site``
    # (``portail.site.subscriptions.Ways``).
    ways: Callable[[Any, str], Any] | None = None
    derives: tuple[Derived, ...] = ()
    # What it refuses or advises about contents before they are a site (``Draft``): rules with a
    # code of ours are functions that give diagnostics.
    rules: tuple[RuleSpec | Callable[[Any], Iterable[Diagnostic]], ...] = ()
    # What it states of contents, after the facts of the kernel.
    facts: tuple[FactSpec, ...] = ()
    # By what else one narrows the agenda.
    facets: tuple[FacetSpec, ...] = ()
    # Fields of ``data/facultatifs.yml`` that it tells: the form asks none that nothing does.
    asks: tuple[str, ...] = ()
    # Files of its own beside the contents, by name: what gives the model that reads each.
    tables: Mapping[str, Callable[[], type[Groupe]]] = field(default_factory=dict)
    # What it alone does for the kernel.
    roles: Mapping[Role[Any], Any] = field(default_factory=dict)
    # Addresses of its pages that a menu may name though there is nothing to show there yet.
    pages: frozenset[str] = frozenset()
    judges: Judges = Judges()
    # What it keeps of a person: the privacy page says it.
    keeps: tuple[Keeping, ...] = ()
    promises: Mapping[str, Any] = field(default_factory=dict)
    # Its sub-commands of ``portail``; they run ``main(argv)`` of its module ``command``.
    commands: Mapping[str, Command] = field(default_factory=dict)


def reading_with(
    features: Sequence[Feature], vocabularies: Vocabularies, places: Places
) -> Reading:
    """What reads contents, with what features find in them."""
    judges = tuple(feature.judges.text for feature in features if feature.judges.text)
    of_bytes = tuple(feature.judges.data for feature in features if feature.judges.data)
    return Reading(
        vocabularies,
        places,
        judges=judges,
        judges_bytes=of_bytes,
        packs=PACKS.of(features),
    )


def proposal_faults(
    features: Iterable[Feature], before: Listing, after: Listing, name: str
) -> Iterator[Diagnostic]:
    """What a proposal changes that it may not, from the contents ``before`` and ``after`` it."""
    for feature in features:
        if feature.judges.proposal:
            yield from feature.judges.proposal(before, after, name)
