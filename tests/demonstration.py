"""The demonstration's contents as their reader finds them, for the tests of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portail.agenda.occurrences import Occurrence
from portail.geo.territories import Geography
from portail.model.entry import Entry
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.site.draft import read_all
from portail.source.loader import list_content
from portail.source.store import MemoryStore

ROOT = Path(__file__).resolve().parents[1]
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
UNSAID = (
    "references code publie_le modifie verifie_le a_ne_pas_manquer image ids_externes debut fin "
    "seances adresse telephone site acces anciennes_urls coordonnees commune siege annee mois rrule"
)
"""Fields whose figures are no figures of a report, or are compared by the tests of cards."""

SLUG = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)+")


@dataclass(frozen=True)
class Content:
    """One content as its reader finds it: figures of its fields, text of its body."""

    entry: Entry
    occurrences: tuple[Occurrence, ...]
    champs: str
    corps: str


def plain(text: str) -> str:
    """The text with plain, single spaces."""
    return " ".join(text.split())


def said(name: str, value: Any) -> Iterator[str]:
    """A field as lines « name : value »; a figure or service goes by its own label."""
    if name in UNSAID.split():
        return
    if isinstance(value, Mapping) and "libelle" in value:
        yield f"{value['libelle']} : {value.get('valeur')}"
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from said(str(key), one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from said(name, one)
    elif not SLUG.fullmatch(str(value)):
        yield f"{name} : {value}"


@cache
def geography() -> Geography:
    """The tables of communes and territories."""
    return Geography.load(ROOT / "data", "Hauts-de-France")


@cache
def contents() -> dict[str, Content]:
    """Every real content of the demonstration, by reference."""
    store = MemoryStore()
    documents = list_content(ROOT / "content", ()).documents
    reading = Reading(Vocabularies.load(ROOT / "data"), geography())
    records = read_all(documents, store, reading, lambda read, files: [read(one) for one in files])
    found = {}
    for document, one in zip(documents, records, strict=True):
        if one.entry is None or one.entry.exemple:
            continue  # what the check refuses, or is made up, is not what is compared here
        fields = said("", one.entry.model_dump(exclude_defaults=True))
        found[f"{document.kind.value}/{document.slug}"] = Content(
            one.entry,
            one.occurrences,
            " · ".join(plain(line) for line in fields),
            " · ".join(plain(line) for line in store.body(one.digest).text.splitlines()),
        )
    return found
