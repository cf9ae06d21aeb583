"""From what a document says alone to its item: what it leads to, names, shows; where and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from portail.files import digest_of
from portail.geo.territories import Commune
from portail.links import RefIndex, is_media, site_path, split_target
from portail.model.annonce import Annonce
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.registry import Mention
from portail.model.ressource import Ressource
from portail.model.territoire import Territoire
from portail.site.draft import Draft
from portail.site.item import Item, Written
from portail.site.rules.bodies import find_media
from portail.site.territories import Held, around, lineage
from portail.site.urls import NOT_FOUND, path_of
from portail.source.store import Loaded

__all__ = ["ItemMaker", "shown_medias"]

_NOT_CITED = {"communautes", "dossiers", "territoires", "regle"}


def shown_medias(loaded: Loaded, draft: Draft) -> dict[str, PurePosixPath]:
    """Pictures and documents that a content shows or links to, by the name it gives them."""
    entry, facts = loaded.entry, loaded.facts
    assert entry is not None and facts is not None
    names = [image.source for image in facts.images]
    names += [entry.image.fichier] if entry.image else []
    names += [link.target for link in facts.links if is_media(split_target(link.target).path)]
    found = {}
    for name in names:
        media = find_media(split_target(name).path, loaded.path, draft)
        if media:
            found[name] = media
    return found


class ItemMaker:
    """Makes the items of the documents that are published, ``visible`` by reference."""

    def __init__(self, draft: Draft, visible: Mapping[str, Loaded]) -> None:
        self.draft = draft
        self.visible = visible
        moved = {old: new for old, new in draft.moved.items() if new in visible}
        self.refs = RefIndex(visible, moved)
        self.urls = {ref: path_of(one.entry) for ref, one in visible.items() if one.entry}
        self._around: dict[str, tuple[Held, ...]] = {}

    def item(self, ref: str, loaded: Loaded) -> Item:
        """The item of a visible document."""
        entry, facts, today = loaded.entry, loaded.facts, self.draft.day.date
        assert entry is not None and facts is not None
        medias = shown_medias(loaded, self.draft)
        links = {
            link.target: self._destination(link.target, loaded.path)
            for link in facts.links
            if link.target not in medias
        }
        coming = [one for one in loaded.occurrences if not one.passe(today)]
        past = len(loaded.occurrences) - len(coming)
        live = (one for one in coming if one.maintenue)
        mentions = self.draft.mentions(entry)
        named = [(one, there) for one in mentions if (there := one.named(self.visible))]
        commune = self._commune(entry)
        renamed = [one.written for one in self.draft.renamed.get(ref, ())]
        digest, front = (
            digest_of(one, *renamed) if renamed else one for one in (loaded.digest, loaded.front)
        )
        return Item(
            ref,
            self.urls[ref],
            entry,
            Written(facts, digest, loaded.digest, front),
            loaded.occurrences,
            commune,
            next(live, coming[0] if coming else None),
            past,
            _is_over(entry, today) if isinstance(entry, Annonce) else past > 0 and not coming,
            links,
            medias,
            tuple(dict.fromkeys(there for _, there in named)),
            tuple(dict.fromkeys(there for one, there in named if _is_cited(one))),
            self._territories(entry, commune),
        )

    def _destination(self, written: str, source: PurePosixPath) -> str:
        """Site path that an internal address leads to.

        Only a preview still has addresses of what is not there: they lead to the 404 page.
        """
        target = split_target(written)
        anchor = f"#{target.anchor}" if target.anchor else ""
        if not target.path:
            return anchor
        found = self.refs.find(target.path, source)
        if found:
            return self.urls[found[0]] + anchor
        if self.draft.refs.find(target.path, source) or is_media(target.path):
            return NOT_FOUND
        return site_path(target.path) + anchor

    def _commune(self, entry: Entry) -> Commune | None:
        """Where a content is: its own commune, its address's, its lieu's or its owner's."""
        code: str | None = getattr(entry, "commune", None)
        if isinstance(entry, Lieu):
            code = entry.code_commune
        elif isinstance(entry, Event) and entry.adresse:
            code = entry.adresse.commune
        lieu = self._lieu(entry)
        if code is None and lieu is not None:
            code = lieu.code_commune
        return self.draft.geography.by_code(code) if code else None

    def _lieu(self, entry: Entry) -> Lieu | None:
        """Where an event is, what an article is about, who lends a tool."""
        name = entry.proprietaire if isinstance(entry, Ressource) else getattr(entry, "lieu", None)
        lieu = self.draft.entry(f"{Kind.LIEU.value}/{name}") if name else None
        return lieu if isinstance(lieu, Lieu) else None

    def _territories(self, entry: Entry, commune: Commune | None) -> tuple[Held, ...]:
        geography = self.draft.geography
        held: tuple[Held, ...] = ()
        if commune:
            known = self._around.get(commune.code)
            held = known or self._around.setdefault(commune.code, around(commune, geography))
        typed = entry.territoires
        if commune is None and not typed:
            lieu = self._lieu(entry)
            typed = lieu.territoires if lieu else ()
        if not typed and not isinstance(entry, Territoire):
            return held
        found = dict(held)
        for slug in typed:
            page = self.draft.entry(f"{Kind.TERRITOIRE.value}/{slug}")
            one = page if isinstance(page, Territoire) else geography.territoire(slug)
            for code, name in lineage(one, geography) if one else ():
                found.setdefault(code, name)
        if isinstance(entry, Territoire):
            found.update(lineage(entry, geography)[1:])
        return tuple(found.items())


def _is_over(annonce: Annonce, today: date) -> bool:
    return annonce.echeance is not None and annonce.echeance < today


def _is_cited(mention: Mention) -> bool:
    """Whether pages write the name: what is gathered has its card, a rule is not shown."""
    return mention.reference.code != "E401" and mention.loc[0] not in _NOT_CITED
