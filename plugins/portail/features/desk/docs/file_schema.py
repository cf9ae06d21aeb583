"""JSON Schema of a file of each kind, as any reader of YAML 1.2 types it: what an editor needs.

It accepts all that ``portail check`` accepts: every way to write a value. ``UNSAID`` are the codes
of what only reading a value can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from portail.features.services.schemas.front_matter import type_words
from portail.features.services.schemas.kind_schema import Schema, kind_schema, table_schema
from portail.model.aliases import DAYS, LISTS, SESSION, aliases_of
from portail.model.entry import Groupe
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.text.place import PLACE, Place

from . import spellings

# Codes that no JSON Schema of one file can promise to refuse.
UNSAID = frozenset(
    # A key twice (YAML readers differ); how large a number is that is written as text, and with
    # how many figures one that is not; whether two values follow one another or agree; whether what
    # is named is there; a check digit; hours in French; signs that do not show; what is
    # for one sort of annonce alone; which words are the rule of a day.
    """E102 E106 E134 E206 E209 E213 E221 E222 E223 E235 E237 E238 E240 E241 E242 E245 E249 E258
    E259 E261 E263 E286 E401 E431 E432 E504""".split()
)

# Types that YAML gives to what is written without quotes: « 2027 », « true ».
_SCALAR = ["string", "number", "boolean"]
_WORDING = ("title", "description", "default", "examples")


@lru_cache(64)
def file_schema(kind: Kind, vocabularies: Vocabularies, place: Place = PLACE) -> Schema:
    """The schema of the front matter of ``kind``, with the lists ``vocabularies`` and examples at
    ``place``. It is kept: nobody may change it."""
    return _File(vocabularies).whole(kind_schema(kind, vocabularies, place))


def schema_of_table(
    name: str, model: type[Groupe], vocabularies: Vocabularies, place: Place = PLACE
) -> Schema:
    """The same of the file ``name``, beside the contents, that ``model`` reads."""
    return _File(vocabularies).whole(table_schema(name, model, vocabularies, place))


class _File:
    """Writes the schema of one file, with the vocabularies of a portal."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.vocabularies = vocabularies
        # Schemas that several fields share, by name.
        self.defs: dict[str, Schema] = {}

    def whole(self, canonical: Schema) -> Schema:
        schema = self.group(canonical, root=True)
        if "seances" in self.defs:
            _rename_sessions(self.defs["seances"])
        head = {name: canonical[name] for name in ("$schema", "$id", "title", "description")}
        return head | schema | {"$defs": dict(sorted(self.defs.items()))}

    def group(self, canonical: Schema, *, root: bool = False) -> Schema:
        properties = {
            name: self.field(name, inner) for name, inner in canonical["properties"].items()
        }
        names = _aliases(properties) if root else {}
        if "pays" in properties:  # the rest of an address depends on it
            properties["code_postal"] |= _ABROAD["code_postal"]
            properties["commune"] |= _ABROAD["commune"]
        required = canonical.get("required", ())
        if root:  # a list that is asked for says something
            for name in required:
                properties[name] = _not_empty(properties[name])
        schema: Schema = {"type": "object", "properties": properties}
        if names:
            keys = list(chain.from_iterable(patterns.items() for patterns in names.values()))
            schema["patternProperties"] = dict(keys)
        schema["additionalProperties"] = False
        plain = [name for name in required if name not in names]
        if plain:
            schema["required"] = plain
        rules = [_present(name, names) for name in required if name in names]
        rules += _named_once(names)
        rules += self.rules(canonical, properties, names)
        return schema | ({"allOf": rules} if rules else {})

    def field(self, name: str, canonical: Schema) -> Schema:
        texts = {name: canonical[name] for name in _WORDING if name in canonical}
        if words := type_words(canonical):
            texts["markdownDescription"] = f"{texts.get('description', '')}\n\nÀ écrire : {words}."
        return texts | self.value(canonical, name)

    def value(self, canonical: Schema, name: str = "") -> Schema:
        if canonical.get("type") == "array":
            return self.listed(canonical, name)
        if canonical.get("type") == "object":
            return self.mapping(canonical)
        if "anyOf" in canonical:
            return {"anyOf": [self.value(option) for option in canonical["anyOf"]]}
        written = self.leaf(canonical)
        expected = f"{type_words(canonical, '« {0} »')}".replace("`", "")
        return written | {
            "errorMessage": f"Attendu : {expected} ({canonical.get('x-code', 'E202')})."
        }

    def listed(self, canonical: Schema, name: str) -> Schema:
        items = self.value(canonical["items"])
        if canonical["items"].get("type") == "object" or "anyOf" in items:
            items = self.shared(name, items)
        many: Schema = {"type": "array", "items": items}
        if "maxItems" in canonical:
            many["maxItems"] = canonical["maxItems"]
        texts = {"items": {"type": "string"}}
        many |= {"if": texts, "then": {"uniqueItems": True}}
        return {"anyOf": [items, many]}

    def mapping(self, canonical: Schema) -> Schema:
        if "properties" in canonical:
            return self.group(canonical)
        values = canonical["additionalProperties"]
        schema: Schema = {"type": "object", "additionalProperties": self.value(values)}
        if "propertyNames" in canonical:
            schema["propertyNames"] = {"pattern": spellings.EDITION}
        elif values.get("x-code") == "E202":  # identifiers elsewhere: any text
            schema["additionalProperties"] = {"type": [*_SCALAR, "null"]}
        return schema

    def leaf(self, canonical: Schema) -> Schema:
        # Every way to write a value that is neither a list nor a group.
        code = canonical.get("x-code", "")
        if "x-vocabulaire" in canonical:
            name = canonical["x-vocabulaire"]
            return self.shared(f"liste-{name}", self.term(name, canonical["enum"]))
        if "enum" in canonical:
            return {"enum": canonical["enum"]}
        if canonical["type"] in ("integer", "number"):
            return _number(canonical)
        if canonical["type"] == "boolean":
            yes = {"type": "string", "pattern": spellings.YES}
            return {"anyOf": [{"type": "boolean"}, yes, {**yes, "pattern": spellings.NO}]}
        if code in _PATTERNS:
            return _PATTERNS[code](canonical)
        return _text(canonical)

    def shared(self, name: str, schema: Schema) -> Schema:
        free = (f"{name}{rank or ''}" for rank in range(len(self.defs) + 1))
        key = next(candidate for candidate in free if self.defs.get(candidate, schema) == schema)
        self.defs[key] = schema
        return {"$ref": f"#/$defs/{key}"}

    def term(self, name: str, codes: Iterable[str]) -> Schema:
        terms = [self.vocabularies[name][code] for code in codes]
        labels = [term.label for term in terms]
        synonyms = set(chain.from_iterable(term.names for term in terms))
        if name == "pays":
            synonyms |= {"France", "FR"}
        numbers = sorted(
            {float(synonym) for synonym in synonyms if synonym.isascii() and synonym.isdigit()}
        )
        exact: Schema = {"enum": [term.code for term in terms], "enumDescriptions": labels}
        options: list[Schema] = [exact, {"type": "string", "pattern": spellings.words(synonyms)}]
        if numbers:
            options.append({"enum": numbers})
        return {"anyOf": options}

    # Rules across fields: those that a schema can say.

    def rules(
        self, canonical: Schema, properties: Mapping[str, Schema], names: _Names
    ) -> Iterator[Schema]:
        handlers = {
            "un-de": self.rule_un_de,
            "un-seul": self.rule_un_seul,
            "exclut": self.rule_exclut,
            "demande": self.rule_demande,
            "contredit": self.rule_contredit,
            "si": self.rule_si,
            "si-avec": self.rule_si_avec,
            "etranger": self.rule_etranger,
        }
        for row in canonical.get("x-regles", ()):
            if rule := handlers.get(row["regle"]):
                yield from rule(row, _Filled(canonical, names), canonical)
        if "pays" in properties:
            yield self.address(canonical)

    def rule_un_de(self, row: Schema, filled: _Filled, _: Schema) -> Iterator[Schema]:
        yield {"anyOf": [filled(name) for name in row["champs"]]}

    def rule_un_seul(self, row: Schema, filled: _Filled, _: Schema) -> Iterator[Schema]:
        names = row["champs"]
        pairs: list[tuple[Any, Any]] = []
        for rank, first in enumerate(names):
            pairs.extend((first, second) for second in names[rank + 1 :])
        for pair in pairs:
            if pair != tuple(row["avec"]):
                yield _never(*map(filled, pair))

    def rule_exclut(self, row: Schema, filled: _Filled, _: Schema) -> Iterator[Schema]:
        yield _never(filled(row["champ"]), filled(row["autre"]))

    def rule_demande(self, row: Schema, filled: _Filled, _: Schema) -> Iterator[Schema]:
        partners = [filled(name) for name in (row["autre"], *row["ou"])]
        yield {"if": filled(row["champ"]), "then": {"anyOf": partners}}

    def rule_contredit(self, row: Schema, filled: _Filled, _: Schema) -> Iterator[Schema]:
        for name in row["autres"]:
            yield _never(filled(row["champ"]), filled(name))

    def rule_si(self, row: Schema, filled: _Filled, canonical: Schema) -> Iterator[Schema]:
        value = self.one_term(canonical["properties"][row["champ"]], row["valeur"])
        condition = {"required": [row["champ"]], "properties": {row["champ"]: value}}
        yield {"if": condition, "then": {"anyOf": [filled(name) for name in row["champs"]]}}

    def rule_si_avec(self, row: Schema, filled: _Filled, canonical: Schema) -> Iterator[Schema]:
        # The link that is sent to those who have booked asks that one books.
        inner = canonical["properties"][row["autre"]]["properties"][row["cle"]]
        booked = _with(row["cle"], self.one_term(inner, row["attendu"]))
        link = _with(row["champ"], {"type": "string", "pattern": spellings.AFTER_BOOKING})
        yield {"if": link, "then": _with(row["autre"], booked)}

    def rule_etranger(self, row: Schema, filled: _Filled, canonical: Schema) -> Iterator[Schema]:
        abroad = _with(row["groupe"], _with("pays", {"not": _FRANCE}))
        yield {"if": abroad, "then": filled(row["champ"])}

    def address(self, canonical: Schema) -> Schema:
        # A postcode of France has five figures; another country has its own, and its own towns.
        inner = canonical["properties"]
        home = {name: self.value(inner[name]) for name in _ABROAD}
        where = _with("pays", {"not": _FRANCE})
        return {"if": where, "then": {}, "else": {"properties": home}}

    def one_term(self, canonical: Schema, code: str) -> Schema:
        return self.term(canonical["x-vocabulaire"], [code])


# By field, patterns of its other names and what they may say.
_Names = Mapping[str, Mapping[str, Schema]]

_FRANCE: Schema = {"type": "string", "pattern": spellings.words(("France", "FR"))}
# What an address of another country may say.
_ABROAD: Mapping[str, Schema] = {
    "code_postal": {"type": _SCALAR, "minimum": 0, "pattern": spellings.POSTCODE_ABROAD},
    "commune": {"type": _SCALAR, "pattern": spellings.text(80)},
}


class _Filled:
    """Conditions that a field of a group has a value."""

    def __init__(self, canonical: Schema, names: _Names) -> None:
        self.properties = canonical["properties"]
        self.names = names

    def __call__(self, name: str) -> Schema:
        named = _with(name, {"not": {"anyOf": [*_nothing(self.properties[name])]}})
        if not [*_nothing(self.properties[name])]:
            named = {"required": [name]}
        aliases = [_has(pattern) for pattern in self.names.get(name, ())]
        if aliases:
            return {"anyOf": [named, *aliases]}
        return named


def _nothing(canonical: Schema) -> Iterator[Schema]:
    kind = canonical.get("type")
    if kind == "array":
        yield {"type": "array", "maxItems": 0}
    elif kind == "boolean":
        yield {"const": False}
        yield {"type": "string", "pattern": spellings.NO}
    elif kind in ("integer", "number"):
        yield {"const": 0}
        yield {"type": "string", "pattern": spellings.ZERO}
    elif kind == "object" and "properties" not in canonical:
        yield {"type": "object", "maxProperties": 0}


def _with(name: str, value: Schema) -> Schema:
    return {"type": "object", "required": [name], "properties": {name: value}}


def _has(pattern: str) -> Schema:
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}


def _never(first: Schema, second: Schema) -> Schema:
    return {"not": {"allOf": [first, second]}}


def _not_empty(field: Schema) -> Schema:
    options = field.get("anyOf", ())
    rows = [
        {**option, "minItems": 1} if option.get("type") == "array" else option for option in options
    ]
    if rows:
        return {**field, "anyOf": rows}
    return field


# Keys of other tools, which are understood.


def _aliases(properties: Mapping[str, Schema]) -> _Names:
    # The names that other tools have for the fields of a kind: what ``rename_aliases`` reads.
    aliases: dict[str, dict[str, Schema]] = {}
    for name, target in aliases_of(properties).items():
        if name in properties:
            continue
        written = {
            word: detail for word, detail in properties[target].items() if word not in _WORDING
        }
        if name in LISTS:
            written = {"anyOf": [{"type": "string", "pattern": r"\S"}, written]}
        elif name in DAYS:
            written = {"type": "string", "pattern": spellings.DATED}
        advice = f"Compris comme « {target} » : écrivez plutôt « {target} » (C205)."
        described = {"description": advice}  # an editor takes « deprecated » for a mistake
        aliases.setdefault(target, {})[spellings.any_case(name)] = {**described, **written}
    return aliases


def _present(name: str, names: _Names) -> Schema:
    return {"anyOf": [{"required": [name]}, *map(_has, names[name])]}


def _named_once(names: _Names) -> Iterator[Schema]:
    # Only one name of each field: a second one would be refused as unknown.
    for field, aliases in names.items():
        patterns = [*aliases]
        for rank, pattern in enumerate(patterns):
            yield _never({"required": [field]}, _has(pattern))
            for second in patterns[rank + 1 :]:
                yield _never(_has(pattern), _has(second))


def _rename_sessions(session: Schema) -> None:
    properties = session["properties"]
    session["patternProperties"] = {
        spellings.any_case(name): properties[target] for name, target in SESSION.items()
    }
    names: _Names = {
        field: {spellings.any_case(name): {} for name, target in SESSION.items() if target == field}
        for field in dict.fromkeys(SESSION.values())
    }
    session["required"] = [name for name in session["required"] if name not in names]
    rules = [_present("debut", names), *_named_once(names)]
    session["allOf"] = [*session.get("allOf", ()), *rules]


# Values that have a form of their own, by the code that refuses them.


def _number(canonical: Schema) -> Schema:
    low = canonical["minimum"]
    entier = canonical["type"] == "integer"
    plain = {"type": canonical["type"], "minimum": low, "maximum": canonical["maximum"]}
    pattern = spellings.number(entier=entier, signed=low < 0, prix="x-unite" in canonical)
    if canonical["x-code"] == "E223":
        pattern = spellings.DEGREES
    return {"anyOf": [plain, {"type": "string", "pattern": pattern}]}


def _text(canonical: Schema) -> Schema:
    schema: Schema = {"type": _SCALAR, "pattern": r"\S"}
    if "maxLength" in canonical:
        schema["pattern"] = spellings.text(canonical["maxLength"])
        unwanted = [
            {"type": "string", "pattern": pattern} for pattern in spellings.NO_TEXT.values()
        ]
        schema["not"] = {"anyOf": unwanted}
    return schema


def _spelled(pattern: str, **more: Any) -> Schema:
    return {"type": "string", "pattern": pattern} | more


def _day(canonical: Schema) -> Schema:
    if "x-mot" in canonical:
        return _spelled(spellings.DEADLINE)
    return _spelled(spellings.DAY if canonical.get("format") == "date" else spellings.MOMENT)


def _identifier(canonical: Schema) -> Schema:
    return _spelled(spellings.DOI if canonical["x-identifiant"] == "doi" else spellings.ORCID)


_FIGURES: Schema = {"minimum": 0, "type": ["string", "number"]}
# How values of a code are written. What YAML types otherwise is said where it may be.
_ADDRESSES = {"x-mot": spellings.ON_LINE, "x-intranet": r"^\s*https?://\S+\s*$"}
_PATTERNS: Mapping[str, Callable[[Schema], Schema]] = {
    "E210": _day,
    "E211": lambda _: _spelled(spellings.HOUR),
    "E219": lambda schema: _spelled(
        next((address for word, address in _ADDRESSES.items() if word in schema), spellings.URL)
    ),
    "E220": lambda _: _spelled(spellings.MAILBOX),
    "E221": lambda _: {**_FIGURES, "pattern": spellings.TELEPHONE},
    "E222": lambda _: {**_FIGURES, "pattern": spellings.POSTCODE, "maximum": 99_999},
    "E240": lambda _: _spelled(spellings.PERIOD),
    "E241": _identifier,
    "E244": lambda schema: _spelled(spellings.duration(schema["pattern"])),
    "E245": lambda _: _spelled(spellings.FORMER),
    "E249": lambda schema: _spelled(spellings.text(schema["maxLength"])),
    "E286": lambda schema: _spelled(spellings.text(schema["maxLength"])),
    "E432": lambda _: {"type": ["string", "integer"], "pattern": r"\S"},
}
