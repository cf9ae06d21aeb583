"""Territories that no file tells: made from ``data/``, so that each one of the region in which
there is something has a page.

They are records as those of files are, kept in the same store; « portail check » sees none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct

from portail.body.document import BodyFacts, BodyHtml
from portail.files import digest_of
from portail.geo.names import in_territory
from portail.geo.places import Departement, Epci, Region, short_name
from portail.geo.places import Territoire as Territory
from portail.geo.territories import Geography
from portail.model.collections import ResourceEntry
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.redirections import former_path
from portail.site.showings import commune_of_loan
from portail.site.site import Site
from portail.site.slots import Unmade
from portail.site.territories import around, code_of, territory_code
from portail.source.loader import Listing
from portail.source.store import Loaded, Stamp, Store
from portail.text.normalise import slugify
from portail.text.typography import capital, typeset

from .model import Territoire

# That of the tables (``data/README.md``).
LICENCE = "etalab-2.0"
# The tables are in the salt of a store: a record found there was made from them.
_STAMP = Stamp(0, 0)


def records(listing: Listing, geography: Geography, store: Store, reading: Reading) -> list[Loaded]:
    """The record of each territory of the instance's region, in the order of the tables, as soon as
    a file tells a territory."""
    if not any(file.kind is Kind.TERRITOIRE for file in listing.documents):
        return []
    return [
        _record(territory, slug, geography, store, reading) for territory, slug in _named(geography)
    ]


def completed(
    visible: Mapping[str, Loaded], derived: Iterable[Loaded], draft: Draft
) -> Mapping[str, Loaded]:
    """What is published: files, then the territories that none of them tells, at addresses still
    free.
    """
    free = _Free.of((loaded.entry for loaded in visible.values()), draft)
    published = dict(visible)
    if free.codes:
        for loaded in derived:
            entry = loaded.entry
            if isinstance(entry, Territoire) and free.takes(entry.slug, code_of(entry)):
                published.setdefault(entry.ref, loaded)
    return dict(sorted(published.items()))


def without_empty(items: Mapping[str, Item], draft: Draft) -> dict[str, Item]:
    """``items`` but the derived territories in which nothing is nor was; the day has no part in
    it.
    """
    written = [item for item in items.values() if not item.entry.sans_fichier]
    codes = {code for code, _ in chain.from_iterable(item.territoires for item in written)}
    for item in written:
        if isinstance(item.entry, ResourceEntry):
            codes.update(_lent(item.entry, items, draft.geography))
    named = {
        url.partition("#")[0]
        for url in chain.from_iterable(item.leads.values() for item in written)
    }

    def is_shown(item: Item) -> bool:
        if not item.entry.sans_fichier:
            return True
        return item.url in named or code_of(item.of(Territoire)) in codes

    return {ref: item for ref, item in items.items() if is_shown(item)}


def _lent(tool: ResourceEntry, items: Mapping[str, Item], geography: Geography) -> Iterator[str]:
    # Keys of the territories where a tool was or will be lent.
    for loan in tool.itinerance:
        if commune := commune_of_loan(loan, items, geography):
            yield from (code for code, _ in around(commune, geography))


def unmade(site: Site) -> Iterator[Unmade]:
    if not site.has(Kind.TERRITOIRE):
        return
    gone = {retrait.url for retrait in site.retraits}
    for territory, slug in _named(site.geography):
        label = site.vocabularies.label("types-territoires", _identity(territory)[0])
        empty = Unmade(Kind.TERRITOIRE, slug, _title(territory), label)
        taken = empty.url in gone or f"{Kind.TERRITOIRE.value}/{slug}" in site.items
        if not taken and not site.territory_page(territory_code(territory)):
            yield empty


def refs(draft: Draft) -> frozenset[str]:
    """References of the territories that no file tells: what a body may name besides files."""
    shown = (loaded.entry for ref, loaded in draft.items.items() if ref not in draft.hidden)
    free = _Free.of(shown, draft)
    named = _named(draft.geography) if free.codes else ()
    slugs = (slug for territory, slug in named if free.takes(slug, territory_code(territory)))
    return frozenset(f"{Kind.TERRITOIRE.value}/{slug}" for slug in slugs)


class _Free(Struct, frozen=True):
    """What is left to derive: codes that files tell, addresses that they have had or that were
    taken back."""

    codes: frozenset[str]
    gone: frozenset[str]

    @classmethod
    def of(cls, shown: Iterable[Entry | None], draft: Draft) -> _Free:
        entries = [entry for entry in shown if entry]
        codes = frozenset(code_of(entry) for entry in entries if isinstance(entry, Territoire))
        former: list[str] = []
        for entry in entries:
            former.extend(former_path(path) for path in entry.anciennes_urls)
        return cls(
            codes, frozenset((*former, *(retrait.url for retrait in draft.register.retraits)))
        )

    def takes(self, slug: str, code: str) -> bool:
        # Whether the territory of ``code`` may have a page of that slug.
        return code not in self.codes and Kind.TERRITOIRE.info.url(slug) not in self.gone


def _named(geography: Geography) -> Iterator[tuple[Territory, str]]:
    # Territories and their slugs: a département is called by its name, unless it is a region too.
    home = geography.home
    for territory in geography.home_territoires:
        slug = geography.slug(territory)
        if isinstance(territory, Departement) and home and territory.nom != home.nom:
            slug = slugify(territory.nom)
        yield territory, slug


def page_of_area(site: Site, code: str) -> tuple[Territoire, str]:
    """What tells a territory of the region, by its key, and the address of its page: those that
    would be, where it has none."""
    page = site.territory_page(code)
    if page:
        return page.of(Territoire), page.url
    area, slug = _by_code(site)[code]
    return _entry(area, slug, site.geography), Kind.TERRITOIRE.info.url(slug)


@per_site
def _by_code(site: Site) -> Mapping[str, tuple[Territory, str]]:
    return {territory_code(area): (area, slug) for area, slug in _named(site.geography)}


def _entry(territory: Territory, slug: str, geography: Geography) -> Territoire:
    kind, code = _identity(territory)
    return Territoire.model_construct(
        slug=slug,
        titre=_title(territory),
        resume=_summary(territory, geography),
        type=kind,
        code=code,
        auteurs=(),
        licence=LICENCE,
    )


def _record(
    territory: Territory, slug: str, geography: Geography, store: Store, reading: Reading
) -> Loaded:
    path = PurePosixPath("data", "territoires", slug)
    stored = store.find(path, _STAMP)
    if stored is not None:
        return stored
    entry = _entry(territory, slug, geography)
    title, summary = entry.titre, entry.resume or ""
    digest = digest_of(slug, entry.type or "", entry.code or "", title, summary)
    loaded = Loaded(
        path,
        digest,
        entry,
        BodyFacts((), (), (), external=(), words=0, excerpt="", digest=digest),
        front=digest,
    )
    words = ""
    if reading.packs:
        words = reading.packs(title, summary, (), "")
    store.put(loaded, _STAMP, BodyHtml("", "", words))
    return loaded


def _title(territory: Territory) -> str:
    return capital(typeset(short_name(territory)))


def _identity(territory: Territory) -> tuple[str, str]:
    # Type and code, as a file writes them.
    match territory:
        case Epci(siren=siren, type=kind):
            return kind, siren
        case Departement(code=code):
            return "departement", code
        case Region(code=code):
            return "region", code


def _summary(territory: Territory, geography: Geography) -> str:
    # One sentence: its official name and where it is.
    match territory:
        case Epci(nom=nom, departement=code):
            wide = geography.departement(code)
            return f"{typeset(nom)}{f', {in_territory(wide)}' if wide else ''}."
        case Departement(region=code):
            region = geography.region(code)
            if region:
                return f"Un département de la région {region.nom}."
            return ""
        case Region():
            return "La région, ses départements et ses intercommunalités."
