"""One event of OpenAgenda: each of its fields is taken, said to repeat another, or told as lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import quote

from portail.text.hints import correspondances, price_of
from portail.text.public import Said, as_json, said_in, speaks
from portail_importer.importer.sources.items import Loss, Picture, SourceItem
from portail_importer.importer.sources.moments import (
    Seance,
    between,
    doubtful_end,
    limited,
    of_iso,
)
from portail_importer.importer.sources.prose import (
    derived,
    filled,
    folded,
    in_a_row,
    is_html,
    link,
    listed,
    many_lines,
    once,
    one_line,
    part_of,
)

_TABLE = correspondances().openagenda
NAMES: Mapping[str, tuple[str, ...]] = _TABLE.noms
_REPEATED = frozenset(NAMES["repete"])


def _is_filled(value: Any) -> bool:
    """Whether a value says something: what is false is what no one ticked."""
    if isinstance(value, dict | list):
        return any(map(_is_filled, value.values() if isinstance(value, dict) else value))
    return value is not None and value is not False and value != ""


class Event:
    """Fields of an event by any of their names; it remembers which were asked for."""

    def __init__(self, raw: Mapping[str, Any], prefix: str = "") -> None:
        self.prefix = prefix
        self.langue = ""
        self.losses: list[Loss] = []
        self.doubts: list[Loss] = []
        self._used: set[str] = set()
        self._by_name: dict[str, tuple[str, Any]] = {}
        for name, value in raw.items():
            if _is_filled(value) or (value is False and speaks(name, as_json(value))):
                self._by_name.setdefault(folded(name), (name, value))

    def value(self, field: str) -> Any:
        """What the event says under one of the names of ``field``; ``None`` for nothing."""
        for name in self._present(field):
            self._used.add(name)
            return self._by_name[name][1]
        return None

    def every(self, field: str) -> Iterator[Any]:
        """What it says under each of the names of ``field``."""
        for name in self._present(field):
            if name not in self._used:
                self._used.add(name)
                yield self._by_name[name][1]

    def name(self, field: str) -> str:
        """The name that the source gives ``field``."""
        return next((self.prefix + self._by_name[name][0] for name in self._present(field)), field)

    def _present(self, field: str) -> Iterator[str]:
        """The folded names of ``field`` that it has; each also stands with « fr » after it."""
        names = (full for name in NAMES.get(field, (field,)) for full in (name, f"{name}fr"))
        return (name for name in names if name in self._by_name)

    def chosen(self, field: str) -> Any:
        """What it says in French, if there is a choice: other languages are told as lost."""
        value = self.value(field)
        if not isinstance(value, dict) or "label" in value:
            return value
        langue = "fr" if _is_filled(value.get("fr")) else next(filter(value.get, value), "fr")
        for code, translation in value.items():
            if code != langue and _is_filled(translation):
                self.lose(f"{self.name(field)}.{code}", translation, "le portail est en français")
        if field == "titre" and langue != "fr":
            self.langue = langue
        return value.get(langue)

    def text(self, field: str) -> str:
        """The same as a text."""
        value = self.chosen(field)
        if isinstance(value, list):
            return in_a_row(*map(one_line, value))
        return many_lines(value) or one_line(value)

    def unread(self, field: str, value: Any, reason: str) -> None:
        """Tells that a field is left, and why."""
        self.lose(self.name(field), value, reason)

    def lose(self, name: str, value: Any, reason: str) -> None:
        """The same of what has this ``name`` in the source."""
        self.losses.append(Loss(name, one_line(as_json(value))[:200], reason))

    def rest(self) -> Iterator[tuple[str, str, Any]]:
        """What no one asked for: folded name, name, value."""
        for short, (name, value) in self._by_name.items():
            if short not in self._used and short.removesuffix("fr") not in _REPEATED:
                yield short, self.prefix + name, value


_STATES = {"-1": "refusé", "0": "à modérer", "1": "prêt à publier", "2": "publié"}
"""By the number of the API."""
_FEATURED = "c’est à la rédaction du portail de mettre un événement en avant"
_PERSON = "le nom d’une personne n’est pas repris"
_REASONS = {
    **dict.fromkeys(("featured", "enune"), _FEATURED),
    **dict.fromkeys(("contributor", "contributorcontactname"), _PERSON),
    "contributoremail": "l’adresse d’une personne n’est pas reprise",
    "contributorcontactnumber": "le numéro d’une personne n’est pas repris",
}
_TRUE = (True, 1, "1", "true")
_NO_FIELD = "aucun champ du portail ne le dit"
_PLACE_TECHNICAL = frozenset(
    "uid slug name createdat updatedat extid state department region countrycode country district "
    "timezone agendauid".split()
)
_OF_PLACE = "c’est à la fiche du lieu, dans l’annuaire, de le dire"
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_MOST_SLOTS = 5_000
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_PHONE = re.compile(r"\+?[\d .()-]{10,20}", re.ASCII)
_NAMESPACE = "openagenda"
_CUT = re.compile(r"[,;|\s](?=\S*[@:])|[,;|]")


def item_of(event: Event, rank: int, day: date) -> SourceItem:
    """What an event says."""
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
        "organisateurs": tuple(filter(None, [event.text("organisateur")])),
        "conditions": conditions,
        "tarif": price_of(conditions),
        "inscription": _inscription(event),
        "age": _age(event),
        "accessibilite": _accessibilite(event),
        "etat": _etat(event),
        "publie_le": _day(event, "publie_le"),
        "modifie": _day(event, "modifie"),
        "url": _url(event),
        "picture": _picture(event),
        "extra": _others(event),
        "mots": _mots(event),
        "langue": event.langue,
    }
    _tell_rest(event)
    if not identifier:
        namespace, identifier = _foreign(event) or (_NAMESPACE, derived(titre, quand))
    return SourceItem(
        row=rank,
        namespace=namespace,
        identifier=identifier,
        titre=titre,
        quand=quand,
        losses=tuple(event.losses),
        doubts=tuple(event.doubts),
        **values,
    )


def _tell_rest(event: Event) -> None:
    """Tell what no field takes, once all of them have taken theirs."""
    for short, name, value in event.rest():
        reason = _OF_PLACE if short.startswith("location") else _REASONS.get(short, _NO_FIELD)
        event.lose(name, value, reason)


def _said(event: Event) -> tuple[Said, ...]:
    state = one_line(part_of(event.value("publication"), "id"))
    on = [name for name in ("draft", "private", "removed") if event.value(name) in _TRUE]
    said = {"state": _STATES.get(state, state), **dict.fromkeys(on, "true")}
    return said_in("openagenda", said)


def _slots(event: Event) -> Iterator[tuple[Any, Any]]:
    """Pairs of a beginning and an end, as they are written."""
    raw = event.value("seances")
    if isinstance(raw, list):
        for timing in raw:
            slot = timing if isinstance(timing, dict) else {"begin": timing}
            begin = slot.get("begin") or slot.get("start") or slot.get("debut")
            yield begin, slot.get("end") or slot.get("fin")
        return
    instants = _INSTANT.findall(raw) if isinstance(raw, str) else []
    yield from zip(instants[::2], [*instants[1::2], None], strict=False)
    if not instants:
        yield from _ends(event)
        if raw:
            event.unread("seances", raw, "ces dates ne se lisent pas")


def _ends(event: Event) -> Iterator[tuple[Any, Any]]:
    """The first and the last slots, for what tells no others."""
    pairs: list[tuple[Any, Any]] = []
    for first, last in (("debut", "fin"), ("dernier_debut", "dernier_fin")):
        slot = event.value(first)
        end = event.value(last)
        pair = (slot.get("begin"), slot.get("end")) if isinstance(slot, dict) else (slot, end)
        pairs += [pair] if pair[0] and pair not in pairs else []
    yield from pairs
    if len(pairs) > 1:
        why = "l’export ne dit pas les dates entre la première et la dernière : exportez-les toutes"
        event.lose("timings", "", why)


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
    inside = event.value("lieu")
    source = event
    keys = ("nom", "rue", "code_postal", "commune", "insee", "latitude", "longitude", "pays")
    if isinstance(inside, dict):
        source = Event({"locationname": inside.get("name"), **inside}, "location.")
        source.value("name")
    fields = {key: one_line(source.text(f"lieu_{key}")) for key in keys}
    point = source.value("lieu_point")
    if isinstance(point, dict) and not fields["latitude"]:
        fields |= {"latitude": one_line(point.get("lat")), "longitude": one_line(point.get("lon"))}
    for short, name, value in source.rest() if source is not event else ():
        if short not in _PLACE_TECHNICAL:
            event.lose(name, value, _OF_PLACE)
    fields["rue"] = _street(fields)
    return filled(fields)


def _street(fields: Mapping[str, str]) -> str:
    """The street alone: an address repeats the other fields (« 12 rue X, 62570 Wizernes »)."""
    parts = [part.strip() for part in fields["rue"].split(",")]
    post = fields["code_postal"]
    city = fields["commune"].lower()
    repeated = {"", fields["nom"], "France", "france", "FRANCE"}
    own = (part for part in parts if part not in repeated and part.lower() != city)
    return ", ".join(part for part in own if not (post and post in part))


def _day(event: Event, field: str) -> str:
    text = event.text(field)
    day = (of_iso(text) or "")[:10]
    if text and not day:
        event.unread(field, text, "ce jour ne se lit pas")
    return day


def _number(event: Event, field: str) -> int | None:
    value = part_of(event.value(field), "id")
    with suppress(ValueError, OverflowError, TypeError):
        return None if value is None else int(value)
    event.unread(field, value, "cette valeur n’est pas de celles d’OpenAgenda")
    return None


def _en_ligne(event: Event) -> str:
    mode = _number(event, "presence")
    text = event.text("en_ligne")
    address = link(text)
    if text and not address:
        event.unread("en_ligne", text, "ce n’est pas une adresse du web")
    elif mode in _TABLE.a_distance and not address:
        event.unread("presence", str(mode), "l’adresse où suivre en ligne manque")
    return address


def _etat(event: Event) -> str:
    status = _number(event, "etat")
    if status is not None and status != 1 and status not in _TABLE.etats:
        event.unread("etat", status, "cet état n’est pas de ceux d’OpenAgenda")
    return _TABLE.etats.get(status or 1, "")


def _inscription(event: Event) -> dict[str, str]:
    ways: dict[str, str] = {}
    for raw in event.every("inscription"):
        for row in _CUT.split(raw[:5_000]) if isinstance(raw, str) else listed(raw):
            text = one_line(part_of(row, "value")).strip('"[]{} ')
            key, way = _means(text)
            if key and key not in ways:
                ways[key] = way
            elif text and ways.get(key) != way:
                event.lose("registration", text, "un seul moyen de chaque sorte est repris")
    return ways


def _means(text: str) -> tuple[str, str]:
    """How to book: its key in ``inscription`` and its value."""
    if address := link(text):
        return "url", address
    if _MAIL.fullmatch(text):
        return "courriel", text
    return ("telephone", text.strip()) if _PHONE.fullmatch(text) else ("", text)


def _accessibilite(event: Event) -> dict[str, str]:
    """What is not said is unknown, never « non »."""
    raw = event.value("accessibilite")
    codes: list[Any] = re.findall(r"\b[a-z]{2}\b", one_line(raw))
    if isinstance(raw, dict):
        codes = [code for code, value in raw.items() if value in _TRUE]
    elif isinstance(raw, list):
        codes = raw
    return {name: "oui" for code, name in _TABLE.handicaps.items() if code in codes}


def _age(event: Event) -> dict[str, str]:
    raw = event.value("age")
    low = event.text("age_min")
    high = event.text("age_max")
    if isinstance(raw, dict):
        low = one_line(raw.get("min")) or low
        high = one_line(raw.get("max")) or high
    elif raw is not None:
        low, high = [*re.findall(r"\d{1,3}", one_line(raw)), low, high][:2]
    return filled({"min": low, "max": high})


def _picture(event: Event) -> Picture | None:
    raw = source = event.value("image")
    [*event.every("image")]
    if isinstance(raw, dict):
        base = one_line(raw.get("base"))
        name = one_line(raw.get("filename") or raw.get("url"))
        source = name if link(name) else f"{base}{name}"
    address = link(source)
    if raw and not address:
        event.unread("image", raw, "ce n’est pas une adresse du web")
    credit = event.text("credit")
    return Picture(address, credit=credit) if address else None


def _url(event: Event) -> str:
    if address := link(event.text("url")):
        return address
    agenda = event.value("agenda")
    slugs = [one_line(agenda.get("slug")) if isinstance(agenda, dict) else "", event.text("slug")]
    return "https://openagenda.com/{}/events/{}".format(*map(quote, slugs)) if all(slugs) else ""


def _others(event: Event) -> dict[str, Any]:
    """Links of the event are its sources."""
    rows = listed(event.value("liens"))
    links = dict.fromkeys(link(part_of(row, "link")) for row in rows)
    references = tuple({"titre": address, "url": address} for address in links if address)
    return {"references": references} if references else {}


def _foreign(event: Event) -> tuple[str, str] | None:
    """The identifier that another data set gives, for an event that OpenAgenda has not yet."""
    rows = (row for row in listed(event.value("autres_identifiants")) if isinstance(row, dict))
    pairs = ((folded(one_line(row.get("key"))), one_line(row.get("value"))) for row in rows)
    return next((pair for pair in pairs if all(pair)), None)


def _labels(value: Any) -> list[str]:
    """Labels of a field of choices that an agenda adds to the others."""
    labels: list[str] = []
    for row in listed(value):
        label = part_of(row.get("label"), "fr") if isinstance(row, dict) else None
        if not (isinstance(label, str) and label):
            return []
        labels.append(one_line(label))
    return labels


def _mots(event: Event) -> tuple[str, ...]:
    """Key words, and the labels of the fields that an agenda adds to the others."""
    mots: list[str] = []
    for value in map(event.chosen, NAMES["mots"]):
        words = value if isinstance(value, list) else re.split("[,;|]", one_line(value))
        mots += _labels(value) or map(one_line, words)
    for short, _, value in [*event.rest()]:
        if labels := _labels(value):
            event.value(short)
            mots += labels
    return once(map(str.strip, mots))
