"""``openagenda.json``: the events to come as the API of OpenAgenda writes them (v2), so that an
agenda there can be fed from the portal.

Names and bounds: https://developers.openagenda.com/en/evenements/structure. A list of slots has no
state of its own: a session that is cancelled is left out, unless the event is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from portail.agenda.occurrences import local
from portail.agenda.recurrence import MAX_OCCURRENCES
from portail.clock import portal_zone
from portail.facts.price import price_terms
from portail.imports.prose import cut
from portail.imports.table import correspondances
from portail.model.event import Event
from portail.model.fields import LIEN_APRES
from portail.model.vocabulary import Vocabularies
from portail.outputs.opendata.catalogue import BY_NAME, LICENCE, OPENAGENDA, announced
from portail.outputs.opendata.cells import SCHEMAS, WORDS
from portail.outputs.opendata.documents import HEAD, Schema, document, head_of, whole
from portail.outputs.opendata.records import Record, record_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import capital, plain

_EVENTS = "events"
_SHORT, _LONG, _TERMS = 200, 10_000, 255
_MODES = {"presentiel": 1, "en-ligne": 2, "hybride": 3}
_PLANNED, _PUBLISHED = 1, 2
_LAST_MINUTE = time(23, 59)
_WAYS = {"url": "link", "courriel": "email", "telephone": "phone"}
_LISTS = (("format", "formats"), ("publics", "publics"), ("themes", "themes"))


def announced_from(site: Site) -> tuple[tuple[str, str], ...]:
    """References of the events to come, the next one first; of one that has too many slots, the day
    from which they are told: such an event alone depends on the day."""

    def first(item: Item) -> str:
        days = sum(one.nombre_de_jours if one.journee else 1 for one in item.occurrences)
        return f"{site.day.date}" if days > MAX_OCCURRENCES else ""

    return tuple((item.ref, first(item)) for item in announced(site))


def events_text(site: Site, refs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The document of these events."""
    head = {**head_of(OPENAGENDA, site), "total": len(refs)}
    rows = (event_of(site.items[ref], site, first) for ref, first in refs)
    return document(head, rows, _EVENTS)


def event_of(item: Item, site: Site, first: str = "") -> dict[str, Any]:
    """One event under the names of OpenAgenda; of its slots, those from the day ``first`` on."""
    record, table = record_of(site, item.ref), correspondances().openagenda
    access = record.get("accessibilite", {})
    states = {ours: theirs for theirs, ours in table.etats.items()}
    online, ways = record.get("en_ligne", ""), record.get("inscription", {})
    told: dict[str, Any] = {
        **_identity(record),
        **_texts(record, item, site),
        **_image(record),
        "registration": [
            {"type": kind, "value": ways[key]} for key, kind in _WAYS.items() if ways.get(key)
        ],
        "timings": [*islice(_timings(record, first), MAX_OCCURRENCES)],
        "timezone": portal_zone().key,
        "age": record.get("age", {}),
        "attendanceMode": _MODES[record["calcule"]["mode"]],
        "onlineAccessLink": "" if online == LIEN_APRES else online,
        "status": states.get(record["etat"], _PLANNED),
        "state": _PUBLISHED,
        "location": _location(record),
        "links": [{"link": record["url"]}],
        "createdAt": _midnight(record.get("publie_le")),
        "updatedAt": _midnight(record.get("modifie") or record.get("publie_le")),
    }
    if access:
        codes = table.handicaps.items()
        told["accessibility"] = {code: access.get(name) == "oui" for code, name in codes}
    always = WORDS["openagenda_toujours"]
    return {key: told[key] for key in SCHEMAS["openagenda"] if told.get(key) or key in always}


def _identity(record: Record) -> dict[str, Any]:
    number = record.get("ids_externes", {}).get("openagenda", "")
    known = number.isascii() and number.isdecimal() and len(number) <= 12
    return {
        "uid": int(number) if known else None,
        "extIds": [{"key": "portail", "value": record["id"]}],
        "slug": record["ref"].rpartition("/")[2],
    }


def _texts(record: Record, item: Item, site: Site) -> dict[str, Any]:
    titre, resume = plain(record["titre"]), plain(record.get("resume", ""))
    short = cut(resume, _SHORT)
    parts = [resume if short != resume else "", record["texte"], _signature(record, site)]
    labels = site.vocabularies.label
    words = [labels(name, code) for key, name in _LISTS for code in record.get(key, ())]
    long, terms = cut("\n\n".join(filter(None, parts)), _LONG), cut(_terms(item, site), _TERMS)
    return {
        "title": {"fr": titre},
        "description": {"fr": short},
        "longDescription": {"fr": long} if long else {},
        "conditions": {"fr": terms} if terms else {},
        "keywords": {"fr": [*dict.fromkeys([*words, *record.get("mots_cles", ())])]},
    }


def _signature(record: Record, site: Site) -> str:
    """Who organises it, and its licence when it is not that of the file."""
    titles = {one["ref"]: one["titre"] for one in record["calcule"].get("cites", ())}
    names = [titles.get(one, one) for one in record.get("organisateurs", ())]
    words = WORDS["openagenda_mots"]
    told = [words["organise"].format(", ".join(names))] if names else []
    if record["licence"] != LICENCE:
        label = site.vocabularies.label("licences", record["licence"])
        told.append(words["licence"].format(label))
    return "\n".join(told)


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
    for one in record["calcule"].get("occurrences", ()):
        if one["etat"] in ("annule", "reporte") and one["etat"] != record["etat"]:
            continue
        if not one["journee"]:
            if one["debut"] >= first:
                yield {"begin": one["debut"], "end": one.get("fin", one["debut"])}
            continue
        day, after = (datetime.fromisoformat(one[key]).date() for key in ("debut", "fin"))
        while day < after:
            if f"{day}" >= first:
                evening = local(day, _LAST_MINUTE).isoformat()
                yield {"begin": local(day).isoformat(), "end": evening}
            day += timedelta(days=1)


def _midnight(day: str | None) -> str:
    return local(date.fromisoformat(day)).isoformat() if day else ""


def _location(record: Record) -> dict[str, Any]:
    """Where it takes place; nothing for what is online alone."""
    computed: Mapping[str, Any] = record["calcule"]
    place, commune = computed.get("adresse", {}), computed.get("commune", {})
    town = place.get("commune") or commune.get("nom")
    if not (town or place.get("nom")):
        return {}
    line = " ".join(filter(None, (place.get("code_postal"), town)))
    found = {
        "extId": computed.get("lieu", {}).get("ref"),
        "name": place.get("nom") or computed.get("lieu", {}).get("titre"),
        "address": ", ".join(filter(None, (place.get("rue"), line))),
        "postalCode": place.get("code_postal"),
        "city": town,
        "insee": commune.get("code"),
        "department": commune.get("nom_departement"),
        "region": commune.get("nom_region"),
        "countryCode": "FR",
    }
    if computed.get("position", {}).get("exacte"):
        found |= {key: computed["position"][key] for key in ("latitude", "longitude")}
    return {key: value for key, value in found.items() if value not in (None, "")}


def openagenda_schema(_: Vocabularies) -> Schema:
    """The JSON Schema of the file."""
    source, total = BY_NAME[OPENAGENDA], SCHEMAS["enveloppe"]["total"]
    named = {**SCHEMAS["openagenda"]["timezone"], "const": portal_zone().key}
    event = {"type": "object", "properties": {**SCHEMAS["openagenda"], "timezone": named}}
    rows = {"type": "array", "items": {**event, "required": WORDS["openagenda_toujours"]}}
    properties = {**HEAD, "total": total, _EVENTS: rows}
    return {"title": source.titre, "description": source.description, **whole(properties)}
