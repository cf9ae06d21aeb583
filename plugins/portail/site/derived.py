"""Territories that no file tells: made from ``data/``, so that each one of the region has a page.

They are records as those of files are, kept in the same store; « portail check » sees none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from portail.body.facts import BodyFacts, BodyHtml
from portail.files import digest_of
from portail.geo.articles import in_territory
from portail.geo.places import Departement, Epci, Region, short_name
from portail.geo.territories import Geography
from portail.geo.territories import Territoire as Territory
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.territoire import Territoire
from portail.search.words import packed
from portail.site.draft import Draft
from portail.site.reserved import former_path
from portail.site.territories import code_of, territory_code
from portail.source.store import Loaded, Stamp, Store
from portail.text.inline import plain
from portail.text.slugs import slugify
from portail.text.typography import capital, typographie

__all__ = ["completed", "derived_records", "derived_refs"]

LICENCE = "etalab-2.0"
"""That of the tables (``data/README.md``)."""
_STAMP = Stamp(0, 0)
"""The tables are in the salt of a store: a record found there was made from them."""


def derived_records(geography: Geography, store: Store) -> list[Loaded]:
    """The record of each territory of the instance's region, in the order of the tables."""
    return [_record(one, slug, geography, store) for one, slug in _named(geography)]


def completed(
    visible: Mapping[str, Loaded], derived: Iterable[Loaded], draft: Draft
) -> Mapping[str, Loaded]:
    """What is published, by reference: files, then the territories that none of them tells, as soon
    as one tells a territory. An address that a file has or had, or that was taken back, is not
    given to another."""
    free = _Free.of((one.entry for one in visible.values()), draft)
    found = dict(visible)
    for one in derived if free.told else ():
        entry = one.entry
        assert isinstance(entry, Territoire)
        if free.takes(entry.slug, code_of(entry)):
            found.setdefault(entry.ref, one)
    return dict(sorted(found.items()))


def derived_refs(draft: Draft) -> frozenset[str]:
    """References of the territories that no file tells: what a body may name besides files."""
    shown = (one.entry for ref, one in draft.items.items() if ref not in draft.hidden)
    free = _Free.of(shown, draft)
    named = _named(draft.geography) if free.told else ()
    found = (slug for one, slug in named if free.takes(slug, territory_code(one)))
    return frozenset(f"{Kind.TERRITOIRE.value}/{slug}" for slug in found)


@dataclass(frozen=True, slots=True)
class _Free:
    """What is left to derive: codes that files tell, addresses that they have had or that were
    taken back."""

    told: frozenset[str]
    gone: frozenset[str]

    @classmethod
    def of(cls, shown: Iterable[Entry | None], draft: Draft) -> _Free:
        entries = [one for one in shown if one]
        told = frozenset(code_of(one) for one in entries if isinstance(one, Territoire))
        former = (former_path(path) for one in entries for path in one.anciennes_urls)
        return cls(told, frozenset((*former, *(one.url for one in draft.register.retraits))))

    def takes(self, slug: str, code: str) -> bool:
        """Whether the territory of ``code`` may have a page of that slug."""
        return code not in self.told and Kind.TERRITOIRE.info.url(slug) not in self.gone


def _named(geography: Geography) -> Iterator[tuple[Territory, str]]:
    """Territories and their slugs: a département is called by its name, unless it is a region
    too."""
    home = geography.home
    for one in geography.home_territoires:
        slug = geography.slug(one)
        if isinstance(one, Departement) and home and one.nom != home.nom:
            slug = slugify(one.nom)
        yield one, slug


def _record(one: Territory, slug: str, geography: Geography, store: Store) -> Loaded:
    path = PurePosixPath("data", "territoires", slug)
    known = store.find(path, _STAMP)
    if known is not None:
        return known
    kind, code = _identity(one)
    name, summary = typographie(short_name(one)), _summary(one, geography)
    title = capital(name)
    digest = digest_of(slug, kind, code, title, summary)
    entry = Territoire.model_construct(
        slug=slug,
        titre=title,
        resume=summary,
        type=kind,
        code=code,
        auteurs=(),
        licence=LICENCE,
    )
    loaded = Loaded(path, digest, entry, BodyFacts((), (), (), (), 0, "", digest), front=digest)
    words = packed(plain(title), summary, (), "")
    store.put(loaded, _STAMP, BodyHtml("", "", words))
    return loaded


def _identity(one: Territory) -> tuple[str, str]:
    """Type and code, as a file writes them."""
    match one:
        case Epci(siren=siren, type=kind):
            return kind, siren
        case Departement(code=code):
            return "departement", code
        case Region(code=code):
            return "region", code


def _summary(one: Territory, geography: Geography) -> str:
    """One sentence: its official name and where it is."""
    match one:
        case Epci(nom=nom, departement=code):
            wide = geography.departement(code)
            return f"{typographie(nom)}{f', {in_territory(wide)}' if wide else ''}."
        case Departement(region=code):
            region = geography.region(code)
            return f"Un département de la région {region.nom}." if region else ""
        case Region():
            return "La région, ses départements et ses intercommunalités."
