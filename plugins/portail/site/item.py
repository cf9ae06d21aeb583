"""One published content, and the files that contents show.

Events that contain others: a village, a festival, a parcours, with their animations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar, overload

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.body.document import BodyFacts
from portail.geo.places import Commune
from portail.model.collections import ArticleEntry, PlaceEntry, ResourceEntry, YearlyEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.text.dates import days_named, seasons_named
from portail.text.typography import EXEMPLE, plain

from .territories import Enclosing
from .urls import DRAFTS

if TYPE_CHECKING:
    from portail.source.store import Loaded


E = TypeVar("E", bound=Entry)
F = TypeVar("F", bound=Entry)
G = TypeVar("G", bound=Entry)

# Where what is read is written down, while somebody wants to know.

_stack: list[set[str]] = []


def note(read: str) -> None:
    """Write down a read, if anybody asks for it."""
    if _stack:
        _stack[-1].add(read)


def note_all(reads: Iterable[str]) -> None:
    """Write down several, as ``note`` does."""
    if _stack:
        _stack[-1].update(reads)


class noting:
    """What is read meanwhile. A class: each question makes one, and a generator takes thrice as
    long.
    """

    __slots__ = ()

    def __enter__(self) -> set[str]:
        reads: set[str] = set()
        _stack.append(reads)
        return reads

    def __exit__(self, *fault: object) -> None:
        _stack.pop()


class Written(Struct, frozen=True):
    """What is known of a file besides its fields; ``front`` is the digest of what they are made
    of, ``untitled`` that of all but title and summary (``Loaded.untitled``)."""

    facts: BodyFacts
    digest: str
    stored: str
    front: str
    untitled: str


class Item(Struct, frozen=True):
    """One published content with what was derived from it alone and from the day.

    ``coming`` are the occurrences that are not over: one that lasts may outlast those that follow.
    ``upcoming`` is that of them which runs or comes next; ``is_over``: nothing is to come.
    ``links`` maps internal addresses of its body to site paths, ``medias`` names to files.
    ``targets`` are references that its fields name (``cited``: those written on its page),
    ``territoires`` what holds it, from near to far. ``stored`` is the digest of its file,
    ``digest`` of all it says. ``zone`` holds keys of the territories of an event without place.
    """

    ref: str
    url: str
    entry: Entry
    written: Written
    occurrences: tuple[Occurrence, ...]
    commune: Commune | None
    upcoming: Occurrence | None
    coming: tuple[Occurrence, ...]
    is_over: bool
    leads: Mapping[str, str]
    medias: Mapping[str, PurePosixPath]
    targets: tuple[str, ...]
    cited: tuple[str, ...]
    territoires: tuple[Enclosing, ...]
    zone: tuple[str, ...] = ()

    @overload
    def of(self, model: type[E], /) -> E: ...
    @overload
    def of(self, model: type[E], second: type[F], /) -> E | F: ...
    @overload
    def of(self, model: type[E], second: type[F], third: type[G], /) -> E | F | G: ...
    def of(self, *models: type[Entry]) -> Entry:
        if not isinstance(self.entry, models):
            raise TypeError(f"{self.ref} is a {type(self.entry).__name__}")
        return self.entry

    @property
    def name(self) -> str:
        return plain(self.entry.titre)

    @property
    def short(self) -> str:
        """What a place is called where others name it: its short name, if it has one."""
        return self._told("nom_court") or self.name

    @property
    def headline(self) -> str:
        """What editors announce it by where they put it forward, else its title."""
        return self._told("accroche") or self.entry.titre

    def day_told(self, before: date) -> date | None:
        """The day, now past, that a content without dates of its own tells of as one to come."""
        days = (*self.days_ahead(), *self.days_ahead(seasons_named))
        return next((day for day in days if day < before), None)

    def days_ahead(self, read: Callable[[str, date], list[date]] = days_named) -> list[date]:
        """The days that a content without dates of its own tells of as ones to come."""
        entry = self.entry
        published = entry.publie_le
        if published is None or isinstance(entry, Event | YearlyEntry) or entry.limite:
            return []
        texts = [entry.titre, entry.resume]
        if isinstance(entry, ArticleEntry):
            texts += [entry.a_retenir, entry.chiffre.libelle if entry.chiffre else ""]
        text = " · ".join(filter(None, texts))
        return [day for day in read(text, published) if day >= published]

    def precedence(self, start: datetime, now: datetime) -> tuple[bool, bool, bool, datetime]:
        """By which what takes place leads before another, in a letter and on the home page: it is
        true, editors put it forward, it has not begun, it is the soonest."""
        until = self.entry.a_ne_pas_manquer
        behind = until is None or until < now.date()
        return bool(self.entry.exemple), behind, start < now, start

    def _told(self, field: str) -> str:
        text: str | None = vars(self.entry).get(field)
        if text:
            return f"{EXEMPLE * bool(self.entry.exemple)}{text}"
        return ""

    @property
    def apart(self) -> bool:
        """Whether it is a draft at the address by which it is shared, below which nothing is."""
        return self.url.startswith(DRAFTS)

    @property
    def reserve(self) -> bool:
        return isinstance(self.entry, Event) and bool(self.entry.reserve_a)

    @property
    def partout(self) -> bool:
        return isinstance(self.entry, Event) and bool(self.entry.partout)

    @property
    def reseau(self) -> bool:
        """Whether it is for those who make the network, and kept out of the public's lists."""
        return bool(vars(self.entry).get("reseau"))

    @property
    def listed(self) -> bool:
        """Whether lists that nothing narrows show it: neither for the network alone, nor awaiting
        its day, nor reserved to some.
        """
        if self.reseau:
            return False
        if not isinstance(self.entry, Event):
            return True
        return bool(self.occurrences) and (self.is_over or not self.reserve)

    @property
    def goes_ahead(self) -> bool:
        """Whether it is open, and not an event that is cancelled or postponed."""
        return self.listed and (self.shown is None or self.shown.maintained)

    @property
    def last_day(self) -> date | None:
        days = (occurrence.last_day for occurrence in self.occurrences)
        return self.entry.limite or max(days, default=None)

    @property
    def town(self) -> str:
        if self.commune:
            return self.commune.nom
        return ""

    @property
    def theme(self) -> str:
        return "".join(self.entry.themes[:1])

    @property
    def facts(self) -> BodyFacts:
        note(f"texte {self.ref}")
        return self.written.facts

    @property
    def digest(self) -> str:
        note(f"texte {self.ref}")
        return self.written.digest

    @property
    def stored(self) -> str:
        note(f"texte {self.ref}")
        return self.written.stored

    @property
    def links(self) -> Mapping[str, str]:
        """Site path of each internal address of its text."""
        note(f"liens {self.ref}")
        return self.leads

    @property
    def shown(self) -> Occurrence | None:
        """The occurrence by which lists show it: the next one, else the last."""
        if self.occurrences:
            return self.upcoming or self.occurrences[-1]
        return None


class Contents(dict[str, Item]):
    """Contents by reference. Shared ``drafts``, and what has no page, are found by reference
    alone, never iterated."""

    def __init__(self, items: Mapping[str, Item], drafts: Mapping[str, Item]) -> None:
        super().__init__(items)
        self.drafts = drafts

    def __missing__(self, ref: str) -> Item:
        return self.drafts[ref]

    def __reduce__(self) -> tuple[type[Contents], tuple[dict[str, Item], Mapping[str, Item]]]:
        return Contents, (dict(self), self.drafts)


class MediaRecord(Struct, frozen=True):
    """A picture (``pixels``: width, height) or document that a published content shows."""

    path: PurePosixPath
    file: Path
    digest: str
    pixels: tuple[int, int] | None
    url: str
    weight: int
    animated: bool = False


def parent_of(entry: Entry) -> str:
    """Reference of the event that contains this one; empty when there is none."""
    name = None
    if isinstance(entry, Event):
        name = entry.evenement_parent
    if not name:
        return ""
    if "/" in name:
        return name
    return f"{entry.kind.value}/{name}"


def lineage(entry: Entry, items: Mapping[str, Item] | Mapping[str, Loaded]) -> dict[str, Entry]:
    """A content and the events that contain it, the nearest first, by reference."""
    line = {}
    above: Entry | None = entry
    while above and above.ref not in line:
        line[above.ref] = above
        holder = items.get(parent_of(above))
        above = holder.entry if holder else None
    return line


# Publics that come with their school.
SCHOOL = frozenset({"maternelle", "primaire", "college", "lycee", "enseignants"})
_RECEIVES = "accueil-de-groupes"


def for_classes(item: Item) -> bool:
    """Whether a class may come to a content, or have it come; what is reserved to one class is no
    offer.
    """
    entry = item.entry
    if isinstance(entry, Event):
        alone = bool(entry.publics) and SCHOOL.issuperset(entry.publics) and entry.age is None
        return not item.reserve and (entry.groupes is not None or alone)
    if isinstance(entry, PlaceEntry):
        return entry.groupes is not None or _RECEIVES in entry.offre
    return (
        isinstance(entry, ResourceEntry)
        and entry.itinerante
        and not SCHOOL.isdisjoint(entry.publics)
    )
