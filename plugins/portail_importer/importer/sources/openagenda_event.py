"""One event of OpenAgenda: each of its fields is taken, said to repeat another, or told as lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import islice, zip_longest
from typing import Any
from urllib.parse import quote

from portail.text.hints import price_of
from portail_importer.importer.public import Said, as_json, said_in, said_under, speaks

from .items import Loss, Picture, SourceItem
from .moments import (
    Seance,
    between,
    doubtful_end,
    limited,
    of_iso,
)
from .prose import (
    derived,
    filled,
    folded,
    in_a_row,
    is_html,
    link,
    listed,
    many_lines,
    means_of,
    once,
    one_line,
    part_of,
)
from .record import Record


def _is_filled(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_is_filled, value.values() if isinstance(value, dict) else value))
    return value is not None and value is not False and value != ""


def _unstrung(value: Any) -> Any:
    # A value that open data writes as JSON in a text.
    if isinstance(value, str) and value[:1] in ("{", "["):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


class Event(Record):
    """An event; of several languages it gives French, the others being told."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        raw = {name: _unstrung(value) for name, value in raw.items()}
        place = raw.get("location")
        inside = place if isinstance(place, dict) else {}
        pairs = {**raw, **{f"location.{name}": value for name, value in inside.items()}}
        pairs |= {"location": None} if inside else {}
        super().__init__(
            "openagenda",
            (
                (name, value)
                for name, value in pairs.items()
                if _is_filled(value) or (value is False and speaks(name, as_json(value)))
            ),
        )
        self.langue = ""
        self.doubts: list[Loss] = []

    def chosen(self, key: str) -> Any:
        """What it says in French, if there is a choice."""
        value = self.first(key)
        if not isinstance(value, dict) or "label" in value:
            return value
        langue = "fr" if _is_filled(value.get("fr")) else next(filter(value.get, value), "fr")
        if key == "titre" and langue != "fr":
            self.langue = langue
        return value.get(langue)

    def text(self, key: str) -> str:
        value = self.chosen(key)
        if isinstance(value, list):
            return in_a_row(*map(one_line, value))
        return many_lines(value) or one_line(value)

    def unread(self, key: str, value: Any, reason: str) -> None:
        self.doubts.append(Loss(self.name(key), one_line(as_json(value))[:200], reason))


# By the number of the API.
_STATES = {"-1": "refusé", "0": "à modérer", "1": "prêt à publier", "2": "publié"}
_TRUE = (True, 1, "1", "true")
_MOST_SLOTS = 5_000
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]{5,12}(?:Z|[+-]\d\d:?\d\d(?![\d-]))?)?")
_NAMESPACE = "openagenda"
_PLACE = ("nom", "rue", "code_postal", "commune", "insee", "latitude", "longitude", "pays")


def item_of(event: Event, rank: int, day: date) -> SourceItem:
    titre = event.text("titre")
    if not titre:
        why = "Le titre manque : complétez-le sur OpenAgenda, puis exportez de nouveau."
        return SourceItem(row=rank, namespace=_NAMESPACE, refused=why)
    quand = limited(_seances(event), day, event.losses, event.name("seances"))
    conditions = event.text("conditions")
    text = event.text("texte")
    namespace = _NAMESPACE
    identifier = event.text("identifiant")
    values: dict[str, Any] = {
        "said": _said(event),
        "resume": event.text("resume"),
        "html" if is_html(text) else "markdown": text,
        "adresse": _adresse(event),
        "en_ligne": _en_ligne(event),
        "organisateurs": once([event.text("organisateur")]),
        "par": event.text("par"),
        "conditions": conditions,
        "tarif": price_of(conditions),
        "inscription": _inscription(event),
        "age": _age(event),
        "accessibilite": _accessibilite(event),
        "publie_le": event.moment("publie_le")[:10],
        "modifie": event.moment("modifie")[:10],
        "url": _url(event),
        "picture": _picture(event),
        "extra": _references(event),
        "mots": _mots(event),
        "langue": event.langue,
    }
    if not identifier:
        namespace, identifier = _foreign(event) or (_NAMESPACE, derived(titre, quand))
    return SourceItem(
        row=rank,
        namespace=namespace,
        identifier=identifier,
        titre=titre,
        quand=quand,
        losses=tuple(event.losses),
        untaken=tuple((name, one_line(as_json(value))) for name, value in event.rest()),
        doubts=tuple(event.doubts),
        **values,
    )


def _said(event: Event) -> tuple[Said, ...]:
    state = one_line(part_of(event.first("publication"), "id"))
    on = [name for name in ("draft", "private", "removed") if event.first(name) in _TRUE]
    status = event.first("etat")
    code = one_line(part_of(status, "id") or part_of(status, "value"))
    said = {
        "state": _STATES.get(state, state),
        "status": event.names.codes["etats"].get(code, status),
        **dict.fromkeys(on, "true"),
    }
    cancelled = said_under("annulé", as_json(event.first("annule") or ""), date.max)
    return (*said_in("openagenda", said), *filter(None, [cancelled]))


def _slots(event: Event) -> Iterator[tuple[Any, Any]]:
    # Pairs of a beginning and an end, as they are written: in a table, JSON, or « begin->end ».
    raw = event.first("seances")
    timings = raw
    if isinstance(raw, str):
        instants = _INSTANT.findall(raw)
        pairs = zip_longest(instants[::2], instants[1::2])
        timings = [{"begin": begin, "end": end} for begin, end in pairs if of_iso(begin)]
    for timing in timings if isinstance(timings, list) else ():
        slot = timing if isinstance(timing, dict) else {"begin": timing}
        begin = slot.get("begin") or slot.get("start") or slot.get("debut")
        yield begin, slot.get("end") or slot.get("fin")
    if not (timings and isinstance(timings, list)):
        yield from _ends(event)
        if raw:
            event.unread("seances", raw, "ces dates ne se lisent pas")


def _ends(event: Event) -> Iterator[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for first, last in (("debut", "fin"), ("dernier_debut", "dernier_fin")):
        slot = event.first(first)
        end = event.first(last)
        pair = (slot.get("begin"), slot.get("end")) if isinstance(slot, dict) else (slot, end)
        pairs += [pair] if pair[0] and pair not in pairs else []
    yield from pairs
    if len(pairs) > 1:
        why = "l’export ne dit pas les dates entre la première et la dernière : exportez-les toutes"
        event.doubts.append(Loss("timings", "", why))


def _seances(event: Event) -> list[Seance]:
    seances: list[Seance] = []
    slots = _slots(event)
    for debut, fin in islice(slots, _MOST_SLOTS):
        first = of_iso(one_line(debut))
        last = of_iso(one_line(fin))
        event.doubts += doubtful_end(event.name("seances"), first, last)
        if seance := between(first, last):
            seances.append(seance)
        else:
            event.unread("seances", debut, "cette date ne se lit pas")
    if next(slots, None):
        event.unread("seances", "", f"les dates au-delà de {_MOST_SLOTS} sont laissées")
    return seances


def _adresse(event: Event) -> dict[str, str]:
    fields = {key: one_line(event.text(f"lieu_{key}")) for key in _PLACE}
    point = event.first("lieu_point")
    if isinstance(point, dict) and not fields["latitude"]:
        fields |= {"latitude": one_line(point.get("lat")), "longitude": one_line(point.get("lon"))}
    return filled(fields)


def _number(event: Event, key: str) -> int | None:
    value = part_of(event.first(key), "id")
    with suppress(ValueError, OverflowError, TypeError):
        if value is None:
            return None
        return int(value)
    event.unread(key, value, "cette valeur n’est pas de celles d’OpenAgenda")
    return None


def _en_ligne(event: Event) -> str:
    mode = _number(event, "presence")
    text = event.text("en_ligne")
    address = link(text)
    if text and not address:
        event.unread("en_ligne", text, "ce n’est pas une adresse du web")
    elif mode in event.names.codes["a_distance"] and not address:
        event.unread("presence", str(mode), "l’adresse où suivre en ligne manque")
    return address


def _inscription(event: Event) -> dict[str, str]:
    ways: dict[str, str] = {}
    for raw in event.all("inscription"):
        rows = _parts(raw[:5_000]) if isinstance(raw, str) else listed(raw)
        for row in rows:
            text = one_line(part_of(row, "value")).strip('"[]{} ')
            key, way = means_of(text)
            if key:
                ways.setdefault(key, way)
    return ways


def _parts(text: str) -> list[str]:
    # What a cell of a table lists; an address is a part of its own.
    words = text.replace(";", ",").replace("|", ",").split(" ")
    return " ".join(f",{word}" if {"@", ":"} & {*word} else word for word in words).split(",")


def _accessibilite(event: Event) -> dict[str, str]:
    raw = event.first("accessibilite")
    codes: list[Any] = [code.strip() for code in _parts(one_line(raw))]
    if isinstance(raw, dict):
        codes = [code for code, value in raw.items() if value in _TRUE]
    elif isinstance(raw, list):
        codes = raw
    handicaps = event.names.codes["handicaps"]
    return {name: "oui" for code, name in handicaps.items() if code in codes}


def _age(event: Event) -> dict[str, str]:
    raw = event.first("age")
    ends = [event.text("age_min"), event.text("age_max")]
    if isinstance(raw, dict):
        own = [one_line(raw.get(name)) for name in ("min", "max")]
        ends = [one or end for one, end in zip(own, ends, strict=True)]
    elif raw is not None:
        words = one_line(raw).replace("-", " ").split()
        ends = [*filter(str.isdecimal, words), *ends]
    return filled({"min": ends[0], "max": ends[1]})


def _picture(event: Event) -> Picture | None:
    raw = source = next(iter(event.all("image")), None)
    if isinstance(raw, dict):
        base = one_line(raw.get("base"))
        name = one_line(raw.get("filename") or raw.get("url"))
        source = name if link(name) else f"{base}{name}"
    address = link(source)
    credit = event.text("credit")
    if address:
        return Picture(address, credit=credit)
    return None


def _url(event: Event) -> str:
    if address := link(event.text("url")):
        return address
    agenda = event.first("agenda")
    slugs = [one_line(agenda.get("slug")) if isinstance(agenda, dict) else "", event.text("slug")]
    if all(slugs):
        return "https://openagenda.com/{}/events/{}".format(*map(quote, slugs))
    return ""


def _references(event: Event) -> dict[str, Any]:
    rows = listed(event.first("liens"))
    links = dict.fromkeys(link(part_of(row, "link")) for row in rows)
    references = tuple({"titre": address, "url": address} for address in links if address)
    if references:
        return {"references": references}
    return {}


def _foreign(event: Event) -> tuple[str, str] | None:
    # The identifier that another data set gives, for an event that OpenAgenda has not yet.
    rows = (row for row in listed(event.first("autres_identifiants")) if isinstance(row, dict))
    pairs = ((folded(one_line(row.get("key"))), one_line(row.get("value"))) for row in rows)
    return next((pair for pair in pairs if all(pair)), None)


def _labels(value: Any) -> list[str]:
    labels: list[str] = []
    for row in listed(value):
        label = None
        if isinstance(row, dict):
            label = part_of(row.get("label"), "fr")
        if not (isinstance(label, str) and label):
            return []
        labels.append(one_line(label))
    return labels


def _mots(event: Event) -> tuple[str, ...]:
    # Key words, and the labels of the fields that an agenda adds to the others.
    mots: list[str] = []
    for value in map(event.chosen, event.names.champs["mots"]):
        words = value if isinstance(value, list) else _parts(one_line(value))
        mots += _labels(value) or map(one_line, words)
    for name, value in [*event.rest()]:
        if labels := _labels(value):
            event.first(folded(name))
            mots += labels
    return once(map(str.strip, mots))
