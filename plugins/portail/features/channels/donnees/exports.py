"""Output « exports »: maps of open data (GeoJSON, RFC 7946), and the list of changes. What has no
place is left out of maps, whose readers stumble over a feature without geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from portail.features.services.fiches.records import Record, facts_of
from portail.outputs.base import TextFile, text_file
from portail.outputs.identifiers import name_of, nature_of, uri
from portail.site.item import Item
from portail.site.memo import kept_answer
from portail.site.positions import position_of
from portail.site.published import published
from portail.site.site import Site
from portail.text.typography import plain

from .catalogue import CHANGES, catalogue, coming, located
from .changes import Change, changes_of, since
from .columns import MARKED, WORDS, table_text, value_at
from .documents import document, head_of

# Of degrees: a metre. More would be noise, and another digest.
_DECIMALS = 5


def _properties(group: str) -> Mapping[str, tuple[str, ...]]:
    rows = {**WORDS["carte"], **WORDS[group]}
    return {name: tuple(path.split(".")) for name, path in rows.items()}


class Map(Struct, frozen=True):
    """One of the files: what it shows, and in which order."""

    items: Callable[[Site], Sequence[Item]]
    # What is said of each: the keys of its record, by name.
    properties: Mapping[str, tuple[str, ...]]


# By the name of the file below ``/api/v1/``.
MAPS: Mapping[str, Map] = {
    "lieux.geojson": Map(located, _properties("carte_lieux")),
    "evenements-a-venir.geojson": Map(coming, _properties("carte_evenements")),
}


def _features(site: Site, nom: str, refs: Sequence[str]) -> Iterator[str]:
    items = [site.items[ref] for ref in refs]
    head = {"type": "FeatureCollection", **head_of(site), "total": len(items)}
    points = [_point(place.lat, place.lon) for item in items if (place := position_of(item, site))]
    if points:
        lons, lats = zip(*points, strict=True)
        head["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return document(head, (_feature(site, nom, ref) for ref in refs), "features")


def _point(lat: float, lon: float) -> list[float]:
    return [round(lon, _DECIMALS), round(lat, _DECIMALS)]


@kept_answer
def _feature(site: Site, nom: str, ref: str) -> Record:
    item = site.items[ref]
    record = {**facts_of(site, ref)}
    record |= {key: plain(record[key]) for key in MARKED & record.keys()}
    if item.upcoming:
        occurrences = record["calcule"]["occurrences"]
        record["prochaine"] = occurrences[item.upcoming.rang]
        record["restantes"] = len(occurrences) - item.past_count
        if record["restantes"] > 1:
            record["seances"] = occurrences[item.past_count :]
    properties = {name: value_at(record, keys) for name, keys in MAPS[nom].properties.items()}
    values = {name: value for name, value in properties.items() if value is not None}
    place = record["calcule"]["position"]
    point = {"type": "Point", "coordinates": _point(place["latitude"], place["longitude"])}
    return {"type": "Feature", "id": record["id"], "geometry": point, "properties": values}


def _changes(site: Site) -> Iterator[str]:
    # The changes of the twelve months that end on the day of ``site``, newest first.
    changes = changes_of(site)
    today = site.day.date
    period = {"du": since(today).isoformat(), "au": today.isoformat()}
    rows = (_row(change, site) for change in changes)
    return document({**head_of(site), **period, "total": len(changes)}, rows)


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


def plan_exports(site: Site) -> Iterator[TextFile]:
    """The files of the catalogue that derive from records, and from the register of what was
    taken back, in its order."""
    for file in catalogue(site):
        if file.format == "csv" and file.kind:
            refs = tuple(item.ref for item in published(site, file.kind))
            yield text_file(site, file.url, table_text, file.kind.value, refs)
        elif file.nom in MAPS:
            refs = tuple(item.ref for item in MAPS[file.nom].items(site))
            yield text_file(site, file.url, _features, file.nom, refs)
        elif file.nom == CHANGES:
            yield text_file(site, file.url, _changes)
