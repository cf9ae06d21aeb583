"""The whole site of one day, immutable: the only thing outputs may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from portail.agenda.holidays import SchoolHolidays
from portail.agenda.occurrences import Occurrence
from portail.body.facts import BodyFacts
from portail.config import Day, SiteConfig
from portail.diagnostics import Report
from portail.geo.territories import Commune, Geography
from portail.model.entry import Entry
from portail.model.issue import Frozen
from portail.model.kinds import Kind
from portail.model.liens import Releve
from portail.model.retrait import Retrait
from portail.model.vocabulary import Vocabularies
from portail.site.ahead import Ahead
from portail.site.calendars import Calendars
from portail.site.facets import Facets
from portail.site.feeds import Feeds
from portail.site.indexes import Indexes
from portail.site.posters import Posters
from portail.site.reads import note
from portail.site.showings import Showing
from portail.site.territories import Held
from portail.source.store import Store

__all__ = ["Item", "MediaRecord", "Site", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of a file besides its fields; ``front`` is the digest of what they are made
    of."""

    facts: BodyFacts
    digest: str
    stored: str
    front: str


@dataclass(frozen=True, slots=True)
class Item:
    """One published content with what was derived from it alone and from the day.

    ``url`` is its site path, ``digest`` of what it says; ``commune`` where it is or takes place.
    ``prochaine`` is the occurrence that runs or comes next (one that is not cancelled, if there
    is), ``passees`` how many are over, ``passe`` whether nothing of it is to come. ``links`` maps
    each internal address of its body to the site path it leads to, ``medias`` each name of a
    picture or document to its file. ``targets`` are the references that its fields name
    (``cited``: those whose name its page writes), ``territoires`` what holds it, from near to far.
    ``stored`` is the digest of its file, by which its body is; ``digest`` also of the names of now
    that its fields were given. Who looks at the text, or at where it leads, reads more than the
    rest, its head (``site.reader``).
    """

    ref: str
    url: str
    entry: Entry
    written: Written
    occurrences: tuple[Occurrence, ...]
    commune: Commune | None
    prochaine: Occurrence | None
    passees: int
    passe: bool
    leads: Mapping[str, str]
    medias: Mapping[str, PurePosixPath]
    targets: tuple[str, ...]
    cited: tuple[str, ...]
    territoires: tuple[Held, ...]

    @property
    def facts(self) -> BodyFacts:
        """What is known of its text."""
        note(f"texte {self.ref}")
        return self.written.facts

    @property
    def digest(self) -> str:
        """Digest of all that it says."""
        note(f"texte {self.ref}")
        return self.written.digest

    @property
    def stored(self) -> str:
        """Digest of its file."""
        note(f"texte {self.ref}")
        return self.written.stored

    @property
    def links(self) -> Mapping[str, str]:
        """Site path of each internal address of its text."""
        note(f"liens {self.ref}")
        return self.leads

    @property
    def montree(self) -> Occurrence | None:
        """The occurrence by which lists show it: the next one, else the last."""
        return self.prochaine or (self.occurrences[-1] if self.occurrences else None)


@dataclass(frozen=True, slots=True)
class MediaRecord:
    """A picture (``pixels``: width, height) or document that a published content shows.

    ``url`` is where the file itself is; pages show a picture by its sizes (``picture_sizes``).
    """

    path: PurePosixPath
    file: Path
    digest: str
    pixels: tuple[int, int] | None
    url: str
    animated: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the outputs read; ``items`` and ``medias`` are in the order of their keys.

    ``report`` is what was found, shown by previews only; ``facets`` are those of events,
    ``ahead`` what is on from its day on, ``calendars`` what one subscribes to, ``posters`` what
    one prints, ``feeds`` what one follows; ``holidays.own`` are the school holidays of the
    instance, ``du`` and ``au`` included; ``retraits`` are the contents taken back by its day;
    ``envois`` the weeks of the letter that were sent, by their slug (``2021-s38``), in order;
    ``liens`` what is known of addresses of other sites, in previews alone (``None``: never
    checked). ``showings`` are the tools that the public may see where they are, by the references
    that the programme gives them.
    """

    config: SiteConfig
    day: Day
    items: Mapping[str, Item]
    medias: Mapping[PurePosixPath, MediaRecord]
    indexes: Indexes
    bodies: Store
    vocabularies: Vocabularies
    geography: Geography
    report: Report
    facets: Facets
    ahead: Ahead
    calendars: Calendars
    holidays: SchoolHolidays
    posters: Posters
    feeds: Feeds
    retraits: tuple[Retrait, ...]
    envois: Mapping[str, Frozen] = field(default_factory=dict)
    liens: Mapping[str, Releve] | None = None
    showings: Mapping[str, Showing] = field(default_factory=dict)
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What outputs derive from it, once for all of them (``site.memo``)."""

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """Published contents of a kind, in the order of its list."""
        return tuple(self.items[ref] for ref in self.indexes.by_kind.get(kind, ()))

    def on(self, ref: str) -> Item:
        """What a row of the programme tells of: a content, or a tool where it is shown."""
        showing = self.showings.get(ref)
        return showing.item if showing else self.items[ref]

    def find(self, value: str, *kinds: Kind) -> Item | None:
        """The published content that ``value`` (slug or reference) names among ``kinds``."""
        if "/" in value:
            return self.items.get(value)
        for kind in kinds:
            item = self.items.get(f"{kind.value}/{value}")
            if item is not None:
                return item
        return None

    def lieu_of(self, entry: Entry) -> Item | None:
        """The published lieu that an entry names: where it takes place, or what it is about."""
        name = getattr(entry, "lieu", None)
        return self.find(name, Kind.LIEU) if name else None

    def territory_page(self, code: str) -> Item | None:
        """The territory that has a page, by its key (``site.territories``)."""
        ref = self.indexes.territory_pages.get(code)
        return self.items[ref] if ref else None

    def territory_url(self, code: str) -> str:
        """Site path of the page of a territory, by its key; ``""`` when it has none."""
        page = self.territory_page(code)
        return page.url if page else ""

    def medias_of(self, item: Item) -> dict[str, MediaRecord]:
        """Files that a content shows, by the name it gives them."""
        known = ((name, self.medias.get(path)) for name, path in item.medias.items())
        return {name: record for name, record in known if record}
