"""What the page of one content is made of: its view sees nothing else, so its key is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portail.files import digest_of
from portail.model.dossier import Dossier
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.territoire import Territoire
from portail.outputs.base import Digest
from portail.outputs.pages.views import Bloc, Card
from portail.site.indexes import code_of, territory_code
from portail.site.site import Item, MediaRecord, Site
from portail.site.urls import path_of

__all__ = ["EntryInputs", "entry_inputs", "territory_pages"]

_SHOWN = 24
_TITLES = {
    Kind.EVENT: "Événements",
    Kind.ARTICLE: "Articles",
    Kind.RESSOURCE: "Ressources",
    Kind.LIEU: "Lieux et structures",
    Kind.DOSSIER: "Dossiers",
    Kind.ANNONCE: "Annonces",
    Kind.PROJET: "Projets",
    Kind.COMMUNAUTE: "Communautés",
    Kind.AUTEUR: "Auteurs",
    Kind.TERRITOIRE: "Territoires",
    Kind.TEMPS_FORT: "Temps forts",
}


@dataclass(frozen=True, slots=True)
class EntryInputs:
    """One content, the cards of what it names (by reference) and of what is related to it.

    ``territoires`` are (title, site path) of the territories that hold it; ``medias`` its files by
    the name it gives them; ``seances_passees`` how many of its occurrences are over.
    """

    item: Item
    card: Card
    cards: Mapping[str, Card]
    blocs: tuple[Bloc, ...]
    territoires: tuple[tuple[str, str], ...]
    medias: Mapping[str, MediaRecord]
    seances_passees: int

    def key(self, frame: Digest) -> tuple[Digest, ...]:
        """Digest of everything above."""
        item = self.item
        links = digest_of(*(part for pair in sorted(item.links.items()) for part in pair))
        medias = digest_of(
            *(f"{name}={one.url}={one.digest}" for name, one in sorted(self.medias.items()))
        )
        blocs = digest_of(*(bloc.digest for bloc in self.blocs))
        cards = digest_of(*(f"{ref}={card.digest}" for ref, card in self.cards.items()))
        places = digest_of(*(part for pair in self.territoires for part in pair))
        return (
            frame,
            item.digest,
            self.card.digest,
            cards,
            blocs,
            places,
            links,
            medias,
            str(self.seances_passees),
        )


def entry_inputs(
    item: Item, site: Site, cards: Mapping[str, Card], pages: Mapping[str, Item]
) -> EntryInputs:
    """Gather the inputs of ``item``'s page; ``pages`` are the territories by code."""
    medias = {name: site.medias[path] for name, path in item.medias.items() if path in site.medias}
    today = site.day.date
    return EntryInputs(
        item,
        cards[item.ref],
        _named(item, cards),
        tuple(_blocs(item, site, cards)),
        tuple(_territoires(item, site, pages)),
        medias,
        sum(one.passe(today) for one in item.occurrences),
    )


def _named(item: Item, cards: Mapping[str, Card]) -> dict[str, Card]:
    named: dict[str, Card] = {}
    for _, value, reference in references_of(item.entry):
        refs = [value] if "/" in value else [f"{kind.value}/{value}" for kind in reference.kinds]
        found = next((ref for ref in refs if ref in cards), None)
        if found:
            named[found] = cards[found]
    return named


def _blocs(item: Item, site: Site, cards: Mapping[str, Card]) -> Iterable[Bloc]:
    """Related contents: what a dossier gathers, what a territory holds, what names the content."""
    entry = item.entry
    gathered = site.indexes.gathered.get(item.ref, ())
    if isinstance(entry, Dossier):
        notes = {element.ref: element.note or "" for element in entry.elements}
        yield Bloc(
            "À lire et à voir",
            tuple(cards[ref] for ref in gathered),
            forme="dossier",
            notes=tuple(notes.get(ref, "") for ref in gathered),
        )
        return
    refs: Iterable[str] = (*gathered, *site.indexes.by_target.get(item.ref, ()))
    if isinstance(entry, Territoire):
        refs = (*refs, *site.indexes.by_territoire.get(code_of(entry), ()))
    yield from _by_kind([ref for ref in dict.fromkeys(refs) if ref != item.ref], site, cards, item)


def _by_kind(refs: list[str], site: Site, cards: Mapping[str, Card], item: Item) -> Iterable[Bloc]:
    for kind, title in _TITLES.items():
        found = [ref for ref in refs if ref in cards and site.items[ref].entry.kind is kind]
        if kind is Kind.EVENT:
            yield from _event_blocs(found, site, cards, item)
        elif found:
            yield Bloc(title, tuple(cards[ref] for ref in found[:_SHOWN]))


def _event_blocs(
    refs: list[str], site: Site, cards: Mapping[str, Card], item: Item
) -> Iterable[Bloc]:
    entry = item.entry
    if isinstance(entry, Event):
        children = [
            ref
            for ref in refs
            if getattr(site.items[ref].entry, "evenement_parent", "") == entry.slug
        ]
        if children:
            children.sort(key=lambda ref: (getattr(site.items[ref].entry, "etape", None) or 0,))
            yield Bloc("Au programme", tuple(cards[ref] for ref in children), forme="lignes")
        refs = [ref for ref in refs if ref not in children]
    coming = [ref for ref in refs if not site.items[ref].passe]
    past = [ref for ref in refs if site.items[ref].passe]
    if coming:
        yield Bloc(
            "Prochains événements", tuple(cards[ref] for ref in coming[:_SHOWN]), forme="lignes"
        )
    if past:
        yield Bloc("Événements passés", tuple(cards[ref] for ref in past[:_SHOWN]), forme="lignes")


def territory_pages(site: Site) -> dict[str, Item]:
    """Territories with a page, by code."""
    return {
        code_of(one.entry): one
        for one in site.of_kind(Kind.TERRITOIRE)
        if isinstance(one.entry, Territoire)
    }


def _territoires(item: Item, site: Site, pages: Mapping[str, Item]) -> Iterable[tuple[str, str]]:
    """Territories that hold the content, smallest first: a link when they have a page."""
    commune = item.commune
    if commune:
        around = site.geography.territoires_of(commune)
        for code, name in ((territory_code(one), one.nom) for one in around):
            page = pages.get(code)
            yield (page.entry.titre, path_of(page.entry)) if page else (name, "")
    for slug in item.entry.territoires:
        target = site.items.get(f"{Kind.TERRITOIRE.value}/{slug}")
        if target:
            yield target.entry.titre, path_of(target.entry)
