"""The demonstration's contents as their reader finds them, for the tests of what they say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from checkout import ROOT
from portail.cli.contents import MemoryStore
from portail.geo.territories import Geography
from portail.model.entry import Entry
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.pipeline import one_process
from portail.site.draft import read_all
from portail.source.genres import bring_kinds
from portail.source.loader import list_content

_SETTINGS = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
TODAY = date.fromisoformat(re.findall(r'^PORTAIL_DATE = "(.+)"', _SETTINGS, re.MULTILINE)[0])
"""The day of the demonstration."""
GREFFONS = tuple(re.findall(r'"(greffons\.\w+)"', _SETTINGS))
"""What it adds of its own."""


def yaml_of(text):
    """What a text says, by the reader that is written in C."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


SCIENCE = frozenset(yaml_of((ROOT / "tests/faits/sciences.yaml").read_text("utf-8")))
"""Contents whose figures are computed or come from their own sources, not from the reports."""
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
UNSAID = (
    "references code publie_le modifie verifie_le a_ne_pas_manquer image ids_externes debut fin "
    "seances adresse telephone site acces anciennes_urls coordonnees commune siege annee mois "
    "rrule horaires_ouverture duree_visite fermetures tarifs facade"
)
"""Fields whose figures are no figures of a report, or are compared by the tests of cards."""

SLUG = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)+")


def store_of(content, root=None):
    """What reading a site of the repository gives, which no test changes: each file is read once in
    a process, whatever a site is made of it, with the kinds that ``root`` brings."""
    return _store(content, bring_kinds(root or content.parent).digest)


@cache
def _store(content, kinds):
    return MemoryStore()


@dataclass(frozen=True)
class Content:
    """One content as its reader finds it: figures of its fields, text of its body."""

    entry: Entry
    occurrences: tuple
    champs: str
    corps: str


def plain(text):
    """The text with plain, single spaces."""
    return " ".join(text.split())


def said(name, value):
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
def geography():
    """The tables of communes and territories."""
    return Geography.load(ROOT / "data", "Hauts-de-France")


def contents():
    """Every real content of the demonstration, by reference."""
    return {ref: one for ref, one in every_content().items() if not one.entry.exemple}


@cache
def every_content():
    """Every content of the demonstration, those that are examples too."""
    store = store_of(ROOT / "content")
    documents = list_content(ROOT / "content", ()).documents
    reading = Reading(Vocabularies.load(ROOT / "data"), geography())
    records = read_all(documents, store, reading, one_process)
    found = {}
    for document, one in zip(documents, records, strict=True):
        if one.entry is None:
            continue  # what the check refuses is not what is compared here
        fields = said("", one.entry.model_dump(exclude_defaults=True))
        found[f"{document.kind.value}/{document.slug}"] = Content(
            one.entry,
            one.occurrences,
            " · ".join(plain(line) for line in fields),
            " · ".join(plain(line) for line in store.body(one.digest).text.splitlines()),
        )
    return found
