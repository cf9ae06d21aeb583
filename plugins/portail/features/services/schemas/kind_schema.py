"""JSON Schema (2020-12) of each kind, from its model: what a form or an editor needs to know.

Beside the standard words, ``x-erreurs`` gives code, sentence and remedy of each constraint;
``x-regles`` rules across fields; ``x-codes``, ``x-personne``, ``x-phrases`` sentences that a value
completes; ``x-signes`` forbidden signs; ``x-mots`` the words of a line, by sort; ``x-libelles``,
``x-alias``, ``x-references``, ``x-completion`` what values are called and found by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import models_json_schema
from pydantic_core import PydanticCustomError

from portail.codes import all_codes
from portail.features.services.relatifs.relative import IN_A_BROWSER
from portail.late import expression
from portail.model import scalars
from portail.model.entry import SHOWN_ELSEWHERE, Entry, Groupe
from portail.model.faults import CONTACTS, MAILBOXES, MEANT, PATTERNS, example_line, phrase, phrases
from portail.model.kinds import RENEWED, Kind
from portail.model.registry import MODELS
from portail.model.rules import OneOf
from portail.model.vocabulary import Vocabularies, Vocabulary
from portail.text.loud import LOUD
from portail.text.mail import ENCODED_WORD
from portail.text.place import PLACE, Place, filled
from portail.text.typography import capital
from portail.text.visible import ALPHABETS, UNSEEN

from .browser_patterns import in_a_browser
from .fields import example_of, fields_of, group_of, holds_pairs

# Codes of values that only reading them can refuse.
_READ = ("E221", "E241", "E249", "E286", "E401")


# Codes that one front matter may raise, and what it names.
_SAID = expression(r"E2(?!37|48)\d\d|E326|E4(01|05|11|12|31|32|33)|A434|C(270|28[01]|331)")


# What values are, and what they may hold, by which a form judges them too.
_PATTERNS = {
    "courriel": scalars._COURRIEL,
    "telephone": scalars._TELEPHONE,
    "ancienne": scalars._ANCIENNE,
    "heures": scalars._HEURES,
    **dict(scalars._SEVERAL),
}


class _Partial(dict[str, object]):
    """Values of a sentence; one that only the file knows stays written ``{nom}``."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def code_entry(code: str, values: Mapping[str, object]) -> dict[str, str]:
    """The entry of ``x-erreurs`` for ``code``, what is known of its sentence filled in."""
    entry = all_codes()[code]
    partial = _Partial(values)
    return {
        "code": code,
        "message": entry.message.format_map(partial),
        "remede": entry.hint.format_map(partial),
    }


@cache
def sentences() -> Schema:
    """What the form's scripts fill: sentences of codes and phrases, words of keys, contacts, signs
    and words advised against.
    """
    entries = {code: entry for code, entry in all_codes().items() if _SAID.fullmatch(code)}
    codes = {code: [entry.message, entry.hint] for code, entry in entries.items()}
    person = {code: [*entry.person] for code, entry in entries.items() if entry.person}
    private = {**PATTERNS, "domaines": list(MAILBOXES), "structures": sorted(CONTACTS)}
    patterns = {name: in_a_browser(pattern) for name, pattern in _PATTERNS.items()}
    unseen = {"invisibles": UNSEEN, "alphabets": ALPHABETS, "mot_encode": ENCODED_WORD}
    signs = {**unseen, "motifs": patterns}
    words = {"x-phrases": dict(phrases()), "x-cles": dict(MEANT)}
    relative = {"motif": IN_A_BROWSER, "champs": [*SHOWN_ELSEWHERE]}
    return {
        "x-codes": codes,
        "x-personne": person,
        **words,
        "x-prive": private,
        "x-relatif": relative,
        "x-crie": LOUD,
        "x-signes": signs,
    }


def add_errors(schema: Schema, name: str = "") -> None:
    """Add ``x-erreurs`` to ``schema``, the value of the field ``name``, and to all inside it."""
    limit = schema.get("maxLength", schema.get("maxItems", "{limite}"))
    details = {"cle": name, "limite": limit}
    errors = {word: code_entry(code, details) for word, code in _constraints(schema)}
    if schema.get("type") == "string":
        errors["type"] = code_entry("E202", details | {"exemple": f"{name}: …"})
    if "additionalProperties" in errors:
        errors["additionalProperties"] = code_entry("E204", {})  # the key is the file's
    if errors:
        schema["x-erreurs"] = {**errors, **schema.get("x-erreurs", {})}
    for inner, child in schema.get("properties", {}).items():
        add_errors(child, inner)
    for child in (
        *schema.get("anyOf", ()),
        schema.get("items"),
        schema.get("additionalProperties"),
    ):
        if isinstance(child, dict):
            add_errors(child, name)


# Words whose code is the same whatever the field.
_OWN_CODES = {
    "enum": "E203",
    "minLength": "E206",
    "maxLength": "E205",
    "not": "E246",
    "maxItems": "E227",
    "uniqueItems": "E238",
}


def _constraints(schema: Schema) -> Iterator[tuple[str, str]]:
    # Each word of ``schema`` that refuses something, and the code that says so. ``x-lecture``
    # stands for what no standard word can tell, such as a check digit.
    kind = schema.get("type")
    code = schema.get("x-code", "")
    if kind == "object":
        yield "type", "E208"
        if schema.get("additionalProperties") is False:
            yield "additionalProperties", "E204"
    elif kind in ("integer", "number", "boolean"):
        yield "type", code
    elif kind == "string":
        yield "type", "E202"
    for word in ("pattern", "format", "minimum", "maximum"):
        if word in schema and code:
            yield word, code
    yield from ((word, error_codes) for word, error_codes in _OWN_CODES.items() if word in schema)
    if "x-references" in schema or "x-completion" in schema:
        yield "x-references" if "x-references" in schema else "x-completion", code
    elif kind == "string" and code in _READ:
        yield "x-lecture", code


Schema = dict[str, Any]

BASE = "https://json-schema.org/draft/2020-12/schema"
_NO_HTML = {"not": {"pattern": "</?[a-zA-Z][^<>]*>|<!--"}}
_MANY = [str(rank) for rank in range(5_000)]


@lru_cache(64)
def kind_schema(kind: Kind, vocabularies: Vocabularies, place: Place | None = PLACE) -> Schema:
    """The schema of the front matter of ``kind``, examples at ``place``. It is kept: nobody may
    change it.
    """
    whole = _whole(kind, vocabularies)
    return {**(filled(whole, place.typed) if place else whole), **sentences()}


@lru_cache(64)
def _whole(kind: Kind, vocabularies: Vocabularies) -> Schema:
    model = MODELS[kind]
    info = kind.info
    schema = _group(model, vocabularies)
    add_errors(schema)
    choices = [_one_of(rule) for rule in model.every_rule() if isinstance(rule, OneOf)]
    return {
        "$schema": BASE,
        "$id": f"{kind.value}.schema.json",
        "title": capital(info.nom),
        "description": f"En-tête d’un fichier de content/{info.folder}/.",
        **schema,
        **({"allOf": choices} if choices else {}),
        **({"x-texte": True} if model.texte_obligatoire else {}),
    }


def table_schema(
    name: str, model: type[Groupe], vocabularies: Vocabularies, place: Place = PLACE
) -> Schema:
    """The schema of the file ``name``, beside the contents, that ``model`` reads."""
    schema = _group(model, vocabularies)
    add_errors(schema)
    head = {"$schema": BASE, "$id": f"{name.partition('.')[0]}.schema.json", "title": name}
    return filled(
        {**head, "description": f"Le fichier {name}, à côté de content/.", **schema}, place.typed
    )


def _one_of(rule: OneOf) -> Schema:
    options = [{"required": [name]} for name in rule.champs]
    return {"anyOf": options, "x-erreurs": {"anyOf": code_entry(rule.code, rule.valeurs)}}


def _group(model: type[Groupe], vocabularies: Vocabularies) -> Schema:
    written = _written_of(model)
    properties = {
        name: _field(name, info, written["properties"][name], vocabularies)
        for name, info in fields_of(model)
    }
    mandatory = model.obligatoires if issubclass(model, Entry) else ()
    absences = model.absences
    required = [name for name, info in fields_of(model) if info.is_required() or name in mandatory]
    for name in required:
        absence = _absence(name, model.model_fields[name], absences.get(name, "E201"))
        properties[name].setdefault("x-erreurs", {})["required"] = absence
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        schema["required"] = required
    across = [_across(rule.schema_row()) for rule in model.every_rule()]
    if across:
        return {**schema, "x-regles": across}
    return schema


def _across(row: Schema) -> Schema:
    # A row of ``x-regles`` with its sentence, as far as the table alone knows it.
    values: Schema = {name: row[name] for name in ("autre", "remede") if name in row}
    if "groupe" in row:
        values |= {"cle": f"{row['groupe']}.{row['champ']}", "autre": row["champ"]}
    elif "champ" in row:
        values["cle"] = row["champ"]
    return row | code_entry(row["code"], values | row.get("valeurs", {}))


def _absence(name: str, info: FieldInfo, code: str) -> Schema:
    line = example_line(name, info.examples[0] if info.examples else None)
    entry = code_entry(code, {"cle": name, "remede": phrase("ajouter", ligne=line)})
    if code == "E201":
        return {**entry, "ecrire": line}
    return entry


@cache
def _written_of(model: type[Groupe]) -> Schema:
    return _written().get(model) or _said_of([*dict.fromkeys(_with_groups(model))])[model]


@cache
def _written() -> Mapping[type[BaseModel], Schema]:
    # What pydantic says of every model of contents and of the groups in them, which takes long, and
    # twice as long one by one. Nobody may change it.
    return _said_of([*dict.fromkeys(chain.from_iterable(map(_with_groups, MODELS.values())))])


RENEWED.append(_written.cache_clear)


def _said_of(models: Sequence[type[Groupe]]) -> Mapping[type[BaseModel], Schema]:
    places, schema = models_json_schema([(model, "validation") for model in models])
    names = [places[model, "validation"]["$ref"].rpartition("/")[2] for model in models]
    return {model: schema["$defs"][name] for model, name in zip(models, names, strict=True)}


def _with_groups(model: type[Groupe]) -> Iterator[type[Groupe]]:
    yield model
    for inner in filter(None, [group_of(info) for _, info in fields_of(model)]):
        yield from _with_groups(inner)


def _field(name: str, info: FieldInfo, written: Schema, vocabularies: Vocabularies) -> Schema:
    inner = group_of(info)
    form = _FORMS.get(name)
    if form:
        schema = form(inner, vocabularies)
    elif holds_pairs(info):
        schema = _mapping({"type": "string", "x-code": "E202"})
    elif _value(written).get("type") == "array":
        items = _group(inner, vocabularies) if inner else _leaf(_value(written)["items"])
        schema = {"type": "array", "items": items, **_limits(info)}
    else:
        schema = _group(inner, vocabularies) if inner else _leaf(_value(written))
    for part in (schema, items := schema.get("items", {}), *items.get("anyOf", ())):
        if listing := part.get("x-vocabulaire"):
            part |= listed(listing, vocabularies) | _aliases(listing, vocabularies)
        if words := part.get("x-mots"):
            part["x-mots"] = _words(vocabularies[words])
        if part.get("type") == "object":
            part["x-erreurs"] = {"type": _no_group(name, info)}
    described: Schema = {"title": info.title, "description": info.description}
    default = None
    if isinstance(info.default, str | int) and info.default:
        default = info.default
    if default is not None:
        described["default"] = default
    example = example_of(name, info, None)
    if example is not None:
        described["examples"] = [typed_example(example, schema)]
    return {**described, **schema}


def _no_group(name: str, info: FieldInfo) -> Schema:
    examples = [example for example in info.examples or () if isinstance(example, dict) and example]
    generic = _GROUPS.get(name, f"{name}: {{clé: valeur}}")
    line = example_line(name, examples[0]) if examples else generic
    return code_entry("E208", {"cle": name, "remede": phrase("groupe", ligne=line)})


def _value(written: Schema) -> Schema:
    for option in written.get("anyOf", ()):
        if option.get("type") != "null":
            return dict(option)
    return written


def _leaf(written: Schema) -> Schema:
    leaf = {key: value for key, value in written.items() if key[:2] == "x-" or key in _WORDS}
    if leaf.get("maxLength") and leaf.get("x-code") in ("E205", "E249", "E286"):
        leaf.update(_NO_HTML)
    return leaf


# How a mapping of free names is written.
_GROUPS = {
    "editions": "editions: {2027: {du: 2027-10-01, au: 2027-10-11}}",
    "reseaux_sociaux": "reseaux_sociaux: {mastodon: https://…}",
}

_WORDS = ("type", "enum", "format", "pattern", "minLength", "maxLength", "minimum", "maximum")


def _limits(info: FieldInfo) -> Schema:
    # The limit of a list, which its validator alone knows: it is given too many values.
    for annotation in info.metadata:
        check = getattr(annotation, "func", None)
        if check is None:
            continue
        try:
            check(list(_MANY), SimpleNamespace(field_name=""))
        except PydanticCustomError as error:
            if error.type == "E227" and error.context:
                return {"maxItems": error.context["fault"].values["limite"], "uniqueItems": True}
    return {}


def listed(name: str, vocabularies: Vocabularies) -> Schema:
    """The codes of a controlled list, in its order, with their French labels."""
    terms = vocabularies[name].values()
    return {"enum": [term.code for term in terms], "x-libelles": [term.label for term in terms]}


def _words(listing: Vocabulary) -> Schema:
    words: dict[str, dict[str, str]] = {}
    for term in listing.values():
        words.setdefault(str(term.extra["sorte"]), {})[term.code] = term.label
    return words


def _aliases(name: str, vocabularies: Vocabularies) -> Schema:
    aliases = {
        term.code: [*dict.fromkeys((term.pluriel, *term.alias))]
        for term in vocabularies[name].values()
        if term.alias or term.pluriel != term.label
    }
    if aliases:
        return {"x-alias": aliases}
    return {}


def typed_example(example: Any, schema: Schema) -> Any:
    """An example as JSON types it: front matter is text, a schema has numbers and booleans; what a
    place fills is typed there."""
    kind = schema.get("type")
    if isinstance(example, str) and example[:1] == "$":
        return example
    if isinstance(example, list):
        return [typed_example(item, schema.get("items", {})) for item in example]
    if isinstance(example, dict):
        inside = schema.get("properties", {})
        free = schema.get("additionalProperties") or {}
        return {key: typed_example(item, inside.get(key, free)) for key, item in example.items()}
    if kind == "boolean":
        return example == "true"
    if kind in ("integer", "number"):
        number = float(str(example).replace(",", "."))
        if number.is_integer():
            return int(number)
        return number
    return example


def _editions(inner: type[Groupe] | None, vocabularies: Vocabularies) -> Schema:
    assert inner is not None
    edition = _group(inner, vocabularies)
    del edition["properties"]["annee"]
    edition["required"] = [name for name in edition["required"] if name != "annee"]
    if not edition["required"]:
        del edition["required"]
    years = {"propertyNames": {"pattern": r"^(199\d|20\d\d|2100)$"}}
    return {"type": "object", **years, "additionalProperties": edition}


def _element(inner: type[Groupe] | None, vocabularies: Vocabularies) -> Schema:
    assert inner is not None
    group = _group(inner, vocabularies)
    reference = dict(group["properties"]["ref"])
    return {"type": "array", "maxItems": 200, "items": {"anyOf": [reference, group]}}


def _mapping(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


# Fields whose form in a file is not that of the value: a mapping that the model keeps as rows,
# a row that may be written as one word.
_FORMS: Mapping[str, Callable[[type[Groupe] | None, Vocabularies], Schema]] = {
    "editions": _editions,
    "elements": _element,
    "reseaux_sociaux": lambda *_: _mapping({"type": "string", "format": "uri", "x-code": "E219"}),
}
