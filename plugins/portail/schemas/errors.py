"""What a file is told when it breaks a constraint of a schema: code, sentence, remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from portail.codes import all_codes
from portail.model.phrases import MEANT, PHRASES
from portail.model.private import CONTACTS, MAILBOXES, PATTERNS
from portail.text.mail_headers import ENCODED_WORD
from portail.text.visible import ALPHABETS, UNSEEN

__all__ = ["add_errors", "sentences", "told"]

Schema = dict[str, Any]
_READ = ("E221", "E241", "E249", "E401")
"""Codes of values that only reading them can refuse."""


_SAID = re.compile(r"E2(?!37|48)\d\d|E326|E4(01|05|11|12|31|32|33)|A434|C331")
"""Codes that one front matter may raise, and what it names."""


class _Known(dict[str, object]):
    """Values of a sentence; one that only the file knows stays written ``{nom}``."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def told(code: str, values: Mapping[str, object]) -> dict[str, str]:
    """The entry of ``x-erreurs`` for ``code``, what is known of its sentence filled in."""
    entry = all_codes()[code]
    known = _Known(values)
    return {
        "code": code,
        "message": entry.message.format_map(known),
        "remede": entry.hint.format_map(known),
    }


def sentences() -> Schema:
    """What the form's scripts fill: ``x-codes``, message and remedy of each code; ``x-personne``,
    those that are said otherwise to a person; ``x-phrases``; ``x-cles``, keys by the words that
    people take for them; ``x-prive``, by what contacts of persons are known; ``x-signes``, what
    they look for in a text."""
    known = {code: one for code, one in all_codes().items() if _SAID.fullmatch(code)}
    codes = {code: [one.message, one.hint] for code, one in known.items()}
    person = {code: [*one.person] for code, one in known.items() if one.person}
    private = {**PATTERNS, "domaines": list(MAILBOXES), "structures": sorted(CONTACTS)}
    signs = {"invisibles": UNSEEN, "alphabets": ALPHABETS, "mot_encode": ENCODED_WORD}
    words = {"x-phrases": dict(PHRASES), "x-cles": dict(MEANT)}
    return {"x-codes": codes, "x-personne": person, **words, "x-prive": private, "x-signes": signs}


def add_errors(schema: Schema, name: str = "") -> None:
    """Add ``x-erreurs`` to ``schema``, the value of the field ``name``, and to all inside it."""
    limit = schema.get("maxLength", schema.get("maxItems", "{limite}"))
    known = {"cle": name, "limite": limit}
    errors = {word: told(code, known) for word, code in _constraints(schema)}
    if schema.get("type") == "string":
        errors["type"] = told("E202", known | {"exemple": f"{name}: …"})
    if "additionalProperties" in errors:
        errors["additionalProperties"] = told("E204", {})  # the key is the file's
    if errors:
        schema["x-erreurs"] = {**errors, **schema.get("x-erreurs", {})}
    for inner, one in schema.get("properties", {}).items():
        add_errors(one, inner)
    for one in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        if isinstance(one, dict):
            add_errors(one, name)


def _constraints(schema: Schema) -> Iterator[tuple[str, str]]:
    """Each word of ``schema`` that refuses something, and the code that says so.

    ``x-lecture`` stands for what no standard word can tell, such as a check digit.
    """
    kind, code = schema.get("type"), schema.get("x-code", "")
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
    if "enum" in schema:
        yield "enum", "E203"
    if "minLength" in schema:
        yield "minLength", "E206"
    if "maxLength" in schema:
        yield "maxLength", "E205"
    if "not" in schema:
        yield "not", "E246"
    if "maxItems" in schema:
        yield "maxItems", "E227"
    if "uniqueItems" in schema:
        yield "uniqueItems", "E238"
    if "x-references" in schema or "x-completion" in schema:
        yield "x-references" if "x-references" in schema else "x-completion", code
    elif kind == "string" and code in _READ:
        yield "x-lecture", code
