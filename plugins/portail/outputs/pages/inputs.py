"""What the page of one content is made of: its view sees nothing else, so its key is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portail.files import digest_bytes
from portail.model.dossier import Dossier
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.territoire import Territoire
from portail.outputs.base import Digest
from portail.outputs.pages.views import Bloc, Card, Lien
from portail.site.site import Item, MediaRecord, Site
from portail.site.territories import code_of
from portail.site.urls import theme_of
from portail.text.inline import plain

__all__ = ["EntryInputs", "entry_inputs", "territory_pages"]

_SHOWN = 24
_GATHERED = 48
_LAST_STEP = 1_000_000
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
    """One content, links to what its fields name (by reference), cards of what is related to it.

    ``territoires`` are (title, site path) of the territories that hold it; ``medias`` its files by
    the name it gives them.
    """

    item: Item
    card: Card
    links: Mapping[str, Lien]
    blocs: tuple[Bloc, ...]
    territoires: tuple[tuple[str, str], ...]
    medias: Mapping[str, MediaRecord]

    def key(self, frame: Digest) -> tuple[Digest, ...]:
        """Digest of everything above."""
        item = self.item
        shown = (
            self.card.digest,
            item.commune.code if item.commune else "",
            item.passees,
            sorted(item.links.items()),
            [(ref, link.texte) for ref, link in self.links.items()],
            [bloc.shown for bloc in self.blocs],
            self.territoires,
            [(name, one.url, one.digest) for name, one in sorted(self.medias.items())],
        )
        return (frame, item.digest, digest_bytes(repr(shown).encode()))


def entry_inputs(
    item: Item, site: Site, cards: Mapping[str, Card], pages: Mapping[str, Item]
) -> EntryInputs:
    """Gather the inputs of ``item``'s page; ``pages`` are the territories by code."""
    medias = {name: site.medias[path] for name, path in item.medias.items() if path in site.medias}
    return EntryInputs(
        item,
        cards[item.ref],
        {ref: Lien(plain(cards[ref].titre), cards[ref].url) for ref in item.cited},
        tuple(_blocs(item, site, cards)),
        tuple(_territoires(item, pages)),
        medias,
    )


def _blocs(item: Item, site: Site, cards: Mapping[str, Card]) -> Iterable[Bloc]:
    """Related contents: what a dossier gathers, what a territory holds, what names the content,
    and the dossiers and communities that gather it."""
    entry, indexes = item.entry, site.indexes
    gathered = indexes.gathered.get(item.ref, ())
    related = (*indexes.by_target.get(item.ref, ()), *indexes.gatherers.get(item.ref, ()))
    if isinstance(entry, Dossier):
        yield _elements(entry, gathered, cards)
        related = tuple(ref for ref in related if ref not in gathered)
    else:
        related = (*gathered, *related)
    if isinstance(entry, Territoire):
        related += indexes.by_territoire.get(code_of(entry), ())
    if related:
        refs = [ref for ref in dict.fromkeys(related) if ref != item.ref]
        yield from _by_kind(refs, site, cards, item)


def _elements(entry: Dossier, gathered: Sequence[str], cards: Mapping[str, Card]) -> Bloc:
    """What a dossier gathers, each with the word of its element."""
    notes = {
        mention.named(cards): entry.elements[int(mention.loc[1])].note
        for mention in references_of(entry)
        if mention.loc[0] == "elements"
    }
    shown, theme = gathered[: len(entry.elements) + _GATHERED], entry.regle and entry.regle.theme
    return Bloc(
        "À lire et à voir",
        tuple(cards[ref] for ref in shown),
        theme_of(theme) if theme and len(shown) < len(gathered) else "",
        "dossier",
        tuple(notes.get(ref) or "" for ref in shown),
    )


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
    children = [ref for ref in refs if _parent(site.items[ref]) == item.ref]
    if children:
        children.sort(key=lambda ref: _programme_key(site.items[ref]))
        yield Bloc("Au programme", tuple(cards[ref] for ref in children), forme="lignes")
    others = [ref for ref in refs if ref not in children] if children else refs
    for title, over in (("Prochains événements", False), ("Événements passés", True)):
        shown = [cards[ref] for ref in others if site.items[ref].passe is over][:_SHOWN]
        if shown:
            yield Bloc(title, tuple(shown), forme="lignes")


def _parent(item: Item) -> str:
    """Reference of the event that contains this one."""
    name = getattr(item.entry, "evenement_parent", None)
    return f"{Kind.EVENT.value}/{name}" if name else ""


def _programme_key(item: Item) -> tuple[int, float, str]:
    """Order of a programme, whatever the day: by step, then by hour."""
    step = getattr(item.entry, "etape", None) or _LAST_STEP
    start = item.occurrences[0].debut.timestamp() if item.occurrences else 0.0
    return (step, start, item.ref)


def territory_pages(site: Site) -> dict[str, Item]:
    """Territories with a page, by code."""
    return {
        code_of(one.entry): one
        for one in site.of_kind(Kind.TERRITOIRE)
        if isinstance(one.entry, Territoire)
    }


def _territoires(item: Item, pages: Mapping[str, Item]) -> Iterable[tuple[str, str]]:
    """Territories that hold the content, from near to far: a link when they have a page."""
    for code, name in item.territoires:
        page = pages.get(code)
        yield (plain(page.entry.titre), page.url) if page else (name, "")
