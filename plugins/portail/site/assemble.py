"""From records to the site of one day: rules across documents, then what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from portail.codes import diagnostic
from portail.config import Day, SiteConfig
from portail.diagnostics import Diagnostic, Position, Report
from portail.geo.territories import Commune, Geography
from portail.links import candidates, split_target
from portail.model.annonce import Annonce
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.lieu import Lieu
from portail.model.vocabulary import Vocabularies
from portail.site.draft import Draft
from portail.site.indexes import build_indexes
from portail.site.rules import RULES
from portail.site.rules.bodies import find_media
from portail.site.site import Item, MediaRecord, Site
from portail.site.urls import media_url, path_of
from portail.source.loader import Listing, Media
from portail.source.store import Loaded, Store

__all__ = ["assemble", "draft_of"]


def draft_of(
    listing: Listing, records: Sequence[Loaded], geography: Geography, day: Day, preview: bool
) -> tuple[Draft, list[Diagnostic]]:
    """Gather the records of a listing; two files for one reference are an error (E501)."""
    files: dict[PurePosixPath, Path] = {}
    items: dict[str, Loaded] = {}
    known: dict[str, PurePosixPath] = {}
    found: list[Diagnostic] = []
    by_path = {record.path: record for record in records}
    for doc in listing.documents:
        ref = f"{doc.kind.value}/{doc.slug}"
        files[doc.path] = doc.file
        if ref in known:
            url = doc.kind.info.url(doc.slug)
            found.append(diagnostic("E501", Position(doc.path), url=url, autre=known[ref]))
            continue
        known[ref] = doc.path
        if by_path[doc.path].entry is not None:
            items[ref] = by_path[doc.path]
    medias = {media.path: by_path[media.path] for media in listing.medias}
    ordered = dict(sorted(items.items()))
    draft = Draft(
        ordered, known, medias, geography, day, preview, lambda path: files[path].read_bytes()
    )
    return draft, found


def check(draft: Draft) -> list[Diagnostic]:
    """Everything that the rules across documents find."""
    return [found for rule in RULES for found in rule(draft)]


def assemble(
    draft: Draft,
    listing: Listing,
    config: SiteConfig,
    store: Store,
    vocabularies: Vocabularies,
    report: Report,
) -> Site:
    """The site that readers see: visible contents, without those that ``report`` finds faulty."""
    faulty = report.faulty_paths
    visible = {
        ref: loaded
        for ref, loaded in draft.items.items()
        if loaded.path not in faulty and loaded.entry and draft.visible(loaded.entry)
    }
    items = {ref: _item(ref, loaded, draft, visible) for ref, loaded in visible.items()}
    indexes = build_indexes(items, draft.geography, draft.day.date)
    medias = _medias(items, listing.medias, draft)
    return Site(
        config, draft.day, items, medias, indexes, store, vocabularies, draft.geography, report
    )


def _item(ref: str, loaded: Loaded, draft: Draft, visible: Mapping[str, Loaded]) -> Item:
    entry, facts = loaded.entry, loaded.facts
    assert entry is not None and facts is not None
    today = draft.day.date
    coming = next((one for one in loaded.occurrences if not one.passe(today)), None)
    live = next(
        (
            one
            for one in loaded.occurrences
            if not one.passe(today) and one.etat not in ("annule", "reporte")
        ),
        coming,
    )
    links, medias = {}, {}
    for link in facts.links:
        target = split_target(link.target)
        media = find_media(target.path, loaded.path, draft) if target.path else None
        if media:
            medias[link.target] = media
        else:
            links[link.target] = _destination(link.target, loaded, visible)
    names = [image.source for image in facts.images]
    if entry.image:
        names.append(entry.image.fichier)
    for name in names:
        media = find_media(split_target(name).path, loaded.path, draft)
        if media:
            medias[name] = media
    return Item(
        ref,
        entry,
        facts,
        loaded.digest,
        loaded.occurrences,
        _commune(loaded, draft),
        live,
        _is_over(entry, loaded, today),
        links,
        medias,
    )


def _is_over(entry: Entry, loaded: Loaded, today: date) -> bool:
    if isinstance(entry, Annonce):
        return entry.echeance is not None and entry.echeance < today
    return bool(loaded.occurrences) and all(one.passe(today) for one in loaded.occurrences)


def _destination(written: str, loaded: Loaded, visible: Mapping[str, Loaded]) -> str:
    target = split_target(written)
    anchor = f"#{target.anchor}" if target.anchor else ""
    if not target.path:
        return anchor
    found = candidates(target.path, loaded.path, visible)
    if found:
        entry = visible[found[0]].entry
        assert entry is not None
        return path_of(entry) + anchor
    path = target.path.strip("/")
    return (f"/{path}/" if path else "/") + anchor


def _commune(loaded: Loaded, draft: Draft) -> Commune | None:
    """Where a content is: its own commune, its address's, or its lieu's."""
    entry = loaded.entry
    code: str | None = getattr(entry, "commune", None)
    if isinstance(entry, Lieu):
        code = entry.code_commune
    elif isinstance(entry, Event) and entry.adresse:
        code = entry.adresse.commune
    if code is None and getattr(entry, "lieu", None):
        lieu = draft.entry(f"lieux/{entry.lieu}")  # type: ignore[union-attr]
        code = lieu.code_commune if isinstance(lieu, Lieu) else None
    return draft.geography.by_code(code) if code else None


def _medias(
    items: Mapping[str, Item], files: Sequence[Media], draft: Draft
) -> dict[PurePosixPath, MediaRecord]:
    shown = {path for item in items.values() for path in item.medias.values()}
    records = {}
    for media in files:
        loaded = draft.medias[media.path]
        if media.path in shown:
            records[media.path] = MediaRecord(
                media.path, media.file, loaded.digest, loaded.pixels, media_url(media.path)
            )
    return records
