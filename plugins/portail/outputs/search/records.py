"""The names by which a content is found, besides its own words: of places, people, lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portail.files import digest_bytes
from portail.model.entry import REDACTION
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies
from portail.search.postings import Content
from portail.search.words import unpacked
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.slugs import is_slug

__all__ = ["content_of", "seen_of"]

_LABELS = {
    "themes": "themes",
    "genre": "genres",
    "format": "formats",
    "envergure": "envergures",
    "categorie": "categories",
    "contrat": "contrats",
    "publics": "publics",
}
"""Fields whose values are codes of a list, and the list; ``type`` depends on the kind."""
_TYPES = {"lieux": "types-lieux", "ressources": "types-ressources"}
_TOLD = {Kind.LIEU: "adresse accès horaires tarifs contact"}
"""What the page of any content of a kind is there to tell, known yet or not."""
_NOT_NAMED = frozenset({"edition_precedente", "itinerance"})
"""Fields that name what the content is not about: its past, where a tool goes."""


def content_of(item: Item, words: str, site: Site) -> Content:
    """A content as the search reads it; ``words`` are its own (``Store.words``)."""
    return Content(unpacked(words), tuple(dict.fromkeys(filter(None, _names(item, site)))))


def seen_of(item: Item, site: Site) -> str:
    """A digest of all that ``content_of`` depends on, found without making it."""
    titles = [site.items[ref].entry.titre for ref in item.cited]
    code = item.commune.code if item.commune else ""
    return digest_bytes(repr((item.digest, titles, code, item.territoires)).encode())


def _names(item: Item, site: Site) -> Iterator[str]:
    """Where it is, who made it, what it is about, what it is: what counts most comes first."""
    entry: Any = item.entry
    commune, address = item.commune, getattr(entry, "adresse", None)
    if commune:
        yield commune.nom
    yield from _mentions(item, site)
    if address:
        yield address.nom or ""
    yield from entry.mots_cles
    yield from _labels(item, site.vocabularies)
    yield from (name for code, name in item.territoires if not code.startswith("R"))
    if commune:
        yield " ".join(commune.codes_postaux[:3])


def _mentions(item: Item, site: Site) -> Iterator[str]:
    """What its fields name, by its title, or as written."""
    for mention in references_of(item.entry):
        if mention.loc[0] in _NOT_NAMED or mention.value == REDACTION:
            continue
        ref = mention.named(site.items)
        if ref in item.cited:
            yield plain(site.items[ref].entry.titre)
        elif ref is None and not is_slug(mention.value):
            yield mention.value


def _labels(item: Item, vocabularies: Vocabularies) -> Iterator[str]:
    entry = item.entry
    yield entry.kind.info.nom
    lists = dict(_LABELS)
    if entry.kind.value in _TYPES:
        lists["type"] = _TYPES[entry.kind.value]
    for field, name in lists.items():
        value = getattr(entry, field, None) or ()
        for code in (value,) if isinstance(value, str) else value:
            yield _inside(vocabularies[name][code].label)
    for one in getattr(entry, "equipements", ()):
        yield _inside(vocabularies["equipements"][one.type].label)
    yield _TOLD.get(entry.kind, "")


def _inside(label: str) -> str:
    """A label as it is written inside a sentence."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
