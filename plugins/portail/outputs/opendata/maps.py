"""Maps of open data (GeoJSON, RFC 7946), the list of changes, the exports.

What has no place is left out: readers of maps stumble over a feature without geometry. The rest of
what is known is one ``ref`` away, in the JSON of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from portail.geo.drawing import Feature, bounds, point_feature
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import TextFile, text_file
from portail.outputs.headers import nature_of, uri
from portail.outputs.opendata.catalogue import (
    BY_NAME,
    CHANGES,
    OPENAGENDA,
    catalogue,
    coming,
    located,
    published,
    schema_of,
)
from portail.outputs.opendata.cells import SCHEMAS, WORDS, value_at
from portail.outputs.opendata.columns import COLUMNS, schema_text, table_of, table_text
from portail.outputs.opendata.documents import (
    HEAD,
    Schema,
    document,
    envelope_schema,
    head_of,
    whole,
)
from portail.outputs.opendata.openagenda import announced_from, events_text
from portail.outputs.opendata.records import facts_of
from portail.outputs.pages.maps.board import position_of
from portail.schemas.kind_schema import listed
from portail.site.item import Item
from portail.site.redirections import Change, changes_of, since
from portail.site.site import Site


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
        return value_at(record, self.source.split("."))

    def told(self, vocabularies: Vocabularies) -> Schema:
        """Its JSON Schema."""
        found = {"title": self.nom, "description": self.description, **self.schema}
        if not self.codes:
            return found
        codes = {"type": "string", "x-vocabulaire": self.codes, **listed(self.codes, vocabularies)}
        return {**found, **({"items": codes} if found.get("type") == "array" else codes)}


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
    items, properties = [site.items[ref] for ref in refs], MAPS[nom].properties
    places = (place for item in items if (place := position_of(item, site)))
    box = bounds(point_feature(one.lat, one.lon, {}) for one in places)
    head = {
        "type": "FeatureCollection",
        **head_of(nom, site),
        "total": len(items),
        **({"bbox": box} if box else {}),
    }
    return document(head, (_feature(item, properties, site) for item in items), "features")


def _feature(item: Item, properties: Sequence[Property], site: Site) -> Feature:
    record = {**facts_of(site, item.ref)}
    if item.prochaine:
        occurrences = record["calcule"]["occurrences"]
        record["prochaine"] = occurrences[item.prochaine.rang]
        record["restantes"] = len(occurrences) - item.passees
    told = {one.nom: value for one in properties if (value := one.of(record)) is not None}
    place = record["calcule"]["position"]
    return point_feature(place["latitude"], place["longitude"], told, id=record["id"])


def map_schema(nom: str, vocabularies: Vocabularies) -> Schema:
    """The JSON Schema of a map, by the name of its file."""
    source, told = BY_NAME[nom], MAPS[nom].properties
    said = {
        "type": "object",
        "properties": {one.nom: one.told(vocabularies) for one in told},
        "required": [one.nom for one in told if one.toujours],
    }
    points = SCHEMAS["points"]
    features = points["features"]
    feature = {**features["items"]}
    feature["properties"] = {**feature["properties"], "properties": said}
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
    changes, today = changes_of(site), site.day.date
    period = {"du": since(today).isoformat(), "au": today.isoformat()}
    rows = (_row(one, site) for one in changes)
    return document({**head_of(nom, site), **period, "total": len(changes)}, rows)


def _row(one: Change, site: Site) -> dict[str, Any]:
    row = {
        "id": uri(site.config, one.url),
        "ref": one.ref,
        "url": site.config.absolute(one.url),
        "nature": nature_of(one.kind),
        "titre": one.titre,
        "le": one.le.isoformat(),
        "changement": one.changement,
        "motif": one.motif,
        "vers": one.vers,
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
    for one in files:
        nom = one.nom
        if nom in COLUMNS and one.kind:
            refs = tuple(item.ref for item in published(site, one.kind))
            yield text_file(site, one.url, table_text, nom, refs)
        elif nom in MAPS:
            refs = tuple(item.ref for item in MAPS[nom].items(site))
            yield text_file(site, one.url, _features, nom, refs)
        elif nom == OPENAGENDA:
            yield text_file(site, one.url, events_text, announced_from(site))
        elif nom == CHANGES:
            yield text_file(site, one.url, _changes, nom)
    for kind in dict.fromkeys(one.kind for one in files if one.kind):
        if (nom := table_of(kind)) in COLUMNS:
            yield text_file(site, schema_of(nom), schema_text, nom)
