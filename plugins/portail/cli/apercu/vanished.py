"""Addresses that die with a proposal: of what it renames or takes out, and leads nowhere then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portail.cli.apercu.changes import Change
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.schemas.yaml_text import written
from portail.site.item import Item
from portail.site.redirections import redirections
from portail.site.site import Site

__all__ = ["vanished"]


def vanished(changes: Iterable[Change], before: Site, after: Site) -> Iterator[Diagnostic]:
    """One advice (C519) for each content that readers could open and whose address is lost, with
    the line to add."""
    former = {item.entry.source: item for item in before.items.values()}
    now = {item.entry.source: item for item in after.items.values()}
    kept = {item.url for item in after.items.values()} | {one.de for one in redirections(after)}
    kept |= {one.url for one in after.retraits}
    for change in changes:
        was = former.get(change.avant.path) if change.avant else None
        if was is None or was.url in kept or not was.entry.paru(before.day.date):
            continue
        item = now.get(change.path) if change.sorte == "renomme" else None
        if item is not None or change.sorte == "retire":
            yield _told(change, was, item, after)


def _told(change: Change, was: Item, item: Item | None, site: Site) -> Diagnostic:
    if item is not None:
        remedy = "Pour que ses liens mènent encore ici, écrivez dans l’en-tête :"
        line = f"anciennes_urls: {written([*item.entry.anciennes_urls, was.url], flow=True)}"
    else:
        remedy = "S’il ne doit pas finir en page introuvable, ajoutez à content/retraits.yml :"
        line = f"  - {{ref: {was.ref}, le: {site.day.date.isoformat()}}}"
    place = Position(change.path)
    return diagnostic("C519", place, paste=line, url=was.url, remede=remedy)
