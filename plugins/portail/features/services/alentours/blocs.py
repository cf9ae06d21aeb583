"""What a content gathers, what names it, what comes next, what to read next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portail.features.services.editions.editions import children_of
from portail.model.kinds import in_folders, ranked
from portail.outputs.pages.cards import card_beside, card_of
from portail.outputs.pages.entry.inputs import BLOCS, OwnBlocs
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.site import Site

from .relations import relations_of, telling

_TITLES = WORDS["blocs"]
_FEW = 3
_MOST = 24
_RANKED = ranked(lambda info: info.related)


def related_blocs(site: Site, item: Item) -> Iterator[Bloc]:
    """What the page shows of the contents that name its own, gather it or are gathered by it."""
    related = _related(item, site)
    own_blocs = BLOCS.of(site.features, item.entry.kind)
    blocs = own_blocs(item, related, site) if own_blocs else OwnBlocs(rest=related)
    yield from blocs.first
    if blocs.rest:
        shown = {item.ref, *(child.ref for child in children_of(item, site))}
        refs = [ref for ref in dict.fromkeys(blocs.rest) if ref not in shown]
        yield from _by_kind(refs, site, item)
    yield from blocs.last


# Kinds of which a page also shows what tells of it without naming it.
_TOLD_OF = in_folders(("projets", "temps-forts"))


def _related(item: Item, site: Site) -> tuple[str, ...]:
    info = item.entry.kind.info
    indexes = site.indexes
    naming = (*indexes.by_target.get(item.ref, ()), *indexes.gatherers.get(item.ref, ()))
    if info.names_gatherers:  # they stand beside the text
        related = tuple(ref for ref in naming if not site.items[ref].entry.kind.info.gathers)
    else:
        related = (*indexes.gathered.get(item.ref, ()), *naming)
    if item.entry.kind in _TOLD_OF:
        return (*related, *telling(site, item.ref))
    return related


_NEXT = 3


def what_next(item: Item, related: Sequence[str], site: Site) -> tuple[Card, ...]:
    """The nearest contents to read or to see after one, but for what its page shows already."""
    shown = (*related, *item.targets, *site.indexes.gatherers.get(item.ref, ()))
    return tuple(card_beside(site, ref) for ref in relations_of(site).near(item, _NEXT, shown))


def _by_kind(refs: list[str], site: Site, item: Item) -> Iterable[Bloc]:
    # A block for each kind; those of which there are few share the last one, if it has a title.
    own = item.entry.kind
    few = list[str]()
    together = ""
    if own.info.together:
        together = _TITLES[own.value]
    for kind in _RANKED:
        of_kind = [ref for ref in refs if ref in site.items and site.items[ref].entry.kind is kind]
        if kind.info.dated:
            yield from _event_blocs(of_kind, site, item)
        elif together and len(of_kind) < _FEW:
            few += of_kind
        elif of_kind:
            title = kind.info.ensemble or kind.info.plusieurs
            yield Bloc(title, tuple(card_of(site, ref) for ref in of_kind[:_MOST]))
    if few:
        yield Bloc(together, tuple(card_of(site, ref) for ref in few))


def _event_blocs(refs: list[str], site: Site, item: Item) -> Iterable[Bloc]:
    following = item.entry.kind.info.dated  # those of other years
    for name, over in (("prochains", False), ("passes", True)):
        shown = [card_of(site, ref) for ref in refs if site.items[ref].is_over is over][:_MOST]
        if shown:
            title = _TITLES["suivante" if following else name]
            yield Bloc(title, tuple(shown), forme="lignes", avenir=not over)
