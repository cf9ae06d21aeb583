"""What fields of a content name, as links: sheets by their address, plain names as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from portail.facts.base import Value, unlinked
from portail.model.entry import Entry
from portail.model.registry import SIGNING, references_of
from portail.text.typography import signed, unmarked

from .views.shared import Lien


def resolve_names(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Lien, ...]:
    """Links to what a reference field of ``entry`` names; a plain name stays text."""
    mentions = (mention for mention in references_of(entry, key) if len(mention.loc) <= 2)
    resolved = ((mention, mention.named(links)) for mention in mentions)
    shown = (links[ref] if ref else Lien(unlinked(mention)) for mention, ref in resolved)
    if key in SIGNING:
        return tuple(signatures(shown))
    return tuple(shown)


def resolved_values(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Value, ...]:
    return tuple(Value(link.texte, link.url) for link in resolve_names(entry, key, links))


def signatures(links: Iterable[Lien]) -> Iterator[Lien]:
    """Links to who signs, whose examples say it after their names; so does, in the note, the
    structure of an author who is none."""
    for link in links:
        name = signed(link.texte)
        note = signed(link.note) if name == link.texte else unmarked(link.note)
        yield replace(link, texte=name, note=note)
