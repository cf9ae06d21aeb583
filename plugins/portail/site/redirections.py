"""Addresses that lead elsewhere, that are reserved, that changed; renamed references."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.kinds import (
    KINDS,
    RESERVED_PAGE_SLUGS,
    TERRITORIES,
    WEEKLY,
    Kind,
    kept,
)
from portail.model.registry import Mention, references_of
from portail.model.retraits import Retrait
from portail.text.normalise import is_number

from .facets import EVENT_FACETS, TOOL_FACETS
from .indexes import LISTS
from .lists import every_facets
from .memo import kept_answer
from .site import Site
from .slots import LED
from .urls import AGENDA, CATALOGUE, SEARCH, facet_of, listing_of

# Addresses that the site keeps for itself, and those that contents had before.

# Slugs that would collide with pages below a list.
RESERVED_SLUGS = frozenset({"page", "index", "archives", "couverture", "flux", "atom"})

# What follows the address of a list before its values: ``/articles/theme/numerique/``.
_VALUES: Mapping[str, frozenset[str]] = kept(
    dict[str, frozenset[str]](),
    lambda: {liste.url: frozenset(facet.cle for facet in liste.facets) for liste in LISTS},
)

# What follows ``/catalogue/`` in the addresses of its months, pages and values.
_CATALOGUE = frozenset({"libre", "page"}).union(facet.cle for facet in TOOL_FACETS)

_LISTINGS = kept(set[str](), lambda: {info.listing for info in KINDS.values() if info.listing})
# First parts below which contents are, or may have been.
_SHARED = kept(
    set[str](),
    lambda: (
        {info.segment for info in KINDS.values() if info.segment}
        | {url.strip("/") for url in (*_LISTINGS, SEARCH, CATALOGUE)}
    ),
)
# First parts below which everything is ours: what is of weeks to come too.
_WHOLLY_OURS = kept(
    set[str](),
    lambda: (RESERVED_PAGE_SLUGS - _SHARED) | {kind.info.segment for kind in WEEKLY},
)
_VIEWS = frozenset("week-end semaine en-ce-moment affiche commune agenda facettes a-venir".split())
_VIEWS |= {facet.cle for facet in EVENT_FACETS}
_VIEWS |= {"facile-a-lire"}
"""What follows ``/agenda/`` in the addresses of its views, besides weeks and years."""

# What follows ``/recherche/`` in the addresses of what the search reads.
_SEARCHED = frozenset({"fiches", "index", "opensearch", "suggestions", "termes"})


@cache
def reserved_slugs(kind: Kind) -> AbstractSet[str]:
    """Slugs that contents of a kind cannot have: their address is the site's own.

    >>> "page" in reserved_slugs(Kind.DOSSIER), "genre" in reserved_slugs(Kind.DOSSIER)
    (True, False)
    """
    if kind.info.at_root:
        return RESERVED_PAGE_SLUGS
    return RESERVED_SLUGS | _VALUES.get(listing_of(kind), frozenset())


def former_path(url: str) -> str:
    """The address of a former page as it will be served: a folder, or a file in ``.html``.

    >>> former_path("/blog/2021"), former_path("/blog/index.html"), former_path("//a/b.html")
    ('/blog/2021/', '/blog/', '/a/b.html')
    """
    parts = [part for part in url.split("/") if part not in ("", ".")]
    if parts and parts[-1].lower() == "index.html":
        del parts[-1]
    path = "/" + "/".join(parts)
    if path.lower().endswith(".html") or path == "/":
        return path
    return f"{path}/"


def former_paths(entry: Entry) -> tuple[str, ...]:
    """The addresses that a content had, as they will be served: its own, then those of its kind."""
    own = map(former_path, entry.anciennes_urls)
    inherited = (f"/{segment}/{entry.slug}/" for segment in entry.kind.info.former)
    return tuple(dict.fromkeys((*own, *inherited)))


def first_address(entry: Entry, url: str) -> str:
    """The path that names a content for ever: the first that it had, which is the oldest since each
    rename adds its own at the end, else ``url``, that of its page today."""
    return next(iter(former_paths(entry)), url)


def former_slugs(entry: Entry) -> tuple[str, ...]:
    """What a content's file was called, by its former addresses here."""
    refs = (_ref_at(path).partition("/") for path in former_paths(entry))
    return tuple(slug for folder, _, slug in refs if folder == entry.kind.value)


def is_owned(path: str) -> bool:
    """Whether the site answers at ``path``, or may, whatever its contents."""
    first, _, below = path.strip("/").lower().partition("/")
    if not below:
        return not first or first.partition(".")[0] in RESERVED_PAGE_SLUGS
    second = below.partition("/")[0]
    if f"/{first}/" == SEARCH:
        return second.partition(".")[0] in _SEARCHED
    if f"/{first}/" == AGENDA and _is_view(second):
        return True
    if f"/{first}/" == CATALOGUE and second in _CATALOGUE:
        return True
    if second in _VALUES.get(f"/{first}/", frozenset()):
        return True
    if first in _TERRITORIES and "/" in below:
        return True  # a territory that no file tells has pages below its own
    return first in _WHOLLY_OURS or (f"/{first}/" in _LISTINGS and second in RESERVED_SLUGS)


def _is_view(segment: str) -> bool:
    dated = (len(segment) == 4 and is_number(segment)) or Week.parse(segment)
    return bool(dated) or segment.partition(".")[0] in _VIEWS


class Redirection(Struct, frozen=True):
    """An address that leads elsewhere: site paths, title of what is there, or the content ``ref``,
    whose title only its page needs; the file that says so; ``temporary`` when it has a page at
    other times.
    """

    de: str
    vers: str
    titre: str = ""
    source: PurePosixPath | None = None
    temporary: bool = False
    ref: str = ""


_TERRITORIES = frozenset(kind.info.segment for kind in TERRITORIES)


def redirections(site: Site) -> Iterator[Redirection]:
    """Every address that leads elsewhere: folders of kinds, former addresses, contents taken
    back."""
    for led in LED.ask(site):
        yield Redirection(*led, temporary=True)
    for kind, info in KINDS.items():
        folder = f"/{info.segment}/"
        if info.listing not in ("", folder) and site.indexes.by_kind.get(kind):
            yield Redirection(folder, info.listing, info.rubrique)
        for segment in info.former if site.indexes.by_kind.get(kind) else ():
            yield Redirection(f"/{segment}/", info.listing, info.rubrique)
    former = set()
    for item in sorted(site.untitled_of(), key=attrgetter("ref")):
        for path in former_paths(item.entry):
            former.add(path)
            yield Redirection(path, item.url, source=item.entry.source, ref=item.ref)
    for retrait in site.retraits:
        target = site.items.get(retrait.vers or "")
        if target and retrait.url not in former:
            yield Redirection(retrait.url, target.url, target.name)


def dead_addresses(removed: Iterable[str], files: Collection[str], site: Site) -> list[str]:
    """Addresses of contents, and of lists, that a site had among its ``removed`` files and where
    nothing answers any more; those that the register takes back are meant."""
    meant = {retrait.url for retrait in site.retraits}
    firsts = {file.partition("/")[0] for file in files}
    dead = []
    for file in removed:
        url = f"/{file.removesuffix('index.html')}"
        first, *below = url.strip("/").split("/")
        lost = first not in firsts or (first in _KINDS and below and not is_owned(url))
        if lost and url[-1] == "/" and url not in meant and len(below) < 2:
            dead.append(url)
    return dead


@kept_answer
def values(site: Site) -> tuple[tuple[str, str], ...]:
    """Addresses of values that too few contents have, and their list narrowed to each."""
    return tuple(_values(site))


def _values(site: Site) -> Iterator[tuple[str, str]]:
    for facets in every_facets(site):
        for pair in facets.rare():
            yield facet_of(facets.url, *pair), f"{facets.url}?{'='.join(pair)}"


def withdrawn(site: Site) -> Iterator[Retrait]:
    """Contents taken back whose address leads nowhere else: what still links to them is told so
    there.
    """
    led = {redirection.de for redirection in redirections(site)} if site.retraits else set()
    taken = {f"/{slug}/" for slug in RESERVED_PAGE_SLUGS}
    for retrait in site.retraits:
        if retrait.url not in led | taken and retrait.kind.info.has_page:
            yield retrait


# References to contents that were renamed or taken back for another: where they lead now.

_KINDS = kept(dict[str, Kind](), lambda: {info.segment: kind for kind, info in KINDS.items()})
_FORMER = kept(set[str](), lambda: set(chain.from_iterable(info.former for info in KINDS.values())))


class Renamed(NamedTuple):
    """A field that names a content as it was called before, and what to write there now."""

    mention: Mention
    written: str


def moved_refs(
    entries: Iterable[Entry], retraits: Iterable[Retrait], refs: Container[str]
) -> dict[str, str]:
    """By each reference that is gone, the one that took its address: former addresses, then the
    register.
    """
    moved: dict[str, str] = {}
    for entry in entries:
        for path in former_paths(entry):
            ref = _ref_at(path)
            if ref and ref not in refs:
                moved.setdefault(ref, entry.ref)
    for retrait in retraits:
        if retrait.vers in refs and retrait.ref not in refs:
            moved.setdefault(retrait.ref, str(retrait.vers))
    return moved


def _ref_at(path: str) -> str:
    parts = path.strip("/").split("/")
    segment, slug = ("", parts[0]) if len(parts) == 1 else (parts[0], parts[-1])
    kind: Kind | None = _KINDS.get(segment)
    if len(parts) > 2:
        return ""
    if segment in _FORMER:  # of a folder that was called so, unless it said otherwise
        return f"{segment}/{slug}"
    if kind:
        return f"{kind.value}/{slug}"
    return ""


def follow(
    entry: Entry, refs: Container[str], moved: Mapping[str, str]
) -> tuple[Entry, tuple[Renamed, ...]]:
    """``entry`` naming contents of ``moved`` as they are called now, and the fields changed."""
    renamed = tuple(_renamed(entry, refs, moved))
    for rename in renamed:
        entry = _with(entry, rename.mention.loc, rename.written)
    return entry, renamed


def _renamed(entry: Entry, refs: Container[str], moved: Mapping[str, str]) -> Iterator[Renamed]:
    for mention in references_of(entry):
        old = None
        if mention.named(refs) is None:
            old = mention.named(moved)
        folder, _, slug = moved[old].partition("/") if old else ("", "", "")
        if folder in mention.folders:
            whole = "/" in mention.value or len(mention.folders) > 1
            yield Renamed(mention, f"{folder}/{slug}" if whole else slug)


def _with(value: Any, loc: FieldPath, written: str) -> Any:
    # A copy of ``value`` where what stands at ``loc`` is ``written``.
    if not loc:
        return written
    step = loc[0]
    inner = loc[1:]
    if isinstance(value, tuple):
        rank = int(step)
        return (*value[:rank], _with(value[rank], inner, written), *value[rank + 1 :])
    inside = getattr(value, str(step))
    return value.model_copy(update={str(step): _with(inside, inner, written)})
