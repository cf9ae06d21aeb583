"""The files of ``/api/v1/``: JSON with a head and one record a line, cut by period; maps (GeoJSON,
RFC 7946); the list of changes. What has no place is left out of maps, whose readers stumble over a
feature without geometry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from portail.features.services.fiches.records import Record, facts_of
from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import Derived, TextFile, text_file
from portail.outputs.identifiers import name_of, nature_of, uri
from portail.site.item import Item
from portail.site.memo import answer, kept_answer, published
from portail.site.positions import position_of
from portail.site.site import Site
from portail.site.urls import API, file_of
from portail.text.typography import plain

from .catalogue import (
    CHANGES,
    CUT,
    LICENCE,
    VERSION,
    Fichier,
    api_of,
    attribution,
    catalogue,
    coming,
    located,
)
from .changes import Change, changes_of, since
from .columns import MARKED, WORDS, table_text, value_at
from .periods import Part, day_of, parts, years

# Key of the list of records.
DATA_KEY = "donnees"

# Signs that JSON allows and that some readers of lines take for the end of one.
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def to_json(value: object) -> str:
    """``value`` on one line, for readers of lines too."""
    text = encode(value).decode()
    for sign, escaped in _LINE_ENDS.items():
        text = text.replace(sign, escaped)
    return text


def head_of(site: Site) -> dict[str, Any]:
    return {
        "version": VERSION,
        "licence": LICENCE,
        "attribution": attribution(site.config, site.vocabularies),
    }


def document(
    head: Mapping[str, Any], rows: Iterable[object], name: str = DATA_KEY
) -> Iterator[str]:
    """The text of a document: ``head``, then the list ``name``, one of ``rows`` a line."""
    yield f"{to_json(head)[:-1]},{to_json(name)}:["
    for rank, row in enumerate(rows):
        yield f"{',' if rank else ''}\n{to_json(row)}"
    yield "\n]}\n"


def part_url(kind: Kind, part: Part) -> str:
    return f"{api_of(kind).removesuffix('.json')}/{part.periode}.json"


@answer
def record_url(site: Site, ref: str) -> str:
    """Site path of the file that has the record of a content."""
    item = site.untitled(ref)
    kind = item.entry.kind
    if kind not in CUT:
        return api_of(kind)
    day = f"{day_of(item)}"
    return next(
        part_url(kind, one) for one in parts(site, kind.value) if day.startswith(one.periode)
    )


def parts_list(file: Fichier, kind: Kind, site: Site) -> Derived:
    """The list of the parts of a kind, made of their bytes."""
    periods = parts(site, kind.value)
    paths = tuple(file_of(part_url(kind, part)) for part in periods)
    key = digest_of(*((part.periode, len(part.refs)) for part in periods))
    make = partial(_list, site, kind.value)
    return Derived(file_of(file.url), file.url, paths, make, key=(key,))


def _list(site: Site, of: str, data: Iterable[bytes]) -> bytes:
    kind = Kind(of)
    periods = parts(site, of)
    rows = [
        {
            "periode": part.periode,
            "total": len(part.refs),
            "fichiers": [_file_entry(part_url(kind, part), content)],
        }
        for part, content in zip(periods, data, strict=True)
    ]
    head = {**head_of(site), "total": sum(len(part.refs) for part in periods)}
    return "".join(document(head, rows, "parties")).encode()


def _file_entry(url: str, data: bytes) -> Mapping[str, Any]:
    return {"nom": url.removeprefix(API), "octets": len(data), "sha256": sha256(data).hexdigest()}


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
        record["restantes"] = len(item.coming)
        if record["restantes"] > 1:
            record["seances"] = [occurrences[one.rang] for one in item.coming]
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
            if file.annee:
                refs = years(site, file.kind.value)[file.annee]
            yield text_file(site, file.url, table_text, file.kind.value, refs)
        elif file.nom in MAPS:
            refs = tuple(item.ref for item in MAPS[file.nom].items(site))
            yield text_file(site, file.url, _features, file.nom, refs)
        elif file.nom == CHANGES:
            yield text_file(site, file.url, _changes)
