"""Output « exports »: maps of open data (GeoJSON, RFC 7946), and the list of changes. What has no
place is left out of maps, whose readers stumble over a feature without geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from portail.features.channels.donnees.catalogue import (
    BY_NAME,
    CHANGES,
    WHOLES,
    catalogue,
    coming,
    located,
    schema_of,
)
from portail.features.channels.donnees.cells import MARKED, SCHEMAS, WORDS, value_at
from portail.features.channels.donnees.changes import Change, changes_of, since
from portail.features.channels.donnees.columns import COLUMNS, schema_text, table_of, table_text
from portail.features.channels.donnees.documents import (
    HEAD,
    Schema,
    document,
    envelope_schema,
    head_of,
    whole,
)
from portail.features.channels.donnees.geojson import Feature, bounds, point_feature
from portail.features.channels.donnees.records import facts_of
from portail.features.services.schemas.kind_schema import listed
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import TextFile, text_file
from portail.outputs.identifiers import name_of, nature_of, uri
from portail.site.item import Item
from portail.site.positions import position_of
from portail.site.published import published
from portail.site.site import Site
from portail.text.typography import plain


class Property(Struct, frozen=True):
    """What a feature says: name, sentence (French), keys of the record, JSON Schema; ``codes`` is
    a controlled list. It is left out when the record does not say it, unless ``toujours``."""

    nom: str
    description: str
    source: str
    schema: Schema
    codes: str = ""
    toujours: bool = False

    def of(self, record: Mapping[str, Any]) -> Any:
        """Its value in a record; ``None`` where there is none."""
        value = value_at(record, self.source.split("."))
        return plain(value) if value and self.source in MARKED else value

    def json_schema(self, vocabularies: Vocabularies) -> Schema:
        """Its JSON Schema."""
        schema = {"title": self.nom, "description": self.description, **self.schema}
        if not self.codes:
            return schema
        codes = {"type": "string", "x-vocabulaire": self.codes, **listed(self.codes, vocabularies)}
        return {**schema, **({"items": codes} if schema.get("type") == "array" else codes)}


def _properties(group: str) -> tuple[Property, ...]:
    return tuple(Property(**row) for row in (*WORDS["carte"], *WORDS[group]))


class Map(Struct, frozen=True):
    """One of the files: what it shows, in which order, and what is said of each."""

    items: Callable[[Site], Sequence[Item]]
    properties: tuple[Property, ...]


MAPS: Mapping[str, Map] = {
    "lieux.geojson": Map(located, _properties("carte_lieux")),
    "evenements-a-venir.geojson": Map(coming, _properties("carte_evenements")),
}
"""By the name of the file below ``/api/v1/``."""


def _features(site: Site, nom: str, refs: Sequence[str]) -> Iterator[str]:
    items = [site.items[ref] for ref in refs]
    properties = MAPS[nom].properties
    places = (place for item in items if (place := position_of(item, site)))
    box = bounds(point_feature(place.lat, place.lon, {}) for place in places)
    head = {
        "type": "FeatureCollection",
        **head_of(nom, site),
        "total": len(items),
        **({"bbox": box} if box else {}),
    }
    return document(head, (_feature(item, properties, site) for item in items), "features")


def _feature(item: Item, properties: Sequence[Property], site: Site) -> Feature:
    record = {**facts_of(site, item.ref)}
    if item.upcoming:
        occurrences = record["calcule"]["occurrences"]
        record["prochaine"] = occurrences[item.upcoming.rang]
        record["restantes"] = len(occurrences) - item.past_count
    values = {prop.nom: value for prop in properties if (value := prop.of(record)) is not None}
    place = record["calcule"]["position"]
    return point_feature(place["latitude"], place["longitude"], values, id=record["id"])


def map_schema(nom: str, vocabularies: Vocabularies) -> Schema:
    """The JSON Schema of a map, by the name of its file."""
    source = BY_NAME[nom]
    fields = MAPS[nom].properties
    schema = {
        "type": "object",
        "properties": {field.nom: field.json_schema(vocabularies) for field in fields},
        "required": [field.nom for field in fields if field.toujours],
    }
    points = SCHEMAS["points"]
    features = points["features"]
    feature = {**features["items"]}
    feature["properties"] = {**feature["properties"], "properties": schema}
    features = {**features, "items": feature}
    properties = {"type": points["type"], **HEAD, **points, "features": features}
    return {
        "title": source.titre,
        "description": source.description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name != "bbox"],  # that of nothing is no box
    }


def _changes(site: Site, nom: str) -> Iterator[str]:
    """The changes of the twelve months that end on the day of ``site``, newest first."""
    changes = changes_of(site)
    today = site.day.date
    period = {"du": since(today).isoformat(), "au": today.isoformat()}
    rows = (_row(change, site) for change in changes)
    return document({**head_of(nom, site), **period, "total": len(changes)}, rows)


def _row(change: Change, site: Site) -> dict[str, Any]:
    item = site.items.get(change.ref)
    row = {
        "id": name_of(site.config, item) if item else uri(site.config, change.url),
        "ref": change.ref,
        "url": site.config.absolute(change.url),
        "nature": nature_of(change.kind),
        "titre": change.titre,
        "le": change.le.isoformat(),
        "changement": change.changement,
        "motif": change.motif,
        "vers": change.vers,
    }
    return {key: value for key, value in row.items() if value}


def changes_schema(_: Vocabularies) -> Schema:
    """Its JSON Schema."""
    source = BY_NAME[CHANGES]
    schema = envelope_schema(source.titre, source.description, SCHEMAS["changement"])
    properties = {**HEAD, **SCHEMAS["changements"], **schema["properties"]}
    return {**schema, **whole(properties)}


def plan_exports(site: Site) -> Iterator[TextFile]:
    """The files of the catalogue that derive from records, and from the register of what was
    taken back, in its order."""
    files = catalogue(site)
    for file in files:
        nom = file.nom
        if nom in COLUMNS and file.kind and nom not in WHOLES:
            refs = tuple(item.ref for item in published(site, file.kind))
            yield text_file(site, file.url, table_text, nom, refs)
        elif nom in MAPS:
            refs = tuple(item.ref for item in MAPS[nom].items(site))
            yield text_file(site, file.url, _features, nom, refs)
        elif nom == CHANGES:
            yield text_file(site, file.url, _changes, nom)
    for kind in dict.fromkeys(file.kind for file in files if file.kind):
        if (nom := table_of(kind)) in COLUMNS:
            yield text_file(site, schema_of(nom), schema_text, nom)
