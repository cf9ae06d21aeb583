"""Output « opendata »: ``/api/v1/``, the contents as files for other programs, with their
schemas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from portail.features.channels.donnees.addresses import DATA, api_of
from portail.features.channels.donnees.catalogue import (
    CHANGES,
    CUT,
    FORMATS,
    INDEX,
    KINDS,
    WHOLES,
    Fichier,
    catalogue,
    index_of,
    schema_of,
)
from portail.features.channels.donnees.cells import WORDS
from portail.features.channels.donnees.columns import table_of, table_text
from portail.features.channels.donnees.documents import (
    HEAD,
    Schema,
    document,
    envelope_schema,
    forms,
    head_of,
    index_schema,
    joined_file,
    part_url,
    parts,
    to_json,
    whole,
)
from portail.features.channels.donnees.exports import (
    MAPS,
    changes_schema,
    map_schema,
    plan_exports,
)
from portail.features.channels.donnees.page import plan_data
from portail.features.channels.donnees.records import (
    DEFAULTS,
    LEFT_OUT,
    computed_schema,
    facts_of,
    record_of,
)
from portail.features.services.schemas.kind_schema import BASE, kind_schema, listed
from portail.model.event import Retour
from portail.model.kinds import PLACES, Kind, ranked
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import Derived, TextFile, text_file
from portail.outputs.identifiers import nature_of
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.published import published
from portail.site.site import Site
from portail.site.urls import API
from portail.text.place import filled

if TYPE_CHECKING:
    from portail.outputs.base import Artifact

TAKEN = ranked(lambda info: info.grows)
"""What a structure takes to its own site, in this order."""
FILE = "tout.json"
"""Its name, below the page of a structure."""
MOST = 300
"""Contents that it holds: half a megabyte. ``portail exporter`` gives all of them, and texts."""


@per_site
def _exported(site: Site) -> frozenset[str]:
    return frozenset(item.ref for kind in TAKEN for item in published(site, kind))


@answer
def _named(site: Site, ref: str) -> tuple[str, ...]:
    """What names a structure in its fields, kind after kind, in the order of references: a new day
    moves nothing, and its documents are made again only for another list."""
    there = _exported(site)
    named = (site.indexes.by_target.get(ref, ()), site.indexes.apart.get(ref, ()))
    refs = dict.fromkeys(entry_ref for some in named for entry_ref in some if entry_ref in there)
    return tuple(
        sorted(
            refs, key=lambda entry_ref: (TAKEN.index(site.items[entry_ref].entry.kind), entry_ref)
        )
    )


def contents_of(site: Site, ref: str) -> list[Item]:
    """What names the structure ``ref`` in its fields, kind after kind."""
    return [site.items[entry_ref] for entry_ref in _named(site, ref)]


def whole_text(site: Site, ref: str) -> Iterator[str]:
    """The document of a structure: its record, then those of its contents."""
    refs = [ref, *_named(site, ref)]
    return document({**head_of("", site), "total": len(refs)}, (record_of(site, it) for it in refs))


def _facts_text(site: Site, ref: str) -> Iterator[str]:
    """The same without texts, which the files that ``index`` names hold: an edit of one rewrites
    nothing here. Of more than ``MOST`` contents, the last published ones; ``total`` counts what is
    there."""
    contents = contents_of(site, ref)
    last = sorted(contents, key=lambda item: (item.entry.publie_le or date.min, item.ref))
    latest = {item.ref for item in last[-MOST:]}
    refs = [ref, *(item.ref for item in contents if item.ref in latest)]
    head = {**head_of("", site), "index": site.config.absolute(INDEX), "total": len(refs)}
    return document(head, (facts_of(site, entry_ref) for entry_ref in refs))


def events_text(site: Site, ref: str) -> Iterator[str]:
    """The table of the events of a structure, with the columns of ``evenements.csv``."""
    events = [item.ref for item in contents_of(site, ref) if item.entry.kind.info.dated]
    yield from table_text(site, "evenements.csv", events)


def markdown_text(site: Site, ref: str) -> Iterator[str]:
    """The same contents as a page to paste: title, days, summary, address."""
    yield f"# {site.items[ref].entry.titre}\n"
    for kind in TAKEN:
        items = [item for item in contents_of(site, ref) if item.entry.kind is kind]
        if items:
            yield f"\n## {kind.info.rubrique}\n"
            recent = sorted(items, key=lambda item: str(_days(item, site)), reverse=True)
            yield from (_line(item, site) for item in recent)


def _days(item: Item, site: Site) -> tuple[str, str]:
    """Its first and its last day; empty for what has none."""
    derived = record_of(site, item.ref)["calcule"]
    return derived.get("premier_jour", ""), derived.get("dernier_jour", "")


def _line(item: Item, site: Site) -> str:
    first, last = _days(item, site)
    days = f" ({first})" if first == last and first else f" ({first} – {last})" if first else ""
    url = site.config.absolute(item.url)
    return f"\n- [{item.entry.titre}]({url}){days} : {item.entry.resume}\n"


def structures(site: Site) -> Sequence[str]:
    """Structures that have a file: those that many contents name."""
    least = max(2, site.config.seuil_listes)
    lieux = (item.ref for kind in PLACES for item in published(site, kind))
    return [ref for ref in lieux if len(_named(site, ref)) >= least]


# JSON Schemas (draft 2020-12) of the files of ``/api/v1/``.
# That of a kind is the one of its front matter, less what only concerns who writes a file:
# errors, limits of length, closed lists of keys. It says what a file holds, and lets v1 grow.

_FOR_WRITERS = frozenset(
    """x-erreurs x-code x-completion x-regles x-codes x-phrases x-signes x-alias x-identifiant
    x-mot x-forme x-france not minLength maxLength maxItems additionalProperties minimum
    maximum""".split()
)
"""Words that only tell whoever writes a file what is refused."""


def record_schema(kind: Kind, vocabularies: Vocabularies) -> Schema:
    """The schema of one record of a kind."""
    front = _open(exported_fields(kind, vocabularies))
    calcule = _enumerated(computed_schema(kind), vocabularies)
    fields = front["properties"]
    ours = {**WORDS["schemas"]["identite"]}
    ours["nature"] = {**ours["nature"], "const": nature_of(kind)}
    always = [key for key in fields if key in front["required"] or key in DEFAULTS]
    return {
        "title": front["title"],
        "type": "object",
        "properties": {**ours, **fields, "texte": WORDS["schemas"]["texte"], "calcule": calcule},
        "required": [*ours, *always, "texte", "calcule"],
    }


def exported_fields(kind: Kind, vocabularies: Vocabularies) -> Schema:
    """The schema of the front matter of a kind, for the fields that a record tells, as it writes
    them; their examples are still to be filled."""
    schema = kind_schema(kind, vocabularies, None)
    fields = {key: field for key, field in schema["properties"].items() if key not in LEFT_OUT}
    if "elements" in fields:  # always written as groups
        items = fields["elements"]["items"]["anyOf"][1]
        fields["elements"] = {**fields["elements"], "items": items}
    if "retour" in fields:
        returned = fields["retour"]["properties"]
        returned = {key: field for key, field in returned.items() if key not in Retour.tus}
        fields["retour"] = {**fields["retour"], "properties": returned}
    if "eligibles" in fields:  # what it was named when it was one text
        fields["pour_qui"] = WORDS["schemas"]["pour_qui"]
    return {**schema, "properties": fields}


def _open(schema: Any) -> Any:
    """A schema of front matter without the words for writers, at any depth."""
    if isinstance(schema, list):
        return [_open(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for word, value in schema.items():
        if word == "properties":
            result[word] = {name: _open(part) for name, part in value.items()}
        elif word in ("default", "examples", "enum", "x-libelles"):
            result[word] = value
        elif word not in _FOR_WRITERS or (word == "additionalProperties" and value):
            result[word] = _open(value)
    return result


def _enumerated(schema: Any, vocabularies: Vocabularies) -> Any:
    """A schema with the lists of codes that it names written out, at any depth."""
    if isinstance(schema, list):
        return [_enumerated(part, vocabularies) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {word: _enumerated(part, vocabularies) for word, part in schema.items()}
    name = schema.get("x-vocabulaire")
    if isinstance(name, str):
        result |= listed(name, vocabularies)
    return result


def _kind_document(kind: Kind, vocabularies: Vocabularies) -> Schema:
    info = kind.info
    return envelope_schema(
        info.plusieurs,
        WORDS["fichiers"]["genre"].format(nom=info.nom),
        record_schema(kind, vocabularies),
    )


_INDEX = INDEX.removeprefix(API)
SCHEMAS: Mapping[str, Callable[[Vocabularies], Schema]] = {
    **{api_of(kind).removeprefix(API): partial(_kind_document, kind) for kind in KINDS},
    **{index_of(kind): partial(index_schema, kind) for kind in CUT},
    **{nom: partial(map_schema, nom) for nom in MAPS},
    CHANGES: changes_schema,
    _INDEX: lambda _: {
        **WORDS["fichiers"]["index"],
        **whole({**HEAD, **WORDS["schemas"]["index"]}),
    },
}
"""What makes the schema of each file, by the name of the file."""


def plan_open_data(site: Site) -> Iterator[TextFile | Derived]:
    """One JSON file for each kind that holds something, in the order of the catalogue, the list of
    all files, their schemas. One edit rewrites the files that hold the content and those that name
    it; a new day rewrites none of them."""
    files = catalogue(site)
    if not files:
        return
    for file in files:
        if file.kind and file.cut:
            yield from _parts(file.kind, site)
        if file.kind and (file.cut or file.nom in WHOLES):
            yield joined_file(file, file.kind, site)
        elif file.kind and file.url == api_of(file.kind):
            refs = tuple(item.ref for item in published(site, file.kind))
            yield text_file(site, file.url, _records, file.nom, refs)
    yield text_file(site, INDEX, _index)
    for ref in structures(site):
        yield text_file(site, f"{site.items[ref].url}{FILE}", _facts_text, ref)
    kinds = (api_of(file.kind).removeprefix(API) for file in files if file.kind)
    for nom in dict.fromkeys((*kinds, *(file.nom for file in files), _INDEX)):
        if nom in SCHEMAS:
            yield text_file(site, schema_of(nom), _schema, nom)


def _parts(kind: Kind, site: Site) -> Iterator[TextFile]:
    """The files of each period: what the whole would hold of it."""
    nom = api_of(kind).removeprefix(API)
    for part in parts(site, kind):
        refs = tuple(item.ref for item in part.items)
        yield text_file(site, part_url(kind, part, "json"), _records, nom, refs)
        if "csv" in forms(kind):
            yield text_file(site, part_url(kind, part, "csv"), table_text, table_of(kind), refs)


def _records(site: Site, nom: str, refs: Sequence[str]) -> Iterator[str]:
    rows = (record_of(site, ref) for ref in refs)
    return document({**head_of(nom, site), "total": len(refs)}, rows)


def _index(site: Site) -> Iterator[str]:
    config = site.config
    words = WORDS["fichiers"]
    head = {
        **head_of(_INDEX, site),
        "titre": words["tete"].format(nom=config.nom),
        "description": words["portee"].format(en_region=config.en_region),
        "editeur": config.nom,
        "langue": "fr",
        "documentation": config.absolute(DATA),
    }
    return document(head, (_file_row(file, site) for file in catalogue(site)), "fichiers")


def _file_row(file: Fichier, site: Site) -> Mapping[str, Any]:
    """A file, like a ``dcat:Distribution`` (https://www.w3.org/TR/vocab-dcat-3/), with the day of
    the last change of what it tells, if something is dated."""
    absolute = site.config.absolute
    row = {
        "nom": file.nom,
        "titre": file.titre,
        "description": file.description,
        "adresse": absolute(file.url),
        "format": FORMATS[file.format][0],
        "type": file.type,
        "total": file.total,
        "schema": absolute(file.schema),
    }
    items = published(site, file.kind) if file.kind else ()
    if days := [item.entry.jour for item in items if item.entry.jour]:
        row["modifie"] = max(days).isoformat()
    return row


def _schema(site: Site, nom: str) -> Iterator[str]:
    described = filled(SCHEMAS[nom](site.vocabularies), site.geography.place.typed)
    schema = {"$schema": BASE, "$id": site.config.absolute(schema_of(nom)), **described}
    yield f"{to_json(schema)}\n"


def plan(site: Site) -> Iterator[Artifact]:
    """Every file of open data, and the page that presents them."""
    yield from plan_exports(site)
    yield from plan_open_data(site)
    yield from plan_data(site)
