"""From records to the site of one day: rules across documents, then what is published."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from portail.agenda.holidays import SchoolHolidays
from portail.codes import diagnostic
from portail.config import Day, SiteConfig
from portail.diagnostics import Diagnostic, Position, Report
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.retrait import Retrait
from portail.model.vocabulary import Vocabularies
from portail.site.ahead import Ahead
from portail.site.calendars import build_calendars
from portail.site.derived import completed
from portail.site.draft import Draft
from portail.site.envois import Envois
from portail.site.facets import EVENT_FACETS, facets_of
from portail.site.feeds import build_feeds
from portail.site.indexes import build_indexes
from portail.site.item import Item, MediaRecord
from portail.site.items import ItemMaker, shown_medias
from portail.site.moved import Renamed, follow, moved_refs
from portail.site.posters import Posters
from portail.site.rules import RULES
from portail.site.showings import pairs_of_showings, showings_of
from portail.site.site import Site
from portail.site.urls import media_url
from portail.source.loader import Listing, Media
from portail.source.retraits import Register
from portail.source.store import Loaded, Store

__all__ = ["assemble", "check", "draft_of"]


def draft_of(
    listing: Listing,
    records: Sequence[Loaded],
    geography: Geography,
    day: Day,
    preview: bool,
    register: Register | None = None,
    envois: Envois | None = None,
) -> tuple[Draft, list[Diagnostic]]:
    """Gather the records of the documents, then of the medias, of a listing.

    Two files for one reference are an error (E501).
    """
    files: dict[PurePosixPath, Path] = {}
    items: dict[str, Loaded] = {}
    doubles: list[Loaded] = []
    known: dict[str, PurePosixPath] = {}
    found: list[Diagnostic] = []
    for doc, record in zip(listing.documents, records, strict=False):
        ref = f"{doc.kind.value}/{doc.slug}"
        files[doc.path] = doc.file
        if ref in known:
            url = doc.kind.info.url(doc.slug)
            found.append(diagnostic("E501", Position(doc.path), url=url, autre=known[ref]))
            doubles.append(record)
            continue
        known[ref] = doc.path
        if record.entry is not None:
            items[ref] = record
    medias = {record.path: record for record in records[len(listing.documents) :]}
    ordered = dict(sorted(items.items()))
    taken = (register or Register()).retraits
    moved = moved_refs((one.entry for one in ordered.values() if one.entry), taken, known)
    renamed = _follow(ordered, known, moved) if moved else {}

    def read(path: PurePosixPath) -> bytes:
        return files[path].read_bytes()

    return Draft(
        ordered, doubles, known, medias, geography, day, preview, read, register or Register(),
        envois or Envois(), moved, renamed,
    ), found  # fmt: skip


def _follow(
    items: dict[str, Loaded], known: Container[str], moved: Mapping[str, str]
) -> dict[str, tuple[Renamed, ...]]:
    """Make the entries of ``items`` name contents as they are called now; what was changed."""
    found = {}
    for ref, loaded in items.items():
        entry, renamed = follow(loaded.entry, known, moved) if loaded.entry else (None, ())
        if renamed:
            items[ref] = replace(loaded, entry=entry)
            found[ref] = renamed
    return found


def check(draft: Draft) -> list[Diagnostic]:
    """Everything that the rules across documents find."""
    return [found for rule in RULES for found in rule(draft)]


def assemble(
    draft: Draft,
    listing: Listing,
    config: SiteConfig,
    store: Store,
    vocabularies: Vocabularies,
    holidays: SchoolHolidays,
    report: Report,
    derived: Sequence[Loaded] = (),
) -> Site:
    """The site that readers see: visible contents, without those that ``report`` finds faulty, and
    the territories that no file tells (``derived``)."""
    visible = completed(_visible(draft, report.faulty_paths), derived, draft)
    maker = ItemMaker(draft, visible)
    items = {ref: maker.item(ref, loaded) for ref, loaded in visible.items()}
    showings = showings_of(items, vocabularies, draft.geography, draft.day.date)
    indexes = build_indexes(items, draft.geography, draft.day.date, showings.values())
    medias = _medias(items, listing.medias, draft)
    events = (items[ref] for ref in indexes.by_kind.get(Kind.EVENT, ()))
    facets = facets_of(
        EVENT_FACETS, events, vocabularies, draft.geography, seuil=config.seuil_listes
    )
    calendars = build_calendars(items, indexes, facets, draft.geography, draft.day.date)
    there = dict(pairs_of_showings(showings, draft.geography, facets.refs))
    facets = replace(facets, by_ref={**facets.by_ref, **there})
    ahead = Ahead(indexes.programme, facets, draft.day.date)
    sent = draft.envois.seen(draft.day.date, report.faulty_paths)
    return Site(
        config, draft.day, items, medias, indexes, store, vocabularies, draft.geography, report,
        facets, ahead, calendars, holidays,
        Posters(ahead, items, draft.geography, showings, config.seuil_listes),
        build_feeds(items, indexes, vocabularies, config, draft.day.date, sent),
        _retraits(draft, report.faulty_paths),
        sent,
        showings=showings,
    )  # fmt: skip


def _retraits(draft: Draft, faulty: frozenset[PurePosixPath]) -> tuple[Retrait, ...]:
    """What is taken back on the day of the build, in the order of the register."""
    if draft.register.path in faulty:
        return ()
    return tuple(one for one in draft.register.retraits if one.connu(draft.day.date))


def _visible(draft: Draft, faulty: frozenset[PurePosixPath]) -> dict[str, Loaded]:
    """Documents to publish: neither they nor a file that they show is faulty."""
    refused = faulty & draft.medias.keys()
    return {
        ref: loaded
        for ref, loaded in draft.items.items()
        if loaded.path not in faulty
        and loaded.entry
        and ref not in draft.hidden
        and not (refused and refused.intersection(shown_medias(loaded, draft).values()))
    }


def _medias(
    items: Mapping[str, Item], files: Sequence[Media], draft: Draft
) -> dict[PurePosixPath, MediaRecord]:
    shown = {path for item in items.values() for path in item.medias.values()}
    records = {}
    for media in files:
        loaded = draft.medias[media.path]
        if media.path in shown:
            url = media_url(media.path)
            records[media.path] = MediaRecord(
                media.path, media.file, loaded.digest, loaded.pixels, url, loaded.animated
            )
    return records
