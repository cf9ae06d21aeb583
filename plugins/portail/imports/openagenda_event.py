"""One event of OpenAgenda: each of its fields is taken, said to repeat another, or told as lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import quote

from portail.imports.found import Found, Picture
from portail.imports.hints import price_of
from portail.imports.moments import Seance, between, kept, of_iso
from portail.imports.openagenda_fields import NAMES, Event, folded
from portail.imports.sources import derived, is_html, link, one_line
from portail.imports.table import correspondances

_TABLE = correspondances().openagenda
_UNPUBLISHED = {
    "-1": "refusé",
    "0": "à modérer",
    "1": "prêt à publier",
    "refuse": "refusé",
    "amoderer": "à modérer",
    "acontroler": "à modérer",
    "controle": "prêt à publier",
    "pretapublier": "prêt à publier",
}
"""By the number of the API, and by the folded label of tables."""
_REASONS: Mapping[str, str] = {
    "featured": "c’est à la rédaction du portail de mettre un événement en avant",
    "enune": "c’est à la rédaction du portail de mettre un événement en avant",
    "contributoremail": "l’adresse d’une personne n’est pas reprise",
    "contributorcontactname": "le nom d’une personne n’est pas repris",
    "contributorcontactnumber": "le numéro d’une personne n’est pas repris",
    "contributor": "le nom d’une personne n’est pas repris",
}
_NO_FIELD = "aucun champ du portail ne le dit"
_OF_PLACE = "c’est à la fiche du lieu, dans l’annuaire, de le dire"
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_MOST_SLOTS = 5_000
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_PHONE = re.compile(r"\+?[\d .()-]{10,20}", re.ASCII)
_CUT = re.compile(r"[,;|\s](?=\S*[@:])|[,;|]")


def found_of(event: Event, rank: int, day: date) -> Found:
    """What an event says."""
    titre = event.text("titre")
    if why := _refusal(event, titre):
        return Found(row=rank, namespace="openagenda", titre=titre, refused=why)
    quand = kept(_seances(event), day, event.losses, event.name("seances"))
    conditions = event.text("conditions")
    longue, uid = event.text("texte"), event.text("identifiant")
    values: dict[str, Any] = {
        "resume": event.text("resume"),
        "html" if is_html(longue) else "markdown": longue,
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
        "others": _others(event),
        "mots": _mots(event),
        "langue": event.langue,
    }
    _tell_rest(event)
    namespace, identifier = "openagenda", uid
    if not identifier:
        namespace, identifier = _foreign(event) or (namespace, derived(titre, quand))
    return Found(
        row=rank,
        namespace=namespace,
        identifier=identifier,
        titre=titre,
        quand=quand,
        losses=tuple(event.losses),
        **values,
    )


def _refusal(event: Event, titre: str) -> str:
    """Why an event is not read (French sentence); "" for nothing."""
    if not titre:
        return "Le titre manque : complétez-le sur OpenAgenda, puis exportez de nouveau."
    state = event.value("publication")
    state = one_line(state.get("id") if isinstance(state, dict) else state)
    told = _UNPUBLISHED.get(state) or _UNPUBLISHED.get(folded(state))
    for key, word in (("draft", "un brouillon"), ("private", "privé"), ("removed", "retiré")):
        if event.value(key) in (True, 1, "1", "true"):
            told = word
    return f"L’événement n’est pas publié sur OpenAgenda ({told}) : publiez-le." if told else ""


def _slots(event: Event) -> Iterator[tuple[Any, Any]]:
    """Pairs of a beginning and an end, as they are written."""
    raw = event.value("seances")
    if isinstance(raw, list):
        for one in raw:
            slot = one if isinstance(one, dict) else {"begin": one}
            yield (
                slot.get("begin") or slot.get("start") or slot.get("debut"),
                slot.get("end") or slot.get("fin"),
            )
        return
    instants = _INSTANT.findall(raw) if isinstance(raw, str) else []
    yield from zip(instants[::2], [*instants[1::2], None], strict=False)
    if not instants:
        yield from _ends(event)
        if raw:
            event.lose(event.name("seances"), raw, "ces dates ne se lisent pas")


def _ends(event: Event) -> Iterator[tuple[Any, Any]]:
    """The first and the last slots, for what tells no others."""
    found: list[tuple[Any, Any]] = []
    for first, last in (("debut", "fin"), ("dernier_debut", "dernier_fin")):
        slot, end = event.value(first), event.value(last)
        pair = (slot.get("begin"), slot.get("end")) if isinstance(slot, dict) else (slot, end)
        if pair[0] and pair not in found:
            found.append(pair)
    yield from found
    if len(found) > 1:
        why = "l’export ne dit pas les dates entre la première et la dernière : exportez-les toutes"
        event.lose("timings", "", why)


def _seances(event: Event) -> list[Seance]:
    found: list[Seance] = []
    for count, (debut, fin) in enumerate(_slots(event)):
        if count == _MOST_SLOTS:
            event.lose(
                event.name("seances"), "", f"les dates au-delà de {_MOST_SLOTS} sont laissées"
            )
            break
        seance = between(of_iso(one_line(debut)), of_iso(one_line(fin)))
        if seance:
            found.append(seance)
        else:
            event.lose(event.name("seances"), debut, "cette date ne se lit pas")
    return found


def _adresse(event: Event) -> dict[str, str]:
    inside = event.value("lieu")
    keys = ("nom", "rue", "code_postal", "commune", "insee", "latitude", "longitude")
    source = event
    if isinstance(inside, dict):
        source = Event({"locationname": inside.get("name"), **inside}, "location.")
        source.value("name")
    told = {key: one_line(source.text(f"lieu_{key}")) for key in keys}
    point = source.value("lieu_point")
    if isinstance(point, dict) and not told["latitude"]:
        told |= {"latitude": one_line(point.get("lat")), "longitude": one_line(point.get("lon"))}
    if source is not event:
        for short, name, value in source.rest():
            if short not in _PLACE_TECHNICAL:
                event.lose(name, value, _OF_PLACE)
    told["rue"] = _street(told)
    return {key: value for key, value in told.items() if value}


_PLACE_TECHNICAL = frozenset(
    "uid slug name createdat updatedat extid state department region countrycode country district "
    "timezone agendauid".split()
)


def _street(told: Mapping[str, str]) -> str:
    """The street alone: an address repeats the other fields (« 12 rue X, 62570 Wizernes »)."""
    parts = [part.strip() for part in told["rue"].split(",")]
    post, city = told["code_postal"], told["commune"].lower()
    repeated = {"", told["nom"], "France", "france", "FRANCE"}
    return ", ".join(
        part
        for part in parts
        if part not in repeated and not (post and post in part) and part.lower() != city
    )


def _day(event: Event, field: str) -> str:
    said = event.text(field)
    found = (of_iso(said) or "")[:10]
    if said and not found:
        event.lose(event.name(field), said, "ce jour ne se lit pas")
    return found


def _number(event: Event, field: str) -> int | None:
    value = event.value(field)
    value = value.get("id") if isinstance(value, dict) else value
    with suppress(ValueError, OverflowError, TypeError):
        return None if value is None else int(value)
    event.lose(event.name(field), value, "cette valeur n’est pas de celles d’OpenAgenda")
    return None


def _en_ligne(event: Event) -> str:
    mode, said = _number(event, "presence"), event.text("en_ligne")
    found = link(said)
    if said and not found:
        event.lose(event.name("en_ligne"), said, "ce n’est pas une adresse du web")
    elif mode in _TABLE.a_distance and not found:
        event.lose(event.name("presence"), str(mode), "l’adresse où suivre en ligne manque")
    return found


def _etat(event: Event) -> str:
    status = _number(event, "etat")
    if status is not None and status != 1 and status not in _TABLE.etats:
        event.lose(event.name("etat"), status, "cet état n’est pas de ceux d’OpenAgenda")
    return _TABLE.etats.get(status or 1, "")


def _inscription(event: Event) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw in event.every("inscription"):
        rows: Sequence[Any] = raw if isinstance(raw, list) else [raw]
        if isinstance(raw, str):
            rows = _CUT.split(raw[:5_000])
        for row in rows:
            value = row.get("value") if isinstance(row, dict) else row
            text = one_line(value).strip('"[]{} ')
            key, told = _means(text)
            if key and key not in found:
                found[key] = told
            elif text and found.get(key) != told:
                event.lose("registration", text, "un seul moyen de chaque sorte est repris")
    return found


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
    if isinstance(raw, dict):
        codes = {code for code, value in raw.items() if value in (True, 1, "1", "true")}
    elif isinstance(raw, list):
        codes = {one for one in raw if isinstance(one, str)}
    else:
        codes = set(re.findall(r"\b[a-z]{2}\b", one_line(raw)))
    return {name: "oui" for code, name in _TABLE.handicaps.items() if code in codes}


def _age(event: Event) -> dict[str, str]:
    raw = event.value("age")
    low, high = event.text("age_min"), event.text("age_max")
    if isinstance(raw, dict):
        low, high = one_line(raw.get("min")) or low, one_line(raw.get("max")) or high
    elif raw is not None:
        low, high = [*re.findall(r"\d{1,3}", one_line(raw)), low, high][:2]
    return {key: value for key, value in (("min", low), ("max", high)) if value}


def _picture(event: Event) -> Picture | None:
    raw, credit = event.value("image"), event.text("credit")
    list(event.every("image"))
    source = raw
    if isinstance(raw, dict):
        base, name = one_line(raw.get("base")), one_line(raw.get("filename") or raw.get("url"))
        source = name if link(name) else f"{base}{name}"
    address = link(source)
    if raw and not address:
        event.lose(event.name("image"), raw, "ce n’est pas une adresse du web")
    return Picture(address, credit=credit) if address else None


def _url(event: Event) -> str:
    if address := link(event.text("url")):
        return address
    agenda = event.value("agenda")
    slugs = [one_line(agenda.get("slug")) if isinstance(agenda, dict) else "", event.text("slug")]
    return "https://openagenda.com/{}/events/{}".format(*map(quote, slugs)) if all(slugs) else ""


def _others(event: Event) -> dict[str, Any]:
    """Links of the event are its sources."""
    raw = event.value("liens")
    rows = raw if isinstance(raw, list) else [raw]
    found = dict.fromkeys(link(row.get("link") if isinstance(row, dict) else row) for row in rows)
    addresses = [one for one in found if one]
    references = tuple({"titre": one, "url": one} for one in addresses)
    return {"references": references} if references else {}


def _foreign(event: Event) -> tuple[str, str] | None:
    """The identifier that another data set gives, for an event that OpenAgenda has not yet."""
    raw = event.value("autres_identifiants")
    for row in raw if isinstance(raw, list) else []:
        if isinstance(row, dict):
            key, value = folded(one_line(row.get("key"))), one_line(row.get("value"))
            if key and value:
                return key, value
    return None


def _labels(value: Any) -> list[str]:
    """Labels of a field of choices that an agenda adds to the others."""
    rows = value if isinstance(value, list) else [value]
    found: list[str] = []
    for row in rows:
        label = row.get("label") if isinstance(row, dict) else None
        label = label.get("fr") if isinstance(label, dict) else label
        if not (isinstance(label, str) and label):
            return []
        found.append(one_line(label))
    return found


def _mots(event: Event) -> tuple[str, ...]:
    """Key words, and the labels of the fields that an agenda adds to the others."""
    found: list[str] = []
    for field in NAMES["mots"]:
        value = event.chosen(field)
        words = value if isinstance(value, list) else re.split("[,;|]", one_line(value))
        found += _labels(value) or map(one_line, words)
    for short, _, value in [*event.rest()]:
        if labels := _labels(value):
            event.value(short)
            found += labels
    return tuple(dict.fromkeys(filter(None, map(str.strip, found))))


def _tell_rest(event: Event) -> None:
    for short, name, value in event.rest():
        reason = _OF_PLACE if short.startswith("location") else _REASONS.get(short, _NO_FIELD)
        event.lose(name, value, reason)
