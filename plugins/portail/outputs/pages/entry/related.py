"""What a content gathers, what names it, what comes next, what to read next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portail.geo.coordinates import Near
from portail.model.collections import Dossier, Territoire
from portail.model.kinds import Kind, ranked
from portail.model.lieu import Lieu
from portail.model.registry import references_of
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.place_blocs import lieu_blocs
from portail.outputs.pages.page_context import WORDS
from portail.outputs.pages.slots import ANNONCE_BLOCS, TERRITORY_BLOCS
from portail.outputs.pages.views.lists import Bloc
from portail.site.editions import children_of, years_of
from portail.site.item import Item
from portail.site.relations import relations_of, telling
from portail.site.site import Site
from portail.site.urls import theme_of

_TITLES = WORDS["blocs"]
_NEXT = 3
_FEW = 3
_MOST = 24
_GATHERED = 48
_RANKED = ranked(lambda info: info.related)


def related_blocs(item: Item, site: Site, near: Sequence[Near]) -> Iterable[Bloc]:
    """What a dossier gathers, what a territory holds, what names or gathers the content, what to
    read next; for a place, what is ``near``."""
    entry = item.entry
    indexes = site.indexes
    gathered = indexes.gathered.get(item.ref, ())
    related = (*indexes.by_target.get(item.ref, ()), *indexes.gatherers.get(item.ref, ()))
    if isinstance(entry, Dossier):
        yield _elements(entry, gathered, site)
        related = tuple(ref for ref in related if ref not in gathered)
    elif entry.kind.info.names_gatherers:
        related = tuple(ref for ref in related if not site.items[ref].entry.kind.info.gathers)
    else:
        related = (*gathered, *related)
    if entry.kind.info.told_of:
        related += telling(site, item.ref)
    if entry.kind is Kind.ANNONCE:
        yield from ANNONCE_BLOCS.ask(site, item)
    if isinstance(entry, Territoire):
        yield from TERRITORY_BLOCS.ask(site, item)
    elif isinstance(entry, Lieu):
        yield from lieu_blocs(item, tuple(dict.fromkeys(related)), site, near)
    elif related:
        apart = {child.ref for child in children_of(item, site)}
        if entry.kind is Kind.TEMPS_FORT:  # its editions have their pages
            apart |= {event.ref for year in years_of(item, site) for event in year.events}
        refs = [ref for ref in dict.fromkeys(related) if ref != item.ref and ref not in apart]
        yield from _by_kind(refs, site, item)
    if entry.kind in (Kind.ARTICLE, Kind.RESSOURCE):
        listed = (*related, *item.targets, *indexes.gatherers.get(item.ref, ()))
        suggested = relations_of(site).near(item, _NEXT, listed)
        if suggested:
            cards = tuple(card_of(site, ref) for ref in suggested)
            reading = entry.kind is Kind.ARTICLE
            yield (
                Bloc("À lire ensuite", cards, code="ensuite")
                if reading
                else Bloc("À voir aussi", cards)
            )


def _elements(entry: Dossier, gathered: Sequence[str], site: Site) -> Bloc:
    """What a dossier gathers, each with the word of its element."""
    notes = {
        mention.named(site.items): entry.elements[int(mention.loc[1])].note
        for mention in references_of(entry, "elements")
    }
    shown = gathered[: len(entry.elements) + _GATHERED]
    theme = entry.regle and entry.regle.theme
    return Bloc(
        _TITLES["dossiers"],
        tuple(card_of(site, ref) for ref in shown),
        theme_of(theme) if theme and len(shown) < len(gathered) else "",
        "dossier",
        tuple(notes.get(ref) or "" for ref in shown),
    )


def _by_kind(refs: list[str], site: Site, item: Item) -> Iterable[Bloc]:
    """A block for each kind; those of which there are few share the last one, if it has a title."""
    own = item.entry.kind
    few = list[str]()
    together = _TITLES[own.value] if own.info.together else ""
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
        shown = [card_of(site, ref) for ref in refs if site.items[ref].passe is over][:_MOST]
        if shown:
            title = _TITLES["suivante" if following else name]
            yield Bloc(title, tuple(shown), forme="lignes", avenir=not over)
