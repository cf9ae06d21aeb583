"""From front matter to a typed entry, former keys included, and from every fault to a
diagnostic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar, get_args, get_origin

from msgspec import structs
from pydantic import BaseModel, ValidationError

from portail.codes import diagnostic
from portail.diagnostics import NO_FIX, Diagnostic, Fix, Position
from portail.model.aliases import ALIASES, DAYS, LISTS, SESSION, aliases_of
from portail.model.entry import Entry, Groupe
from portail.model.event import Event
from portail.model.faults import MEANT, Fault, FieldPath, example_line, missing, phrase
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.model.scalars import Moment, Reading
from portail.model.states import safest, state_of_title
from portail.text.dates import heure, iso_end, iso_moment, jour
from portail.text.loud import loud
from portail.text.place import filled
from portail.text.suggest import MISTAKE, ranked

from .document import Node, in_flow, quoted
from .groups import as_group


def rename_aliases(root: Node, fields: frozenset[str], path: PurePosixPath) -> list[Diagnostic]:
    """Rename in place the foreign keys of ``root`` that ``fields`` lack; return the advice
    (C205).
    """
    ours = aliases_of(fields)
    advice = _rename(root, ours, fields, path)
    sessions = None
    if isinstance(root.value, dict):
        sessions = root.value.get("seances")
    if sessions is not None and "seances" in fields:
        for session in sessions.value if isinstance(sessions.value, list) else [sessions]:
            if isinstance(session, Node):
                advice += _rename(session, SESSION, frozenset(SESSION.values()), path)
    return advice


def _rename(
    group: Node, ours: dict[str, str], fields: frozenset[str], path: PurePosixPath
) -> list[Diagnostic]:
    if not isinstance(group.value, dict):
        return []
    advice: list[Diagnostic] = []
    renamed = {}
    for name, node in group.value.items():
        target = ours.get(name.lower())
        if target is None or name in fields or target in group.value or target in renamed:
            renamed[name] = node
        else:
            fix = _adapt(name.lower(), node, target)
            renamed[target] = node
            place = node.position(path, of_key=True)
            advice.append(diagnostic("C205", place, fix, cle=name, propose=target))
    group.value = renamed
    return advice


def _adapt(name: str, node: Node, target: str) -> Fix:
    # Read Pelican's forms, lists separated by commas or semicolons and days with an hour; returns
    # what to write instead, under ``target``.
    written = node.value
    day = listed = ""
    if not isinstance(written, str):
        return Fix(key=target)
    if name in LISTS:
        separator = ";" if ";" in written else ","
        quoted = node.length == len(written) + 2
        column = node.column + quoted
        items = []
        for piece in written.split(separator):
            item = piece.strip()
            start = column + len(piece) - len(piece.lstrip())
            items.append(Node(item, node.line, start, len(item)))
            column += len(piece) + 1
        node.value = [item for item in items if item.value]
        if len(node.value) > 1:
            listed = f"[{', '.join(in_flow(str(item.value)) for item in node.value)}]"
    elif name in DAYS:
        node.value = day = written.replace("T", " ").split(" ")[0]
    return Fix(day if day != written else "", listed, target)


_FROM_PATH = ("slug", "source")


def validate(
    root: Node, kind: Kind, slug: str, path: PurePosixPath, reading: Reading
) -> tuple[Entry, list[Diagnostic], list[str]]:
    """Type the front matter ``root`` of ``path``.

    Returns the entry and every diagnostic of its fields, in one pass, and the fields that a draft
    still lacks. With an error the entry lacks the faulty fields: other rules read the rest.
    """
    model = MODELS[kind]
    names = frozenset(model.model_fields) - model.closed - set(_FROM_PATH)
    diagnostics = rename_aliases(root, names, path)
    data: Any = root.plain()
    faults = list(_unknown_keys(data, names, kind))
    for fault in faults:
        data.pop(fault.loc[0], None)
        data.pop(fault.values.get("_group"), None)
    known = {"slug": slug, "source": path}
    partial, raised = judged(model, {**data, **known}, reading, _misspelt(faults))
    faults += raised
    gaps = [fault for fault in faults if partial.en_cours and _is_gap(fault)]
    diagnostics += [
        locate(_ended(fault, root, kind), root, path) for fault in faults if fault not in gaps
    ]
    diagnostics += [*_advice(reading, root, path), *_loud(root, path)]
    if isinstance(partial, Event):
        diagnostics += _stated(partial, reading, root, path)
    lacking = [str((*fault.loc, *fault.needs)[0]) for fault in gaps]
    return partial, diagnostics, [*dict.fromkeys(lacking)]


def _is_gap(fault: Fault) -> bool:
    return bool(fault.needs) or fault.code == "E206"


def _ended(fault: Fault, root: Node, kind: Kind) -> Fault:
    # ``fault``; for an end written as an hour alone, the remedy takes the day of the beginning.
    if fault.code != "E210" or not kind.info.dated or fault.loc[-1:] != ("fin",):
        return fault
    # Of a list of one that is written without a dash, the group is the list itself.
    around = (root.at(fault.loc[:-1]), root.at(fault.loc[:-2]))
    group: Any = next(node for node in around if isinstance(node.value, dict)).plain()
    begun = group.get("debut") or next(
        (value for key, value in group.items() if key.lower() == "date"), ""
    )
    end = None
    if isinstance(begun, str):
        end = iso_end(group["fin"], begun)
    if end is None:
        return fault
    remedy = phrase("ecrire_heure", exemple=end)
    line = ""
    if len(fault.loc) < 2:
        line = f"fin: {end}"
    values = {**fault.values, "remede": remedy}
    return structs.replace(fault, values=values, paste=line, fix=Fix(end))


def judged(
    model: type[Entry], data: dict[str, Any], reading: Reading, misspelt: Collection[str] = ()
) -> tuple[Entry, list[Fault]]:
    """The entry of a front matter as plain values, and every fault of these."""
    reading.advice.clear()
    try:
        partial = model.model_validate(data, context=reading)
        faults = list[Fault]()
        faulty = set(misspelt)
    except ValidationError as error:
        faults = _faults(error, model)
        faulty = {
            *misspelt,
            *_misspelt(faults),
            *(str(fault.loc[0]) for fault in faults if fault.loc),
        }
        valid = {key: value for key, value in data.items() if key not in faulty}
        advice = list(reading.advice)
        partial = model.model_validate(valid, context=reading)
        reading.advice[:] = advice
    across = [
        fault
        for fault in _across(partial)
        if not faulty.intersection((*fault.needs, *fault.loc[:1]))
    ]
    return partial, [_at_home(fault, reading) for fault in (*faults, *across)]


def _misspelt(faults: Iterable[Fault]) -> set[str]:
    values = (fault.values for fault in faults if len(fault.loc) == 1)
    return {str(value.get("_near") or value.get("_for")) for value in values}


_Group = TypeVar("_Group", bound=Groupe)
_Model = TypeVar("_Model", bound=BaseModel)


def validate_group(
    model: type[_Group], root: Node, path: PurePosixPath, reading: Reading
) -> tuple[_Group | None, list[Diagnostic]]:
    """Type a file that is not a content: what it says, ``None`` with an error, and its faults."""
    reading.advice.clear()
    try:
        return model.model_validate(root.plain(), context=reading), []
    except ValidationError as error:
        return None, [locate(fault, root, path) for fault in _faults(error, model)]


def _at_home(fault: Fault, reading: Reading) -> Fault:
    # ``fault``, its example of what to write in the region of the portal.
    if fault.code not in ("E201", "E208") or "$" not in f"{fault.values}":
        return fault
    words = reading.places.place.words
    return structs.replace(
        fault, values=filled(fault.values, words), paste=filled(fault.paste, words)
    )


def _across(entry: Entry) -> Iterator[Fault]:
    # An outing that others announce is told by its title, its day and its place.
    provided: tuple[str, ...] = ()
    if entry.d_apres and entry.kind.info.dated:
        provided = ("resume", "format")
    for key in entry.obligatoires:
        if not getattr(entry, key) and key not in provided:
            yield missing(key, type(entry).model_fields[key].examples)
    yield from entry.rules(entry)


# Keys of other tools that no field of ours stands for: each has its sentence in ``phrases``.
_NOT_KEYS = frozenset({"slug", "source", "category", "template", "save_as", "url"})


def _unknown_keys(data: dict[str, Any], names: frozenset[str], kind: Kind) -> Iterator[Fault]:
    begun = ""
    if kind.info.dated and (moment := _moment(data)):
        begun = f"debut: {moment}"
    opened = ""
    for key in data:
        if key in names:
            opened = key if data[key] == "" else ""
        elif kind.info.dated and key.lower() == "date":
            fix = _begun(data, key)
            line = f"debut: {fix.value}" if fix.value else ""
            yield Fault("E214", (key,), {"_key": True, "_near": "debut"}, line, fix=fix)
        elif opened and key in _fields_of_group(kind, opened):
            remedy = phrase("retrait", cle=opened)
            values = {"cle": key, "remede": remedy, "_for": opened, "_group": opened}
            yield Fault("E204", (key,), {**values, "_key": True}, fix=Fix(key=f"  {key}"))
        elif begun and key.lower() in HOURS:
            values = {"cle": key, "remede": phrase("avec_jour", ligne=begun), "_for": "debut"}
            yield Fault("E204", (key,), {**values, "_key": True})
        elif key not in names and _says_where(key, data, kind):
            yield Fault("E266", (key,))  # where to write it would be one more mistake
        elif key not in names:
            yield _unknown((key,), names, data[key])


# Keys by which people say an hour apart from its day.
HOURS = frozenset({"heure", "horaire", "heure_debut"})
# Keys that say when an event takes place.
_WHEN = frozenset({"debut", "seances", "horaires"})
_DAYS = frozenset({"debut", "date", "jour", "date_debut"})


def _moment(data: Mapping[str, Any]) -> str:
    # When an event begins, if two keys say its day and its hour; else ``""``.
    said = [
        next((str(value) for key, value in data.items() if key.lower() in keys), "")
        for keys in (_DAYS, HOURS)
    ]
    if all(said):
        return iso_moment(" ".join(said)) or ""
    return ""


def _begun(data: Mapping[str, Any], key: str) -> Fix:
    # What to write for ``key``, « date » of an event; sure when it cannot be the day on which that
    # is published, nor of another moment than the hour that stands apart.
    day = None
    if isinstance(data[key], str):
        day = iso_moment(data[key])
    begun = _moment(data)
    hour = next((name for name in data if name.lower() in HOURS), "")
    beside = (hour, "") if hour else None
    is_alone = not any(name.lower() in _WHEN for name in data) and "publie_le" in data
    agrees = not hour or (begun[:10] == day and len(begun) > 10)
    return Fix(begun or day or "", "", "debut", beside, bool(day) and is_alone and agrees)


def _fields_of_group(kind: Kind, key: str) -> Collection[str]:
    # The fields of the group ``key``; none of what is no group, or a list of them.
    annotation = MODELS[kind].model_fields[key].annotation
    if get_origin(annotation) is tuple:
        return ()
    group = next(models_in(annotation, Groupe), None)
    if group:
        return group.model_fields
    return ()


def _says_where(key: str, data: Mapping[str, Any], kind: Kind) -> bool:
    # Whether ``key`` gives an address to what is everywhere.
    return "partout" in data and kind.info.dated and MEANT.get(key.lower()) == "adresse"


def _unknown(loc: FieldPath, names: Collection[str], value: Any = None) -> Fault:
    # The fault of a key that is none of ``names``, in their order; ``value`` is what it says.
    key = str(loc[-1])
    near = ranked(key.lower(), names)
    same = ALIASES.get(key.lower())
    meant = MEANT.get(key.lower())
    fix = NO_FIX
    if key in _NOT_KEYS:
        remedy = phrase(f"cle_{key}")
    elif same in names:
        near = []
        remedy = phrase("deja", meme=same)
    elif meant in names:
        near = []
        remedy = _synonym(key.lower(), str(meant), value)
    elif value == "" and len(loc) > 1 and not near:
        remedy = phrase("virgule")
    elif near:
        remedy = phrase("proche", propose=near[0][1])
        # What is one mistake away from a single key is that key.
        ranks = [rank for rank, _ in near]
        fix = Fix(key=near[0][1], sure=ranks[0] <= MISTAKE and ranks.count(ranks[0]) == 1)
    elif len(loc) > 1:
        remedy = phrase("cles", cles=", ".join(names))
    else:
        remedy = phrase("retirer")
    # The line of a near name can be written again under it; that of a synonym has another form.
    values = {"cle": key, "remede": remedy, "_key": True, "_near": near[0][1] if near else ""}
    return Fault("E204", loc, {**values, "_for": meant if meant in names else ""}, fix=fix)


# Words taken for a key that say a part of its group: the rest is on other lines.
_NOT_WHOLE = frozenset({"rue", "code_postal", "coordonnees", "gps"})
# Groups of which each word says a part alone, as they are written.
_FORMS = {"coordonnees": "{lat: …, lon: …}"}


def _synonym(key: str, meant: str, value: Any) -> str:
    # What to write for ``key``, which another word names, and its value if that is a group.
    group = _FORMS.get(meant, "")
    if isinstance(value, str) and key not in _NOT_WHOLE:
        group = group or as_group(meant, value)
    line = ""
    if group:
        line = phrase("ecrire", ligne=f"{meant}: {group}")
    return f"{phrase('synonyme', propose=meant)} {line}".rstrip()


def _faults(error: ValidationError, model: type[Groupe]) -> list[Fault]:
    rows = error.errors(include_url=False)
    return without_misspelt([_fault(row, model) for row in rows], rows)


def without_misspelt(faults: list[Fault], rows: Sequence[Any]) -> list[Fault]:
    """``faults``, one for each pydantic error of ``rows``, without those of a missing field that
    an unknown key misspells: its own fault says so."""
    meanings = (
        (fault, fault.values.get("_near") or fault.values.get("_meant")) for fault in faults
    )
    misspelt = {(*fault.loc[:-1], meant) for fault, meant in meanings}
    return [
        fault
        for fault, row in zip(faults, rows, strict=True)
        if row["type"] != "missing" or tuple(row["loc"]) not in misspelt
    ]


def _fault(error: Any, model: type[Groupe]) -> Fault:
    # The fault behind one error of pydantic.
    loc = tuple(error["loc"])
    kind = error["type"]
    owner = _model_at(model, loc[:-1])
    name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "valeur")
    if kind[0] == "E" and kind[1:].isdigit():
        fault: Fault = error["ctx"]["fault"]
        remedy, group = _group(error, model, name) if kind == "E208" else ("", "")
        if remedy:
            fault = structs.replace(fault, values={**fault.values, "remede": remedy})
        if group:
            # Prices are read whole; of other groups, what a text means is for a person to tell.
            fix = Fix(yaml=group, sure=name == "tarif")
            fault = structs.replace(fault, paste=f"{name}: {group}", fix=fix)
        return structs.replace(fault, loc=(*loc, *fault.loc), needs=())
    if kind == "missing" and name in owner.absences:
        return Fault(owner.absences[name], loc[:-1], needs=(name,))
    if kind == "missing":
        return structs.replace(missing(name, owner.model_fields[name].examples), loc=loc)
    if kind == "extra_forbidden":
        return _unknown(loc, owner.model_fields, error["input"])
    # An error of pydantic itself: each of our types reads its value first, and says it better.
    return Fault("E202", loc, {"cle": name, "exemple": f"{name}: …"})


def _group(error: Any, model: type[Groupe], name: str) -> tuple[str, str]:
    # How the text of ``error`` is written as the group ``name``, and that group; else how such a
    # group is written. Empty when it has no example of one.
    loc = tuple(error["loc"])
    text = error["input"]
    read = as_group(name, text) if isinstance(text, str) else ""
    if read and isinstance(loc[-1], int):  # a row of a list has no key
        return phrase("ecrire", ligne=read), ""
    if read:
        return phrase("ecrire", ligne=f"{name}: {read}"), read
    examples = _model_at(model, loc[: loc.index(name)]).model_fields[name].examples
    if not examples or not examples[0] or not isinstance(examples[0], dict):
        return "", ""
    return phrase("groupe", ligne=example_line(name, examples[0])), ""


def _model_at(model: type[Groupe], loc: FieldPath) -> type[Groupe]:
    for step in loc:
        info = model.model_fields.get(str(step))
        if info is not None:
            model = next(models_in(info.annotation, Groupe), model)
    return model


def models_in(annotation: Any, base: type[_Model]) -> Iterator[type[_Model]]:
    """Models of a sort that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, base):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument, base)


def locate(fault: Fault, root: Node, path: PurePosixPath) -> Diagnostic:
    node = root.at(fault.loc)
    if fault.loc:
        place = node.position(path, of_key=bool(fault.values.get("_key")))
        if node is root:
            place = Position(path)
    else:
        place = Position(path)
    signe = fault.values.get("_signe")
    if isinstance(signe, int) and isinstance(node.value, str):
        written = str(fault.values["trouve"])
        if node.value.startswith(written, signe):
            place = node.piece(path, signe, written)
    values = {
        key: _shown_value(value, root) for key, value in fault.values.items() if key[0] != "_"
    }
    near = fault.values.get("_near")
    paste = fault.paste
    if near and not paste and isinstance(node.value, str):
        paste = "" if "\n" in node.value else f"{near}: {quoted(node.value)}"
    return diagnostic(fault.code, place, fault.fix, paste=paste, label=fault.label, **values)


def _shown_value(value: object, root: Node) -> object:
    if isinstance(value, Moment):
        return jour(value.jour, semaine=False) + (f", {heure(value.heure)}" if value.heure else "")
    if isinstance(value, date):
        return jour(value, semaine=False)
    if isinstance(value, tuple):
        return root.at(value).line
    if isinstance(value, list):
        *first, last = dict.fromkeys(str(_shown_value(item, root)) for item in value)
        if first:
            return f"{', '.join(first)} et {last}"
        return last
    return value


def _advice(reading: Reading, root: Node, path: PurePosixPath) -> Iterator[Diagnostic]:
    for name, written, code in reading.advice:
        for node in _scalars(root, name, written):
            place = node.position(path)
            yield diagnostic("C206", place, Fix(code), valeur=written, propose=code)


def _stated(
    event: Event, reading: Reading, root: Node, path: PurePosixPath
) -> Iterator[Diagnostic]:
    title = root.at(("titre",)).plain()
    states = reading.vocabularies["etats"]
    placed = bool(event.lieu or event.adresse or event.partout or not event.en_ligne)
    if isinstance(title, str) and (stated := state_of_title(title, states, placed=placed)):
        etat = safest(stated.etat, event.etat)
        # Of what is postponed, only who wrote it knows from when.
        sure = etat not in ("reporte", "reprogramme")
        fix = Fix(yaml=quoted(stated.titre), beside=("etat", etat), sure=sure)
        paste = f"titre: {fix.yaml}\netat: {etat}"
        place = root.at(("titre",)).position(path)
        said = " ".join(stated.dits)
        yield diagnostic("C280", place, fix, paste=paste, valeur=said, etat=etat)


def _loud(root: Node, path: PurePosixPath) -> Iterator[Diagnostic]:
    for key in ("titre", "resume"):
        node = root.at((key,))
        if node is not root and isinstance(node.value, str):
            for words in loud(node.value):
                yield diagnostic("C281", node.position(path), valeur=words)


def _scalars(node: Node, name: str, written: str, inside: bool = False) -> Iterator[Node]:
    if isinstance(node.value, str):
        if inside and node.value.strip() == written:
            yield node
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from _scalars(inner, name, written, inside)
    else:
        for key, inner in node.value.items():
            yield from _scalars(inner, name, written, key == name)
