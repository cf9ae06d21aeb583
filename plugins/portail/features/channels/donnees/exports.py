"""Output « exports »: maps of open data (GeoJSON, RFC 7946), the list of changes, events to come as
the API of OpenAgenda writes them (v2), so that an agenda there can be fed from the portal. What has
no place is left out of maps, whose readers stumble over a feature without geometry. Names and
bounds of OpenAgenda: https://developers.openagenda.com/en/evenements/structure. A list of slots has
no state of its own: a session that is cancelled is left out, unless the event is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from msgspec import Struct

from portail.agenda.occurrences import local
from portail.agenda.recurrence import MAX_OCCURRENCES
from portail.clock import portal_zone
from portail.facts.place import anywhere
from portail.facts.price import price_terms
from portail.features.channels.donnees.catalogue import (
    BY_NAME,
    CHANGES,
    LICENCE,
    OPENAGENDA,
    WHOLES,
    announced,
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
from portail.features.channels.donnees.records import Record, facts_of, record_of
from portail.features.services.schemas.kind_schema import listed
from portail.model.event import Event
from portail.model.fields import LIEN_APRES
from portail.model.vocabulary import Vocabularies, iso_of
from portail.outputs.base import TextFile, text_file
from portail.outputs.identifiers import name_of, nature_of, uri
from portail.site.item import Item
from portail.site.positions import position_of
from portail.site.published import published
from portail.site.site import Site
from portail.site.territories import known_by_key
from portail.text.excerpts import cut
from portail.text.typography import capital, plain, signed


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


_EVENTS = "events"
_SHORT = 200
_LONG = 10_000
_TERMS = 255
_MODES = {"presentiel": 1, "en-ligne": 2, "hybride": 3}
_PLANNED = 1
_PUBLISHED = 2
_LAST_MINUTE = time(23, 59)
_WAYS = {"url": "link", "courriel": "email", "telephone": "phone"}
_LISTS = (("format", "formats"), ("publics", "publics"), ("themes", "themes"))


def announced_from(site: Site) -> tuple[tuple[str, str], ...]:
    """References of the events to come, the next one first; of one that has too many slots, the day
    from which they are told: such an event alone depends on the day."""

    def first(item: Item) -> str:
        days = sum(
            occurrence.day_count if occurrence.journee else 1 for occurrence in item.occurrences
        )
        return f"{site.day.date}" if days > MAX_OCCURRENCES else ""

    return tuple((item.ref, first(item)) for item in announced(site))


def events_text(site: Site, refs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The document of these events."""
    head = {**head_of(OPENAGENDA, site), "total": len(refs)}
    rows = (event_of(site.items[ref], site, first) for ref, first in refs)
    return document(head, rows, _EVENTS)


def event_of(item: Item, site: Site, first: str = "") -> dict[str, Any]:
    """One event under the names of OpenAgenda; of its slots, those from the day ``first`` on."""
    from portail.text.hints import correspondances  # here: for events alone

    record = record_of(site, item.ref)
    table = correspondances().openagenda
    access = record.get("accessibilite", {})
    codes = table.handicaps.items() if access else ()
    states = {ours: theirs for theirs, ours in table.etats.items()}
    online = record.get("en_ligne", "")
    ways = record.get("inscription", {})
    event: dict[str, Any] = {
        **_identity(record),
        **_texts(record, item, site),
        **_image(record),
        "registration": [
            {"type": kind, "value": ways[key]} for key, kind in _WAYS.items() if ways.get(key)
        ],
        "accessibility": {code: access.get(name) == "oui" for code, name in codes},
        "timings": [*islice(_timings(record, first), MAX_OCCURRENCES)],
        "timezone": portal_zone().key,
        "age": record.get("age", {}),
        "attendanceMode": _MODES[record["calcule"]["mode"]],
        "onlineAccessLink": "" if online == LIEN_APRES else online,
        "status": states.get(record["etat"], _PLANNED),
        "state": _PUBLISHED,
        "location": _everywhere(item, site) or _location(record, site.vocabularies),
        "links": [{"link": record["url"]}],
        "createdAt": _midnight(record.get("publie_le")),
        "updatedAt": _midnight(record.get("modifie") or record.get("publie_le")),
    }
    always = WORDS["openagenda_toujours"]
    return {key: value for key, value in event.items() if value or key in always}


def _identity(record: Record) -> dict[str, Any]:
    number = record.get("ids_externes", {}).get("openagenda", "")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 12
    return {
        "uid": int(number) if is_number else None,
        "extIds": [{"key": "portail", "value": record["id"]}],
        "slug": record["ref"].rpartition("/")[2],
    }


def _texts(record: Record, item: Item, site: Site) -> dict[str, Any]:
    titre = plain(record["titre"])
    resume = plain(record.get("resume", ""))
    short = cut(resume, _SHORT)
    parts = [resume if short != resume else "", record["texte"], _signature(record, site)]
    labels = site.vocabularies.label
    words = [labels(name, code) for key, name in _LISTS for code in record.get(key, ())]
    long = cut("\n\n".join(filter(None, parts)), _LONG)
    terms = cut(_terms(item, site), _TERMS)
    return {
        "title": {"fr": titre},
        "description": {"fr": short},
        "longDescription": {"fr": long} if long else {},
        "conditions": {"fr": terms} if terms else {},
        "keywords": {"fr": [*dict.fromkeys([*words, *record.get("mots_cles", ())])]},
    }


def _signature(record: Record, site: Site) -> str:
    """Who organises it, and its licence when it is not that of the file."""
    titles = {content["ref"]: content["titre"] for content in record["calcule"].get("cites", ())}
    names = [
        signed(titles.get(organiser, organiser)) for organiser in record.get("organisateurs", ())
    ]
    words = WORDS["openagenda_mots"]
    sentences = [words["organise"].format(", ".join(names))] if names else []
    if record["licence"] != LICENCE:
        label = site.vocabularies.label("licences", record["licence"])
        sentences.append(words["licence"].format(label))
    return "\n".join(sentences)


def _terms(item: Item, site: Site) -> str:
    """Price and booking, in words."""
    booking = item.of(Event).inscription
    regime = site.vocabularies.label("regimes", booking.regime) if booking else ""
    return capital("\u00a0; ".join(filter(None, (price_terms(item, site).short, regime))))


def _image(record: Record) -> dict[str, Any]:
    address = record["calcule"].get("image", {}).get("url", "")
    base, slash, name = address.rpartition("/")
    if not name:
        return {}
    credit = record.get("image", {}).get("credit", "")
    return {"image": {"base": f"{base}{slash}", "filename": name}, "imageCredits": credit}


def _timings(record: Record, first: str) -> Iterator[dict[str, str]]:
    """Slots of a day at most; those of a session that is kept, or of an event that is not."""
    for slot in record["calcule"].get("occurrences", ()):
        if slot["etat"] in ("annule", "reporte") and slot["etat"] != record["etat"]:
            continue
        if not slot["journee"]:
            if slot["debut"] >= first:
                yield {"begin": slot["debut"], "end": slot.get("fin", slot["debut"])}
            continue
        day, after = (datetime.fromisoformat(slot[key]).date() for key in ("debut", "fin"))
        while day < after:
            if f"{day}" >= first:
                evening = local(day, _LAST_MINUTE).isoformat()
                yield {"begin": local(day).isoformat(), "end": evening}
            day += timedelta(days=1)


def _midnight(day: str | None) -> str:
    return local(date.fromisoformat(day)).isoformat() if day else ""


def _everywhere(item: Item, site: Site) -> dict[str, Any]:
    """Whence one takes part in what has no place: OpenAgenda asks for an address all the same."""
    if not item.partout:
        return {}
    territories = (known_by_key(code, site.geography) for code in item.zone)
    names = ", ".join(territory.nom for territory in territories if territory)
    home = site.geography.home
    return {
        "name": anywhere(item, site),
        "address": names or "France",
        **({"region": home.nom} if home else {}),
        "countryCode": "FR",
    }


def _location(record: Record, vocabularies: Vocabularies) -> dict[str, Any]:
    """Where it takes place; nothing for what is online alone."""
    computed: Mapping[str, Any] = record["calcule"]
    place = computed.get("adresse", {})
    commune = computed.get("commune", {})
    town = place.get("commune") or commune.get("nom")
    if not (town or place.get("nom")):
        return {}
    line = " ".join(filter(None, (place.get("code_postal"), town)))
    location = {
        "extId": computed.get("lieu", {}).get("ref"),
        "name": place.get("nom") or computed.get("lieu", {}).get("titre"),
        "address": ", ".join(filter(None, (place.get("salle"), place.get("rue"), line))),
        "postalCode": place.get("code_postal"),
        "city": town,
        "insee": commune.get("code"),
        "department": commune.get("nom_departement"),
        "region": commune.get("nom_region"),
        "countryCode": iso_of(vocabularies, commune.get("pays", "")),
    }
    if computed.get("position", {}).get("exacte"):
        location |= {key: computed["position"][key] for key in ("latitude", "longitude")}
    return {key: value for key, value in location.items() if value not in (None, "")}


def openagenda_schema(_: Vocabularies) -> Schema:
    """The JSON Schema of the file."""
    source = BY_NAME[OPENAGENDA]
    total = SCHEMAS["enveloppe"]["total"]
    named = {**SCHEMAS["openagenda"]["timezone"], "const": portal_zone().key}
    event = {"type": "object", "properties": {**SCHEMAS["openagenda"], "timezone": named}}
    rows = {"type": "array", "items": {**event, "required": WORDS["openagenda_toujours"]}}
    properties = {**HEAD, "total": total, _EVENTS: rows}
    return {"title": source.titre, "description": source.description, **whole(properties)}


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
        elif nom == OPENAGENDA:
            yield text_file(site, file.url, events_text, announced_from(site))
        elif nom == CHANGES:
            yield text_file(site, file.url, _changes, nom)
    for kind in dict.fromkeys(file.kind for file in files if file.kind):
        if (nom := table_of(kind)) in COLUMNS:
            yield text_file(site, schema_of(nom), schema_text, nom)
